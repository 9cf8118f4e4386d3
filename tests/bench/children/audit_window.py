"""The program's main window on an audit file, until all cards and the radar are there; with `visit`, until
every tab was looked at and the full-screen statement shown.
"""

from __future__ import annotations

import sys
import time

# Before anything of Qt, as when the program itself is started.
from hsb_desktop.app import WorkshopApplication, open_window

# isort: split
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests.bench.children.painted import SIZE, FirstPaint, peak_megabytes, tell


def main(path: str, with_visits: bool) -> None:
    application = WorkshopApplication(sys.argv[:1])
    window = open_window(path)
    window.resize(*SIZE)
    page = window.page
    assert page is not None
    told: dict[str, float] = {}
    looking = QTimer(window, interval=1)

    def on_painted(at: float) -> None:
        told["first_paint_at"] = at
        looking.start()

    def look() -> None:
        if "cards_after" not in told and page.has_all_cards:
            told["cards_after"] = (time.monotonic() - shown_at) * 1000
        radar = window.findChild(QWidget, "radar_widget")
        if radar is None:
            return
        if "first_view_at" not in told:
            # Cards fill the screen before the radar is begun; here what was not painted yet is.
            window.repaint()
            radar.repaint()
            told["first_view_at"] = time.monotonic()
        if "cards_after" not in told or not page.is_built:
            return
        looking.stop()
        window.repaint()
        radar.repaint()
        told["everything_at"] = time.monotonic()
        if with_visits:
            visit()
        window.close()
        tell(**told, peak=peak_megabytes())
        application.quit()

    def visit() -> None:
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            application.processEvents()
            window.repaint()
        for statement in page.session.audit.instrument.statements:
            page.show_statement(statement.statement_id)
            application.processEvents()
        window.toggle_projection()
        application.processEvents()
        window.toggle_projection()
        application.processEvents()

    looking.timeout.connect(look)
    shown_at = time.monotonic()
    window.show()
    FirstPaint(window, on_painted)
    application.exec()


main(sys.argv[1], sys.argv[2:] == ["visit"])
