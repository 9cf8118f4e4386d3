"""A paste of any length is kept whole, and the window goes on answering."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.text_box import TextBox
from tests.ui.test_workshop import card_of, page_of, saved, type_text

pytestmark = pytest.mark.short_form

LATIN = "Evidence with words in it. "
ARABIC = "تم فحص الحالات (2026) بواسطة NSPCC "
FREEZE_SECONDS = 2.0
KEY_SECONDS = 0.15
"""On a shared computer; about 10 to 50 ms are measured."""


def filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def box_with_keyboard(window: MainWindow) -> TextBox:
    box = card_of(window, "1.1").evidence_edit
    box.setFocus()
    return box


def paste(box: TextBox, text: str) -> float:
    """Paste and let everything settle; return the processor's time that it took."""
    QApplication.clipboard().setText(text)
    began = time.thread_time()
    box.paste()
    QApplication.processEvents()
    return time.thread_time() - began


def evidence(window: MainWindow, path: Path) -> str:
    assert page_of(window).session.settle()
    audit = saved(path)
    return audit.agreed(audit.waves[0].wave_id, "1.1").evidence


@pytest.mark.parametrize("piece", [LATIN, ARABIC, "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
@pytest.mark.parametrize("length", [51_000, 1_000_000])
def test_a_paragraph_of_any_length_is_pasted_without_a_freeze_and_kept_whole(
    window: MainWindow, audit_path: Path, piece: str, length: int
) -> None:
    text = filled(piece, length)
    box = box_with_keyboard(window)
    assert paste(box, text) < FREEZE_SECONDS
    assert evidence(window, audit_path) == text
    assert box.text.startswith(f"This text is too long to be shown: it has {length:,} characters")


def test_what_was_typed_around_such_a_paste_is_kept_too(window: MainWindow, audit_path: Path) -> None:
    box = box_with_keyboard(window)
    box.insertPlainText("Before 😀 chosen after\nand more")
    cursor = box.textCursor()
    cursor.setPosition(10)
    cursor.setPosition(16, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "chosen"
    box.setTextCursor(cursor)
    text = filled(LATIN, 60_000)
    paste(box, text)
    assert evidence(window, audit_path) == f"Before 😀 {text} after\nand more"


def test_such_a_paste_is_a_step_of_its_own_that_undo_takes_back(window: MainWindow, audit_path: Path) -> None:
    box = box_with_keyboard(window)
    type_text(box, "Typed before. ")
    paste(box, filled(LATIN, 60_000))
    assert box.isReadOnly()
    session = page_of(window).session
    session.undo()
    assert session.settle()
    QApplication.processEvents()
    assert box.text == "Typed before. "
    assert not box.isReadOnly()
    type_text(box, "And on.")
    assert evidence(window, audit_path) == "Typed before. And on."


@pytest.mark.parametrize("length", [2_000, 60_000])
def test_a_text_that_is_dropped_is_kept_likewise(window: MainWindow, audit_path: Path, length: int) -> None:
    box = box_with_keyboard(window)
    type_text(box, "Typed before. ")
    text, data = filled(LATIN, length), QMimeData()
    data.setText(text)
    end = QPointF(box.cursorRect().center())
    nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    box.dropEvent(QDropEvent(end, Qt.DropAction.CopyAction, data, *nothing))
    QApplication.processEvents()
    assert evidence(window, audit_path) == f"Typed before. {text}"
    assert box.isReadOnly() == (length > 50_000)


def test_a_paste_of_many_paragraphs_is_shown_whole_and_can_be_typed_in(
    window: MainWindow, audit_path: Path
) -> None:
    text = filled(f"{filled(LATIN, 20_000)}\n", 280_000)
    box = box_with_keyboard(window)
    assert paste(box, text) < FREEZE_SECONDS
    assert not box.isReadOnly()
    type_text(box, "End.")
    assert evidence(window, audit_path) == f"{text}End."


def test_a_key_at_the_end_of_the_longest_paragraph_that_is_shown_is_answered_at_once(
    window: MainWindow, audit_path: Path
) -> None:
    text = filled(LATIN, 49_900)
    box = box_with_keyboard(window)
    paste(box, text)
    times = []
    for _ in range(10):
        began = time.thread_time()
        QTest.keyClick(box, Qt.Key.Key_A)
        QApplication.processEvents()
        times.append(time.thread_time() - began)
    assert sorted(times)[len(times) // 2] < KEY_SECONDS
    assert evidence(window, audit_path) == f"{text}{'a' * 10}"
