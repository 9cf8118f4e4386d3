"""Killed at any moment: the real window, while somebody clicks and types in it."""

from __future__ import annotations

import time

from tests.faults.editor import Editor, need
from tests.faults.fault import WINDOW, Fault, Place
from tests.faults.story import fresh_audit, must_hold

_LONGEST_SECONDS = 0.8


def _trial(place: Place) -> int:
    return _kill(place, place.random.uniform(0.0, _LONGEST_SECONDS))


def _control(place: Place) -> None:
    # The first edit of a day makes a backup first, which on a slow machine takes a while.
    for seconds in (0.1, 0.2, 0.3, 0.5, 0.8):
        _kill(place, seconds, "--careless")


def _kill(place: Place, seconds: float, *options: str) -> int:
    need()
    path = fresh_audit(place.folder)
    seed = place.random.randrange(1 << 30)
    with Editor(WINDOW, path, folder=place.folder, seed=seed, steps=100_000, options=options) as editor:
        editor.go()
        time.sleep(seconds)
        editor.kill()
        editor.to_its_death()
    must_hold(path, seed, editor.acknowledged, editor.acknowledged + 1)
    return 1


FAULT = Fault(
    number=1,
    where=WINDOW,
    title="killed at any moment",
    must='nothing lost that the header called "All changes saved"',
    trial=_trial,
    count=1_000,
    sample=1,
    limits=(
        "The window runs without a screen; clicks and typed texts come from Qt's own test tools, a text in "
        f"one piece. Killed within {_LONGEST_SECONDS} s of the first edit. The control believes the click, "
        "not the header."
    ),
    control=_control,
)
