"""A small sample of every row of the fault matrix, each with its control; the rest is `dev.py faults`."""

from __future__ import annotations

import pytest

from tests.examples import cases
from tests.faults.fault import WINDOW
from tests.faults.matrix import all_faults, try_control, try_once

pytestmark = pytest.mark.real_keys

SEED = 1
FAULTS = all_faults()


TRIED_IN_THE_STORE = {fault.number for fault in FAULTS.values() if fault.where != WINDOW}
EVERY_DAY = [
    name
    for name, fault in FAULTS.items()
    if fault.where != WINDOW or fault.number == 1 or fault.number not in TRIED_IN_THE_STORE
]
"""Of the rows that are tried in the store and in the window, one is tried in both: a window takes time."""
CALLS = [
    (name, index)
    for name, fault in FAULTS.items()
    if name in cases(list(FAULTS), *EVERY_DAY)
    for index in cases(range(fault.sample), 0)
]
CONTROLS = {fault.number: name for name, fault in reversed(FAULTS.items()) if fault.control}
"""One for each row: where a row is tried in two places, the full run tries the second control."""


@pytest.mark.parametrize("name, index", CALLS)
def test_fault_is_survived(name: str, index: int) -> None:
    outcome = try_once(name, index, SEED)
    if outcome.not_run:
        pytest.skip(outcome.not_run)
    assert not outcome.lost


@pytest.mark.parametrize("name", sorted(CONTROLS.values()))
def test_without_the_protection_it_is_lost(name: str) -> None:
    outcome = try_control(name, SEED)
    if outcome.not_run:
        pytest.skip(outcome.not_run)
    assert outcome.lost, "the control loses nothing, so the row proves nothing"
