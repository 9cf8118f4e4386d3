"""Scoring in an audit with many agencies and waves costs no more than in an empty one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from hsb_desktop.analysis.wave_dates import usual_label
from hsb_desktop.model import Agency, Audit, Response, Wave
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.bench.figures import Result, Row, median, milliseconds
from tests.bench.processes import Server
from tests.bench.samples import statement_ids
from tests.bench.store import Scorer, time_of

AGENCIES, WAVES = 12, 6
WRITES, QUICK_WRITES = 600, 60
PRESSES, QUICK_PRESSES = 230, 23
_WARM_UP = 10
_LIMIT = 1.2


def measure(folder: Path, quick: bool) -> Result:
    """Score in both files in turn, in the store alone and in the window."""
    writes = QUICK_WRITES if quick else WRITES
    presses = QUICK_PRESSES if quick else PRESSES
    empty = _write(folder / "empty.hsbaudit", empty_audit())
    full = _write(folder / "many-waves.hsbaudit", many_waves_audit())
    rows = (
        _row("store", *_in_store(empty, full, writes)),
        _row("window", *_in_window(folder, empty, full, presses)),
    )
    return Result(
        "waves",
        "Agencies and waves",
        f"An audit in which the partnership and {AGENCIES} agencies have scored all statements in each of "
        f"{WAVES} waves, with evidence, and one in which nothing is entered. Medians of {writes} scores "
        f"each by `AuditFile.apply`, and of {presses} key presses each in the window, from the press to "
        "saved and painted; the two files in turn, the windows in processes of their own.",
        rows,
    )


def empty_audit() -> Audit:
    """The sample audit's instrument and details, with one wave and nothing entered."""
    audit = sample_audit()
    return replace(
        audit,
        waves=audit.waves[:1],
        agencies=(),
        attendance=frozenset(),
        sittings=(),
        responses=MappingProxyType({}),
        notes=MappingProxyType({}),
    )


def many_waves_audit() -> Audit:
    """An audit with every response of every party in every wave."""
    audit = empty_audit()
    first = audit.waves[0]
    waves = tuple(
        first if number == 0 else Wave(f"wave-{number}", usual_label(number), position=number)
        for number in range(WAVES)
    )
    agencies = tuple(
        Agency(f"agency-{number}", f"Agency {number}", position=number) for number in range(AGENCIES)
    )
    parties = (PARTNERSHIP, *(agency.agency_id for agency in agencies))
    responses = {
        ResponseKey(wave.wave_id, party_id, statement_id): Response(
            score=(turn + place + party) % 5, evidence="Seen in the file audit of that month."
        )
        for turn, wave in enumerate(waves)
        for party, party_id in enumerate(parties)
        for place, statement_id in enumerate(statement_ids())
    }
    attendance = frozenset((wave.wave_id, agency.agency_id) for wave in waves for agency in agencies)
    return replace(
        audit,
        waves=waves,
        agencies=agencies,
        attendance=attendance,
        responses=MappingProxyType(responses),
    )


def _write(path: Path, audit: Audit) -> Path:
    AuditFile.create(path, audit).close()
    return path


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


def _row(where: str, empty_times: list[float], full_times: list[float]) -> Row:
    base, figure = median(empty_times), median(full_times)
    what = f"a score with {AGENCIES} agencies × {WAVES} waves, {where}"
    return Row(what, milliseconds(figure), f"an empty audit {milliseconds(base)}", figure / base, _LIMIT)
