"""The least that a score can cost: for each line, one bare transaction and one repaint of a bare radar.

The transaction is an UPDATE of one row with the settings of the program's own files, on the same disk. The
radar is a pyqtgraph plot with rings, spokes, one polygon, points and five labels, as large as the program's.
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication, QGraphicsPathItem

from tests.bench.bare_store import BareStore
from tests.bench.children.painted import tell

_SIZE = (386, 243)
_AXES = 5


class BareRadar:
    """Five values on rings, drawn by pyqtgraph and nothing else."""

    def __init__(self) -> None:
        self._plot = pg.PlotWidget(enableMenu=False)
        self._plot.setAntialiasing(True)
        self._plot.hideAxis("left")
        self._plot.hideAxis("bottom")
        self._plot.setAspectLocked(True)
        self._plot.setRange(xRange=(-5, 5), yRange=(-5, 5))
        path = QPainterPath()
        for ring in range(1, 5):
            path.addEllipse(-ring, -ring, 2 * ring, 2 * ring)
        for axis in range(_AXES):
            path.moveTo(0, 0)
            path.lineTo(*self._place(axis, 4))
            label = pg.TextItem(f"Domain {axis + 1}", anchor=(0.5, 0.5))
            label.setPos(*self._place(axis, 4.6))
            self._plot.addItem(label)
        grid = QGraphicsPathItem(path)
        grid.setPen(pg.mkPen("#888888"))
        self._plot.addItem(grid)
        self._line = self._plot.plot(pen=pg.mkPen("#0050a0", width=2), symbol="o")
        self._plot.resize(*_SIZE)
        self._plot.show()

    def show_values(self, values: list[float]) -> None:
        """Plot these values and paint them before returning."""
        places = [self._place(axis % _AXES, values[axis % _AXES]) for axis in range(_AXES + 1)]
        self._line.setData([x for x, _ in places], [y for _, y in places])
        self._plot.viewport().repaint()

    @staticmethod
    def _place(axis: int, value: float) -> tuple[float, float]:
        angle = 2 * math.pi * axis / _AXES
        return value * math.sin(angle), value * math.cos(angle)


def main(path: Path) -> None:
    application = QApplication(sys.argv[:1])
    store, radar = BareStore(path), BareRadar()
    for _ in range(5):
        application.processEvents()
    values = [2.0] * _AXES
    tell(ready=1)
    for number, _ in enumerate(sys.stdin):
        began = time.perf_counter()
        store.write_score(number % 46, number % 5)
        committed = time.perf_counter()
        values[number % _AXES] = (number % 9) / 2
        radar.show_values(values)
        ended = time.perf_counter()
        tell(commit=(committed - began) * 1000, radar=(ended - committed) * 1000)
        application.processEvents()
    store.close()


main(Path(sys.argv[1]))
