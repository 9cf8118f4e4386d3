"""Writing an audit for other people and programs; the suffix of the file's name says what is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hsb_desktop.errors import InputRefused, OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.whole_file import whole_file

EXPORT_SUFFIXES = (".pdf", ".json", ".csv", ".xlsx", ".hsbaudit")

Kind = Literal["report", "form"]
"""What a PDF holds: the report for the board, or the audit tool's form filled in."""


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What was written, and sentences about what in it a person should know."""

    path: Path
    notices: tuple[str, ...] = ()


def export_audit(
    file: AuditFile,
    out: Path,
    *,
    kind: Kind = "report",
    wave_id: str | None = None,
    printed_on: str,
    password: str | None = None,
    with_agencies_evidence: bool = False,
    with_history: bool = False,
) -> ExportOutcome:
    """Write the open audit to `out`, whole or not at all; an earlier file of the name is replaced.

    `wave_id` is the wave that a PDF shows, the latest if none is given; all others hold every wave.
    `printed_on` (YYYY-MM-DD) stands in the PDF. A report holds the agencies' scores, and their own evidence
    and assurance `with_agencies_evidence` only. A `.hsbaudit` carries the present values, history and authors
    `with_history` only, protected as the audit is or with a `password` of its own; nothing else can be
    protected, or has a history. Raises OutputRefused if `out` is the open audit or cannot be written;
    InputRefused for a suffix that is unknown or a password that is too short.
    """
    suffix = out.suffix.lower()
    if suffix not in EXPORT_SUFFIXES:
        raise InputRefused(
            f"{out.name} does not end in one of {', '.join(EXPORT_SUFFIXES)}. Nothing was written."
        )
    if _is_same_file(file.path, out):
        raise OutputRefused(f"{out} is the audit that is open. Choose another name; nothing was changed.")
    if suffix == ".hsbaudit":
        # The store alone copies an audit, so that what lies in its journal comes along.
        from hsb_desktop.store.share import Protection, share_copy

        share_copy(file, out, with_history=with_history, password=password or Protection.SAME)
        return ExportOutcome(out)
    return write_audit(
        file.read(),
        out,
        kind=kind,
        wave_id=wave_id,
        printed_on=printed_on,
        with_agencies_evidence=with_agencies_evidence,
    )


def write_audit(
    audit: Audit,
    out: Path,
    *,
    kind: Kind = "report",
    wave_id: str | None = None,
    printed_on: str,
    with_agencies_evidence: bool = False,
) -> ExportOutcome:
    """Write an audit as `export_audit` does, but for `.hsbaudit`, which only the store can copy.

    Raises OutputRefused if `out` cannot be written; InputRefused for a suffix that is unknown.
    """
    suffix = out.suffix.lower()
    if suffix not in EXPORT_SUFFIXES or suffix == ".hsbaudit":
        raise InputRefused(
            f"{out.name} does not end in one of {', '.join(EXPORT_SUFFIXES)}. Nothing was written."
        )
    if suffix == ".pdf":
        notices = _print(audit, out, kind, wave_id, printed_on, with_agencies_evidence=with_agencies_evidence)
        return ExportOutcome(out, notices)
    content, notices = _content(audit, suffix)
    with whole_file(out) as temporary:
        temporary.write_bytes(content)
    return ExportOutcome(out, notices)


def _content(audit: Audit, suffix: str) -> tuple[bytes, tuple[str, ...]]:
    if suffix == ".json":
        from hsb_desktop.interchange.json_audit import write_json

        return write_json(audit), ()
    from hsb_desktop.interchange.audit_table import table_notices, table_of

    if suffix == ".csv":
        from hsb_desktop.interchange.csv_rows import write_csv

        return write_csv(table_of(audit)), table_notices(audit)
    from hsb_desktop.interchange.workbook_rows import write_workbook

    return write_workbook(audit), table_notices(audit)


def _print(
    audit: Audit,
    out: Path,
    kind: Kind,
    wave_id: str | None,
    printed_on: str,
    *,
    with_agencies_evidence: bool,
) -> tuple[str, ...]:
    if not audit.waves:
        raise OutputRefused("The audit has no wave, so there is nothing to print. Add a wave first.")
    shown_wave = wave_id or audit.waves[-1].wave_id
    if kind == "form":
        from hsb_desktop.report.form import write_filled_form_pdf

        outcome = write_filled_form_pdf(audit, shown_wave, out, printed_on)
    else:
        from hsb_desktop.report.composing import report_content
        from hsb_desktop.report.pdf import write_report_pdf

        content = report_content(audit, shown_wave, printed_on, with_agencies_evidence=with_agencies_evidence)
        outcome = write_report_pdf(content, out)
    if not outcome.missing:
        return ()
    stand_ins = ", ".join(f"U+{ord(character[0]):04X}" for character in outcome.missing)
    return (f"Printed as a stand-in, because no typeface of the program has them: {stand_ins}.",)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return other.samefile(one)
    except OSError:
        return one.absolute() == other.absolute()
