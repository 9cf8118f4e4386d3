"""A merge never locks what is being scored, and says who is thrown out and what loses its protection."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.operations import rounds, waves
from hsb_desktop.operations.merging import Choice, plan_merge
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.protection import protect
from hsb_desktop.values import Subject, ValueAddress
from tests.operations.merging import audit_at, copied, enter, held, merge, planned
from tests.store.files import EVIDENCE, HEALTH, POLICE, SCORE, WAVE, address, of_police

LOCK = address(Subject.WAVE, (WAVE,), "is_locked")
PASSWORD = "correct horse battery"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return audit_at(tmp_path / "ours.hsbaudit")


def attends(agency_id: str) -> ValueAddress:
    return address(Subject.ATTENDANCE, (WAVE, agency_id), "attends")


# Locks ----------------------------------------------------------------------------------------------------


def test_a_lock_from_a_copy_is_not_taken_while_something_is_scored_here(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 3))
    with AuditFile.open(theirs) as file:
        file.apply(waves.lock_wave(file.read(), WAVE))
    with AuditFile.open(ours) as file:
        file.apply(rounds.start_round(file.read(), WAVE, "1.1"))
    plan = merge(ours, theirs)
    (notice,) = plan.notices
    assert "stays unlocked here: scoring is still open for 1.1." in notice
    assert [entry.address for entry in plan.left_out] == [LOCK]
    assert (held(ours, LOCK), held(ours, SCORE)) == (None, 3)
    with AuditFile.open(ours) as file:
        file.apply(rounds.cancel_round(file.read(), WAVE, "1.1"))
    assert merge(ours, theirs).notices == ()
    assert held(ours, LOCK) == 1


def test_a_lock_comes_with_the_end_of_the_round_that_was_open_here(ours: Path) -> None:
    with AuditFile.open(ours) as file:
        file.apply(rounds.start_round(file.read(), WAVE, "1.1"))
        file.apply(rounds.record_vote(file.read(), WAVE, "1.1", POLICE, 3))
    theirs = copied(ours, "theirs")
    with AuditFile.open(theirs) as file:
        file.apply(rounds.reveal(file.read(), WAVE, "1.1"))
        file.apply(waves.lock_wave(file.read(), WAVE))
    assert merge(ours, theirs).notices == ()
    assert (held(ours, LOCK), held(ours, of_police("1.1"))) == (1, 3)


# Who takes part -------------------------------------------------------------------------------------------


def test_who_takes_part_no_longer_is_said_where_a_copy_ticks_the_first(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (attends(HEALTH), 1))
    (notice,) = planned(ours, theirs).notices
    assert 'the wave "Baseline"' in notice
    assert "no longer counted: Northmoor Police." in notice


def test_nothing_is_said_where_a_copy_ticks_all_or_some_were_ticked_already(ours: Path) -> None:
    all_of_them, one = copied(ours, "all"), copied(ours, "one")
    enter(all_of_them, (attends(HEALTH), 1), (attends(POLICE), 1))
    assert planned(ours, all_of_them).notices == ()
    enter(ours, (attends(POLICE), 1))
    enter(one, (attends(HEALTH), 1))
    assert planned(ours, one).notices == ()


# Protection -----------------------------------------------------------------------------------------------


def notices(ours: Path, theirs: Path, choice: Choice = Choice.BOTH) -> tuple[str, ...]:
    with AuditFile.open(ours, password=PASSWORD) as target:
        source = AuditFile.open(theirs, read_only=True, password=PASSWORD)
        with source:
            return plan_merge(target, [source], on_conflict=choice).notices


def test_that_words_of_a_protected_copy_come_into_a_plain_audit_is_said(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    protect(theirs, PASSWORD)
    assert notices(ours, theirs) == ()
    with AuditFile.open(theirs, password=PASSWORD) as file:
        before = file.read()
        assert before.value(EVIDENCE) is None
    plain = copied(ours, "plain")
    enter(plain, (EVIDENCE, "Heard in confidence."))
    assert notices(ours, plain) == ()
    protect(plain, PASSWORD)
    (notice,) = notices(ours, plain)
    assert notice.startswith("plain.hsbaudit is protected with a password and ours.hsbaudit is not")
    protect(ours, PASSWORD)
    assert notices(ours, plain) == ()
