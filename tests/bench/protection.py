"""What a password costs: one edit on a protected file against the same on a plain one, and opening it."""

from __future__ import annotations

import time
from pathlib import Path

from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile
from tests.bench.figures import Result, Row, median, milliseconds
from tests.bench.samples import write_full
from tests.bench.store import Scorer, time_of

WRITES, QUICK_WRITES = 1200, 60
OPENINGS, QUICK_OPENINGS = 15, 2
_WARM_UP = 20
_LIMIT = 1.5
_PASSWORD = "Heron under willow 7"  # of an invented audit


def measure(folder: Path, quick: bool) -> Result:
    """Open both, and score in both, in turn."""
    writes = QUICK_WRITES if quick else WRITES
    openings = QUICK_OPENINGS if quick else OPENINGS
    plain = write_full(folder / "plain.hsbaudit")
    protected = folder / "protected.hsbaudit"
    AuditFile.create(protected, sample_audit(), _PASSWORD).close()
    plain_edit, protected_edit = _edits(plain, protected, writes)
    plain_opening, protected_opening = _openings(plain, protected, openings)
    return Result(
        "protection",
        "Protection by password",
        f"{writes} scores written by `AuditFile.apply` into the sample audit without a password and in turn "
        f"into the same with one, its key derived before: medians. And {openings} openings of each, from "
        "the closed file to an open one that was judged; deriving the key from the password is slow on "
        "purpose, so that passwords cannot be tried fast.",
        (
            Row(
                "one edit on a protected file",
                milliseconds(protected_edit),
                f"unprotected {milliseconds(plain_edit)}",
                protected_edit / plain_edit,
                _LIMIT,
            ),
            Row(
                "opening a protected file",
                milliseconds(protected_opening),
                f"unprotected {milliseconds(plain_opening)}",
                protected_opening / plain_opening,
            ),
        ),
    )


def _edits(plain: Path, protected: Path, writes: int) -> tuple[float, float]:
    scorers = Scorer(plain), Scorer(protected, _PASSWORD)
    times: tuple[list[float], list[float]] = [], []
    for number in range(writes + _WARM_UP):
        for scorer, taken in zip(scorers, times, strict=True):
            taken.append(time_of(scorer.write_score, number))
    for scorer in scorers:
        scorer.close()
    return median(times[0][_WARM_UP:]), median(times[1][_WARM_UP:])


def _openings(plain: Path, protected: Path, openings: int) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = [], []
    for _ in range(openings):
        for path, password, taken in ((plain, None, times[0]), (protected, _PASSWORD, times[1])):
            began = time.perf_counter()
            file = AuditFile.open(path, password=password)
            taken.append((time.perf_counter() - began) * 1000)
            file.close()
    return median(times[0]), median(times[1])
