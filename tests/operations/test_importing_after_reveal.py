"""An imported answer that changes after a reveal is one more round, as an answer given in the room is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hsb_desktop.analysis.rounds import revealed_rounds
from hsb_desktop.model import Answer, Audit
from hsb_desktop.operations import rounds
from hsb_desktop.operations.importing import ImportPlan, plan_import
from hsb_desktop.values import NO_VIEW, REVEALED, ResponseKey
from tests.analysis.agencies import STATEMENT, after, answered, attended_by, with_round
from tests.analysis.audits import AGENCIES, WAVE

NAMES = {agency_id: agency_id.title() for agency_id in AGENCIES}
FIRST: Mapping[str, Answer] = {"police": 3, "health": 1}


def revealed() -> Audit:
    audit = attended_by(answered(FIRST), *NAMES)
    return with_round(audit, FIRST, REVEALED)


def planned(audit: Audit, tmp_path: Path, given: Mapping[str, Answer]) -> ImportPlan:
    wave = audit.wave(WAVE).label
    rows = "".join(f"{wave},{STATEMENT},{NAMES[agency]},{answer}\n" for agency, answer in given.items())
    source = tmp_path / "rows.csv"
    source.write_text("wave,statement,agency,score\n" + rows)
    return plan_import(audit, source)


def imported(audit: Audit, tmp_path: Path, given: Mapping[str, Answer]) -> Audit:
    return audit.with_changes(planned(audit, tmp_path, given).change_set.changes)


def in_the_room(audit: Audit, given: Mapping[str, Answer]) -> Audit:
    for agency, answer in given.items():
        audit = after(audit, rounds.answer(audit, ResponseKey(WAVE, agency, STATEMENT), answer))
    return audit


def record(audit: Audit) -> list[tuple[str, dict[str, Answer]]]:
    return [
        (seen.key.round_number, {agency.agency_id: answer for agency, answer in seen.answers})
        for seen in revealed_rounds(audit, WAVE, STATEMENT)
    ]


def test_it_is_a_further_round_and_the_earlier_one_stays(tmp_path: Path) -> None:
    plan = planned(revealed(), tmp_path, {"police": 2})
    assert record(revealed().with_changes(plan.change_set.changes)) == [
        ("1", {"police": 3, "health": 1}),
        ("2", {"police": 2}),
    ]
    assert any("1 round of scoring and 1 answer" in sentence for sentence in plan.sentences)


def test_it_is_what_the_same_answers_make_in_the_room(tmp_path: Path) -> None:
    begun: list[Mapping[str, Answer]] = [
        {"police": 2},
        {"police": 2, "health": 2, "education": NO_VIEW},
        FIRST,
    ]
    for given in begun:
        assert imported(revealed(), tmp_path, given) == in_the_room(revealed(), given)
        again: Mapping[str, Answer] = {"health": 0, "police": 4}
        once = in_the_room(revealed(), given)
        assert imported(once, tmp_path, again) == in_the_room(once, again)


def test_without_a_revealed_round_and_beside_an_open_one_no_round_is_made(tmp_path: Path) -> None:
    plain = attended_by(answered(FIRST), *NAMES)
    assert record(imported(plain, tmp_path, {"police": 2})) == []
    second = after(revealed(), rounds.start_round(revealed(), WAVE, STATEMENT))
    found = imported(second, tmp_path, {"police": 2})
    assert (found.rounds, found.votes) == (second.rounds, second.votes)


def test_taken_back_it_is_as_before(tmp_path: Path) -> None:
    plan = planned(revealed(), tmp_path, {"police": 2, "health": 2})
    there = revealed().with_changes(plan.change_set.changes)
    assert there.with_changes(plan.change_set.reversed().changes) == revealed()


def test_an_imported_agreed_score_takes_the_reason_for_the_one_before_with_it(tmp_path: Path) -> None:
    audit = revealed()
    audit = after(audit, rounds.override(audit, WAVE, STATEMENT, 2, reason="For 2", agreed_by="Chair"))
    source = tmp_path / "agreed.csv"
    source.write_text(f"wave,statement,score\n{audit.wave(WAVE).label},{STATEMENT},4\n")
    kept = audit.with_changes(plan_import(audit, source).change_set.changes).agreement(WAVE, STATEMENT)
    assert (kept.reason, kept.agreed_by) == ("", "")
    source.write_text(f"wave,statement,score\n{audit.wave(WAVE).label},{STATEMENT},2\n")
    kept = audit.with_changes(plan_import(audit, source).change_set.changes).agreement(WAVE, STATEMENT)
    assert (kept.reason, kept.agreed_by) == ("For 2", "Chair")
