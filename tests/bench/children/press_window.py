"""The program's window on an audit file; for each line, a key press that scores that statement.

Answers with the milliseconds from the press to the score on the disk and everything repainted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hsb_desktop.app import WorkshopApplication, open_window
from hsb_desktop.ui.save_state import SaveKind
from tests.bench.children.painted import SIZE, tell

_PATIENCE_SECONDS = 20


class PaintCount(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.paints = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.paints += 1
        return False


def main(path: str) -> None:
    application = WorkshopApplication(sys.argv[:1])
    window = open_window(path)
    window.resize(*SIZE)
    window.show()
    page = window.page
    assert page is not None
    session = page.session
    wait(application, lambda: page.is_built)
    plot = window.findChild(QWidget, "radar_plot")
    radar = window.findChild(QWidget, "radar_widget")
    assert plot is not None
    assert radar is not None
    # Messages of a QGraphicsView's paint go to its viewport.
    painted = PaintCount(plot.viewport())  # type: ignore[attr-defined]  # a pyqtgraph widget, found by name
    tell(ready=1)
    for line in sys.stdin:
        statement_id = line.strip()
        page.show_statement(statement_id)
        settle(application)
        key = session.key(statement_id)
        score = ((session.audit.response(key).score or 0) + 1) % 5
        selector = QApplication.focusWidget()
        assert selector is not None
        before = painted.paints
        began = time.perf_counter()
        QTest.keyPress(selector, Qt.Key(Qt.Key.Key_0.value + score))
        pressed = time.perf_counter()
        application.processEvents()
        ended = time.perf_counter()
        assert session.save_state.kind is SaveKind.SAVED, session.save_state
        assert session.audit.response(key).score == score, statement_id
        assert painted.paints > before, "the radar was not painted"
        tell(press=(ended - began) * 1000, until_committed=(pressed - began) * 1000)
    window.close()


def wait(application: QApplication, until: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < end, "the window was not built in time"
        application.processEvents()
    settle(application)


def settle(application: QApplication) -> None:
    """Let everything happen that is due, so that the next press is measured alone."""
    for _ in range(5):
        application.processEvents()


main(sys.argv[1])
