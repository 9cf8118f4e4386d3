"""Notices that an open file was taken over, replaced, moved or deleted before somebody types in vain."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from hsb_desktop.errors import HsbError, NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.edit_queue import EditQueue

LOOK_MILLISECONDS = 5000
"""Between two looks: each costs microseconds on a disk, and one question to the server on a network drive."""


class FileWatch(QObject):
    """Looks every few seconds, and when the window becomes active again, on the thread that owns the file.

    It never looks while an edit is on its way: that tells more, and must not wait.
    """

    changed = Signal()
    """`lost` is another."""

    def __init__(self, queue: EditQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lost: NotSaved | None = None
        """What keeps the next change from the file, as far as it can be seen; None while all is well."""
        self._queue = queue
        self._is_looking = False
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MILLISECONDS, timerType=Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look. A second call does nothing."""
        application = QGuiApplication.instance()
        if not self._timer.isActive() and isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._on_focus_window_changed)
            self._timer.start()

    def stop(self) -> None:
        """Look no more, and forget what was seen."""
        self._timer.stop()
        self._looks += 1
        self.lost = None

    def look(self) -> None:
        """Look, without waiting for it; `changed` tells what came of it."""
        if not self._is_looking and self._timer.isActive() and not self._queue.edits:
            self._is_looking = True
            look = self._looks
            self._queue.ask(
                AuditFile.refuse_if_lost,
                lambda: self._on_looked(look, None),
                lambda error: self._on_looked(look, error),
                wait=False,
            )

    def look_now(self, seconds: float) -> NotSaved | None:
        """Look and wait that long for it at most; return what was seen."""
        job = self._queue.submit(AuditFile.refuse_if_lost)
        if job.done.wait(seconds):
            self._show(job.error)
        return self.lost

    def forget(self) -> None:
        """What was seen is past: something was written since, or another version is shown."""
        self._show(None)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            self.look()

    def _on_looked(self, look: int, error: HsbError | None) -> None:
        self._is_looking = False
        # By now the audit may be closed or go on in another file, or something newer is known.
        if self._timer.isActive() and look == self._looks and not self._queue.edits:
            self._show(error)

    def _show(self, error: BaseException | None) -> None:
        self._looks += 1
        before, self.lost = self.lost, error if isinstance(error, NotSaved) else None
        if (type(before), str(before)) != (type(self.lost), str(self.lost)):
            self.changed.emit()
