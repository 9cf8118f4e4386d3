"""A field for a date that may be left empty."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from hsb_desktop.analysis.dates import understood_date, written_date


class DateField(QLineEdit):
    """Takes a date as people write it: 12 March 2026, 12/3/2026 or 2026-03-12."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setPlaceholderText(date_format_hint())
        self._filled_with = ""
        self._shown = ""
        self.editingFinished.connect(self._on_editing_finished)

    def iso(self) -> str | None:
        """Return the date as YYYY-MM-DD, an empty text for an empty field, None for what is no date.

        What nobody touched comes back as it was given.
        """
        return self._filled_with if self.text() == self._shown else understood_date(self.text())

    def set_iso(self, date: str) -> None:
        """Show a date given as YYYY-MM-DD, or nothing."""
        self.setText(written_date(date))
        self._filled_with, self._shown = date, self.text()

    def problem(self) -> str:
        """Return a sentence if what stands here is no date; otherwise nothing."""
        return "" if self.iso() is not None else no_date(self.text())

    def _on_editing_finished(self) -> None:
        date = self.iso()
        if date:
            self.setText(written_date(date))


def date_format_hint() -> str:
    """Return how to write a date: the same words wherever one is asked for."""
    return QCoreApplication.translate("DateField", "for example 12 March 2026 or 12/3/2026")


def no_date(typed: str) -> str:
    """Return a sentence on a text that is no date, and what to write instead."""
    words = QCoreApplication.translate(
        "DateField", "“{0}” is not a date. Write a day, {1}, or leave it empty."
    )
    return words.format(typed.strip(), date_format_hint())
