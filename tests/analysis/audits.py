"""Small invented audits for the tests of the arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, DomainNote, Instrument, Response, Wave
from hsb_desktop.values import PARTNERSHIP, NoteKey, ResponseKey

WAVE = "w1"
AGENCIES = ("police", "health", "education")


@cache
def instrument() -> Instrument:
    return instrument_by_id()


def audit_with(
    agreed: Mapping[str, int | Response | None],
    *,
    agencies: Mapping[str, Mapping[str, int | Response]] | None = None,
    comments: Mapping[str, str] | None = None,
) -> Audit:
    """An audit with these agreed responses; a bare score stands for one with evidence."""
    responses = {ResponseKey(WAVE, PARTNERSHIP, number): _response(given) for number, given in agreed.items()}
    for agency_id, given_scores in (agencies or {}).items():
        for number, score in given_scores.items():
            responses[ResponseKey(WAVE, agency_id, number)] = _response(score)
    return Audit(
        audit_id="a1",
        instrument=instrument(),
        waves=(Wave(WAVE, "Baseline"), Wave("w2", "Six months", position=1)),
        agencies=tuple(Agency(name, name.title(), position=place) for place, name in enumerate(AGENCIES)),
        responses=responses,
        notes={NoteKey(WAVE, domain_id): DomainNote(text) for domain_id, text in (comments or {}).items()},
    )


def without_evidence(score: int | None, evidence: str = "") -> Response:
    return Response(score=score, evidence=evidence)


def all_scored(score: int) -> dict[str, int | Response | None]:
    return {statement.statement_id: score for statement in instrument().statements}


def in_wave(audit: Audit, wave_id: str) -> Audit:
    """The same responses, but of another wave."""
    moved = {key._replace(wave_id=wave_id): response for key, response in audit.responses.items()}
    return replace(audit, responses=moved)


def _response(given: int | Response | None) -> Response:
    return given if isinstance(given, Response) else Response(score=given, evidence="Seen in the file audit.")
