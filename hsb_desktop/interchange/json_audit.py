"""The whole audit as one JSON document, described in `docs/interchange.md`; `json_reader` reads it back."""

from __future__ import annotations

import json
from typing import Any

from hsb_desktop.instrument import instrument_to_data
from hsb_desktop.model import Answer, Audit, Conflict, Pack, Response, Wave
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, REVEALED, ResponseKey, RoundKey, ValueAddress

FORMAT = "hsbaudit"
VERSION = 1


def write_json(audit: Audit) -> bytes:
    """Return the audit as JSON in UTF-8; the same audit gives the same bytes."""
    return (json.dumps(audit_to_data(audit), ensure_ascii=False, indent=1) + "\n").encode()


def audit_to_data(audit: Audit) -> dict[str, Any]:
    """Return everything that the audit holds but its history as JSON data; lists are in its order."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "audit": {
            "id": audit.audit_id,
            "title": audit.details.title,
            "area": audit.details.area,
            "instrument": audit.instrument.instrument_id,
            "kind": str(audit.details.kind),
            "coordinator_name": audit.details.coordinator_name,
            "coordinator_role": audit.details.coordinator_role,
            "marking": audit.details.marking,
            "is_sample": audit.is_sample,
            "made_at": audit.made_at,
        },
        "agencies": [
            {"id": agency.agency_id, "name": agency.name, "sector": agency.sector, "area": agency.area}
            for agency in audit.agencies
        ],
        "waves": [_wave_to_data(audit, wave) for wave in audit.waves],
        "responses": [
            _response_to_data(key, audit.responses[key]) for key in sorted(audit.responses, key=_Order(audit))
        ],
        "domain_notes": [
            {
                "wave": key.wave_id,
                "domain": key.domain_id,
                "comments": audit.notes[key].comments,
                "completed_on": audit.notes[key].completed_on,
            }
            for key in sorted(audit.notes, key=_Order(audit))
        ],
        "readings": [
            {"statement": statement_id, "text": audit.readings[statement_id]}
            for statement_id in sorted(audit.readings, key=_Order(audit))
        ],
        "rounds": [
            _round_to_data(audit, key, audit.rounds[key]) for key in sorted(audit.rounds, key=_Order(audit))
        ],
        "agreements": [
            {
                "wave": key.wave_id,
                "statement": key.statement_id,
                "reason": audit.agreements[key].reason,
                "agreed_by": audit.agreements[key].agreed_by,
                "what_would_help": audit.agreements[key].what_would_help,
                "dissent": audit.agreements[key].dissent,
            }
            for key in sorted(audit.agreements, key=_Order(audit))
        ],
        "conflicts": [
            _conflict_to_data(conflict)
            for conflict in audit.conflicts
            if not (conflict.address and audit.is_unseen(ValueAddress.parse(conflict.address)))
        ],
        "pack": _pack_to_data(audit.pack),
        "series": [
            {"wave": wave_id, "agency": _agency_or_none(party_id)}
            for wave_id, party_id in sorted(audit.series, key=_Order(audit))
        ],
        "instrument": instrument_to_data(audit.instrument),
    }


def _round_to_data(audit: Audit, key: RoundKey, state: str) -> dict[str, Any]:
    """Return a round as everybody may see it: of an open one who has answered, and never what."""
    votes = {vote.agency_id: answer for vote, answer in audit.votes.items() if vote[:3] == key}
    present = [agency.agency_id for agency in audit.agencies if agency.agency_id in votes]
    data: dict[str, Any] = {
        "wave": key.wave_id,
        "statement": key.statement_id,
        "number": int(key.round_number),
        "state": state,
    }
    if state == REVEALED:
        return data | {"votes": [{"agency": agency, **_answer_to_data(votes[agency])} for agency in present]}
    return data | {"recorded": present}


def _answer_to_data(answer: Answer) -> dict[str, Any]:
    no_view = answer == NO_VIEW
    return {"score": None if no_view else answer, "no_view": no_view}


def _conflict_to_data(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.conflict_id,
        "address": conflict.address,
        "first_revision": conflict.first_revision_id,
        "first_value": conflict.first_value,
        "second_revision": conflict.second_revision_id,
        "second_value": conflict.second_value,
    }


def _pack_to_data(pack: Pack | None) -> dict[str, Any] | None:
    if pack is None:
        return None
    return {
        "id": pack.pack_id,
        "wave": pack.wave_id or None,
        "agency": _agency_or_none(pack.party_id),
        "domain": pack.domain_id or None,
    }


def _agency_or_none(party_id: str) -> str | None:
    return None if party_id == PARTNERSHIP else party_id


def _wave_to_data(audit: Audit, wave: Wave) -> dict[str, Any]:
    return {
        "id": wave.wave_id,
        "label": wave.label,
        "held_on": wave.held_on,
        "locked": wave.is_locked,
        "agencies": [agency.agency_id for agency in audit.agencies_in(wave.wave_id)],
        "sittings": [
            {"id": sitting.sitting_id, "held_on": sitting.held_on, "note": sitting.note}
            for sitting in audit.sittings_of(wave.wave_id)
        ],
    }


def _response_to_data(key: ResponseKey, response: Response) -> dict[str, Any]:
    return {
        "wave": key.wave_id,
        "agency": _agency_or_none(key.party_id),
        "statement": key.statement_id,
        "score": response.score,
        "no_view": response.no_view,
        "no_view_reason": response.no_view_reason,
        "evidence": response.evidence,
        "assurance": response.assurance,
        "target": response.target,
    }


class _Order:
    """Sorts keys wave by wave, the partnership before the agencies, statements as on the form."""

    def __init__(self, audit: Audit) -> None:
        names = [
            *(wave.wave_id for wave in audit.waves),
            PARTNERSHIP,
            *(agency.agency_id for agency in audit.agencies),
            *(domain.domain_id for domain in audit.instrument.domains),
            *(statement.statement_id for statement in audit.instrument.statements),
        ]
        self._places = {name: place for place, name in enumerate(names)}

    def __call__(self, key: tuple[str, ...] | str) -> list[tuple[int, str]]:
        parts = (key,) if isinstance(key, str) else key
        return [(self._places.get(part, len(self._places)), part) for part in parts]
