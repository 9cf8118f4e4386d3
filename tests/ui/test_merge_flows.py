"""Other copies of the open audit, merged into it in the real window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.merging import Choice
from hsb_desktop.operations.conflict_copies import ConflictCopy
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of
from hsb_desktop.store.backup_folder import BackupReason
from hsb_desktop.store.protection import change_protection
from hsb_desktop.store.share import share_copy
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.merge_dialog import MergeDialog
from hsb_desktop.ui.dropped_files import take_dropped
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import Subject, ValueAddress
from tests.faults.hostile_schemas import hostile_schemas, make_hostile
from tests.store.files import bare_audit, make
from tests.store.second_process import second_process

from .merging import (
    ANN,
    BOB,
    Person,
    choose_files,
    content,
    copied,
    enter,
    enter_at,
    person,
    place,
    press,
    pressing,
)
from .test_workshop import card_of, page_of, type_text

pytestmark = pytest.mark.short_form

__all__ = ["person"]

PASSWORD = "Heron under ŵillow 7"
DATA = Path(__file__).parents[1] / "data" / "audits"


def session_of(window: MainWindow) -> AuditSession:
    assert window.session is not None
    return window.session


@pytest.fixture
def edited_apart(audit_path: Path) -> tuple[Path, Path]:
    """Two copies of one audit: 1.1 is new there, 1.2 differs, 1.3 is older there, 1.4 cleared there."""
    enter(audit_path, ("1.3", "score", 1), ("1.4", "evidence", "kept words"), author=ANN)
    theirs = copied(audit_path, "theirs")
    enter(theirs, ("1.1", "score", 3), ("1.2", "score", 1), ("1.4", "evidence", None), author=BOB)
    enter(audit_path, ("1.2", "score", 4), ("1.3", "score", 2), author=ANN)
    return audit_path, theirs


@pytest.fixture
def window_apart(edited_apart: tuple[Path, Path], open_shown: Callable[[Path], MainWindow]) -> MainWindow:
    return open_shown(edited_apart[0])


def take(step: Callable[[], None], session: AuditSession) -> None:
    """Take a step of undo or redo, and wait for a disk that is busy."""
    step()
    assert session.settle()


def merge_in(window: MainWindow, paths: list[Path]) -> None:
    """Merge files, and wait for a disk that is busy."""
    window.flows.merging.merge_paths(paths)
    if window.session is not None:
        assert window.session.settle()


def shown_by(dialog: QDialog) -> MergeDialog:
    assert isinstance(dialog, MergeDialog)
    return dialog


def counts_of(dialog: MergeDialog) -> str:
    label = dialog.findChild(QLabel, "merge_counts")
    assert label is not None
    return label.text()


def lines_of(dialog: MergeDialog) -> list[str]:
    found = []
    for number in range(dialog.list.topLevelItemCount()):
        group = dialog.list.topLevelItem(number)
        assert group is not None
        found.append(group.text(0))
        for child in range(group.childCount()):
            line = group.child(child)
            assert line is not None
            found.append(" | ".join(filter(None, (line.text(column) for column in range(4)))))
    return found


# What is shown --------------------------------------------------------------------------------------------


def test_what_a_merge_would_change_is_counted_and_shown_before_anything_is_written(
    window_apart: MainWindow,
    edited_apart: tuple[Path, Path],
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = edited_apart
    before, there = content(ours), theirs.read_bytes()
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        merge = shown_by(dialog)
        told.extend((counts_of(merge), *lines_of(merge), merge.here.toPlainText(), merge.there.toPlainText()))
        assert content(ours) == before
        press(dialog, "cancel_button")

    person.does = [look]
    choose_files(monkeypatch, theirs)
    window_apart.commands[Command.MERGE].trigger()

    assert told[0] == (
        "theirs.hsbaudit: 1 new from them, 1 differs, 1 older there stays as it is, "
        "1 cleared there and kept here."
    )
    assert told[1:7] == [
        "Answered differently (1)",
        "1.2 score · Baseline | 4 | 1 | Both kept; for now: 1",
        "New from them (1)",
        "1.1 score · Baseline | nothing | 3 | 3",
        "Cleared there and kept here (1)",
        "1.4 evidence · Baseline | kept words | nothing | kept words",
    ]
    assert told[-2].startswith(f"Here · {ANN} · ")
    assert told[-1].startswith(f"In theirs.hsbaudit · {BOB} · ")
    assert content(ours) == before
    assert theirs.read_bytes() == there


def test_a_merge_is_one_step_of_undo_and_of_redo_with_one_backup_before_it(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    session = session_of(window_apart)
    before = content(ours)
    person.does = [pressing("merge_button")]
    merge_in(window_apart, [theirs])

    assert card_of(window_apart, "1.1").score_selector.score == 3
    assert card_of(window_apart, "1.2").score_selector.score == 1
    after = content(ours)
    assert len(session.questions) != 0
    backups = backups_of(session.audit.audit_id)
    assert [backup.reason for backup in backups].count(BackupReason.MERGE) == 1
    assert session.undo_text == "merge of theirs.hsbaudit"

    take(session.undo, session)
    assert content(ours) == before
    assert not session.questions
    assert card_of(window_apart, "1.1").score_selector.score is None
    take(session.redo, session)
    assert content(ours) == after
    assert len(session.questions) == 1
    take(session.undo, session)
    assert content(ours) == before
    with AuditFile.open(ours, read_only=True) as file:
        assert file.check() == ()


def test_what_was_taken_back_can_be_merged_again_with_another_choice(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    session = session_of(window_apart)
    told: list[str] = []

    def take_theirs(dialog: QDialog) -> None:
        told.append(counts_of(shown_by(dialog)))
        QTest.keyClick(shown_by(dialog).list, Qt.Key.Key_T)
        press(dialog, "merge_button")

    person.does = [take_theirs, take_theirs]
    merge_in(window_apart, [theirs])
    take(session.undo, session)
    merge_in(window_apart, [theirs])
    assert told[0] == told[1]
    assert session.audit.value(place(ours, "1.2")) == 1
    assert session.questions == ()


def test_merging_twice_says_that_there_is_nothing_to_merge(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    _, theirs = edited_apart
    person.does = [pressing("merge_button"), pressing("close_button")]
    merge_in(window_apart, [theirs])
    steps = session_of(window_apart).undo_text
    merge_in(window_apart, [theirs])
    assert session_of(window_apart).undo_text == steps


def test_a_name_is_told_only_where_the_file_has_it(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> None:
    full = copied(audit_path, "full")
    enter(full, ("1.2", "score", 1), author=BOB)
    bare = full.with_name("bare.hsbaudit")
    with AuditFile.open(full, read_only=True) as file:
        share_copy(file, bare)
    enter(audit_path, ("1.2", "score", 4))
    window = open_shown(audit_path)
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        merge = shown_by(dialog)
        told.extend((merge.here.toPlainText(), merge.there.toPlainText(), *lines_of(merge)))
        press(dialog, "cancel_button")

    person.does = [look]
    merge_in(window, [bare])
    assert told[1] == "In bare.hsbaudit\n1"
    assert not any(BOB in words for words in told)


def test_a_new_agency_and_its_answers_come_by_name(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> None:
    theirs = copied(audit_path, "theirs")
    wave_id = place(theirs, "1.1").key[0]
    enter_at(
        theirs,
        (ValueAddress(Subject.AGENCY, ("a-new-one",), "name"), "Northmoor Fire & Rescue"),
        (ValueAddress(Subject.AGENCY, ("a-new-one",), "position"), 3),
        (ValueAddress(Subject.ATTENDANCE, (wave_id, "a-new-one"), "attends"), 1),
        (place(theirs, "1.1", "score", "a-new-one"), 2),
    )
    window = open_shown(audit_path)
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        told.extend((counts_of(shown_by(dialog)), *lines_of(shown_by(dialog))))
        press(dialog, "merge_button")

    person.does = [look]
    merge_in(window, [theirs])
    # In which order agencies are listed is no news.
    assert told[0] == "theirs.hsbaudit: 3 new from them."
    assert "1.1 score · Baseline · Northmoor Fire & Rescue | nothing | 2 | 2" in told
    session = session_of(window)
    assert [agency.name for agency in session.audit.agencies] == ["Northmoor Fire & Rescue"]
    take(session.undo, session)
    assert session.audit.agencies == ()


# Choices --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "button", "score"),
    [(Qt.Key.Key_T, "", 1), (Qt.Key.Key_O, "", 4), (None, "choose_theirs", 1), (None, "choose_ours", 4)],
)
def test_one_side_is_taken_by_key_or_mouse(
    window_apart: MainWindow, person: Person, key: Qt.Key | None, button: str, score: int
) -> None:
    session = session_of(window_apart)

    def choose(dialog: QDialog) -> None:
        if key is not None:
            QTest.keyClick(shown_by(dialog).list, key)
        else:
            press(dialog, button)
        chosen = Choice.THEIRS if score == 1 else Choice.OURS
        assert shown_by(dialog).choice_buttons[chosen].isChecked()
        press(dialog, "merge_button")

    person.does = [choose]
    merge_in(window_apart, [session.path.with_name("theirs.hsbaudit")])
    assert content(session.path)[str(place(session.path, "1.2"))] == score
    assert session.questions == ()


def test_one_choice_can_count_for_all_that_differ(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> None:
    theirs = copied(audit_path, "theirs")
    enter(theirs, *((f"1.{number}", "score", 1) for number in range(1, 6)))
    enter(audit_path, *((f"1.{number}", "score", 3) for number in range(1, 6)))
    window = open_shown(audit_path)

    def choose(dialog: QDialog) -> None:
        merge = shown_by(dialog)
        QTest.keyClick(merge.list, Qt.Key.Key_T)
        assert merge.choices == {str(place(theirs, "1.1")): Choice.THEIRS}
        press(dialog, "for_all_button")
        assert len(merge.choices) == 5
        QTest.keyClick(merge.list, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
        assert set(merge.choices.values()) == {Choice.OURS}
        QTest.keyClick(merge.list, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
        press(dialog, "merge_button")

    person.does = [choose]
    merge_in(window, [theirs])
    assert [content(audit_path)[str(place(theirs, f"1.{number}"))] for number in range(1, 6)] == [1] * 5


def test_three_copies_are_merged_at_once_and_lose_nothing(
    audit_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> None:
    one, two = copied(audit_path, "one"), copied(audit_path, "two")
    enter(one, ("1.1", "evidence", "what one wrote"), ("3.1", "score", 2), author=ANN)
    enter(two, ("1.1", "evidence", "what two wrote"), ("3.2", "score", 3), author=BOB)
    enter(audit_path, ("1.1", "evidence", "what stood here"))
    window = open_shown(audit_path)
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        merge = shown_by(dialog)
        told.extend((counts_of(merge), *lines_of(merge), merge.there.toPlainText()))
        # Whose answer would be "theirs"?
        assert not merge.choice_buttons[Choice.THEIRS].isEnabled()
        press(dialog, "merge_button")

    person.does = [look]
    merge_in(window, [one, two, one])
    assert told[0].startswith("2 files: 2 new from them, 1 differs")
    assert "one.hsbaudit: 1 new from them, 1 differs." in told
    assert "what one wrote" in told[-1]
    assert "what two wrote" in told[-1]
    (question,) = session_of(window).questions
    assert {answer.value for answer in question.answers} == {
        "what one wrote",
        "what two wrote",
        "what stood here",
    }


# What cannot be merged ------------------------------------------------------------------------------------


def test_files_that_cannot_be_merged_are_told_and_left_out_and_the_others_merged(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person, tmp_path: Path
) -> None:
    ours, theirs = edited_apart
    another = tmp_path / "another area.hsbaudit"
    create_audit_file(another, NewAudit(area="Elsewhere")).close()
    damaged = tmp_path / "damaged.hsbaudit"
    damaged.write_bytes(theirs.read_bytes()[:5000])
    words = tmp_path / "words.hsbaudit"
    words.write_text("not an audit")
    hostile = make(tmp_path / "hostile.hsbaudit", bare_audit())
    make_hostile(hostile, hostile_schemas()[0])
    gone = tmp_path / "gone.hsbaudit"
    before = {path: path.read_bytes() for path in (another, damaged, words, hostile)}
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        label = dialog.findChild(QLabel, "merge_refusals")
        assert label is not None
        told.extend((label.text(), *lines_of(shown_by(dialog))))
        press(dialog, "merge_button")

    person.does = [look]
    merge_in(window_apart, [ours, another, damaged, words, hostile, gone, theirs])
    assert told[0].startswith("⚠ 6 of 7 files cannot be merged")
    assert told[1] == "Cannot be merged (6)"
    sentences = told[2:8]
    for name in ("another area", "damaged", "words", "hostile", "gone", ours.stem):
        assert any(name in sentence for sentence in sentences), name
    assert session_of(window_apart).audit.value(place(ours, "1.1")) == 3
    assert {path: path.read_bytes() for path in before} == before


def test_where_no_file_can_be_merged_it_is_only_told_why(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person, tmp_path: Path
) -> None:
    words = tmp_path / "words.hsbaudit"
    words.write_text("not an audit")
    before = content(edited_apart[0])
    merge_in(window_apart, [words])
    assert person.seen == []
    assert "words.hsbaudit" in person.told[0]
    assert content(edited_apart[0]) == before


def test_a_protected_copy_asks_for_its_password_and_again_where_it_is_wrong(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    with AuditFile.open(theirs) as file:
        change_protection(file, PASSWORD)
    before = theirs.read_bytes()

    def give_password(dialog: QDialog) -> None:
        field = dialog.findChild(QLineEdit, "password_edit")
        assert field is not None
        for password in ("wrong one here", PASSWORD):
            field.setText(password)
            press(dialog, "go_on_button")

    person.does = [give_password, pressing("merge_button")]
    merge_in(window_apart, [theirs])
    assert person.seen == ["password_dialog", "merge_dialog"]
    assert content(ours)[str(place(ours, "1.1"))] == 3
    assert theirs.read_bytes() == before


def test_a_password_that_nobody_gives_leaves_the_file_out(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    theirs = edited_apart[1]
    with AuditFile.open(theirs) as file:
        change_protection(file, PASSWORD)
    person.does = [pressing("cancel_button")]
    merge_in(window_apart, [theirs])
    assert "its password was not given" in person.told[0]


def test_copies_with_the_audits_own_password_are_opened_without_asking(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    address = place(theirs, "1.1")
    with AuditFile.open(theirs) as file:
        change_protection(file, PASSWORD)
    session_of(window_apart).do_on_file(lambda file: change_protection(file, PASSWORD))
    person.does = [pressing("merge_button")]
    merge_in(window_apart, [theirs])
    assert person.seen == ["merge_dialog"]
    assert session_of(window_apart).audit.value(address) == 3
    assert session_of(window_apart).path == ours


def test_a_copy_of_an_older_version_of_the_file_is_merged(
    tmp_path: Path, open_shown: Callable[[Path], MainWindow], person: Person
) -> None:
    older = tmp_path / "older.hsbaudit"
    older.write_bytes((DATA / "v1.hsbaudit").read_bytes())
    ours = tmp_path / "ours.hsbaudit"
    ours.write_bytes(older.read_bytes())
    window = open_shown(ours)
    session = session_of(window)
    scored = next(key for key, response in session.audit.responses.items() if response.score is not None)
    session.set_score(scored.statement_id, None)
    person.does = [pressing("close_button")]
    before = older.read_bytes()
    merge_in(window, [older])
    assert person.seen == ["merge_dialog"]
    assert older.read_bytes() == before


# Meanwhile ------------------------------------------------------------------------------------------------


def test_what_is_still_being_typed_is_saved_before_the_merge_and_stays(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    type_text(card_of(window_apart, "1.5").evidence_edit, "typed a moment ago")
    person.does = [pressing("merge_button")]
    merge_in(window_apart, [theirs])
    assert content(ours)[str(place(ours, "1.5", "evidence"))] == "typed a moment ago"
    assert content(ours)[str(place(ours, "1.1"))] == 3
    take(session_of(window_apart).undo, session_of(window_apart))
    assert content(ours)[str(place(ours, "1.5", "evidence"))] == "typed a moment ago"
    assert str(place(ours, "1.1")) not in content(ours)


def test_closing_the_window_during_a_merge_merges_nothing(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    before = content(ours)

    def close(dialog: QDialog) -> None:
        window_apart.close()
        press(dialog, "merge_button")

    person.does = [close]
    merge_in(window_apart, [theirs])
    assert window_apart.session is None
    assert content(ours) == before
    assert person.told == []


def test_an_edit_goes_on_as_usual_after_a_merge(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    session = session_of(window_apart)
    before = content(ours)
    person.does = [pressing("merge_button")]
    merge_in(window_apart, [theirs])
    session.set_score("1.1", 0)
    take(session.undo, session)
    take(session.undo, session)
    assert content(ours) == before
    take(session.redo, session)
    take(session.redo, session)
    assert content(ours)[str(place(ours, "1.1"))] == 0


def test_what_could_not_be_saved_stops_the_merge_before_anything_is_compared(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(edited_apart[0])
    saved = iter((True, False))
    with monkeypatch.context() as patched:
        # The disk refuses what was typed while the files were being opened.
        patched.setattr(session_of(window_apart), "settle", lambda: next(saved))
        window_apart.flows.merging.merge_paths([edited_apart[1]])
    assert person.told == ["Some changes are only on this screen. Save them first; nothing was merged."]
    assert person.seen == []
    assert content(edited_apart[0]) == before


def test_a_merge_that_fits_no_more_is_refused_and_keeps_nothing_from_the_disk(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    session = session_of(window_apart)

    def type_meanwhile(dialog: QDialog) -> None:
        session.set_score("1.1", 4)
        press(dialog, "merge_button")

    person.does = [type_meanwhile]
    merge_in(window_apart, [theirs])
    assert session.failure is None
    assert "Nothing was merged" in person.told[-1]
    session.set_evidence("1.5", "Typed afterwards.")
    assert session.settle()
    held = content(ours)
    assert held[str(place(ours, "1.1"))] == 4
    assert held[str(place(ours, "1.5", "evidence"))] == "Typed afterwards."


def test_a_copy_that_is_changed_while_it_is_looked_at_is_shown_anew(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart

    def choose_late(dialog: QDialog) -> None:
        QTest.keyClick(shown_by(dialog).list, Qt.Key.Key_T)
        enter(theirs, ("3.1", "score", 4))
        press(dialog, "merge_button")

    person.does = [choose_late, pressing("merge_button")]
    merge_in(window_apart, [theirs])
    assert "changed meanwhile" in person.told[0]
    assert content(ours)[str(place(ours, "3.1"))] == 4


# Told and counted -----------------------------------------------------------------------------------------


def test_the_outcome_is_told_in_one_sentence_with_counts(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person, qtbot: QtBot
) -> None:
    _, theirs = edited_apart
    person.does = [pressing("merge_button")]
    merge_in(window_apart, [theirs])
    page = page_of(window_apart)
    qtbot.waitUntil(lambda: page.findChild(QLabel, "notice_title") is not None)
    label = page.findChild(QLabel, "notice_title")
    assert label is not None
    assert label.text() == "Merged theirs.hsbaudit: 2 values changed, 1 to settle."


# Ways in --------------------------------------------------------------------------------------------------


def test_files_dropped_on_an_open_audit_are_merged_where_the_person_wants_that(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    person.does = [pressing("merge_dropped"), pressing("merge_button")]
    take_dropped(window_apart.flows, window_apart.session, [theirs], window_apart)
    assert person.seen == ["choice_dialog", "merge_dialog"]
    assert session_of(window_apart).path == ours
    person.does = [pressing("open_dropped")]
    take_dropped(window_apart.flows, window_apart.session, [theirs], window_apart)
    assert session_of(window_apart).path == theirs


def test_a_conflict_copy_beside_the_file_can_be_merged(
    window_apart: MainWindow, edited_apart: tuple[Path, Path], person: Person
) -> None:
    ours, theirs = edited_apart
    person.does = [pressing("merge_copy_button"), pressing("merge_button")]
    window_apart.flows.open_conflict_copies((ConflictCopy(theirs, 1e9),))
    assert person.seen == ["conflict_copies_dialog", "merge_dialog"]
    assert session_of(window_apart).settle()
    assert content(ours)[str(place(ours, "1.1"))] == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file keeps its place")
def test_after_a_file_was_replaced_underneath_both_versions_can_be_merged_and_lose_nothing(
    edited_apart: tuple[Path, Path],
    window_apart: MainWindow,
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = edited_apart
    session = session_of(window_apart)
    mine = tmp_path / "mine.hsbaudit"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(mine), ""))
    theirs.replace(ours)
    session.set_score("1.5", 2)
    window_apart.flows.keep_both()
    page = page_of(window_apart)
    notice = page.findChild(QPushButton, "notice_also_button")
    assert notice is not None
    assert notice.text() == "Merge my version…"
    person.does = [pressing("merge_button")]
    notice.click()
    session = session_of(window_apart)
    assert session.settle()
    held = content(ours)
    # Mine alone, theirs alone, and both where they differ: nothing tells which of them is newer.
    assert held[str(place(ours, "1.5"))] == 2
    assert held[str(place(ours, "1.1"))] == 3
    (question,) = [each for each in session.questions if each.statement_id == "1.2"]
    assert {answer.value for answer in question.answers} == {1, 4}


def test_an_audit_open_for_reading_only_takes_no_merge(
    edited_apart: tuple[Path, Path], sample_window: MainWindow, person: Person
) -> None:
    ours, theirs = edited_apart
    window = sample_window
    with second_process(ours) as other:
        assert other.said == "open"
        person.does = [pressing("read_only_button")]
        window.flows.open_path(ours)
        assert not window.commands[Command.MERGE].isEnabled()
        window.flows.merging.merge_paths([theirs])
        assert "open for reading only" in person.told[0]
    assert str(place(ours, "1.1")) not in content(ours)
