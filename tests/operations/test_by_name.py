"""What somebody types to name a wave or an agency, and what it finds."""

from __future__ import annotations

import pytest

from hsb_desktop.operations.by_name import called


@pytest.mark.parametrize("typed", ["Northmoor Police", "northmoor POLICE", "  Northmoor  Police "])
def test_capitals_and_spaces_do_not_matter(typed: str) -> None:
    assert called(["Northmoor Police", "Eastvale Police"], typed, str) == ["Northmoor Police"]


def test_a_name_that_is_exactly_so_goes_before_one_that_differs_in_capitals() -> None:
    assert called(["POLICE", "Police"], "Police", str) == ["Police"]


def test_where_none_is_exactly_so_all_that_are_alike_are_found() -> None:
    assert called(["POLICE", "Police"], "police", str) == ["POLICE", "Police"]


def test_a_part_of_a_name_is_no_name() -> None:
    assert called(["Northmoor Police"], "Police", str) == []
