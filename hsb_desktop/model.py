"""The audit as frozen values: the audit tool, and what people enter. How one value is named: `values.py`.

Nothing here reads or writes anything. An `Audit` never changes: `Audit.with_changes` returns the next one.
Terms are those of the framework's audit tool; see `docs/file-format.md` for how each value is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from hsb_desktop.values import (
    FIELDS,
    NO_VIEW,
    PARTNERSHIP,
    REVEALED,
    AgreementKey,
    Change,
    FieldKind,
    NoteKey,
    ResponseKey,
    RoundKey,
    Subject,
    Value,
    ValueAddress,
    VoteKey,
)

Answer = int | str
"""What an agency can answer: a score from 0 to 4, or "no view"."""

# The instrument -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """One score of the scale with its printed descriptor and a short one for buttons."""

    score: int
    label: str
    short_label: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One scored row of the audit tool. A part (1.6a) carries the number and text of its heading (1.6)."""

    statement_id: str
    domain_id: str
    text: str
    prompts: tuple[str, ...] = ()
    heading_id: str = ""
    heading: str = ""

    @property
    def full_text(self) -> str:
        """The statement as one line of reading: heading, text and prompts."""
        return " ".join(part for part in (self.heading, self.text, "; ".join(self.prompts)) if part)


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the audit tool's domains with its scored statements in the order of the form."""

    domain_id: str
    short_title: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Instrument:
    """One edition of the audit tool: wording as data."""

    instrument_id: str
    title: str
    edition: str
    language: str
    acknowledgement: str
    note: str
    scale: tuple[ScalePoint, ...]
    domains: tuple[Domain, ...]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All scored statements in the order of the form."""
        return tuple(statement for domain in self.domains for statement in domain.statements)

    @cached_property
    def _statement_by_id(self) -> dict[str, Statement]:
        return {statement.statement_id: statement for statement in self.statements}

    def has_statement(self, statement_id: str) -> bool:
        """Whether this edition scores a statement of that number."""
        return statement_id in self._statement_by_id

    def statement(self, statement_id: str) -> Statement:
        """Return a scored statement by its number; KeyError if there is none."""
        return self._statement_by_id[statement_id]

    def domain(self, domain_id: str) -> Domain:
        """Return a domain by its number; KeyError if there is none."""
        for domain in self.domains:
            if domain.domain_id == domain_id:
                return domain
        raise KeyError(domain_id)

    def scale_point(self, score: int) -> ScalePoint:
        """Return the scale's point for a score from 0 to 4; KeyError for any other."""
        for point in self.scale:
            if point.score == score:
                return point
        raise KeyError(score)


# What people enter --------------------------------------------------------------------------------------


class AuditKind(StrEnum):
    """Who audits: it changes the words on screen and in print, not the arithmetic."""

    PARTNERSHIP = "partnership"
    SINGLE_AGENCY = "single agency"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class AuditDetails:
    """What stands on the cover of an audit."""

    title: str = ""
    area: str = ""
    kind: AuditKind = AuditKind.PARTNERSHIP
    coordinator_name: str = ""
    coordinator_role: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting of a wave. `held_on` is YYYY-MM-DD or empty."""

    sitting_id: str
    wave_id: str
    held_on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wave:
    """One round of the audit. `held_on` is YYYY-MM-DD or empty."""

    wave_id: str
    label: str = ""
    held_on: str = ""
    is_locked: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Agency:
    """One organisation in the partnership."""

    agency_id: str
    name: str = ""
    sector: str = ""
    area: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Response:
    """One party's answer to one statement in one wave. A score of None is *not scored*, never 0."""

    score: int | None = None
    no_view: bool = False
    no_view_reason: str = ""
    evidence: str = ""
    assurance: str = ""
    target: int | None = None


@dataclass(frozen=True, slots=True)
class DomainNote:
    """The comments and the date completed at the end of a domain; `completed_on` is YYYY-MM-DD or empty."""

    comments: str = ""
    completed_on: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers to the same question from two copies of an audit, kept until somebody settles it.

    The one whose revision sorts first is the first, whichever copy was merged into which.
    """

    conflict_id: str
    address: str = ""
    """Where the two values belong, as `str()` of its address writes it."""
    first_revision_id: str = ""
    first_value: Value = None
    first_author: str = ""
    second_revision_id: str = ""
    second_value: Value = None
    second_author: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the partnership came to its score for a statement, where that was not simply the recommended one.

    `reason` and `agreed_by` belong to a score other than the recommended; `what_would_help` answers the
    framework's question "What would make every agency confident?"; `dissent` is noted on an agency's wish.
    """

    reason: str = ""
    agreed_by: str = ""
    what_would_help: str = ""
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a file is for that was sent out to be filled in by one party alone, before the workshop.

    `party_id` is an agency, or the partnership for a table that agrees one domain; `domain_id` is empty where
    all domains are to be answered.
    """

    pack_id: str
    wave_id: str = ""
    party_id: str = ""
    domain_id: str = ""


# The audit ----------------------------------------------------------------------------------------------

_NOTHING_ENTERED = Response()
_NO_NOTE = DomainNote()
_NO_AGREEMENT = Agreement()


@dataclass(frozen=True, slots=True)
class Audit:
    """One partnership's audit: everything in its file but history."""

    audit_id: str
    instrument: Instrument
    made_at: str = ""
    is_sample: bool = False
    details: AuditDetails = field(default_factory=AuditDetails)
    waves: tuple[Wave, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    agencies: tuple[Agency, ...] = ()
    attendance: frozenset[tuple[str, str]] = frozenset()
    """Pairs of wave id and agency id."""
    responses: Mapping[ResponseKey, Response] = field(default_factory=dict)
    notes: Mapping[NoteKey, DomainNote] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    """How the partnership reads a statement, by its number; kept across waves."""
    conflicts: tuple[Conflict, ...] = ()
    """What two copies answered differently and nobody has settled yet."""
    rounds: Mapping[RoundKey, str] = field(default_factory=dict)
    """The state of each round of scoring: open or revealed."""
    votes: Mapping[VoteKey, Answer] = field(default_factory=dict)
    """What agencies answered in each round. Of an open round nobody may see it; see `analysis/rounds.py`."""
    agreements: Mapping[AgreementKey, Agreement] = field(default_factory=dict)
    packs: tuple[Pack, ...] = ()
    """In a file that was sent out for one party: what it is for. One at the most."""
    series: frozenset[tuple[str, str]] = frozenset()
    """Pairs of wave id and party id: what the radar shows and the report prints over one another."""

    def response(self, key: ResponseKey) -> Response:
        """Return what that party entered, or an empty response."""
        return self.responses.get(key, _NOTHING_ENTERED)

    def agreed(self, wave_id: str, statement_id: str) -> Response:
        """Return the partnership's agreed response."""
        return self.responses.get(ResponseKey(wave_id, PARTNERSHIP, statement_id), _NOTHING_ENTERED)

    def agreement(self, wave_id: str, statement_id: str) -> Agreement:
        """Return how a score was agreed, or an empty agreement."""
        return self.agreements.get(AgreementKey(wave_id, statement_id), _NO_AGREEMENT)

    def is_unseen(self, address: ValueAddress) -> bool:
        """Whether what stands, or ever stood, at an address is an answer that nobody may see.

        Its round is open, or was taken away: then nobody ever saw it.
        """
        if address.subject is not Subject.VOTE:
            return False
        return self.rounds.get(RoundKey(*address.key[:3])) != REVEALED

    @property
    def pack(self) -> Pack | None:
        """What this file is for if it was sent out to one party."""
        return self.packs[0] if self.packs else None

    def note(self, key: NoteKey) -> DomainNote:
        """Return a domain's comments and date completed, or an empty note."""
        return self.notes.get(key, _NO_NOTE)

    def wave(self, wave_id: str) -> Wave:
        """Return a wave by its id; KeyError if there is none."""
        for wave in self.waves:
            if wave.wave_id == wave_id:
                return wave
        raise KeyError(wave_id)

    def agency(self, agency_id: str) -> Agency:
        """Return an agency by its id; KeyError if there is none."""
        for agency in self.agencies:
            if agency.agency_id == agency_id:
                return agency
        raise KeyError(agency_id)

    def party_name(self, party_id: str) -> str:
        """Return how a party is called on screen and in print."""
        return "Partnership" if party_id == PARTNERSHIP else self.agency(party_id).name

    def agencies_in(self, wave_id: str) -> tuple[Agency, ...]:
        """Return the agencies that take part in a wave, in their order."""
        return tuple(agency for agency in self.agencies if (wave_id, agency.agency_id) in self.attendance)

    def sittings_of(self, wave_id: str) -> tuple[Sitting, ...]:
        """Return a wave's sittings in the order of their dates."""
        return tuple(sitting for sitting in self.sittings if sitting.wave_id == wave_id)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has answered, noted or agreed anything yet."""
        return not (self.responses or self.notes or self.readings or self.rounds or self.agreements)

    def value(self, address: ValueAddress) -> Value:
        """Return the present value at an address; None if nothing was entered."""
        return _read_field(self._holder(address.subject, address.key), address)

    def _holder(self, subject: Subject, key: tuple[str, ...]) -> Any:
        if subject is Subject.AUDIT:
            return self.details
        if entries := _ENTRIES.get(subject):
            return getattr(self, entries.attribute).get(entries.key(*key), entries.nothing)
        if pairs := _PAIRS.get(subject):
            return key in getattr(self, pairs)
        attribute, id_name, _ = _COLLECTIONS[subject]
        return next((x for x in getattr(self, attribute) if getattr(x, id_name) == key[0]), None)

    def values(self) -> Iterator[tuple[ValueAddress, Value]]:
        """Yield every value that was entered, with its address."""
        for subject, key, holder in self._holders():
            for field_name in FIELDS[subject]:
                address = ValueAddress(subject, key, field_name)
                value = _read_field(holder, address)
                if value is not None:
                    yield address, value

    def _holders(self) -> Iterator[tuple[Subject, tuple[str, ...], Any]]:
        yield Subject.AUDIT, (), self.details
        for subject, (attribute, id_name, _) in _COLLECTIONS.items():
            for thing in getattr(self, attribute):
                yield subject, (getattr(thing, id_name),), thing
        for subject, attribute in _PAIRS.items():
            for pair in sorted(getattr(self, attribute)):
                yield subject, pair, True
        for subject, entries in _ENTRIES.items():
            for key, entry in getattr(self, entries.attribute).items():
                yield subject, (key,) if isinstance(key, str) else tuple(key), entry

    def with_changes(self, changes: Iterable[Change]) -> Audit:
        """Return the audit after these changes, in their order."""
        audit, found = self, tuple(changes)
        if len(found) > _FEW:
            return _with_many(self, found)
        for change in found:
            audit = audit._with_change(change)
        return audit

    def _with_change(self, change: Change) -> Audit:
        address, value = change.address, change.after
        if address.subject is Subject.AUDIT:
            return replace(self, details=_write_field(self.details, address, value))
        if entries := _ENTRIES.get(address.subject):
            changed: dict[str, Any] = {
                entries.attribute: _with_entry(getattr(self, entries.attribute), entries, address, value)
            }
            return replace(self, **changed)
        if pairs := _PAIRS.get(address.subject):
            pair, before = {address.key}, getattr(self, pairs)
            changed = {pairs: before | pair if value is not None else before - pair}
            return replace(self, **changed)
        return self._with_thing(address, value)

    def _with_thing(self, address: ValueAddress, value: Value) -> Audit:
        attribute, id_name, empty = _COLLECTIONS[address.subject]
        things = {getattr(thing, id_name): thing for thing in getattr(self, attribute)}
        thing = things.get(address.key[0]) or replace(empty, **{id_name: address.key[0]})
        things[address.key[0]] = _write_field(thing, address, value)
        if things[address.key[0]] == replace(empty, **{id_name: address.key[0]}):
            del things[address.key[0]]
        changed: dict[str, Any] = {attribute: tuple(sorted(things.values(), key=_order_of_thing))}
        return replace(self, **changed)


class _Entries(NamedTuple):
    """Where values are that are looked up by a key."""

    attribute: str
    key: Callable[..., Any]
    nothing: Any
    """What stands for a key that is not there."""


_ENTRIES: Mapping[Subject, _Entries] = MappingProxyType(
    {
        Subject.RESPONSE: _Entries("responses", ResponseKey, _NOTHING_ENTERED),
        Subject.DOMAIN_NOTE: _Entries("notes", NoteKey, _NO_NOTE),
        Subject.READING: _Entries("readings", str, ""),
        Subject.ROUND: _Entries("rounds", RoundKey, ""),
        Subject.VOTE: _Entries("votes", VoteKey, None),
        Subject.AGREEMENT: _Entries("agreements", AgreementKey, _NO_AGREEMENT),
    }
)

_PAIRS: Mapping[Subject, str] = MappingProxyType({Subject.ATTENDANCE: "attendance", Subject.SERIES: "series"})

_COLLECTIONS: Mapping[Subject, tuple[str, str, Any]] = MappingProxyType(
    {
        Subject.AGENCY: ("agencies", "agency_id", Agency("")),
        Subject.WAVE: ("waves", "wave_id", Wave("")),
        Subject.SITTING: ("sittings", "sitting_id", Sitting("", "")),
        Subject.CONFLICT: ("conflicts", "conflict_id", Conflict("")),
        Subject.PACK: ("packs", "pack_id", Pack("")),
    }
)


def _order_of_thing(thing: Wave | Agency | Sitting | Conflict | Pack) -> tuple[int, str, str]:
    match thing:
        case Wave():
            return thing.position, thing.held_on, thing.wave_id
        case Agency():
            return thing.position, thing.name, thing.agency_id
        case Sitting():
            return 0, thing.held_on, thing.sitting_id
        case Conflict():
            return 0, thing.address, thing.conflict_id
        case Pack():
            return 0, "", thing.pack_id


_FEW = 8
"""Changes: so few are quicker made one by one."""


def _with_many(audit: Audit, changes: Iterable[Change]) -> Audit:
    """Return the audit after these changes; each map and list of it is copied once, not for each change."""
    held: dict[str, Any] = {}
    for change in changes:
        address, value = change.address, change.after
        if address.subject is Subject.AUDIT:
            held["details"] = _write_field(held.get("details", audit.details), address, value)
        elif entries := _ENTRIES.get(address.subject):
            if entries.attribute not in held:
                held[entries.attribute] = _copied(getattr(audit, entries.attribute))
            _put_entry(held[entries.attribute], entries, address, value)
        elif pairs := _PAIRS.get(address.subject):
            if pairs not in held:
                held[pairs] = set(getattr(audit, pairs))
            (held[pairs].add if value is not None else held[pairs].discard)(address.key)
        else:
            _put_thing(held, audit, address, value)
    return replace(audit, **{attribute: _frozen(attribute, found) for attribute, found in held.items()})


def _put_thing(held: dict[str, Any], audit: Audit, address: ValueAddress, value: Value) -> None:
    attribute, id_name, empty = _COLLECTIONS[address.subject]
    if attribute not in held:
        held[attribute] = {getattr(thing, id_name): thing for thing in getattr(audit, attribute)}
    known = held[attribute].get(address.key[0])
    thing = _write_field(known or replace(empty, **{id_name: address.key[0]}), address, value)
    held[attribute][address.key[0]] = thing
    if not value and thing == replace(empty, **{id_name: address.key[0]}):
        del held[attribute][address.key[0]]


def _frozen(attribute: str, found: Any) -> Any:
    """Return what was collected for an attribute of the audit as it is kept."""
    if attribute in {listed for listed, *_ in _COLLECTIONS.values()}:
        return tuple(sorted(found.values(), key=_order_of_thing))
    if isinstance(found, set):
        return frozenset(found)
    return MappingProxyType(found) if isinstance(found, dict) else found


def _with_entry(
    entries: Mapping[Any, Any], kept: _Entries, address: ValueAddress, value: Value
) -> Mapping[Any, Any]:
    changed = _copied(entries)
    _put_entry(changed, kept, address, value)
    return MappingProxyType(changed)


def _copied(entries: Mapping[Any, Any]) -> dict[Any, Any]:
    # A dict copies itself many times as fast as its proxy is read: an edit copies thousands of entries.
    return entries.copy() if isinstance(entries, MappingProxyType) else dict(entries)


def _put_entry(entries: dict[Any, Any], kept: _Entries, address: ValueAddress, value: Value) -> None:
    key, nothing = kept.key(*address.key), kept.nothing
    if isinstance(nothing, str) or nothing is None:
        # The value itself is kept; in the other maps it is a field of what is kept.
        entry: Any = nothing if value is None else value
    else:
        entry = _write_field(entries.get(key, nothing), address, value)
    if entry == nothing:
        entries.pop(key, None)
    else:
        entries[key] = entry


def _read_field(holder: Any, address: ValueAddress) -> Value:
    if holder is None:
        return None
    if isinstance(holder, (bool, str, int, float, bytes)):
        # A yes, a text or an answer of its own, or what a hostile file has there; all others are dataclasses.
        return _as_value(address.kind, holder)
    value = getattr(holder, address.field)
    return _as_value(address.kind, NO_VIEW if address.kind is FieldKind.ANSWER and holder.no_view else value)


def _as_value(kind: FieldKind, value: Any) -> Value:
    match kind:
        case FieldKind.TEXT | FieldKind.DATE | FieldKind.REFERENCE | FieldKind.ADDRESS | FieldKind.POSITION:
            return value or None
        case FieldKind.FLAG:
            return 1 if value else None
        case FieldKind.ROUND_STATE:
            return value or None
        case FieldKind.AUDIT_KIND:
            return str(value)
        case _:
            return value  # type: ignore[no-any-return]  # a score, no view or None, read by name


def _write_field(holder: Any, address: ValueAddress, value: Value) -> Any:
    match address.kind:
        case FieldKind.ANSWER:
            no_view = value == NO_VIEW
            return replace(holder, score=None if no_view else value, no_view=no_view)
        case FieldKind.TEXT | FieldKind.DATE | FieldKind.REFERENCE | FieldKind.ADDRESS:
            entered: Any = value or ""
        case FieldKind.FLAG:
            entered = value is not None
        case FieldKind.POSITION:
            entered = value or 0
        case FieldKind.AUDIT_KIND:
            entered = AuditKind(str(value)) if value else AuditKind.PARTNERSHIP
        case _:
            entered = value
    return replace(holder, **{address.field: entered})
