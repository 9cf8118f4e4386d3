"""Killed at any moment: writers of the store, one after the other on one file."""

from __future__ import annotations

import subprocess
import sys

from tests.faults.editor import environment, need
from tests.faults.fault import Fault, Lost, Place
from tests.faults.story import fresh_audit

_KILLS = 10


def _trial(place: Place) -> int:
    _kill(place, _KILLS)
    return _KILLS


def _control(place: Place) -> None:
    _kill(place, 10 * _KILLS, "--careless")


def _kill(place: Place, kills: int, *options: str) -> None:
    need()
    path = fresh_audit(place.folder)
    command = [sys.executable, "-m", "tests.faults.children.kill_rounds", str(path)]
    numbers = ["--seed", str(place.random.randrange(1 << 30)), "--steps", str(kills)]
    done = subprocess.run(
        [*command, *numbers, *options],
        capture_output=True,
        text=True,
        check=False,
        env=environment(place.folder),
        timeout=120,
    )
    if done.returncode:
        raise Lost(" / ".join(done.stderr.splitlines()[-4:]))


FAULT = Fault(
    number=1,
    title="killed at any moment",
    must="no acknowledged edit lost",
    trial=_trial,
    count=10_000,
    sample=1,
    limits=(
        "`kill -9` ends the program and leaves what it had handed to the system; what a power cut takes "
        f"besides is row 3. The moment is drawn at random, and each file lives through {_KILLS} kills. The "
        "control acknowledges before it writes."
    ),
    control=_control,
)
