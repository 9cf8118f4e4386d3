"""How far one party is in one wave: its progress and its domains' scores, reckoned together."""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.analysis.progress import Progress, progress
from hsb_desktop.analysis.scoring import DomainScore, domain_scores
from hsb_desktop.model import Audit
from hsb_desktop.values import PARTNERSHIP


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What counts and means say of a party in a wave of this audit."""

    audit: Audit
    wave_id: str
    party_id: str
    progress: Progress
    domain_scores: tuple[DomainScore, ...]

    def answered_in(self, domain_id: str) -> int:
        """Return how many statements of a domain have an answer: a score or, of an agency, no view."""
        statements = next(each.statements for each in self.domain_scores if each.domain_id == domain_id)
        return statements - sum(each.domain_id == domain_id for each in self.progress.not_scored)


def standing(audit: Audit, wave_id: str, party_id: str = PARTNERSHIP) -> Standing:
    """Return how far a party is in a wave."""
    asked = audit, wave_id, party_id
    return Standing(*asked, progress(*asked), domain_scores(*asked))
