"""Copies of an open audit: whole, verified, without what should not leave; and what is left of old words."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hsb_desktop.errors import OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.store import copying
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.digest import EMPTY_DIGEST
from hsb_desktop.store.share import save_copy, share_copy
from hsb_desktop.values import NO_VIEW, OPEN, Change, Subject, ValueAddress
from tests.store.files import (
    AUTHOR,
    EVIDENCE,
    HEALTH,
    SCORE,
    WAVE,
    agreed,
    ask,
    change_set,
    digest_in,
    full_audit,
    make,
)

OVERWRITTEN = ("Zebrafinch first", "Zebrafinch second", "Zebrafinch third")
NOW = "What the partnership says today."

Copy = Callable[[AuditFile, Path], None]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AuditFile]:
    """An audit whose evidence was rewritten three times, each time in a visit of its own."""
    (tmp_path / "own").mkdir()
    with AuditFile.create(tmp_path / "own" / "audit.hsbaudit", full_audit()) as file:
        before = full_audit().value(EVIDENCE)
        for text in (*OVERWRITTEN, NOW):
            file.apply(change_set((EVIDENCE, before, text)))
            before = text
        yield file


def without_open_votes(audit: Audit) -> Audit:
    revealed = {vote: answer for vote, answer in audit.votes.items() if vote.round_number == "1"}
    return replace(audit, votes=revealed)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_a_saved_copy_holds_everything_with_its_history(file: AuditFile, tmp_path: Path) -> None:
    save_copy(file, tmp_path / "copy.hsbaudit")
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert copy.read() == file.read()
        assert copy.history() == file.history()
        assert len(copy.history()) == 4


def test_a_shared_copy_holds_the_present_values_and_no_history(file: AuditFile, tmp_path: Path) -> None:
    share_copy(file, tmp_path / "copy.hsbaudit")
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert copy.history() == ()
        assert copy.check() == ()
        ours, theirs = file.read(), copy.read()
        assert theirs.value(EVIDENCE) == NOW
        assert theirs.responses == ours.responses
        assert theirs.audit_id == ours.audit_id


def test_no_author_no_overwritten_word_and_no_label_is_in_the_bytes_of_a_shared_copy(
    file: AuditFile, tmp_path: Path
) -> None:
    out = tmp_path / "copy.hsbaudit"
    share_copy(file, out)
    content = out.read_bytes()
    assert NOW.encode() in content
    for words in (*OVERWRITTEN, AUTHOR, "Chair Winterbourne", "Scribe Ottoline", "a label"):
        assert words.encode() not in content, words
    assert OVERWRITTEN[0].encode() in file.path.read_bytes()


def test_a_shared_copy_carries_history_when_asked_to(file: AuditFile, tmp_path: Path) -> None:
    share_copy(file, tmp_path / "copy.hsbaudit", with_history=True)
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert copy.history() == file.history()
        assert copy.read() == without_open_votes(file.read())


@pytest.mark.parametrize("with_history", [True, False])
@pytest.mark.parametrize("password", [None, "a long password"])
def test_no_vote_of_an_open_round_is_in_a_shared_copy(
    password: str | None, with_history: bool, file: AuditFile, tmp_path: Path
) -> None:
    recorded = ValueAddress(Subject.VOTE, (WAVE, "1.3", "2", HEALTH), "answer")
    file.apply(change_set((recorded, None, 4)))
    out = tmp_path / "copy.hsbaudit"
    share_copy(file, out, with_history=with_history, password=password)
    with AuditFile.open(out, password=password) as copy:
        audit = copy.read()
        assert audit.rounds == file.read().rounds
        assert audit.votes == without_open_votes(file.read()).votes
        assert {vote.round_number for vote in audit.votes} == {"1"}
        assert copy.history(recorded) == ()
        assert copy.check() == ()
    assert file.read().value(recorded) == 4


def test_no_vote_that_was_taken_back_unseen_is_in_the_history_of_a_shared_copy(
    file: AuditFile, tmp_path: Path
) -> None:
    taken_back = ValueAddress(Subject.VOTE, (WAVE, "1.3", "2", HEALTH), "answer")
    cancelled = ValueAddress(Subject.ROUND, (WAVE, "1.2", "1"), "state")
    of_cancelled = ValueAddress(Subject.VOTE, (WAVE, "1.2", "1", HEALTH), "answer")
    for steps in (((taken_back, None, 4),), ((cancelled, None, OPEN), (of_cancelled, None, 1))):
        recorded = change_set(*steps)
        file.apply(recorded)
        file.apply(recorded.reversed())
    assert {entry.address for entry in file.history()} >= {str(taken_back), str(of_cancelled)}
    share_copy(file, tmp_path / "copy.hsbaudit", with_history=True)
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert copy.check() == ()
        assert not [entry for entry in copy.history() if entry.address.startswith("vote/")]


@pytest.mark.parametrize("with_history", [True, False])
def test_a_conflict_about_an_open_vote_stays_at_home(
    with_history: bool, file: AuditFile, tmp_path: Path
) -> None:
    vote = str(ValueAddress(Subject.VOTE, (WAVE, "1.3", "2", HEALTH), "answer"))
    fields = (("address", vote), ("first_value", 1), ("second_value", 4), ("second_author", "Chair"))
    file.apply(
        change_set(*((ValueAddress(Subject.CONFLICT, ("c2",), name), None, value) for name, value in fields))
    )
    share_copy(file, tmp_path / "copy.hsbaudit", with_history=with_history)
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert [conflict.conflict_id for conflict in copy.read().conflicts] == ["c1"]
        assert not [entry for entry in copy.history() if "/c2/" in entry.address]
        assert copy.check() == ()


def test_no_digest_of_a_shared_copy_tells_which_of_the_few_answers_an_open_vote_was(tmp_path: Path) -> None:
    recorded = ValueAddress(Subject.VOTE, (WAVE, "1.3", "2", HEALTH), "answer")
    digests = set()
    for answer in (0, 4, NO_VIEW):
        path = make(
            tmp_path / f"{answer}.hsbaudit", full_audit().with_changes([Change(recorded, None, answer)])
        )
        with AuditFile.open(path) as file:
            share_copy(file, tmp_path / "copy.hsbaudit")
        digests.add(digest_in(tmp_path / "copy.hsbaudit"))
        ((kept,),) = ask(
            tmp_path / "copy.hsbaudit", f"SELECT digest FROM value_state WHERE address = '{recorded}'"
        )
        assert kept == EMPTY_DIGEST
    assert len(digests) == 1


def test_a_shared_copy_keeps_the_conflict_and_forgets_who_was_in_it(file: AuditFile, tmp_path: Path) -> None:
    share_copy(file, tmp_path / "copy.hsbaudit")
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        (conflict,) = copy.read().conflicts
    assert (conflict.first_value, conflict.second_value) == ("One copy says this.", "The other says that.")
    assert (conflict.first_author, conflict.second_author) == ("", "")


@pytest.mark.parametrize("copy", [save_copy, share_copy])
def test_a_copy_keeps_ancestry_so_that_it_can_be_merged(copy: Copy, file: AuditFile, tmp_path: Path) -> None:
    out = tmp_path / "copy.hsbaudit"
    copy(file, out)
    for table in ("revision", "value_state"):
        columns = "revision_id" if table == "revision" else "address, revision_id"
        query = f"SELECT {columns} FROM {table} ORDER BY 1"
        assert ask(out, query) == ask(file.path, query)


def test_a_shared_copy_tells_which_box_was_emptied_and_how_often_it_was_saved_and_nothing_of_it(
    file: AuditFile, tmp_path: Path
) -> None:
    """What docs/file-format.md says of shared copies: a merge needs it."""
    file.apply(change_set((EVIDENCE, NOW, None)))
    out = tmp_path / "copy.hsbaudit"
    share_copy(file, out)
    ((revision_id, digest),) = ask(
        out, f"SELECT revision_id, digest FROM value_state WHERE address = '{EVIDENCE}'"
    )
    assert digest == bytes(32)
    saves = 0
    while revision_id is not None:
        ((revision_id,),) = ask(out, f"SELECT parent_id FROM revision WHERE revision_id = '{revision_id}'")
        saves += 1
    assert saves == len(OVERWRITTEN) + 3
    content = out.read_bytes()
    assert not [words for words in (*OVERWRITTEN, NOW) if words.encode() in content]


@pytest.mark.parametrize("copy", [save_copy, share_copy])
def test_a_copy_is_one_compact_file_for_its_owner_only(copy: Copy, file: AuditFile, tmp_path: Path) -> None:
    out = tmp_path / "shared" / "copy.hsbaudit"
    out.parent.mkdir()
    copy(file, out)
    assert [entry.name for entry in out.parent.iterdir()] == ["copy.hsbaudit"]
    assert ask(out, "PRAGMA freelist_count") == [(0,)]
    if sys.platform != "win32":
        assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("copy", [save_copy, share_copy])
def test_the_open_audit_goes_on_as_before_and_the_next_edit_is_a_new_visit(
    copy: Copy, file: AuditFile, tmp_path: Path
) -> None:
    before = NOW
    for text in ("Typing", "Typing on"):
        file.apply(change_set((EVIDENCE, before, text)), visit=1)
        before = text
    copy(file, tmp_path / "copy.hsbaudit")
    file.apply(change_set((EVIDENCE, "Typing on", "Typing on and on")), visit=1)
    assert [entry.before for entry in file.history(EVIDENCE)[-2:]] == [NOW, "Typing on"]


@pytest.mark.parametrize("copy", [save_copy, share_copy])
def test_a_copy_onto_the_open_audit_is_refused(copy: Copy, file: AuditFile, tmp_path: Path) -> None:
    link = tmp_path / "link.hsbaudit"
    link.symlink_to(file.path)
    os.link(file.path, tmp_path / "hard.hsbaudit")
    content = file.path.read_bytes()
    for out in (
        file.path,
        link,
        tmp_path / "hard.hsbaudit",
        file.path.parent / ".." / "own" / "audit.hsbaudit",
    ):
        with pytest.raises(OutputRefused, match="is the audit that is open"):
            copy(file, out)
    assert file.path.read_bytes() == content
    file.apply(change_set((SCORE, full_audit().value(SCORE), 4)))


@pytest.mark.parametrize("copy", [save_copy, share_copy])
def test_an_earlier_copy_is_replaced(copy: Copy, file: AuditFile, tmp_path: Path) -> None:
    out = tmp_path / "copy.hsbaudit"
    out.write_text("an earlier copy")
    copy(file, out)
    AuditFile.open(out).close()


@pytest.mark.parametrize("copy", [save_copy, share_copy])
def test_a_copy_that_fails_leaves_nothing_and_the_earlier_one_stays(
    copy: Copy, file: AuditFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "shared" / "copy.hsbaudit"
    out.parent.mkdir()
    out.write_text("an earlier copy")

    def judge_nothing_good(path: Path, _password: str | None) -> None:
        raise OutputRefused("the copy is not sound")

    monkeypatch.setattr(copying, "judge", judge_nothing_good)
    with pytest.raises(OutputRefused):
        copy(file, out)
    assert out.read_text() == "an earlier copy"
    assert [entry.name for entry in out.parent.iterdir()] == ["copy.hsbaudit"]


def test_a_file_that_can_only_be_read_can_be_copied(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit")
    with AuditFile.open(path, read_only=True) as file:
        save_copy(file, tmp_path / "copy.hsbaudit")
        share_copy(file, tmp_path / "shared.hsbaudit")
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert not copy.is_read_only
        assert copy.read() == full_audit()


# Residue ----------------------------------------------------------------------------------------------------


def test_words_replaced_within_a_visit_are_nowhere_in_the_file_nor_beside_it(tmp_path: Path) -> None:
    secrets = [f"Quokka{number:03}" * 40 for number in range(30)]
    with AuditFile.create(tmp_path / "audit.hsbaudit", full_audit()) as file:
        where = agreed("3.1", "assurance")
        before = full_audit().value(where)
        for secret in (*secrets, "harmless"):
            file.apply(change_set((where, before, secret)), visit=1)
            before = secret
        content = everything_in(tmp_path)
        assert not [secret for secret in secrets if secret[:9].encode() in content]
    assert b"Quokka" not in everything_in(tmp_path)


def test_words_taken_away_stay_in_history_alone(tmp_path: Path) -> None:
    with AuditFile.create(tmp_path / "audit.hsbaudit", full_audit()) as file:
        before = full_audit().value(EVIDENCE)
        file.apply(change_set((EVIDENCE, before, "Quokka was named here")))
        file.apply(change_set((EVIDENCE, "Quokka was named here", None)))
        assert b"Quokka" in everything_in(tmp_path)
        file.connection.execute("DELETE FROM history")
        assert b"Quokka" not in everything_in(tmp_path)
