"""An I/O error on write or sync: the real window."""

from __future__ import annotations

from tests.faults.fault import WINDOW
from tests.faults.rows.row_05_io_error import fault

FAULT = fault(WINDOW, steps=6, count=500, sample=1)
