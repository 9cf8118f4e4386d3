"""A box for a date, written the way people here write one, or left empty."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from hsb_desktop.analysis.dates import understood_date, written_date


class DateBox(QWidget):
    """Takes 12/3/2026, 12 March 2026 or 2026-03-12; shows it written out. What is not a date stays as typed,
    with a word on how to write one.
    """

    date_entered = Signal(str)
    """YYYY-MM-DD, or empty."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._date = ""
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(self.tr("day/month/year"))
        self._today = QPushButton(self.tr("Today"), self)
        self._today.setAccessibleName(self.tr("{0}: today").format(name))
        self._hint = QLabel(self)
        self._hint.setProperty("role", "warning")
        self._hint.hide()

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        layout.addWidget(self._today)
        layout.addWidget(self._hint, 1)
        layout.addStretch(0)
        self.setFocusProxy(self.line)

        self.line.editingFinished.connect(self._on_editing_finished)
        self._today.clicked.connect(self._on_today_clicked)

    @property
    def date(self) -> str:
        """The date that was understood last: YYYY-MM-DD, or empty."""
        return self._date

    def show_date(self, text: str) -> None:
        """Show a date (YYYY-MM-DD, or empty) without telling anybody."""
        self._date = text
        self.line.setText(written_date(text))
        self._hint.hide()

    def set_read_only(self, read_only: bool) -> None:
        """Only show the date."""
        self.line.setReadOnly(read_only)
        self._today.setDisabled(read_only)

    def _on_editing_finished(self) -> None:
        understood = understood_date(self.line.text())
        if understood is None:
            self._hint.setText(self.tr("Write the date like 12/3/2026"))
            self._hint.show()
        elif understood != self._date:
            self.show_date(understood)
            self.date_entered.emit(understood)
        else:
            self.show_date(understood)

    def _on_today_clicked(self) -> None:
        self.line.setText(date.today().isoformat())
        self._on_editing_finished()
