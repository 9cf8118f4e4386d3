"""Qt's binding is loaded without its taking over how Python imports."""

from __future__ import annotations

import os
import subprocess
import sys

_OURS = """
import builtins, linecache
before = builtins.__import__
import hsb_desktop.app, hsb_desktop.ui.radar.radar_widget
print(builtins.__import__ is before, sorted(name for name in linecache.cache if "hsb_desktop" in name))
"""

_ITS_OWN = """
import builtins, linecache
before = builtins.__import__
import PySide6.QtCore
import hsb_desktop.values
print(builtins.__import__ is before, [name for name in linecache.cache if "hsb_desktop" in name] != [])
"""


def test_no_source_of_ours_is_read_while_the_window_is_loaded() -> None:
    assert _told(_OURS) == "True []"


def test_left_alone_the_binding_reads_the_source_of_every_module() -> None:
    """If this fails, the binding has become better, and `load_binding` may go."""
    assert _told(_ITS_OWN) == "False True"


def _told(script: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.strip()
