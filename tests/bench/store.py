"""What the store adds to a bare transaction: history, revision and digest."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Change, ChangeSet, ResponseKey, Value, response_address
from tests.bench.bare_store import BareStore
from tests.bench.figures import Result, Row, milliseconds, percentile
from tests.bench.samples import statement_ids, write_full

WRITES, QUICK_WRITES = 1200, 60
_WARM_UP = 20
_LIMIT = 1.5


class Scorer:
    """Scores one statement after the other in an audit file, through the only write path there is."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self._file = AuditFile.open(path, password=password)
        audit = self._file.read()
        wave_id = audit.waves[-1].wave_id
        keys = [ResponseKey(wave_id, "partnership", statement_id) for statement_id in statement_ids()]
        self._scores: list[tuple[ResponseKey, Value]] = [(key, audit.response(key).score) for key in keys]

    def write_score(self, number: int, score: int) -> None:
        """Commit another score than the present one."""
        place = number % len(self._scores)
        key, before = self._scores[place]
        after = score if score != before else (score + 1) % 5
        change = Change(response_address(key, "score"), before, after)
        self._file.apply(ChangeSet(f"score of {key.statement_id}", (change,), "Coordinator"))
        self._scores[place] = key, after

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def time_of(write: Callable[[int, int], None], number: int) -> float:
    """Return the milliseconds that one score takes."""
    began = time.perf_counter()
    write(number % 46, (number * 3) % 5)
    return (time.perf_counter() - began) * 1000


def measure(folder: Path, quick: bool) -> Result:
    """Write a score to each in turn."""
    writes = QUICK_WRITES if quick else WRITES
    bare, audit = BareStore(folder / "bare.sqlite"), Scorer(write_full(folder / "store.hsbaudit"))
    bare_times: list[float] = []
    times: list[float] = []
    for number in range(writes + _WARM_UP):
        bare_time, audit_time = time_of(bare.write_score, number), time_of(audit.write_score, number)
        if number >= _WARM_UP:
            bare_times.append(bare_time)
            times.append(audit_time)
    bare.close()
    audit.close()
    rows = []
    for name, percent in (("p50", 50), ("p99", 99)):
        figure, base = percentile(times, percent), percentile(bare_times, percent)
        against = f"bare transaction {milliseconds(base)}"
        rows.append(Row(f"the store's share, {name}", milliseconds(figure), against, figure / base, _LIMIT))
    return Result(
        "store",
        "The store",
        f"{writes} scores written by `AuditFile.apply` into the sample audit, each with its history, its "
        "revision and the digest, and in turn by a bare transaction (BEGIN IMMEDIATE, UPDATE of one row, "
        "COMMIT) in a file of 46 scores with the same settings on the same disk. The bare transaction "
        "uses the same SQLite library.",
        tuple(rows),
    )
