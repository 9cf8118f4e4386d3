"""What is found, in words: for people on a screen, and for logs that others read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hsb_desktop.analysis.privacy import findings
from hsb_desktop.model import Agency, Audit, Conflict, DomainNote, Response, Sitting, Wave
from hsb_desktop.operations.privacy_scan import Leaving, in_log_lines, place_of, scan
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.values import (
    FIELDS,
    KEY_NAMES,
    PARTNERSHIP,
    NoteKey,
    ResponseKey,
    Subject,
    ValueAddress,
    response_address,
)
from tests.analysis.audits import WAVE, audit_with

TODAY = date(2026, 11, 20)
RESPONSE = ResponseKey(WAVE, PARTNERSHIP, "3.2")


def audit_of_places() -> Audit:
    about = str(response_address(RESPONSE, "evidence"))
    return replace(
        audit_with({"3.2": Response(evidence="Ring 01632 960001.")}),
        sittings=(
            Sitting("s1", WAVE, "2026-03-04", "x"),
            Sitting("s2", WAVE, "", "x"),
            Sitting("s3", "gone"),
        ),
        conflicts=(Conflict("c1", about, first_value="x"), Conflict("c2", "response/gone/gone/1.1/evidence")),
    )


@pytest.mark.parametrize("address, place", [
    ("audit/title", "title of the audit"),
    ("audit/coordinator_name", "coordinator’s name"),
    ("agency/police/sector", "agency “Police”, sector"),
    ("wave/w1/label", "wave “Baseline”, name"),
    ("sitting/s1/note", "Baseline, sitting on 4 March 2026, note"),
    ("sitting/s2/note", "Baseline, sitting, note"),
    ("sitting/s3/note", "wave without a name, sitting, note"),
    ("response/w1/partnership/3.2/evidence", "Baseline, 3.2 evidence"),
    ("response/w2/police/1.6a/no_view_reason", "Six months, 1.6a reason for no view of Police"),
    ("domain_note/w1/2/comments", "Baseline, comments on domain 2"),
    ("reading/1.6a/text", "reading of 1.6a"),
    ("audit/kind", "kind of audit"),
    ("wave/w1/is_locked", "wave “Baseline”, lock"),
    ("attendance/w1/police/attends", "Baseline, attendance of Police"),
    ("scoring_round/w1/1.1/1/state", "Baseline, 1.1 round 1 of scoring"),
    ("vote/w1/1.1/1/police/answer", "Baseline, 1.1 round 1 of scoring, answer of Police"),
    ("series/w1/partnership/is_shown", "Baseline, overlay of the partnership"),
    ("pack/p1/party_id", "pack, whose it is"),
    ("domain_note/w1/2/completed_on", "Baseline, date of completion of domain 2"),
    ("agreement/w1/1.6a/reason", "Baseline, 1.6a reason for the agreed score"),
    ("agreement/w1/1.6a/agreed_by", "Baseline, 1.6a who agreed the score"),
    ("agreement/w1/1.6a/dissent", "Baseline, 1.6a dissent"),
    ("conflict/c1/first_value", "conflict about Baseline, 3.2 evidence, first value"),
    (
        "conflict/c2/second_value",
        "conflict about wave without a name, 1.1 evidence of an agency, second value",
    ),
])  # fmt: skip
def test_a_place_in_words(address: str, place: str) -> None:
    assert place_of(audit_of_places(), ValueAddress.parse(address)) == place


def test_every_field_of_text_has_a_place_in_words() -> None:
    audit = sample_audit()
    for address, _ in audit.values():
        if address.subject is not Subject.ATTENDANCE and address.field not in ("kind", "address"):
            assert place_of(audit, address)


@pytest.mark.parametrize("subject", Subject)
@pytest.mark.parametrize("is_known", [True, False])
def test_every_address_that_there_is_has_a_place_in_words_and_so_has_a_conflict_about_it(
    subject: Subject, is_known: bool
) -> None:
    key = tuple(
        {"wave_id": WAVE, "statement_id": "1.1", "domain_id": "1", "round_number": "1"}.get(name, PARTNERSHIP)
        if is_known
        else "gone"
        for name in KEY_NAMES[subject]
    )
    for field in FIELDS[subject]:
        address = ValueAddress(subject, key, field)
        audit = replace(audit_of_places(), conflicts=(Conflict("c9", str(address), first_value="x"),))
        place = place_of(audit, address)
        assert place
        assert "_" not in place
        of_conflict = place_of(audit, ValueAddress(Subject.CONFLICT, ("c9",), "first_value"))
        assert of_conflict.count("conflict about") == 1


def test_log_lines_say_where_and_what_but_show_three_letters_only() -> None:
    audit = audit_of_places()
    lines = in_log_lines(audit, scan(audit, today=TODAY), today=TODAY)
    assert lines == (
        "Look at 1 place that may identify somebody (names cannot be found this way):",
        "  Baseline, 3.2 evidence: telephone number “016…”",
    )
    assert in_log_lines(audit, (), today=TODAY) == ()


@pytest.mark.parametrize("before", ["", "A name so long that it is cut: "])
def test_log_lines_hide_what_stands_in_a_name(before: str) -> None:
    audit = replace(
        audit_with({}, agencies={"a": {"1.1": Response(evidence="jo@example.org")}}),
        agencies=(Agency("a", f"{before}Jo 07700 900123"),),
        waves=(Wave(WAVE, "9990000018 here"),),
    )
    found = scan(audit, today=TODAY)
    assert len(found) == 3
    lines = "\n".join(in_log_lines(audit, found, today=TODAY))
    for figures in ("07700 9", "9001", "999000", "0018", "jo@e"):
        assert figures not in lines
    assert "999… here, 1.1 evidence of" in lines


def test_a_blank_form_carries_the_area_the_wave_and_the_marking_only() -> None:
    number = "01632 960001"
    audit = replace(
        audit_with({"1.1": Response(evidence=number)}, comments={"1": number}),
        waves=(Wave(WAVE, number), Wave("w2", number, position=1)),
        notes={NoteKey(WAVE, "1"): DomainNote(number)},
    )
    audit = replace(audit, details=replace(audit.details, title=number, area=number, marking=number))
    found = scan(audit, leaving=Leaving.BLANK_FORM, wave_id=WAVE, today=TODAY)
    assert [str(each.address) for each in found] == ["audit/area", "audit/marking", "wave/w1/label"]
    assert scan(audit, today=TODAY) == findings(audit, today=TODAY)
