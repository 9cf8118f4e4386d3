"""A bare PySide6 main window of the program's size; with `pyqtgraph`, that is imported after it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.bench.children.painted import SIZE, FirstPaint, peak_megabytes, tell


def main(with_pyqtgraph: bool) -> None:
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(*SIZE)

    def on_painted(at: float) -> None:
        if with_pyqtgraph:
            import pyqtgraph  # noqa: F401  (what it costs in memory is what is wanted)

        # A moment more, so that what is put off is in the memory too.
        QTimer.singleShot(100, lambda: end(at))

    def end(at: float) -> None:
        tell(first_paint_at=at, peak=peak_megabytes())
        application.quit()

    window.show()
    FirstPaint(window, on_painted)
    application.exec()


main(sys.argv[1:] == ["pyqtgraph"])
