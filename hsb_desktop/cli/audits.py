"""An audit made, filled, looked at and written out: new, import, export, show, check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from hsb_desktop.cli.arguments import (
    FILE,
    PASSWORD,
    WAVE,
    SuffixedPath,
    a_day,
    descriptor_option,
    some_text,
    wave_named,
)
from hsb_desktop.cli.console import complain, say
from hsb_desktop.cli.group import main
from hsb_desktop.cli.passwords import given_password, password_for
from hsb_desktop.errors import HsbError, OutputRefused

if TYPE_CHECKING:
    from hsb_desktop.model import Audit
    from hsb_desktop.store.audit_file import AuditFile

_EXPORTS = (".pdf", ".json", ".csv", ".xlsx", ".hsbaudit")
_IMPORTS = (".csv", ".xlsx", ".json")


@main.command()
@FILE
@click.option("--area", metavar="TEXT", required=True, callback=some_text, help="The area that is audited.")
@click.option("--edition", metavar="ID", help="The audit tool's edition; the second (2019) if none is named.")
@click.option("--title", metavar="TEXT", callback=some_text, help="The title on the cover.")
@click.option("--wave", metavar="LABEL", callback=some_text, help="The first wave's name; Baseline if none.")
@click.option("--date", "held_on", metavar="YYYY-MM-DD", default="", callback=a_day, help="The wave's day.")
@click.option(
    "--sample",
    "is_sample",
    is_flag=True,
    help="Mark it as a sample: all in it will be invented. No backups of a sample are made.",
)
@descriptor_option("--password-fd", words="A password to protect FILE with")
def new(
    *,
    file: Path,
    area: str,
    edition: str | None,
    title: str | None,
    wave: str | None,
    held_on: str,
    is_sample: bool,
    password_fd: int | None,
) -> None:
    """Make a new audit in FILE, which must not exist yet.

    With a password it is protected: if the password is forgotten, nobody can open the audit again.
    """
    from hsb_desktop.instrument import DEFAULT_INSTRUMENT_ID
    from hsb_desktop.operations.creating import DEFAULT_TITLE, DEFAULT_WAVE, NewAudit, create_audit_file

    request = NewAudit(
        area=area,
        title=title or DEFAULT_TITLE,
        instrument_id=edition or DEFAULT_INSTRUMENT_ID,
        wave=wave or DEFAULT_WAVE,
        held_on=held_on,
        is_sample=is_sample,
    )
    with create_audit_file(file, request, given_password(password_fd)):
        say(f"Made {file}.")


@main.command("import")
@FILE
@click.argument("source", type=SuffixedPath(_IMPORTS, is_read=True))
@PASSWORD
def import_(file: Path, source: Path, password_fd: int | None) -> None:
    """Take the rows of SOURCE (.csv, .xlsx, .json) into FILE: all of them or none.

    Columns: statement, score, evidence, assurance; also wave, agency, comments and others that
    docs/interchange.md describes. A workbook is read from its sheet Responses. A cell left empty changes
    nothing. JSON goes into a new audit only.
    """
    from hsb_desktop.operations.importing import plan_import
    from hsb_desktop.settings import load_settings
    from hsb_desktop.store.audit_file import AuditFile

    with AuditFile.open(file, password=password_for(file, password_fd)) as audit_file:
        audit = audit_file.read()
        plan = plan_import(audit, source)
        if plan.change_set.changes:
            back_up(audit_file)
            author = load_settings().authors.get(audit.audit_id, "")
            audit_file.apply(replace(plan.change_set, author=author))
    for sentence in plan.sentences:
        say(sentence)


@main.command()
@FILE
@click.option(
    "-o", "--output", "out", required=True, type=SuffixedPath(_EXPORTS, is_read=False), metavar="OUT",
    help="The file to write; its suffix says what: .pdf, .json, .csv, .xlsx or .hsbaudit.",
)  # fmt: skip
@click.option(
    "--kind",
    type=click.Choice(["report", "form"]),
    default="report",
    show_default=True,
    help="What a .pdf holds.",
)
@WAVE
@PASSWORD
@descriptor_option("--new-password-fd", words="A password of its own for a copy to share")
@click.option(
    "--with-history",
    is_flag=True,
    help="A copy to share holds the history, too: who typed what, and what stood before.",
)
@click.option(
    "--with-agencies-evidence",
    is_flag=True,
    help="A report holds each agency's own evidence and assurance, too.",
)
@click.option("--strict", is_flag=True, help="Write nothing where a text may identify somebody.")
def export(
    *,
    file: Path,
    out: Path,
    kind: Literal["report", "form"],
    wave: str | None,
    password_fd: int | None,
    new_password_fd: int | None,
    with_history: bool,
    with_agencies_evidence: bool,
    strict: bool,
) -> None:
    """Write FILE as a PDF, for other programs, or as a copy to share.

    An existing OUT is replaced. The copy to share carries the present values, without history and names of
    authors unless they are asked for, and never the answers of a round that nobody revealed; it is protected
    as FILE is, or with a password of its own. Nothing else can be protected.

    Places that hold an NHS number, a date of birth, a postcode, a telephone number or an e-mail address are
    listed on standard error, with the first letters of each. History is not looked through for them.
    """
    from hsb_desktop.operations.exporting import export_audit
    from hsb_desktop.store.audit_file import AuditFile

    if kind == "form" and out.suffix.lower() != ".pdf":
        raise click.BadParameter("a form is a .pdf.", param_hint="--kind")
    if with_agencies_evidence and (kind == "form" or out.suffix.lower() != ".pdf"):
        raise click.BadParameter("only a report has a choice.", param_hint="--with-agencies-evidence")
    if new_password_fd is not None and out.suffix.lower() != ".hsbaudit":
        raise click.BadParameter("only a .hsbaudit can be protected.", param_hint="--new-password-fd")
    if with_history and out.suffix.lower() != ".hsbaudit":
        raise click.BadParameter("only a .hsbaudit can hold the history.", param_hint="--with-history")
    with AuditFile.open(file, read_only=True, password=password_for(file, password_fd)) as audit_file:
        audit = audit_file.read()
        wave_id = None if wave is None else wave_named(audit, wave).wave_id
        list_identifiers(audit, is_strict=strict)
        outcome = export_audit(
            audit_file,
            out,
            kind=kind,
            wave_id=wave_id,
            printed_on=date.today().isoformat(),
            password=given_password(new_password_fd),
            with_agencies_evidence=with_agencies_evidence,
            with_history=with_history,
        )
    say(f"Wrote {outcome.path}.")
    for notice in outcome.notices:
        say(notice)


def list_identifiers(audit: Audit, *, is_strict: bool, file_name: str = "") -> None:
    """Complain of each text that may identify somebody; HsbError if there is one and it is strict."""
    from hsb_desktop.operations.privacy_scan import in_log_lines, scan

    found = scan(audit, today=date.today())
    for line in in_log_lines(audit, found, today=date.today()):
        complain(f"{file_name}: {line}" if file_name else line)
    if found and is_strict:
        raise HsbError("Nothing was written. Take these out of the audit, or export without --strict.")


@main.command()
@FILE
@WAVE
@PASSWORD
def show(file: Path, wave: str | None, password_fd: int | None) -> None:
    """Print how far FILE has come and its domain means."""
    from hsb_desktop.operations.showing import audit_in_lines
    from hsb_desktop.store.audit_file import AuditFile

    with AuditFile.open(file, read_only=True, password=password_for(file, password_fd)) as audit_file:
        audit = audit_file.read()
    for line in audit_in_lines(audit, wave_named(audit, wave)):
        say(line)


@main.command()
@FILE
@PASSWORD
def check(file: Path, password_fd: int | None) -> None:
    """Say whether FILE is whole. It is left as it is."""
    from hsb_desktop.operations.checking import check_audit_file

    problems = check_audit_file(file, password_for(file, password_fd))
    if problems:
        raise HsbError(f"{file} is not whole: {' '.join(problems)} It was left as it is.")
    say(f"{file} is whole.")


def back_up(audit_file: AuditFile) -> None:
    """Make a backup before an import; that none can be made is said, and keeps nothing from being done."""
    from hsb_desktop.store.backup import make_due_backup
    from hsb_desktop.store.backup_folder import BackupReason

    try:
        make_due_backup(audit_file, BackupReason.IMPORT)
    except OutputRefused as error:
        complain(str(error))
