"""The most memory that the window ever holds."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figures import Result, Row, median
from tests.bench.processes import run_child
from tests.bench.samples import write_full

RUNS, QUICK_RUNS = 5, 1
_LIMIT = 2.0


def measure(folder: Path, quick: bool) -> Result:
    """Compare the peaks of fresh processes."""
    audit = write_full(folder / "memory.hsbaudit")
    runs = QUICK_RUNS if quick else RUNS
    bare, program = [], []
    for _ in range(runs):
        bare.append(run_child(folder, "bare_window", "pyqtgraph")["peak"])
        program.append(run_child(folder, "audit_window", audit, "visit")["peak"])
    base, peak = median(bare), median(program)
    return Result(
        "memory",
        "Peak memory",
        f"Median peak of {runs} fresh processes each. The program's visited every tab, every statement and "
        "the full-screen statement; the bare window's only imported pyqtgraph and plotted nothing.",
        (
            Row(
                "peak memory of a full audit",
                f"{peak:.0f} MB",
                f"bare window and pyqtgraph {base:.0f} MB",
                peak / base,
                _LIMIT,
            ),
        ),
    )
