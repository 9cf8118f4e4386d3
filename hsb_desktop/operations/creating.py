"""Making a new audit: its cover, its edition, its first wave."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from hsb_desktop.errors import InputRefused
from hsb_desktop.instrument import DEFAULT_INSTRUMENT_ID, instrument_by_id
from hsb_desktop.interchange.text import clean_text, is_date
from hsb_desktop.model import Audit, AuditDetails, AuditKind, Instrument, Wave
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import new_id

DEFAULT_TITLE = "Harmful sexual behaviour audit"
DEFAULT_WAVE = "Baseline"


@dataclass(frozen=True, slots=True)
class NewAudit:
    """What somebody asks for who begins an audit. `held_on` is YYYY-MM-DD or empty."""

    area: str
    title: str = DEFAULT_TITLE
    kind: AuditKind = AuditKind.PARTNERSHIP
    instrument_id: str = DEFAULT_INSTRUMENT_ID
    wave: str = DEFAULT_WAVE
    held_on: str = ""
    coordinator_name: str = ""
    coordinator_role: str = ""
    marking: str = ""
    is_sample: bool = False


def new_audit(request: NewAudit, instrument: Instrument | None = None) -> Audit:
    """Return a new audit with one wave and nothing entered; `instrument` spares looking up the edition.

    Raises InputRefused for an empty area, title or wave label, a text that cannot be kept, or a date that the
    calendar does not have; HsbError for an edition that is not there.
    """
    texts = {
        field.name: clean_text(getattr(request, field.name), f"The {_IN_WORDS[field.name]}")
        for field in fields(NewAudit)
        if field.name in _IN_WORDS
    }
    for name in ("area", "title", "wave"):
        if not texts[name].strip():
            raise InputRefused(f"The {_IN_WORDS[name]} is empty. Give one; nothing was changed.")
    if request.held_on and not is_date(request.held_on):
        raise InputRefused(f'"{request.held_on}" is not a day written as YYYY-MM-DD. Nothing was changed.')
    return Audit(
        audit_id=new_id(),
        instrument=instrument or instrument_by_id(request.instrument_id),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        is_sample=request.is_sample,
        details=AuditDetails(
            title=texts["title"],
            area=texts["area"],
            kind=request.kind,
            coordinator_name=texts["coordinator_name"],
            coordinator_role=texts["coordinator_role"],
            marking=texts["marking"],
        ),
        waves=(Wave(new_id(), texts["wave"], request.held_on),),
    )


def create_audit_file(path: Path, request: NewAudit, password: str | None = None) -> AuditFile:
    """Make a new audit in a new file, protected if there is a password, and return it open.

    Raises what `new_audit` raises; InputRefused for a password that is too short; FileRefused if the path is
    taken; OutputRefused if the disk refuses. Nothing is left behind then.
    """
    return AuditFile.create(path, new_audit(request), password)


_IN_WORDS = {
    "area": "area",
    "title": "title",
    "wave": "wave's label",
    "coordinator_name": "coordinator's name",
    "coordinator_role": "coordinator's role",
    "marking": "protective marking",
}
