"""What an audit goes back to, and what goes from it: backups, rescue, remove-text."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click

from hsb_desktop.cli.arguments import FILE, PASSWORD, SuffixedPath
from hsb_desktop.cli.console import printable, say
from hsb_desktop.cli.group import main
from hsb_desktop.cli.passwords import given_password, password_for
from hsb_desktop.errors import FileRefused, HsbError, PasswordNeeded


def _a_version(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and re.fullmatch(r"\d{8}T\d{6}Z", value) is None:
        raise click.BadParameter(f"{value!r} is not the name of a version, which is like 20261120T090311Z.")
    return value


@main.command()
@FILE
@click.option(
    "-o", "--output", "out", required=True, type=SuffixedPath((".hsbaudit",), is_read=False), metavar="OUT",
    help="The new audit to write (.hsbaudit); it must not exist yet.",
)  # fmt: skip
@PASSWORD
def rescue(file: Path, out: Path, password_fd: int | None) -> None:
    """Bring what can be read of a damaged FILE into OUT.

    OUT is protected as FILE is. What could not be read is said, and what may not be what was entered. FILE is
    left as it is.
    """
    from hsb_desktop.operations.rescuing import rescue_audit

    try:
        report = rescue_audit(file, out, given_password(password_fd))
    except PasswordNeeded:
        report = rescue_audit(file, out, password_for(file, password_fd))
    say(f"Wrote {report.path}.")
    for line in report.lines():
        say(line)


@main.command()
@FILE
@click.option("--restore", "restored", metavar="NAME", callback=_a_version, help="Go back to version NAME.")
@click.option(
    "-o", "--output", "out", type=SuffixedPath((".hsbaudit",), is_read=False), metavar="OUT",
    help="With --restore: write version NAME into OUT, a new file, instead.",
)  # fmt: skip
@click.option("--delete", "deleted", metavar="NAME", callback=_a_version, help="Delete version NAME.")
@click.option("--delete-all", is_flag=True, help="Delete all that were made from FILE, none of another copy.")
@PASSWORD
def backups(
    *,
    file: Path,
    restored: str | None,
    out: Path | None,
    deleted: str | None,
    delete_all: bool,
    password_fd: int | None,
) -> None:
    """List the earlier versions of FILE, the newest first, or go back to one.

    NAME stands at the start of its line, and stays the same: it is the time at which the version was made, in
    UTC. A line says of which file a version is where that is another copy of the audit.

    FILE may be damaged or gone: then they are of the audit that was last opened there. What it holds now is
    kept as an earlier version before another takes its place.
    """
    from hsb_desktop.operations.backup_commands import delete_version, delete_versions, go_back, listed

    if sum((restored is not None, deleted is not None, delete_all)) > 1:
        raise click.UsageError("--restore, --delete and --delete-all are one at a time.")
    if out is not None and restored is None:
        raise click.UsageError("-o / --output goes with --restore.")
    password = _password_of_backups(file, password_fd, restored, asks=restored is not None or delete_all)
    if restored is not None:
        sentences = go_back(file, restored, out, password)
    elif deleted is not None:
        sentences = delete_version(file, deleted, password)
    else:
        sentences = delete_versions(file, password) if delete_all else listed(file, password, _recent_files())
    for sentence in sentences:
        say(sentence)


def _password_of_backups(
    file: Path, password_fd: int | None, restored: str | None, *, asks: bool
) -> str | None:
    """Return the password, which is needed to go back, and to be sure of which audit all are deleted.

    Where FILE is damaged or gone, it is the one of the version that is wanted.
    """
    if not asks and password_fd is None:
        return None
    try:
        return password_for(file, password_fd)
    except PasswordNeeded:
        raise
    except FileRefused:
        # It is damaged or gone, which is when an earlier version is wanted.
        return None if restored is None else _password_of_version(file, restored)


def _password_of_version(file: Path, name: str) -> str | None:
    from hsb_desktop.operations.backup_commands import needs_password
    from hsb_desktop.operations.password_source import ask_password, can_ask

    if not needs_password(file, name):
        return None
    if not can_ask():
        raise PasswordNeeded(
            f"Version {name} of {file.name} is protected with the password that the audit has. Give it with "
            "--password-fd N, or start this at a terminal; nothing was changed."
        )
    return ask_password(printable(f"Password of {file}", sys.stderr))


def _recent_files() -> tuple[Path, ...]:
    from hsb_desktop.settings import load_settings

    return tuple(Path(recent) for recent in load_settings().recent)


@main.command("remove-text")
@FILE
@click.option(
    "--text-fd", "descriptor", type=click.IntRange(min=0), required=True, metavar="N",
    help="Where the text is read from, in UTF-8: a file descriptor, 0 for standard input.",
)  # fmt: skip
@click.option(
    "--also",
    "others",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A backup or another copy to remove it from, too; may be given several times.",
)
@click.option(
    "--by",
    "removed_by",
    metavar="NAME",
    default="",
    help="Who the note names; it goes into shared copies, too.",
)
@click.option("--whole-words", is_flag=True, help="Leave it where it is only a part of a longer word.")
@PASSWORD
def remove_text(
    *,
    file: Path,
    descriptor: int,
    others: tuple[Path, ...],
    removed_by: str,
    whole_words: bool,
    password_fd: int | None,
) -> None:
    """Remove a text for good from FILE: from what stands in it, and from its history.

    The text is never an argument: other programs can read those. "[removed by NAME, date]" stands in its
    place, without --by "[removed by someone, date]"; this cannot be undone. It is found in any case and with
    any spaces between its words. The file's own history says who was typing last here.
    """
    from hsb_desktop.operations.removing import OUT_OF_REACH, known_copies, remove_for_good, report_sentences
    from hsb_desktop.settings import load_settings
    from hsb_desktop.store.audit_file import AuditFile

    text = _text_from(descriptor)
    with AuditFile.open(file, password=password_for(file, password_fd)) as audit_file:
        author = load_settings().authors.get(audit_file.read().audit_id, "")
        others = (*known_copies(audit_file), *others)
        report = remove_for_good(
            audit_file, text, removed_by, date.today(), others, whole_words=whole_words, author=author
        )
    for sentence in (*report_sentences(report, done=True), OUT_OF_REACH):
        say(sentence)
    if report.problems:
        raise HsbError("The text is not gone from everywhere yet; see above what is left to do.")


def _text_from(descriptor: int) -> str:
    import os

    try:
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read().decode("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise HsbError(
            f"The text could not be read from descriptor {descriptor}: {error.strerror}. Nothing was changed."
        ) from error
    except UnicodeDecodeError as error:
        raise HsbError("The text is not written in UTF-8. Nothing was changed.") from error
