"""Prints several audits, areas or sectors beside one another: lowest, median and highest, never a ranking.

Members stand in the order of their letters or names, in every table and every radar.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from hsb_desktop.analysis.overlays import mean_series
from hsb_desktop.analysis.scoring import DomainScore, written_mean
from hsb_desktop.analysis.several import Distribution, DomainDistribution
from hsb_desktop.analysis.side_by_side import UNMODERATED, MemberKind, SideBySide, counts_by_score
from hsb_desktop.report import shapes
from hsb_desktop.report.content import Radar, RadarAxis, RadarSeries
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.labelled_text import FIRST_LINES
from hsb_desktop.report.page_style import (
    BODY,
    HEADING,
    SMALL,
    STRONG,
    WARNING,
    WARNING_SOFT,
)
from hsb_desktop.report.pdf_section import begin_section
from hsb_desktop.report.pdf_table import SMALL_CELL, Cell, Column, height_of_beginning, print_table
from hsb_desktop.report.radar_drawing import radar_code, series_sample
from hsb_desktop.report.radar_layout import look_of
from hsb_desktop.report.score_counts import counts_code
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import Weight

TITLES = {
    MemberKind.AUDITS: "Audits side by side",
    MemberKind.AREAS: "Areas side by side",
    MemberKind.SECTORS: "Sectors side by side",
}
"""What the section is called."""

_RADAR_HEIGHT = 300.0
_MOST_IN_A_RADAR = 5
_MOST_DOMAINS_ABREAST = 5
_NUMBER = Style(8.5, 11.5, Weight.BOLD)
_ONE = {MemberKind.AUDITS: "audit", MemberKind.AREAS: "area", MemberKind.SECTORS: "sector"}


def print_side_by_side(flow: Flow, shown: SideBySide, title: str, *, new_page: bool = True) -> None:
    """Print the whole comparison as a section: what it is, domains, radars, members, statements."""
    members = len(shown.names)
    begin_section(flow, title, subtitle=f"{members} {shown.kind.value} · {shown.wave}", new_page=new_page)
    _banner(flow, f"{UNMODERATED}. No league table.")
    _how_to_read(flow, shown)
    _domain_summary(flow, shown)
    _summary_radar(flow, shown)
    _radars(flow, shown)
    _member_table(flow, shown)
    _statements(flow, shown)


# What it is ---------------------------------------------------------------------------------------------


def _banner(flow: Flow, text: str) -> None:
    style = Style(10.5, 24, Weight.BOLD, WARNING)
    left, width = flow.frame.left, flow.frame.width
    flow.put(None, shapes.box(left, flow.y - 24, width, 24, fill=WARNING_SOFT, line=WARNING))
    line = flow.setter.single_line(text, style)
    flow.put(flow.parent.child("P"), flow.document.centred_text(line, style, left + width / 2, flow.y))
    flow.y -= 36


def _how_to_read(flow: Flow, shown: SideBySide) -> None:
    one = _ONE[shown.kind]
    order = "their names" if shown.is_named else "their letters, which say nothing about them"
    passages = (
        (
            "What this is",
            f"Each {one} scored itself. The scores are not an inspection, nobody has moderated them across "
            f"{shown.kind.value}, and the same words may have been read differently. They are for learning "
            "from one another, not for ranking.",
        ),
        (
            "How to read it",
            f"Lowest, median and highest are taken over those {shown.kind.value} that scored; how many did "
            "stands beside them. What is not scored is never 0. A domain’s score is the mean of its scored "
            f"statements, from 0 to 4. The {shown.kind.value} stand in the order of {order}.",
        ),
        *((("Also", " ".join(shown.notes)),) if shown.notes else ()),
    )
    for heading, text in passages:
        flow.text(heading, STRONG, kind="H2", keep=FIRST_LINES)
        flow.text(text, BODY)
        flow.space(6)


def _heading(flow: Flow, text: str, keep: float) -> None:
    flow.space(10)
    flow.need(HEADING.leading + keep)
    flow.bookmark(text, 1)
    flow.text(text, HEADING, kind="H2", keep=keep)
    flow.y -= 4


# Domains ------------------------------------------------------------------------------------------------


def _domain_summary(flow: Flow, shown: SideBySide) -> None:
    _heading(flow, "Domains", 80)
    columns = (
        Column("Domain", 210, style=Style(10, 14)),
        Column("Lowest", 64, is_number=True, style=Style(10, 14)),
        Column("Median", 64, is_number=True, style=Style(10, 14, Weight.BOLD)),
        Column("Highest", 64, is_number=True, style=Style(10, 14)),
        Column("Scored by", 80, is_number=True, style=Style(10, 14)),
    )
    rows = [
        (f"{found.domain.domain_id}  {found.domain.short_title}", *_means(found.distribution))
        for found in shown.comparison.domains
    ]
    print_table(flow, columns, rows)


def _means(found: Distribution) -> tuple[str, ...]:
    values = (found.lowest, found.median, found.highest)
    return (*(written_mean(value) for value in values), f"{found.scored} of {found.members}")


def _summary_radar(flow: Flow, shown: SideBySide) -> None:
    _heading(flow, "Lowest, median and highest", _RADAR_HEIGHT)
    domains = shown.comparison.domains
    series = tuple(
        RadarSeries(
            name, {found.domain.domain_id: getattr(found.distribution, name.lower()) for found in domains}
        )
        for name in ("Median", "Lowest", "Highest")
    )
    said = "; ".join(
        f"{found.domain.short_title} lowest {low}, median {middle}, highest {high} ({count} scored)"
        for found in domains
        for low, middle, high, count in [_means(found.distribution)]
    )
    _print_radar(flow, Radar(_axes(domains), series, f"Radar graph of the domains: {said}."))


def _radars(flow: Flow, shown: SideBySide) -> None:
    _heading(flow, f"Each {_ONE[shown.kind]} over the others", _RADAR_HEIGHT)
    for first in range(0, len(shown.names), _MOST_IN_A_RADAR):
        places = range(first, min(first + _MOST_IN_A_RADAR, len(shown.names)))
        series = tuple(_series(shown, place) for place in places)
        said = "; ".join(
            f"{each.name}: "
            + ", ".join(
                f"{found.domain.short_title} {written_mean(each.values[found.domain.domain_id])}"
                for found in shown.comparison.domains
            )
            for each in series
        )
        flow.need(_RADAR_HEIGHT)
        _print_radar(
            flow, Radar(_axes(shown.comparison.domains), series, f"Radar graph. {said}.", first_look=first)
        )
    flow.text(
        "Means of the scored statements, from 0 in the centre to 4 at the outer ring. "
        "A hollow point: part scored. A gap: nothing scored.",
        SMALL,
    )


def _print_radar(flow: Flow, radar: Radar) -> None:
    bottom = flow.y - _RADAR_HEIGHT
    flow.put(
        flow.parent.child("Figure", alternative=radar.description),
        radar_code(flow.document, radar, (flow.frame.left, bottom), (flow.frame.width, _RADAR_HEIGHT)),
    )
    flow.y = bottom - 8


def _axes(domains: Sequence[DomainDistribution]) -> tuple[RadarAxis, ...]:
    return tuple(RadarAxis(found.domain.domain_id, found.domain.short_title) for found in domains)


def _series(shown: SideBySide, place: int) -> RadarSeries:
    name = shown.names[place] if shown.is_named else f"{_ONE[shown.kind].capitalize()} {shown.names[place]}"
    made = mean_series(name, [found.scores[place] for found in shown.comparison.domains])
    return RadarSeries(made.name, dict(made.values), made.part_scored)


# Members ------------------------------------------------------------------------------------------------


def _member_table(flow: Flow, shown: SideBySide) -> None:
    _heading(flow, f"The {shown.kind.value}", 80)
    flow.text(
        "Mean, and how many statements it speaks of. In the order of "
        f"{'names' if shown.is_named else 'letters'}, not of scores.",
        SMALL,
    )
    domains = shown.comparison.domains
    for first in range(0, len(domains), _MOST_DOMAINS_ABREAST):
        abreast = domains[first : first + _MOST_DOMAINS_ABREAST]
        first_width = 118.0 if shown.is_named else 56.0
        width = (flow.frame.width - 44 - first_width) / len(abreast)
        columns = (
            Column(shown.kind.value.capitalize(), first_width),
            Column("Line", 44),
            *(Column(found.domain.short_title, width, is_number=True) for found in abreast),
        )
        rows: list[Sequence[Cell]] = [
            (
                "\n".join((shown.names[place], *shown.details[place : place + 1])),
                partial(_sample, place),
                *(_mean_cell(found.scores[place]) for found in abreast),
            )
            for place in range(len(shown.names))
        ]
        print_table(flow, columns, rows)


def _sample(place: int, left: float, top: float) -> str:
    return series_sample(look_of(place), left, top - SMALL_CELL.leading / 2)


def _mean_cell(score: DomainScore) -> str:
    if score.mean is None:
        return "–"
    return f"{written_mean(score.mean)} · {score.scored} of {score.statements}"


# Statements ---------------------------------------------------------------------------------------------


def _statements(flow: Flow, shown: SideBySide) -> None:
    by_domain = {
        found.domain.domain_id: [
            each for each in shown.comparison.statements if each.statement.domain_id == found.domain.domain_id
        ]
        for found in shown.comparison.domains
    }
    columns = (
        Column("", 34, style=_NUMBER),
        Column("Statement", 190),
        Column("Lowest", 42, is_number=True),
        Column("Median", 44, is_number=True, style=_NUMBER),
        Column("Highest", 46, is_number=True),
        Column("Scored by", 44, is_number=True),
        Column("Gave 0, 1, 2, 3, 4", 82),
    )
    for found in shown.comparison.domains:
        rows: list[Sequence[Cell]] = [
            (
                each.statement.statement_id,
                each.statement.full_text,
                *_scores(each.distribution),
                f"{each.distribution.scored} of {each.distribution.members}",
                partial(counts_code, flow.document, counts_by_score(each.scores)),
            )
            for each in by_domain[found.domain.domain_id]
        ]
        title = f"Domain {found.domain.domain_id} · {found.domain.short_title}"
        _heading(flow, title, height_of_beginning(flow, columns, rows) + 4)
        print_table(flow, columns, rows)


def _scores(found: Distribution) -> tuple[str, ...]:
    return tuple(
        "–" if value is None else f"{value:g}" for value in (found.lowest, found.median, found.highest)
    )
