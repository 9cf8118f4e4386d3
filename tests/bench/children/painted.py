"""Notes when a window has been painted for the first time."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

SIZE = (1366, 740)
"""Pixels of every measured window: the program's own size on its first start; a screen has no say in it."""


class FirstPaint(QObject):
    """Calls back with the time when a window's first paint has ended. Give it the window just after `show()`.

    The first expose event of the window paints all that is in it; a zero timer set as that event comes in
    runs when the painting is done, and before anything that the painted widgets put off.
    """

    def __init__(self, window: QWidget, then: Callable[[float], None]) -> None:
        super().__init__(window)
        self._handle = window.windowHandle()
        self._then = then
        self._handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose:
            self._handle.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self._then(time.monotonic())


def peak_megabytes() -> float:
    """Return the most memory that this process ever held.

    Not `ru_maxrss` on Linux: it begins with what the parent held when it forked.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**2


def tell(**told: float) -> None:
    """Answer whoever started this."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
