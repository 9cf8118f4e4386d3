"""Choosing series, with the keyboard too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.ui.radar.series_chooser import SeriesChooser
from hsb_desktop.values import PARTNERSHIP
from tests.ui.radar.overlaid import AGENCIES, BASELINE, POLICE, SIX, TWELVE, overlaid_audit


@pytest.fixture
def chooser(qtbot: QtBot) -> SeriesChooser:
    dialog = SeriesChooser(overlaid_audit(), "w3", (TWELVE,))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitExposed(dialog)
    return dialog


def _press(chooser: SeriesChooser, role: str) -> None:
    button = chooser.findChild(QPushButton, role)
    assert isinstance(button, QPushButton)
    button.click()


def _told(chooser: SeriesChooser) -> str:
    label = chooser.findChild(QLabel, "chooser_count")
    assert isinstance(label, QLabel)
    return label.text()


def test_every_wave_of_every_party_has_a_box_with_a_name(chooser: SeriesChooser) -> None:
    names = [box.accessibleName() for box in chooser.findChildren(QCheckBox)]
    assert len(names) == len(set(names)) == 3 * 13
    assert "Baseline · Partnership" in names
    assert "Twelve months · Police" in names


def test_a_box_says_how_much_there_is_to_show(chooser: SeriesChooser) -> None:
    assert chooser._boxes[TWELVE].text() == "46 of 46"
    assert chooser._boxes[BASELINE].text() == "33 of 46"


def test_usual_choices_are_one_click(chooser: SeriesChooser) -> None:
    _press(chooser, "preset_waves")
    assert chooser.chosen() == (BASELINE, SIX, TWELVE)
    _press(chooser, "preset_agencies")
    assert chooser.chosen() == tuple(SeriesKey("w3", party_id) for party_id in (PARTNERSHIP, *AGENCIES))
    assert _told(chooser).startswith("13 shown.")
    assert "legend" in _told(chooser)
    _press(chooser, "preset_partnership")
    assert chooser.chosen() == (TWELVE,)
    assert _told(chooser) == "1 shown."


def test_arrow_keys_and_space_choose(chooser: SeriesChooser, qtbot: QtBot) -> None:
    start = chooser._boxes[TWELVE]
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    QTest.keyClick(start, Qt.Key.Key_Down)
    police = QApplication.focusWidget()
    assert police is chooser._boxes[POLICE]
    QTest.keyClick(police, Qt.Key.Key_Space)
    QTest.keyClick(police, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is police
    QTest.keyClick(police, Qt.Key.Key_Left)
    assert QApplication.focusWidget() is chooser._boxes[SeriesKey("w2", "a01")]
    assert chooser.chosen() == (TWELVE, POLICE)


def test_tab_stops_once_in_the_grid(chooser: SeriesChooser) -> None:
    chooser._boxes[POLICE].setFocus()
    stops = [
        key
        for key, box in chooser._boxes.items()
        if box.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]
    assert stops == [POLICE]


def test_nothing_chosen_cannot_be_shown(chooser: SeriesChooser) -> None:
    chooser._boxes[TWELVE].setChecked(False)
    button = chooser.findChild(QPushButton, "show_button")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    assert _told(chooser) == "Choose at least one."


def test_the_answer_is_what_is_chosen_or_none(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    audit = overlaid_audit()
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    assert SeriesChooser.ask(audit, "w3", (SIX, TWELVE)) == (SIX, TWELVE)
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    assert SeriesChooser.ask(audit, "w3", (SIX, TWELVE)) is None


def test_names_from_the_file_are_plain_text(chooser: SeriesChooser) -> None:
    assert {label.textFormat() for label in chooser.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
