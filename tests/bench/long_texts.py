"""A file with 20,000 characters in every box costs no more per score than one with empty boxes."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figures import Result, Row, median, milliseconds
from tests.bench.processes import Server
from tests.bench.samples import statement_ids, write_long, write_without_texts
from tests.bench.store import Scorer, time_of

WRITES, QUICK_WRITES = 600, 60
PRESSES, QUICK_PRESSES = 230, 23
_WARM_UP = 10
_LIMIT = 1.2


def measure(folder: Path, quick: bool) -> Result:
    """Score in both files in turn, in the store alone and in the window."""
    writes = QUICK_WRITES if quick else WRITES
    presses = QUICK_PRESSES if quick else PRESSES
    empty, full = write_without_texts(folder / "no-texts.hsbaudit"), write_long(folder / "long.hsbaudit")
    rows = (
        _row("a score with 20,000 characters a box, store", *_in_store(empty, full, writes)),
        _row("a score with 20,000 characters a box, window", *_in_window(folder, empty, full, presses)),
    )
    return Result(
        "long-texts",
        "Long texts",
        "The sample audit's scores with all evidence and assurance boxes empty, and with 20,000 "
        f"characters in each. Medians of {writes} scores each by `AuditFile.apply`, and of {presses} key "
        "presses each in the window, from the press to saved and painted; the two files in turn, the "
        "windows in processes of their own.",
        rows,
    )


def _in_store(empty: Path, full: Path, writes: int) -> tuple[list[float], list[float]]:
    in_empty, in_full = Scorer(empty), Scorer(full)
    empty_times: list[float] = []
    full_times: list[float] = []
    for number in range(writes + _WARM_UP):
        empty_time, full_time = time_of(in_empty.write_score, number), time_of(in_full.write_score, number)
        if number >= _WARM_UP:
            empty_times.append(empty_time)
            full_times.append(full_time)
    in_empty.close()
    in_full.close()
    return empty_times, full_times


def _in_window(folder: Path, empty: Path, full: Path, presses: int) -> tuple[list[float], list[float]]:
    ids = statement_ids()
    empty_times: list[float] = []
    full_times: list[float] = []
    with Server(folder, "press_window", empty) as in_empty, Server(folder, "press_window", full) as in_full:
        for number in range(presses + _WARM_UP):
            statement_id = ids[number % len(ids)]
            empty_time, full_time = in_empty.ask(statement_id)["press"], in_full.ask(statement_id)["press"]
            if number >= _WARM_UP:
                empty_times.append(empty_time)
                full_times.append(full_time)
    return empty_times, full_times


def _row(what: str, empty_times: list[float], full_times: list[float]) -> Row:
    base, figure = median(empty_times), median(full_times)
    return Row(what, milliseconds(figure), f"empty boxes {milliseconds(base)}", figure / base, _LIMIT)
