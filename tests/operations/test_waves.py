"""New waves start empty; a locked wave stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Agency, Audit, Sitting
from hsb_desktop.operations import waves
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import (
    OPEN,
    PARTNERSHIP,
    REVEALED,
    Change,
    ChangeSet,
    Subject,
    Value,
    ValueAddress,
)
from tests.analysis.agencies import STATEMENT, after, answered, locked, with_round
from tests.analysis.audits import WAVE

NEXT = "w2"


def change(subject: Subject, key: tuple[str, ...], field: str, after: Value = "Words") -> Change:
    return Change(ValueAddress(subject, key, field), None, after)


EDITS = {
    "score": change(Subject.RESPONSE, (WAVE, PARTNERSHIP, "1.1"), "score", 3),
    "an agency's evidence": change(Subject.RESPONSE, (WAVE, "police", "1.1"), "evidence"),
    "comments": change(Subject.DOMAIN_NOTE, (WAVE, "1"), "comments"),
    "sitting": change(Subject.SITTING, ("s2",), "wave_id", WAVE),
    "note of a sitting": change(Subject.SITTING, ("s1",), "note"),
    "attendance": change(Subject.ATTENDANCE, (WAVE, "police"), "attends", 1),
    "round": change(Subject.ROUND, (WAVE, STATEMENT, "1"), "state", OPEN),
    "vote": change(Subject.VOTE, (WAVE, STATEMENT, "1", "police"), "answer", 1),
    "agreement": change(Subject.AGREEMENT, (WAVE, STATEMENT), "reason"),
    "label": change(Subject.WAVE, (WAVE,), "label"),
    "day": change(Subject.WAVE, (WAVE,), "held_on", "2026-01-01"),
}
FREE = {
    "score in another wave": change(Subject.RESPONSE, (NEXT, PARTNERSHIP, "1.1"), "score", 3),
    "another wave's sitting": change(Subject.SITTING, ("s2",), "wave_id", NEXT),
    "agency's name": change(Subject.AGENCY, ("police",), "name"),
    "reading": change(Subject.READING, ("1.6a",), "text"),
    "what the radar shows": change(Subject.SERIES, (WAVE, PARTNERSHIP), "is_shown", 1),
    "place among the waves": change(Subject.WAVE, (WAVE,), "position", 4),
    "title": change(Subject.AUDIT, (), "title"),
}


@pytest.fixture
def audit() -> Audit:
    return replace(answered({"police": 2}), sittings=(Sitting("s1", WAVE),))


def unlock(wave_id: str = WAVE) -> Change:
    return Change(ValueAddress(Subject.WAVE, (wave_id,), "is_locked"), 1, None)


# The guard ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EDITS)
def test_what_belongs_to_a_locked_wave_is_not_changed(audit: Audit, name: str) -> None:
    with pytest.raises(InputRefused, match='The wave "Baseline" is locked'):
        waves.refuse_locked(locked(audit), ChangeSet("edit", (EDITS[name],)))


@pytest.mark.parametrize("name", EDITS)
def test_nothing_is_refused_where_no_wave_is_locked(audit: Audit, name: str) -> None:
    waves.refuse_locked(audit, ChangeSet("edit", (EDITS[name],)))


@pytest.mark.parametrize("name", FREE)
def test_what_belongs_to_no_locked_wave_is_changed_as_ever(audit: Audit, name: str) -> None:
    waves.refuse_locked(locked(audit), ChangeSet("edit", (FREE[name],)))


def test_one_refused_change_refuses_the_set(audit: Audit) -> None:
    mixed = ChangeSet("import", (*FREE.values(), EDITS["score"]))
    with pytest.raises(InputRefused):
        waves.refuse_locked(locked(audit), mixed)


def test_a_sitting_is_not_moved_out_of_a_locked_wave(audit: Audit) -> None:
    moved = Change(ValueAddress(Subject.SITTING, ("s1",), "wave_id"), WAVE, NEXT)
    with pytest.raises(InputRefused):
        waves.refuse_locked(locked(audit), ChangeSet("edit", (moved,)))


def test_unlocking_and_then_editing_in_one_set_is_allowed_and_not_the_other_way_round(audit: Audit) -> None:
    waves.refuse_locked(locked(audit), ChangeSet("edit", (unlock(), EDITS["score"])))
    with pytest.raises(InputRefused):
        waves.refuse_locked(locked(audit), ChangeSet("edit", (EDITS["score"], unlock())))


def test_what_comes_after_locking_in_one_set_is_refused(audit: Audit) -> None:
    lock = unlock().reversed()
    waves.refuse_locked(audit, ChangeSet("import", (EDITS["score"], lock)))
    with pytest.raises(InputRefused):
        waves.refuse_locked(audit, ChangeSet("import", (lock, EDITS["score"])))


# Locking, unlocking, renaming ---------------------------------------------------------------------------


def test_a_wave_is_locked_and_unlocked_and_undo_takes_each_back(audit: Audit) -> None:
    locking = waves.lock_wave(audit, WAVE)
    shut = after(audit, locking)
    assert shut.wave(WAVE).is_locked
    waves.refuse_locked(shut, locking.reversed())
    unlocking = waves.unlock_wave(shut, WAVE)
    waves.refuse_locked(shut, unlocking)
    assert after(shut, unlocking) == replace(audit, attendance=shut.attendance)
    assert (locking.label, unlocking.label) == ("locking of Baseline", "unlocking of Baseline")


def test_who_takes_part_in_a_locked_wave_is_fixed_with_it(audit: Audit) -> None:
    """Where nobody is noted all take part: an agency that comes later would have been in it, too."""
    unnoted = replace(audit, attendance=frozenset())
    shut = after(unnoted, waves.lock_wave(unnoted, WAVE))
    assert taking_part(shut, WAVE) == audit.agencies
    later = replace(shut, agencies=(*shut.agencies, Agency("late", "Late Trust", position=9)))
    assert taking_part(later, WAVE) == audit.agencies
    assert after(shut, waves.lock_wave(unnoted, WAVE).reversed()) == unnoted


def test_locking_twice_changes_nothing(audit: Audit) -> None:
    assert waves.lock_wave(locked(audit), WAVE).changes == ()
    assert waves.unlock_wave(audit, WAVE).changes == ()


def test_a_wave_with_an_open_round_is_not_locked(audit: Audit) -> None:
    with pytest.raises(InputRefused, match=r"scoring is still open for 3\.2"):
        waves.lock_wave(with_round(audit, {}), WAVE)
    assert waves.lock_wave(with_round(audit, {}, REVEALED), WAVE).changes
    assert waves.lock_wave(with_round(audit, {}), NEXT).changes


def test_a_wave_is_renamed_unless_it_is_locked_or_the_label_is_taken(audit: Audit) -> None:
    assert after(audit, waves.rename_wave(audit, WAVE, " Start ")).wave(WAVE).label == "Start"
    assert after(audit, waves.rename_wave(audit, WAVE, "BASELINE")).wave(WAVE).label == "BASELINE"
    for label in ("six months", " ", "a\x00"):
        with pytest.raises(InputRefused):
            waves.rename_wave(audit, WAVE, label)
    with pytest.raises(InputRefused, match="locked"):
        waves.rename_wave(locked(audit), WAVE, "Start")


def test_a_wave_that_is_gone_is_said_to_be(audit: Audit) -> None:
    with pytest.raises(InputRefused, match="no such wave"):
        waves.lock_wave(audit, "gone")


# A new wave ---------------------------------------------------------------------------------------------


def test_a_new_wave_starts_empty_and_comes_last(audit: Audit) -> None:
    grown = after(audit, waves.new_wave(audit, held_on="2026-09-01"))
    wave = grown.waves[-1]
    assert (wave.label, wave.held_on, wave.is_locked) == ("Twelve months", "2026-09-01", False)
    assert grown.responses == audit.responses
    assert [w.wave_id for w in grown.waves[:-1]] == [w.wave_id for w in audit.waves]


def test_a_new_wave_has_the_agencies_of_the_last_one(audit: Audit) -> None:
    audit = replace(audit, attendance=frozenset({(WAVE, "education"), (NEXT, "police"), (NEXT, "health")}))
    grown = after(audit, waves.new_wave(audit))
    assert [a.agency_id for a in grown.agencies_in(grown.waves[-1].wave_id)] == ["police", "health"]


def test_waves_are_called_by_when_they_are_due(audit: Audit) -> None:
    audit = replace(audit, waves=())
    for _ in range(5):
        audit = after(audit, waves.new_wave(audit))
    assert [w.label for w in audit.waves] == [
        "Baseline",
        "Six months",
        "Twelve months",
        "24 months",
        "36 months",
    ]


def test_a_usual_label_that_is_taken_is_passed_over(audit: Audit) -> None:
    labelled = replace(audit.waves[1], label="twelve months")
    audit = replace(audit, waves=(audit.waves[0], labelled))
    assert after(audit, waves.new_wave(audit)).waves[-1].label == "24 months"


@pytest.mark.parametrize(("label", "held_on"), [("baseline", ""), ("a\x00", ""), ("Next", "2026-02-30")])
def test_a_label_that_is_taken_and_a_day_that_is_none_are_refused(
    audit: Audit, label: str, held_on: str
) -> None:
    with pytest.raises(InputRefused):
        waves.new_wave(audit, label, held_on)


def test_a_new_wave_is_written_to_the_file_and_taken_back(audit_file: AuditFile) -> None:
    before = audit_file.read()
    change_set = waves.new_wave(before, held_on="2026-09-01")
    audit_file.apply(change_set)
    assert audit_file.read() == before.with_changes(change_set.changes)
    audit_file.apply(change_set.reversed())
    assert audit_file.read() == before
