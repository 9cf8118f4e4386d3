"""What the radar lays over one another, in the window and in print: which series, and each one's values.

A mean or score of None is a gap, never a point at the centre. Only responses are looked at, so nothing that
was answered in an open round is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from hsb_desktop.analysis.scoring import DomainScore, domain_scores, written_mean
from hsb_desktop.analysis.standing import Standing
from hsb_desktop.model import Audit, Instrument, Statement
from hsb_desktop.values import PARTNERSHIP, ResponseKey


class SeriesKey(NamedTuple):
    """Which series: a wave, and the partnership or an agency's id."""

    wave_id: str
    party_id: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """One series that is shown, with what a legend and a table say of it."""

    key: SeriesKey
    wave_label: str
    party_name: str
    series: RadarSeries
    is_part_scored: bool
    """Whether some axis has a value from some, and not all, of its statements."""


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One spoke: a domain, or one statement of a domain."""

    axis_id: str
    label: str
    """What stands at the end of the spoke."""
    name: str
    """What it is in full: the domain's title or the statement's text."""
    words: str = ""
    """What a list says of a statement beside its number."""


class ScoredCount(NamedTuple):
    """How many statements of a domain are scored, of how many."""

    scored: int
    statements: int


@dataclass(frozen=True, slots=True)
class RadarSeries:
    """One polygon: the values of one party in one wave, by axis id."""

    name: str
    values: Mapping[str, float | None]
    part_scored: frozenset[str] = frozenset()
    counts: Mapping[str, ScoredCount] = field(default_factory=dict)
    """For means only: from how many statements each was taken."""

    def number(self, axis_id: str) -> str:
        """Return a value as it is written: a mean with one decimal, a score as it is, "–" for a gap."""
        value = self.values.get(axis_id)
        if value is None:
            return "–"
        return written_mean(value) if axis_id in self.counts else f"{value:g}"


def domain_axes(instrument: Instrument) -> tuple[RadarAxis, ...]:
    """Return one axis for each domain, in the order of the form."""
    return tuple(
        RadarAxis(domain.domain_id, domain.short_title, domain.title) for domain in instrument.domains
    )


def statement_axes(instrument: Instrument, domain_id: str) -> tuple[RadarAxis, ...]:
    """Return one axis for each statement of a domain, labelled by its number."""
    return tuple(
        RadarAxis(statement.statement_id, statement.statement_id, statement.full_text, own_words(statement))
        for statement in instrument.domain(domain_id).statements
    )


def own_words(statement: Statement) -> str:
    """Return what tells a statement from others: of a part its own text, after "…" for the shared heading."""
    return f"… {statement.text}" if statement.heading else statement.text


def shown_axes(instrument: Instrument, domain_id: str) -> tuple[RadarAxis, ...]:
    """Return the statements of a domain as axes; without a domain's number, one axis for each domain."""
    return statement_axes(instrument, domain_id) if domain_id else domain_axes(instrument)


def shown_series(standing: Standing, domain_id: str) -> RadarSeries:
    """Return a party's scores of a domain's statements; without a domain's number, its domains' means."""
    if domain_id:
        return statement_series(standing.audit, standing.wave_id, domain_id, standing.party_id)
    return domain_series(standing)


def domain_series(standing: Standing) -> RadarSeries:
    """Return the means of a party's domains in a wave, as they were reckoned already."""
    name = series_name(standing.audit, standing.wave_id, standing.party_id)
    return mean_series(name, standing.domain_scores)


def mean_series(name: str, scores: Sequence[DomainScore]) -> RadarSeries:
    """Return means of domains as a series of that name."""
    return RadarSeries(
        name=name,
        values={score.domain_id: score.mean for score in scores},
        part_scored=frozenset(score.domain_id for score in scores if score.is_part_scored),
        counts={score.domain_id: ScoredCount(score.scored, score.statements) for score in scores},
    )


def statement_series(audit: Audit, wave_id: str, domain_id: str, party_id: str = PARTNERSHIP) -> RadarSeries:
    """Return a party's scores of one domain's statements in a wave."""
    values: dict[str, float | None] = {}
    for statement in audit.instrument.domain(domain_id).statements:
        score = audit.response(ResponseKey(wave_id, party_id, statement.statement_id)).score
        values[statement.statement_id] = None if score is None else float(score)
    return RadarSeries(series_name(audit, wave_id, party_id), values)


def series_name(audit: Audit, wave_id: str, party_id: str = PARTNERSHIP) -> str:
    """Return the wave's label, with the agency's name where the party is one."""
    wave = next((wave.label for wave in audit.waves if wave.wave_id == wave_id), "")
    agency = next((agency.name for agency in audit.agencies if agency.agency_id == party_id), "")
    return " · ".join(part for part in (wave, agency) if part)


# Which are shown ----------------------------------------------------------------------------------------


def shown_keys(audit: Audit, wave_id: str) -> tuple[SeriesKey, ...]:
    """Return the series that are shown: those chosen, else the partnership in the wave on the screen.

    In the order of the waves; in a wave the partnership first, then the agencies in their order. What was
    chosen of a wave or an agency that is gone is left out.
    """
    parties = (PARTNERSHIP, *(agency.agency_id for agency in audit.agencies))
    chosen = tuple(
        SeriesKey(wave.wave_id, party_id)
        for wave in audit.waves
        for party_id in parties
        if (wave.wave_id, party_id) in audit.series
    )
    return chosen or (SeriesKey(wave_id, PARTNERSHIP),)


def shown_overlays(audit: Audit, wave_id: str, domain_id: str = "") -> tuple[Overlay, ...]:
    """Return every shown series: its domains' means, or the scores of one domain's statements."""
    return tuple(overlay(audit, key, domain_id) for key in shown_keys(audit, wave_id))


def overlay(audit: Audit, key: SeriesKey, domain_id: str = "") -> Overlay:
    """Return one series, shown or not; without a domain's number its domains' means."""
    wave_label = next((wave.label for wave in audit.waves if wave.wave_id == key.wave_id), "")
    if domain_id:
        series = statement_series(audit, key.wave_id, domain_id, key.party_id)
        is_part_scored = len({value is None for value in series.values.values()}) > 1
    else:
        scores = domain_scores(audit, key.wave_id, key.party_id)
        series = mean_series(series_name(audit, *key), scores)
        is_part_scored = bool(series.part_scored)
    return Overlay(key, wave_label, audit.party_name(key.party_id), series, is_part_scored)


def without_unnamed(audit: Audit, unnamed: frozenset[tuple[str, str]]) -> Audit:
    """Return the audit without agencies' answers to these statements of these waves."""
    if not unnamed:
        return audit
    named = {
        key: response
        for key, response in audit.responses.items()
        if key.party_id == PARTNERSHIP or (key.wave_id, key.statement_id) not in unnamed
    }
    return replace(audit, responses=MappingProxyType(named))
