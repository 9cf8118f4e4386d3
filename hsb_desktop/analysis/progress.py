"""Where an audit stands: what is scored, what comes next, and which scores lack their evidence."""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.analysis.scoring import HIGH_SCORES, has_evidence
from hsb_desktop.model import Audit, Instrument, Statement
from hsb_desktop.values import PARTNERSHIP, ResponseKey

LOW_SCORES = (1, 2)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one party has come in one wave. Statements are in the order of the form."""

    scored: int
    statements: int
    not_scored: tuple[Statement, ...]
    """Neither a score nor, of an agency, that it has no view."""
    high_without_evidence: tuple[Statement, ...]
    """Scored 3 or 4 with no evidence: contradicts the descriptor, so it is a warning."""
    low_without_evidence: tuple[Statement, ...]
    """Scored 1 or 2 with no evidence: a note. A 0 needs none."""

    @property
    def answered(self) -> int:
        """How many statements have an answer: a score or, of an agency, that it has no view."""
        return self.statements - len(self.not_scored)


def progress(
    audit: Audit, wave_id: str, party_id: str = PARTNERSHIP, domain_id: str | None = None
) -> Progress:
    """Return how far a party has come in a wave, overall or in one domain."""
    statements = (
        audit.instrument.statements if domain_id is None else audit.instrument.domain(domain_id).statements
    )
    scored = 0
    not_scored, high, low = [], [], []
    for statement in statements:
        response = audit.response(ResponseKey(wave_id, party_id, statement.statement_id))
        if response.score is None:
            # An agency that says that it has no view has answered.
            if not response.no_view:
                not_scored.append(statement)
            continue
        scored += 1
        if not has_evidence(response.evidence):
            if response.score in HIGH_SCORES:
                high.append(statement)
            elif response.score in LOW_SCORES:
                low.append(statement)
    return Progress(
        scored=scored,
        statements=len(statements),
        not_scored=tuple(not_scored),
        high_without_evidence=tuple(high),
        low_without_evidence=tuple(low),
    )


def next_not_scored(
    audit: Audit, wave_id: str, after_statement_id: str | None, party_id: str = PARTNERSHIP
) -> Statement | None:
    """Return the next statement without a score, from the one after the given one, going round; else None."""
    return next_of(progress(audit, wave_id, party_id).not_scored, audit.instrument, after_statement_id)


def next_of(
    statements: tuple[Statement, ...], instrument: Instrument, after_statement_id: str | None
) -> Statement | None:
    """Return the first of some statements, in the form's order, that follows a given one, going round."""
    if not statements:
        return None
    if after_statement_id is None or not instrument.has_statement(after_statement_id):
        return statements[0]
    order = {statement.statement_id: place for place, statement in enumerate(instrument.statements)}
    here = order[after_statement_id]
    return next((s for s in statements if order[s.statement_id] > here), statements[0])
