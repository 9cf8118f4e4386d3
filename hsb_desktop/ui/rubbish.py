"""Python's cyclic garbage, collected on the window's thread only.

Python collects on whichever thread happens to allocate. Were that the writer's, Qt objects would be destroyed
there, and Qt aborts. It also keeps collections out of a key press: they wait until the event loop is idle.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS = 2000
_MOST_YOUNG = 20_000
"""Objects made since the last collection from which on one is worth its time."""


class RubbishCollector(QObject):
    """Takes over from Python's own collector for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._rounds = 0
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the young, and now and then everything."""
        young = gc.get_count()[0]
        if young > _MOST_YOUNG:
            self._rounds += 1
            gc.collect(1 if self._rounds % 5 else 2)
