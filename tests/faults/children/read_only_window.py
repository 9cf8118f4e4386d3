"""Opens an audit that may only be read in the real window, and tries to change it all the same.

`PATH OWN`; ends with a sentence on standard error where something is not as it must be.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from hsb_desktop import app
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.text_box import TextBox

_BEAT_MILLISECONDS = 10


def look(window: MainWindow, own: Path) -> str:
    """Return what is not as it must be; empty if all is well."""
    page = window.page
    assert page is not None
    banner, state = window.findChild(QWidget, "not_saved_banner"), window.findChild(QLabel, "save_state")
    assert isinstance(banner, QWidget)
    assert isinstance(state, QLabel)
    if not (banner.isVisible() and "for reading only" in state.text()):
        return "nothing says that the file can only be read"
    card = page.findChild(StatementCard, "statement_card_1.1")
    assert isinstance(card, StatementCard)
    box, button = card.findChild(TextBox, "evidence_edit"), card.findChild(QPushButton, "score_3")
    assert isinstance(box, TextBox)
    assert isinstance(button, QPushButton)
    before = page.session.shown
    QTest.keyClicks(box, "words")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    page.session.flush()
    if page.session.shown != before or box.text:
        return "the screen shows an edit that cannot be kept"
    page.session.save_elsewhere(own / "copy.hsbaudit")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    page.session.settle()
    if not state.text().startswith("All changes saved ") or page.session.is_read_only:
        return f"the copy cannot be worked on: {state.text()}"
    return ""


def main() -> int:
    class Application(app.WorkshopApplication):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            self.timer = QTimer(self)
            self.timer.timeout.connect(self.beat)
            self.timer.start(_BEAT_MILLISECONDS)

        def beat(self) -> None:
            window = self.window
            if window is None or window.page is None or not window.page.is_built:
                return
            self.timer.stop()
            try:
                wrong = look(window, Path(sys.argv[2]))
            except BaseException as error:
                # A fault of the trial itself: there is nobody to answer the dialog.
                sys.__excepthook__(type(error), error, error.__traceback__)
                os._exit(4)
            sys.stdout.write(f"{wrong or 'survived'}\n")
            window.close()

    app.WorkshopApplication = Application  # type: ignore[assignment, misc]  # the window's own start, with somebody at it
    return app.main([sys.argv[1]])


if __name__ == "__main__":
    sys.exit(main())
