"""Writes `docs/reliability.md` from what was tried."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path

from hsb_desktop import __version__
from tests.faults.fault import Fault
from tests.faults.state import PROVES_NOTHING, RowState, RunState, program_digest

_BEGINNING = """# Reliability

Written by `python3 dev.py faults`; do not edit.

Three hours of a partnership's judgement are in one file. This table tells what was done to that file, and
to the program while it wrote, how often, and how often it was survived. *Survived* means that nothing was
lost that the program had acknowledged, nothing changed silently, nothing crashed, and the window never
stood still for two seconds. Rows marked *window* were tried in the real window, without a screen; the
others in the part of the program that reads and writes the file.

Each row has a *control*: the same with the protection taken away. It must lose something, or the row would
prove nothing.
"""
_REPEATING = """## To try it again

`python3 dev.py faults` tries every row up to the wanted count, which takes hours; stopped with Ctrl-C, it
goes on from there the next time. `--minutes 10` ends it after that time, `--rows 1,17` tries only those
rows, `--sample` a few trials of each, `--workers 2` two at a time, `--fresh` begins anew.

One trial again, for example the one with index 5 of row 3:

    python3 dev.py faults --rows 3 --index 5 --seed {seed}

What is tried is drawn from seed, row and index, so it is the same again; when exactly a signal arrives is
not.
"""


def document(state: RunState, faults: list[Fault]) -> str:
    """Return the document."""
    rows = [(fault, state.rows.get(fault.name) or RowState()) for fault in faults]
    parts = [
        _BEGINNING,
        _when_and_where(state),
        _standing(rows),
        _table(rows),
        *_losses(rows),
        _not_run(rows),
        _limits(rows),
        _REPEATING.format(seed=state.seed),
    ]
    return "\n".join(f"{part.strip()}\n" for part in parts if part)


def write_document(path: Path, state: RunState, faults: list[Fault]) -> None:
    """Replace the document."""
    path.write_text(document(state, faults), encoding="utf-8")


def _when_and_where(state: RunState) -> str:
    system = f"{platform.system()} {platform.machine()}"
    if sys.platform.startswith("linux"):
        with suppress(OSError, KeyError):
            system = f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.machine()}"
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("PySide6-Essentials", "sqlcipher3"))
    python = platform.python_version()
    return (
        f"As of {date.today().isoformat()}, version {__version__} of the program "
        f"(source {program_digest()}), seed {state.seed}: {system}, {os.cpu_count()} cores, Python {python}, "
        f"{packages}. "
        "A simulation is not real hardware, and nothing here ran on Windows or macOS."
    )


def _standing(rows: list[tuple[Fault, RowState]]) -> str:
    tried = sum(row.tried for _, row in rows)
    lost = sum(row.lost for _, row in rows)
    sampled = [fault.name for fault, row in rows if 0 < row.tried < fault.count]
    never = [fault.name for fault, row in rows if not row.tried]
    nothing = [fault.name for fault, row in rows if row.control == PROVES_NOTHING]
    sentences = [f"**{tried:,} trials, {lost:,} lost.**"]
    if sampled:
        sentences.append(f"Tried less often than wanted: {_listed(sampled)}.")
    if never:
        sentences.append(f"Not tried: {_listed(never)}.")
    if nothing:
        sentences.append(f"Their control lost nothing, so these prove nothing: {_listed(nothing)}.")
    return " ".join(sentences)


def _listed(names: list[str]) -> str:
    return ", ".join(f"row {name}" for name in names)


def _table(rows: list[tuple[Fault, RowState]]) -> str:
    lines = [
        "| row | fault | what must happen | tried | wanted | survived | lost | control |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    lines += [
        f"| {fault.name} | {fault.title} | {fault.must} | {row.tried:,}{_mark(row)} | {fault.count:,} "
        f"| {row.survived:,} | {row.lost:,} | {row.control} |"
        for fault, row in rows
    ]
    return "\n".join(lines)


def _mark(row: RowState) -> str:
    return " (not run)" if row.not_run and not row.tried else ""


def _losses(rows: list[tuple[Fault, RowState]]) -> list[str]:
    lines = [
        f"- Row {fault.name}, index {index}: {words}" for fault, row in rows for index, words in row.losses
    ]
    return ["## What was lost", "\n".join(lines)] if lines else []


def _not_run(rows: list[tuple[Fault, RowState]]) -> str:
    lines = [f"- Row {fault.name}: {row.not_run}." for fault, row in rows if row.not_run]
    return "\n".join(["## What could not be run here", "", *lines]) if lines else ""


def _limits(rows: list[tuple[Fault, RowState]]) -> str:
    named: dict[tuple[str, str], list[str]] = {}
    for fault, _ in rows:
        named.setdefault((fault.title, fault.limits), []).append(fault.name)
    lines = [
        f"- **Row {' and '.join(names)}**, {title}: {limits}" for (title, limits), names in named.items()
    ]
    return "\n".join(["## What each row leaves out", "", *lines])
