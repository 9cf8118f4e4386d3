from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen, QTransform, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.legend import MARKERS, numbered_look
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.ui.radar.radar_look import grown, marker_path, pen
from hsb_desktop.ui.radar.radar_series import (
    RadarAxis,
    RadarSeries,
    ScoredCount,
    domain_axes,
    place,
    statement_axes,
)
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.theme import THEMES, load_theme

AXES = domain_axes(instrument_by_id())


def _series(values: Iterable[float | None], part_scored: str = "", name: str = "Six months") -> RadarSeries:
    by_axis = dict(zip("12345", values, strict=True))
    counts = {axis_id: ScoredCount(0 if value is None else 7, 10) for axis_id, value in by_axis.items()}
    return RadarSeries(name, by_axis, frozenset(part_scored), counts)


MAIN = _series([2.1, 0.0, None, 1.9, 4.0], part_scored="1")


@pytest.fixture
def radar(qtbot: QtBot) -> RadarWidget:
    widget = RadarWidget(load_theme("light"))
    qtbot.addWidget(widget)
    widget.resize(400, 340)
    widget.show_radar(AXES, (MAIN,))
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def _at(radar: RadarWidget, axis_id: str, value: float) -> QPoint:
    """Return where a value stands, as the plot itself says, so that layout and plot are held together."""
    index = [axis.axis_id for axis in radar._axes].index(axis_id)
    scene = radar._plot.view.mapViewToScene(QPointF(*place(index, len(radar._axes), value)))
    return QPoint(round(scene.x()), round(scene.y()))


def _color_at(image: QImage, point: QPoint) -> str:
    return image.pixelColor(point).name().upper()


def _colors_in(image: QImage, place: QRect) -> set[str]:
    rows, columns = range(place.top(), place.bottom() + 1), range(place.left(), place.right() + 1)
    return {image.pixelColor(x, y).name().upper() for y in rows for x in columns}


def _hover(radar: RadarWidget, point: QPoint) -> None:
    """Move the mouse there; offscreen, QTest's own move does not always arrive."""
    buttons = Qt.MouseButton.NoButton
    position, everywhere = QPointF(point), QPointF(radar.mapToGlobal(point))
    event = QMouseEvent(
        QEvent.Type.MouseMove, position, everywhere, buttons, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(radar, event)


def _legend(radar: RadarWidget) -> list[str]:
    return [entry.text for _, entry in radar._lettering.legend]


def test_the_legend_explains_hollow_points_only_where_there_are_some(radar: RadarWidget) -> None:
    assert _legend(radar) == ["part scored"]
    radar.show_radar(AXES, (_series([1, 2, 3, 4, 0]),))
    assert _legend(radar) == []
    radar.show_radar(AXES, (MAIN,))
    assert _legend(radar) == ["part scored"]


def test_the_hollow_point_explained_is_the_series_own_where_there_is_one_and_nobodys_where_there_are_several(
    radar: RadarWidget,
) -> None:
    look = numbered_look(2)
    radar.show_radar(AXES, (MAIN,), looks=(look,))
    ((_, entry),) = radar._lettering.legend
    assert (entry.look, entry.is_hollow) == (look, True)
    theme = load_theme("light")
    own, first = (QColor(theme.series[numbered_look(number).hue]).name() for number in (2, 0))
    assert _legend_colours(radar, own, first) == {own}
    radar.show_radar(AXES, (MAIN, _series([1, 2, 3, 4, 0], name="Baseline")))
    *_, (_, entry) = radar._lettering.legend
    assert entry.look is None
    second = QColor(theme.series[numbered_look(1).hue]).name()
    assert _legend_colours(radar, second, first, theme.color("text_muted").name()) == {
        theme.color("text_muted").name()
    }


def _legend_colours(radar: RadarWidget, *asked: str) -> set[str]:
    """Return which of these colours stand beside the last words of the legend."""
    QApplication.processEvents()
    box, _ = radar._lettering.legend[-1]
    left, top, width, height = box
    image = radar.grab(QRect(round(left), round(top), round(width), round(height))).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width() // 2) for y in range(image.height())}
    return seen & set(asked)


def test_a_double_click_wants_it_large_and_goes_to_its_axis_once(radar: RadarWidget, qtbot: QtBot) -> None:
    chosen: list[str] = []
    radar.axis_chosen.connect(chosen.append)
    with qtbot.waitSignal(radar.large_wanted):
        QTest.mouseClick(radar, Qt.MouseButton.LeftButton, pos=_at(radar, "2", 3))
        QTest.mouseDClick(radar, Qt.MouseButton.LeftButton, pos=_at(radar, "2", 3))
    assert chosen.count("2") == len(chosen)
    assert len(chosen) <= 2


def test_values_are_what_is_plotted(radar: RadarWidget) -> None:
    assert radar.values() == {"1": 2.1, "2": 0.0, "3": None, "4": 1.9, "5": 4.0}
    points = radar._plot.series.points_of(0)
    assert set(points) == set("1245")
    assert points["2"] == (0.0, 0.0)


def test_nothing_shown_has_no_values(qtbot: QtBot) -> None:
    widget = RadarWidget(load_theme("dark"))
    qtbot.addWidget(widget)
    assert widget.values() == {}
    widget.show_radar(AXES, ())
    assert set(widget.values().values()) == {None}


def test_a_gap_has_no_point_and_no_edge(radar: RadarWidget) -> None:
    # One run, from Interventions by way of Development and Responses to Prevention: Assessment is left out.
    assert radar._plot.series.edges_of(0) == 3
    image = radar.grab().toImage()
    theme = load_theme("light")
    for value in (0.5, 1.5, 2.5, 3.5):
        assert _color_at(image, _at(radar, "3", value)) != theme.series[0].upper()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_each_ring_has_its_number_left_of_the_first_spoke(radar: RadarWidget, name: str) -> None:
    theme = load_theme(name)
    radar.set_theme(theme, 2.0)
    radar.resize(700, 640)
    radar.show_radar(AXES, (_series([None] * 5),))
    image, letters = radar.grab().toImage(), theme.tokens["text_muted"].upper()
    for score in range(5):
        at = _at(radar, "1", score)
        beside = QRect(at.x() - 50, at.y() - 8, 48, 16)
        assert letters in _colors_in(image, beside), score
        between = QRect(at.x() - 50, _at(radar, "1", score + 0.5).y() - 8, 48, 16)
        assert letters not in _colors_in(image, between), score


def test_without_axes_there_is_no_scale(qtbot: QtBot) -> None:
    empty = RadarWidget(load_theme("light"))
    qtbot.addWidget(empty)
    empty.resize(400, 340)
    assert len(_colors_in(empty.grab().toImage(), QRect(0, 0, 400, 340))) == 1


@pytest.mark.parametrize("number", range(len(MARKERS)))
def test_a_point_is_as_large_as_if_a_pen_had_drawn_round_it(number: int) -> None:
    shape = QTransform.fromScale(20, 20).map(marker_path(number))
    whole = grown(shape, 3.0)

    def drawn(path: QPainterPath, edge: QPen) -> QImage:
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.translate(20, 20)
        painter.setPen(edge)
        painter.setBrush(Qt.GlobalColor.black)
        painter.drawPath(path)
        painter.end()
        return image

    edged = drawn(shape, pen(QColor("black"), 3.0))
    filled = drawn(whole, QPen(Qt.PenStyle.NoPen))
    places = [(x, y) for x in range(40) for y in range(40)]
    differing = [place for place in places if edged.pixel(*place) != filled.pixel(*place)]
    covered = [place for place in places if filled.pixel(*place) == 0xFF000000]
    # Where a corner is rounded, a pixel may be counted to one side or the other.
    assert len(differing) <= 0.06 * len(covered)


def test_a_true_zero_is_a_visible_point(radar: RadarWidget) -> None:
    only_zero = _series([None, 0.0, None, None, None])
    radar.show_radar(AXES, (only_zero,))
    assert _color_at(radar.grab().toImage(), _at(radar, "2", 0)) == load_theme("light").series[0].upper()


def test_part_scored_is_hollow_and_scored_in_full_is_not(radar: RadarWidget) -> None:
    image, theme = radar.grab().toImage(), load_theme("light")
    assert _color_at(image, _at(radar, "1", 2.1)) == theme.tokens["surface"].upper()
    assert _color_at(image, _at(radar, "5", 4.0)) == theme.series[0].upper()


def test_what_is_the_same_is_not_drawn_again(radar: RadarWidget) -> None:
    other = _series([4, 3, 2, 1, 0], part_scored="1", name="Baseline")
    radar.show_radar(AXES, (MAIN, other))
    layout, drawn = radar._layout, radar._plot.series._drawn[1]
    radar.show_radar(AXES, (_series([1, 2, 3, 4, 0], part_scored="2"), other))
    assert radar._layout is layout
    assert radar._plot.series._drawn[1] is drawn
    assert radar.values()["4"] == 4


def test_several_series_differ_in_hue_line_and_marker_and_are_named(radar: RadarWidget) -> None:
    series = tuple(_series([1, 2, 3, 4, n / 2], name=f"Wave {n}") for n in range(6))
    radar.show_radar(AXES, series)
    drawn = radar._plot.series._drawn
    looks = {(each.tools.line_pen.color().name(), tuple(each.tools.line_pen.dashPattern())) for each in drawn}
    assert len({hue for hue, _ in looks}) == len({dashes for _, dashes in looks}) == 6
    assert len({each.look.marker for each in radar._plot.series.shown}) == 6
    assert all(each.tools.line_pen.widthF() >= 2.5 for each in drawn)
    assert all(each.hollow.isEmpty() and each.full.boundingRect().width() > 10 for each in drawn)
    assert _legend(radar) == [f"Wave {n}" for n in range(6)]
    assert "Wave 3 4.0 of 4" in radar.describe("4")
    radar.show_radar(AXES, series[:1])
    assert len(radar._plot.series.shown) == 1


def test_a_screen_reader_hears_the_whole_radar(radar: RadarWidget) -> None:
    assert radar.objectName() == "radar_widget"
    assert radar.accessibleName() == "Radar: Six months"
    assert radar.accessibleDescription() == (
        "Scale from 0 to 4. Responses: 2.1 of 4 · 7 of 10 scored. Prevention: 0.0 of 4 · 7 of 10 scored. "
        "Assessment: nothing scored. Interventions: 1.9 of 4 · 7 of 10 scored. "
        "Development: 4.0 of 4 · 7 of 10 scored."
    )


def test_the_mouse_over_an_axis_tells_its_value(radar: RadarWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(radar.readout_changed) as told:
        _hover(radar, _at(radar, "4", 1.9))
    assert told.args == ["Interventions: 1.9 of 4 · 7 of 10 scored"]
    _hover(radar, _at(radar, "3", 3))
    assert radar.readout() == "Assessment: nothing scored"
    # What it tells stays true when a score comes in meanwhile.
    radar.show_radar(AXES, (_series([2.1, 0.0, 3.0, 1.9, 4.0]),))
    assert radar.readout() == "Assessment: 3.0 of 4 · 7 of 10 scored"
    radar.clearFocus()
    _hover(radar, QPoint(2, 2))
    assert radar.readout() == ""


def test_arrow_keys_go_round_the_axes_and_enter_chooses(radar: RadarWidget, qtbot: QtBot) -> None:
    radar.activateWindow()
    radar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(radar.hasFocus)
    assert radar.readout().startswith("Responses")
    image = radar.grab().toImage()
    told = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(radar, key)
        told.append(radar.readout().partition(":")[0])
    assert told == ["Prevention", "Development", "Responses", "Development", "Responses"]
    QTest.keyClick(radar, Qt.Key.Key_Right)
    assert radar.grab().toImage() != image
    with qtbot.waitSignal(radar.axis_chosen) as chosen:
        QTest.keyClick(radar, Qt.Key.Key_Return)
    assert chosen.args == ["2"]


def test_the_focused_axis_has_a_ring_in_the_focus_colour(radar: RadarWidget, qtbot: QtBot) -> None:
    radar.set_theme(load_theme("high-contrast"), 1.0)
    radar.activateWindow()
    radar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(radar.hasFocus)
    label = radar._layout.labels[0]
    top = QPoint(round(label.left + label.width / 2), round(label.top))
    image = radar.grab().toImage()
    ring = {_color_at(image, top + QPoint(0, step)) for step in range(-3, 3)}
    assert load_theme("high-contrast").tokens["focus"].upper() in ring


def test_tab_passes_through_and_other_keys_are_left_to_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    first, radar, last = QLineEdit(), RadarWidget(load_theme("light")), QLineEdit()
    for widget in (first, radar, last):
        layout.addWidget(widget)
    radar.show_radar(AXES, (MAIN,))
    window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert radar.hasFocus()
    QTest.keyClick(radar, Qt.Key.Key_Tab)
    assert last.hasFocus()
    QTest.keyClick(last, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert radar.hasFocus()


@pytest.mark.parametrize("axis_id", ["1", "2", "3", "4", "5"])
def test_a_click_chooses_the_axis(radar: RadarWidget, qtbot: QtBot, axis_id: str) -> None:
    with qtbot.waitSignal(radar.axis_chosen) as chosen:
        QTest.mouseClick(radar, Qt.MouseButton.LeftButton, pos=_at(radar, axis_id, 3.2))
    assert chosen.args == [axis_id]
    label = radar._layout.labels[int(axis_id) - 1]
    middle = QPoint(round(label.left + label.width / 2), round(label.top + label.height / 2))
    with qtbot.waitSignal(radar.axis_chosen) as chosen:
        QTest.mouseClick(radar, Qt.MouseButton.LeftButton, pos=middle)
    assert chosen.args == [axis_id]


def test_wheel_drag_and_right_click_change_nothing(radar: RadarWidget, qtbot: QtBot) -> None:
    chosen: list[str] = []
    radar.axis_chosen.connect(chosen.append)
    _hover(radar, QPoint(1, 1))
    before, seen = radar._plot.view.viewRange(), radar.grab().toImage()
    here = _at(radar, "2", 3)
    wheel = QWheelEvent(
        QPointF(here),
        QPointF(radar.mapToGlobal(here)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(radar, wheel)
    assert not wheel.isAccepted()
    QTest.mousePress(radar, Qt.MouseButton.LeftButton, pos=here)
    _hover(radar, QPoint(1, 1))
    QTest.mouseRelease(radar, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    QTest.mouseClick(radar, Qt.MouseButton.RightButton, pos=here)
    _hover(radar, QPoint(1, 1))
    assert QApplication.activePopupWidget() is None
    assert radar._plot.view.viewRange() == before
    assert radar.grab().toImage() == seen
    assert not chosen


@pytest.mark.parametrize("size", [(330, 260), (400, 330), (900, 640)])
@pytest.mark.parametrize("zoom", [0.8, 1.0, 2.0, 3.0])
def test_plot_and_letters_stand_where_the_layout_says(
    radar: RadarWidget, size: tuple[int, int], zoom: float
) -> None:
    radar.resize(*size)
    radar.set_theme(load_theme("light"), zoom)
    top = radar._plot.view.mapViewToScene(QPointF(0, 1))
    side = radar._plot.view.mapViewToScene(QPointF(1, 0))
    layout = radar._layout
    assert (top.x(), top.y()) == pytest.approx((layout.centre.x, layout.centre.y - layout.radius), abs=0.6)
    assert side.x() == pytest.approx(layout.centre.x + layout.radius, abs=0.6)
    assert layout.radius >= 0.18 * min(size)
    for label in layout.labels:
        assert label.left >= 0
        assert label.right <= size[0]
        assert label.top >= 0
        assert label.bottom <= size[1]


def test_ten_statements_are_labelled_by_their_numbers(radar: RadarWidget) -> None:
    axes = statement_axes(instrument_by_id(), "1")
    scores = {axis.axis_id: float(index % 5) for index, axis in enumerate(axes)}
    radar.show_radar(axes, (RadarSeries("Baseline", {**scores, "1.2": None}),))
    assert radar.describe("1.6a") == "1.6a: 0 of 4"
    assert radar.describe("1.2") == "1.2: not scored"
    assert _legend(radar) == []


def test_a_picture_has_the_size_asked_for_and_the_same_radar(radar: RadarWidget) -> None:
    image = radar.to_image(800, 680, "Northmoor Vale", load_theme("dark"))
    assert (image.width(), image.height()) == (800, 680)
    theme = load_theme("dark")
    assert _color_at(image, QPoint(2, 679)) == theme.tokens["surface"].upper()
    colors = {image.pixelColor(x, y).name().upper() for x in range(0, 800, 2) for y in range(0, 680, 2)}
    assert theme.series[0].upper() in colors
    assert theme.tokens["text"].upper() in colors
    assert image != radar.to_image(800, 680, "", theme)


def _luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("name", THEMES)
def test_grid_points_and_lines_stand_out_from_the_surface(name: str) -> None:
    theme = load_theme(name)
    surface = _luminance(theme.color("surface"))
    for color in (theme.color("grid"), theme.color("focus"), *map(QColor, theme.series)):
        dark, light = sorted((_luminance(color), surface))
        assert (light + 0.05) / (dark + 0.05) >= 3, color.name()


def test_text_from_a_file_is_never_markup(radar: RadarWidget) -> None:
    axes = (RadarAxis("1", "<b>One</b>", "<img src='x'>"), *AXES[1:])
    radar.show_radar(axes, (MAIN,))
    assert "&lt;b&gt;One" in radar.tooltip("1")
    assert "<img" not in radar.tooltip("1")


def test_an_update_is_quick(radar: RadarWidget) -> None:
    spent = []
    for step in range(60):
        series = _series([step % 41 / 10, 1.0, 2.0, 3.0, 4.0], part_scored="1")
        start = time.perf_counter()
        radar.show_radar(AXES, (series,))
        QApplication.processEvents()
        spent.append(time.perf_counter() - start)
    # About 1.5 ms alone on a machine; the bound leaves room for a busy one.
    assert sorted(spent)[len(spent) // 2] < 0.015
