"""A sample of each row about files."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest

from tests.faults.fault import Fault, Lost, NotRun, Place

ROWS = sorted(
    name.stem
    for name in (Path(__file__).parent / "rows").glob("row_*.py")
    if int(name.stem.split("_")[1]) in {*range(15, 26), 29}
)


def fault_of(name: str) -> Fault:
    fault = importlib.import_module(f"tests.faults.rows.{name}").FAULT
    assert isinstance(fault, Fault)
    return fault


@pytest.mark.parametrize("name", ROWS)
def test_a_sample_of_the_row_survives(name: str, tmp_path: Path) -> None:
    fault = fault_of(name)
    for index in range(fault.sample):
        folder = tmp_path / str(index)
        folder.mkdir()
        try:
            assert fault.trial(Place(folder, index, random.Random(f"0 {fault.number} {index}"))) > 0
        except NotRun:
            continue


@pytest.mark.parametrize("name", [name for name in ROWS if fault_of(name).control])
def test_without_the_protection_the_row_is_lost(name: str, tmp_path: Path) -> None:
    fault = fault_of(name)
    assert fault.control is not None
    with pytest.raises(Lost):
        fault.control(Place(tmp_path, 0, random.Random(0)))
