"""A stick pulled out in mid-session, and put back later."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.editor import Editor
from tests.faults.fault import STORE, WINDOW, Fault, Lost, Place
from tests.faults.mounting import namespace
from tests.faults.story import fresh_audit, must_hold

_STEPS = {STORE: 400, WINDOW: 12}
"""The store edits so fast that fewer could be over before it is paused for the stick to be pulled out."""
_NAME = "audit.hsbaudit"
_MOST_BEFORE = 6


def fault(where: str, count: int, sample: int) -> Fault:
    """Return this row's fault for the store or for the window."""

    def trial(place: Place) -> int:
        return _pull_out(where, place)

    def control(place: Place) -> None:
        _pull_out(where, place, "--careless")

    return Fault(
        number=8,
        where=where,
        title="stick pulled out in mid-session",
        must="said, text kept; no empty audit where the stick was",
        trial=trial,
        count=count,
        sample=sample,
        limits=(
            "A mount that is let go of lazily under the open file, and mounted again. A real stick also "
            "answers with I/O errors (row 5) and may be torn in mid-write (row 3). If it goes in the very "
            "instant in which a journal is opened, an empty journal stays behind where the stick was: seen "
            "once in 46 trials. The control says saved all the same."
        ),
        control=control,
    )


def _pull_out(where: str, place: Place, *options: str) -> int:
    seed = place.random.randrange(1 << 30)
    port, stick = place.folder / "port", place.folder / "stick"
    port.mkdir()
    stick.mkdir()
    path = port / _NAME
    with namespace() as inside:
        inside.run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(stick))
        shutil.copyfile(fresh_audit(place.folder, "fresh.hsbaudit"), inside.seen(stick / path.name))
        inside.run("mount", "--bind", str(stick), str(port))
        with Editor(
            where,
            path,
            folder=place.folder,
            seed=seed,
            steps=_STEPS[where],
            options=options,
            before=inside.enter,
            may_be_there=True,
        ) as editor:
            editor.start()
            pulled_after = 0 if options else place.random.randrange(_MOST_BEFORE)
            if pulled_after == 0:
                inside.run("umount", "-l", str(port))
            editor.tell("go")
            while editor.acknowledged < pulled_after:
                editor.line()
            if pulled_after:
                with editor.paused():
                    inside.run("umount", "-l", str(port))
            while (news := editor.next_news()) == "saved":
                pass
            _must_hold_nothing(inside.seen(port))
            if not options:
                if news != "not-saved":
                    raise Lost(f"edits went on as if nothing had happened, or it ended: {editor.errors}")
                inside.run("mount", "--bind", str(stick), str(port))
                editor.tell("retry")
            editor.to_the_end(tries=2)
        after = inside.copy_out(stick / path.name, place.folder / "after.hsbaudit")
    must_hold(after, seed, _STEPS[where], _STEPS[where])
    return 1


def _must_hold_nothing(port: Path) -> None:
    """Raise Lost for an audit, however empty, or a journal with anything in it."""
    made = [entry.name for entry in port.iterdir() if entry.name == _NAME or entry.stat().st_size]
    if made:
        raise Lost(f"where the stick was, there is now {', '.join(made)}")


FAULT = fault(STORE, count=50, sample=1)
