"""The lower-score rule as a calculation that can be shown (framework, "How to use the audit tool").

Only responses are looked at: what an open round holds is in none of them. Agencies with no view, or that have
not answered, have no say; nor have those that take no part in the wave.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.analysis.rounds import last_revealed_round, open_round
from hsb_desktop.analysis.scoring import HIGHEST_SCORE
from hsb_desktop.model import Agency, Agreement, Audit, Statement
from hsb_desktop.values import ResponseKey

QUESTION = "What would make every agency confident?"
"""What the framework has the agencies ask where they still differ."""
REASON_FIELDS = ("reason", "agreed_by")
"""Of an agreement, what is about one score alone: why another than the recommended one, and who agreed it."""


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """One agency's score from 0 to 4 for a statement."""

    agency: Agency
    score: int


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many agencies gave which answer: what is shown first, before any name."""

    by_score: tuple[int, int, int, int, int]
    """How many gave 0, 1, 2, 3 and 4."""
    no_view: int
    not_answered: int

    @property
    def scored(self) -> int:
        """How many gave a score."""
        return sum(self.by_score)

    @property
    def spread(self) -> int | None:
        """Highest minus lowest score; None if fewer than two agencies gave one."""
        given = [score for score, count in enumerate(self.by_score) if count]
        return given[-1] - given[0] if self.scored > 1 else None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The score that the lower-score rule recommends, with the scores it comes from."""

    score: int
    """The lowest score that any agency gave."""
    spread: int
    """Highest minus lowest; 0 where they agree, or where one agency alone has scored."""
    answers: tuple[AgencyScore, ...]
    """The agencies' scores, lowest first, then in the order of the agencies."""
    is_agreement: bool
    """Whether at least two agencies scored and all gave the same."""
    round_number: str | None
    """The last round that was revealed: the one in which they agreed, if they did. None without rounds."""

    @property
    def asks_what_would_help(self) -> bool:
        """Whether the agencies still differ, so that the framework's question is asked."""
        return self.spread > 0


class StandingKind(StrEnum):
    """How far the agreement on a statement is."""

    NO_AGENCIES = "no agencies"
    WAITING = "waiting for votes"
    RECOMMENDED = "recommended"
    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"
    OVERRIDDEN_WITHOUT_REASON = "overridden, reason missing"
    """Why, or who agreed, is missing: it takes both."""
    AGREED_WITHOUT_AGENCIES = "agreed without agencies' scores"


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """How far the agreement on a statement is, with everything that a card or a page says of it."""

    kind: StandingKind
    agreed_score: int | None
    recommendation: Recommendation | None
    """None while a round is open or no agency has scored."""
    agreement: Agreement

    @property
    def is_override(self) -> bool:
        """Whether the agreed score is another than the recommended one."""
        return self.kind in (StandingKind.OVERRIDDEN, StandingKind.OVERRIDDEN_WITHOUT_REASON)


@dataclass(frozen=True, slots=True)
class SuggestedAction:
    """What would make every agency confident of a statement, as somebody answered it."""

    statement: Statement
    text: str


def head_count(audit: Audit, wave_id: str, statement_id: str) -> HeadCount:
    """Return how many of the agencies that take part in the wave gave which answer."""
    counts, no_view, not_answered = [0] * (HIGHEST_SCORE + 1), 0, 0
    for agency in taking_part(audit, wave_id):
        response = audit.response(ResponseKey(wave_id, agency.agency_id, statement_id))
        if response.score is not None:
            counts[response.score] += 1
        elif response.no_view:
            no_view += 1
        else:
            not_answered += 1
    zero, one, two, three, four = counts
    return HeadCount((zero, one, two, three, four), no_view, not_answered)


def recommendation(audit: Audit, wave_id: str, statement_id: str) -> Recommendation | None:
    """Return what the lower-score rule recommends; None if no agency that takes part has scored it."""
    scores = [
        AgencyScore(agency, score)
        for agency in taking_part(audit, wave_id)
        if (score := audit.response(ResponseKey(wave_id, agency.agency_id, statement_id)).score) is not None
    ]
    if not scores:
        return None
    scores.sort(key=lambda given: given.score)
    lowest, highest = scores[0].score, scores[-1].score
    revealed = last_revealed_round(audit, wave_id, statement_id)
    return Recommendation(
        score=lowest,
        spread=highest - lowest,
        answers=tuple(scores),
        is_agreement=len(scores) > 1 and lowest == highest,
        round_number=revealed.round_number if revealed else None,
    )


def standing_of(audit: Audit, wave_id: str, statement_id: str) -> AgreementStanding:
    """Return how far the agreement on a statement is. Nothing in it comes from an open round."""
    agreed = audit.agreed(wave_id, statement_id).score
    agreement = audit.agreement(wave_id, statement_id)
    if not audit.agencies:
        return AgreementStanding(StandingKind.NO_AGENCIES, agreed, None, agreement)
    if open_round(audit, wave_id, statement_id) is not None:
        return AgreementStanding(StandingKind.WAITING, agreed, None, agreement)
    recommended = recommendation(audit, wave_id, statement_id)
    if recommended is None:
        kind = StandingKind.WAITING if agreed is None else StandingKind.AGREED_WITHOUT_AGENCIES
    elif agreed is None:
        kind = StandingKind.RECOMMENDED
    elif agreed == recommended.score:
        kind = StandingKind.ACCEPTED
    elif agreement.reason.strip() and agreement.agreed_by.strip():
        kind = StandingKind.OVERRIDDEN
    else:
        kind = StandingKind.OVERRIDDEN_WITHOUT_REASON
    return AgreementStanding(kind, agreed, recommended, agreement)


def suggested_actions(audit: Audit, wave_id: str) -> tuple[SuggestedAction, ...]:
    """Return what would make every agency confident, by statement in the order of the form."""
    return tuple(
        SuggestedAction(statement, text)
        for statement in audit.instrument.statements
        if (text := audit.agreement(wave_id, statement.statement_id).what_would_help.strip())
    )
