"""From a key press to the score on the disk and in the radar."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figures import Result, Row, median, milliseconds, percentile
from tests.bench.processes import Server
from tests.bench.samples import statement_ids, write_full

PRESSES, QUICK_PRESSES = 460, 46
_WARM_UP = 10
_FRAME = 16.7
_LIMIT = 2.0


def measure(folder: Path, quick: bool) -> Result:
    """Press a key in the program's window and do the least by itself, in turn, each in its own process."""
    audit = write_full(folder / "press.hsbaudit")
    presses = QUICK_PRESSES if quick else PRESSES
    ids = statement_ids()
    program: list[float] = []
    repainted: list[float] = []
    commits: list[float] = []
    radars: list[float] = []
    with (
        Server(folder, "press_window", audit) as window,
        Server(folder, "bare_press", folder / "bare-press.sqlite") as bare,
    ):
        for number in range(presses + _WARM_UP):
            pressed = window.ask(ids[number % len(ids)])
            least = bare.ask("go")
            if number >= _WARM_UP:
                program.append(pressed["press"])
                repainted.append(pressed["everything"])
                commits.append(least["commit"])
                radars.append(least["radar"])
    least_sums = [commit + radar for commit, radar in zip(commits, radars, strict=True)]
    rows = [
        Row(
            "key press to committed score and painted radar, p99",
            milliseconds(percentile(program, 99)),
            f"a frame at 60 Hz; bare p99 {milliseconds(percentile(least_sums, 99))}",
            percentile(program, 99),
            _FRAME,
            "ms",
        )
    ]
    for name, percent in (("p50", 50), ("p99", 99)):
        figure, least_sum = percentile(program, percent), percentile(least_sums, percent)
        rows.append(
            Row(
                f"key press to committed score and painted radar, {name}",
                milliseconds(figure),
                f"bare commit and bare radar {milliseconds(least_sum)}",
                figure / least_sum,
                _LIMIT,
            )
        )
    rows.append(
        Row(
            "key press to all else that it changes painted, p99",
            milliseconds(percentile(repainted, 99)),
            f"p50 {milliseconds(percentile(repainted, 50))}",
            percentile(repainted, 99),
            _FRAME,
            "ms",
        )
    )
    return Result(
        "key-press",
        "Key press",
        f"{presses} digits pressed on the score of one statement after the other, through all 46 and round "
        "again, in the program's window offscreen. Timed from the press until the score is on the disk, "
        "the window says so, and the radar is painted with it; and, in a row of its own, until card, counts "
        "and everything else that the score changes is painted too. Between two presses, in a process of "
        "its own, the least that it could be: one UPDATE committed with the same settings on the same disk, "
        "and a bare pyqtgraph plot of the radar's size "
        f"given new values and painted (medians {milliseconds(median(commits))} and "
        f"{milliseconds(median(radars))}).",
        tuple(rows),
    )
