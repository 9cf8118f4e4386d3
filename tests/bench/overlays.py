"""Three waves and twelve agencies on the radar: a reveal, and laying them over one another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from hsb_desktop.model import Agency, Audit, Response, Wave
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.bench.figures import Result, Row, milliseconds, percentile
from tests.bench.processes import Server
from tests.bench.samples import statement_ids

TIMES, QUICK_TIMES = 230, 23
_WARM_UP = 5
_WAVES, _AGENCIES = 3, 12
_LIMIT = 33.0
"""Milliseconds: two frames at 60 Hz."""
_KINDS = {
    "reveal": "votes of 12 agencies revealed to everything painted, 39 series on the radar, p99",
    "overlay": "3 waves of 12 agencies laid over one another to everything painted, p99",
    "score": "a score to everything painted, 39 series on the radar, p99",
}


def measure(folder: Path, quick: bool) -> Result:
    """Reveal, overlay and score in turn, in the program's window."""
    audit = write_with_agencies(folder / "agencies.hsbaudit")
    times, ids = QUICK_TIMES if quick else TIMES, statement_ids()
    samples: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    radars: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    with Server(folder, "overlay_window", audit) as window:
        for number in range(times + _WARM_UP):
            for kind in _KINDS:
                answer = window.ask(f"{kind} {ids[number % len(ids)]}")
                if number >= _WARM_UP:
                    samples[kind].append(answer["everything"])
                    radars[kind].append(answer["radar"])
    rows = tuple(_row(words, samples[kind], radars[kind]) for kind, words in _KINDS.items())
    return Result(
        "overlays",
        "Overlays on the radar",
        f"An invented audit of {_WAVES} waves in which {_AGENCIES} agencies answered every statement, with "
        f"the partnership and all of them in every wave on the radar: 39 series, their legend and their "
        f"table. {times} times each, in turn, in the program's window offscreen: one key reveals a blind "
        "round in which every agency answered; all series are laid over one alone; the partnership gives a "
        "score. Timed from the key until the change is on the disk and everything in the window is painted.",
        rows,
    )


def _row(words: str, samples: list[float], radars: list[float]) -> Row:
    figure, usual, radar = percentile(samples, 99), percentile(samples, 50), percentile(radars, 99)
    against = f"p50 {milliseconds(usual)}; until the radar is painted p99 {milliseconds(radar)}"
    return Row(words, milliseconds(figure), against, figure, _LIMIT, "ms")


def write_with_agencies(path: Path) -> Path:
    """Write an audit in which every agency has scored every statement in every wave."""
    AuditFile.create(path, audit_with_agencies()).close()
    return path


def audit_with_agencies() -> Audit:
    """Return the sample audit's first sheet with three waves and twelve agencies; each score is invented."""
    audit = sample_audit()
    waves = tuple(Wave(f"wave{n}", f"Wave {n}", held_on=f"202{n + 3}-03-01") for n in range(_WAVES))
    agencies = tuple(
        Agency(f"agency{n:02}", f"Invented agency {n:02}", position=n + 1) for n in range(_AGENCIES)
    )
    parties = (PARTNERSHIP, *(agency.agency_id for agency in agencies))
    responses = {
        ResponseKey(wave.wave_id, party_id, statement.statement_id): Response(
            score=(3 * at_wave + 2 * at_party + place) % 5
        )
        for at_wave, wave in enumerate(waves)
        for at_party, party_id in enumerate(parties)
        for place, statement in enumerate(audit.instrument.statements)
    }
    return Audit(
        audit.audit_id,
        audit.instrument,
        details=replace(audit.details, title="Invented", area="Invented area"),
        waves=waves,
        agencies=agencies,
        attendance=frozenset((wave.wave_id, agency.agency_id) for wave in waves for agency in agencies),
        responses=MappingProxyType(responses),
    )
