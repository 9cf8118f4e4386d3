"""A program that synchronises leaves a conflict copy beside the audit: it is found, and no other file is."""

from __future__ import annotations

import shutil

from hsb_desktop.operations.conflict_copies import find_conflict_copies, is_conflict_name
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.fault import Fault, Lost, Place
from tests.faults.story import fresh_audit

_NAMES = (
    "{0}-LAPTOP-7F3{1}",
    "{0} (Robin's conflicted copy 2026-11-20){1}",
    "{0} (conflicted copy 2026-11-20 090311){1}",
    "{0} (1){1}",
    "{0} [Conflict]{1}",
    "{0}.sync-conflict-20261120-090311-ABCDEFG{1}",
    "{0}_conflict-20261120-090311{1}",
    "{0} 2{1}",
)
_OTHERS = ("another{1}", "{0}.pdf", "{0} shared copy.xlsx", "Re {0}{1}", "{0}and more{1}")


def _look(place: Place) -> int:
    stem = place.random.choice(["Northmoor", "Northmoor Vale 2026", "N (draft)", "ŵ #1", "a-b.c"])
    path = fresh_audit(place.folder, f"{stem}.hsbaudit")
    with AuditFile.open(path, read_only=True) as file:
        audit_id = file.read().audit_id
    names = {name.format(stem, ".hsbaudit") for name in _NAMES}
    for name in names:
        shutil.copyfile(path, path.with_name(name))
    for name in _OTHERS:
        shutil.copyfile(path, path.with_name(name.format(stem, ".hsbaudit")))
    found = {copy.path.name for copy in find_conflict_copies(path, audit_id) if not copy.problem}
    if found != names:
        raise Lost(f"not told apart: {sorted(found ^ names)}")
    return 1


def _control(place: Place) -> None:
    """A name that no program gives is not taken for a conflict copy."""
    if not is_conflict_name("Northmoor and more.hsbaudit", "Northmoor.hsbaudit"):
        raise Lost("not found by its name")


FAULT = Fault(
    number=14,
    title="a conflict copy beside the audit",
    must="recognised",
    trial=_look,
    control=_control,
    count=50,
    sample=2,
    limits="Names as OneDrive, Dropbox, Google Drive, Syncthing, Nextcloud and iCloud are said to give them.",
)
