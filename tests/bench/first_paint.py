"""From the start of the process to the first paint, and to everything being there."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figures import Result, Row, median, milliseconds
from tests.bench.processes import run_child
from tests.bench.samples import write_full

RUNS, QUICK_RUNS = 25, 5
_FIRST_PAINT_LIMIT = 2.0
EVERYTHING_LIMIT = 5.0
_CARDS_LIMIT = 500.0
"""Milliseconds."""


def measure(folder: Path, quick: bool) -> Result:
    """Start the bare window and the program's in turn, each a fresh process."""
    audit = write_full(folder / "first-paint.hsbaudit")
    runs = QUICK_RUNS if quick else RUNS
    bare: list[float] = []
    first: list[float] = []
    first_view: list[float] = []
    cards: list[float] = []
    everything: list[float] = []
    for run in range(runs + 1):
        bare_told = run_child(folder, "bare_window")
        told = run_child(folder, "audit_window", audit)
        if run:  # the first pair brings the files into the system's memory
            bare.append(bare_told["first_paint_at"])
            first.append(told["first_paint_at"])
            first_view.append(told["first_view_at"])
            cards.append(told["cards_after"])
            everything.append(told["everything_at"])
    base = median(bare)
    against = f"bare window {milliseconds(base)}"
    return Result(
        "first-paint",
        "First paint",
        f"Median of {runs} fresh processes each, a bare PySide6 QMainWindow and the program's window on "
        "the sample audit in turn, offscreen, from the start of the process to the end of the first "
        "paint. “Everything that the window shows” is when the screen is full of cards and the radar is "
        "painted. All 46 cards are there when those of the tabs that nobody has opened yet are built as "
        "well, with the comments of each domain; a tab that is opened before is built at once. That time is "
        "counted from when the window was told to show itself.",
        (
            Row(
                "first paint of a full audit",
                milliseconds(median(first)),
                against,
                median(first) / base,
                _FIRST_PAINT_LIMIT,
            ),
            Row(
                "everything that the window shows, with the radar",
                milliseconds(median(first_view)),
                against,
                median(first_view) / base,
                EVERYTHING_LIMIT,
            ),
            Row(
                "from the window's being shown to all 46 cards, those of other tabs too",
                milliseconds(median(cards)),
                "",
                median(cards),
                _CARDS_LIMIT,
                "ms",
            ),
            Row(
                "the same, with the links that cards do without at first",
                milliseconds(median(everything)),
                against,
                median(everything) / base,
            ),
        ),
    )
