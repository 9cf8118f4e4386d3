"""Writes `docs/benchmarks.md` from what was measured."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path

from tests.bench.figures import COLUMNS, Result

_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "sqlcipher3", "reportlab")
_BEGINNING = """# Benchmarks

Written by `python3 dev.py bench`; do not edit. Ratios travel from one machine to another, absolute times do
not: each figure stands against something bare that was measured beside it in the same run, in turn.
"""


def write_document(path: Path, results: Sequence[Result]) -> None:
    """Replace the document by what this run measured."""
    parts = [_BEGINNING, f"{_when_and_where()}\n", f"{_table(results)}\n", f"{_shortfalls(results)}\n"]
    parts.append("## How each is measured\n")
    parts.extend(f"**{result.title}** (`--only {result.name}`). {result.how}\n" for result in results)
    path.write_text("\n".join(parts), encoding="utf-8")


def _when_and_where() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)
    return (
        f"Measured on {date.today().isoformat()}: {_machine()}; Python {platform.python_version()}, "
        f"{versions}.{_load()}"
    )


def _machine() -> str:
    """Return what kind of machine it is, without its name."""
    system = f"{platform.system()} {platform.machine()}"
    if sys.platform.startswith("linux"):
        with suppress(OSError, KeyError):
            system = f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, offscreen"


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return ""
    _, five_minutes, _ = os.getloadavg()
    return f" Mean load over the last five minutes, with the measurement itself: {five_minutes:.1f}."


def _table(results: Sequence[Result]) -> str:
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(row.cells() for each in results for row in each.rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shortfalls(results: Sequence[Result]) -> str:
    rows = [row for result in results for row in result.rows]
    missed = [f"- {row.what}: {row.cells()[3]}, wanted {row.cells()[4]}." for row in rows if row.is_missed]
    skipped = [f"- {row.what} was skipped: {row.skipped}." for row in rows if row.skipped]
    if not missed and not skipped:
        return "## What falls short\n\nNothing: every limit is met."
    return "\n".join(("## What falls short", "", *missed, *skipped))
