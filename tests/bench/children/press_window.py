"""The program's window on an audit file; for each line, a key press that scores that statement.

Answers with the milliseconds from the press to the score on the disk and the radar painted, and to
everything else that it changes being painted as well.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hsb_desktop.app import WorkshopApplication
from hsb_desktop.ui.save_state import SaveKind
from tests.bench.children.built import TimedRadarPlot, open_built, settle
from tests.bench.children.painted import tell


def main(path: str) -> None:
    application = WorkshopApplication(sys.argv[:1])
    window, page = open_built(application, path)
    session = page.session
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


main(sys.argv[1])
