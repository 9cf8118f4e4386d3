"""Thousands of files damaged where their structure is, each opened in a process that a crash would end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.fault import Fault, Lost, Place

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(__file__).resolve().parents[1] / "children" / "fuzz_files.py"
_AT_ONCE = 250
_LONGEST_SECONDS = 600


def _trial(place: Place) -> int:
    folder = place.folder / "case"
    folder.mkdir()
    seed = str(place.random.getrandbits(64))
    done = subprocess.run(
        [sys.executable, str(_CHILD), str(folder), seed, str(_AT_ONCE)],
        env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONFAULTHANDLER": "1"},
        capture_output=True,
        text=True,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    if done.returncode:
        number = (place.folder / "number").read_text()
        raise Lost(f"seed {seed}, case {number}: ended with {done.returncode}: {done.stderr[-1500:]}")
    return _AT_ONCE


FAULT = Fault(
    number=23,
    title="Structured fuzzing",
    must="opened as it was, or refused: no crash, no hang over two seconds, no byte changed",
    trial=_trial,
    count=100_000,
    sample=1,
    limits="One to four changes to each file: headers, cells, pointers, free and long pages, journals; a "
    "quarter of the cases are imports.",
)
