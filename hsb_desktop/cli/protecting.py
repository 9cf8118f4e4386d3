"""Passwords of audits: protect, unprotect, rekey."""

from __future__ import annotations

from pathlib import Path

import click

from hsb_desktop.cli.arguments import FILE, NEW_PASSWORD, PASSWORD
from hsb_desktop.cli.console import say
from hsb_desktop.cli.group import main
from hsb_desktop.cli.passwords import asked_new_password, password_for
from hsb_desktop.errors import PasswordNeeded

_ALL_BACKUPS = click.option(
    "--all-backups",
    is_flag=True,
    help="Also backups made from other places: FILE was moved, and is the only one.",
)
_KEEP_UNREADABLE = click.option(
    "--keep-unreadable",
    is_flag=True,
    help="Keep backups of FILE that cannot be opened, without the password.",
)


@main.command()
@FILE
@click.option(
    "--password-fd", "--new-password-fd", "password_fd", type=click.IntRange(min=0), metavar="N",
    help="The password: one line in UTF-8 from this open file descriptor.",
)  # fmt: skip
@_ALL_BACKUPS
@_KEEP_UNREADABLE
def protect(*, file: Path, password_fd: int | None, all_backups: bool, keep_unreadable: bool) -> None:
    """Protect FILE with a password, which is asked for at a terminal.

    If the password is forgotten, nobody can open the audit again: not its makers, not anybody else. The
    backups made from FILE are protected likewise; one that cannot be opened is deleted. What was copied
    elsewhere before stays readable, and so may versions in a cloud and free blocks of the disk.
    """
    from hsb_desktop.store.gate import can_be_protected
    from hsb_desktop.store.protection import protect as protect_file

    if can_be_protected(file):
        raise PasswordNeeded(
            f"{file.name} is protected already, or no audit. Its password is changed with rekey."
        )
    password = asked_new_password(password_fd, file)
    protect_file(file, password)
    say(f"{file} is protected now. Nobody can open it without the password: keep that in a safe place.")
    _reprotect_backups(file, None, password, all_backups=all_backups, keep_unreadable=keep_unreadable)


@main.command()
@FILE
@PASSWORD
@_ALL_BACKUPS
def unprotect(file: Path, password_fd: int | None, all_backups: bool) -> None:
    """Take the password of FILE away: anybody who has the file can read it then."""
    from hsb_desktop.store.audit_file import AuditFile
    from hsb_desktop.store.protection import remove_protection

    password = password_for(file, password_fd)
    with AuditFile.open(file, password=password) as audit_file:
        remove_protection(audit_file)
    say(f"{file} is no longer protected: anybody who has it can read it.")
    _reprotect_backups(file, password, None, all_backups=all_backups)


@main.command()
@FILE
@PASSWORD
@NEW_PASSWORD
@_ALL_BACKUPS
@_KEEP_UNREADABLE
def rekey(
    *,
    file: Path,
    password_fd: int | None,
    new_password_fd: int | None,
    all_backups: bool,
    keep_unreadable: bool,
) -> None:
    """Give a protected FILE another password.

    If the password is forgotten, nobody can open the audit again. The backups made from FILE are given the
    new one likewise, and one that cannot be opened is deleted; copies elsewhere keep theirs.
    """
    from hsb_desktop.store.audit_file import AuditFile
    from hsb_desktop.store.protection import change_password

    password = password_for(file, password_fd)
    with AuditFile.open(file, password=password) as audit_file:
        change_password(audit_file, lambda: asked_new_password(new_password_fd, file))
        new_password = audit_file.password
    say(f"{file} has another password now. Nobody can open it without that: keep it in a safe place.")
    _reprotect_backups(file, password, new_password, all_backups=all_backups, keep_unreadable=keep_unreadable)


def _reprotect_backups(
    file: Path,
    password: str | None,
    new_password: str | None,
    *,
    all_backups: bool,
    keep_unreadable: bool = False,
) -> None:
    from hsb_desktop.operations.reprotecting import BackupChoice, reprotect_backups, reprotected_in_words
    from hsb_desktop.store.audit_file import AuditFile

    with AuditFile.open(file, read_only=True, password=new_password) as audit_file:
        audit_id = audit_file.read().audit_id
    choice = BackupChoice(also_elsewhere=all_backups, keeps_unreadable=keep_unreadable)
    outcome = reprotect_backups(audit_id, password, new_password, file, choice)
    for sentence in reprotected_in_words(outcome):
        say(sentence)
