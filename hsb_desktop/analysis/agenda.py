"""What a meeting talks about first: the statements in an order, each with why it stands where it does.

Only responses are looked at, so the order discloses nothing that was answered in an open round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from hsb_desktop.analysis.consensus import StandingKind, standing_of
from hsb_desktop.analysis.last_time import previous_wave_id
from hsb_desktop.analysis.progress import progress
from hsb_desktop.analysis.scoring import spread, weakest
from hsb_desktop.model import Audit, Statement


class AgendaOrder(StrEnum):
    """By what the statements of a meeting are ordered."""

    SPREAD = "spread"
    WEAKEST = "weakest"
    NO_EVIDENCE = "no evidence"
    BIGGEST_DROP = "biggest drop"
    NOT_SCORED = "not yet scored"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A statement to talk about, and the parts of the reason."""

    statement: Statement
    order: AgendaOrder
    score: int | None
    """The agreed score; None where there is none."""
    spread: int | None
    """Highest minus lowest agency score; None if fewer than two agencies scored."""
    lowest: int | None
    """The lowest agency score; None if no agency scored."""
    is_settled: bool = False
    """Whether the agreed score is the recommended one, or another with its reason and who agreed it."""
    score_before: int | None = None
    """For a drop: the agreed score in the wave before."""
    score_now: int | None = None
    """For a drop: the agreed score, or the recommended one where none is agreed yet."""

    @property
    def drop(self) -> int | None:
        """By how much it fell since the wave before; None where that is not the reason."""
        if self.score_before is None or self.score_now is None:
            return None
        return self.score_before - self.score_now


def agenda(audit: Audit, wave_id: str, order: AgendaOrder) -> tuple[AgendaItem, ...]:
    """Return the statements of a wave that are to be talked about, in that order; ties as on the form.

    - Spread: where agencies' scores differ, the widest spread first, then the lowest score; what is settled
      comes after all that is open, in the same order.
    - Weakest: lowest agreed score, then widest spread, then no evidence; not what has no agreed score.
    - No evidence: agreed scores of 3 and 4 without any, the highest first, since they contradict their own
      descriptor; then 2 and 1. A 0 needs none.
    - Biggest drop: agreed (or, where none is agreed yet, recommended) lower than in the wave before.
    - Not yet scored: without an agreed score, in the order of the form.
    """
    # Looked at without rounds: that one is open again would be a word about it.
    return _ORDERS[order](replace(audit, rounds=MappingProxyType({})), wave_id)


_SETTLED = (StandingKind.ACCEPTED, StandingKind.OVERRIDDEN)


def _by_spread(audit: Audit, wave_id: str) -> tuple[AgendaItem, ...]:
    items = [_item(audit, wave_id, s, AgendaOrder.SPREAD) for s in audit.instrument.statements]
    differing = [item for item in items if item.spread]
    return tuple(sorted(differing, key=lambda item: (item.is_settled, -(item.spread or 0), item.lowest)))


def _by_weakness(audit: Audit, wave_id: str) -> tuple[AgendaItem, ...]:
    return tuple(
        _item(audit, wave_id, statement, AgendaOrder.WEAKEST)
        for statement in weakest(audit, wave_id, limit=None)
    )


def _by_evidence(audit: Audit, wave_id: str) -> tuple[AgendaItem, ...]:
    found = progress(audit, wave_id)
    lacking = (*found.high_without_evidence, *found.low_without_evidence)
    items = [_item(audit, wave_id, statement, AgendaOrder.NO_EVIDENCE) for statement in lacking]
    return tuple(sorted(items, key=lambda item: -(item.score or 0)))


def _by_drop(audit: Audit, wave_id: str) -> tuple[AgendaItem, ...]:
    before_id = previous_wave_id(audit, wave_id)
    if before_id is None:
        return ()
    items = []
    for statement in audit.instrument.statements:
        before = audit.agreed(before_id, statement.statement_id).score
        item = _item(audit, wave_id, statement, AgendaOrder.BIGGEST_DROP, before)
        if (item.drop or 0) > 0:
            items.append(item)
    return tuple(sorted(items, key=lambda item: -(item.drop or 0)))


def _not_scored(audit: Audit, wave_id: str) -> tuple[AgendaItem, ...]:
    return tuple(
        _item(audit, wave_id, statement, AgendaOrder.NOT_SCORED)
        for statement in progress(audit, wave_id).not_scored
    )


def _item(
    audit: Audit, wave_id: str, statement: Statement, order: AgendaOrder, before: int | None = None
) -> AgendaItem:
    standing = standing_of(audit, wave_id, statement.statement_id)
    agreed = standing.agreed_score
    lowest = standing.recommendation.score if standing.recommendation else None
    return AgendaItem(
        statement=statement,
        order=order,
        score=agreed,
        spread=spread(audit, wave_id, statement.statement_id),
        lowest=lowest,
        is_settled=standing.kind in _SETTLED,
        score_before=before,
        score_now=(lowest if agreed is None else agreed) if order is AgendaOrder.BIGGEST_DROP else None,
    )


_ORDERS: Mapping[AgendaOrder, Callable[[Audit, str], tuple[AgendaItem, ...]]] = MappingProxyType(
    {
        AgendaOrder.SPREAD: _by_spread,
        AgendaOrder.WEAKEST: _by_weakness,
        AgendaOrder.NO_EVIDENCE: _by_evidence,
        AgendaOrder.BIGGEST_DROP: _by_drop,
        AgendaOrder.NOT_SCORED: _not_scored,
    }
)
