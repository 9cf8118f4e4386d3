"""The audit is renamed or deleted while it is open: said, with a copy to be saved, and nothing made anew."""

from __future__ import annotations

from hsb_desktop.errors import NotSaved
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.fault import Fault, Lost, Place
from tests.faults.story import fresh_audit, steps

_TIMES = 5
"""In one trial."""


def _move(place: Place) -> int:
    for number in range(_TIMES):
        _one_move(place, number)
    return _TIMES


def _one_move(place: Place, number: int) -> None:
    folder = place.folder / str(number)
    folder.mkdir()
    path, elsewhere = fresh_audit(folder, "audit.hsbaudit"), folder / "elsewhere.hsbaudit"
    moved = folder / "moved.hsbaudit"
    story = steps(place.random.randrange(1 << 30))
    with AuditFile.open(path) as file:
        for _ in range(place.random.randrange(1, 4)):
            file.apply(next(story).change_set)
        audit = file.read()
        if place.random.randrange(2):
            path.rename(moved)
        else:
            path.unlink()
        step = next(story)
        try:
            file.apply(step.change_set)
        except NotSaved as error:
            if "moved" not in str(error):
                raise Lost(f"not said in plain words: {error}") from error
        else:
            raise Lost("an edit was called saved in a file that has lost its name")
        AuditFile.create(elsewhere, audit.with_changes(step.change_set.changes)).close()
    if path.exists():
        raise Lost("a new file was made under the old name")
    with AuditFile.open(elsewhere, read_only=True) as copy:
        change = step.change_set.changes[0]
        if copy.read().value(change.address) != change.after:
            raise Lost("the copy lacks the edit")
    if moved.exists():
        with AuditFile.open(moved, read_only=True) as file:
            if file.read() != audit:
                raise Lost("the moved file lost an acknowledged edit")


def _control(place: Place) -> None:
    """A program that writes the whole file at each save makes a new one under the old name."""
    path = fresh_audit(place.folder, "audit.hsbaudit")
    held = path.read_bytes()
    path.rename(place.folder / "moved.hsbaudit")
    path.write_bytes(held)
    if path.exists():
        raise Lost("a new file was made under the old name")


FAULT = Fault(
    number=13,
    title="file renamed or deleted while open",
    must="says so, a copy can be saved, nothing is made anew",
    trial=_move,
    control=_control,
    count=50,
    sample=1,
    limits="On Windows the system itself refuses to move or delete an open file; not run there.",
)
