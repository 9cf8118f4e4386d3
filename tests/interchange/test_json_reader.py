"""JSON of other programs: every place that cannot be taken in is named."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from hsb_desktop.errors import InputRefused, RowsRefused
from hsb_desktop.interchange.json_audit import audit_to_data
from hsb_desktop.interchange.json_document import instrument_in, parse_json
from hsb_desktop.interchange.json_reader import audit_from_data
from hsb_desktop.model import Answer, Audit, Conflict, Response
from hsb_desktop.values import NO_VIEW, OPEN, REVEALED, RoundKey, Subject, ValueAddress, VoteKey
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


@pytest.mark.parametrize("waves", [[], None])
def test_a_document_without_any_wave_is_refused_by_the_field(waves: list[Any] | None) -> None:
    assert problems(waves=waves) == {
        "waves": "must hold at least one wave: scores and texts are entered in a wave"
    }
    assert problems(waves={}) == {"waves": "must be a list"}


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


# What agencies do together ----------------------------------------------------------------------------------


def scoring_round(**fields: Any) -> dict[str, Any]:
    return {"wave": WAVE, "statement": "1.1", "number": 1, "state": "revealed", "votes": [], **fields}


def vote(**fields: Any) -> dict[str, Any]:
    return {"agency": AGENCY, "score": 2, **fields}


def test_an_open_round_is_written_without_what_was_answered_and_left_out_on_import_and_said() -> None:
    wave, agency = WAVE, AGENCY
    audit, _ = read()
    audit = replace(
        audit,
        rounds={RoundKey(wave, "1.1", "1"): OPEN, RoundKey(wave, "1.2", "1"): OPEN},
        votes={VoteKey(wave, "1.1", "1", agency): 4},
    )
    written = audit_to_data(audit)
    assert written["rounds"] == [
        {"wave": wave, "statement": "1.1", "number": 1, "state": "open", "recorded": [agency]},
        {"wave": wave, "statement": "1.2", "number": 1, "state": "open", "recorded": []},
    ]
    back, notices = audit_from_data(written, instrument(), "x.json")
    assert (dict(back.rounds), dict(back.votes)) == ({}, {})
    assert [sentence.split(":")[0] for sentence in notices] == ["2 open rounds were left out"]


def test_the_same_document_is_written_whatever_was_answered_in_an_open_round() -> None:
    audit, _ = read()
    audit = replace(audit, rounds={RoundKey(WAVE, "1.1", "1"): OPEN})
    answers: tuple[Answer, ...] = (0, 4, NO_VIEW)
    written = {
        json.dumps(audit_to_data(replace(audit, votes={VoteKey(WAVE, "1.1", "1", AGENCY): answer})))
        for answer in answers
    }
    assert len(written) == 1


def test_a_conflict_about_an_open_vote_is_not_written() -> None:
    audit, _ = read()
    vote = VoteKey(WAVE, "1.1", "1", AGENCY)
    address = str(ValueAddress(Subject.VOTE, tuple(vote), "answer"))
    audit = replace(audit, conflicts=(Conflict("c", address, first_value=1, second_value=4),))
    for state, count in ((OPEN, 0), (REVEALED, 1)):
        begun = replace(audit, rounds={RoundKey(*vote[:3]): state})
        assert len(audit_to_data(begun)["conflicts"]) == count


def test_a_document_without_rounds_is_read_as_it_always_was() -> None:
    audit, notices = read(responses=[response()])
    assert notices == ()
    assert (audit.packs, audit.series, audit.conflicts, dict(audit.agreements)) == ((), frozenset(), (), {})


def test_rounds_that_cannot_be_are_named() -> None:
    assert problems(
        rounds=[
            scoring_round(state="shown"),
            scoring_round(number=10, statement="1.2"),
            scoring_round(number=True, statement="1.3"),
            scoring_round(statement="1.4", votes=[vote(), vote()]),
            scoring_round(statement="1.5", votes=[vote(score=None), vote(agency="nobody", no_view=True)]),
        ]
    ).keys() == {
        "rounds[0].state",
        "rounds[1].number",
        "rounds[2].number",
        "rounds[3].votes[1]",
        "rounds[4].votes[0]",
        "rounds[4].votes[1].agency",
        "rounds[4].votes[1]",
    }
    assert "rounds[1]" in problems(rounds=[scoring_round(), scoring_round()])


def test_a_conflict_is_about_the_wave_and_the_agency_that_the_document_names() -> None:
    address = "response/first/police/1.1/score"
    audit, _ = read(
        agencies=[{"id": "police", "name": "Police"}],
        waves=[{"id": "first", "label": "T1"}],
        conflicts=[{"id": "c", "address": address, "first_value": 1, "second_value": "no view"}],
    )
    (conflict,) = audit.conflicts
    key = (audit.waves[0].wave_id, audit.agencies[0].agency_id, "1.1")
    assert ValueAddress.parse(conflict.address).key == key
    assert (conflict.conflict_id, conflict.first_value, conflict.second_value) == ("c", 1, "no view")


@pytest.mark.parametrize(
    "address", ["", "response", "conflict/c/address", "response/a b/p/1.1/score", "x/y/z"]
)
def test_a_conflict_about_nothing_is_refused(address: str) -> None:
    assert "conflicts[0].address" in problems(conflicts=[{"id": "c", "address": address}])


def test_values_of_a_conflict_that_no_audit_can_hold_are_refused() -> None:
    conflict = {"id": "c", "address": "reading/1.1/text", "first_value": 9, "second_value": True}
    found = problems(conflicts=[conflict, conflict | {"id": "c d", "first_revision": "x/y"}])
    assert found.keys() >= {
        "conflicts[0].first_value",
        "conflicts[0].second_value",
        "conflicts[1].id",
        "conflicts[1].first_revision",
    }


def test_a_pack_and_a_series_of_unknown_parties_are_refused() -> None:
    assert problems(pack={"id": "p", "agency": "nobody"}, series=[{"wave": "w", "agency": None}]).keys() == {
        "pack.agency",
        "series[0].wave",
    }
    assert problems(pack=[]).keys() == {"pack"}


def test_authors_of_a_conflict_stay_at_home() -> None:
    audit, _ = read()
    audit = replace(audit, conflicts=(Conflict("c", "reading/1.1/text", first_author="Chair Ottoline"),))
    assert "Ottoline" not in json.dumps(audit_to_data(audit))
