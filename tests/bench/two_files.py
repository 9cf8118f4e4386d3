"""Scores in two files in turn, in the store alone and in the window: what is in a file has no say in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import Row, median, milliseconds
from tests.bench.processes import Server
from tests.bench.samples import statement_ids
from tests.bench.store import Scorer, time_of

WRITES, QUICK_WRITES = 600, 60
PRESSES, QUICK_PRESSES = 230, 23
_WARM_UP = 10
_LIMIT = 1.2


@dataclass(frozen=True, slots=True)
class TwoFiles:
    """Two audits: one with next to nothing in it, and one with as much as there may be."""

    empty: Path
    full: Path
    of_empty: str
    """What the figure stands against, in the words of the table."""

    def rows(self, folder: Path, what: str, quick: bool) -> tuple[Row, Row]:
        """Measure both in turn; `what` is what is measured, without its place."""
        return (
            self._row(f"{what}, store", *self._in_store(writes(quick))),
            self._row(f"{what}, window", *self._in_window(folder, presses(quick))),
        )

    def _in_store(self, writes: int) -> tuple[list[float], list[float]]:
        in_empty, in_full = Scorer(self.empty), Scorer(self.full)
        empty_times: list[float] = []
        full_times: list[float] = []
        for number in range(writes + _WARM_UP):
            empty_time = time_of(in_empty.write_score, number)
            full_time = time_of(in_full.write_score, number)
            if number >= _WARM_UP:
                empty_times.append(empty_time)
                full_times.append(full_time)
        in_empty.close()
        in_full.close()
        return empty_times, full_times

    def _in_window(self, folder: Path, presses: int) -> tuple[list[float], list[float]]:
        ids = statement_ids()
        empty_times: list[float] = []
        full_times: list[float] = []
        with (
            Server(folder, "press_window", self.empty) as in_empty,
            Server(folder, "press_window", self.full) as in_full,
        ):
            for number in range(presses + _WARM_UP):
                statement_id = ids[number % len(ids)]
                empty_time = in_empty.ask(statement_id)["press"]
                full_time = in_full.ask(statement_id)["press"]
                if number >= _WARM_UP:
                    empty_times.append(empty_time)
                    full_times.append(full_time)
        return empty_times, full_times

    def _row(self, what: str, empty_times: list[float], full_times: list[float]) -> Row:
        base, figure = median(empty_times), median(full_times)
        return Row(what, milliseconds(figure), f"{self.of_empty} {milliseconds(base)}", figure / base, _LIMIT)


def writes(quick: bool) -> int:
    """How many scores are written to each file by the store alone."""
    return QUICK_WRITES if quick else WRITES


def presses(quick: bool) -> int:
    """How many keys are pressed in each window."""
    return QUICK_PRESSES if quick else PRESSES


def how(quick: bool) -> str:
    """How it was measured, for the document."""
    return (
        f"Medians of {writes(quick)} scores each by `AuditFile.apply`, and of {presses(quick)} key presses "
        "each in the window, from the press to saved and painted; the two files in turn, the windows in "
        "processes of their own."
    )
