"""What the report says of two waves: what moved and why, like for like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.movement import DomainMove, MoveKind, Movement, StatementMove, movement
from hsb_desktop.analysis.scoring import written_mean
from hsb_desktop.model import Audit, Wave


@dataclass(frozen=True, slots=True)
class DomainMoved:
    """One domain in two waves, each cell ready to print."""

    name: str
    before: str
    now: str
    change: str
    shared: str
    """For example "7 of 10"."""
    only: str
    """What is scored in one wave only; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class StatementMoved:
    """One statement in two waves."""

    statement_id: str
    reference: str
    from_to: str
    """For example "1 → 3"."""
    progress: str
    """Progress against the target in words; empty without a target."""
    evidence_before: str
    evidence_now: str
    lost_evidence: bool


@dataclass(frozen=True, slots=True)
class MovedList:
    """The statements that moved one way. `is_brief` ones are listed by number and scores only."""

    heading: str
    intro: str
    statements: tuple[StatementMoved, ...]
    is_brief: bool = False


@dataclass(frozen=True, slots=True)
class MovedPart:
    """What moved from one wave to another."""

    title: str
    about: str
    """The two waves with their dates."""
    like_for_like: str
    domains: tuple[DomainMoved, ...]
    lists: tuple[MovedList, ...]


def moved_parts(audit: Audit, wave_id: str) -> tuple[MovedPart, ...]:
    """Return what moved since the wave before, and since the baseline where that is another one.

    There is none for the first wave. The second part has no texts: they stand in the first.
    """
    ids = [wave.wave_id for wave in audit.waves]
    place = ids.index(wave_id)
    if not place:
        return ()
    parts = [_part(audit, ids[place - 1], wave_id, "What moved and why")]
    if place > 1:
        first = audit.waves[0]
        parts.append(_part(audit, ids[0], wave_id, f"Since {first.label}", is_brief=True))
    return tuple(parts)


def _part(audit: Audit, before_id: str, now_id: str, title: str, *, is_brief: bool = False) -> MovedPart:
    found = movement(audit, before_id, now_id)
    count = len(audit.instrument.statements)
    return MovedPart(
        title=title,
        about=f"{_wave(audit.wave(before_id))} → {_wave(audit.wave(now_id))}",
        like_for_like=(
            f"Like for like: only the {found.shared} of {count} statements that are scored in both waves "
            "count here, so that leaving out a weak statement does not look like a gain. These means can "
            "differ from those on other pages."
        ),
        domains=tuple(_domain(domain) for domain in found.domains),
        lists=tuple(_lists(found, is_brief=is_brief)),
    )


def _wave(wave: Wave) -> str:
    return f"{wave.label} ({written_date(wave.held_on)})" if wave.held_on else wave.label


def _domain(found: DomainMove) -> DomainMoved:
    only = []
    if found.only_before:
        only.append(f"{found.only_before} before only")
    if found.only_now:
        only.append(f"{found.only_now} now only")
    return DomainMoved(
        name=f"{found.domain.domain_id}  {found.domain.short_title}",
        before=written_mean(found.mean_before),
        now=written_mean(found.mean_now),
        change=_signed(found.change),
        shared=f"{found.shared} of {found.statements}",
        only=", ".join(only),
    )


def _signed(change: float | None) -> str:
    if change is None:
        return "–"
    size = written_mean(abs(change))
    if size == "0.0":
        return "0.0"
    return f"+{size}" if change > 0 else f"−{size}"


def _lists(found: Movement, *, is_brief: bool) -> Iterator[MovedList]:
    for kind, heading, intro, always_brief in (
        (MoveKind.LOSS, "Losses", "Scored lower than before, the biggest fall first.", False),
        (
            MoveKind.NO_LONGER_EVIDENCED,
            "No longer evidenced",
            "The same score as before, but the evidence that stood there is not given again.",
            False,
        ),
        (MoveKind.GAIN, "Gains", "Scored higher than before, the biggest rise first.", False),
        (MoveKind.UNCHANGED, "Unchanged", "The same score as before.", True),
        (MoveKind.ONLY_BEFORE, "Scored before only", "These count in neither mean.", True),
        (MoveKind.ONLY_NOW, "Scored now only", "These count in neither mean.", True),
    ):
        moves = found.of_kind(kind)
        if moves:
            statements = tuple(_statement(move) for move in moves)
            yield MovedList(f"{heading} ({len(moves)})", intro, statements, is_brief or always_brief)


def _statement(move: StatementMove) -> StatementMoved:
    return StatementMoved(
        statement_id=move.statement.statement_id,
        reference=move.statement.full_text,
        from_to=f"{_score(move.before.score)} → {_score(move.now.score)}",
        progress=_progress(move),
        evidence_before=move.before.evidence.strip(),
        evidence_now=move.now.evidence.strip(),
        lost_evidence=move.is_no_longer_evidenced,
    )


def _progress(move: StatementMove) -> str:
    if move.target is None:
        return ""
    if move.progress is None:
        return f"Target {move.target}; progress –"
    percent = f"{round(100 * move.progress)}%".replace("-", "−")
    return f"Target {move.target}; {percent} of the way from the baseline"


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)
