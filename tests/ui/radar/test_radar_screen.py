"""The radar over the whole window, for a room to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.radar.radar_screen import RadarScreen
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance

SMALLEST_LETTERS = 18


@pytest.fixture
def screen(sample_path: Path, qtbot: QtBot) -> RadarScreen:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    session = AuditSession(AuditFile.open(sample_path))
    widget = RadarScreen(session, Appearance(application))
    widget.destroyed.connect(session.close)
    qtbot.addWidget(widget)
    widget.resize(1280, 720)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def _radar(screen: RadarScreen) -> RadarWidget:
    found = screen.findChild(RadarWidget)
    assert found is not None
    return found


def test_every_letter_can_be_read_from_afar(screen: RadarScreen) -> None:
    for kind in (QLabel, QPushButton, QComboBox, QAbstractScrollArea):
        for widget in screen.findChildren(kind):
            if widget.isVisible() and widget.objectName() != "radar_plot":
                assert widget.fontInfo().pixelSize() >= SMALLEST_LETTERS, widget.objectName()
    look = _radar(screen)._look
    assert look.font(0.85).pixelSize() >= SMALLEST_LETTERS
    assert _radar(screen)._layout.radius >= 200


def test_the_whole_table_is_in_sight(screen: RadarScreen) -> None:
    for domain_id in ("", "1"):
        screen.show_domain(domain_id)
        QApplication.processEvents()
        for area in screen.findChildren(QAbstractScrollArea):
            assert area.verticalScrollBar().maximum() == 0
            assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F6])
def test_esc_and_f6_leave(screen: RadarScreen, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(screen.left):
        QTest.keyClick(_radar(screen), key)


def test_it_follows_the_session(screen: RadarScreen) -> None:
    session = screen._session
    assert isinstance(session, AuditSession)
    before = _radar(screen).values()["1"]
    session.set_score("1.1", 4)
    assert _radar(screen).values()["1"] != before
    screen.show_domain("1")
    assert _radar(screen).values()["1.1"] == 4


def test_an_axis_goes_where_it_says(screen: RadarScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.domain_chosen) as chosen:
        _radar(screen).axis_chosen.emit("4")
    assert chosen.args == ["4"]
    screen.show_domain("1")
    with qtbot.waitSignal(screen.statement_chosen) as chosen:
        _radar(screen).axis_chosen.emit("1.6a")
    assert chosen.args == ["1.6a"]
