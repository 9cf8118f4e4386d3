"""Work that may take longer than a moment, done on a thread of its own while the window stays alive."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from hsb_desktop.ui.dialogs.dialog_frame import plain_label

Result = TypeVar("Result")

PATIENCE_MS = 1000
"""How long work may take before it is shown with a way to cancel it."""


_left_alone: set[BackgroundWork[Any]] = set()
"""Work that nobody waits for any more; referenced here until it ends, because its thread emits its signal."""


class BackgroundWork(QObject, Generic[Result]):
    """One piece of work on a thread of its own.

    `finished` comes on the window's thread; after it, `result` may be asked.
    """

    finished = Signal()

    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__()
        self._work = work
        self._results: list[Result] = []
        self._error: BaseException | None = None
        self._has_finished = False
        self.finished.connect(self._on_finished)
        self._thread = threading.Thread(target=self._run, name="background-work")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self) -> None:
        """Wait until the thread has ended."""
        if self._thread.ident is not None:
            self._thread.join()

    def let_run(self) -> None:
        """Let the work end by itself: nobody waits for it, and what it returns or raises is dropped."""
        if not self._has_finished:
            _left_alone.add(self)

    def _on_finished(self) -> None:
        self._has_finished = True
        _left_alone.discard(self)

    def result(self) -> Result:
        """Return what the work returned, or raise what it raised. Only after `finished`."""
        if self._error is not None:
            raise self._error
        (result,) = self._results
        return result

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:
            self._error = error  # raised again, on the window's thread, by `result`
        self.finished.emit()


def run_with_progress(parent: QWidget | None, words: str, work: Callable[[], Result]) -> Result | None:
    """Do the work and return its result; None if the person cancelled it. Raises what the work raised.

    After a second the words appear with a Cancel button. Cancelled work is waited for, its result dropped.
    """
    job = BackgroundWork(work)
    progress = _progress_dialog(parent, words)
    loop = QEventLoop()
    ended: list[str] = []

    def on_finished() -> None:
        ended.append("finished")
        loop.quit()

    def on_cancelled() -> None:
        ended.append("cancelled")
        progress.setLabelText(QCoreApplication.translate("BackgroundWork", "Stopping…"))
        progress.setCancelButtonText("")
        progress.show()

    job.finished.connect(on_finished)
    progress.canceled.connect(on_cancelled)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    job.start()
    # Nothing else is to be clicked meanwhile.
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not ended:
        progress.show()
        loop.exec()
    job.join()
    progress.canceled.disconnect(on_cancelled)  # closing it would count as cancelling
    progress.close()
    progress.deleteLater()
    result = job.result()
    return None if "cancelled" in ended else result


def _progress_dialog(parent: QWidget | None, words: str) -> QProgressDialog:
    progress = QProgressDialog(parent)
    progress.setObjectName("progress_dialog")
    progress.setWindowTitle(QCoreApplication.translate("BackgroundWork", "Working…"))
    progress.setWindowModality(Qt.WindowModality.ApplicationModal)
    progress.setRange(0, 0)
    progress.setLabel(plain_label("progress_words", words))
    progress.setCancelButtonText(QCoreApplication.translate("BackgroundWork", "Cancel"))
    progress.setAutoClose(False)
    progress.reset()  # else it shows itself when it thinks fit
    return progress
