"""A date as people write it."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.dates import understood_date, written_date
from hsb_desktop.ui.dialogs.date_field import DateField


@pytest.mark.parametrize(
    "text, date",
    [
        ("", ""),
        ("  ", ""),
        ("12 March 2026", "2026-03-12"),
        (" 12  mar 2026 ", "2026-03-12"),
        ("12/03/2026", "2026-03-12"),
        ("3.4.2026", "2026-04-03"),
        ("2026-03-12", "2026-03-12"),
        ("31/02/2026", None),
        ("03/26", None),
        ("1/2/26", "2026-02-01"),
        ("spring", None),
    ],
)
def test_what_is_understood(text: str, date: str | None) -> None:
    assert understood_date(text) == date


def test_a_date_is_shown_as_people_read_it() -> None:
    assert written_date("2026-03-02") == "2 March 2026"
    assert written_date("") == ""


def test_the_field_keeps_what_it_does_not_understand(qtbot: QtBot) -> None:
    field = DateField("held_on_edit")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "31/02/2026")
    field.editingFinished.emit()
    assert field.text() == "31/02/2026"
    assert field.iso() is None
    assert "31/02/2026" in field.problem()

    field.clear()
    QTest.keyClicks(field, "1/2/2026")
    field.editingFinished.emit()
    assert field.text() == "1 February 2026"
    assert field.problem() == ""
