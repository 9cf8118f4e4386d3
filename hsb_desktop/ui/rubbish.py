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
_ALL_THE_NEW, _EVERYTHING = 5, 25
"""So many rounds, until all that is new is looked through, and until the whole program is."""


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
        """Collect the young, now and then all that is new, and seldom everything.

        What survived is set aside (`gc.freeze`): looking through a window full of cards takes 25 ms, and
        somebody may be typing.
        """
        if gc.get_count()[0] <= _MOST_YOUNG:
            return
        self._rounds += 1
        if self._rounds % _ALL_THE_NEW:
            gc.collect(1)
            return
        if self._rounds % _EVERYTHING == 0:
            gc.unfreeze()
        gc.collect(2)
        gc.freeze()
