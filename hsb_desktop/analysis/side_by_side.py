"""What is shown of several members: each under a letter, or by name where somebody chose that on purpose.

Members stand in the order of their letters or of their names, never of their scores: this is no league table,
and nothing here, or in what prints it, sorts by a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hsb_desktop.analysis.several import Comparison, Grouping, compare, groups_of
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.values import SCORES

UNMODERATED = "Self-assessed, unmoderated"
"""Stands on everything that sets members beside one another."""


class MemberKind(StrEnum):
    """What the members are."""

    AUDITS = "audits"
    AREAS = "areas"
    SECTORS = "sectors"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Several members as they are shown, on the screen and in print."""

    comparison: Comparison
    """Its members stand in the order in which they are shown."""
    names: tuple[str, ...]
    """What each member is called: a letter, or its name."""
    kind: MemberKind
    is_named: bool
    instrument: Instrument
    """The edition whose words are shown."""
    wave: str
    """Which wave of each, in words."""
    notes: tuple[str, ...] = ()
    """Sentences on what a reader should know; nothing in them says who is who."""
    details: tuple[str, ...] = ()
    """One for each member: which wave of it, and its day. Only where members are named."""
    marking: str = ""
    is_sample: bool = False


def lettered(comparison: Comparison) -> tuple[Comparison, tuple[str, ...]]:
    """Return the comparison, with a letter for each member: nothing in these names says who it is."""
    return comparison, comparison.letters


def named(comparison: Comparison) -> tuple[Comparison, tuple[str, ...]]:
    """Return the comparison in the order of the members' names, with those.

    Members of the same name are told apart by a number; one without a name is called "No name given".
    """
    plain = [member.name or "No name given" for member in comparison.members]
    order = sorted(range(len(plain)), key=lambda place: (plain[place].casefold(), place))
    ordered = _reordered(comparison, order)
    return ordered, _told_apart([plain[place] for place in order])


def groups_side_by_side(audit: Audit, wave_id: str, grouping: Grouping, *, is_named: bool) -> SideBySide:
    """Return the areas or sectors of one audit beside one another, in one wave.

    KeyError if the audit has no such wave.
    """
    wave = audit.wave(wave_id)
    comparison = compare(groups_of(audit, wave_id, grouping), audit.instrument)
    ordered, names = named(comparison) if is_named else lettered(comparison)
    is_area = grouping is Grouping.AREA
    what = "area" if is_area else "sector"
    return SideBySide(
        comparison=ordered,
        names=names,
        kind=MemberKind.AREAS if is_area else MemberKind.SECTORS,
        is_named=is_named,
        instrument=audit.instrument,
        wave=wave.label,
        notes=(
            f"The score of {'an' if is_area else 'a'} {what} is the lowest that any of its agencies gave: "
            "the lower-score rule. Agencies with no view or no answer have no say. An agency that works for "
            f"several {what}s counts in each.",
        ),
        marking=audit.details.marking.strip(),
        is_sample=audit.is_sample,
    )


def counts_by_score(scores: Sequence[int | None]) -> tuple[int, ...]:
    """Return how many members have 0, 1, 2, 3 and 4."""
    counted = Counter(scores)
    return tuple(counted[score] for score in SCORES)


def _reordered(comparison: Comparison, order: Sequence[int]) -> Comparison:
    return Comparison(
        members=tuple(comparison.members[place] for place in order),
        letters=tuple(comparison.letters[place] for place in order),
        domains=tuple(
            replace(domain, scores=tuple(domain.scores[place] for place in order))
            for domain in comparison.domains
        ),
        statements=tuple(
            replace(statement, scores=tuple(statement.scores[place] for place in order))
            for statement in comparison.statements
        ),
    )


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    often = Counter(names)
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(f"{name} ({seen[name]})" if often[name] > 1 else name)
    return tuple(told)
