"""Means, totals and the order of strengths and weaknesses.

A statement that is not scored never counts as 0. Totals of different domains are never compared: the audit
tool prints ten scored rows for three domains and eight for two, so a domain's score is the mean of its scored
statements (framework, second edition, "How to use the audit tool").
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.model import Audit, Statement
from hsb_desktop.values import PARTNERSHIP, ResponseKey

HIGHEST_SCORE = 4
HIGH_SCORES = (3, 4)
LONGEST_SHORT_LIST = 5


@dataclass(frozen=True, slots=True)
class DomainScore:
    """What one party has scored in one domain of one wave."""

    domain_id: str
    scored: int
    """How many of its statements have a score."""
    statements: int
    """How many statements it has."""
    total: int
    """Sum of the scores."""

    @property
    def mean(self) -> float | None:
        """Mean of the scored statements, 0 to 4; None where nothing is scored."""
        return self.total / self.scored if self.scored else None

    @property
    def possible(self) -> int:
        """The highest total that the scored statements could have."""
        return HIGHEST_SCORE * self.scored

    @property
    def percent(self) -> float | None:
        """Total of possible, 0 to 100; None where nothing is scored."""
        return 100 * self.total / self.possible if self.scored else None

    @property
    def is_part_scored(self) -> bool:
        """Whether some, and not all, of its statements are scored."""
        return 0 < self.scored < self.statements


def domain_score(audit: Audit, wave_id: str, domain_id: str, party_id: str = PARTNERSHIP) -> DomainScore:
    """Return one domain's score for a party in a wave."""
    statements = audit.instrument.domain(domain_id).statements
    scores = [_score(audit, wave_id, party_id, statement) for statement in statements]
    scored = [score for score in scores if score is not None]
    return DomainScore(domain_id, len(scored), len(statements), sum(scored))


def domain_scores(audit: Audit, wave_id: str, party_id: str = PARTNERSHIP) -> tuple[DomainScore, ...]:
    """Return every domain's score for a party in a wave, in the order of the form."""
    return tuple(
        domain_score(audit, wave_id, domain.domain_id, party_id) for domain in audit.instrument.domains
    )


def spread(audit: Audit, wave_id: str, statement_id: str) -> int | None:
    """Return the highest minus the lowest score of those that take part; None if fewer than two gave one."""
    scores = [
        score
        for agency in taking_part(audit, wave_id)
        if (score := audit.response(ResponseKey(wave_id, agency.agency_id, statement_id)).score) is not None
    ]
    return max(scores) - min(scores) if len(scores) > 1 else None


def weakest(audit: Audit, wave_id: str, limit: int | None = LONGEST_SHORT_LIST) -> tuple[Statement, ...]:
    """Return scored statements, weakest first: lowest score, widest spread, no evidence, form's order."""

    def weakness(statement: Statement) -> tuple[int, int, bool]:
        response = audit.agreed(wave_id, statement.statement_id)
        score = HIGHEST_SCORE if response.score is None else response.score
        return score, -(spread(audit, wave_id, statement.statement_id) or 0), has_evidence(response.evidence)

    scored = [s for s in audit.instrument.statements if _score(audit, wave_id, PARTNERSHIP, s) is not None]
    return tuple(sorted(scored, key=weakness)[:limit])


def strengths(audit: Audit, wave_id: str, limit: int = LONGEST_SHORT_LIST) -> tuple[Statement, ...]:
    """Return up to `limit` statements scored 3 or 4 with evidence: highest first, then the form's order.

    A high score without evidence contradicts its own descriptor and is never a strength.
    """

    def strength(statement: Statement) -> tuple[int, int]:
        score = audit.agreed(wave_id, statement.statement_id).score or 0
        return -score, spread(audit, wave_id, statement.statement_id) or 0

    strong = [
        statement
        for statement in audit.instrument.statements
        if _score(audit, wave_id, PARTNERSHIP, statement) in HIGH_SCORES
        and has_evidence(audit.agreed(wave_id, statement.statement_id).evidence)
    ]
    return tuple(sorted(strong, key=strength)[:limit])


def weakest_besides_strengths(audit: Audit, wave_id: str) -> tuple[Statement, ...]:
    """Return the weakest as they stand beside `strengths`: up to five, and none that is listed there."""
    strong = strengths(audit, wave_id)
    besides = [statement for statement in weakest(audit, wave_id, limit=None) if statement not in strong]
    return tuple(besides[:LONGEST_SHORT_LIST])


def written_mean(mean: float | None) -> str:
    """Return a mean to one decimal place, halves up as on paper (2.25 is 2.3); "–" where nothing is scored.

    Means of up to ten scores that end on a half of a tenth are exact in binary, so no half is missed.
    """
    return "–" if mean is None else f"{floor(10 * mean + 0.5) / 10:.1f}"


def has_evidence(evidence: str) -> bool:
    """Whether a text says anything: spaces and empty lines alone do not."""
    return bool(evidence.strip())


def _score(audit: Audit, wave_id: str, party_id: str, statement: Statement) -> int | None:
    return audit.response(ResponseKey(wave_id, party_id, statement.statement_id)).score
