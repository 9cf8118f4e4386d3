"""Log-off, or the window closed, while a text is being typed."""

from __future__ import annotations

import signal
import time

from tests.faults.editor import Editor, need
from tests.faults.fault import WINDOW, Fault, Lost, Place
from tests.faults.story import fresh_audit, must_hold, steps

_LONGEST_SECONDS = 0.5
_MOST_STEPS_BEFORE = 5


def _trial(place: Place) -> int:
    how = "log-off" if place.index % 2 == 0 else "close"
    # Mostly at once; a text that rests for 0.4 s is committed anyway.
    _end_while_typing(place, how, place.random.choice((0.0, place.random.uniform(0, _LONGEST_SECONDS))))
    return 1


def _control(place: Place) -> None:
    _end_while_typing(place, "kill", 0.0)


def _end_while_typing(place: Place, how: str, seconds: float) -> None:
    need()
    path = fresh_audit(place.folder)
    seed = place.random.randrange(1 << 30)
    before = place.random.randint(0, _MOST_STEPS_BEFORE)
    typed = next(step.number for step in steps(seed) if step.number > before and step.field != "score")
    with Editor(
        WINDOW, path, folder=place.folder, seed=seed, steps=typed - 1, options=["--pending"]
    ) as editor:
        editor.go()
        while (news := editor.next_news()) != "typed":
            if news is None:
                raise Lost(f"it ended before anything was typed: {editor.errors}")
        time.sleep(seconds)
        match how:
            case "log-off":
                editor.process.send_signal(signal.SIGTERM)
            case "close":
                editor.tell("close")
            case _:
                editor.kill()
        while editor.next_news() is not None:
            pass
        editor.process.wait(10)
        editor.must_not_have_crashed(killed=how == "kill")
    must_hold(path, seed, typed, typed)
    if [entry.name for entry in place.folder.glob("audit.hsbaudit?*")]:
        raise Lost("a journal was left beside the audit")


FAULT = Fault(
    number=30,
    where=WINDOW,
    title="log-off or close while typing",
    must="pending text is committed",
    trial=_trial,
    count=500,
    sample=2,
    limits=(
        f"SIGTERM and the close event by turns, at once or within {_LONGEST_SECONDS} s of the last letter. "
        "Windows and macOS tell of a log-off by other messages; those were not run. The control kills the "
        "program instead."
    ),
    control=_control,
)
