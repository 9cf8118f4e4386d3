"""A disk that fills up: a small one, with the audit and 64 KB more, and then room is made."""

from __future__ import annotations

import shutil

from tests.faults.editor import Editor
from tests.faults.fault import STORE, WINDOW, Fault, Lost, Place
from tests.faults.mounting import namespace
from tests.faults.story import fresh_audit, must_hold

_SPARE = 64 * 1024
_PAGE = 4096
_STEPS = {STORE: 60, WINDOW: 24}
_LONGEST = 4000
"""Characters: about every second edit is longer than a page of the disk."""
_FILLED = {STORE: (0, 48 * 1024), WINDOW: (8 * 1024, 40 * 1024)}
"""How much of the disk is taken at least and less than that; the window edits more slowly."""


def fault(where: str, count: int) -> Fault:
    """Return this row's fault for the store or for the window."""

    def trial(place: Place) -> int:
        return _fill(where, place)

    def control(place: Place) -> None:
        _fill(where, place, "--careless")

    return Fault(
        number=4,
        where=where,
        title="disk full",
        must="said, text kept, and saved once there is room",
        trial=trial,
        count=count,
        sample=1,
        limits=(
            "A disk in memory of the audit's size and 64 KB, a varying part of which is taken. A real one "
            "may also run out of names or quota. The control says saved whatever the disk said."
        ),
        control=control,
    )


def _fill(where: str, place: Place, *options: str) -> int:
    seed = place.random.randrange(1 << 30)
    folder = place.folder / "disk"
    folder.mkdir()
    fresh = fresh_audit(place.folder, "fresh.hsbaudit")
    size = (fresh.stat().st_size // _PAGE + 2) * _PAGE + _SPARE
    path = folder / "audit.hsbaudit"
    with namespace() as inside:
        inside.run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
        shutil.copyfile(fresh, inside.seen(path))
        filled = place.random.randrange(*_FILLED[where], _PAGE)
        inside.seen(folder / "filled").write_bytes(bytes(filled))
        with Editor(
            where,
            path,
            folder=place.folder,
            seed=seed,
            steps=_STEPS[where],
            longest=_LONGEST,
            options=options,
            before=inside.enter,
        ) as editor:
            editor.go()
            _edit_until_full(editor)
            if not options:
                if not editor.refusals:
                    raise Lost(f"the disk never was full: {editor.errors}")
                looked = inside.copy_out(path, place.folder / "looked.hsbaudit")
                must_hold(looked, seed, editor.acknowledged, editor.acknowledged, _LONGEST)
                inside.run("mount", "-o", "remount,size=16m", str(folder))
                editor.tell("retry")
            editor.to_the_end(tries=2)
        after = inside.copy_out(path, place.folder / "after.hsbaudit")
    must_hold(after, seed, _STEPS[where], _STEPS[where], _LONGEST)
    return 1


def _edit_until_full(editor: Editor) -> None:
    while (news := editor.next_news()) not in ("not-saved", None, "done"):
        pass
    if news == "not-saved" and "the disk is full" not in editor.refusals[-1]:
        raise Lost(f"a full disk was not called that: {editor.refusals[-1]}")


FAULT = fault(STORE, count=200)
