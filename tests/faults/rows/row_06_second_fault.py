"""A second fault during recovery: killed while a killed program's journal is played back."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.faults.calls import CALL_IN_LOG, CALLS, injected, paths_of
from tests.faults.editor import environment, need
from tests.faults.fault import Fault, Lost, NotRun, Place
from tests.faults.power import JOURNAL, Recording, hot_moments, kill_program, record
from tests.faults.story import must_hold

_STEPS = 12
_KILLS = 3
"""Recoveries that are killed in one trial."""
_SIGKILL = 137


def _trial(place: Place) -> int:
    """Kill at some calls of one recovery; every other time, kill the recovery after that one too."""
    need("strace")
    seed = place.random.randrange(1 << 30)
    recorded = record(place.folder, seed, _STEPS)
    cut = place.random.choice(hot_moments(recorded))
    every = _calls_of_recovery(recorded, cut, place.folder)
    points = place.random.sample(every, min(_KILLS, len(every)))
    killed = 0
    for turn, (call, number) in enumerate(points):
        with tempfile.TemporaryDirectory(dir=place.folder) as disk:
            path = kill_program(recorded, cut, Path(disk))
            codes = [
                _reopen(path, place.folder, injected(path, call, f"signal=SIGKILL:when={number}"))
                for _ in range(1 + turn % 2)
            ]
            killed += codes[0] != 0
            acknowledged = recorded.acknowledged(cut)
            must_hold(path, seed, acknowledged, acknowledged + 1)
    return killed


def _control(place: Place) -> None:
    """Recovery that is over before anything was played back: somebody tidied the journal away."""
    need("strace")
    seed = place.random.randrange(1 << 30)
    recorded = record(place.folder, seed, _STEPS)
    for cut in hot_moments(recorded):
        with tempfile.TemporaryDirectory(dir=place.folder) as disk:
            path = kill_program(recorded, cut, Path(disk))
            (Path(disk) / JOURNAL).unlink()
            acknowledged = recorded.acknowledged(cut)
            must_hold(path, seed, acknowledged, acknowledged)


def _calls_of_recovery(recorded: Recording, cut: int, folder: Path) -> list[tuple[str, int]]:
    with tempfile.TemporaryDirectory(dir=folder) as disk:
        path = kill_program(recorded, cut, Path(disk))
        log = Path(disk) / "strace.log"
        code = _reopen(path, folder, ("-o", str(log), "-e", f"trace={CALLS}", *paths_of(path)))
        if code:
            raise Lost(f"recovery ends with {code}")
        counted = Counter(CALL_IN_LOG.findall(log.read_text(errors="replace")))
    if not counted:
        raise NotRun("strace saw no call of the recovery")
    return [(call, number) for call, count in sorted(counted.items()) for number in range(1, count + 1)]


def _reopen(path: Path, folder: Path, options: tuple[str, ...]) -> int:
    child = [sys.executable, "-m", "tests.faults.children.reopen", str(path)]
    logged = () if "-o" in options else ("-o", str(folder / "recovery.log"))
    done = subprocess.run(
        ["strace", "-f", *logged, *options, *child],
        capture_output=True,
        text=True,
        check=False,
        env=environment(folder),
        timeout=60,
    )
    if done.returncode not in (0, _SIGKILL, -9):
        raise Lost(f"recovery crashed with {done.returncode}: {' / '.join(done.stderr.splitlines()[-4:])}")
    return done.returncode


FAULT = Fault(
    number=6,
    title="a second fault during recovery",
    must="recovers at the next open",
    trial=_trial,
    count=500,
    sample=1,
    limits=(
        "A program is killed while it writes into the audit (from a recording of its writes), the next one "
        "at a system call with which it plays the journal back, and half the time a third one too. The "
        "control takes the journal away."
    ),
    control=_control,
)
