"""The drop-down list of waves above the tabs, by keys: it keeps no key that scoring needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hsb_desktop.ui.main_window import MainWindow

from .test_workshop import OpenShown, focused, page_of
from .waves import BASELINE, NOW, write_two_waves


@pytest.fixture
def two_window(tmp_path: Path, open_shown: OpenShown) -> MainWindow:
    return open_shown(write_two_waves(tmp_path))


def test_after_a_choice_the_keyboard_is_on_the_score_again(two_window: MainWindow) -> None:
    page = page_of(two_window)
    page.show_statement("1.2")
    box = page.header.wave_box
    box.setFocus(Qt.FocusReason.TabFocusReason)
    box.showPopup()
    QTest.qWait(20)
    box.view().setCurrentIndex(box.model().index(0, 0))
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    QTest.qWait(20)
    assert page.session.wave_id == BASELINE
    assert page.current_statement_id == "1.2"
    assert focused().objectName().startswith("score_")


def test_letters_and_digits_choose_no_wave(two_window: MainWindow) -> None:
    page = page_of(two_window)
    page.session.show_wave(NOW)
    box = page.header.wave_box
    box.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_B, Qt.Key.Key_2):
        QTest.keyClick(box, key)
    assert page.session.wave_id == NOW
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert page.session.wave_id == BASELINE
    assert box.hasFocus()
