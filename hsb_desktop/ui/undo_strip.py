"""The line under a score that says what it was before, with a way back for ten seconds."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from hsb_desktop.ui.still_label import StillLabel

SHOWN_MILLISECONDS = 10_000


class UndoStrip(QWidget):
    """Shows "3 → 2 · Undo" after a score was changed, and goes away by itself."""

    undo_wanted = Signal(object)
    """The score from before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undo_strip")
        self._words = StillLabel(self)
        self.button = QPushButton(self.tr("Undo"), self)
        self.button.setProperty("role", "link")
        self.button.setObjectName("undo_score")
        self._before = 0
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MILLISECONDS)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        layout.addWidget(self.button)

        self.button.clicked.connect(self._on_undo_clicked)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_change(self, before: int, after: int | None) -> None:
        """Say what a score was and is, for ten seconds."""
        self._before = before
        shown = self.tr("not scored") if after is None else str(after)
        self._words.setFixedWidth(self.fontMetrics().horizontalAdvance(f"0 → {self.tr('not scored')}"))
        self._words.show_words(f"{before} → {shown}", self.palette().windowText().color())
        self.button.setAccessibleName(self.tr("Undo: score {0} back to {1}").format(shown, before))
        if self.isHidden():
            self.show()
        self._timer.start()

    def _on_undo_clicked(self) -> None:
        self.hide()
        self.undo_wanted.emit(self._before)
