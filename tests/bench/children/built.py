"""The program's window with all its cards, whose radar notes when it was painted."""

from __future__ import annotations

import time

from PySide6.QtGui import QPaintEvent

from hsb_desktop.app import WorkshopApplication, open_window
from hsb_desktop.ui.audit_page import AuditPage
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.radar import radar_widget
from hsb_desktop.ui.radar.radar_plot import RadarPlot
from tests.bench.children.painted import SIZE

PATIENCE_SECONDS = 20


class TimedRadarPlot(RadarPlot):
    """The radar's plot, which notes when its last paint ended."""

    painted_at = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        TimedRadarPlot.painted_at = time.perf_counter()


radar_widget.RadarPlot = TimedRadarPlot  # type: ignore[attr-defined]  # the program's own, but for the clock


def open_built(application: WorkshopApplication, path: str) -> tuple[MainWindow, AuditPage]:
    """Open the window on an audit file and return it with its page when everything in it is built."""
    window = open_window(path)
    window.resize(*SIZE)
    window.show()
    page = window.page
    assert page is not None
    end = time.monotonic() + PATIENCE_SECONDS
    while not page.is_built:
        assert time.monotonic() < end, "the window was not built in time"
        application.processEvents()
    settle(application)
    return window, page


def settle(application: WorkshopApplication) -> None:
    """Let everything happen that is due, so that what comes next is measured alone."""
    for _ in range(5):
        application.processEvents()
