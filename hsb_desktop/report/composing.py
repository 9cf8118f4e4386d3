"""Composes the content of the report from an audit, by pure functions and nothing else.

The same audit, wave and date give an equal content.
"""

from __future__ import annotations

from collections.abc import Iterable

from hsb_desktop.analysis import overlays, scoring
from hsb_desktop.analysis import progress as standing
from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.legend import SeriesLook, series_look
from hsb_desktop.analysis.own_answers import as_own_audit, asked_in
from hsb_desktop.analysis.several import Grouping
from hsb_desktop.analysis.side_by_side import SideBySide, groups_side_by_side
from hsb_desktop.model import Agency, Audit, AuditKind, Domain, Statement, Wave
from hsb_desktop.report.agencies import action_lines, agencies_result, conflict_lines
from hsb_desktop.report.content import (
    Cover,
    DomainPart,
    DomainResult,
    Radar,
    RadarAxis,
    RadarSeries,
    ReportContent,
    StatementList,
    StatementResult,
)
from hsb_desktop.report.moved import moved_parts
from hsb_desktop.report.overlaid import overlaid
from hsb_desktop.report.short_lists import strengths_list, weakest_list
from hsb_desktop.report.wording import INDEPENDENCE, NOT_GIVEN, WORDS, KindWords, how_to_read
from hsb_desktop.values import PARTNERSHIP, NoteKey

_NO_TITLE = "Harmful sexual behaviour audit"


def report_content(
    audit: Audit, wave_id: str, printed_on: str, *, with_agencies_evidence: bool = False
) -> ReportContent:
    """Return the content of the report on one wave; `printed_on` is YYYY-MM-DD.

    Of the agencies it holds their scores, and their own evidence and assurance only if asked for. Raises
    KeyError if the audit has no such wave.
    """
    audit = as_own_audit(asked_in(audit))
    wave = audit.wave(wave_id)
    words = WORDS[audit.details.kind]
    by_id = {
        result.statement_id: result
        for domain in audit.instrument.domains
        for result in _statement_results(audit, wave_id, domain, with_agencies_evidence)
    }

    def results(statements: Iterable[Statement]) -> tuple[StatementResult, ...]:
        return tuple(by_id[statement.statement_id] for statement in statements)

    progress = standing.progress(audit, wave_id)
    domains = tuple(
        _domain_part(audit, wave_id, domain, results(domain.statements))
        for domain in audit.instrument.domains
    )
    return ReportContent(
        printed_on=printed_on,
        marking=audit.details.marking.strip(),
        words=words,
        cover=_cover(audit, wave, words, printed_on),
        scored=progress.scored,
        statements=progress.statements,
        radar=_domain_radar(audit, wave, domains),
        weakest=weakest_list(audit, wave_id, by_id),
        strengths=strengths_list(audit, wave_id, by_id),
        high_without_evidence=StatementList(
            "Warning: scored 3 or 4 without evidence",
            "The descriptors of 3 and 4 speak of good or extremely strong evidence. "
            "None is written down for these.",
            "None: every 3 and 4 has evidence.",
            results(progress.high_without_evidence),
        ),
        low_without_evidence=StatementList(
            "Note: scored 1 or 2 without evidence",
            "Evidence for these would show what there is to build on.",
            "None: every 1 and 2 has evidence.",
            results(progress.low_without_evidence),
        ),
        not_scored=StatementList(
            "Statements not scored",
            "These count nowhere. They are not 0.",
            "None: every statement is scored.",
            results(progress.not_scored),
        ),
        scale=audit.instrument.scale,
        how_to_read=how_to_read(audit.instrument, words, shows_agencies=_shows_agencies(by_id.values())),
        domains=domains,
        acknowledgement=audit.instrument.acknowledgement,
        edition=f"{audit.instrument.title}: {audit.instrument.edition}",
        independence=INDEPENDENCE,
        overlaid=overlaid(audit, wave_id),
        moved=moved_parts(audit, wave_id),
        actions=action_lines(audit, wave_id),
        conflicts=conflict_lines(audit),
        groups=tuple(_groups(audit, wave_id)),
    )


def _shows_agencies(results: Iterable[StatementResult]) -> bool:
    return any(result.agencies is not None for result in results)


def _groups(audit: Audit, wave_id: str) -> Iterable[SideBySide]:
    """Yield a region's areas and sectors beside one another, where there are several and any has scored.

    They are named, as everywhere in a region's own report: its agencies are, too.
    """
    if audit.details.kind is not AuditKind.REGION:
        return
    for grouping in Grouping:
        shown = groups_side_by_side(audit, wave_id, grouping, is_named=True)
        members = shown.comparison.members
        if sum(bool(member.name) for member in members) > 1 and any(member.scores for member in members):
            yield shown


def rounded_mean(result: scoring.DomainScore) -> str:
    """Return a domain's mean as the report writes it."""
    return scoring.written_mean(result.mean)


def _cover(audit: Audit, wave: Wave, words: KindWords, printed_on: str) -> Cover:
    details = audit.details
    return Cover(
        title=details.title.strip() or _NO_TITLE,
        area=details.area.strip(),
        kind=words.audit,
        coordinator=", ".join(
            filter(None, (details.coordinator_name.strip(), details.coordinator_role.strip()))
        ),
        wave=wave.label.strip(),
        held_on=_held_on(audit, wave),
        dates=_dates(audit, wave),
        parties=tuple(_party(agency) for agency in audit.agencies_in(wave.wave_id)),
        is_sample=audit.is_sample,
        printed_on=written_date(printed_on),
    )


def _held_on(audit: Audit, wave: Wave) -> str:
    days = [sitting.held_on for sitting in audit.sittings_of(wave.wave_id) if sitting.held_on]
    return written_date(wave.held_on or min(days, default=""))


def _dates(audit: Audit, wave: Wave) -> tuple[str, ...]:
    sittings = audit.sittings_of(wave.wave_id)
    dates = [
        ": ".join(filter(None, (written_date(sitting.held_on), sitting.note.strip()))) for sitting in sittings
    ]
    if wave.held_on and all(sitting.held_on != wave.held_on for sitting in sittings):
        dates.insert(0, written_date(wave.held_on))
    return tuple(filter(None, dates))


def _party(agency: Agency) -> str:
    beside = ", ".join(filter(None, (agency.sector.strip(), agency.area.strip())))
    return f"{agency.name} ({beside})" if beside else agency.name


def _statement_results(
    audit: Audit, wave_id: str, domain: Domain, with_agencies_evidence: bool
) -> Iterable[StatementResult]:
    heading_id = ""
    for statement in domain.statements:
        agreed = audit.agreed(wave_id, statement.statement_id)
        lacks_evidence = not scoring.has_evidence(agreed.evidence)
        is_warning = lacks_evidence and agreed.score in scoring.HIGH_SCORES
        is_note = lacks_evidence and agreed.score in standing.LOW_SCORES
        scale = audit.instrument.scale_point
        yield StatementResult(
            statement_id=statement.statement_id,
            domain=domain.short_title,
            heading_id=statement.heading_id,
            heading=statement.heading,
            opens_heading=bool(statement.heading_id) and statement.heading_id != heading_id,
            text=statement.text,
            prompts=statement.prompts,
            score=agreed.score,
            descriptor="" if agreed.score is None else scale(agreed.score).label,
            evidence=agreed.evidence,
            assurance=agreed.assurance,
            target="" if agreed.target is None else f"{agreed.target} · {scale(agreed.target).label}",
            reading=audit.readings.get(statement.statement_id, ""),
            remark=f"Scored {agreed.score} without evidence" if is_warning or is_note else "",
            is_warning=is_warning,
            agencies=agencies_result(audit, wave_id, statement, with_evidence=with_agencies_evidence),
        )
        heading_id = statement.heading_id


def _domain_part(
    audit: Audit, wave_id: str, domain: Domain, statements: tuple[StatementResult, ...]
) -> DomainPart:
    note = audit.note(NoteKey(wave_id, domain.domain_id))
    result = _domain_result(audit, wave_id, domain)
    return DomainPart(
        result=result,
        radar=Radar(
            axes=_axes(overlays.statement_axes(audit.instrument, domain.domain_id)),
            series=(
                _series(
                    overlays.statement_series(audit, wave_id, domain.domain_id),
                    _agreed_look(audit, wave_id),
                    domain.short_title,
                ),
            ),
            description=f"Radar graph of the scores in {domain.short_title}: "
            + ", ".join(
                f"{s.statement_id} {'not scored' if s.score is None else s.score}" for s in statements
            )
            + ".",
        ),
        statements=statements,
        comments=note.comments,
        completed_on=written_date(note.completed_on) or NOT_GIVEN,
    )


def _domain_result(audit: Audit, wave_id: str, domain: Domain) -> DomainResult:
    score = scoring.domain_score(audit, wave_id, domain.domain_id)
    percent = (200 * score.total + score.possible) // (2 * score.possible) if score.scored else None
    return DomainResult(
        domain_id=domain.domain_id,
        short_title=domain.short_title,
        title=domain.title,
        scored=score.scored,
        statements=score.statements,
        mean=rounded_mean(score),
        total=str(score.total) if score.scored else "–",
        possible=str(score.possible) if score.scored else "–",
        percent="–" if percent is None else f"{percent}%",
    )


def _domain_radar(audit: Audit, wave: Wave, domains: tuple[DomainPart, ...]) -> Radar:
    said = (
        f"{part.result.short_title} {part.result.mean} ({part.result.scored_of})"
        if part.result.scored
        else f"{part.result.short_title} nothing scored"
        for part in domains
    )
    return Radar(
        axes=_axes(overlays.domain_axes(audit.instrument)),
        series=(
            _series(
                overlays.mean_series(wave.label, scoring.domain_scores(audit, wave.wave_id)),
                _agreed_look(audit, wave.wave_id),
            ),
        ),
        description="Radar graph of the domains’ means from 0 to 4: " + ", ".join(said) + ".",
    )


def _axes(axes: Iterable[overlays.RadarAxis]) -> tuple[RadarAxis, ...]:
    return tuple(RadarAxis(axis.axis_id, axis.label) for axis in axes)


def _agreed_look(audit: Audit, wave_id: str) -> SeriesLook:
    return series_look(audit, overlays.SeriesKey(wave_id, PARTNERSHIP))


def _series(series: overlays.RadarSeries, look: SeriesLook, name: str = "") -> RadarSeries:
    return RadarSeries(name or series.name, dict(series.values), series.part_scored, look)
