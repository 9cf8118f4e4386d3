"""Says on a card that copies answered differently, and leads to where that is settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from hsb_desktop.ui.literal import on_button
from hsb_desktop.ui.merge_words import question_in_words
from hsb_desktop.ui.place_words import field_in_words
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import PARTNERSHIP, Subject

if TYPE_CHECKING:
    from hsb_desktop.operations.questions import Question

_LONGEST = 56
"""Characters that a narrow card at a large zoom has room for."""


class ConflictMark(QPushButton):
    """Hidden where nothing differs. Nobody's answer is told here: only that there are several."""

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict_mark")
        self.setProperty("role", "warning-link")
        # Where it is cut off at all, then at its end.
        self.setStyleSheet("text-align: left;")
        self._session = session
        self._statement_id = ""
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_statement(self, statement_id: str) -> None:
        """Show what differs about a statement in the shown wave."""
        wave_id = self._session.wave_id
        self.show_questions(
            [
                question
                for question in self._session.questions
                if question.statement_id == statement_id and question.wave_id in ("", wave_id)
            ],
            statement_id,
        )

    def show_questions(self, questions: Sequence[Question], statement_id: str = "") -> None:
        """Show these questions."""
        self._statement_id = statement_id
        words = self._in_words(questions)
        self.setText(on_button(words))
        self.setAccessibleName(self.tr("{0}: settle").format(words))
        self.setVisible(bool(questions))

    def _in_words(self, questions: Sequence[Question]) -> str:
        if not questions:
            return ""
        told = " · ".join(f"{question_in_words(each)}: {self._about(each)}" for each in questions)
        if len(told) > _LONGEST:
            told = self.tr("answers differ in {0} places").format(len(questions))
            if len(questions) == 1:
                told = question_in_words(questions[0])
        return self.tr("⚠ {0} · settle…").format(told)

    def _about(self, question: Question) -> str:
        address = question.address
        field = field_in_words(address)
        if address.subject is Subject.READING:
            return self.tr("reading")
        if address.subject is Subject.RESPONSE and address.key[1] != PARTNERSHIP:
            return self.tr("{0} of {1}").format(field, self._session.audit.party_name(address.key[1]))
        return field

    def _on_clicked(self) -> None:
        self._session.settling_wanted.emit(self._statement_id)
