"""Audits with agencies for tests of the window: the same ids every time, so that two can be compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, AuditDetails, Wave
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup_folder import folder_of
from hsb_desktop.store.backup_note import Note, write_note

WAVE = "10000000-0000-4000-8000-000000000001"
NAMES = ("Police", "Health", "Children’s social care", "Schools")
INSTRUMENT = "nspcc-hsb-2019"


def agency_id(name: str) -> str:
    """The id of an agency of these audits."""
    return f"20000000-0000-4000-8000-{NAMES.index(name):012d}"


def audit_with_agencies(names: tuple[str, ...] = NAMES[:3]) -> Audit:
    """An invented audit in which nothing is answered yet."""
    agencies = tuple(Agency(agency_id(name), name, position=place) for place, name in enumerate(names))
    return Audit(
        audit_id="30000000-0000-4000-8000-000000000001",
        instrument=instrument_by_id(INSTRUMENT),
        made_at="2026-03-12T09:00:00+00:00",
        details=AuditDetails(title="HSB audit", area="Invented area"),
        waves=(Wave(WAVE, "Baseline", "2026-03-12"),),
        agencies=agencies,
        attendance=frozenset((WAVE, agency.agency_id) for agency in agencies),
    )


def write_audit(audit: Audit, path: Path) -> Path:
    """Write the audit into a file of which today's backup is made: the next edit waits for none."""
    AuditFile.create(path, audit).close()
    folder = folder_of(audit.audit_id)
    folder.mkdir(parents=True, exist_ok=True)
    write_note(folder, Note().with_backup(path, date.today()))
    return path
