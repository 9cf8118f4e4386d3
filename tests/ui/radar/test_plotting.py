"""pyqtgraph is loaded without all of Qt's enumerations, and finds every name of Qt all the same."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_LOADED = """
import enum, gc
from PySide6 import QtCore, QtGui, QtWidgets
before = [set(dir(module)) for module in (QtCore, QtGui, QtWidgets)]
{load}
import pyqtgraph
made = [each for each in gc.get_objects() if isinstance(each, enum.EnumMeta) and "PySide6" in each.__module__]
mirrors = (pyqtgraph.QtCore, pyqtgraph.QtGui, pyqtgraph.QtWidgets)
print(len(made) < 300)
print(all(names <= set(dir(module)) for names, module in zip(before, (QtCore, QtGui, QtWidgets))))
print(all(
    getattr(mirror, name) is getattr(module, name)
    for module, mirror in zip((QtCore, QtGui, QtWidgets), mirrors)
    for name in dir(module) if name.startswith("Q")
))
pyqtgraph.QtCore.Signal = None
print(QtCore.Signal is not None)
"""
_OURS = "from hsb_desktop.ui.radar.plotting import load_pyqtgraph; load_pyqtgraph(); load_pyqtgraph()"


@pytest.mark.parametrize(("load", "makes_few"), [(_OURS, True), ("", False)])
def test_few_enumerations_are_made_and_every_name_is_found(load: str, makes_few: bool) -> None:
    """Without it, pyqtgraph makes them all: if that changes, `load_pyqtgraph` may go."""
    told = subprocess.run(
        [sys.executable, "-c", _LOADED.format(load=load)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.split()
    assert told == [str(makes_few), "True", "True", "True"]
