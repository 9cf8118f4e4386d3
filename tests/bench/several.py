"""Many audits at once: comparing 30, and collating more and more of them."""

from __future__ import annotations

import math
import shutil
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile
from tests.bench.figures import Result, Row, median, milliseconds
from tests.bench.processes import run_child, time_command

COMPARED = 30
COLLATED, QUICK_COLLATED = (250, 1000), (50, 200)
"""Few and many audits that are collated: four times as many."""
RUNS, QUICK_RUNS = 5, 1
_COMPARING_LIMIT = 2000.0
_GROWTH_LIMIT = 1.1
"""Of the exponent: 1 is linear."""
_MEMORY_LIMIT = 1.1


def measure(folder: Path, quick: bool) -> Result:
    """Compare and collate copies of the sample audit that are audits of their own."""
    audits = folder / "several"
    few, many = QUICK_COLLATED if quick else COLLATED
    write_audits(audits, many)
    runs = QUICK_RUNS if quick else RUNS
    return Result(
        "several",
        "Several audits",
        f"Median of {runs} whole processes each. `hsb-audit compare` of {COMPARED} full audits to PDF; "
        f"collating {few} and {many} full audits into a database, in fresh processes that had collated one "
        "before: the exponent says how time grows with their number (1 is linear), and peak memory of the "
        "many stands against that of the few.",
        (_comparing(folder, audits, runs), *_collating(folder, audits, (few, many), runs)),
    )


def write_audits(folder: Path, count: int) -> None:
    """Write the sample audit so many times, each under an id of its own."""
    folder.mkdir()
    audit = sample_audit()
    for number in range(min(count, COMPARED)):
        AuditFile.create(folder / f"{number:04}.hsbaudit", replace(audit, audit_id=f"audit-{number}")).close()
    # To make each anew would take longer than all that is measured.
    for number in range(COMPARED, count):
        path = folder / f"{number:04}.hsbaudit"
        shutil.copy(folder / f"{number % COMPARED:04}.hsbaudit", path)
        _rename(path, number)


def _rename(path: Path, number: int) -> None:
    """Give a copy an id of its own, as a file that was made so would have it."""
    from hsb_desktop.store.digest import digest_of
    from hsb_desktop.store.tables import fixed_values

    connection = sqlite3.connect(path)
    connection.execute("UPDATE audit SET audit_id = ?", (f"audit-{number}",))
    connection.execute("UPDATE seal SET fixed_digest = ?", (digest_of(fixed_values(connection)),))
    connection.commit()
    connection.close()


def _comparing(folder: Path, audits: Path, runs: int) -> Row:
    files = sorted(map(str, audits.glob("*.hsbaudit")))[:COMPARED]
    out = folder / "comparison.pdf"
    command = [sys.executable, "-m", "hsb_desktop.cli", "compare", *files, "-o", str(out)]
    time_command(command, folder)
    took = median([time_command(command, folder) for _ in range(runs)])
    if not out.read_bytes().startswith(b"%PDF"):
        raise RuntimeError("the comparison was not printed")
    return Row(f"comparing {len(files)} audits", milliseconds(took), "", took, _COMPARING_LIMIT, "ms")


def _collating(folder: Path, audits: Path, sizes: tuple[int, int], runs: int) -> tuple[Row, Row]:
    out = folder / "collated.sqlite"
    found = [[run_child(folder, "collate_files", audits, size, out) for _ in range(runs)] for size in sizes]
    few, many = (median([each["took"] for each in runs_of_size]) for runs_of_size in found)
    few_peak, many_peak = (median([each["peak"] for each in runs_of_size]) for runs_of_size in found)
    exponent = math.log(many / few) / math.log(sizes[1] / sizes[0])
    return (
        Row(
            f"collating {sizes[1]} audits, exponent",
            milliseconds(many),
            f"{sizes[0]} audits {milliseconds(few)}",
            exponent,
            _GROWTH_LIMIT,
            "",
        ),
        Row(
            f"peak memory of collating {sizes[1]} audits",
            f"{many_peak:.0f} MB",
            f"{sizes[0]} audits {few_peak:.0f} MB",
            many_peak / few_peak,
            _MEMORY_LIMIT,
        ),
    )
