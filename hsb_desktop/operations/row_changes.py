"""What the rows of a table change in an audit: waves and agencies found or added, values set, clashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hsb_desktop.errors import RowProblem, RowsRefused
from hsb_desktop.interchange.rows import Entries, Entry, reasons_left_out
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Agency, Audit, Wave
from hsb_desktop.operations.by_name import folded
from hsb_desktop.operations.rounds import reason_gone, recorded_after_reveal
from hsb_desktop.operations.waves import locked_wave
from hsb_desktop.values import (
    NO_VIEW,
    PARTNERSHIP,
    Change,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    new_id,
    response_address,
)

_PARTNERSHIP_NAMES = frozenset((PARTNERSHIP, f"the {PARTNERSHIP}"))
"""What people call the partnership: an agency of that name would vote beside those that it consists of."""


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What a table's rows change."""

    changes: tuple[Change, ...]
    added_agencies: tuple[str, ...]
    added_waves: tuple[str, ...]
    responses_changed: int
    responses_unchanged: int
    notices: tuple[str, ...]


def changes_from_entries(audit: Audit, read: Entries, name: str) -> RowChanges:
    """Return what the entries of a table change; `name` is the file's.

    Raises RowsRefused with every row that was wrong in itself, or clashes with another or with the audit.
    """
    collector = _Collector(audit)
    for entry in read.with_faulty:
        collector.take(entry)
    refuse_rows(name, (*read.problems, *collector.problems))
    return collector.result()


def refuse_rows(name: str, problems: Iterable[RowProblem]) -> None:
    """Raise RowsRefused for the file of this name if there is a row that cannot be used."""
    in_order = tuple(sorted(problems, key=_row_number))
    if not in_order:
        return
    rows = len({problem.row for problem in in_order})
    raise RowsRefused(
        f"{name} was not taken in, and nothing was changed: {rows} of its rows cannot be used."
        if rows > 1
        else f"{name} was not taken in, and nothing was changed: one of its rows cannot be used.",
        in_order,
    )


class _Collector:
    def __init__(self, audit: Audit) -> None:
        self.problems: list[RowProblem] = []
        self._audit = audit
        self._wanted: dict[ValueAddress, tuple[Value, str]] = {}
        """Address to value and the row that asked for it, in the order of asking."""
        self._waves: dict[str, list[str]] = {}
        self._agencies: dict[str, list[str]] = {}
        for wave in audit.waves:
            self._waves.setdefault(wave.label, []).append(wave.wave_id)
        for agency in audit.agencies:
            self._agencies.setdefault(agency.name, []).append(agency.agency_id)
        self._has_locked = any(wave.is_locked for wave in audit.waves)
        self._rows: dict[tuple[str, str, str], str] = {}
        self._answered: list[ResponseKey] = []
        self._added_waves: list[str] = []
        self._added_agencies: list[str] = []
        self._left_out: list[str] = []

    def take(self, entry: Entry) -> None:
        """Take in what one row says."""
        wave_id = self._wave(entry)
        party_id = self._party(entry)
        if wave_id is None or party_id is None:
            return
        about = (wave_id, party_id, entry.statement_id or f"domain {entry.domain_id}")
        if about in self._rows:
            what = f"statement {entry.statement_id}" if entry.statement_id else f"domain {entry.domain_id}"
            self._refuse(entry, f"is about {what} for the same wave and party as {self._rows[about]}")
            return
        self._rows[about] = entry.place
        self._set(entry, ValueAddress(Subject.WAVE, (wave_id,), "held_on"), entry.wave_date, "wave date")
        note = (wave_id, entry.domain_id)
        self._set(entry, ValueAddress(Subject.DOMAIN_NOTE, note, "comments"), entry.comments, "comments")
        self._set(
            entry, ValueAddress(Subject.DOMAIN_NOTE, note, "completed_on"), entry.completed_on, "completed on"
        )
        if party_id != PARTNERSHIP:
            self._set(entry, ValueAddress(Subject.AGENCY, (party_id,), "sector"), entry.sector, "sector")
            self._set(
                entry, ValueAddress(Subject.AGENCY, (party_id,), "area"), entry.agency_area, "agency area"
            )
            if self._is_attendance_noted(wave_id):
                attends = ValueAddress(Subject.ATTENDANCE, (wave_id, party_id), "attends")
                self._set(entry, attends, 1, "agency")
        if entry.statement_id:
            self._set(
                entry, ValueAddress(Subject.READING, (entry.statement_id,), "text"), entry.reading, "reading"
            )
            self._answer(entry, ResponseKey(wave_id, party_id, entry.statement_id))

    def _is_attendance_noted(self, wave_id: str) -> bool:
        """Whether who answers is ticked as taking part, too.

        In a wave without a tick all agencies take part: the first tick would throw out all the others. Where
        there was no wave or no agency before, nobody is thrown out.
        """
        if not self._audit.agencies:
            return True
        waves = {wave.wave_id for wave in self._audit.waves}
        return wave_id not in waves or any(noted == wave_id for noted, _ in self._audit.attendance)

    def result(self) -> RowChanges:
        """Return everything taken in so far."""
        changes = tuple(
            Change(address, before, value)
            for address, (value, _) in self._wanted.items()
            if (before := self._audit.value(address)) != value
        )
        changes += (*self._outdated_reasons(changes), *self._further_rounds(changes))
        changed = {change.address.key for change in changes if change.address.subject is Subject.RESPONSE}
        return RowChanges(
            changes=changes,
            added_agencies=tuple(self._added_agencies),
            added_waves=tuple(self._added_waves),
            responses_changed=len(changed),
            responses_unchanged=sum(tuple(key) not in changed for key in self._answered),
            notices=(
                *reasons_left_out(self._left_out),
                *_look_alikes("wave", self._added_waves, [wave.label for wave in self._audit.waves]),
                *_look_alikes(
                    "agency", self._added_agencies, [agency.name for agency in self._audit.agencies]
                ),
            ),
        )

    def _further_rounds(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Yield the rounds that answers belong to which change after a reveal, one answer after the other."""
        audit = self._audit
        for change in changes:
            if change.address.subject is Subject.RESPONSE and change.address.field == "score":
                recorded = recorded_after_reveal(audit, ResponseKey(*change.address.key), change.after)
                # Another agency's answer may follow, which belongs to the same round.
                audit = audit.with_changes(recorded)
                yield from recorded

    def _outdated_reasons(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Yield what takes away each reason for an answer that becomes another one."""
        for change in changes:
            address = change.address
            if address.subject is not Subject.RESPONSE or address.field != "score" or change.before is None:
                continue
            wave_id, party_id, statement_id = address.key
            if party_id == PARTNERSHIP:
                yield from reason_gone(self._audit, wave_id, statement_id)
            elif change.before == NO_VIEW:
                reason = address._replace(field="no_view_reason")
                if (before := self._audit.value(reason)) is not None:
                    yield Change(reason, before, None)

    def _answer(self, entry: Entry, key: ResponseKey) -> None:
        for field, value in entry.answer.items():
            if field == "no_view_reason" and not self._has_no_view(entry, key):
                self._left_out.append(entry.place)
            else:
                self._set(entry, response_address(key, field), value, field)
        if entry.answer:
            self._answered.append(key)

    def _has_no_view(self, entry: Entry, key: ResponseKey) -> bool:
        if "score" in entry.answer:
            return entry.answer["score"] == NO_VIEW
        return self._audit.response(key).no_view

    def _set(self, entry: Entry, address: ValueAddress, value: Value, column: str) -> None:
        if value is None or value == "":
            return
        known = self._wanted.get(address)
        if known is not None and known[0] != value:
            self._refuse(entry, f"{column}: is not the same as in {known[1]}, which is about the same one")
        elif (wave := self._locked_wave(address, value)) is not None:
            self._refuse(entry, f'{column}: the wave "{shown(wave.label)}" is locked; unlock it first')
        else:
            self._wanted.setdefault(address, (value, entry.place))

    def _locked_wave(self, address: ValueAddress, value: Value) -> Wave | None:
        """Return the locked wave of which this value would change something; None if of none."""
        if not self._has_locked or (before := self._audit.value(address)) == value:
            return None
        return locked_wave(self._audit, (Change(address, before, value),))

    def _wave(self, entry: Entry) -> str | None:
        if entry.wave:
            return self._named(entry, Subject.WAVE, entry.wave)
        if self._audit.waves:
            return self._audit.waves[-1].wave_id
        self._refuse(entry, "names no wave, and the audit has none")
        return None

    def _party(self, entry: Entry) -> str | None:
        if not entry.agency:
            return PARTNERSHIP
        if entry.agency not in self._agencies and folded(entry.agency) in _PARTNERSHIP_NAMES:
            self._refuse(
                entry,
                f'agency: "{shown(entry.agency)}" is no agency of the audit; leave the cell empty for what '
                "the partnership agreed",
            )
            return None
        return self._named(entry, Subject.AGENCY, entry.agency)

    def _named(self, entry: Entry, subject: Subject, name: str) -> str | None:
        """Return the id of the wave or agency of that name, a new one if there is none."""
        is_wave = subject is Subject.WAVE
        ids = (self._waves if is_wave else self._agencies).setdefault(name, [])
        if len(ids) > 1:
            self._refuse(entry, f'{subject}: the audit has more than one called "{shown(name)}"')
            return None
        if not ids:
            things: Sequence[Wave | Agency] = self._audit.waves if is_wave else self._audit.agencies
            added = self._added_waves if is_wave else self._added_agencies
            place = max((thing.position + 1 for thing in things), default=0) + len(added)
            ids.append(new_id())
            added.append(name)
            field = "label" if is_wave else "name"
            self._set(entry, ValueAddress(subject, (ids[0],), field), name, subject)
            self._set(entry, ValueAddress(subject, (ids[0],), "position"), place or None, "position")
        return ids[0]

    def _refuse(self, entry: Entry, reason: str) -> None:
        self.problems.append(RowProblem(entry.place, reason))


def _look_alikes(what: str, added: list[str], present: list[str]) -> list[str]:
    """Return a sentence for each new name that differs from another in spaces or capitals only."""
    seen = {folded(name): name for name in present}
    notices = []
    for name in added:
        other = seen.setdefault(folded(name), name)
        if other != name:
            notices.append(
                f'The new {what} "{shown(name)}" differs from "{shown(other)}" in spaces or capitals only.'
            )
    return notices


def _row_number(problem: RowProblem) -> int:
    return int(problem.row.split()[-1])
