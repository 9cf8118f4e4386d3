"""A stick pulled out: the real window."""

from __future__ import annotations

from tests.faults.fault import WINDOW
from tests.faults.rows.row_08_stick_pulled_out import fault

FAULT = fault(WINDOW, count=50, sample=0)
