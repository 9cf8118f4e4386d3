"""What moved between two waves, and why: like for like only.

A change uses only statements scored in both waves and says how many: dropping a weak statement from the
second wave must not look like improvement.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hsb_desktop.analysis.scoring import has_evidence
from hsb_desktop.analysis.wave_dates import baseline_of
from hsb_desktop.model import Audit, Domain, Response, Statement
from hsb_desktop.values import PARTNERSHIP, ResponseKey


class MoveKind(StrEnum):
    """How a statement moved; in the order in which moves are listed."""

    LOSS = "loss"
    NO_LONGER_EVIDENCED = "no longer evidenced"
    """The same score, with evidence before and none now."""
    GAIN = "gain"
    UNCHANGED = "unchanged"
    ONLY_BEFORE = "scored before only"
    ONLY_NOW = "scored now only"


@dataclass(frozen=True, slots=True)
class StatementMove:
    """One statement in two waves: score, evidence and assurance before and after."""

    statement: Statement
    kind: MoveKind
    before: Response
    now: Response
    target: int | None
    """What the partnership aimed at; None where nothing was, and for agencies."""
    baseline_score: int | None
    """The party's score in the baseline."""

    @property
    def change(self) -> int | None:
        """By how much it rose (or, below 0, fell); None where it is not scored in both."""
        if self.before.score is None or self.now.score is None:
            return None
        return self.now.score - self.before.score

    @property
    def is_no_longer_evidenced(self) -> bool:
        """Whether it is scored now without evidence, and had some before; also of gains and losses."""
        return self.now.score is not None and _lost_evidence(self.before, self.now)

    @property
    def progress(self) -> float | None:
        """(now − baseline) / (target − baseline): 1 where the target is reached, below 0 after a fall.

        None where something is missing or the target is not above the baseline: written "–".
        """
        if self.now.score is None or self.baseline_score is None or self.target is None:
            return None
        if self.target <= self.baseline_score:
            return None
        return (self.now.score - self.baseline_score) / (self.target - self.baseline_score)


@dataclass(frozen=True, slots=True)
class DomainMove:
    """One domain in two waves, over the statements that are scored in both."""

    domain: Domain
    shared: int
    """How many statements are scored in both."""
    statements: int
    """How many it has."""
    total_before: int
    """Sum of the shared statements' scores before, and now."""
    total_now: int
    only_before: int
    """How many are scored before only: they count in neither mean."""
    only_now: int

    @property
    def mean_before(self) -> float | None:
        """Mean before over the shared statements, 0 to 4; None where there are none."""
        return self.total_before / self.shared if self.shared else None

    @property
    def mean_now(self) -> float | None:
        """Mean now over the shared statements, 0 to 4; None where there are none."""
        return self.total_now / self.shared if self.shared else None

    @property
    def change(self) -> float | None:
        """Mean now minus mean before; None where nothing is shared."""
        return (self.total_now - self.total_before) / self.shared if self.shared else None


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved between two waves for one party."""

    before_id: str
    now_id: str
    party_id: str
    domains: tuple[DomainMove, ...]
    """In the order of the form."""
    moves: tuple[StatementMove, ...]
    """By what matters: losses, the biggest first; what is no longer evidenced; gains, the biggest first; what
    is unchanged; what is scored in one wave only. Ties as on the form; not what is scored in neither."""

    def of_kind(self, kind: MoveKind) -> tuple[StatementMove, ...]:
        """Return the moves of one kind, in their order."""
        return tuple(move for move in self.moves if move.kind is kind)

    @property
    def no_longer_evidenced(self) -> tuple[StatementMove, ...]:
        """Every statement that lost its evidence, also where its score rose or fell."""
        return tuple(move for move in self.moves if move.is_no_longer_evidenced)

    @property
    def shared(self) -> int:
        """How many statements are scored in both waves."""
        return sum(domain.shared for domain in self.domains)


def movement(audit: Audit, before_id: str, now_id: str, party_id: str = PARTNERSHIP) -> Movement:
    """Return what moved from one wave to another for a party; KeyError if the audit lacks a wave."""
    audit.wave(before_id), audit.wave(now_id)
    moves: list[StatementMove] = []
    domains: list[DomainMove] = []
    for domain in audit.instrument.domains:
        found = [_move(audit, before_id, now_id, party_id, s) for s in domain.statements]
        there = [move for move in found if move is not None]
        moves += there
        domains.append(_domain_move(domain, there))
    order = list(MoveKind)
    moves.sort(key=lambda move: (order.index(move.kind), -abs(move.change or 0)))
    return Movement(before_id, now_id, party_id, tuple(domains), tuple(moves))


def target_for(audit: Audit, wave_id: str, statement_id: str) -> int | None:
    """Return what the partnership aimed at when it came to a wave; None if it set no target.

    That is the target set last in an earlier wave. What is set in the wave itself is for the next one, and
    counts only where no earlier wave has a target.
    """
    earlier = earlier_target(audit, wave_id, statement_id)
    return audit.agreed(wave_id, statement_id).target if earlier is None else earlier


def earlier_target(audit: Audit, wave_id: str, statement_id: str) -> int | None:
    """Return the target set last in an earlier wave; None if none was."""
    ids = [wave.wave_id for wave in audit.waves]
    for earlier in reversed(ids[: ids.index(wave_id)]):
        target = audit.agreed(earlier, statement_id).target
        if target is not None:
            return target
    return None


def _move(
    audit: Audit, before_id: str, now_id: str, party_id: str, statement: Statement
) -> StatementMove | None:
    number = statement.statement_id
    before = audit.response(ResponseKey(before_id, party_id, number))
    now = audit.response(ResponseKey(now_id, party_id, number))
    kind = _kind(before, now)
    if kind is None:
        return None
    baseline = baseline_of(audit)
    baseline_id = baseline.wave_id if baseline else before_id
    return StatementMove(
        statement=statement,
        kind=kind,
        before=before,
        now=now,
        target=target_for(audit, now_id, number) if party_id == PARTNERSHIP else None,
        baseline_score=audit.response(ResponseKey(baseline_id, party_id, number)).score,
    )


def _kind(before: Response, now: Response) -> MoveKind | None:
    if before.score is None and now.score is None:
        return None
    if now.score is None:
        return MoveKind.ONLY_BEFORE
    if before.score is None:
        return MoveKind.ONLY_NOW
    if now.score != before.score:
        return MoveKind.LOSS if now.score < before.score else MoveKind.GAIN
    return MoveKind.NO_LONGER_EVIDENCED if _lost_evidence(before, now) else MoveKind.UNCHANGED


def _lost_evidence(before: Response, now: Response) -> bool:
    return has_evidence(before.evidence) and not has_evidence(now.evidence)


def _domain_move(domain: Domain, moves: list[StatementMove]) -> DomainMove:
    shared = [move for move in moves if move.change is not None]
    return DomainMove(
        domain=domain,
        shared=len(shared),
        statements=len(domain.statements),
        total_before=sum(move.before.score or 0 for move in shared),
        total_now=sum(move.now.score or 0 for move in shared),
        only_before=sum(move.kind is MoveKind.ONLY_BEFORE for move in moves),
        only_now=sum(move.kind is MoveKind.ONLY_NOW for move in moves),
    )
