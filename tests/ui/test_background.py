"""Work on a thread of its own: its result, its errors, and cancelling it."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import InputRefused
from hsb_desktop.ui import background
from hsb_desktop.ui.background import BackgroundWork, run_with_progress


def test_quick_work_shows_nothing(qtbot: QtBot) -> None:
    del qtbot
    seen: list[bool] = []

    def is_progress_shown() -> bool:
        return any(isinstance(w, QProgressDialog) and w.isVisible() for w in QApplication.topLevelWidgets())

    QTimer.singleShot(0, lambda: seen.append(is_progress_shown()))
    assert run_with_progress(None, "Reading…", lambda: time.sleep(0.05)) is None
    assert seen == [False]


def test_what_the_work_raises_is_raised(qtbot: QtBot) -> None:
    del qtbot

    def work() -> int:
        raise InputRefused("no such column")

    with pytest.raises(InputRefused, match="no such column"):
        run_with_progress(None, "Reading…", work)


def test_long_work_can_be_cancelled(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    monkeypatch.setattr(background, "PATIENCE_MS", 0)
    may_end = threading.Event()
    labels: list[str] = []

    def cancel() -> None:
        (progress,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, QProgressDialog))
        labels.append(progress.labelText())
        button = progress.findChild(QPushButton)
        assert button is not None
        button.click()
        labels.append(progress.labelText())
        may_end.set()

    def work() -> int:
        may_end.wait(10)
        return 7

    QTimer.singleShot(50, cancel)
    assert run_with_progress(None, "Reading…", work) is None
    assert labels == ["Reading…", "Stopping…"]
    assert not [thread for thread in threading.enumerate() if thread.name == "background-work"]


def test_long_work_that_is_waited_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    monkeypatch.setattr(background, "PATIENCE_MS", 0)
    ended = threading.Event()

    def work() -> str:
        ended.wait(0.1)
        return "read"

    assert run_with_progress(None, "Reading…", work) == "read"


def test_finished_comes_on_the_windows_thread(qtbot: QtBot) -> None:
    job = BackgroundWork(threading.get_ident)
    came_on: list[int] = []
    job.finished.connect(lambda: came_on.append(threading.get_ident()))
    with qtbot.waitSignal(job.finished):
        job.start()
    job.join()
    assert came_on == [threading.get_ident()]
    assert job.result() != threading.get_ident()
