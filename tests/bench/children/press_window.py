"""The program's window on an audit file; for each line, a key press that scores that statement.

Answers with the milliseconds from the press to the score on the disk and the radar painted, and to
everything else that it changes being painted as well.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hsb_desktop.app import WorkshopApplication, open_window
from hsb_desktop.ui.radar import radar_widget
from hsb_desktop.ui.radar.radar_plot import RadarPlot
from hsb_desktop.ui.save_state import SaveKind
from tests.bench.children.painted import SIZE, tell

_PATIENCE_SECONDS = 20


class TimedRadarPlot(RadarPlot):
    """The radar's plot, which notes when its last paint ended."""

    painted_at = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        TimedRadarPlot.painted_at = time.perf_counter()


radar_widget.RadarPlot = TimedRadarPlot  # type: ignore[attr-defined]  # the program's own, but for the clock


def main(path: str) -> None:
    application = WorkshopApplication(sys.argv[:1])
    window = open_window(path)
    window.resize(*SIZE)
    window.show()
    page = window.page
    assert page is not None
    session = page.session
    wait(application, lambda: page.is_built)
    tell(ready=1)
    for line in sys.stdin:
        statement_id = line.strip()
        page.show_statement(statement_id)
        settle(application)
        key = session.key(statement_id)
        score = ((session.audit.response(key).score or 0) + 1) % 5
        selector = QApplication.focusWidget()
        assert selector is not None
        began = time.perf_counter()
        QTest.keyPress(selector, Qt.Key(Qt.Key.Key_0.value + score))
        pressed = time.perf_counter()
        application.processEvents()
        ended = time.perf_counter()
        assert session.save_state.kind is SaveKind.SAVED, session.save_state
        assert session.audit.response(key).score == score, statement_id
        assert pressed < TimedRadarPlot.painted_at < ended, "the radar was not painted after the commit"
        tell(
            press=(TimedRadarPlot.painted_at - began) * 1000,
            everything=(ended - began) * 1000,
            until_committed=(pressed - began) * 1000,
        )
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
