"""An audit in a few lines of text: where it stands, its domain means, what is missing."""

from __future__ import annotations

from hsb_desktop.analysis.own_answers import as_own_audit, asked_in
from hsb_desktop.analysis.progress import Progress, progress
from hsb_desktop.analysis.scoring import domain_scores, written_mean
from hsb_desktop.interchange.unsettled import unsettled_in_words
from hsb_desktop.model import Audit, Pack, Statement, Wave
from hsb_desktop.values import PARTNERSHIP

NONE = "–"


def audit_in_lines(audit: Audit, wave: Wave) -> tuple[str, ...]:
    """Return how far the partnership has come in a wave, line by line; "–" stands where nothing is scored.

    Of an agency's pack, how far the agency has come.
    """
    unsettled = unsettled_in_words(audit)
    pack, sent = audit.pack, audit
    audit = as_own_audit(asked_in(audit))
    where = progress(audit, wave.wave_id)
    width = max(len(f"{domain.domain_id} {domain.short_title}") for domain in audit.instrument.domains)
    lines = [
        audit.details.title,
        f"Area: {audit.details.area or NONE}",
        f"Wave: {wave.label}" + (f", {wave.held_on}" if wave.held_on else ""),
        f"Progress: {_how_far(where, pack)}",
        "",
    ]
    if pack is not None:
        lines.insert(1, _whose(sent, pack))
    if audit.is_sample:
        lines.insert(1, "Sample: a made-up partnership")
    for domain, score in zip(audit.instrument.domains, domain_scores(audit, wave.wave_id), strict=True):
        note = "  part scored" if score.is_part_scored else ""
        name = f"{domain.domain_id} {domain.short_title}"
        mean = written_mean(score.mean)
        lines.append(f"{name:<{width}}  {mean:>4}  {score.scored} of {score.statements} scored{note}")
    warnings = (
        (where.high_without_evidence, "Warning: scored 3 or 4 without evidence"),
        (where.low_without_evidence, "Note: scored 1 or 2 without evidence"),
    )
    lines += [f"{words}: {_numbers(statements)}" for statements, words in warnings if statements]
    if unsettled:
        lines.append(f"Warning: {unsettled}")
    return tuple(" ".join(line.splitlines()) for line in lines)


def _whose(audit: Audit, pack: Pack) -> str:
    if pack.party_id == PARTNERSHIP:
        return f"Pack for the table of domain {pack.domain_id}"
    return f"Pack for {audit.party_name(pack.party_id)}"


def _how_far(where: Progress, pack: Pack | None) -> str:
    if pack is None or pack.party_id == PARTNERSHIP:
        return f"{where.scored} of {where.statements} scored"
    without_view = where.answered - where.scored
    words = f"{where.answered} of {where.statements} answered"
    return f"{words}, {without_view} of them no view" if without_view else words


def _numbers(statements: tuple[Statement, ...]) -> str:
    return ", ".join(statement.statement_id for statement in statements)
