"""A drop-down list: whole when it is open, and never changed by a wheel on its way through the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.theme import load_theme, style_sheet


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[ChoiceBox]:
    widget = ChoiceBox("choice")
    qtbot.addWidget(widget)
    widget.addItems(["All domains", *(f"Statements of {name}" for name in "ABCDE")])
    widget.show()
    yield widget
    widget.hidePopup()


@pytest.mark.parametrize("zoom", [80, 100, 200, 300])
def test_the_whole_list_is_in_sight(box: ChoiceBox, zoom: int) -> None:
    box.setStyleSheet(style_sheet(load_theme("light"), zoom))
    box.setFocus()
    box.showPopup()
    QApplication.processEvents()
    view = box.view()
    last = view.visualRect(view.model().index(box.count() - 1, 0))
    assert last.bottom() < view.viewport().height()
    assert view.verticalScrollBar().maximum() == 0


def test_the_wheel_changes_nothing_and_goes_on_to_the_page(box: ChoiceBox) -> None:
    here = QPointF(5, 5)
    wheel = QWheelEvent(
        here,
        QPointF(box.mapToGlobal(here)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == 0
    assert not wheel.isAccepted()
