"""CSV files that are not what an audit could be are refused before they use up the computer."""

from __future__ import annotations

import time

import pytest

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.csv_rows import read_csv

LONGEST_REFUSAL = 2.0
"""Seconds of the processor: a busy computer is no fault of the file."""


@pytest.mark.parametrize("rows", [b"\n", b"1.1,3\n", b"," * 1_000 + b"\n"], ids=["empty", "rows", "commas"])
def test_more_rows_or_cells_than_an_audit_can_have_are_refused_quickly(rows: bytes) -> None:
    content = b"statement,score\n" + rows * (30_000_000 // len(rows))
    begun = time.thread_time()
    with pytest.raises(InputRefused, match="more rows than an audit can have"):
        read_csv(content, "x.csv")
    assert time.thread_time() - begun < LONGEST_REFUSAL
