"""Killed at each system call: the real window."""

from __future__ import annotations

from tests.faults.fault import WINDOW
from tests.faults.rows.row_02_killed_at_each_call import fault

FAULT = fault(WINDOW, count=800, sample=1)
