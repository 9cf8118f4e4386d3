"""The data of an audit's JSON document as an audit, or every place in it that cannot be taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hsb_desktop.errors import RowsRefused
from hsb_desktop.interchange.json_together import TogetherReader
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import (
    Agency,
    Audit,
    AuditDetails,
    DomainNote,
    Instrument,
    Response,
    Sitting,
    Wave,
)
from hsb_desktop.values import PARTNERSHIP, NoteKey, ResponseKey

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
    notices = list(reader.left_out)
    if unknown := ", ".join(sorted(reader.unknown)):
        notices.append(f"Not taken in, because the program has no such field: {unknown}.")
    return audit, tuple(notices)


class _Reader(TogetherReader):
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
        rounds, votes = self._rounds(data)
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
            rounds=rounds,
            votes=votes,
            agreements=self._agreements(data),
            conflicts=self._conflicts(data),
            packs=self._packs(data),
            series=self._series(data),
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
        if data.get("waves") in (None, []):
            # Everything is entered in a wave: in an audit without one no statement could be answered.
            self._refuse("waves", "must hold at least one wave: scores and texts are entered in a wave")
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
            key = ResponseKey(self._wave(row, place), self._party(row, place), self._statement(row, place))
            if key in responses:
                self._refuse(place, "answers the same statement for the same wave and party as one before it")
            responses[key] = self._response(row, place, is_agency=key.party_id != PARTNERSHIP)
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
        notes: dict[NoteKey, DomainNote] = {}
        for place, row in self._rows(data, "domain_notes", "domain_notes"):
            domain_id = self._domain(row, place)
            key = NoteKey(self._wave(row, place), domain_id)
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
