"""A field for a date that may be left empty."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QLineEdit, QWidget

_BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
_SHOWN = "d MMMM yyyy"
_UNDERSTOOD = (_SHOWN, "d MMM yyyy", "yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy")


class DateField(QLineEdit):
    """Takes a date as people write it: 12 March 2026, 12/03/2026 or 2026-03-12."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setPlaceholderText(self.tr("for example 12 March 2026"))
        self.editingFinished.connect(self._on_editing_finished)

    def iso(self) -> str | None:
        """Return the date as YYYY-MM-DD, an empty text for an empty field, None for what is no date."""
        return iso_date(self.text())

    def set_iso(self, date: str) -> None:
        """Show a date given as YYYY-MM-DD, or nothing."""
        self.setText(shown_date(date))

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


def shown_date(date: str) -> str:
    """Return a date YYYY-MM-DD as people read it; anything else as it is."""
    parsed = QDate.fromString(date, "yyyy-MM-dd")
    return _BRITISH.toString(parsed, _SHOWN) if parsed.isValid() else date


def iso_date(text: str) -> str | None:
    """Return a date that somebody wrote as YYYY-MM-DD; an empty text for none, None for what is no date."""
    written = " ".join(text.split())
    if not written:
        return ""
    for pattern in _UNDERSTOOD:
        date = _BRITISH.toDate(written, pattern)
        if date.isValid():
            return date.toString("yyyy-MM-dd")
    return None
