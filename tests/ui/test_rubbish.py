"""Garbage that holds Qt objects is collected on the window's thread, never on the writer's."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.rubbish import RubbishCollector


def test_a_busy_worker_never_collects(
    qtbot: QtBot, audit_path: Path, open_shown: Callable[[Path], MainWindow]
) -> None:
    open_shown(audit_path)
    threads: set[int] = set()

    def note(_phase: str, _info: dict[str, int]) -> None:
        threads.add(threading.get_ident())

    def make_rubbish() -> None:
        for _ in range(50_000):
            ring: list[Any] = []
            ring.append(ring)

    gc.callbacks.append(note)
    try:
        worker = threading.Thread(target=make_rubbish)
        worker.start()
        worker.join()
    finally:
        gc.callbacks.remove(note)
    assert worker.ident not in threads


def test_rubbish_is_collected_all_the_same(qapp: QApplication) -> None:
    owner = QWidget()
    collector = RubbishCollector(owner)
    gc.collect()
    for _ in range(30_000):
        ring: list[Any] = []
        ring.append(ring)
    before = gc.get_count()[0]
    collector.collect()
    assert gc.get_count()[0] < before / 10
