"""What rows out of a damaged file may mean: by their table where it is known, else by their shape.

A row of which only the shape is known can have more than one reading; which one holds, a digest decides
later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import cast

from hsb_desktop.store.digest import DIGEST_BYTES, history_digest, value_digest
from hsb_desktop.store.salvage import Cell, Row
from hsb_desktop.values import (
    FIELDS,
    KEY_LENGTH,
    NO_VIEW,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    response_address,
)

_SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "instrument": "tttttt",
        "scale_point": "itt",
        "domain": "titt",
        "statement": "ttittt",
        "prompt": "tit",
        "audit": "tttiTTTTTT",
        "wave": "tTTII",
        "sitting": "tTTT",
        "agency": "tTTTI",
        "attendance": "tti",
        "response_score": "tttIII",
        "response_text": "ttttT",
        "domain_note": "ttTT",
        "reading": "tT",
        "conflict": "tTTaTTaT",
        "scoring_round": "tttT",
        "vote": "tttta",
        "agreement": "ttTTTT",
        "pack": "tTTT",
        "series": "ttI",
        "value_state": "ttb",
        "seal": "ibb",
        "history": "itttttaab",
    }
)
"""The columns of each table: text, integer, blob of a digest's length, any; a capital may be NULL."""

FIXED_TABLES = ("instrument", "scale_point", "domain", "statement", "prompt", "audit")
_SCHEMA_KINDS = ("table", "index", "view", "trigger")
"""What the rows of the table of contents begin with."""
_TEXT_FIELDS = ("evidence", "assurance", "no_view_reason")
_ENTERED_AFTER = MappingProxyType({Subject.AUDIT: 4})
"""How many columns come before what people fill, where it is not the length of the key."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one row says, if it is of that subject."""

    values: tuple[tuple[ValueAddress, Value], ...]
    is_guess: bool
    """Its table or a length in it is doubtful: it counts only where a digest proves it."""
    is_of_table: bool = False
    """Whether its page is known to be of its table."""


@dataclass(frozen=True, slots=True)
class PastValue:
    """What history says of one value: its last visit has the highest number."""

    number: int
    address: ValueAddress
    before: Value
    after: Value
    is_as_saved: bool


@dataclass(slots=True)
class Findings:
    """Everything that was found in a file, unjudged."""

    readings: list[tuple[Reading, ...]] = field(default_factory=list)
    """By row, its possible readings."""
    states: set[tuple[str, bytes]] = field(default_factory=set)
    """Addresses and digests of values."""
    stray_states: set[tuple[str, bytes]] = field(default_factory=set)
    """The same out of rows to which no pointer leads."""
    seals: set[tuple[bytes, bytes]] = field(default_factory=set)
    """Digests over everything entered and everything fixed."""
    past: list[PastValue] = field(default_factory=list)
    fixed: dict[str, dict[tuple[Cell, ...], None]] = field(default_factory=dict)
    """By table, the rows that are written when a file is made; each once, in the order of finding."""

    def take(self, rows: Iterable[Row]) -> None:
        """Add what these rows say."""
        seen: set[Row] = set()
        for row in rows:
            if row not in seen:
                seen.add(row)
                self._take_row(row)

    def _take_row(self, row: Row) -> None:
        if row.columns[0] in _SCHEMA_KINDS:
            return
        readings: list[Reading] = []
        for table, shape in _SHAPES.items():
            columns = _fitted(row.columns, shape)
            if columns is None:
                continue
            is_guess = row.is_guess or row.table not in {"", table}
            if table == "value_state":
                states = self.stray_states if row.is_stray else self.states
                states.add(cast("tuple[str, bytes]", (columns[0], columns[2])))
            elif table == "seal":
                self.seals.add(cast("tuple[bytes, bytes]", columns[1:]))
            elif table == "history":
                self.past += _past_values(columns)
            elif table in FIXED_TABLES and not is_guess:
                self.fixed.setdefault(table, {})[columns] = None
            if reader := _READERS.get(table):
                found = reader(columns, is_guess)
                readings += [replace(reading, is_of_table=row.table == table) for reading in found]
        if readings:
            self.readings.append(tuple(readings))


def _fitted(columns: tuple[Cell, ...], shape: str) -> tuple[Cell, ...] | None:
    """Return the columns if they have this shape, else None."""
    if len(columns) != len(shape):
        return None
    fitted: list[Cell] = []
    for cell, letter in zip(columns, shape, strict=True):
        if cell is None:
            if not (letter.isupper() or letter == "a"):
                return None
            fitted.append(None)
            continue
        kept = _as_kind(cell, letter.lower())
        if kept is None:
            return None
        fitted.append(kept)
    return tuple(fitted)


def _as_kind(cell: Cell, letter: str) -> Cell:
    """Return the cell as that kind, None if it is none. One bit parts a text from a blob of its length."""
    if letter in "ta" and isinstance(cell, bytes):
        return cell.decode("utf-8", "surrogateescape")
    if letter == "b" and isinstance(cell, str):
        cell = cell.encode("utf-8", "surrogateescape")
    if isinstance(cell, bytes):
        return cell if letter == "b" and len(cell) == DIGEST_BYTES else None
    if isinstance(cell, str):
        return cell if letter in "ta" else None
    return cell if isinstance(cell, int) and letter in "ia" else None


def address_or_none(text: str) -> ValueAddress | None:
    """Return the address that a text writes, None if it writes none."""
    try:
        return ValueAddress.parse(text)
    except (ValueError, KeyError):
        return None


def digest_or_none(address: str, value: Value) -> bytes | None:
    """Return a value's digest; None for a text that is no text any more and has none."""
    try:
        return value_digest(address, value)
    except UnicodeError:
        return None


def _past_values(columns: tuple[Cell, ...]) -> list[PastValue]:
    number, *texts, before, after, digest = columns
    about = cast("list[str]", texts)
    address = address_or_none(about[1])
    if address is None:
        return []
    from_value, to_value = cast("tuple[Value, Value]", (before, after))
    ends = digest_or_none(about[1], from_value), digest_or_none(about[1], to_value)
    try:
        is_as_saved = None not in ends and history_digest(about, *cast("tuple[bytes, bytes]", ends)) == digest
    except UnicodeError:
        is_as_saved = False
    return [PastValue(cast("int", number), address, from_value, to_value, is_as_saved)]


def _of_subject(subject: Subject) -> Callable[[tuple[Cell, ...], bool], list[Reading]]:
    length = KEY_LENGTH[subject]

    def read(columns: tuple[Cell, ...], is_guess: bool) -> list[Reading]:
        key = cast("tuple[str, ...]", columns[:length])
        entered = cast("tuple[Value, ...]", columns[_ENTERED_AFTER.get(subject, length) :])
        values = (
            (ValueAddress(subject, key, name), value)
            for name, value in zip(FIELDS[subject], entered, strict=True)
            if value is not None
        )
        return [Reading(tuple(values), is_guess)]

    return read


def _scores(columns: tuple[Cell, ...], is_guess: bool) -> list[Reading]:
    *place, score, no_view, target = columns
    key = ResponseKey(*cast("list[str]", place))
    values: list[tuple[ValueAddress, Value]] = []
    if score is not None:
        values.append((response_address(key, "score"), cast("int", score)))
    if no_view is not None:
        values.append((response_address(key, "score"), NO_VIEW))
    if target is not None:
        values.append((response_address(key, "target"), cast("int", target)))
    return [Reading(tuple(values), is_guess)]


def _texts(columns: tuple[Cell, ...], is_guess: bool) -> list[Reading]:
    *place, name, text = columns
    if not isinstance(text, str):
        return []
    key = ResponseKey(*cast("list[str]", place))
    if name in _TEXT_FIELDS:
        return [Reading(((response_address(key, name), text),), is_guess)]
    return [Reading(((response_address(key, field_name), text),), True) for field_name in _TEXT_FIELDS]


_READERS: Mapping[str, Callable[[tuple[Cell, ...], bool], list[Reading]]] = MappingProxyType(
    {
        **{subject.value: _of_subject(subject) for subject in Subject if subject is not Subject.RESPONSE},
        "response_score": _scores,
        "response_text": _texts,
    }
)
