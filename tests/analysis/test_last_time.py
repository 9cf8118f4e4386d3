"""Last time's answer stands beside a statement that is scored again."""

from __future__ import annotations

from dataclasses import replace

from hsb_desktop.analysis.last_time import last_time, previous_wave_id
from hsb_desktop.model import Agreement, Audit, Response, Wave
from hsb_desktop.values import PARTNERSHIP, AgreementKey, ResponseKey
from tests.analysis.audits import WAVE, audit_with

NEXT, LATER = "w2", "w3"


def audit_of(*given: Response, party: str = PARTNERSHIP) -> Audit:
    """Three waves with these responses to 1.1, the first in the first wave."""
    audit = audit_with({})
    responses = {
        ResponseKey(wave_id, party, "1.1"): response
        for wave_id, response in zip((WAVE, NEXT, LATER), given, strict=False)
    }
    return replace(audit, waves=(*audit.waves, Wave(LATER, position=2)), responses=responses)


def before(audit: Audit, wave_id: str, party: str = PARTNERSHIP) -> tuple[str, Response] | None:
    found = last_time(audit, ResponseKey(wave_id, party, "1.1"))
    return None if found is None else (found.wave.wave_id, found.response)


def test_a_wave_has_the_one_before_it_and_the_first_has_none() -> None:
    audit = audit_of()
    found = [previous_wave_id(audit, wave_id) for wave_id in (WAVE, NEXT, LATER, "gone")]
    assert found == [None, WAVE, NEXT, None]


def test_last_time_is_the_wave_before() -> None:
    first, second = Response(score=1, evidence="Then"), Response(score=0)
    audit = audit_of(first, second)
    assert [before(audit, wave) for wave in (WAVE, NEXT, LATER)] == [None, (WAVE, first), (NEXT, second)]


def test_a_wave_that_passed_a_statement_over_does_not_hide_what_was_said_before() -> None:
    first = Response(score=1, evidence="Then")
    assert before(audit_of(first, Response(target=3)), LATER) == (WAVE, first)
    assert before(audit_of(first), LATER) == (WAVE, first)


def test_words_without_a_score_and_no_view_are_answers_too() -> None:
    for answered in (Response(evidence="Words"), Response(no_view=True)):
        assert before(audit_of(Response(score=2), answered, party="police"), LATER, "police") == (
            NEXT,
            answered,
        )


def test_each_party_has_its_own() -> None:
    assert before(audit_of(Response(score=2)), NEXT, "police") is None


def test_a_wave_that_is_not_there_has_no_last_time() -> None:
    assert before(audit_of(Response(score=2)), "gone") is None


def test_a_suggested_action_without_an_agreed_score_is_an_answer_of_the_partnership() -> None:
    action = Agreement(what_would_help="A shared log.")
    audit = replace(audit_of(Response(score=1)), agreements={AgreementKey(NEXT, "1.1"): action})
    found = last_time(audit, ResponseKey(LATER, PARTNERSHIP, "1.1"))
    assert found is not None
    assert (found.wave.wave_id, found.response, found.agreement) == (NEXT, Response(), action)


def test_what_the_partnership_noted_is_no_answer_of_an_agency() -> None:
    dissent = Agreement(dissent="Police differ.")
    audit = replace(audit_of(), agreements={AgreementKey(WAVE, "1.1"): dissent})
    assert before(audit, LATER, "police") is None
