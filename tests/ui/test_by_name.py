"""What the first paint needs of Qt's enumerations, without making all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.by_name import LEFT, MIDDLE, TOP, WRAPPED, brush_of, pen_of, set_by_name, write_in

_FIRST_PAINT = """
import sys
from PySide6 import QtCore
from hsb_desktop.app import WorkshopApplication, open_window
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.score_button import ScoreButton

application = WorkshopApplication(sys.argv[:1])
window = open_window(sys.argv[1])
painted = []
for kind in (StatementCard, ScoreButton):
    def paint(self, event, before=kind.paintEvent, kind=kind):
        before(self, event)
        painted.append(kind.__name__)
    kind.paintEvent = paint
window.show()
while "ScoreButton" not in painted:
    application.processEvents()
print("Qt" in vars(QtCore), sorted(set(painted)))
window.page.session.close()
"""


_ASKING = """
from PySide6 import QtCore
before = "Qt" in vars(QtCore)
QtCore.Qt
print(before, "Qt" in vars(QtCore))
"""


def test_the_first_paint_does_not_make_the_enumerations_of_qt(sample_path: Path) -> None:
    assert _told(_FIRST_PAINT, str(sample_path)) == "False ['ScoreButton', 'StatementCard']"


def test_asking_for_one_of_them_makes_them() -> None:
    assert _told(_ASKING) == "False True"


def test_the_numbers_are_those_of_qt() -> None:
    assert int(Qt.TextFlag.TextWordWrap) == WRAPPED
    assert Qt.AlignmentFlag.AlignLeft.value == LEFT
    assert Qt.AlignmentFlag.AlignTop.value == TOP
    assert Qt.AlignmentFlag.AlignVCenter.value == MIDDLE


def test_properties_are_set_by_the_names_of_their_values(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    set_by_name(label, textFormat="PlainText", alignment="AlignRight|AlignTop", focusPolicy="TabFocus")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.alignment() == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    assert label.focusPolicy() is Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize(("name", "value"), [("textFormat", "Plain"), ("textFromat", "PlainText")])
def test_a_name_that_qt_does_not_know_is_a_fault(qtbot: QtBot, name: str, value: str) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    with pytest.raises(ValueError, match=name):
        set_by_name(label, **{name: value})


def test_pens_brushes_and_words_have_their_colour(qtbot: QtBot) -> None:
    colour = QColor("#123456")
    brush, pen = brush_of(colour), pen_of(colour, 2)
    assert (brush.color(), brush.style()) == (colour, Qt.BrushStyle.SolidPattern)
    assert (pen.color(), pen.style(), pen.widthF()) == (colour, Qt.PenStyle.SolidLine, 2)
    label = QLabel()
    qtbot.addWidget(label)
    write_in(label, colour)
    assert label.palette().color(label.foregroundRole()) == colour


def _told(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    return done.stdout.strip()
