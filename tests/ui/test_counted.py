"""Singular and plural without a file of translations."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.counted import counted


@pytest.mark.parametrize(
    "count, words", [(0, "0 places are left"), (1, "1 place is left"), (2, "2 places are left")]
)
def test_english_reads_right_for_every_number(qtbot: QtBot, count: int, words: str) -> None:
    del qtbot
    told = QCoreApplication.translate("Test", "%n place(s) (is/are) left", "", count)
    assert counted(told, count) == words


def test_a_translation_comes_back_as_it_is() -> None:
    assert counted("2 le (dau neu ragor)", 2) == "2 le (dau neu ragor)"
