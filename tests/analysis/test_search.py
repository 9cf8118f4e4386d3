"""Finding words, and the statement that a typed number means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.search import find_text, statement_for_number
from hsb_desktop.model import Response
from tests.analysis.audits import WAVE, audit_with


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3.2", "3.2"),
        ("3,2", "3.2"),
        (" 3.2 ", "3.2"),
        ("1.6", "1.6a"),
        ("1.6b", "1.6b"),
        ("1.6B", "1.6b"),
        ("2,1C", "2.1c"),
        ("4", "4.1a"),
        ("1.60", None),
        ("6.1", None),
        ("", None),
        ("   ", None),
        ("evidence", None),
    ],
)
def test_a_typed_number_means_a_scored_statement(typed: str, meant: str | None) -> None:
    assert statement_for_number(audit_with({}), typed) == meant


def test_words_are_found_in_evidence_assurance_and_comments_whatever_their_case() -> None:
    audit = audit_with(
        {"1.1": Response(evidence="The Quarterly dashboard"), "2.2": Response(assurance="quarterly review")},
        comments={"3": "See QUARTERLY figures"},
    )
    found = [
        (match.domain_id, match.statement_id, match.field) for match in find_text(audit, WAVE, "quarterly")
    ]
    assert found == [("1", "1.1", "evidence"), ("2", "2.2", "assurance"), ("3", "", "comments")]


def test_the_wording_of_the_statements_is_searched_with_its_number_and_heading() -> None:
    audit = audit_with({})
    assert [match.statement_id for match in find_text(audit, WAVE, "secure/supervised settings")] == ["1.6c"]
    assert "3.4" in [match.statement_id for match in find_text(audit, WAVE, "3.4")]


def test_one_partys_words_are_not_found_in_anothers() -> None:
    audit = audit_with({}, agencies={"police": {"1.1": Response(evidence="zebra")}})
    assert find_text(audit, WAVE, "zebra") == ()
    assert len(find_text(audit, WAVE, "zebra", "police")) == 1


@pytest.mark.parametrize("nothing", ["", "  ", "\n"])
def test_looking_for_nothing_finds_nothing(nothing: str) -> None:
    assert find_text(audit_with({"1.1": Response(evidence=" a b ")}), WAVE, nothing) == ()


def test_the_excerpt_shows_what_was_found_and_that_more_surrounds_it() -> None:
    text = "beginning " * 20 + "the needle\nitself" + " end" * 40
    (match,) = find_text(audit_with({"1.1": Response(evidence=text)}), WAVE, "needle")
    assert "the needle itself" in match.excerpt
    assert match.excerpt.startswith("…")
    assert match.excerpt.endswith("…")


@given(st.text(max_size=60), st.text(min_size=1, max_size=5))
def test_any_text_can_be_searched_for_any_words(text: str, words: str) -> None:
    found = find_text(audit_with({"1.1": Response(evidence=text)}), WAVE, words)
    in_evidence = [match for match in found if match.field == "evidence"]
    wanted = words.strip().casefold()
    assert bool(in_evidence) == bool(wanted and wanted in text.casefold())
