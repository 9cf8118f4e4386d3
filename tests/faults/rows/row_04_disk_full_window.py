"""Disk full: the real window."""

from __future__ import annotations

from tests.faults.fault import WINDOW
from tests.faults.rows.row_04_disk_full import fault

FAULT = fault(WINDOW, count=200)
