"""A shared copy has the revisions of its audit and not all of its words: merged back, it takes none away."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import share_copy
from hsb_desktop.values import Subject, ValueAddress
from tests.operations.merging import audit_at, conflicts_in, content, copied, enter, held, merge, shared
from tests.store.files import EVIDENCE, HEALTH, POLICE, SCORE, WAVE, address

ANN, BOB = "Ann Thistlewood", "Bob Fennimore"
ROUND = address(Subject.ROUND, (WAVE, "1.1", "1"), "state")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return audit_at(tmp_path / "ours.hsbaudit")


@pytest.fixture
def disputed(ours: Path) -> Path:
    """An audit in which two answers wait, with who gave them."""
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1), (EVIDENCE, "Here."), author=ANN)
    enter(theirs, (SCORE, 2), (EVIDENCE, "There."), author=BOB)
    merge(ours, theirs)
    return ours


def vote(agency: str) -> ValueAddress:
    return address(Subject.VOTE, (WAVE, "1.1", "1", agency), "answer")


def authors_in(path: Path) -> set[str]:
    return {author for row in conflicts_in(path) for author in (row.first_author, row.second_author)}


def test_shared_copy_of_an_audit_with_conflicts_changes_nothing_in_it(disputed: Path) -> None:
    copy = shared(disputed, "copy")
    assert authors_in(copy) == {""}
    before = content(disputed), disputed.read_bytes()
    plan = merge(disputed, copy)
    assert (plan.is_empty, plan.conflicts, plan.cleared) == (True, (), ())
    assert (content(disputed), disputed.read_bytes()) == before
    assert authors_in(disputed) == {ANN, BOB}


def test_audit_merged_into_its_shared_copy_brings_the_authors_and_no_question(disputed: Path) -> None:
    copy = shared(disputed, "copy")
    plan = merge(copy, disputed)
    assert (plan.conflicts, plan.cleared, plan.taken) == ((), (), ())
    assert content(copy) == content(disputed)
    assert merge(copy, disputed).is_empty
    assert merge(disputed, copy).is_empty


def test_shared_copy_that_was_edited_keeps_what_the_audit_knows_of_its_conflicts(disputed: Path) -> None:
    copy = shared(disputed, "copy")
    enter(copy, (address(Subject.AUDIT, (), "area"), "Southmoor"))
    merge(disputed, copy)
    assert held(disputed, address(Subject.AUDIT, (), "area")) == "Southmoor"
    assert authors_in(disputed) == {ANN, BOB}
    merge(copy, disputed)
    assert content(copy) == content(disputed)


@pytest.mark.parametrize("with_history", [True, False])
def test_shared_copy_takes_no_vote_of_an_open_round_out_of_its_audit(ours: Path, with_history: bool) -> None:
    enter(ours, (ROUND, "open"), (vote(POLICE), 3), (vote(HEALTH), 1))
    copy = ours.with_name("copy.hsbaudit")
    with AuditFile.open(ours) as file:
        share_copy(file, copy, with_history=with_history)
    before = content(ours)
    assert merge(ours, copy).is_empty
    assert content(ours) == before
    assert merge(copy, ours).is_empty
    enter(ours, (ROUND, "revealed"))
    before = content(ours)
    assert merge(ours, copy).is_empty
    assert content(ours) == before
    merge(copy, ours)
    assert content(copy) == before


@pytest.mark.parametrize("is_vanished", [True, False])
def test_shared_copy_settles_no_question_about_a_vote_by_leaving_it_out(
    ours: Path, is_vanished: bool
) -> None:
    theirs = copied(ours, "theirs")
    for path, score in ((ours, 1), (theirs, 3)):
        enter(path, (ROUND, "revealed"), (vote(POLICE), score))
    merge(ours, theirs)
    enter(ours, *(((vote(POLICE), None), (ROUND, None)) if is_vanished else ((ROUND, "open"),)))
    copy = shared(ours, "copy")
    assert conflicts_in(copy) == ()
    before = content(ours)
    assert merge(ours, copy).is_empty
    assert content(ours) == before
    merge(copy, ours)
    assert merge(ours, copy).is_empty
    assert content(ours) == before
