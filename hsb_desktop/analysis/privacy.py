"""What in an audit can point at one person, before the audit leaves its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from hsb_desktop.analysis.identifiers import Found, Identifier, find_in
from hsb_desktop.model import Audit
from hsb_desktop.values import PARTNERSHIP, FieldKind, Subject, ValueAddress

_BEFORE, _AFTER = 40, 40
"""Characters shown on either side of what was found."""

_SPACES = re.compile(r"\s+")

_NOT_SHARED = frozenset({"first_author", "second_author"})
"""Who wrote the two sides of a conflict is left out of everything that leaves."""

_SUBJECTS = tuple(Subject)
_TITLE = ValueAddress(Subject.AUDIT, (), "title")


@dataclass(frozen=True, slots=True)
class Finding:
    """One identifier in one text of an audit: `value[start:end]` of the value at the address."""

    kind: Identifier
    address: ValueAddress
    start: int
    end: int
    found: str
    before: str
    """Some words before it, on one line."""
    after: str

    @property
    def excerpt(self) -> str:
        """What was found, in square brackets, with the words around it."""
        return f"{self.before}[{_on_one_line(self.found)}]{self.after}"


def findings(
    audit: Audit, *, today: date, leaves: Callable[[ValueAddress], bool] | None = None
) -> tuple[Finding, ...]:
    """Return every identifier in what people typed into an audit, in the order of the form, wave by wave.

    `leaves` tells which values go out; all do if it is not given. History is no part of an `Audit` and is not
    searched. Whether a date is a review's or somebody's birthday is judged from the wave's date, else from
    `today`. What is found, and what cannot be: `identifiers.find_in`, `birth_dates.birth_dates`.
    """
    texts = [(address, text) for address, text in texts_of(audit) if leaves is None or leaves(address)]
    order = _Order(audit)
    days = {wave.wave_id: _day(wave.held_on) or today for wave in audit.waves}
    return tuple(
        finding
        for address, text in sorted(texts, key=lambda pair: order(pair[0]))
        for finding in _findings_in(address, text, days.get(wave_of(audit, address), today))
    )


def texts_of(audit: Audit) -> Iterator[tuple[ValueAddress, str]]:
    """Yield every text that somebody typed, both sides of a conflict too, with its address."""
    for address, value in audit.values():
        is_typed = address.kind in (FieldKind.TEXT, FieldKind.ANY) and address.field not in _NOT_SHARED
        if is_typed and isinstance(value, str):
            yield address, value


def wave_of(audit: Audit, address: ValueAddress) -> str:
    """Return the id of the wave that a value belongs to; an empty text if it belongs to none."""
    match address.subject:
        case Subject.WAVE | Subject.RESPONSE | Subject.DOMAIN_NOTE | Subject.AGREEMENT:
            return address.key[0]
        case Subject.ATTENDANCE | Subject.ROUND | Subject.VOTE | Subject.SERIES:
            return address.key[0]
        case Subject.SITTING:
            return next((each.wave_id for each in audit.sittings if each.sitting_id == address.key[0]), "")
        case Subject.CONFLICT:
            return wave_of(audit, disputed(audit, address))
        case _:
            return ""


def disputed(audit: Audit, address: ValueAddress) -> ValueAddress:
    """Return the address of the value that a conflict is about; of the audit's title if nobody can tell."""
    written = next((each.address for each in audit.conflicts if each.conflict_id == address.key[0]), "")
    try:
        about = ValueAddress.parse(written)
    except (ValueError, KeyError):
        return _TITLE
    return _TITLE if about.subject is Subject.CONFLICT else about


def words_around(text: str, found: Found) -> str:
    """Return what was found in a text, in square brackets, with some words around it, on one line."""
    before, after = _around(text, found)
    return f"{before}[{_on_one_line(found.text)}]{after}"


def _findings_in(address: ValueAddress, text: str, as_of: date) -> Iterator[Finding]:
    for found in find_in(text, as_of=as_of):
        before, after = _around(text, found)
        yield Finding(found.kind, address, found.start, found.end, found.text, before, after)


def _around(text: str, found: Found) -> tuple[str, str]:
    first, last = max(found.start - _BEFORE, 0), found.end + _AFTER
    before = ("…" if first else "") + _on_one_line(text[first : found.start])
    after = _on_one_line(text[found.end : last]) + ("…" if last < len(text) else "")
    return before, after


def _on_one_line(text: str) -> str:
    return _SPACES.sub(" ", "".join(mark if mark.isprintable() else " " for mark in text))


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


class _Order:
    """The place of a value in the order in which a person goes through an audit."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._waves = {wave.wave_id: place for place, wave in enumerate(audit.waves)}
        self._parties = {PARTNERSHIP: -1}
        self._parties |= {agency.agency_id: place for place, agency in enumerate(audit.agencies)}
        self._statements: dict[str, tuple[int, int]] = {}
        for domain_place, domain in enumerate(audit.instrument.domains):
            # A domain's comments stand at its end.
            self._statements[domain.domain_id] = (domain_place, len(domain.statements))
            for place, statement in enumerate(domain.statements):
                self._statements[statement.statement_id] = (domain_place, place)

    def __call__(self, address: ValueAddress) -> tuple[object, ...]:
        is_answer = address.subject in (Subject.RESPONSE, Subject.DOMAIN_NOTE)
        wave = self._waves.get(wave_of(self._audit, address), -1)
        statement = self._statements.get(address.key[-1] if address.key else "", (-1, -1))
        party = self._parties.get(address.key[1], -1) if address.subject is Subject.RESPONSE else -1
        group = _SUBJECTS.index(Subject.RESPONSE if is_answer else address.subject)
        return group, wave, statement, party, str(address)
