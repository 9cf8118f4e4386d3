"""Killed at each system call with which 20 edits reach the disk."""

from __future__ import annotations

from tests.faults.calls import SEED, STEPS, injected, points
from tests.faults.editor import Editor, Tracer, need
from tests.faults.fault import STORE, Fault, Place
from tests.faults.story import fresh_audit, must_hold


def fault(where: str, count: int, sample: int) -> Fault:
    """Return this row's fault for the store or for the window."""

    def trial(place: Place) -> int:
        need("strace")
        every = points()
        call, number = every[place.index % len(every)]
        return _kill_at(where, place, call, number)

    def control(place: Place) -> None:
        need("strace")
        for number in range(20, 60, 10):
            _kill_at(where, place, "pwrite64", number, "--careless")

    return Fault(
        number=2,
        where=where,
        title="killed at each system call",
        must="no acknowledged edit lost",
        trial=trial,
        count=count,
        sample=sample,
        limits=(
            f"`strace` kills the program as it enters a write, sync, truncation or removal of {STEPS} edits "
            "and the close, each in turn (there are a few more trials than calls; the last ones begin "
            "again). Opening comes in row 6. The control acknowledges before it writes."
        ),
        control=control,
    )


def _kill_at(where: str, place: Place, call: str, number: int, *options: str) -> int:
    path = fresh_audit(place.folder)
    with Editor(where, path, folder=place.folder, seed=SEED, steps=STEPS, options=options) as editor:
        editor.start()
        with Tracer(editor, place.folder, *injected(path, call, f"signal=SIGKILL:when={number}")):
            editor.tell("go")
            editor.to_its_death()
    must_hold(path, SEED, editor.acknowledged, editor.acknowledged + 1)
    # Two tellings may differ by a few calls: one that came to its end was not killed and is no trial.
    return int(editor.process.returncode != 0)


FAULT = fault(STORE, count=800, sample=3)
