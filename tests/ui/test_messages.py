"""Messages: plain text, whole on any screen, and the answer to a question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import FileRefused
from hsb_desktop.ui import messages
from hsb_desktop.ui.dialogs.message_dialog import MessageDialog, MessageKind


def test_markup_is_shown_as_it_is(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    shown: list[tuple[str, str, Qt.TextFormat]] = []

    def look(dialog: MessageDialog) -> int:
        shown.append((dialog.text.text(), dialog.details.text(), dialog.text.textFormat()))
        return 0

    monkeypatch.setattr(MessageDialog, "exec", look)
    messages.warn(None, "<b>Police</b>", "<img src=x>")
    messages.warn(None, "careful")
    messages.show_error(None, FileRefused("<i>x</i> could not be opened."))
    plain = Qt.TextFormat.PlainText
    assert shown == [
        ("<b>Police</b>", "<img src=x>", plain),
        ("careful", "", plain),
        ("<i>x</i> could not be opened.", "", plain),
    ]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_esc_leave_everything_as_it_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, key: Qt.Key
) -> None:
    def answer(dialog: MessageDialog) -> int:
        dialog.show()
        qtbot.waitExposed(dialog)
        QTest.keyClick(dialog, key)
        assert not dialog.isVisible()
        return dialog.result()

    monkeypatch.setattr(MessageDialog, "exec", answer)
    assert not messages.confirm(None, "Forget the recent files?", go_on="Forget them")


def test_a_question_is_answered_with_yes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot

    def press_go_on(dialog: MessageDialog) -> int:
        button = dialog.findChild(QPushButton, "go_on_button")
        assert button is not None
        assert button.text() == "Forget them"
        button.click()
        return dialog.result()

    monkeypatch.setattr(MessageDialog, "exec", press_go_on)
    assert messages.confirm(None, "Forget the recent files?", go_on="Forget them")


def test_a_long_message_fits_the_screen(qtbot: QtBot) -> None:
    dialog = MessageDialog(MessageKind.ERROR, "A long path / " * 300)
    qtbot.addWidget(dialog)
    dialog.fit_to(QSize(1366, 768))
    assert dialog.height() <= 768
    assert dialog.width() <= 1366
