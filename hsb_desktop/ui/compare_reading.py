"""Reading several files one after the other, off the window's thread, with how far it has come and Cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from hsb_desktop.ui.background import PATIENCE_MS, BackgroundWork
from hsb_desktop.ui.dialogs.dialog_frame import plain_label

Result = TypeVar("Result")


def read_each(
    parent: QWidget | None, paths: Sequence[Path], read: Callable[[Path], Result]
) -> list[Result] | None:
    """Return what `read` returns of each file; None if the person cancelled it. Raises what `read` raises.

    After a second the progress appears. Cancelled, the file that is being read is waited for.
    """
    progress = _progress_dialog(parent, len(paths))
    patience = QTimer(progress, singleShot=True, interval=PATIENCE_MS)
    patience.timeout.connect(progress.show)
    patience.start()
    results: list[Result] = []
    try:
        for number, path in enumerate(paths):
            progress.setValue(number)
            words = QCoreApplication.translate("BackgroundWork", "Reading {0}…")
            progress.setLabelText(words.format(path.name))
            results.append(_read_one(progress, partial(read, path)))
            if progress.wasCanceled():
                return None
    finally:
        patience.stop()
        progress.close()
        progress.deleteLater()
    return results


def _read_one(progress: QProgressDialog, work: Callable[[], Result]) -> Result:
    job = BackgroundWork(work)
    loop = QEventLoop()
    ended: list[bool] = []

    def on_finished() -> None:
        ended.append(True)
        loop.quit()

    job.finished.connect(on_finished)
    job.start()
    look_again = QTimer(loop, interval=50)
    look_again.timeout.connect(loop.quit)
    look_again.start()
    while not ended:
        # Nothing else is to be clicked meanwhile; Cancel can be, as soon as it is there.
        is_shown = progress.isVisible()
        loop.exec(
            QEventLoop.ProcessEventsFlag.AllEvents
            if is_shown
            else QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        )
    job.join()
    return job.result()


def _progress_dialog(parent: QWidget | None, count: int) -> QProgressDialog:
    progress = QProgressDialog(parent)
    progress.setObjectName("progress_dialog")
    progress.setWindowTitle(QCoreApplication.translate("BackgroundWork", "Working…"))
    progress.setWindowModality(Qt.WindowModality.ApplicationModal)
    progress.setRange(0, count)
    progress.setLabel(plain_label("progress_words", ""))
    progress.setCancelButtonText(QCoreApplication.translate("BackgroundWork", "Cancel"))
    progress.setAutoClose(False)
    progress.setAutoReset(False)
    progress.reset()  # else it shows itself when it thinks fit
    return progress
