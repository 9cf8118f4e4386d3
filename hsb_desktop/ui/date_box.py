"""A box for a date, written the way people here write one, or left empty."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.analysis.dates import understood_date, written_date
from hsb_desktop.ui.dialogs.date_field import date_format_hint, no_date
from hsb_desktop.ui.dialogs.dialog_frame import plain_label


class DateBox(QWidget):
    """Takes 12/3/2026, 12 March 2026 or 2026-03-12; shows it written out. What is not a date stays as typed,
    with a word on how to write one below it.
    """

    date_entered = Signal(str)
    """YYYY-MM-DD, or empty."""
    typing_changed = Signal(bool)
    """Whether the box holds words that were not handed on: from the first key until they are committed, or
    put back to what is stored. Words that are no date are never handed on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._date = ""
        self._is_typing = False
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(date_format_hint())
        self.line.setPlaceholderText(date_format_hint())
        self._today = QPushButton(self.tr("Today"), self)
        self._today.setAccessibleName(self.tr("{0}: today").format(name))
        self._problem = plain_label("date_problem", role="warning")
        self._problem.hide()
        self._assemble()
        # The Tab key comes here by the line; without this, the box could not be moved in the key's way.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.editingFinished.connect(self.commit)
        self._today.clicked.connect(self._on_today_clicked)

    def _assemble(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.line, 3)
        row.addWidget(self._today)
        row.addStretch(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._problem)

    @property
    def date(self) -> str:
        """The stored date, as far as the box was told: YYYY-MM-DD, or empty."""
        return self._date

    def show_date(self, text: str, *, drops_words: bool = False) -> None:
        """Show the stored date (YYYY-MM-DD, or empty) without telling anybody.

        Words that are being typed, or that are no date, stay unless the stored date is another than before.
        With `drops_words` they go: the box is about something else from now on.
        """
        if self._is_typing and text == self._date and not drops_words:
            return
        self._date = text
        self._show_stored()
        self._set_typing(False)

    def commit(self) -> None:
        """Hand on what was typed, if anything was and it is a date; other words stay to be mended."""
        if not self._is_typing:
            return
        understood = understood_date(self.line.text())
        if understood is None:
            self._problem.setText(no_date(self.line.text()))
            self._problem.show()
            return
        is_new, self._date = understood != self._date, understood
        self._show_stored()
        if is_new:
            self.date_entered.emit(understood)
        self._set_typing(False)

    def set_read_only(self, read_only: bool) -> None:
        """Only show the date."""
        self.line.setReadOnly(read_only)
        self._today.setDisabled(read_only)

    def _show_stored(self) -> None:
        self.line.setText(written_date(self._date))
        self._problem.hide()

    def _set_typing(self, is_typing: bool) -> None:
        if is_typing != self._is_typing:
            self._is_typing = is_typing
            self.typing_changed.emit(is_typing)

    def _on_text_edited(self, text: str) -> None:
        is_stored = text == written_date(self._date)
        if is_stored:
            self._problem.hide()
        self._set_typing(not is_stored)

    def _on_today_clicked(self) -> None:
        self.line.setText(date.today().isoformat())
        self._set_typing(True)
        self.commit()
