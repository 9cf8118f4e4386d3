"""Audits never change: what a change makes of one, how values are addressed, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, AuditKind, Sitting, Wave
from hsb_desktop.values import (
    FIELDS,
    KEY_LENGTH,
    NO_VIEW,
    PARTNERSHIP,
    REQUIRED_FIELD,
    Change,
    ChangeSet,
    FieldKind,
    NoteKey,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    new_id,
    response_address,
)
from tests.examples import examples

WAVES, AGENCIES = ("w1", "w2"), ("police", "health")
EVIDENCE = ValueAddress(Subject.RESPONSE, ("w1", PARTNERSHIP, "1.1"), "evidence")
SCORE = ValueAddress(Subject.RESPONSE, ("w1", PARTNERSHIP, "1.1"), "score")


@cache
def empty() -> Audit:
    return Audit("audit-1", instrument_by_id())


@st.composite
def addresses(draw: st.DrawFn) -> ValueAddress:
    subject = draw(st.sampled_from(Subject))
    names = {
        Subject.AUDIT: (),
        Subject.AGENCY: (AGENCIES,),
        Subject.WAVE: (WAVES,),
        Subject.SITTING: (("s1", "s2"),),
        Subject.ATTENDANCE: (WAVES, AGENCIES),
        Subject.RESPONSE: (WAVES, (PARTNERSHIP, *AGENCIES), ("1.1", "1.6a", "5.8")),
        Subject.DOMAIN_NOTE: (WAVES, ("1", "5")),
        Subject.READING: (("1.1", "2.1c"),),
        Subject.CONFLICT: (("c1", "c2"),),
        Subject.ROUND: (WAVES, ("1.3", "5.8"), ("1", "2")),
        Subject.VOTE: (WAVES, ("1.3", "5.8"), ("1", "2"), AGENCIES),
        Subject.AGREEMENT: (WAVES, ("1.1", "1.6a")),
        Subject.PACK: (("pack-1", "p2"),),
        Subject.SERIES: (WAVES, (PARTNERSHIP, *AGENCIES)),
    }[subject]
    key = tuple(draw(st.sampled_from(choice)) for choice in names)
    return ValueAddress(subject, key, draw(st.sampled_from(list(FIELDS[subject]))))


def values_for(kind: FieldKind) -> st.SearchStrategy[Value]:
    texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
    by_kind: dict[FieldKind, st.SearchStrategy[Value]] = {
        FieldKind.TEXT: texts,
        FieldKind.SCORE: st.integers(0, 4),
        FieldKind.ANSWER: st.integers(0, 4) | st.just(NO_VIEW),
        FieldKind.DATE: st.dates().map(str),
        FieldKind.FLAG: st.just(1),
        FieldKind.ROUND_STATE: st.sampled_from(["open", "revealed"]),
        FieldKind.POSITION: st.integers(1, 99),
        FieldKind.AUDIT_KIND: st.sampled_from([str(kind) for kind in AuditKind]),
        FieldKind.REFERENCE: st.sampled_from(WAVES),
        FieldKind.ADDRESS: st.just(str(EVIDENCE)),
        FieldKind.ANY: texts | st.integers(0, 4),
    }
    return by_kind[kind] if kind is FieldKind.AUDIT_KIND else by_kind[kind] | st.none()


@st.composite
def change_sets(
    draw: st.DrawFn,
    audit: Audit | None = None,
    allowed: Callable[[ValueAddress, Value], bool] = lambda address, value: True,
) -> ChangeSet:
    """Changes one after the other, each of which knows what was there before it."""
    audit = audit or empty()
    changes = []
    for address in draw(st.lists(addresses(), max_size=12)):
        change = Change(address, audit.value(address), draw(values_for(address.kind)))
        if not allowed(address, change.after):
            continue
        audit = audit.with_changes([change])
        changes.append(change)
    return ChangeSet("what was done", tuple(changes), "scribe")


@given(change_sets(), st.data())
def test_a_change_set_and_its_reverse_leave_the_audit_as_it_was(
    first: ChangeSet, data: st.DataObject
) -> None:
    audit = empty().with_changes(first.changes)
    then = data.draw(change_sets(audit))
    changed = audit.with_changes(then.changes)
    assert changed.with_changes(then.reversed().changes) == audit
    assert changed.with_changes(then.reversed().reversed().changes) == changed


@given(st.lists(change_sets(), min_size=3, max_size=6))
def test_many_changes_at_once_come_to_the_same_as_one_after_the_other(sets: list[ChangeSet]) -> None:
    changes = [change for each in sets for change in each.changes]
    one_by_one = empty()
    for change in changes:
        one_by_one = one_by_one.with_changes([change])
    assert empty().with_changes(changes) == one_by_one


@given(change_sets())
def test_an_audit_is_its_values_and_can_be_built_from_them(changes: ChangeSet) -> None:
    audit = empty().with_changes(changes.changes)
    rebuilt = empty().with_changes(Change(address, None, value) for address, value in audit.values())
    assert rebuilt == audit


@given(change_sets())
def test_the_order_in_which_values_arrive_does_not_matter(changes: ChangeSet) -> None:
    audit = empty().with_changes(changes.changes)
    values = sorted(audit.values(), key=lambda entry: str(entry[0])[::-1])
    assert empty().with_changes(Change(address, None, value) for address, value in values) == audit


@given(change_sets())
def test_every_value_can_be_asked_for_by_its_address(changes: ChangeSet) -> None:
    audit = empty().with_changes(changes.changes)
    held = dict(audit.values())
    assert all(audit.value(address) == value for address, value in held.items())
    assert all(audit.value(c.address) is None for c in changes.changes if c.address not in held)


@given(change_sets())
def test_the_last_change_of_a_value_is_what_the_audit_holds(changes: ChangeSet) -> None:
    audit = empty().with_changes(changes.changes)
    last = {change.address: change.after for change in changes.changes}
    assert {address: audit.value(address) for address in last} == last


@given(addresses())
def test_an_address_is_read_back_from_its_text(address: ValueAddress) -> None:
    assert ValueAddress.parse(str(address)) == address


@settings(max_examples=examples(50))
@given(st.text(st.sampled_from("/aduit.response1ctoxw"), max_size=25) | st.text(max_size=10))
def test_any_other_text_is_no_address(text: str) -> None:
    with suppress(ValueError):
        assert str(ValueAddress.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "/", "audit", "audit/x/title", "wave/w1/name", "nothing/title", "reading/text"]
)
def test_an_address_needs_its_subject_key_and_field(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ValueAddress.parse(text)


def test_every_subject_has_fields_and_the_length_of_its_key() -> None:
    assert set(FIELDS) == set(KEY_LENGTH) == set(Subject)
    assert all(field in FIELDS[subject] for subject, field in REQUIRED_FIELD.items())


# Single rules ---------------------------------------------------------------------------------------------


def test_an_audit_does_not_change_when_another_is_made_of_it() -> None:
    audit = empty()
    changed = audit.with_changes([Change(SCORE, None, 3)])
    assert changed.agreed("w1", "1.1").score == 3
    assert audit.agreed("w1", "1.1").score is None
    with pytest.raises(TypeError):
        changed.responses[ResponseKey("w1", PARTNERSHIP, "1.2")] = changed.agreed("w1", "1.1")  # type: ignore[index]  # what must not work


def test_a_0_is_a_value_and_not_scored_is_none() -> None:
    audit = empty().with_changes([Change(SCORE, None, 0)])
    assert audit.value(SCORE) == 0
    assert audit.with_changes([Change(SCORE, 0, None)]) == empty()


def test_no_view_and_a_score_take_each_others_place() -> None:
    address = response_address(ResponseKey("w1", "police", "1.1"), "score")
    audit = empty().with_changes([Change(address, None, 2), Change(address, 2, NO_VIEW)])
    assert (audit.response(ResponseKey("w1", "police", "1.1")).score, audit.value(address)) == (None, NO_VIEW)
    scored = audit.with_changes([Change(address, NO_VIEW, 4)])
    assert not scored.response(ResponseKey("w1", "police", "1.1")).no_view


def test_a_response_emptied_is_as_if_nobody_had_answered() -> None:
    changes = [Change(SCORE, None, 3), Change(EVIDENCE, None, "words"), Change(SCORE, 3, None)]
    audit = empty().with_changes(changes)
    assert not audit.is_empty
    assert audit.with_changes([Change(EVIDENCE, "words", None)]).is_empty


def test_waves_and_agencies_stand_in_their_order_and_sittings_by_date() -> None:
    audit = empty().with_changes(
        [
            Change(ValueAddress(Subject.WAVE, ("w2",), "label"), None, "Six months"),
            Change(ValueAddress(Subject.WAVE, ("w2",), "position"), None, 1),
            Change(ValueAddress(Subject.WAVE, ("w1",), "label"), None, "Baseline"),
            Change(ValueAddress(Subject.AGENCY, ("b",), "name"), None, "Police"),
            Change(ValueAddress(Subject.AGENCY, ("b",), "position"), None, 2),
            Change(ValueAddress(Subject.AGENCY, ("a",), "name"), None, "Health"),
            Change(ValueAddress(Subject.AGENCY, ("a",), "position"), None, 3),
            Change(ValueAddress(Subject.SITTING, ("s2",), "wave_id"), None, "w1"),
            Change(ValueAddress(Subject.SITTING, ("s2",), "held_on"), None, "2026-03-01"),
            Change(ValueAddress(Subject.SITTING, ("s1",), "wave_id"), None, "w1"),
            Change(ValueAddress(Subject.SITTING, ("s1",), "held_on"), None, "2026-05-01"),
        ]
    )
    assert audit.waves == (Wave("w1", "Baseline"), Wave("w2", "Six months", position=1))
    assert [agency.name for agency in audit.agencies] == ["Police", "Health"]
    assert audit.sittings_of("w1") == (Sitting("s2", "w1", "2026-03-01"), Sitting("s1", "w1", "2026-05-01"))


def test_the_agencies_of_a_wave_are_those_that_take_part_in_it() -> None:
    audit = replace(
        empty(),
        agencies=(Agency("a", "Police"), Agency("b", "Health", position=1)),
        attendance=frozenset({("w1", "b"), ("w2", "a")}),
    )
    assert [agency.name for agency in audit.agencies_in("w1")] == ["Health"]
    assert audit.party_name("a") == "Police"


def test_what_is_not_there_is_said_to_be_missing() -> None:
    for ask in (empty().wave, empty().agency, empty().party_name, empty().instrument.domain):
        with pytest.raises(KeyError):
            ask("nothing")
    with pytest.raises(KeyError):
        empty().instrument.scale_point(5)
    assert empty().note(NoteKey("w1", "1")).comments == ""


def test_new_identifiers_differ() -> None:
    assert len({new_id() for _ in range(100)}) == 100
