"""Garbage that holds Qt objects is collected on the window's thread, never on the writer's.

That goes too for what was set aside before it became garbage.
"""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.ui import rubbish
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.rubbish import RubbishCollector


class Ring:
    """Refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[RubbishCollector]:
    was_on = gc.isenabled()
    monkeypatch.setattr(rubbish, "_MOST_YOUNG", -1)
    parent = QObject()
    yield RubbishCollector(parent)
    gc.unfreeze()
    if was_on:
        gc.enable()


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


def test_python_no_longer_collects_by_itself(collector: RubbishCollector) -> None:
    assert not gc.isenabled()


def test_a_ring_that_nobody_holds_is_gone_after_a_round(collector: RubbishCollector) -> None:
    seen = weakref.ref(Ring())
    collector.collect()
    assert seen() is None


def test_what_was_set_aside_and_is_let_go_later_is_gone_in_the_end(collector: RubbishCollector) -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    for _ in range(5):
        collector.collect()
    assert gc.get_freeze_count() > 0
    del ring
    for _ in range(19):
        collector.collect()
    assert seen() is not None, "it was not set aside, so this test shows nothing"
    collector.collect()
    assert seen() is None


def test_nothing_is_collected_while_little_was_made(
    collector: RubbishCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rubbish, "_MOST_YOUNG", 10**9)
    seen = weakref.ref(Ring())
    collector.collect()
    assert seen() is not None
