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
from tests.bench.figures import Result
from tests.bench.samples import statement_ids
from tests.bench.two_files import TwoFiles, how

AGENCIES, WAVES = 12, 6


def measure(folder: Path, quick: bool) -> Result:
    """Score in both files in turn, in the store alone and in the window."""
    empty = _write(folder / "empty.hsbaudit", empty_audit())
    full = _write(folder / "many-waves.hsbaudit", many_waves_audit())
    files = TwoFiles(empty, full, "an empty audit")
    return Result(
        "waves",
        "Agencies and waves",
        f"An audit in which the partnership and {AGENCIES} agencies have scored all statements in each of "
        f"{WAVES} waves, with evidence, and one in which nothing is entered. {how(quick)}",
        files.rows(folder, f"a score with {AGENCIES} agencies × {WAVES} waves", quick),
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
