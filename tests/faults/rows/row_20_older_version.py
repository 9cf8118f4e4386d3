"""A file that an older version of the program made."""

from __future__ import annotations

import json
from pathlib import Path

from hsb_desktop.store.audit_file import AuditFile
from tests.faults.audits import NAME, look_without_a_trace
from tests.faults.fault import Fault, Lost, NotRun, Place

_FROZEN = sorted((Path(__file__).resolve().parents[2] / "data" / "audits").glob("*.hsbaudit"))


def _trial(place: Place) -> int:
    for frozen in _FROZEN:
        path = place.folder / NAME
        path.write_bytes(frozen.read_bytes())
        expected = json.loads(frozen.with_suffix(".expected.json").read_text("utf-8"))
        for read_only in (True, False):
            seen = look_without_a_trace(path, read_only=read_only)
            if seen.audit is None or seen.found:
                raise Lost(f"{frozen.name}: {seen.found}")
            if {str(address): value for address, value in seen.audit.values()} != expected["values"]:
                raise Lost(f"{frozen.name} holds other values than when it was made")
            if len(seen.history) != len(expected["history"]):
                raise Lost(f"{frozen.name} has another history than when it was made")
        with AuditFile.open(path) as file:
            file.end_visit()
        if path.read_bytes() != frozen.read_bytes():
            raise Lost(f"{frozen.name} was changed by being opened and closed")
    if len(_FROZEN) < 2:
        raise NotRun("there is no older version yet; the file of version 1.0 opens unchanged")
    return len(_FROZEN)


FAULT = Fault(
    number=20,
    title="File from an older version",
    must="backed up, then brought up to date in one transaction",
    trial=_trial,
    count=1,
    sample=1,
    limits="Version 1.0 is the only one, so nothing can be migrated yet.",
)
