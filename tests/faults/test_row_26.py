"""A sample of the row about residue."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.fault import Lost, Place
from tests.faults.rows.row_26_residue import FAULT


def place(folder: Path, index: int) -> Place:
    (folder / str(index)).mkdir()
    return Place(folder / str(index), index, random.Random(f"0 26 {index}"))


def test_no_secret_is_left_in_any_byte(tmp_path: Path) -> None:
    for index in range(FAULT.sample):
        assert FAULT.trial(place(tmp_path, index)) > 0


def test_without_the_protection_secrets_stay(tmp_path: Path) -> None:
    assert FAULT.control is not None
    with pytest.raises(Lost, match="a secret is still in"):
        FAULT.control(place(tmp_path, 0))
