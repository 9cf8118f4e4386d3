"""The line on a card that says what was answered last time, and opens in place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.last_time import LastTime, last_time, previous_wave_id
from hsb_desktop.analysis.movement import earlier_target
from hsb_desktop.model import Audit, Response
from hsb_desktop.ui.elided_link import ElidedLink
from hsb_desktop.ui.page_scroll import bring_into_view
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.tab_order import put_in_order
from hsb_desktop.ui.text_box import TextBox
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP, ResponseKey

_FEWEST_LINES, _MOST_LINES = 2, 7
"""Of each text of last time that are seen at once; it scrolls."""

_CHARACTERS_A_LINE = 45
_LONGEST_LABEL = 30

_FIELDS = ("evidence", "assurance")


class LastTimeLine(QWidget):
    """Is seen in waves that have an earlier one. L, or a click, opens last time's texts below the line."""

    toggled = Signal(bool)
    """Last time's texts are shown now, or not."""

    def __init__(
        self,
        statement_id: str,
        session: AuditSession,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        most_lines: int = _MOST_LINES,
    ) -> None:
        """Of a longer text, that many lines are seen at once."""
        super().__init__(parent)
        self.setObjectName("last_time")
        self._statement_id = statement_id
        self._session = session
        self._appearance = appearance
        self._most_lines = most_lines
        self._last: LastTime | None = None
        self._details: _Details | None = None
        self._has_earlier = False
        self._words = ""
        self._is_open = False
        self._font: QFont | None = None
        self.button = ElidedLink("", self)
        self.button.setObjectName("last_time_button")
        self.button.setToolTip(self.tr("Evidence and assurance of last time (L)"))
        self.button.clicked.connect(self.toggle)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.button)
        self._layout.addStretch(1)
        self.refresh()

    def show_statement(self, statement_id: str) -> None:
        """Say what was answered to another statement; open stays open."""
        self._statement_id = statement_id
        self.refresh()

    @property
    def is_open(self) -> bool:
        """Whether last time's texts are shown."""
        return self._is_open

    def refresh(self) -> None:
        """Show what the session has."""
        session = self._session
        key = session.key(self._statement_id)
        audit = session.shown
        self._last = last_time(audit, key)
        self._has_earlier = previous_wave_id(audit, key.wave_id) is not None
        if self._has_earlier:
            self._words = in_short(audit, key, self._last)
            self._show_summary()
            if self._details is not None and self._is_open:
                self._details.show_last_time(key, self._last)
        if self.isHidden() == self._has_earlier:
            self.setVisible(self._has_earlier)

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        if self._details is not None:
            self._details.refresh_appearance()
        self.button.fit()

    def set_font(self, font: QFont) -> None:
        """Use other letters than the style's."""
        self._font = font
        self.button.setFont(font)
        self.button.fit()
        if self._details is not None:
            self._details.set_font(font)

    def stops(self) -> list[QWidget]:
        """Return where Tab stops in it, from the top down."""
        return [self.button, *(() if self._details is None else self._details.stops())]

    def take_key(self, event: QKeyEvent) -> bool:
        """Open or close at L."""
        if event.key() != Qt.Key.Key_L or not self._has_earlier:
            return False
        self.toggle()
        return True

    def toggle(self) -> None:
        """Show last time's texts, or put them away."""
        if not self._has_earlier:
            return
        self._is_open = not self._is_open
        if self._details is None:
            self._details = _Details(self._session, self._appearance, self, self._most_lines)
            self._details.set_font(self._font)
            self._layout.insertWidget(1, self._details)
            put_in_order(self.stops())
            self._session.details_changed.connect(self.refresh)
        if self._is_open:
            self._details.show_last_time(self._session.key(self._statement_id), self._last)
        self._details.setVisible(self._is_open)
        self._show_summary()
        self.toggled.emit(self._is_open)
        if self._is_open:
            bring_into_view(self, self._appearance.pixels(8))

    def _show_summary(self) -> None:
        words = f"{'▾' if self._is_open else '▸'} {self._words}  (L)"
        if words != self.button.whole:
            self.button.show_words(words)
            self.button.setAccessibleName(self._words)
            state = self.tr("Its texts are shown below") if self._is_open else self.tr("Shows its texts")
            self.button.setAccessibleDescription(state)


class _Details(QWidget):
    """Evidence, assurance and reading of last time, with a way to take a text over into an empty box.

    Below them stand the action that was suggested and the dissent that was noted.
    """

    def __init__(
        self, session: AuditSession, appearance: Appearance, parent: QWidget, most_lines: int
    ) -> None:
        super().__init__(parent)
        self.setObjectName("last_time_details")
        self._session = session
        self._most_lines = most_lines
        self._key = session.key("")
        self.reading = QLabel(self)
        self.reading.setObjectName("last_reading")
        self.reading.setTextFormat(Qt.TextFormat.PlainText)
        self.reading.setWordWrap(True)
        self.reading.setMinimumWidth(1)
        self.planned = QLabel(self)
        self.planned.setObjectName("last_planned")
        self.planned.setTextFormat(Qt.TextFormat.PlainText)
        self.planned.setWordWrap(True)
        self.planned.setMinimumWidth(1)
        self.boxes = {name: self._make_box(name, appearance) for name in _FIELDS}
        self.uses = {name: self._make_use(name) for name in _FIELDS}
        labels = {
            "evidence": self.tr("Evidence last time"),
            "assurance": self.tr("Assurance last time"),
        }
        self.labels: dict[str, QLabel] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(appearance.pixels(14), 0, 0, 0)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.reading, 0, 0, 1, 2)
        for column, name in enumerate(_FIELDS):
            label = self.labels[name] = QLabel(labels[name], self)
            label.setProperty("role", "muted")
            self.boxes[name].setAccessibleName(labels[name])
            layout.addWidget(label, 1, column)
            layout.addWidget(self.boxes[name], 2, column, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(self.uses[name], 3, column, Qt.AlignmentFlag.AlignLeft)
            layout.setColumnStretch(column, 1)
        layout.addWidget(self.planned, 4, 0, 1, 2)

    def _make_box(self, name: str, appearance: Appearance) -> TextBox:
        box = TextBox(self._session, appearance, self, grows=False)
        box.setObjectName(f"last_{name}")
        box.setAccessibleDescription("")
        box.setToolTip("")
        box.set_editable(False)
        return box

    def _make_use(self, name: str) -> QPushButton:
        words = self.tr("Use last time’s evidence")
        if name == "assurance":
            words = self.tr("Use last time’s assurance")
        use = QPushButton(words, self)
        use.setObjectName(f"use_last_{name}")
        use.setProperty("role", "link")
        use.clicked.connect(lambda: self._use(name))
        return use

    def stops(self) -> list[QWidget]:
        """Return where Tab stops: in each box, then at what takes its text over."""
        return [widget for name in _FIELDS for widget in (self.boxes[name], self.uses[name])]

    def show_last_time(self, key: ResponseKey, last: LastTime | None) -> None:
        """Show the texts of last time beside this response."""
        self._key = key
        audit = self._session.shown
        now, before = audit.response(key), Response() if last is None else last.response
        reading = audit.readings.get(key.statement_id, "")
        for name in _FIELDS:
            text = getattr(before, name)
            box = self.boxes[name]
            box.show_text(text or self.tr("nothing was entered"))
            self._fit(box, text)
            can_use = bool(text) and not getattr(now, name) and self._session.may_edit
            self.uses[name].setVisible(can_use)
        self.reading.setText(self.tr("We read it so: {0}").format(reading))
        self.reading.setVisible(bool(reading))
        planned = "" if last is None else "\n".join(_planned(last))
        self.planned.setText(planned)
        self.planned.setVisible(bool(planned))

    def set_font(self, font: QFont | None) -> None:
        """Use other letters than the style's."""
        if font is not None:
            for widget in (
                self.reading,
                self.planned,
                *self.labels.values(),
                *self.boxes.values(),
                *self.uses.values(),
            ):
                widget.setFont(font)
            for box in self.boxes.values():
                self._fit(box, box.text)

    def refresh_appearance(self) -> None:
        """Follow a new zoom."""
        for box in self.boxes.values():
            self._fit(box, box.text)

    def _fit(self, box: TextBox, text: str) -> None:
        needed = 1 + text.count("\n") + len(text) // _CHARACTERS_A_LINE
        lines = min(max(needed, _FEWEST_LINES), self._most_lines)
        margins = box.contentsMargins()
        around = 2 * round(box.document().documentMargin()) + margins.top() + margins.bottom()
        box.setFixedHeight(box.fontMetrics().lineSpacing() * lines + around)

    def _use(self, name: str) -> None:
        last = last_time(self._session.shown, self._key)
        if last is not None:
            self._session.take_over_text(self._key.statement_id, name, getattr(last.response, name))


def in_short(audit: Audit, key: ResponseKey, last: LastTime | None) -> str:
    """Return "Last time (Baseline, March 2026): 2 · Target 3"."""
    if last is None:
        parts = [_tr("Last time: nothing was answered")]
    else:
        when = ", ".join(filter(None, (_short(last.wave.label), _month(last.wave.held_on))))
        score = _tr("not scored") if last.response.score is None else str(last.response.score)
        if last.response.no_view:
            score = _tr("no view")
        parts = [_tr("Last time ({0}): {1}").format(when, score)]
    target = earlier_target(audit, key.wave_id, key.statement_id)
    if target is not None and key.party_id == PARTNERSHIP:
        parts.append(_tr("Target {0}").format(target))
    if last is not None and last.agreement.what_would_help.strip():
        parts.append(_tr("action suggested"))
    return " · ".join(parts)


def _planned(last: LastTime) -> Iterator[str]:
    """Yield what was suggested and noted beside last time's score."""
    if action := " ".join(last.agreement.what_would_help.split()):
        yield _tr("Suggested action last time: {0}").format(action)
    if dissent := " ".join(last.agreement.dissent.split()):
        yield _tr("Dissent last time: {0}").format(dissent)


def _short(label: str) -> str:
    """Return a wave's label short enough that the score behind it is seen."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL].rstrip()}…"


def _month(held_on: str) -> str:
    written = written_date(held_on)
    return written.partition(" ")[2] or written


def _tr(words: str) -> str:
    return QCoreApplication.translate("LastTimeLine", words)
