"""Read-only: the real window."""

from __future__ import annotations

from tests.faults.fault import WINDOW
from tests.faults.rows.row_07_read_only import fault

FAULT = fault(WINDOW, count=60, sample=0)
