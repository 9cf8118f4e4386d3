from __future__ import annotations

import itertools

import pytest

from hsb_desktop.analysis.standing import standing
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, Response, Wave
from hsb_desktop.ui.radar.radar_series import (
    Box,
    RadarSeries,
    direction,
    domain_axes,
    domain_series,
    flow,
    lay_out,
    nearest_axis,
    place,
    runs,
    series_name,
    statement_axes,
    statement_series,
)
from hsb_desktop.values import PARTNERSHIP, ResponseKey


def _audit(scores: dict[str, int], party_id: str = PARTNERSHIP) -> Audit:
    return Audit(
        "audit",
        instrument_by_id(),
        waves=(Wave("w1", "Baseline"),),
        agencies=(Agency("a1", "Police"),),
        responses={ResponseKey("w1", party_id, key): Response(score=score) for key, score in scores.items()},
    )


def test_a_domain_with_nothing_scored_is_a_gap_and_a_true_zero_is_a_value() -> None:
    series = domain_series(standing(_audit({"1.1": 0, "2.1a": 3, "2.1b": 4}), "w1"))

    assert series.values == {"1": 0.0, "2": 3.5, "3": None, "4": None, "5": None}
    assert series.part_scored == {"1", "2"}
    assert series.counts["2"] == (2, 10)
    assert [series.number(axis_id) for axis_id in "123"] == ["0.0", "3.5", "–"]


def test_a_domain_scored_in_full_is_not_part_scored() -> None:
    statements = instrument_by_id().domain("3").statements
    series = domain_series(standing(_audit({statement.statement_id: 2 for statement in statements}), "w1"))

    assert not series.part_scored
    assert series.counts["3"] == (8, 8)


def test_statements_are_numbers_of_the_form_and_their_scores() -> None:
    audit = _audit({"1.1": 0, "1.6a": 4})
    axes = statement_axes(audit.instrument, "1")
    series = statement_series(audit, "w1", "1")

    assert [axis.label for axis in axes][4:8] == ["1.5", "1.6a", "1.6b", "1.6c"]
    assert series.values["1.1"] == 0
    assert series.values["1.2"] is None
    assert series.number("1.6a") == "4"


def test_another_party_or_wave_has_its_own_values_and_name() -> None:
    audit = _audit({"1.1": 3}, party_id="a1")

    assert domain_series(standing(audit, "w1", "a1")).values["1"] == 3
    assert domain_series(standing(audit, "w1")).values["1"] is None
    assert domain_series(standing(audit, "elsewhere", "a1")).values["1"] is None
    assert series_name(audit, "w1", "a1") == "Baseline · Police"


def test_domains_are_axes_by_their_short_titles() -> None:
    assert [axis.label for axis in domain_axes(instrument_by_id())] == [
        "Responses",
        "Prevention",
        "Assessment",
        "Interventions",
        "Development",
    ]


@pytest.mark.parametrize(
    "values, expected",
    [
        ([1, 2, 3], ((0, 1, 2, 0),)),
        ([1, None, 3, 4], ((2, 3, 0),)),
        ([None, 2, None, 4], ((1,), (3,))),
        ([1, 2, None, 4, None], ((3,), (0, 1))),
        ([0, 0, None], ((0, 1),)),
        ([None, None, None], ()),
        ([1, 2], ((0, 1),)),
        ([], ()),
    ],
)
def test_edges_join_only_neighbours_that_have_values(
    values: list[float | None], expected: tuple[tuple[int, ...], ...]
) -> None:
    assert runs(values) == expected


def test_the_first_spoke_points_up_and_the_others_follow_clockwise() -> None:
    assert direction(0, 4) == pytest.approx((0, 1))
    assert direction(1, 4) == pytest.approx((1, 0))
    assert place(2, 4, 2) == pytest.approx((0, -0.5))
    assert [nearest_axis(5, *direction(index, 5)) for index in range(5)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("count", [3, 5, 8, 10])
@pytest.mark.parametrize("size", [(330, 260), (400, 330), (900, 640), (240, 500)])
@pytest.mark.parametrize("label_width", [30, 95])
def test_labels_are_never_cut_off_over_the_plot_or_over_each_other(
    count: int, size: tuple[int, int], label_width: int
) -> None:
    area, gap = Box(6, 10, *size), 11.0
    layout = lay_out(area, [(label_width, 18.0)] * count, gap, 60)

    for label in layout.labels:
        assert area.left - 0.01 <= label.left
        assert label.right <= area.right + 0.01
        assert area.top - 0.01 <= label.top
        assert label.bottom <= area.bottom + 0.01
    for one, other in itertools.combinations(layout.labels, 2):
        assert not one.overlaps(other)
    ring = [place(index, count, 4) for index in range(count)]
    edge = [
        (a.x + (b.x - a.x) * step / 50, a.y + (b.y - a.y) * step / 50)
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
        for step in range(50)
    ]
    for x, y in edge:
        at = Box(layout.centre.x + x * layout.radius, layout.centre.y - y * layout.radius, 0.1, 0.1)
        assert not any(at.overlaps(label) for label in layout.labels)


def test_a_place_too_small_for_anything_still_has_a_layout() -> None:
    assert lay_out(Box(0, 0, 5, 5), [(90, 18)] * 5, 11, 40).radius == 1.0


def test_the_legend_flows_into_as_many_lines_as_it_needs() -> None:
    boxes = flow([100, 100, 100], 20, 220)

    assert [box.top for box in boxes] == [0, 0, 20]
    assert boxes[2].left == 60
    assert flow([], 20, 220) == ()


def test_a_series_says_nothing_about_an_axis_it_does_not_know() -> None:
    assert RadarSeries("Baseline", {}).number("1") == "–"
