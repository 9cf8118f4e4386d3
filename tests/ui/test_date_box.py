"""A date at the end of a domain: what is typed is never lost, and never handed on half written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hsb_desktop.ui.date_box import DateBox


class Told:
    """What a box told, in its order."""

    def __init__(self, box: DateBox) -> None:
        self.all: list[str | bool] = []
        box.date_entered.connect(self.all.append)
        box.typing_changed.connect(self.all.append)


@pytest.fixture
def box(qtbot: QtBot) -> DateBox:
    widget = DateBox("Date completed")
    qtbot.addWidget(widget)
    widget.resize(700, 80)
    widget.show_date("2026-03-12")
    widget.show()
    return widget


def problem(box: DateBox) -> QLabel:
    found = box.findChild(QLabel, "date_problem")
    assert isinstance(found, QLabel)
    return found


def type_over(box: DateBox, text: str) -> None:
    box.line.selectAll()
    QTest.keyClicks(box.line, text)


def test_it_tells_of_typing_from_the_first_key_until_it_is_committed(box: DateBox) -> None:
    told = Told(box)
    type_over(box, "1/4/2026")
    assert told.all == [True]
    box.commit()
    assert told.all == [True, "2026-04-01", False]
    assert box.line.text() == "1 April 2026"
    box.commit()
    assert len(told.all) == 3


def test_what_is_put_back_is_no_longer_typed(box: DateBox) -> None:
    told = Told(box)
    QTest.keyClicks(box.line, "x")
    box.line.backspace()
    assert told.all == [True, False]
    assert box.line.text() == "12 March 2026"


def test_what_is_no_date_stays_and_is_not_handed_on(box: DateBox) -> None:
    told = Told(box)
    type_over(box, "soon")
    box.commit()
    assert told.all == [True]
    assert box.line.text() == "soon"
    assert "soon" in problem(box).text()
    assert "for example 12 March 2026 or 12/3/2026" in problem(box).text()
    box.show_date("2026-03-12")
    assert box.line.text() == "soon"


def test_another_stored_date_is_shown_all_the_same(box: DateBox) -> None:
    told = Told(box)
    type_over(box, "soon")
    box.commit()
    box.show_date("2026-05-01")
    assert box.line.text() == "1 May 2026"
    assert problem(box).isHidden()
    assert told.all == [True, False]


def test_words_of_another_wave_do_not_stay(box: DateBox) -> None:
    type_over(box, "soon")
    box.commit()
    box.show_date("2026-03-12", drops_words=True)
    assert box.line.text() == "12 March 2026"


def test_an_emptied_box_takes_the_date_away(box: DateBox) -> None:
    told = Told(box)
    box.line.selectAll()
    box.line.del_()
    box.commit()
    assert told.all == [True, "", False]


def test_nothing_beside_the_line_moves_for_a_problem(box: DateBox, qtbot: QtBot) -> None:
    qtbot.waitExposed(box)
    before: QSize = box.line.size()
    type_over(box, "soon")
    box.commit()
    box.resize(700, box.sizeHint().height())
    qtbot.waitUntil(lambda: problem(box).isVisible())
    assert box.line.size() == before
    assert problem(box).y() > box.line.geometry().bottom()


def test_it_says_how_to_write_a_date(qtbot: QtBot) -> None:
    widget = DateBox("Date completed")
    qtbot.addWidget(widget)
    assert widget.line.placeholderText() == "for example 12 March 2026 or 12/3/2026"
