"""A field for a date that may be left empty."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from hsb_desktop.analysis.dates import understood_date, written_date


class DateField(QLineEdit):
    """Takes a date as people write it: 12 March 2026, 12/03/2026 or 2026-03-12."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setPlaceholderText(self.tr("for example 12 March 2026"))
        self.editingFinished.connect(self._on_editing_finished)

    def iso(self) -> str | None:
        """Return the date as YYYY-MM-DD, an empty text for an empty field, None for what is no date."""
        return understood_date(self.text())

    def set_iso(self, date: str) -> None:
        """Show a date given as YYYY-MM-DD, or nothing."""
        self.setText(written_date(date))

    def problem(self) -> str:
        """Return a sentence if what stands here is no date; otherwise nothing."""
        if self.iso() is not None:
            return ""
        return self.tr(
            "“{0}” is not a date. Write it like 12 March 2026 or 12/03/2026, or leave it empty."
        ).format(self.text().strip())

    def _on_editing_finished(self) -> None:
        date = self.iso()
        if date:
            self.set_iso(date)
