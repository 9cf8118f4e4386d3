"""pyqtgraph, loaded without its copying every name of Qt."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets


class _Mirror(ModuleType):
    """Stands for a module of Qt, and looks a name up there when it is first wanted."""

    def __init__(self, name: str, mirrored: ModuleType) -> None:
        super().__init__(name)
        self._mirrored = mirrored

    def __getattr__(self, name: str) -> object:
        value = getattr(self._mirrored, name)
        setattr(self, name, value)
        return value


def load_pyqtgraph() -> None:
    """Load pyqtgraph. Called before it is imported; later calls do nothing.

    It keeps copies of three modules of Qt, so that what it changes in them is its own. To copy every name, it
    would have the binding make all of Qt's 550 enumerations, most of which nobody asks for: a third of the
    time until the radar is shown. Here the copies fill themselves as names are asked for.
    """
    if "pyqtgraph" in sys.modules:
        return
    modules = (QtCore, QtGui, QtWidgets)
    for module in modules:
        name = f"pyqtgraph.Qt.{module.__name__.rpartition('.')[2]}"
        sys.modules[name] = _Mirror(name, module)
    with _without_names(modules):
        import pyqtgraph  # noqa: F401  (loading it is what is wanted)


@contextmanager
def _without_names(modules: Iterable[ModuleType]) -> Iterator[None]:
    """Let these modules answer no names when they are asked for all that they have."""
    before = {module: vars(module).get("__dir__") for module in modules}
    for module in before:
        vars(module)["__dir__"] = list
    try:
        yield
    finally:
        for module, answers in before.items():
            if answers is None:
                del vars(module)["__dir__"]
            else:
                vars(module)["__dir__"] = answers
