"""Every text that people typed is searched, in the order of the form; nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hsb_desktop.analysis.identifiers import Identifier
from hsb_desktop.analysis.privacy import findings, texts_of
from hsb_desktop.model import (
    Agency,
    Agreement,
    Audit,
    AuditDetails,
    Conflict,
    DomainNote,
    Response,
    Sitting,
    Wave,
)
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.values import (
    FIELDS,
    PARTNERSHIP,
    AgreementKey,
    Change,
    FieldKind,
    NoteKey,
    ResponseKey,
    Subject,
    ValueAddress,
    response_address,
)
from tests.analysis.audits import WAVE, audit_with

TODAY = date(2026, 11, 20)
NUMBER = "01632 960001"


def full_audit() -> Audit:
    """An audit in which every text is a telephone number."""
    evidence = str(response_address(ResponseKey(WAVE, PARTNERSHIP, "1.2"), "evidence"))
    answer = Response(score=3, no_view_reason=NUMBER, evidence=NUMBER, assurance=NUMBER)
    return replace(
        audit_with({}),
        details=AuditDetails(
            title=NUMBER, area=NUMBER, coordinator_name=NUMBER, coordinator_role=NUMBER, marking=NUMBER
        ),
        waves=(Wave(WAVE, NUMBER), Wave("w2", "Six months", position=1)),
        sittings=(Sitting("s1", WAVE, "2026-03-04", NUMBER),),
        agencies=(Agency("police", NUMBER, NUMBER, NUMBER),),
        responses={
            ResponseKey("w2", PARTNERSHIP, "1.1"): answer,
            ResponseKey(WAVE, "police", "5.8"): answer,
            ResponseKey(WAVE, PARTNERSHIP, "5.8"): answer,
            ResponseKey(WAVE, PARTNERSHIP, "1.2"): answer,
        },
        notes={NoteKey(WAVE, "1"): DomainNote(NUMBER), NoteKey(WAVE, "5"): DomainNote(NUMBER)},
        readings={"1.6a": NUMBER},
        conflicts=(Conflict("c1", evidence, "r1", NUMBER, NUMBER, "r2", NUMBER, NUMBER),),
        agreements={AgreementKey(WAVE, "1.1"): Agreement(NUMBER, NUMBER, NUMBER, NUMBER)},
    )


def test_every_field_of_text_is_searched_but_who_wrote_a_conflict() -> None:
    found = findings(full_audit(), today=TODAY)
    searched = {(each.address.subject, each.address.field) for each in found}
    of_text = {
        (subject, field)
        for subject, fields in FIELDS.items()
        for field, kind in fields.items()
        if kind in (FieldKind.TEXT, FieldKind.ANY)
    }
    authors = {(Subject.CONFLICT, "first_author"), (Subject.CONFLICT, "second_author")}
    assert searched == of_text - authors
    assert {each.kind for each in found} == {Identifier.TELEPHONE}


def test_the_order_is_that_of_the_form_wave_by_wave() -> None:
    audit = full_audit()
    order = [
        (each.address.subject.value, *each.address.key, each.address.field)
        for each in findings(audit, today=TODAY)
        if each.address.field in ("evidence", "comments")
    ]
    assert order == [
        ("response", WAVE, PARTNERSHIP, "1.2", "evidence"),
        ("domain_note", WAVE, "1", "comments"),
        ("response", WAVE, PARTNERSHIP, "5.8", "evidence"),
        ("response", WAVE, "police", "5.8", "evidence"),
        ("domain_note", WAVE, "5", "comments"),
        ("response", "w2", PARTNERSHIP, "1.1", "evidence"),
    ]


def test_it_says_where_in_the_text_and_shows_the_words_around() -> None:
    text = f"{'before ' * 20}\nring {NUMBER}\nor write {'after ' * 20}"
    address = response_address(ResponseKey(WAVE, PARTNERSHIP, "1.1"), "evidence")
    audit = audit_with({}).with_changes([Change(address, None, text)])
    (finding,) = findings(audit, today=TODAY)
    assert finding.address == address
    assert text[finding.start : finding.end] == finding.found == NUMBER
    assert "\n" not in finding.excerpt
    assert f"ring [{NUMBER}] or write" in finding.excerpt
    assert finding.excerpt.startswith("…")
    assert finding.excerpt.endswith("…")
    assert len(finding.excerpt) < 120


def test_only_what_leaves_is_searched_if_that_is_told() -> None:
    area = ValueAddress(Subject.AUDIT, (), "area")
    found = findings(full_audit(), today=TODAY, leaves=lambda address: address == area)
    assert [each.address for each in found] == [area]


def test_dates_are_judged_from_the_day_of_their_wave() -> None:
    key = ResponseKey(WAVE, PARTNERSHIP, "1.1")
    audit = audit_with({"1.1": Response(evidence="Reviewed on 1/9/2025")})
    years_later = date(2028, 11, 20)
    assert [each.found for each in findings(audit, today=years_later)] == ["1/9/2025"]
    dated = audit.with_changes([Change(ValueAddress(Subject.WAVE, (WAVE,), "held_on"), None, "2026-03-12")])
    assert findings(dated, today=years_later) == ()
    assert dated.response(key).evidence


@pytest.mark.parametrize(
    "written", ["", "nonsense", "conflict/c1/first_value", "response/gone/gone/1.1/evidence"]
)
def test_a_conflict_about_nobody_knows_what_is_searched_too(written: str) -> None:
    conflict = Conflict("c1", written, first_value=f"ring {NUMBER}", second_value=3)
    audit = replace(audit_with({}), conflicts=(conflict,))
    (finding,) = findings(audit, today=TODAY)
    assert finding.address == ValueAddress(Subject.CONFLICT, ("c1",), "first_value")


def test_nothing_is_found_in_the_sample() -> None:
    audit = sample_audit()
    assert sum(1 for _ in texts_of(audit)) > 90
    assert findings(audit, today=TODAY) == ()
    assert findings(audit, today=date(2031, 1, 1)) == ()
