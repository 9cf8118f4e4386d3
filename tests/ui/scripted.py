"""A workshop in the real window by its dialogs, keys and clicks, with pictures of each station to look at.

Pictures are made where HSB_SHOTS names a folder, in the sizes of a laptop and of the smallest projector.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.agencies_strip import AgenciesStrip
from hsb_desktop.ui.audit_page import AuditPage
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame
from hsb_desktop.ui.dialogs.message_dialog import MessageDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.still_label import StillLabel

SIZES = (QSize(1280, 720), QSize(1366, 768))
_FRAME = QSize(0, 48)
"""What a task bar takes of the screen."""
_LONGEST_MILLISECONDS = 60_000
_SOON = 100

Act = Callable[[QDialog], None]


class Room:
    """The window, and a facilitator who answers its dialogs in turn."""

    def __init__(self, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self._qtbot = qtbot
        self._patch = monkeypatch
        self._waiting: deque[tuple[str, Act]] = deque()
        self._shots = 0
        monkeypatch.setattr(QDialog, "exec", lambda dialog: self._answer(dialog))  # noqa: PLW0108  # becomes a method

    # What is there --------------------------------------------------------------------------------------

    @property
    def page(self) -> AuditPage:
        """The open audit on the screen."""
        assert self.window.page is not None
        return self.window.page

    @property
    def session(self) -> AuditSession:
        """The open audit."""
        return self.page.session

    def wait_until_built(self) -> None:
        """Wait for all cards of the open audit."""
        page = self.page
        self._qtbot.waitUntil(lambda: page.is_built, timeout=_LONGEST_MILLISECONDS)
        QApplication.processEvents()

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what is done in the background."""
        self._qtbot.waitUntil(is_so, timeout=_LONGEST_MILLISECONDS)

    # Dialogs --------------------------------------------------------------------------------------------

    def will(self, name: str, act: Act) -> None:
        """Do this in the next dialog, which has this name."""
        self._waiting.append((name, act))

    def will_agree(self, words: str) -> None:
        """Agree to the next question, which holds these words."""

        def agree(dialog: QDialog) -> None:
            assert isinstance(dialog, MessageDialog)
            assert words in dialog.text.text()
            dialog.accept()

        self._waiting.append(("message_dialog", agree))

    def _answer(self, dialog: QDialog) -> int:
        told = dialog.text.text() if isinstance(dialog, MessageDialog) else ""
        assert self._waiting, f"nobody expected {dialog.objectName()} {told}"
        name, act = self._waiting.popleft()
        assert dialog.objectName() == name, told
        dialog.show()
        QApplication.processEvents()
        self.look(name, dialog)
        act(dialog)
        dialog.hide()
        # As the system does when a dialog has gone.
        self.window.activateWindow()
        return dialog.result()

    def command(self, command: Command) -> None:
        """Choose from the menu, and see all that was expected of it."""
        self.window.commands[command].trigger()
        assert not self._waiting, f"{self._waiting[0][0]} did not come"

    def chosen_file(self, question: str, *paths: Path) -> None:
        """Choose these when the system's dialog asks."""
        answers = {
            "getOpenFileName": (str(paths[0]), ""),
            "getOpenFileNames": ([str(path) for path in paths], ""),
            "getSaveFileName": (str(paths[0]), ""),
            "getExistingDirectory": str(paths[0]),
        }
        self._patch.setattr(QFileDialog, question, lambda *_given, **_options: answers[question])

    # Keys and clicks ------------------------------------------------------------------------------------

    def go_to(self, statement_id: str) -> None:
        """Put the keyboard on a statement."""
        self.page.show_statement(statement_id)
        QTest.qWait(20)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key)
            QTest.qWait(15)

    def fill(self, statement_id: str, key: Qt.Key, evidence: str = "") -> None:
        """Score a statement and write evidence, all by keys."""
        self.go_to(statement_id)
        self.press(key)
        if evidence:
            self.press(Qt.Key.Key_E)
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClicks(focus, evidence)
            self.press(Qt.Key.Key_Escape)

    def type_and_enter(self, text: str) -> None:
        """Type where the keyboard is, and press Enter."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        self.press(Qt.Key.Key_Return)

    def open(self, path: Path) -> None:
        """Open a file from the menu, and wait for its cards."""
        self.chosen_file("getOpenFileName", path)
        self.command(Command.OPEN)
        assert self.session.path == path
        self.wait_until_built()

    def drop(self, *paths: Path) -> None:
        """Drop files on the window together."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self.window.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, *nothing))
        assert not self._waiting, f"{self._waiting[0][0]} did not come"

    def click(self, root: QWidget, name: str) -> None:
        """Press a button."""
        button = root.findChild(QPushButton, name)
        assert isinstance(button, QPushButton), name
        self.push(button)

    def push(self, button: QPushButton) -> None:
        """Press this button."""
        assert button.isVisible(), button.objectName()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.qWait(15)

    def settle(self) -> None:
        """Wait for what a score changes a moment later, and for the disk."""
        QTest.qWait(_SOON)
        assert self.session.settle()

    # What can be seen -----------------------------------------------------------------------------------

    def words(self, root: QWidget | None = None) -> str:
        """Everything that is to be read on the screen now."""
        within = root or self.window
        labels = [label.text() for label in within.findChildren(QLabel) if label.isVisible()]
        labels += [label.text() for label in within.findChildren(StillLabel) if label.isVisible()]
        return "\n".join(labels)

    def says(self, statement_id: str) -> str:
        """What the agencies' line of a statement says."""
        strip = self.page.domain_tab(statement_id[0]).card(statement_id).findChild(AgenciesStrip)
        assert strip is not None
        assert strip.isVisible()
        return self.words(strip)

    def keep(self, path: Path) -> None:
        """Keep a file beside the pictures."""
        if folder := os.environ.get("HSB_SHOTS", ""):
            shutil.copyfile(path, Path(folder) / path.name)

    def look(self, name: str, widget: QWidget | None = None) -> None:
        """Take pictures of a station, as a laptop and the smallest projector show it."""
        folder = os.environ.get("HSB_SHOTS", "")
        if not folder:
            return
        shown = widget or self.window
        self._shots += 1
        for size in SIZES:
            if isinstance(shown, DialogFrame):
                shown.fit_to(size - _FRAME)
            elif shown is self.window:
                shown.resize(size)
            QTest.qWait(60)
            Path(folder).mkdir(parents=True, exist_ok=True)
            shown.grab().save(f"{folder}/{self._shots:02} {name} {size.width()}.png")
