"""The radar: gaps, true zeros, hollow points, labels, and what tells series apart."""

from __future__ import annotations

from itertools import combinations
from math import dist
from pathlib import Path

import pytest

from hsb_desktop.report.content import Radar, RadarAxis, RadarSeries
from hsb_desktop.report.document import A4, Document
from hsb_desktop.report.radar_drawing import radar_code
from hsb_desktop.report.radar_layout import LOOKS, RadarLayout, radar_layout
from tests.report.conftest import PRINTED_ON, page_texts


def measure(text: str, is_sublabel: bool) -> float:
    return len(text) * (4.2 if is_sublabel else 5.2)


def laid_out(
    *series: RadarSeries, labels: list[str] | None = None, size: tuple[float, float] = (400, 300)
) -> RadarLayout:
    labels = labels or ["Responses", "Prevention", "Assessment", "Interventions", "Development"]
    axes = tuple(RadarAxis(str(place), label) for place, label in enumerate(labels, 1))
    return radar_layout(Radar(axes, series, ""), *size, measure)


def one(values: list[float | None], hollow: tuple[str, ...] = ()) -> RadarSeries:
    return RadarSeries("Baseline", {str(n): value for n, value in enumerate(values, 1)}, frozenset(hollow))


def test_all_scored_is_a_closed_ring_of_lines() -> None:
    geometry = laid_out(one([1, 2, 3, 4, 2])).series[0]
    assert len(geometry.lines) == len(geometry.areas) == len(geometry.points) == 5
    assert geometry.lines[-1][1] == geometry.lines[0][0]


def test_a_domain_with_nothing_scored_is_a_gap() -> None:
    layout = laid_out(one([1, 2, None, 4, 2]))
    geometry = layout.series[0]
    assert [axis_id for axis_id, _, _ in geometry.points] == ["1", "2", "4", "5"]
    assert len(geometry.lines) == 3
    places = {axis_id: point for axis_id, point, _ in geometry.points}
    joined = {frozenset(line) for line in geometry.lines}
    assert frozenset((places["2"], places["4"])) not in joined
    assert all(layout.centre not in line for line in geometry.lines)


def test_a_value_between_two_gaps_is_a_point_without_lines() -> None:
    geometry = laid_out(one([None, 2, None, None, None])).series[0]
    assert (len(geometry.points), len(geometry.lines), len(geometry.areas)) == (1, 0, 0)


def test_nothing_scored_draws_nothing() -> None:
    geometry = laid_out(one([None] * 5)).series[0]
    assert (geometry.points, geometry.lines) == ((), ())


def test_a_true_zero_is_a_point_at_the_centre() -> None:
    layout = laid_out(one([0, None, None, None, None]))
    assert layout.series[0].points == (("1", layout.centre, False),)


def test_part_scored_is_a_hollow_point() -> None:
    points = laid_out(one([1, 2, 3, 4, 2], hollow=("3",))).series[0].points
    assert [is_hollow for _, _, is_hollow in points] == [False, False, True, False, False]


def test_four_is_at_the_end_of_the_spoke_and_the_outer_ring() -> None:
    layout = laid_out(one([4, 2, 3, 4, 2]))
    assert layout.series[0].points[0][1] == pytest.approx(layout.ends[0])
    assert layout.rings[-1] == layout.ends
    assert len(layout.rings) == 4
    assert dist(layout.centre, layout.ends[0]) == pytest.approx(layout.radius)


def test_two_axes_are_joined_once() -> None:
    assert len(laid_out(one([1, 2]), labels=["a", "b"]).series[0].lines) == 1


def test_series_differ_by_line_style_and_marker_not_by_hue_alone() -> None:
    assert len({look.dashes for look in LOOKS}) == len({look.marker for look in LOOKS}) == len(LOOKS)


def test_every_hue_has_a_contrast_of_three_to_one_on_white() -> None:
    def luminance(colour: str) -> float:
        parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert all(1.05 / (luminance(look.colour) + 0.05) >= 3 for look in LOOKS)


def test_a_legend_stands_only_where_there_is_more_than_one_series() -> None:
    assert laid_out(one([1] * 5)).legend_height == 0
    assert laid_out(one([1] * 5), one([2] * 5)).legend_height > 0


def test_several_series_are_drawn_with_their_names(tmp_path: Path) -> None:
    series = [
        RadarSeries(name, {"1": 1.0, "2": 2.0, "3": None, "4": 0.0, "5": 4.0}, frozenset({"2"}))
        for name in ("Baseline · March 2026", "Six months \U0001f937", "שנה", "Eighteen months", "Two years")
    ]
    axes = tuple(RadarAxis(str(place), f"Domain {place}") for place in range(1, 6))
    document = Document(A4, title="", subject="", made_on=PRINTED_ON)
    sheet = document.start_sheet()
    code = radar_code(document, Radar(axes, tuple(series), ""), (60, 300), (400, 400))
    sheet.pieces.append((document.root.child("Figure", alternative="x"), code))
    outcome = document.save(lambda _number, _total: "").write(tmp_path / "radar.pdf")
    (text,) = page_texts(tmp_path / "radar.pdf")
    assert outcome.missing == ("\U0001f937",)
    assert "Six months [U+1F937]" in text
    assert all(f"Domain {place}" in text for place in range(1, 6))


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 24, 46])
@pytest.mark.parametrize("size", [(400.0, 300.0), (480.0, 480.0)])
def test_labels_stay_inside_and_do_not_overlap(count: int, size: tuple[float, float]) -> None:
    labels = [f"{1 + place // 10}.{1 + place % 10}" for place in range(count)]
    layout = laid_out(one([2] * count), labels=labels, size=size)
    assert layout.radius > 80
    assert not [pair for pair in combinations(layout.labels, 2) if pair[0].overlaps(pair[1])]
    for label in layout.labels:
        assert label.left >= -0.01
        assert label.left + label.width <= size[0] + 0.01
        assert label.bottom >= -0.01
        assert label.bottom + label.height <= size[1] + 0.01


def test_long_labels_leave_the_radar_room() -> None:
    layout = laid_out(one([2] * 5), size=(268, 254))
    assert layout.radius > 60
    assert not [pair for pair in combinations(layout.labels, 2) if pair[0].overlaps(pair[1])]
