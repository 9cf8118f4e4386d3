"""Measures, prints the table and, after a full run, writes `docs/benchmarks.md`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.document import write_document
from tests.bench.figures import Result, text_table
from tests.bench.measurements import MEASUREMENTS
from tests.bench.processes import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"


def main(arguments: list[str] | None = None) -> int:
    """Return 1 if any limit is not met."""
    wanted = _parser().parse_args(arguments)
    names = wanted.only or list(MEASUREMENTS)
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="hsb-bench-") as folder:
        for name in names:
            began = time.monotonic()
            print(f"Measuring {name} ...", end=" ", flush=True)
            results.append(MEASUREMENTS[name](Path(folder), wanted.quick))
            print(f"{time.monotonic() - began:.0f} s", flush=True)
    print()
    print(text_table(results))
    print()
    if wanted.only or wanted.quick:
        print("docs/benchmarks.md was left as it is: it is written by a whole run only.")
    else:
        write_document(DOCUMENT, results)
        print("Written to docs/benchmarks.md.")
    missed = [row.what for result in results for row in result.rows if row.is_missed]
    if missed:
        print(f"Not met: {'; '.join(missed)}.")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description="Measure the program's speed, as ratios against something bare."
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=list(MEASUREMENTS),
        metavar="NAME",
        help=f"measure only this (may be repeated): {', '.join(MEASUREMENTS)}",
    )
    parser.add_argument("--quick", action="store_true", help="a few samples of each, to see that it runs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
