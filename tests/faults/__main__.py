"""Tries the rows of the fault matrix and writes `docs/reliability.md`."""

from __future__ import annotations

import argparse
import sys

from tests.faults.document import write_document
from tests.faults.editor import ROOT
from tests.faults.fault import STORE, WINDOW, Fault
from tests.faults.matrix import all_faults, try_once
from tests.faults.runner import Runner
from tests.faults.state import DEFAULT_SEED, RowState, RunState, load

DOCUMENT = ROOT / "docs" / "reliability.md"


def main(arguments: list[str] | None = None) -> int:
    """Return 1 if anything was lost or a control lost nothing, 2 if there is no such row."""
    wanted = _parser().parse_args(arguments)
    faults = list(all_faults().values())
    numbers = {int(number) for number in wanted.rows.split(",") if number} if wanted.rows else None
    chosen = [
        fault
        for fault in faults
        if (numbers is None or fault.number in numbers) and wanted.where in (None, fault.where)
    ]
    if not chosen or (numbers and numbers - {fault.number for fault in chosen}):
        sys.stderr.write(f"There are these rows: {', '.join(fault.name for fault in faults)}.\n")
        return 2
    if wanted.index is not None:
        return _repeat(chosen, wanted.index, DEFAULT_SEED if wanted.seed is None else wanted.seed)
    state = (
        RunState(DEFAULT_SEED if wanted.seed is None else wanted.seed)
        if wanted.fresh
        else load(seed=wanted.seed)
    )
    for fault in faults:
        state.row(fault)
    Runner(
        state,
        chosen,
        workers=wanted.workers,
        sample=wanted.sample,
        minutes=wanted.minutes,
        tell=_say,
    ).run()
    write_document(DOCUMENT, state, faults)
    _say(_text_table([(fault, state.row(fault)) for fault in chosen]))
    _say("Written to docs/reliability.md.")
    rows = [state.row(fault) for fault in chosen]
    is_bad = any(row.lost or (row.tried and not row.not_run and not row.proves_something) for row in rows)
    return 1 if is_bad else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _repeat(faults: list[Fault], index: int, seed: int) -> int:
    """Make one trial of each of these rows again, and say how it ended."""
    is_lost = False
    for fault in faults:
        outcome = try_once(fault.name, index, seed)
        is_lost = is_lost or bool(outcome.lost)
        how = (
            f"lost: {outcome.lost}"
            if outcome.lost
            else f"not run: {outcome.not_run}"
            if outcome.not_run
            else f"survived ({outcome.survived})"
        )
        _say(f"Row {fault.name}, index {index}, seed {seed}: {how}")
    return 1 if is_lost else 0


def _text_table(rows: list[tuple[Fault, RowState]]) -> str:
    lines = [f"{'row':12} {'tried':>8} {'wanted':>8} {'survived':>8} {'lost':>6}  control"]
    lines += [
        f"{fault.name:12} {row.tried:8} {fault.count:8} {row.survived:8} {row.lost:6}  "
        f"{row.not_run or row.control}"
        for fault, row in rows
    ]
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py faults", description="Try what goes wrong with disks, sticks and programs, and count."
    )
    parser.add_argument("--rows", metavar="1,2,17", help="only these rows of the matrix")
    parser.add_argument(
        "--where", choices=[STORE, WINDOW], help="only the rows that try the store, or the window"
    )
    parser.add_argument("--seed", type=int, help="of what is drawn at random")
    parser.add_argument("--sample", action="store_true", help="a few trials of each row")
    parser.add_argument("--fresh", action="store_true", help="forget what was tried before")
    parser.add_argument("--minutes", type=float, help="end after about that time; the next run goes on")
    parser.add_argument("--workers", type=int, default=1, help="how many trials at a time")
    parser.add_argument("--index", type=int, help="repeat only the trial with this index")
    return parser


if __name__ == "__main__":
    sys.exit(main())
