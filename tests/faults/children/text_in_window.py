"""A program of its own: shows an audit with an odd text in the real window, and types a letter behind it.

`python text_in_window.py FILE` ends without an error if the box shows the text to the letter, takes a key,
and the file holds both afterwards. It prints the longest time, in seconds, that the window did not answer.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hsb_desktop.app import WorkshopApplication, open_window
from hsb_desktop.store.audit_file import AuditFile
from tests.store.files import EVIDENCE

_LONGEST_BUILDING = 120.0


class _Pulse:
    """Notes how long the event loop was kept from its work."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now


def main(path: Path) -> None:
    """Look, type, close, and look again."""
    with AuditFile.open(path, read_only=True) as file:
        text = str(file.read().value(EVIDENCE))
    application = WorkshopApplication(sys.argv[:1])
    window = open_window(path)
    window.resize(1366, 740)
    window.show()
    page = window.page
    assert page is not None
    end = time.monotonic() + _LONGEST_BUILDING
    while not page.is_built and time.monotonic() < end:
        application.processEvents()
    pulse = _Pulse()
    page.show_statement("1.1")
    box = page.domain_tab("1").card("1.1").evidence_edit
    if box.isReadOnly():
        assert "too long to be shown" in box.text, "the box cannot be typed in, and does not say why"
    else:
        assert box.text == text, "the box shows another text"
    box.setFocus()
    box.moveCursor(box.textCursor().MoveOperation.End)
    QTest.keyClicks(box, "z")
    box.commit()
    box_is_read_only = box.isReadOnly()
    settled = page.session.settle()
    for _ in range(50):
        QApplication.processEvents()
    window.grab()
    window.close()
    with AuditFile.open(path) as file:
        held = file.read().value(EVIDENCE)
        assert file.check() == ()
    # At the limit there is no room for one more letter: it stays on the screen and is told of.
    expected = text + "z" if settled and not box_is_read_only else text
    assert held == expected, "the file holds another text"
    sys.stdout.write(f"{pulse.longest:.3f} {settled}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
