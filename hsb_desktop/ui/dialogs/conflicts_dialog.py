"""What copies answered differently: every answer, who gave it, and one key to settle it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.analysis.overlays import own_words
from hsb_desktop.errors import HsbError
from hsb_desktop.model import Statement
from hsb_desktop.operations.questions import Answer, Question, questions_of, settle_question
from hsb_desktop.operations.whence import Whence
from hsb_desktop.ui.dialogs.another_answer import AnotherAnswer, can_write_another
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, plain_label
from hsb_desktop.ui.dialogs.reading_text import ReadingText
from hsb_desktop.ui.merge_words import (
    PlaceWords,
    author_of,
    question_in_words,
    value_to_read,
    whence_in_words,
)
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import Value, ValueAddress

_CHARACTERS_WIDE = 120
_LINES_AT_LEAST = 4
_LINES_WANTED = 8
_CHARACTERS_OF_AN_ANSWER = 30
_MOST_KEYS = 9


class ConflictsDialog(DialogFrame):
    """Lists what waits to be settled and settles it, each as one step of undo."""

    def __init__(
        self,
        session: AuditSession,
        statement_id: str = "",
        parent: QWidget | None = None,
        whence: Mapping[tuple[str, Value], Whence] | None = None,
    ) -> None:
        """`whence` tells by address and value where answers came from, as far as that is known."""
        super().__init__(parent, "conflicts_dialog", "")
        self.setWindowTitle(self.tr("Answers that differ"))
        self.characters_wide = _CHARACTERS_WIDE
        self._session = session
        self._whence = whence or {}
        self._questions: tuple[Question, ...] = ()
        self._another: AnotherAnswer | None = None
        self.add_title(self.tr("Answers that differ"))
        self.add_text(
            "explanation",
            self.tr(
                "Copies of this audit answered these differently. All answers are kept until one of them, or "
                "another, is chosen here. Undo takes each choice back."
            ),
            "muted",
        )
        self._create_parts()
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole)
        close.clicked.connect(self.reject)
        self.list.currentRowChanged.connect(self._show_chosen)
        self._fill()
        self._show_chosen()
        self.list.setCurrentRow(self._first_row(statement_id))
        self.list.setFocus()

    @classmethod
    def settle_in(
        cls,
        session: AuditSession,
        parent: QWidget | None,
        statement_id: str = "",
        whence: Mapping[tuple[str, Value], Whence] | None = None,
    ) -> None:
        """Show what waits, from a statement on if one is named, until it is closed or nothing waits."""
        dialog = cls(session, statement_id, parent, whence)
        dialog.exec()
        dialog.deleteLater()

    def _create_parts(self) -> None:
        self.list = _Questions(self)
        self.list.setAccessibleName(self.tr("What waits to be settled"))
        self._answers = QWidget()
        self._answers.setObjectName("scroll_content")
        self._row = QHBoxLayout(self._answers)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self.fontMetrics().height())
        scroll = QScrollArea()
        scroll.setObjectName("answers_area")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._answers)
        line = self.fontMetrics().height()
        self.list.setMinimumHeight(_LINES_AT_LEAST * line)
        scroll.setMinimumHeight(3 * _LINES_AT_LEAST * line)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setObjectName("conflict_parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        # Below the list, which stays where it is however long a statement is.
        self._statement = plain_label("statement_words")
        lower = QWidget()
        below_list = QVBoxLayout(lower)
        below_list.setContentsMargins(0, 0, 0, 0)
        below_list.addWidget(self._statement)
        below_list.addWidget(scroll, 1)
        parts.addWidget(lower)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        parts.setSizes([2 * line, 3 * line])
        self.body.addWidget(parts, stretch=1)
        self.another_button = QPushButton(self.tr("Write another… (W)"))
        self.another_button.setObjectName("another_button")
        self.another_button.setAccessibleName(self.another_button.text())
        self.another_button.setAutoDefault(False)
        self.another_button.clicked.connect(self.write_another)
        below = QHBoxLayout()
        below.addWidget(self.another_button)
        below.addStretch(1)
        self.body.addLayout(below)
        self._below = QVBoxLayout()
        self.body.addLayout(self._below)

    # What is shown ----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Question | None:
        """The question that is marked in the list."""
        row = self.list.currentRow()
        return self._questions[row] if 0 <= row < len(self._questions) else None

    def _fill(self) -> None:
        audit = self._session.shown
        self._questions = questions_of(audit)
        places = PlaceWords.of(audit)
        # What is said on the way would be about a line that is going.
        self.list.blockSignals(True)
        self.list.clear()
        for question in self._questions:
            words = f"{places(question.address)} · {question_in_words(question)}"
            statement = self._statement_of(question)
            self.list.addItem(f"{words} · {own_words(statement)}" if statement else words)
        self.list.blockSignals(False)

    def _statement_of(self, question: Question) -> Statement | None:
        instrument = self._session.audit.instrument
        is_known = instrument.has_statement(question.statement_id)
        return instrument.statement(question.statement_id) if is_known else None

    def _first_row(self, statement_id: str) -> int:
        """Return the row of a statement's first question, in the shown wave before any other."""
        asked = [question.statement_id for question in self._questions]
        here = [question.wave_id in ("", self._session.wave_id) for question in self._questions]
        rows = [row for row, each in enumerate(asked) if statement_id and each == statement_id]
        return next((row for row in rows if here[row]), next(iter(rows), 0))

    def _show_chosen(self, *_row: int) -> None:
        _empty(self._row)
        self._put_away_another()
        self.show_problem("")
        question = self.chosen
        self.another_button.setEnabled(
            question is not None and can_write_another(question.address) and not self._session.is_read_only
        )
        statement = self._statement_of(question) if question else None
        self._statement.setText(f"{statement.statement_id}  {statement.full_text}" if statement else "")
        self._statement.setVisible(statement is not None)
        if question is None:
            return
        in_place = self._session.shown.value(question.address)
        for number, answer in enumerate(question.answers, 1):
            self._row.addWidget(
                self._column(question, number, answer, is_in_place=answer.value == in_place), stretch=1
            )

    def _column(self, question: Question, number: int, answer: Answer, *, is_in_place: bool) -> QWidget:
        column = QWidget()
        column.setMinimumWidth(self.fontMetrics().averageCharWidth() * _CHARACTERS_OF_AN_ANSWER)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        author = author_of(answer)
        heading = self.tr("Answer {0}").format(number)
        if is_in_place:
            heading = self.tr("{0} · stands for now").format(heading)
        if author:
            # Authors are named where the file has them.
            heading = f"{heading} · {author}"
        if whence := whence_in_words(self._whence.get((str(question.address), answer.value))):
            heading = f"{heading} · {whence}"
        layout.addWidget(plain_label(f"answer_heading_{number}", heading, role="section"))
        text = ReadingText(f"answer_{number}", heading)
        text.add_paragraph(value_to_read(question.address, answer.value))
        text.show_from_top()
        # However long it is, it is scrolled by itself: nothing else moves out of sight.
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        text.setMinimumHeight(_LINES_AT_LEAST * self.fontMetrics().height())
        label = self.tr("Take this ({0})") if number <= _MOST_KEYS else self.tr("Take this")
        button = QPushButton(label.format(number))
        button.setObjectName(f"take_{number}")
        button.setAccessibleName(self.tr("Take answer {0}").format(number))
        button.setAutoDefault(False)
        button.setEnabled(not self._session.is_read_only)
        button.clicked.connect(partial(self._on_take_clicked, question.address, answer.value))
        layout.addWidget(button)
        layout.addWidget(text, 1)
        return column

    # Settling ---------------------------------------------------------------------------------------------

    def take(self, number: int) -> None:
        """Let an answer stand, counted from 1, and go on to what waits next."""
        question = self.chosen
        if question is not None and 1 <= number <= len(question.answers):
            self._settle(question.address, question.answers[number - 1].value)

    def write_another(self) -> None:
        """Let somebody write an answer of their own, beginning with all that there are."""
        question = self.chosen
        if question is None or not self.another_button.isEnabled():
            return
        self._put_away_another()
        self._another = AnotherAnswer(question, self._session.shown)
        self._another.written.connect(self._settle)
        self._another.refused.connect(self.show_problem)
        self._below.addWidget(self._another)
        self._another.show()
        self._another.take_focus()
        QTimer.singleShot(0, self, self._show_another)

    def _on_take_clicked(self, address: ValueAddress, value: Value, _checked: bool = False) -> None:
        self._settle(address, value)

    def _settle(self, address: ValueAddress, value: Value) -> None:
        if self._session.is_read_only:
            return
        try:
            self._session.apply(settle_question(self._session.shown, address, value))
        except HsbError as error:
            self.show_problem(str(error))
            return
        place = self.list.currentRow()
        self._fill()
        if not self._questions:
            self.accept()
            return
        self.list.setCurrentRow(min(place, len(self._questions) - 1))
        self._show_chosen()
        self.list.setFocus()

    def _show_another(self) -> None:
        """Scroll to what is written, once it has its place."""
        if self._another is not None:
            self.scroll_area.ensureWidgetVisible(self._another)

    def _put_away_another(self) -> None:
        another, self._another = self._another, None
        if another is not None:
            another.hide()
            another.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        text = event.text().lower()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif text.isdecimal() and text in "123456789":
            self.take(int(text))
        elif text == "w":
            self.write_another()
        else:
            super().keyPressEvent(event)


class _Questions(QListWidget):
    """The list; keys that settle go on to the dialog."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conflict_list")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:  # Qt's own name
        return QSize(super().sizeHint().width(), _LINES_WANTED * self.fontMetrics().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        if event.text().lower() in tuple("123456789w"):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _empty(layout: QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
