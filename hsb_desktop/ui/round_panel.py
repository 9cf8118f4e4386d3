"""Recording the agencies' answers unseen: one row for each agency, keyboard first."""

from __future__ import annotations

from functools import partial
from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.analysis.rounds import OpenRound, state_of_open_round
from hsb_desktop.model import Answer
from hsb_desktop.ui.announcing import announce
from hsb_desktop.ui.plain_button import plain_button
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.strip_words import reveal_anyway_in_words
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import NO_VIEW, SCORES

_DIGITS = {Qt.Key.Key_0: 0, Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3, Qt.Key.Key_4: 4}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_MOST_IN_A_COLUMN = 4
_ROOM_FOR_A_NAME = 24
"""Characters of an agency's row that are not cut off while there is room for a second column."""
_ID = Qt.ItemDataRole.UserRole


class RoundPanel(QWidget):
    """Records answers in the open round of one statement. It never shows one: only who has been recorded."""

    left = Signal()
    """The person is done here: the round goes on later, or was not meant if nothing is recorded in it."""

    def __init__(
        self, session: AuditSession, appearance: Appearance, statement_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("round_panel")
        self.statement_id = statement_id
        self._session = session
        self._appearance = appearance
        self._is_asked = False
        self._create()
        self._assemble()
        self._connect()
        self.refresh()

    def _create(self) -> None:
        self._hint = StillLabel(self)
        self.list = _AgencyList(self)
        self.list.setAccessibleName(self.tr("Agencies in the round for {0}").format(self.statement_id))
        self.list.setAccessibleDescription(
            self.tr("0 to 4 or X for no view records the chosen agency unseen. V reveals the round.")
        )
        self._answers: list[tuple[QPushButton, Answer | None]] = []
        keys: list[tuple[str, str, Answer | None]] = [(f"record_{n}", str(n), n) for n in SCORES]
        keys.append(("record_no_view", self.tr("No view (X)"), NO_VIEW))
        keys.append(("record_nothing", self.tr("Take back"), None))
        for name, words, answer in keys:
            button = self._button(name, words)
            button.setProperty("role", "vote")
            self._answers.append((button, answer))
        self._reveal = self._button("panel_reveal", self.tr("Reveal (V)"))
        self._leave = self._button("panel_leave", self.tr("Close (Esc)"))
        for button in (self._reveal, self._leave):
            button.setProperty("role", "link")

    def _button(self, name: str, words: str) -> QPushButton:
        button = plain_button(words, self)
        button.setObjectName(name)
        # Every one of them has a key; the ring stays with the agencies.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _assemble(self) -> None:
        keys = QHBoxLayout()
        for button, _ in self._answers:
            keys.addWidget(button)
        keys.addStretch(1)
        keys.addWidget(self._reveal)
        keys.addWidget(self._leave)
        self._keys = keys
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.list)
        self._layout.addLayout(keys)
        self._layout.addWidget(self._hint)
        self.refresh_appearance()

    def _connect(self) -> None:
        for button, answer in self._answers:
            button.clicked.connect(partial(self._on_answer_clicked, answer))
        self._reveal.clicked.connect(self.reveal)
        self._leave.clicked.connect(self.left)
        self.list.answered.connect(self.record)
        self.list.reveal_wanted.connect(self.reveal)
        self.list.left.connect(self.left)

    # What is shown --------------------------------------------------------------------------------------

    @property
    def state(self) -> OpenRound | None:
        """The open round; None when it was revealed or cancelled."""
        return state_of_open_round(self._session.shown, self._session.wave_id, self.statement_id)

    def refresh(self) -> None:
        """Show who has been recorded."""
        state = self.state
        if state is None:
            return
        self._is_asked = False
        recorded = {agency.agency_id for agency in state.recorded}
        involved = recorded | {agency.agency_id for agency in state.waited_for}
        rows = [agency for agency in self._session.shown.agencies if agency.agency_id in involved]
        self.list.show_rows(
            [
                (
                    agency.agency_id,
                    agency.name,
                    self.tr("{0}: recorded").format(agency.name)
                    if agency.agency_id in recorded
                    else self.tr("{0}: not yet").format(agency.name),
                    agency.agency_id in recorded,
                )
                for agency in rows
            ]
        )
        self._leave.setText(self.tr("Close (Esc)") if state.recorded else self.tr("Cancel (Esc)"))
        if state.is_complete:
            self._say(self.tr("Every agency has been recorded. V reveals the round."))
        else:
            self._say(
                self.tr("↑ ↓ choose an agency · 0–4 or X (no view) records it unseen · Backspace takes back")
            )

    def _say(self, words: str, colour: str = "text_muted") -> None:
        self._hint.show_words(words, self._appearance.theme.color(colour))

    def show_refusal(self, words: str) -> None:
        """Say why nothing was changed."""
        self._say(words, "warning")

    def take_keyboard(self) -> None:
        """Put the keyboard on the first agency that has not been recorded."""
        self.list.choose_next(-1)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._layout.setSpacing(self._appearance.pixels(4))
        self._keys.setSpacing(self._appearance.pixels(6))
        self.list.fit()

    def set_text_font(self, font: QFont) -> None:
        """Show everything in this font: on the full screen it is larger."""
        for widget in (self._hint, self.list, self._reveal, self._leave, *(b for b, _ in self._answers)):
            widget.setFont(font)
        self.list.fit()

    # Recording ------------------------------------------------------------------------------------------

    def record(self, answer: Answer | None) -> None:
        """Record the chosen agency's answer and go on to the next; None takes it back."""
        row, agency_id = self.list.currentRow(), self.list.chosen_id
        if agency_id is None:
            self._say(self.tr("Choose an agency first, with the arrow keys."), "warning")
        elif self._session.rounds.record_vote(self.statement_id, agency_id, answer):
            # That it was recorded, never what.
            announce(self, self.list.words_of(row))
            if answer is not None:
                self.list.choose_next(row)

    def _on_answer_clicked(self, answer: Answer | None) -> None:
        self.record(answer)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self) -> None:
        """Reveal the round; where agencies are missing, only when that was asked for twice."""
        state = self.state
        if state is None:
            return
        if state.recorded and not state.is_complete and not self._is_asked:
            self._is_asked = True
            self._say(reveal_anyway_in_words(self._session.shown, state), "warning")
            return
        self._session.rounds.reveal(self.statement_id)


class _AgencyList(QListWidget):
    """The agencies in columns. Keys record; letters never search, and what is pressed is never shown."""

    answered = Signal(object)
    reveal_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("round_agencies")
        self.setWrapping(True)
        self.setFlow(QListWidget.Flow.TopToBottom)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._in_a_column = 1

    @property
    def chosen_id(self) -> str | None:
        """The agency that a key would record."""
        row = self.currentRow()
        return str(self.item(row).data(_ID)) if row >= 0 else None

    def words_of(self, row: int) -> str:
        """Return what a row says of its agency."""
        return str(self.item(row).data(Qt.ItemDataRole.AccessibleTextRole))

    def show_rows(self, rows: list[tuple[str, str, str, bool]]) -> None:
        """Show agencies: id, name, words, and whether it was recorded; the chosen one stays chosen."""
        if [self.item(n).data(_ID) for n in range(self.count())] != [row[0] for row in rows]:
            self.clear()
            for agency_id, *_ in rows:
                item = QListWidgetItem(self)
                item.setData(_ID, agency_id)
            self.fit()
        for number, (_, name, words, is_recorded) in enumerate(rows):
            item = self.item(number)
            item.setData(_ID + 1, is_recorded)
            item.setData(_ID + 2, name)
            if item.data(Qt.ItemDataRole.AccessibleTextRole) != words:
                item.setToolTip(words.replace("&", "&amp;").replace("<", "&lt;"))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self._write_words()

    def _write_words(self) -> None:
        """Write names with their state in words, or with its sign alone where a name would be cut off."""
        items = [self.item(number) for number in range(self.count())]
        signs = ["✓" if item.data(_ID + 1) else "○" for item in items]
        whole = [f"{sign}  {self.words_of(n)}" for n, sign in enumerate(signs)]
        metrics = self.fontMetrics()
        room = min((item.sizeHint().width() for item in items), default=0) - metrics.averageCharWidth()
        if any(metrics.horizontalAdvance(words) > room for words in whole):
            whole = [f"{sign}  {item.data(_ID + 2)}" for item, sign in zip(items, signs, strict=True)]
        for item, words in zip(items, whole, strict=True):
            if item.text() != words:
                item.setText(words)

    def choose_next(self, row: int) -> None:
        """Choose the next agency after a row that has not been recorded, going round; none if all have."""
        order = [*range(row + 1, self.count()), *range(row + 1)]
        found = next((n for n in order if n < self.count() and not self.item(n).data(_ID + 1)), -1)
        self.setCurrentRow(found)

    def fit(self) -> None:
        """Take the height of as many columns as there is room for."""
        metrics = self.fontMetrics()
        count = max(self.count(), 1)
        room = max(self.viewport().width(), 1)
        widest = max(1, room // (metrics.averageCharWidth() * _ROOM_FOR_A_NAME))
        columns = min(ceil(count / _MOST_IN_A_COLUMN), widest)
        self._in_a_column = ceil(count / columns)
        row = round(metrics.height() * 1.5)
        for number in range(self.count()):
            self.item(number).setSizeHint(QSize(room // columns, row))
        if self.count() and self.item(0).data(_ID + 2) is not None:
            self._write_words()
        # A row of pixels more, or Qt begins a column too many.
        self.setFixedHeight(self._in_a_column * row + 2 * self.frameWidth() + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            event.ignore()
        elif key in _DIGITS:
            self.answered.emit(_DIGITS[key])
        elif key == Qt.Key.Key_X:
            self.answered.emit(NO_VIEW)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.answered.emit(None)
        elif key == Qt.Key.Key_V:
            self.reveal_wanted.emit()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_B):
            self.left.emit()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(self._in_a_column * (1 if key == Qt.Key.Key_Right else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setCurrentRow(0 if key == Qt.Key.Key_Home else self.count() - 1)
        else:
            event.ignore()

    def _step(self, step: int) -> None:
        if self.currentRow() < 0:
            self.setCurrentRow(0 if step > 0 else self.count() - 1)
        elif 0 <= self.currentRow() + step < self.count():
            self.setCurrentRow(self.currentRow() + step)
