"""Waves and agencies over one another, in the panel and on the full screen, with a real file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.legend import series_look
from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.operations.overlays import show_only
from hsb_desktop.operations.rounds import record_vote, start_round
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.radar import radar_widget
from hsb_desktop.ui.radar.radar_legend import RadarLegend
from hsb_desktop.ui.radar.radar_look import Emphasis
from hsb_desktop.ui.radar.radar_panel import PICTURE_SIZE, RadarPanel
from hsb_desktop.ui.radar.radar_plot import RadarPlot
from hsb_desktop.ui.radar.radar_screen import RadarScreen
from hsb_desktop.ui.radar.radar_table import RadarTable
from hsb_desktop.ui.radar.radar_view import RadarView
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance, load_theme
from hsb_desktop.values import PARTNERSHIP
from tests.examples import cases
from tests.ui.radar.overlaid import BASELINE, EVERYTHING, POLICE, SIX, TWELVE, overlaid_audit

pytestmark = pytest.mark.short_form

Part = TypeVar("Part", bound=QObject)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The audit, for each test to copy."""
    path = tmp_path_factory.mktemp("made") / "Invented.hsbaudit"
    AuditFile.create(path, overlaid_audit()).close()
    return path


@pytest.fixture
def session(made: Path, tmp_path: Path, qtbot: QtBot) -> AuditSession:
    del qtbot
    return AuditSession(AuditFile.open(Path(shutil.copy(made, tmp_path))))


@pytest.fixture
def panel(session: AuditSession, qtbot: QtBot) -> RadarPanel:
    return _shown(RadarPanel(session, _appearance()), session, qtbot, (400, 700))


def _appearance() -> Appearance:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Appearance(application)


View = TypeVar("View", bound=RadarView)


def _shown(view: View, session: AuditSession, qtbot: QtBot, size: tuple[int, int]) -> View:
    view.destroyed.connect(session.close)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    return view


def _choose(session: AuditSession, *keys: SeriesKey) -> None:
    session.apply(show_only(session.audit, keys))
    assert session.settle()


def _part(view: RadarView, kind: type[Part], role: str = "") -> Part:
    found = view.findChild(kind, role) if role else view.findChild(kind)
    assert isinstance(found, kind)
    return found


def _radar(view: RadarView) -> RadarWidget:
    return _part(view, RadarWidget)


def _legend(view: RadarView) -> list[str]:
    legend = _part(view, RadarLegend)
    return [legend.item(row).text() for row in range(legend.count())]


def _cells(view: RadarView) -> list[list[str]]:
    model = _part(view, RadarTable).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def _headings(view: RadarView) -> list[str]:
    model = _part(view, RadarTable).model()
    columns = range(1, model.columnCount())
    return [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]


# What is shown ------------------------------------------------------------------------------------------


def test_nothing_chosen_is_the_partnership_in_the_wave_on_the_screen(panel: RadarPanel) -> None:
    assert panel.content.keys == (TWELVE,)
    assert _part(panel, RadarLegend).isHidden()
    assert set(panel.series_values()) == {TWELVE}


def test_chosen_series_are_on_radar_legend_and_table_alike(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, TWELVE, POLICE)
    assert tuple(panel.series_values()) == (BASELINE, TWELVE, POLICE)
    names = ["Baseline · Partnership", "Twelve months · Partnership", "Twelve months · Police"]
    assert _legend(panel) == _headings(panel) == names
    assert [each.name for each in panel.content.series] == names
    assert _radar(panel).values() == panel.series_values()[TWELVE]
    for row, axis_id in enumerate(panel.series_values()[POLICE]):
        told = [cell.split()[0] for cell in _cells(panel)[row][1:]]
        values = [panel.series_values()[key][axis_id] for key in (BASELINE, TWELVE, POLICE)]
        assert told == ["–" if value is None else f"{value:.1f}" for value in values]


def test_each_column_says_how_many_are_scored(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, TWELVE)
    prevention, assessment = _cells(panel)[1:3]
    assert prevention[1].endswith("○ 5 / 10")
    assert prevention[2].endswith("· 10 / 10")
    assert assessment[1] == "– · 0 / 8"
    model = _part(panel, RadarTable).model()
    told = str(model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert told.endswith("part scored, 5 of 10")


def test_each_column_is_wide_enough_for_its_values_also_after_one_series(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, BASELINE, TWELVE, POLICE)
    QApplication.processEvents()
    table = _part(panel, RadarTable)
    header = table.horizontalHeader()
    longest = max(table.fontMetrics().horizontalAdvance(cell) for row in _cells(panel) for cell in row[1:])
    assert all(header.sectionSize(column) > longest for column in range(1, 4))
    assert len({header.sectionSize(column) for column in range(1, 4)}) == 1


def test_gaps_true_zeros_and_part_scored_points_are_each_series_own(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, BASELINE, POLICE)
    layer = _radar(panel)._plot.series
    assert set(layer.points_of(0)) == set("1245")
    assert layer.points_of(1)["4"] == (0.0, 0.0)
    assert not layer._drawn[0].hollow.isEmpty()
    assert layer._drawn[1].hollow.isEmpty()


def test_the_wave_on_the_screen_has_no_values_where_it_was_not_chosen(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, BASELINE, SIX)
    assert set(_radar(panel).values().values()) == {None}
    assert panel.content.main is None


def test_a_domains_statements_are_overlaid_too(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, TWELVE)
    panel.show_domain("2")
    assert len(panel.series_values()[BASELINE]) == 10
    gaps = [value for value in panel.series_values()[BASELINE].values() if value is None]
    assert len(gaps) == 5
    assert _cells(panel)[0][1] in {"–", "0", "1", "2", "3", "4"}


def test_a_series_has_its_look_alone_and_among_all_others(panel: RadarPanel, session: AuditSession) -> None:
    alone = panel.content.looks[0]
    _choose(session, *EVERYTHING)
    shown = dict(zip(panel.content.keys, panel.content.looks, strict=True))
    assert shown[TWELVE] == alone == series_look(session.audit, TWELVE)
    assert len({look[1:] for look in shown.values()}) == len(EVERYTHING) == 39


def test_what_a_score_changes_is_drawn_and_told_at_once(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, TWELVE)
    before = panel.series_values()
    session.set_score("1.1", 0 if session.audit.agreed("w3", "1.1").score else 4)
    assert session.settle()
    after = panel.series_values()
    assert after[TWELVE]["1"] != before[TWELVE]["1"]
    assert after[BASELINE] == before[BASELINE]


def test_votes_of_an_open_round_change_nothing_on_the_radar(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, *EVERYTHING)
    before = panel.series_values(), _cells(panel), _radar(panel).accessibleDescription()
    session.apply(start_round(session.audit, "w3", "1.1"))
    score = session.audit.response(session.key("1.1")._replace(party_id="a01")).score
    session.apply(record_vote(session.audit, "w3", "1.1", "a01", ((score or 0) + 2) % 5))
    assert session.settle()
    assert session.audit.votes
    panel.refresh()
    assert (panel.series_values(), _cells(panel), _radar(panel).accessibleDescription()) == before


def test_a_reveal_names_nobody_on_the_radar_until_names_are_asked_for(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, TWELVE, SeriesKey("w3", "a01"), SeriesKey("w3", "a02"))
    before = session.audit.response(session.key("1.1")._replace(party_id="a01")).score
    session.rounds.open_round("1.1")
    session.rounds.record_vote("1.1", "a01", ((before or 0) + 2) % 5)
    session.rounds.reveal("1.1")
    assert session.settle()
    unnamed = panel.series_values()
    mine = SeriesKey("w3", "a01")
    others = [
        session.audit.response(session.key(each.statement_id)._replace(party_id="a01")).score
        for each in session.audit.instrument.domain("1").statements
        if each.statement_id != "1.1"
    ]
    given = [score for score in others if score is not None]
    assert unnamed[mine]["1"] == pytest.approx(sum(given) / len(given))
    session.rounds.name("1.1")
    now = session.audit.response(session.key("1.1")._replace(party_id="a01")).score
    assert now is not None
    assert panel.series_values()[mine]["1"] == pytest.approx((sum(given) + now) / (len(given) + 1))


def test_names_are_kept_back_no_longer_once_the_meeting_has_moved_on(session: AuditSession) -> None:
    session.rounds.open_round("1.1")
    session.rounds.record_vote("1.1", "a01", 1)
    session.rounds.reveal("1.1")
    assert session.unnamed == {("w3", "1.1")}
    session.rounds.open_round("1.1")
    assert session.unnamed == {("w3", "1.1")}, "a second round names nobody of the first"
    session.rounds.open_round("1.2")
    assert session.unnamed == frozenset()
    session.close()


def test_an_agency_sees_its_own_column_alone(session: AuditSession, qtbot: QtBot) -> None:
    _choose(session, *EVERYTHING)
    session.party_id = "a01"
    panel = _shown(RadarPanel(session, _appearance()), session, qtbot, (400, 640))
    assert panel.content.keys == (POLICE,)
    assert _radar(panel).values()["4"] == 0
    assert _part(panel, QPushButton, "compare_series").isHidden()
    assert _part(panel, QLabel, "radar_subject").text().startswith("Twelve months · Police")


# Words --------------------------------------------------------------------------------------------------


def test_a_screen_reader_hears_every_series_and_value(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, TWELVE, POLICE)
    radar = _radar(panel)
    for name in _legend(panel):
        assert name in radar.accessibleName()
        assert radar.accessibleDescription().count(name) == 5
    assert "Baseline · Partnership nothing scored" in radar.accessibleDescription()
    assert "Twelve months · Police 0.0 of 4 · 10 of 10 scored" in radar.accessibleDescription()


def test_focus_tells_the_values_of_all_series_at_an_axis(
    panel: RadarPanel, session: AuditSession, qtbot: QtBot
) -> None:
    _choose(session, BASELINE, TWELVE)
    radar = _radar(panel)
    panel.activateWindow()
    radar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(radar.hasFocus)
    QTest.keyClick(radar, Qt.Key.Key_End)
    values = [f"{panel.series_values()[key]['5']:.1f}" for key in (BASELINE, TWELVE)]
    told = _part(panel, QLabel, "radar_readout").text()
    assert told == f"Development: Baseline {values[0]}, Twelve months {values[1]}"
    assert "10 of 10 scored" in radar.tooltip("4")


def test_of_many_the_readout_tells_the_ends_and_the_tooltip_all(
    panel: RadarPanel, session: AuditSession, qtbot: QtBot
) -> None:
    _choose(session, *EVERYTHING)
    radar = _radar(panel)
    panel.activateWindow()
    radar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(radar.hasFocus)
    for _ in range(3):
        QTest.keyClick(radar, Qt.Key.Key_Right)
    told = radar.readout()
    assert told.startswith("Interventions: Twelve months · Partnership ")
    assert "lowest 0.0 (3 series)" in told
    assert "highest" in told
    assert all(name in radar.tooltip("4") for name in _legend(panel))
    QTest.keyClick(radar, Qt.Key.Key_Left)
    assert "13 not scored" in radar.readout()


# One in front -------------------------------------------------------------------------------------------


def _emphases(view: RadarView) -> list[Emphasis]:
    return [each.emphasis for each in _radar(view)._plot.series.shown]


def test_more_than_six_are_thin_but_for_the_one_of_the_screen(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, *EVERYTHING[:6])
    assert set(_emphases(panel)) == {Emphasis.USUAL}
    _choose(session, *EVERYTHING)
    assert _emphases(panel).count(Emphasis.THIN) == 38
    assert _emphases(panel)[EVERYTHING.index(TWELVE)] is Emphasis.USUAL


def test_a_click_in_the_legend_brings_a_series_to_the_front_and_back(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, BASELINE, TWELVE, POLICE)
    legend = _part(panel, RadarLegend)
    where = legend.visualItemRect(legend.item(1)).center()
    QTest.mouseClick(legend.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert _radar(panel).front == 1
    assert _emphases(panel) == [Emphasis.FADED, Emphasis.FRONT, Emphasis.FADED]
    assert legend.item(1).font().bold()
    assert "in front" in str(legend.item(1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert _part(panel, RadarTable).model().index(0, 2).data(Qt.ItemDataRole.BackgroundRole) is not None
    QTest.mouseClick(legend.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert _radar(panel).front is None
    assert set(_emphases(panel)) == {Emphasis.USUAL}


def test_the_keyboard_brings_a_series_to_the_front(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, TWELVE)
    fronts: list[int | None] = []
    _radar(panel).front_changed.connect(fronts.append)
    for _ in range(3):
        QTest.keyClick(_radar(panel), Qt.Key.Key_Down)
    QTest.keyClick(_radar(panel), Qt.Key.Key_Up)
    assert fronts == [0, 1, None, 1]
    legend = _part(panel, RadarLegend)
    legend.setCurrentRow(0)
    QTest.keyClick(legend, Qt.Key.Key_Return)
    assert _radar(panel).front == 0
    QTest.keyClick(legend, Qt.Key.Key_Escape)
    assert _radar(panel).front is None


def test_a_click_on_a_columns_heading_does_the_same(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, TWELVE)
    header = _part(panel, RadarTable).horizontalHeader()
    where = QPoint(header.sectionViewportPosition(2) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert _radar(panel).front == 1


def test_what_is_in_front_stays_there_while_others_come_and_go(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, BASELINE, TWELVE, POLICE)
    _radar(panel).bring_to_front(2)
    _choose(session, TWELVE, POLICE)
    assert _radar(panel).front == 1
    _choose(session, BASELINE, TWELVE)
    assert _radar(panel).front is None
    assert not any(_part(panel, RadarLegend).item(row).font().bold() for row in range(2))


# Choosing -----------------------------------------------------------------------------------------------


def test_what_is_chosen_is_kept_in_the_file_and_one_step_back(
    panel: RadarPanel, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "ask_for_series", lambda: (BASELINE, POLICE))
    _part(panel, QPushButton, "compare_series").click()
    assert session.settle()
    with AuditFile.open(session.path, read_only=True) as file:
        assert file.read().series == {tuple(BASELINE), tuple(POLICE)}
    session.undo()
    assert session.settle()
    assert session.audit.series == frozenset()
    assert panel.content.keys == (TWELVE,)


def test_the_partnership_alone_goes_on_to_follow_the_wave(
    panel: RadarPanel, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(session, BASELINE, SIX)
    monkeypatch.setattr(panel, "ask_for_series", lambda: (TWELVE,))
    panel.compare()
    assert session.settle()
    assert session.audit.series == frozenset()
    session.show_wave("w1")
    assert panel.content.keys == (BASELINE,)


def test_what_the_radar_shows_is_no_detail_that_every_card_follows(
    session: AuditSession, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(session.details_changed), qtbot.waitSignal(session.audit_changed):
        session.apply(show_only(session.audit, (BASELINE, TWELVE)))
    session.close()


def test_leaving_the_chooser_changes_nothing(
    panel: RadarPanel, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "ask_for_series", lambda: None)
    panel.compare()
    assert session.undo_text == ""


def test_a_file_that_can_only_be_looked_at_says_why_nothing_can_be_chosen(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Invented.hsbaudit"
    AuditFile.create(path, overlaid_audit(BASELINE, TWELVE)).close()
    session = AuditSession(AuditFile.open(path, read_only=True))
    panel = _shown(RadarPanel(session, _appearance()), session, qtbot, (400, 640))
    button = _part(panel, QPushButton, "compare_series")
    assert panel.content.keys == (BASELINE, TWELVE)
    assert not button.isEnabled()
    assert "only be looked at" in button.toolTip()
    monkeypatch.setattr(panel, "ask_for_series", lambda: (TWELVE,))
    panel.compare()
    assert panel.content.keys == (BASELINE, TWELVE)


# Full screen and pictures -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("keys", [(BASELINE, TWELVE), EVERYTHING], ids=["two", "all"])
def test_the_full_screen_shows_the_same_with_nothing_over_anything_else(
    session: AuditSession, qtbot: QtBot, size: tuple[int, int], keys: tuple[SeriesKey, ...]
) -> None:
    _choose(session, *keys)
    screen = _shown(RadarScreen(session, _appearance()), session, qtbot, size)
    assert tuple(screen.series_values()) == keys
    legend, table = _part(screen, RadarLegend), _part(screen, RadarTable)
    readout = _part(screen, QLabel, "radar_readout")
    assert legend.geometry().bottom() < table.geometry().top()
    assert table.geometry().bottom() < readout.geometry().top()
    assert readout.geometry().bottom() < screen.height()
    assert _radar(screen)._layout.radius >= 150


def test_c_on_the_full_screen_opens_the_chooser(
    session: AuditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _shown(RadarScreen(session, _appearance()), session, qtbot, (1280, 720))
    monkeypatch.setattr(screen, "ask_for_series", lambda: (BASELINE, SIX, TWELVE))
    QTest.keyClick(_radar(screen), Qt.Key.Key_C)
    assert session.settle()
    assert screen.content.keys == (BASELINE, SIX, TWELVE)


def test_pictures_hold_title_and_legend(
    panel: RadarPanel, session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(session, BASELINE, TWELVE)
    assert panel.caption() == "Invented area · Baseline, Twelve months · OFFICIAL"
    monkeypatch.setattr(panel, "ask_for_path", lambda: tmp_path / "radar.svg")
    panel.save_picture()
    drawing = (tmp_path / "radar.svg").read_text(encoding="utf-8")
    assert all(drawing.count(f">{words}<") == 1 for words in ("Baseline", "Twelve months", "part scored"))
    assert panel.caption() in drawing


def test_a_long_legend_makes_the_picture_higher_not_the_radar_smaller(
    panel: RadarPanel, session: AuditSession
) -> None:
    _choose(session, BASELINE, TWELVE)
    panel.copy_picture()
    assert QGuiApplication.clipboard().image().size().toTuple() == PICTURE_SIZE
    _choose(session, *EVERYTHING)
    panel.copy_picture()
    image = QGuiApplication.clipboard().image()
    assert image.width() == PICTURE_SIZE[0]
    assert image.height() > PICTURE_SIZE[1]
    copy = _radar(panel)._copy(image.width(), image.height(), panel.caption(), load_theme("light"))
    assert len(copy._lettering.legend) == 40
    boxes = [box for box, _ in copy._lettering.legend]
    assert all(box.right <= image.width() and box.bottom <= image.height() for box in boxes)
    assert copy._layout.radius >= 0.25 * image.width()


def test_without_hue_two_series_of_equal_values_are_drawn_differently(
    panel: RadarPanel, session: AuditSession
) -> None:
    drawn = []
    for key in (BASELINE, SIX, TWELVE):
        axes, looks = panel.content.axes, (series_look(session.audit, key),)
        _radar(panel).show_radar(axes, panel.content.series, looks)
        drawn.append(_radar(panel).grab().toImage().convertToFormat(QImage.Format.Format_Mono))
    assert drawn[0] != drawn[1] != drawn[2] != drawn[0]


# The whole window ---------------------------------------------------------------------------------------


def test_what_is_chosen_is_there_when_the_file_is_opened_again(
    tmp_path: Path, open_shown: Callable[[Path], MainWindow]
) -> None:
    path = tmp_path / "Again.hsbaudit"
    AuditFile.create(path, overlaid_audit(BASELINE, TWELVE)).close()
    window = open_shown(path)
    panel = window.findChild(RadarPanel)
    assert panel is not None
    assert _legend(panel) == ["Baseline", "Twelve months"]
    window.toggle_large_radar()
    screen = window.findChild(RadarScreen)
    assert screen is not None
    assert _legend(screen) == ["Baseline", "Twelve months"]
    assert screen.series_values() == panel.series_values()
    assert PARTNERSHIP in {key.party_id for key in screen.content.keys}
    window.toggle_large_radar()


@pytest.mark.parametrize("theme", cases(["light", "dark"], "light"))
def test_the_whole_table_of_three_overlays_is_in_sight_beside_the_statements_on_a_small_projector(
    theme: str, tmp_path: Path, open_shown: Callable[[Path], MainWindow]
) -> None:
    path = tmp_path / "Invented.hsbaudit"
    AuditFile.create(path, overlaid_audit()).close()
    window = open_shown(path)
    window.resize(1280, 720)
    window.set_theme(theme)
    assert window.session is not None
    _choose(window.session, BASELINE, SIX, POLICE)
    QApplication.processEvents()
    _assert_whole_table_in_sight(window)
    assert window.close_audit()
    reopened = open_shown(path)
    reopened.resize(1280, 720)
    QTest.qWait(20)
    _assert_whole_table_in_sight(reopened)


def _assert_whole_table_in_sight(window: MainWindow) -> None:
    panel = window.findChild(RadarPanel)
    assert panel is not None
    table = _part(panel, RadarTable)
    assert table.model().rowCount() == 5
    bottom = table.mapTo(panel, QPoint(0, table.height())).y()
    assert bottom <= panel.height()
    last = table.visualRect(table.model().index(4, 1))
    assert table.viewport().rect().contains(last)
    assert last.height() >= 24


def test_one_series_has_its_subject_and_room_as_before(panel: RadarPanel, session: AuditSession) -> None:
    panel.resize(panel.width(), 560)
    _choose(session, BASELINE, SIX, POLICE)
    subject = _part(panel, QLabel, "radar_subject")
    assert subject.isHidden()
    _choose(session)
    assert not subject.isHidden()


def test_the_legend_is_as_high_however_often_it_is_fitted(panel: RadarPanel, session: AuditSession) -> None:
    _choose(session, BASELINE, SIX, POLICE)
    legend = _part(panel, RadarLegend)
    before = legend.height()
    for width in (390, 400, 390, 400):
        panel.resize(width, panel.height())
        QApplication.processEvents()
    assert legend.height() == before


def test_series_that_come_with_their_legend_are_painted_once(
    session: AuditSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The legend takes room from the radar: its new size and its new series are one picture."""
    paints: list[int] = []

    class CountingPlot(RadarPlot):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            paints.append(len(self.series.shown))

    monkeypatch.setattr(radar_widget, "RadarPlot", CountingPlot)
    panel = _shown(RadarPanel(session, _appearance()), session, qtbot, (400, 700))
    for keys, count in ((EVERYTHING, len(EVERYTHING)), ((BASELINE,), 1), (EVERYTHING, len(EVERYTHING))):
        for _ in range(3):
            QApplication.processEvents()
        paints.clear()
        _choose(session, *keys)
        QApplication.processEvents()
        assert paints == [count] == [len(panel.content.keys)]
