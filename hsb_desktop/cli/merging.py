"""`hsb-audit merge`: copies of an audit back into it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsb_desktop.cli.arguments import PASSWORD, SuffixedPath, descriptor_option
from hsb_desktop.cli.console import complain, say
from hsb_desktop.cli.group import main
from hsb_desktop.cli.passwords import given_password, password_for
from hsb_desktop.errors import FileRefused, InputRefused, OutputRefused

if TYPE_CHECKING:
    from hsb_desktop.operations.merge_plan import MergePlan
    from hsb_desktop.store.audit_file import AuditFile

_STOP = "stop"
_WORKSHEET = ".xlsx"


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", type=SuffixedPath((".hsbaudit",), is_read=False), metavar="OUT",
    help="Write the result into OUT, a new file (.hsbaudit), and leave TARGET as it is.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option(
    "--on-conflict",
    type=click.Choice(["both", "ours", "theirs", _STOP]),
    default="both",
    show_default=True,
    help="Where both were answered differently: keep both until somebody settles it, take that of TARGET or "
    "of SOURCE, or merge nothing and list them.",
)
@PASSWORD
@descriptor_option(
    "--source-password-fd",
    words="The passwords of protected SOURCEs in their order, a line each (else that of TARGET)",
)
def merge(
    *,
    target: Path,
    sources: tuple[Path, ...],
    out: Path | None,
    dry_run: bool,
    on_conflict: str,
    password_fd: int | None,
    source_password_fd: int | None,
) -> None:
    """Take what is new in each SOURCE, a copy of the audit TARGET or a pack sent out from it, into TARGET.

    A pack may be a worksheet (.xlsx): what was typed into it merges by the same rules.

    Which edit is newer is known from the edits themselves, not from clocks. An empty box never takes the
    place of an answer. Where one SOURCE cannot be used nothing is merged at all. They are left as they are.
    """
    from hsb_desktop.operations.merge_sentences import conflict_lines, sentences_of
    from hsb_desktop.operations.merging import (
        Choice,
        apply_plan,
        plan_merge,
        refuse_conflicts,
        write_merged_copy,
    )
    from hsb_desktop.store.audit_file import AuditFile

    _refuse_the_target_itself(target, sources)
    is_stopped = on_conflict == _STOP
    with (
        AuditFile.open(
            target, read_only=dry_run or out is not None, password=password_for(target, password_fd)
        ) as audit_file,
        ExitStack() as stack,
    ):
        password = audit_file.password if password_fd is not None else None
        notices: list[str] = []
        opened = [
            stack.enter_context(
                _opened_worksheet(audit_file, source, notices)
                if source.suffix.lower() == _WORKSHEET
                else _opened_source(source, password, source_password_fd)
            )
            for source in sources
        ]
        plan = plan_merge(
            audit_file,
            opened,
            on_conflict=Choice.BOTH if is_stopped else Choice(on_conflict),
            author=_author(audit_file),
        ).with_notices(tuple(notices))
        if is_stopped and plan.conflicts:
            for line in conflict_lines(plan):
                complain(line)
            refuse_conflicts(plan)
        if out is not None and not dry_run:
            write_merged_copy(audit_file, plan, out)
        elif not dry_run and not plan.is_empty:
            back_up(audit_file)
            apply_plan(audit_file, plan)
    for sentence in sentences_of(plan):
        say(sentence)
    say(_end(plan, target, out, is_dry=dry_run))


def _opened_worksheet(target: AuditFile, path: Path, notices: list[str]) -> AuditFile:
    from hsb_desktop.operations.returned_sheets import open_worksheet

    worksheet = open_worksheet(target, target.read(), path)
    notices += worksheet.notices
    return worksheet.copy


def _opened_source(path: Path, password: str | None, source_password_fd: int | None) -> AuditFile:
    from hsb_desktop.store.audit_file import AuditFile
    from hsb_desktop.store.gate import can_be_protected

    try:
        if can_be_protected(path):
            if source_password_fd is not None:
                password = given_password(source_password_fd)
            elif password is None:
                password = password_for(path, None)
        return AuditFile.open(path, read_only=True, password=password)
    except FileRefused as error:
        raise type(error)(f"{error} Nothing was merged.") from error


def _refuse_the_target_itself(target: Path, sources: tuple[Path, ...]) -> None:
    for source in sources:
        if target.exists() and source.exists() and source.samefile(target):
            raise InputRefused(f"{source} is {target} itself, so there is nothing to merge.")


def _author(audit_file: AuditFile) -> str:
    from hsb_desktop.settings import load_settings

    return load_settings().authors.get(audit_file.read().audit_id, "")


def back_up(audit_file: AuditFile) -> None:
    """Make a backup before the merge; that none can be made is said, and keeps nothing from being done."""
    from hsb_desktop.store.backup import make_due_backup
    from hsb_desktop.store.backup_folder import BackupReason

    try:
        make_due_backup(audit_file, BackupReason.MERGE)
    except OutputRefused as error:
        complain(str(error))


def _end(plan: MergePlan, target: Path, out: Path | None, *, is_dry: bool) -> str:
    if is_dry:
        return "Nothing was written."
    if out is not None:
        return f"Wrote {out}. {target} is as it was."
    return f"{target} is as it was." if plan.is_empty else f"Merged into {target}."
