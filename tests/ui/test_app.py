from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent

from hsb_desktop.app import MacApplication


class Window:
    """As much of a main window as the application needs."""

    def __init__(self) -> None:
        self.opened: list[Path] = []

    @property
    def flows(self) -> Window:
        return self

    def open_path(self, path: Path) -> None:
        self.opened.append(path)


class Application:
    """Stands in for the application: a process can have one only."""

    def __init__(self) -> None:
        self.window: Any = Window()


def test_macos_hands_over_a_file_that_was_double_clicked(tmp_path: Path) -> None:
    application: Any = Application()
    event = QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "Northmoor.hsbaudit")))
    assert event.type() is QEvent.Type.FileOpen
    assert MacApplication.event(application, event)
    assert application.window.opened == [tmp_path / "Northmoor.hsbaudit"]
