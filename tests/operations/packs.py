"""An invented audit that sends out packs, and what agencies type into them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Audit
from hsb_desktop.operations.packs import ALL_KINDS, PackKind, PackOutcome, PackRequest, write_packs
from hsb_desktop.operations.returning import ReturnPlan, take_back
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import (
    OPEN,
    PARTNERSHIP,
    Change,
    ChangeSet,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    response_address,
)

WAVE, POLICE, HEALTH, SCHOOLS = "wave-base", "agency-police", "agency-health", "agency-schools"
TODAY = "2026-11-20"
NAMES = {POLICE: "Northmoor Police", HEALTH: "Fernlight Health Trust", SCHOOLS: "Ashgrove Schools"}
SECRETS = {
    "police evidence": "Constables Thistledown keep a register.",
    "health evidence": "The clinic at Marrowby has a waiting list.",
    "agreed evidence": "The partnership talked about Larkspur.",
    "agreement": "Because Juniper insisted.",
    "author": "Scribe Quillfeather",
    "reading": "High quality means seen by Foxglove.",
    "earlier": "Six weeks before, Bramblewick said otherwise.",
    "sitting": "Windlass hosted.",
    "note": "Comments by Oakapple.",
}


def of(agency_id: str, statement_id: str, field: str = "score", wave_id: str = WAVE) -> ValueAddress:
    return response_address(ResponseKey(wave_id, agency_id, statement_id), field)


def agreed(statement_id: str, field: str = "score") -> ValueAddress:
    return of(PARTNERSHIP, statement_id, field)


def audit_with_agencies() -> Audit:
    """Three agencies in two waves, and words of each party in every place that people fill."""
    values: dict[ValueAddress, Value] = {
        ValueAddress(Subject.AUDIT, (), "title"): "Harmful sexual behaviour audit",
        ValueAddress(Subject.AUDIT, (), "area"): "Northmoor Vale",
        ValueAddress(Subject.AUDIT, (), "coordinator_name"): "R. Adeyemi",
        ValueAddress(Subject.AUDIT, (), "marking"): "OFFICIAL-SENSITIVE",
        ValueAddress(Subject.WAVE, ("wave-0",), "label"): "Pilot",
        ValueAddress(Subject.WAVE, (WAVE,), "label"): "Baseline",
        ValueAddress(Subject.WAVE, (WAVE,), "held_on"): "2026-12-04",
        ValueAddress(Subject.WAVE, (WAVE,), "position"): 1,
        ValueAddress(Subject.SITTING, ("sitting-1",), "wave_id"): WAVE,
        ValueAddress(Subject.SITTING, ("sitting-1",), "note"): SECRETS["sitting"],
        of(POLICE, "1.1", "evidence"): SECRETS["police evidence"],
        of(POLICE, "1.1"): 2,
        of(HEALTH, "1.1", "evidence"): SECRETS["health evidence"],
        of(HEALTH, "1.1"): 4,
        of(POLICE, "1.2", "evidence", "wave-0"): SECRETS["earlier"],
        agreed("2.1a", "evidence"): SECRETS["agreed evidence"],
        agreed("2.1a"): 1,
        ValueAddress(Subject.AGREEMENT, (WAVE, "2.1a"), "reason"): SECRETS["agreement"],
        ValueAddress(Subject.READING, ("2.6",), "text"): SECRETS["reading"],
        ValueAddress(Subject.DOMAIN_NOTE, (WAVE, "2"), "comments"): SECRETS["note"],
        ValueAddress(Subject.ROUND, (WAVE, "1.3", "1"), "state"): OPEN,
        ValueAddress(Subject.VOTE, (WAVE, "1.3", "1", POLICE), "answer"): 3,
        ValueAddress(Subject.SERIES, (WAVE, HEALTH), "is_shown"): 1,
    }
    for place, (agency_id, name) in enumerate(NAMES.items()):
        values[ValueAddress(Subject.AGENCY, (agency_id,), "name")] = name
        values[ValueAddress(Subject.AGENCY, (agency_id,), "position")] = place or None
        values[ValueAddress(Subject.ATTENDANCE, (WAVE, agency_id), "attends")] = 1
    audit = Audit("audit-northmoor", instrument_by_id(), made_at="2026-11-20T09:00:00+00:00")
    return audit.with_changes(Change(place, None, value) for place, value in values.items() if value)


def made_audit(path: Path, password: str | None = None) -> Path:
    """The audit in a file, with a history of who wrote what."""
    with AuditFile.create(path, audit_with_agencies(), password) as file:
        enter(file, {agreed("3.1", "evidence"): "A draft by Quillfeather."}, author=SECRETS["author"])
    return path


def enter(file: AuditFile, values: dict[ValueAddress, Value], author: str = "") -> None:
    """Somebody enters these values into an open file."""
    audit = file.read()
    changes = tuple(Change(address, audit.value(address), value) for address, value in values.items())
    file.apply(ChangeSet("an edit", changes, author))


def type_into(path: Path, values: dict[ValueAddress, Value], author: str = "", **options: Any) -> None:
    """Somebody opens a file, enters values, and closes it."""
    with AuditFile.open(path, **options) as file:
        enter(file, values, author)


def sent(
    path: Path, folder: Path, *agency_ids: str, kinds: tuple[PackKind, ...] = ALL_KINDS, domain_id: str = ""
) -> PackOutcome:
    """Packs of the audit's second wave."""
    with AuditFile.open(path) as file:
        request = PackRequest(WAVE, agency_ids, domain_id, kinds)
        return write_packs(file, folder, request, printed_on=TODAY)


def pack_of(outcome: PackOutcome, agency_id: str, kind: PackKind) -> Path:
    """The file of an agency among those that were written."""
    (found,) = (p for p in outcome.paths if p.name.startswith(NAMES[agency_id]) and p.suffix == kind.value)
    return found


def fill_sheet(path: Path, answers: dict[str, dict[str, object]], out: Path | None = None) -> Path:
    """Somebody types into a worksheet and saves it: column by statement."""
    book = load_workbook(path)
    sheet = book["Responses"]
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "statement" for cell in row))
    columns = {cell.value: cell.column for cell in heading}
    for row in sheet.iter_rows(min_row=heading[0].row + 1):
        statement_id = row[columns["statement"] - 1].value
        for column, value in answers.get(statement_id, {}).items():
            cell = row[columns[column] - 1]
            cell.value = value
            if isinstance(value, str):
                # As typed into a cell whose format is Text.
                cell.data_type = "s"
    book.save(out or path)
    return out or path


def returned(path: Path, *files: Path, leave_refused: bool = False) -> ReturnPlan:
    """Take packs back into an audit."""
    with AuditFile.open(path) as file:
        plan, _ = take_back(file, files, author="Facilitator", leave_refused=leave_refused)
        assert file.check() == ()
        return plan


def held(path: Path) -> Audit:
    """What a file holds."""
    with AuditFile.open(path, read_only=True) as file:
        return file.read()


def copied(path: Path, name: str) -> Path:
    """A copy of a closed audit, byte for byte."""
    return Path(shutil.copyfile(path, path.with_name(f"{name}.hsbaudit")))
