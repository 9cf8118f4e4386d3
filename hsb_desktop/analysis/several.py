"""Several audits, or several areas or sectors inside one, beside one another: lowest, median and highest.

There is no order of the best: members stand in the order of their letters, which says nothing about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.analysis.scoring import DomainScore
from hsb_desktop.model import Agency, Audit, Domain, Instrument, Statement
from hsb_desktop.values import PARTNERSHIP, ResponseKey

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Grouping(StrEnum):
    """By what agencies of one audit are put together."""

    AREA = "area"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True)
class Member:
    """One audit, area or sector among several."""

    key: str
    """Tells it from the others, in every run alike; not for people."""
    name: str
    """Empty for agencies that name no area or sector."""
    scores: Mapping[str, int]
    """By statement; what is not scored is not in it."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Lowest, median and highest of what members have; all None where none has anything."""

    lowest: float | None
    median: float | None
    highest: float | None
    scored: int
    """How many members have a value."""
    members: int
    """Of how many."""


@dataclass(frozen=True, slots=True)
class DomainDistribution:
    """The means of one domain: each member's own, and their distribution."""

    domain: Domain
    distribution: Distribution
    scores: tuple[DomainScore, ...]
    """One for each member, in their order."""


@dataclass(frozen=True, slots=True)
class StatementDistribution:
    """The scores of one statement: each member's own, and their distribution."""

    statement: Statement
    distribution: Distribution
    scores: tuple[int | None, ...]
    """One for each member, in their order; None is not scored."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several members beside one another, in the order of their letters."""

    members: tuple[Member, ...]
    letters: tuple[str, ...]
    """A, B, C … for each member, where it is not to be named."""
    domains: tuple[DomainDistribution, ...]
    statements: tuple[StatementDistribution, ...]


def member_of(audit: Audit, wave_id: str, party_id: str = PARTNERSHIP, name: str = "") -> Member:
    """Return a party of an audit in a wave as a member, called by its area, else its title, or as given."""
    scores = {
        statement.statement_id: score
        for statement in audit.instrument.statements
        if (score := audit.response(ResponseKey(wave_id, party_id, statement.statement_id)).score) is not None
    }
    called = name or audit.details.area.strip() or audit.details.title.strip()
    return Member("/".join((audit.audit_id, wave_id, party_id)), called, scores)


def groups_of(audit: Audit, wave_id: str, grouping: Grouping) -> tuple[Member, ...]:
    """Return the areas or sectors of one audit as members, in the order of their names.

    A group's score for a statement is the lowest among its agencies that scored it: the lower-score rule, as
    between agencies. Agencies with no view or no answer have no say. An agency that works for several areas
    names them all, with semicolons between them ("Northmoor; Eastvale"), and counts in each; those that name
    none are a group of their own without a name, which stands last.
    """
    groups: dict[str, list[Agency]] = {}
    names: dict[str, str] = {}
    for agency in taking_part(audit, wave_id):
        for name in _names(agency.area if grouping is Grouping.AREA else agency.sector):
            folded = name.casefold()
            names.setdefault(folded, name)
            groups.setdefault(folded, []).append(agency)
    return tuple(
        Member(
            key="/".join((audit.audit_id, wave_id, grouping.value, folded)),
            name=names[folded],
            scores=_lowest_scores(audit, wave_id, groups[folded]),
        )
        for folded in sorted(groups, key=lambda folded: (not folded, folded))
    )


def compare(members: Iterable[Member], instrument: Instrument) -> Comparison:
    """Return members beside one another, by the statements of one edition.

    Raises ValueError if two members have the same key: an audit stands beside others once.
    """
    ordered = in_order_of_letters(members)
    return Comparison(
        members=ordered,
        letters=tuple(letter(place) for place in range(len(ordered))),
        domains=tuple(_domain(domain, ordered) for domain in instrument.domains),
        statements=tuple(_statement(statement, ordered) for statement in instrument.statements),
    )


def in_order_of_letters(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return members in the order in which they get the letters A, B, C … where they are not named.

    It is that of a checksum of their keys: the same in every run, whichever file is named first, and neither
    by name nor by score. Raises ValueError if two members have the same key.
    """
    from hashlib import sha256

    given = tuple(members)
    if len({member.key for member in given}) < len(given):
        raise ValueError("two members with the same key")
    return tuple(sorted(given, key=lambda member: sha256(member.key.encode()).digest()))


def letter(place: int) -> str:
    """Return the letter of a place, counted from 0: A to Z, then AA, AB …"""
    letters = ""
    while place >= 0:
        place, last = divmod(place, len(_ALPHABET))
        letters = _ALPHABET[last] + letters
        place -= 1
    return letters


def domain_score_of(member: Member, domain: Domain) -> DomainScore:
    """Return a member's domain: the mean of its scored statements, with how many."""
    scored = [member.scores[s.statement_id] for s in domain.statements if s.statement_id in member.scores]
    return DomainScore(domain.domain_id, len(scored), len(domain.statements), sum(scored))


def distribution(values: Sequence[float | None]) -> Distribution:
    """Return lowest, median and highest of those values that are there; not scored never counts as 0.

    The median of an even number is the mean of the two in the middle.
    """
    there = sorted(value for value in values if value is not None)
    if not there:
        return Distribution(None, None, None, 0, len(values))
    half = len(there) // 2
    median = there[half] if len(there) % 2 else (there[half - 1] + there[half]) / 2
    return Distribution(there[0], median, there[-1], len(there), len(values))


def _domain(domain: Domain, members: tuple[Member, ...]) -> DomainDistribution:
    scores = tuple(domain_score_of(member, domain) for member in members)
    return DomainDistribution(domain, distribution([score.mean for score in scores]), scores)


def _statement(statement: Statement, members: tuple[Member, ...]) -> StatementDistribution:
    scores = tuple(member.scores.get(statement.statement_id) for member in members)
    return StatementDistribution(statement, distribution(scores), scores)


def _lowest_scores(audit: Audit, wave_id: str, agencies: Iterable[Agency]) -> dict[str, int]:
    lowest: dict[str, int] = {}
    for agency in agencies:
        for statement in audit.instrument.statements:
            number = statement.statement_id
            score = audit.response(ResponseKey(wave_id, agency.agency_id, number)).score
            if score is not None:
                lowest[number] = min(score, lowest.get(number, score))
    return lowest


def _names(text: str) -> tuple[str, ...]:
    """Return the areas or sectors that a field names, each once; one empty name where it names none."""
    found = {name.casefold(): name for part in text.split(";") if (name := " ".join(part.split()))}
    return tuple(found.values()) or ("",)
