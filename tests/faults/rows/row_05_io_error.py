"""An I/O error at each write or sync of 20 edits, once or at every so-many-th call."""

from __future__ import annotations

from tests.faults.calls import SEED, STEPS, injected, points
from tests.faults.editor import Editor, Tracer, need
from tests.faults.fault import STORE, Fault, Lost, Place
from tests.faults.story import fresh_audit, must_hold

_SHORTEST_STRIDE, _LONGEST_STRIDE = 60, 200
"""An edit takes about 40 calls: between two errors one can succeed."""


def fault(where: str, steps: int, count: int, sample: int) -> Fault:
    """Return this row's fault for the store or for the window, with that many edits."""

    def trial(place: Place) -> int:
        need("strace")
        every = [point for point in points(steps) if not point[0].startswith(("unlink", "rename"))]
        call, number = every[place.index % len(every)]
        stride = place.random.choice(("", f"+{place.random.randint(_SHORTEST_STRIDE, _LONGEST_STRIDE)}"))
        return _fail_at(where, place, steps, call, f"{number}{stride}")

    def control(place: Place) -> None:
        need("strace")
        _fail_at(where, place, steps, "pwrite64", "10+3", "--careless")

    return Fault(
        number=5,
        where=where,
        title="I/O error on write or sync",
        must="said, text kept, and saved once tried again",
        trial=trial,
        count=count,
        sample=sample,
        limits=(
            "`strace` answers a call with EIO, so the bytes stay as they were; a real disk may have "
            "written half of them, or say that it did. An error in a commit's very last sync comes when the "
            "edit is in the file: it is called not saved all the same, because a power cut could still take "
            "it away, and trying again must succeed. The control says saved whatever the disk said."
        ),
        control=control,
    )


def _fail_at(where: str, place: Place, steps: int, call: str, when: str, *options: str) -> int:
    path = fresh_audit(place.folder)
    with Editor(
        where, path, folder=place.folder, seed=SEED, steps=steps, options=options, may_be_there=True
    ) as editor:
        editor.start()
        with Tracer(editor, place.folder, *injected(path, call, f"error=EIO:when={when}")) as tracer:
            editor.tell("go")
            editor.to_the_end(tries=10)
            tracer.wait()
    if editor.acknowledged != steps:
        raise Lost(f"it ended after {editor.acknowledged} of {steps} edits")
    must_hold(path, SEED, steps, steps)
    # Two tellings may differ by a few calls: one without an error is no trial.
    return int("INJECTED" in tracer.log.read_text(errors="replace"))


FAULT = fault(STORE, steps=STEPS, count=1_200, sample=2)
