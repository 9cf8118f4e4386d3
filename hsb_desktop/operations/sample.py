"""The sample audit: a whole, believable, fictional partnership to look around in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.interchange.json_document import parse_json
from hsb_desktop.interchange.json_reader import audit_from_data
from hsb_desktop.model import Audit
from hsb_desktop.resources import resource_path
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import new_id

_SAMPLE = "sample_audit.json"


def sample_audit() -> Audit:
    """Return the sample audit under an id of its own, so that two samples are two audits."""
    data = parse_json(resource_path("sample", _SAMPLE).read_bytes(), _SAMPLE)
    audit, _ = audit_from_data(data, instrument_by_id(data["audit"]["instrument"]), _SAMPLE)
    return replace(
        audit, audit_id=new_id(), made_at=datetime.now(UTC).isoformat(timespec="seconds"), is_sample=True
    )


def create_sample_audit(path: Path) -> AuditFile:
    """Make the sample audit in a new file, and return it open.

    Raises FileRefused if the path is taken; OutputRefused if the disk refuses. Nothing is left behind then.
    """
    return AuditFile.create(path, sample_audit())
