"""Several audits, or areas and sectors inside one: lowest, median, highest; no league table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.scoring import domain_scores
from hsb_desktop.analysis.several import (
    Distribution,
    Grouping,
    Member,
    compare,
    distribution,
    domain_score_of,
    groups_of,
    in_order_of_letters,
    letter,
    member_of,
)
from hsb_desktop.model import Agency, Answer, Audit, AuditDetails
from hsb_desktop.values import NO_VIEW, ResponseKey
from tests.analysis.agencies import response_to, with_round
from tests.analysis.audits import AGENCIES, WAVE, audit_with, instrument

NUMBERS = [statement.statement_id for statement in instrument().statements]
SCORES = st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 4))


def member(key: str, **scores: int) -> Member:
    return Member(
        key, f"Area {key}", {number.replace("_", ".")[1:]: score for number, score in scores.items()}
    )


def region(areas: dict[str, str], answers: dict[str, Answer], sector: str = "") -> Audit:
    """Agencies with these areas; each has answered 3.2."""
    return replace(
        audit_with({}),
        agencies=tuple(
            Agency(name, name.title(), sector=sector, area=area, position=place)
            for place, (name, area) in enumerate(areas.items())
        ),
        responses={ResponseKey(WAVE, name, "3.2"): response_to(given) for name, given in answers.items()},
    )


def by_name(audit: Audit, grouping: Grouping = Grouping.AREA) -> dict[str, int | None]:
    return {group.name: group.scores.get("3.2") for group in groups_of(audit, WAVE, grouping)}


# Lowest, median, highest --------------------------------------------------------------------------------


def test_not_scored_never_counts_as_0() -> None:
    assert distribution([None, 3, None, 1]) == Distribution(1, 2, 3, scored=2, members=4)
    assert distribution([None, None]) == Distribution(None, None, None, scored=0, members=2)
    assert distribution([0, None]) == Distribution(0, 0, 0, scored=1, members=2)


def test_the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    assert distribution([4, 1, 2, 0]).median == 1.5
    assert distribution([4, 1, 2]).median == 2


@given(st.lists(st.one_of(st.none(), st.integers(0, 4))))
def test_lowest_median_and_highest_stand_in_that_order(values: list[int | None]) -> None:
    found = distribution(values)
    if found.lowest is None or found.median is None or found.highest is None:
        assert found.scored == 0
    else:
        assert 0 <= found.lowest <= found.median <= found.highest <= 4
    assert distribution(list(reversed(values))) == found


@given(st.lists(SCORES, min_size=1, max_size=4))
def test_a_domains_mean_is_that_of_its_scored_statements_in_each_audit(given: list[dict[str, int]]) -> None:
    audits = [replace(audit_with(dict(scores)), audit_id=f"a{n}") for n, scores in enumerate(given)]
    found = compare([member_of(audit, WAVE) for audit in audits], instrument())
    by_key = {member_of(audit, WAVE).key: domain_scores(audit, WAVE) for audit in audits}
    for place, domain in enumerate(found.domains):
        assert domain.scores == tuple(by_key[m.key][place] for m in found.members)
        assert domain.distribution == distribution([score.mean for score in domain.scores])


def test_statements_stand_in_the_order_of_the_form_with_each_members_score() -> None:
    found = compare([member("x", s3_2=4), member("y", s3_2=1), member("z")], instrument())
    assert [s.statement.statement_id for s in found.statements] == NUMBERS
    row = next(s for s in found.statements if s.statement.statement_id == "3.2")
    assert sorted(row.scores, key=str) == [1, 4, None]
    assert row.distribution == Distribution(1, 2.5, 4, scored=2, members=3)


def test_a_statement_that_another_edition_has_does_not_count() -> None:
    assert domain_score_of(Member("x", "", {"9.9": 4}), instrument().domains[0]).scored == 0


# Letters ------------------------------------------------------------------------------------------------


@given(st.permutations([member(key, s1_1=score) for score, key in enumerate("abcde")]))
def test_letters_are_the_same_whichever_file_is_named_first(members: list[Member]) -> None:
    assert compare(members, instrument()) == compare(list(reversed(members)), instrument())


@given(SCORES, st.text())
def test_letters_go_neither_by_name_nor_by_score(scores: dict[str, int], name: str) -> None:
    members = [member(key) for key in "abcde"]
    changed = [Member(m.key, name, scores) for m in members[:1]] + members[1:]
    keys = [[m.key for m in in_order_of_letters(some)] for some in (members, changed)]
    assert keys[0] == keys[1]
    assert keys[0] != sorted(keys[0])


def test_after_z_letters_are_doubled() -> None:
    assert [letter(place) for place in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        "A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    assert compare([member(key) for key in "xyz"], instrument()).letters == ("A", "B", "C")


def test_the_same_audit_does_not_stand_beside_itself() -> None:
    with pytest.raises(ValueError, match="same key"):
        compare([member("x"), member("x")], instrument())


def test_a_member_is_called_by_its_area_else_its_title() -> None:
    audit = replace(audit_with({}), details=AuditDetails(title="HSB audit", area=" Northmoor "))
    assert member_of(audit, WAVE).name == "Northmoor"
    assert member_of(replace(audit, details=AuditDetails(title="HSB audit")), WAVE).name == "HSB audit"
    assert member_of(audit, WAVE, name="A").name == "A"


# Areas and sectors inside one audit ---------------------------------------------------------------------


def test_a_groups_score_is_the_lowest_among_its_agencies() -> None:
    audit = region(
        {"health": "Northmoor", "school": "northmoor ", "youth": "Eastvale"},
        {"health": 3, "school": 1, "youth": 2},
    )
    assert by_name(audit) == {"Eastvale": 2, "Northmoor": 1}


def test_agencies_with_no_view_or_no_answer_have_no_say_in_their_group() -> None:
    audit = region(
        {"health": "Northmoor", "school": "Northmoor", "youth": "Eastvale"}, {"health": NO_VIEW, "school": 4}
    )
    assert by_name(audit) == {"Eastvale": None, "Northmoor": 4}


def test_one_police_force_counts_in_each_area_it_names() -> None:
    audit = region(
        {"police": "Northmoor; Eastvale;", "health": "Northmoor", "school": "Eastvale"},
        {"police": 2, "health": 3, "school": 1},
    )
    assert by_name(audit) == {"Eastvale": 1, "Northmoor": 2}


def test_agencies_that_name_no_area_are_a_group_of_their_own_that_stands_last() -> None:
    audit = region({"police": "", "health": "Northmoor"}, {"police": 0, "health": 3})
    assert list(by_name(audit).items()) == [("Northmoor", 3), ("", 0)]


def test_sectors_group_as_areas_do() -> None:
    audit = region(
        {"police": "Northmoor", "health": "Eastvale"}, {"police": 3, "health": 2}, sector="Statutory"
    )
    assert by_name(audit, Grouping.SECTOR) == {"Statutory": 2}


def test_only_agencies_that_take_part_are_grouped() -> None:
    audit = region({"police": "Northmoor", "health": "Eastvale"}, {"police": 3, "health": 2})
    assert by_name(replace(audit, attendance=frozenset({(WAVE, "health")}))) == {"Eastvale": 2}


@given(st.dictionaries(st.sampled_from(AGENCIES), st.one_of(st.integers(0, 4), st.just(NO_VIEW))))
def test_no_group_discloses_a_vote(votes: dict[str, Answer]) -> None:
    audit = region(dict.fromkeys(AGENCIES, "Northmoor"), {"police": 3})
    assert groups_of(with_round(audit, votes), WAVE, Grouping.AREA) == groups_of(audit, WAVE, Grouping.AREA)
