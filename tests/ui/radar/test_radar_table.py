from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.ui.radar.radar_series import RadarSeries, ScoredCount, domain_axes, statement_axes
from hsb_desktop.ui.radar.radar_table import RadarTable
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.theme import load_theme

AXES = domain_axes(instrument_by_id())
MAIN = RadarSeries(
    "Six months",
    {"1": 2.1, "2": 0.0, "3": None, "4": 1.9, "5": 4.0},
    frozenset("1"),
    {
        "1": ScoredCount(7, 10),
        "2": ScoredCount(10, 10),
        "3": ScoredCount(0, 8),
        "4": ScoredCount(10, 10),
        "5": ScoredCount(8, 8),
    },
)
BASELINE = RadarSeries("Baseline", {"1": 1.0, "3": 1.5}, frozenset(), {"1": ScoredCount(10, 10)})


@pytest.fixture
def table(qtbot: QtBot) -> RadarTable:
    widget = RadarTable()
    qtbot.addWidget(widget)
    widget.resize(306, 260)
    widget.show_radar(AXES, (MAIN,))
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def _texts(table: RadarTable, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, column).data(role) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_table_says_what_the_radar_shows(table: RadarTable, qtbot: QtBot) -> None:
    radar = RadarWidget(load_theme("light"))
    qtbot.addWidget(radar)
    radar.show_radar(AXES, (MAIN,))
    assert _texts(table) == [
        ["Responses", "2.1", "part scored · 7 / 10"],
        ["Prevention", "0.0", "10 / 10"],
        ["Assessment", "–", "0 / 8"],
        ["Interventions", "1.9", "10 / 10"],
        ["Development", "4.0", "8 / 8"],
    ]
    shown = [row[1] for row in _texts(table)]
    assert shown == ["–" if value is None else f"{value:.1f}" for value in radar.values().values()]


def test_a_screen_reader_hears_words(table: RadarTable) -> None:
    told = _texts(table, Qt.ItemDataRole.AccessibleTextRole)
    assert told[0][1:] == ["2.1 of 4", "part scored, 7 of 10"]
    assert told[2][1:] == ["not scored", "0 of 8"]
    assert table.accessibleName()


@pytest.mark.parametrize("width", [306, 376, 396])
def test_it_fits_a_narrow_panel_with_its_words(table: RadarTable, width: int) -> None:
    table.resize(width, 260)
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert _texts(table)[0][2] == "part scored · 7 / 10"


def test_too_narrow_for_words_the_hollow_point_stands_for_them(table: RadarTable) -> None:
    table.resize(220, 260)
    assert _texts(table)[0][2] == "○ 7 / 10"
    assert _texts(table, Qt.ItemDataRole.AccessibleTextRole)[0][2] == "part scored, 7 of 10"


def test_statements_have_number_words_and_score(table: RadarTable) -> None:
    axes = statement_axes(instrument_by_id(), "3")
    table.show_radar(axes, (RadarSeries("Six months", {"3.1": 0.0, "3.2": 4.0}),))
    headings = [table.model().headerData(column, Qt.Orientation.Horizontal) for column in range(2)]
    assert headings == ["Statement", "Score"]
    rows = _texts(table)
    assert len(rows) == 8
    assert rows[0][0].startswith("3.1  ")
    assert [row[1] for row in rows[:3]] == ["0", "4", "–"]
    assert axes[0].name.split()[0] in str(table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))


def test_more_series_are_more_columns(table: RadarTable) -> None:
    table.resize(400, 260)
    table.show_radar(AXES, (MAIN, BASELINE))
    assert _texts(table)[0] == ["Responses", "2.1 ○ 7 / 10", "1.0 · 10 / 10"]
    table.show_radar(AXES, (MAIN,))
    assert len(_texts(table)[0]) == 3


def test_a_new_score_keeps_the_selected_row(table: RadarTable) -> None:
    table.selectRow(3)
    table.show_radar(AXES, (BASELINE,))
    assert table.currentIndex().row() == 3
    assert _texts(table)[2][1] == "1.5"


def test_only_rows_that_changed_are_told_of(table: RadarTable) -> None:
    told: list[tuple[int, int]] = []
    table.model().dataChanged.connect(lambda first, last, *_roles: told.append((first.row(), last.row())))
    table.show_radar(AXES, (MAIN,))
    assert told == []
    table.show_radar(AXES, (replace(MAIN, values={**MAIN.values, "4": 2.0}),))
    assert told == [(3, 3)]
    assert _texts(table)[3][1] == "2.0"
    told.clear()
    table.show_radar(AXES, (replace(MAIN, counts={**MAIN.counts, "1": ScoredCount(8, 10)}),))
    assert (0, 0) in told
    assert _texts(table)[0][2] == "part scored · 8 / 10"


def test_parts_are_told_apart_by_their_own_words(table: RadarTable) -> None:
    table.show_radar(statement_axes(instrument_by_id(), "1"), (RadarSeries("Six months", {}),))
    parts = [row[0] for row in _texts(table) if row[0].startswith("1.6")]
    assert parts[0].startswith("1.6a  … Living at home")
    assert len({part[:24] for part in parts}) == 3
    assert "We are confident" in str(table.model().index(5, 0).data(Qt.ItemDataRole.ToolTipRole))


def test_a_row_is_chosen_by_click_and_by_enter(table: RadarTable, qtbot: QtBot) -> None:
    where = table.visualRect(table.model().index(2, 1)).center()
    with qtbot.waitSignal(table.axis_chosen) as chosen:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == ["3"]
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.axis_chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == ["4"]


def test_nothing_can_be_edited(table: RadarTable) -> None:
    assert table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
    assert not table.tabKeyNavigation()
