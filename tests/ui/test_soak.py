"""A long workshop: tens of thousands of calls into Qt leave the window alive."""

from __future__ import annotations

import subprocess
import sys

from .test_kill import environment

_MANY_CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(60_000):
    label.setText(str(number))
print(label.text())
"""


def test_60000_void_calls_into_qt_do_not_end_the_process() -> None:
    """Some releases of PySide6 lose a reference at each void call, and the process aborts after thousands."""
    process = subprocess.run(
        [sys.executable, "-c", _MANY_CALLS], capture_output=True, text=True, env=environment(), check=False
    )
    assert (process.returncode, process.stdout.strip()) == (0, "59999"), process.stderr
