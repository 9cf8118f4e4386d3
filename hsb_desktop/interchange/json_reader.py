"""The data of an audit's JSON document as an audit, or every place in it that cannot be taken in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from hsb_desktop.errors import RowProblem, RowsRefused
from hsb_desktop.interchange.text import is_date, shown, text_fault, with_line_ends
from hsb_desktop.model import (
    Agency,
    Audit,
    AuditDetails,
    AuditKind,
    DomainNote,
    Instrument,
    Response,
    Sitting,
    Wave,
)
from hsb_desktop.values import PARTNERSHIP, SCORES, NoteKey, ResponseKey, new_id

_KNOWN = {
    "": "format version audit agencies waves responses domain_notes readings instrument",
    "audit": "id title area instrument kind coordinator_name coordinator_role marking is_sample made_at",
    "agencies": "id name sector area",
    "waves": "id label held_on locked agencies sittings",
    "sittings": "id held_on note",
    "responses": "wave agency statement score no_view no_view_reason evidence assurance target",
    "domain_notes": "wave domain comments completed_on",
    "readings": "statement text",
}
_NO_RESPONSE = Response()
_NO_NOTE = DomainNote()


def audit_from_data(
    data: Mapping[str, Any], instrument: Instrument, name: str
) -> tuple[Audit, tuple[str, ...]]:
    """Return the audit that the document describes on this edition, and what was left out of it.

    Identifiers that are UUIDs are kept; others, which only this document knows, become new ones. Raises
    RowsRefused with every place that cannot be taken in.
    """
    reader = _Reader(instrument)
    audit = reader.audit(data)
    if reader.problems:
        raise RowsRefused(f"{name} was not taken in, and nothing was changed.", tuple(reader.problems))
    unknown = ", ".join(sorted(reader.unknown))
    return audit, (f"Not taken in, because the program has no such field: {unknown}.",) if unknown else ()


class _Reader:
    def __init__(self, instrument: Instrument) -> None:
        self.problems: list[RowProblem] = []
        self.unknown: set[str] = set()
        self._instrument = instrument
        self._ids: dict[tuple[str, str], str] = {}

    def audit(self, data: Mapping[str, Any]) -> Audit:
        self._note_unknown("", data)
        head = data.get("audit")
        if not isinstance(head, dict):
            self._refuse("audit", "must be an object")
            head = {}
        self._note_unknown("audit", head)
        if (edition := head.get("instrument")) != self._instrument.instrument_id:
            self._refuse("audit.instrument", f'is "{shown(edition)}", not "{self._instrument.instrument_id}"')
        agencies = tuple(self._agencies(data))
        waves, sittings, attendance = self._waves(data)
        return Audit(
            audit_id=self._text(head, "id", "audit"),
            instrument=self._instrument,
            made_at=self._text(head, "made_at", "audit"),
            is_sample=self._flag(head, "is_sample", "audit"),
            details=AuditDetails(
                title=self._text(head, "title", "audit"),
                area=self._text(head, "area", "audit"),
                kind=self._kind(head),
                coordinator_name=self._text(head, "coordinator_name", "audit"),
                coordinator_role=self._text(head, "coordinator_role", "audit"),
                marking=self._text(head, "marking", "audit"),
            ),
            waves=waves,
            sittings=sittings,
            agencies=agencies,
            attendance=attendance,
            responses=self._responses(data),
            notes=self._notes(data),
            readings=self._readings(data),
        )

    # Lists ----------------------------------------------------------------------------------------------

    def _agencies(self, data: Mapping[str, Any]) -> Iterator[Agency]:
        for position, (place, row) in enumerate(self._rows(data, "agencies", "agencies")):
            yield Agency(
                agency_id=self._new_id(row, "agency", place),
                name=self._name(row, "name", place),
                sector=self._text(row, "sector", place),
                area=self._text(row, "area", place),
                position=position,
            )

    def _waves(
        self, data: Mapping[str, Any]
    ) -> tuple[tuple[Wave, ...], tuple[Sitting, ...], frozenset[tuple[str, str]]]:
        waves, sittings, attendance = [], [], set()
        for position, (place, row) in enumerate(self._rows(data, "waves", "waves")):
            wave_id = self._new_id(row, "wave", place)
            waves.append(
                Wave(
                    wave_id=wave_id,
                    label=self._name(row, "label", place),
                    held_on=self._date(row, "held_on", place),
                    is_locked=self._flag(row, "locked", place),
                    position=position,
                )
            )
            for index, agency in enumerate(self._list(row, "agencies", f"{place}.agencies")):
                attendance.add((wave_id, self._known_id(agency, "agency", f"{place}.agencies[{index}]")))
            for sitting_place, sitting in self._rows(row, "sittings", f"{place}.sittings"):
                sittings.append(
                    Sitting(
                        sitting_id=self._new_id(sitting, "sitting", sitting_place),
                        wave_id=wave_id,
                        held_on=self._date(sitting, "held_on", sitting_place),
                        note=self._text(sitting, "note", sitting_place),
                    )
                )
        sittings.sort(key=lambda sitting: (sitting.held_on, sitting.sitting_id))
        return tuple(waves), tuple(sittings), frozenset(attendance)

    def _responses(self, data: Mapping[str, Any]) -> dict[ResponseKey, Response]:
        responses: dict[ResponseKey, Response] = {}
        for place, row in self._rows(data, "responses", "responses"):
            agency = row.get("agency")
            key = ResponseKey(
                self._known_id(row.get("wave"), "wave", f"{place}.wave"),
                PARTNERSHIP if agency is None else self._known_id(agency, "agency", f"{place}.agency"),
                self._statement(row, place),
            )
            if key in responses:
                self._refuse(place, "answers the same statement for the same wave and party as one before it")
            responses[key] = self._response(row, place, is_agency=agency is not None)
        return {key: response for key, response in responses.items() if response != _NO_RESPONSE}

    def _response(self, row: Mapping[str, Any], place: str, *, is_agency: bool) -> Response:
        response = Response(
            score=self._score(row, "score", place),
            no_view=self._flag(row, "no_view", place),
            no_view_reason=self._text(row, "no_view_reason", place),
            evidence=self._text(row, "evidence", place),
            assurance=self._text(row, "assurance", place),
            target=self._score(row, "target", place),
        )
        if response.no_view and response.score is not None:
            self._refuse(f"{place}.no_view", "stands beside a score: it is one or the other")
        if not is_agency and (response.no_view or response.no_view_reason):
            self._refuse(f"{place}.no_view", "is an answer of an agency, and this is the agreed response")
        if is_agency and response.target is not None:
            self._refuse(f"{place}.target", "belongs to the agreed response, and this is an agency's")
        return response

    def _notes(self, data: Mapping[str, Any]) -> dict[NoteKey, DomainNote]:
        domains = {domain.domain_id for domain in self._instrument.domains}
        notes: dict[NoteKey, DomainNote] = {}
        for place, row in self._rows(data, "domain_notes", "domain_notes"):
            domain_id = self._text(row, "domain", place)
            if domain_id not in domains:
                self._refuse(f"{place}.domain", f'"{shown(domain_id)}" is no domain of this edition')
            key = NoteKey(self._known_id(row.get("wave"), "wave", f"{place}.wave"), domain_id)
            if key in notes:
                self._refuse(place, "is about the same domain and wave as one before it")
            notes[key] = DomainNote(
                self._text(row, "comments", place), self._date(row, "completed_on", place)
            )
        return {key: note for key, note in notes.items() if note != _NO_NOTE}

    def _readings(self, data: Mapping[str, Any]) -> dict[str, str]:
        readings: dict[str, str] = {}
        for place, row in self._rows(data, "readings", "readings"):
            statement_id = self._statement(row, place)
            if statement_id in readings:
                self._refuse(place, "is about the same statement as one before it")
            readings[statement_id] = self._text(row, "text", place)
        return {statement_id: text for statement_id, text in readings.items() if text}

    def _rows(
        self, holder: Mapping[str, Any], field: str, where: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for index, row in enumerate(self._list(holder, field, where)):
            place = f"{where}[{index}]"
            if isinstance(row, dict):
                self._note_unknown(field, row)
                yield place, row
            else:
                self._refuse(place, "must be an object")

    # Values ---------------------------------------------------------------------------------------------

    def _list(self, holder: Mapping[str, Any], field: str, where: str) -> list[Any]:
        items = holder.get(field)
        if items is None:
            return []
        if isinstance(items, list):
            return items
        self._refuse(where, "must be a list")
        return []

    def _text(self, row: Mapping[str, Any], field: str, place: str) -> str:
        value = row.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._refuse(f"{place}.{field}", "must be a text")
            return ""
        text = with_line_ends(value)
        if fault := text_fault(text):
            self._refuse(f"{place}.{field}", fault)
        return text

    def _name(self, row: Mapping[str, Any], field: str, place: str) -> str:
        text = self._text(row, field, place)
        if not text.strip():
            self._refuse(f"{place}.{field}", "must not be empty")
        return text

    def _date(self, row: Mapping[str, Any], field: str, place: str) -> str:
        text = self._text(row, field, place)
        if text and not is_date(text):
            self._refuse(f"{place}.{field}", "must be a day written as YYYY-MM-DD, or empty")
        return text

    def _flag(self, row: Mapping[str, Any], field: str, place: str) -> bool:
        value = row.get(field)
        if value is not None and not isinstance(value, bool):
            self._refuse(f"{place}.{field}", "must be true or false")
        return value is True

    def _score(self, row: Mapping[str, Any], field: str, place: str) -> int | None:
        value = row.get(field)
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value in SCORES:
            return int(value)
        self._refuse(f"{place}.{field}", "must be 0, 1, 2, 3, 4 or null")
        return None

    def _kind(self, head: Mapping[str, Any]) -> AuditKind:
        text = self._text(head, "kind", "audit")
        try:
            return AuditKind(text) if text else AuditKind.PARTNERSHIP
        except ValueError:
            self._refuse("audit.kind", f"must be one of: {', '.join(AuditKind)}")
            return AuditKind.PARTNERSHIP

    def _statement(self, row: Mapping[str, Any], place: str) -> str:
        statement_id = self._text(row, "statement", place)
        if not self._instrument.has_statement(statement_id):
            self._refuse(
                f"{place}.statement", f'"{shown(statement_id)}" is no scored statement of this edition'
            )
        return statement_id

    def _new_id(self, row: Mapping[str, Any], what: str, place: str) -> str:
        written = self._text(row, "id", place)
        if not written:
            if what == "sitting":
                return new_id()
            self._refuse(f"{place}.id", "must not be empty")
        elif (what, written) in self._ids:
            self._refuse(f"{place}.id", f'"{shown(written)}" stands there twice')
        return self._ids.setdefault((what, written), _own_id(written))

    def _known_id(self, written: Any, what: str, place: str) -> str:
        if isinstance(written, str) and (what, written) in self._ids:
            return self._ids[what, written]
        self._refuse(place, f'"{shown(written)}" is no {what} of this document')
        return ""

    def _note_unknown(self, kind: str, row: Mapping[str, Any]) -> None:
        known = _KNOWN[kind].split()
        self.unknown.update(f"{kind}.{shown(key)}" if kind else shown(key) for key in row if key not in known)

    def _refuse(self, place: str, reason: str) -> None:
        self.problems.append(RowProblem(place, reason))


def _own_id(written: str) -> str:
    """Return a UUID as it is usually written; a new one for any other text, which could name anything."""
    try:
        return str(uuid.UUID(written)) if len(written) == 36 else new_id()
    except ValueError:
        return new_id()
