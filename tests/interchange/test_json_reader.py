"""JSON of other programs: every place that cannot be taken in is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hsb_desktop.errors import InputRefused, RowsRefused
from hsb_desktop.interchange.json_document import instrument_in, parse_json
from hsb_desktop.interchange.json_reader import audit_from_data
from hsb_desktop.model import Audit, Response
from tests.interchange.audits import instrument

AGENCY = "1b8f0f0e-7a37-4a53-a2b2-0d4e6f1e3a01"
WAVE = "2b8f0f0e-7a37-4a53-a2b2-0d4e6f1e3a02"


def document(**parts: Any) -> dict[str, Any]:
    return {
        "format": "hsbaudit",
        "version": 1,
        "audit": {"id": "x", "title": "T", "area": "A", "instrument": "nspcc-hsb-2019"},
        "agencies": [{"id": AGENCY, "name": "Police"}],
        "waves": [{"id": WAVE, "label": "T1", "held_on": "2026-03-12"}],
        **parts,
    }


def read(**parts: Any) -> tuple[Audit, tuple[str, ...]]:
    content = json.dumps(document(**parts)).encode()
    return audit_from_data(parse_json(content, "x.json"), instrument(), "x.json")


def problems(**parts: Any) -> dict[str, str]:
    with pytest.raises(RowsRefused) as refused:
        read(**parts)
    return {problem.row: problem.reason for problem in refused.value.problems}


def response(**fields: Any) -> dict[str, Any]:
    return {"wave": WAVE, "agency": None, "statement": "1.1", "score": 3, **fields}


def test_the_least_that_a_document_can_say_is_enough() -> None:
    audit, notices = read(responses=[response(), response(agency=AGENCY, score=None, no_view=True)])
    assert notices == ()
    assert list(audit.responses.values()) == [Response(score=3), Response(no_view=True)]
    assert (audit.waves[0].held_on, audit.agencies[0].sector) == ("2026-03-12", "")


def test_the_order_of_lists_is_the_order_of_agencies_and_waves() -> None:
    audit, _ = read(agencies=[{"id": "b", "name": "Z"}, {"id": "a", "name": "A"}])
    assert [(agency.name, agency.position) for agency in audit.agencies] == [("Z", 0), ("A", 1)]


def test_identifiers_that_are_not_uuids_become_new_ones_that_still_agree() -> None:
    audit, _ = read(
        agencies=[{"id": "partnership", "name": "Police"}, {"id": "a/b", "name": "Health"}],
        responses=[response(agency="partnership"), response(agency="a/b"), response()],
    )
    assert {key.party_id for key in audit.responses} == {
        "partnership",
        *(a.agency_id for a in audit.agencies),
    }
    assert all(len(agency.agency_id) == 36 for agency in audit.agencies)


def test_every_bad_place_is_named() -> None:
    found = problems(
        responses=[
            response(),
            response(),
            response(statement="9.9"),
            response(statement="1.2", wave="none"),
            response(statement="1.3", score=5),
            response(statement="1.4", score=True),
            response(statement="1.5", evidence=7),
            response(statement="1.7", evidence="\x00"),
            response(statement="1.8", evidence="\ud800"),
            response(statement="2.2", agency=AGENCY, no_view=True),
            response(statement="2.3", score=None, no_view=True),
            response(statement="2.4", agency=AGENCY, target=3),
            "text",
        ],
        domain_notes=[{"wave": WAVE, "domain": "9"}, {"wave": WAVE, "domain": "1", "completed_on": "soon"}],
        readings=[{"statement": "1.6", "text": "x"}],
    )
    assert list(found) == [
        "responses[1]", "responses[2].statement", "responses[3].wave", "responses[4].score",
        "responses[5].score",
        "responses[6].evidence", "responses[7].evidence", "responses[8].evidence", "responses[9].no_view",
        "responses[10].no_view", "responses[11].target", "responses[12]", "domain_notes[0].domain",
        "domain_notes[1].completed_on", "readings[0].statement",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "parts, place",
    [
        ({"audit": []}, "audit"),
        ({"audit": {"instrument": "other"}}, "audit.instrument"),
        ({"audit": {"instrument": "nspcc-hsb-2019", "kind": "club"}}, "audit.kind"),
        ({"agencies": {}}, "agencies"),
        ({"agencies": [{"id": "a", "name": " "}]}, "agencies[0].name"),
        ({"agencies": [{"name": "x"}]}, "agencies[0].id"),
        ({"agencies": [{"id": "a", "name": "x"}, {"id": "a", "name": "y"}]}, "agencies[1].id"),
        ({"waves": [{"id": "w", "label": "T", "held_on": "2026-13-01"}]}, "waves[0].held_on"),
        ({"waves": [{"id": "w", "label": "T", "locked": 1}]}, "waves[0].locked"),
        ({"waves": [{"id": "w", "label": "T", "agencies": ["none"]}]}, "waves[0].agencies[0]"),
        (
            {"waves": [{"id": "w", "label": "T", "sittings": [{"id": "s", "held_on": 1}]}]},
            "waves[0].sittings[0].held_on",
        ),
    ],
)  # fmt: skip
def test_a_bad_place_outside_responses_is_named(parts: dict[str, Any], place: str) -> None:
    assert place in problems(**parts)


def test_unknown_fields_are_named() -> None:
    _, notices = read(responses=[response(mood="good")], colour="red")
    assert "colour, responses.mood" in notices[0]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe{}", b'{"format": "other"}', b"[" * 100_000,
        b'{"format": "hsbaudit", "version": 1, "x": NaN}', b'{"format": "hsbaudit", "format": "hsbaudit"}',
        b'{"format": "hsbaudit", "version": true}', b'{"format": "hsbaudit", "version": 2}',
        b'{"format": "hsbaudit", "x": ' + b"9" * 10_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_not_an_audit_of_this_version_gets_a_sentence(content: bytes) -> None:
    with pytest.raises(InputRefused, match=r"^x\.json .*Nothing was changed"):
        parse_json(content, "x.json")


def test_an_edition_that_is_not_whole_is_refused_with_its_field() -> None:
    with pytest.raises(InputRefused, match=r'x\.json, instrument: field "format"'):
        instrument_in({"instrument": {"id": "x"}}, "x.json")


def test_the_edition_is_optional() -> None:
    assert instrument_in(document(), "x.json") is None
