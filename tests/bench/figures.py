"""What a measurement gives: rows of a table, each with its figure, its ratio and its limit."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. A row without a limit is there to be read, and is never missed."""

    what: str
    figure: str
    against: str = ""
    value: float | None = None
    """The ratio or, where the limit is one of time, the milliseconds. None where it was skipped."""
    limit: float | None = None
    unit: str = "×"
    skipped: str = ""
    """Why there is no figure."""

    @property
    def is_missed(self) -> bool:
        return self.limit is not None and self.value is not None and self.value > self.limit

    @property
    def verdict(self) -> str:
        if self.skipped:
            return "skipped"
        if self.limit is None:
            return "–"
        return "NOT MET" if self.is_missed else "met"

    def cells(self) -> tuple[str, ...]:
        """What stands in the columns of the table."""
        if self.skipped:
            return self.what, self.skipped, "", "", _measure(self.limit, self.unit, "≤ "), self.verdict
        return (
            self.what,
            self.figure,
            self.against,
            _measure(self.value, self.unit),
            _measure(self.limit, self.unit, "≤ "),
            self.verdict,
        )


COLUMNS = ("what", "figure", "against", "ratio", "limit", "verdict")


@dataclass(frozen=True, slots=True)
class Result:
    """All rows of one measurement, and how they were measured, for the document."""

    name: str
    title: str
    how: str
    rows: tuple[Row, ...]

    @property
    def is_missed(self) -> bool:
        return any(row.is_missed for row in self.rows)


def median(samples: Sequence[float]) -> float:
    return statistics.median(samples)


def percentile(samples: Sequence[float], percent: float) -> float:
    """Return the sample that this many percent of all do not exceed."""
    in_order = sorted(samples)
    return in_order[min(len(in_order) - 1, int(len(in_order) * percent / 100))]


def milliseconds(value: float) -> str:
    return f"{value:.2f} ms" if value < 100 else f"{value:.0f} ms"


def _measure(value: float | None, unit: str, prefix: str = "") -> str:
    if value is None:
        return ""
    shown = f"{value:g}" if prefix else f"{value:.2f}"
    return f"{prefix}{shown} {unit}"


def text_table(results: Sequence[Result]) -> str:
    """Return the table for a terminal."""
    lines = [COLUMNS, *(row.cells() for result in results for row in result.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(line.rstrip() for line in [drawn[0], "-" * len(drawn[0]), *drawn[1:]])
