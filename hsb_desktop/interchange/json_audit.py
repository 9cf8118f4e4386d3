"""The whole audit as one JSON document, described in `docs/interchange.md`; `json_reader` reads it back."""

from __future__ import annotations

import json
from typing import Any

from hsb_desktop.instrument import instrument_to_data
from hsb_desktop.model import Audit, Response, Wave
from hsb_desktop.values import PARTNERSHIP, NoteKey, ResponseKey

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
        "instrument": instrument_to_data(audit.instrument),
    }


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
        "agency": None if key.party_id == PARTNERSHIP else key.party_id,
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

    def __call__(self, key: ResponseKey | NoteKey | str) -> list[tuple[int, str]]:
        parts = (key,) if isinstance(key, str) else key
        return [(self._places.get(part, len(self._places)), part) for part in parts]
