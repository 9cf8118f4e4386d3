"""Another program holds the file: the real window."""

from __future__ import annotations

from tests.faults.fault import WINDOW
from tests.faults.rows.row_11_held import fault

FAULT = fault(WINDOW, count=60)
