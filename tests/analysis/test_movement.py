"""What moved and why: like for like, with how many statements (domain.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis.movement import MoveKind, Movement, StatementMove, movement, target_for
from hsb_desktop.model import Audit, Response, Wave
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.analysis.audits import WAVE, audit_with, instrument

NEXT, LATER = "w2", "w3"
NUMBERS = [statement.statement_id for statement in instrument().statements]
SCORES = st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 4))

Given = Mapping[str, int | Response]


def waves(*given: Given, party: str = PARTNERSHIP) -> Audit:
    """An audit with these scores in its waves; a bare score stands for one with evidence."""
    responses = {
        ResponseKey(wave_id, party, number): found if isinstance(found, Response) else scored(found)
        for wave_id, scores in zip((WAVE, NEXT, LATER), given, strict=False)
        for number, found in scores.items()
    }
    audit = audit_with({})
    return replace(audit, waves=(*audit.waves, Wave(LATER, "Twelve months", position=2)), responses=responses)


def scored(score: int, evidence: str = "Seen", target: int | None = None) -> Response:
    return Response(score=score, evidence=evidence, target=target)


def moved(*given: Given, before: str = WAVE, now: str = NEXT) -> Movement:
    return movement(waves(*given), before, now)


def only(found: Movement) -> StatementMove:
    (move,) = found.moves
    return move


def test_dropping_a_weak_statement_does_not_look_like_improvement() -> None:
    found = moved({"3.1": 4, "3.2": 0, "3.3": 2}, {"3.1": 4, "3.3": 2}).domains[2]
    assert (found.mean_before, found.mean_now, found.change) == (3, 3, 0)
    assert (found.shared, found.statements, found.only_before, found.only_now) == (2, 8, 1, 0)


def test_a_domain_with_nothing_scored_in_both_has_no_change() -> None:
    found = moved({"3.1": 4}, {"3.2": 1}).domains[2]
    assert (found.mean_before, found.mean_now, found.change, found.shared) == (None, None, None, 0)
    assert (found.only_before, found.only_now) == (1, 1)


@given(before=SCORES, now=SCORES)
def test_only_statements_scored_in_both_count_and_each_is_listed_once(
    before: dict[str, int], now: dict[str, int]
) -> None:
    found = moved(before, now)
    assert found.shared == len(before.keys() & now.keys())
    assert sorted(m.statement.statement_id for m in found.moves) == sorted(before.keys() | now.keys())
    changes = [m.change for m in found.moves if m.change is not None]
    assert sum(changes) == sum(d.total_now - d.total_before for d in found.domains)
    assert len(changes) == found.shared


@given(before=SCORES, now=SCORES)
def test_the_other_way_round_gains_are_losses(before: dict[str, int], now: dict[str, int]) -> None:
    def numbers(found: Movement, kind: MoveKind) -> set[str]:
        return {move.statement.statement_id for move in found.of_kind(kind)}

    there, back = moved(before, now), moved(now, before)
    assert numbers(there, MoveKind.GAIN) == numbers(back, MoveKind.LOSS)
    assert numbers(there, MoveKind.ONLY_NOW) == numbers(back, MoveKind.ONLY_BEFORE)
    assert numbers(there, MoveKind.UNCHANGED) == numbers(back, MoveKind.UNCHANGED)


def test_what_matters_stands_first() -> None:
    """Biggest loss, what lost its evidence, biggest gain, unchanged, scored before only, scored now only."""
    before = {"1.1": 2, "1.2": 4, "1.3": 3, "1.4": 1, "1.5": 1, "2.2": 2, "2.3": 2, "2.4": 3}
    now: Given = {"1.1": 2, "1.2": 3, "1.3": 0, "1.4": 2, "1.5": 4, "2.2": scored(2, " "), "2.5": 0}
    found = moved(before, now)
    assert [(m.statement.statement_id, m.kind) for m in found.moves] == [
        ("1.3", MoveKind.LOSS),
        ("1.2", MoveKind.LOSS),
        ("2.2", MoveKind.NO_LONGER_EVIDENCED),
        ("1.5", MoveKind.GAIN),
        ("1.4", MoveKind.GAIN),
        ("1.1", MoveKind.UNCHANGED),
        ("2.3", MoveKind.ONLY_BEFORE),
        ("2.4", MoveKind.ONLY_BEFORE),
        ("2.5", MoveKind.ONLY_NOW),
    ]


def test_a_fall_to_0_is_a_loss_and_not_scored_is_not() -> None:
    assert only(moved({"1.1": 1}, {"1.1": 0})).kind is MoveKind.LOSS
    assert only(moved({"1.1": 1}, {"1.1": Response(evidence="Words")})).kind is MoveKind.ONLY_BEFORE


def test_a_gain_that_lost_its_evidence_is_said_to_have() -> None:
    found = moved({"1.1": 1, "1.2": 3}, {"1.1": scored(3, "")})
    assert [m.statement.statement_id for m in found.no_longer_evidenced] == ["1.1"]
    assert found.of_kind(MoveKind.GAIN)[0].is_no_longer_evidenced


def test_evidence_and_assurance_of_both_waves_come_along() -> None:
    before, now = Response(1, evidence="Then", assurance="A"), Response(2, evidence="Now", assurance="B")
    move = only(moved({"1.1": before}, {"1.1": now}))
    assert (move.before, move.now) == (before, now)


@pytest.mark.parametrize(
    ("baseline", "target", "now", "progress"),
    [
        (1, 3, 2, 0.5),
        (1, 3, 3, 1),
        (0, 4, 0, 0),
        (2, 3, 1, -1),
        (1, 2, 4, 3),
        (3, 3, 4, None),
        (3, 2, 3, None),
    ],
)
def test_progress_is_now_less_baseline_by_target_less_baseline(
    baseline: int, target: int, now: int, progress: float | None
) -> None:
    """ "-" where the target is not above the baseline."""
    assert only(moved({"1.1": scored(baseline, target=target)}, {"1.1": now})).progress == progress


def test_progress_needs_a_target_a_baseline_and_a_score_now() -> None:
    assert only(moved({"1.1": 1}, {"1.1": 2})).progress is None
    assert only(moved({"1.1": Response(target=3)}, {"1.1": 2})).progress is None
    assert only(moved({"1.1": scored(1, target=3)}, {})).progress is None


def test_progress_starts_from_the_baseline_whichever_waves_are_compared() -> None:
    found = moved({"1.1": scored(0, target=4)}, {"1.1": 1}, {"1.1": 3}, before=NEXT, now=LATER)
    move = only(found)
    assert (move.change, move.baseline_score, move.progress) == (2, 0, 0.75)


def test_the_target_is_the_one_set_before_the_wave_and_its_own_only_where_there_is_none() -> None:
    audit = waves({"1.1": scored(1, target=2)}, {"1.1": scored(2, target=4), "1.2": scored(1, target=3)}, {})
    assert [target_for(audit, wave, "1.1") for wave in (WAVE, NEXT, LATER)] == [2, 2, 4]
    assert [target_for(audit, wave, "1.2") for wave in (WAVE, NEXT, LATER)] == [None, 3, 3]


def test_an_agency_moves_by_its_own_scores_and_has_no_target() -> None:
    audit = waves({"1.1": 3}, {"1.1": 1}, party="police")
    targets = {ResponseKey(WAVE, PARTNERSHIP, "1.1"): Response(target=4)}
    audit = replace(audit, responses={**audit.responses, **targets})
    move = only(movement(audit, WAVE, NEXT, "police"))
    assert (move.change, move.target, move.progress) == (-2, None, None)
    assert movement(audit, WAVE, NEXT).moves == ()


def test_a_wave_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(KeyError):
        movement(audit_with({}), WAVE, "gone")
