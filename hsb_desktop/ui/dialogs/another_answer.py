"""Writes an answer of one's own where copies answered differently."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.analysis.dates import understood_date, written_date
from hsb_desktop.interchange.text import kept_text
from hsb_desktop.model import Audit
from hsb_desktop.operations.questions import Question
from hsb_desktop.store.value_rules import LONGEST_TEXT
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.dialogs.dialog_frame import labelled
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, SCORES, FieldKind, Subject, Value, ValueAddress

_LINES = 4
_LONGEST_TO_EDIT = 50_000
"""Characters: more would take the editor too long, and nobody joins such texts by hand."""


def can_write_another(address: ValueAddress) -> bool:
    """Whether there are answers but the two: a lock is set or it is not."""
    return address.kind in (FieldKind.TEXT, FieldKind.DATE, FieldKind.SCORE, FieldKind.ANSWER)


class AnotherAnswer(QWidget):
    """A text begins with all answers one below the other, so that what is in each of them can be kept."""

    written = Signal(object, object)
    """Where it belongs, and the value that is to stand there."""
    refused = Signal(str)
    """Why what was written cannot stand."""

    def __init__(self, question: Question, audit: Audit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("another_answer")
        self._address = question.address
        self._field = self._made_field(question, audit)
        self._field.setObjectName("another_field")
        take = QPushButton(self.tr("Take what is written"))
        take.setObjectName("take_written")
        take.setAccessibleName(take.text())
        take.setAutoDefault(False)
        take.clicked.connect(self._on_taken)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(labelled(self.tr("Another answer"), self._field))
        layout.addLayout(row)

    def take_focus(self) -> None:
        """Let the keyboard write."""
        self._field.setFocus()
        if isinstance(self._field, QPlainTextEdit):
            # Nothing is selected: the first key would take both answers out.
            self._field.moveCursor(QTextCursor.MoveOperation.End)

    def _made_field(self, question: Question, audit: Audit) -> QWidget:
        address = question.address
        if address.kind in (FieldKind.SCORE, FieldKind.ANSWER):
            box = ChoiceBox("another_field")
            for score in SCORES:
                box.addItem(f"{score} · {audit.instrument.scale_point(score).label}", score)
            has_view = address.subject is Subject.RESPONSE and address.key[1] == PARTNERSHIP
            if address.kind is FieldKind.ANSWER and not has_view:
                box.addItem(self.tr("no view"), NO_VIEW)
            return box
        if address.kind is FieldKind.DATE:
            line = QLineEdit(written_date(str(question.answers[0].value or "")))
            line.setPlaceholderText(self.tr("For example 12 March 2026"))
            return line
        joined = "\n\n".join(str(answer.value) for answer in question.answers)
        edit = QPlainTextEdit(joined if len(joined) <= _LONGEST_TO_EDIT else "")
        edit.setTabChangesFocus(True)
        edit.setMinimumHeight(_LINES * edit.fontMetrics().height())
        return edit

    def _on_taken(self) -> None:
        value = self._value()
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            words = self.tr("It is too long: at most {0} characters can be kept in one box.")
            self.refused.emit(words.format(f"{LONGEST_TEXT:,}"))
        elif value is None:
            self.refused.emit(self.tr("Nothing is written that could stand here."))
        else:
            self.written.emit(self._address, value)

    def _value(self) -> Value:
        field = self._field
        if isinstance(field, ChoiceBox):
            found: Value = field.currentData()
            return found
        if isinstance(field, QLineEdit):
            return understood_date(field.text()) or None
        text = field.toPlainText() if isinstance(field, QPlainTextEdit) else ""
        return kept_text(text)[0] if text.strip() else None
