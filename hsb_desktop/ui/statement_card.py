"""One statement: number, text, score, evidence and assurance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hsb_desktop.analysis.scoring import HIGH_SCORES, has_evidence
from hsb_desktop.model import Response, Statement
from hsb_desktop.ui.by_name import at_top, brush_of, pen_of, set_by_name, write_in
from hsb_desktop.ui.plain_button import plain_button
from hsb_desktop.ui.score_selector import ScoreSelector
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.text_box import TextBox, disclosure_hint
from hsb_desktop.ui.theme import BASE_POINT_SIZE, Appearance
from hsb_desktop.ui.undo_strip import UndoStrip
from hsb_desktop.values import PARTNERSHIP, ResponseKey

if TYPE_CHECKING:
    from hsb_desktop.ui.card_companion import CardCompanion
    from hsb_desktop.ui.no_view_row import NoViewRow

_UNDER_THE_SCORE = 3
"""Where in the card's column what comes after the first paint is put in."""

_NARROW = 560
"""Below this width, in pixels at 100 %, assurance stands below evidence."""


class StatementCard(QWidget):
    """Shows the session's response to one statement and hands a person's edits to the session."""

    neighbour_wanted = Signal(str, int)
    """Statement number and −1 or 1: the person asks for the one before or after."""
    help_wanted = Signal(str)
    history_wanted = Signal(str)

    def __init__(
        self,
        statement: Statement,
        session: AuditSession,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"statement_card_{statement.statement_id}")
        self.statement = statement
        self._session = session
        self._appearance = appearance
        self._is_current = False
        self._is_stacked = False
        self._wave_id = session.wave_id
        self.companions: list[CardCompanion] = []
        """What else stands on the card, made after the first paint."""
        self._in_score_line: list[QWidget] = []
        self._lines: list[QWidget] = []
        self._undo_is_for: tuple[ResponseKey, int | None] | None = None
        self._create()
        self._assemble()
        self._connect()
        self.refresh()

    def _create(self) -> None:
        statement = self.statement
        name = self.tr("Statement {0}: {1}").format(statement.statement_id, statement.full_text)
        self.setAccessibleName(name)
        self._number = QLabel(statement.statement_id, self)
        self._text = QLabel(statement.text, self)
        self._texts = [self._text]
        if statement.prompts:
            self._texts.append(QLabel("\n".join(f"•  {prompt}" for prompt in statement.prompts), self))
        for label in self._texts:
            set_by_name(label, textFormat="PlainText")
            label.setWordWrap(True)
        self.score_selector = ScoreSelector(self._session.audit.instrument, self._appearance, self)
        self.score_selector.setAccessibleDescription(name)
        self._descriptor = StillLabel(self)
        self._descriptor.setObjectName("descriptor")
        self._clear = plain_button(self.tr("Clear"), self)
        self._clear.setProperty("role", "link")
        self._clear.setObjectName("clear_score")
        self._clear.setAccessibleName(self.tr("Clear the score of {0}").format(statement.statement_id))
        self._clear.setToolTip(self.tr("Not scored (Backspace)"))
        self._help = plain_button(self.tr("Help"), self)
        self._help.setProperty("role", "link")
        self._help.setObjectName("help_button")
        self._help.setAccessibleName(self.tr("Help on statement {0}").format(statement.statement_id))
        self._help.setToolTip(self.tr("What it asks and what counts as evidence (F1)"))
        self._history = plain_button(self.tr("History"), self)
        self._history.setProperty("role", "link")
        self._history.setObjectName("history_button")
        self._history.setAccessibleName(self.tr("History of statement {0}").format(statement.statement_id))
        self._history.setToolTip(self.tr("Who changed what, and when (H)"))
        self._undo_strip: UndoStrip | None = None
        self._no_view: NoViewRow | None = None
        self._evidence_label = QLabel(self.tr("Evidence supporting this score"), self)
        self._assurance_label = QLabel(self.tr("Assurance: how we would know"), self)
        self.evidence_edit = TextBox(self._session, self._appearance, self)
        self.assurance_edit = TextBox(self._session, self._appearance, self)
        self.evidence_edit.setObjectName("evidence_edit")
        self.assurance_edit.setObjectName("assurance_edit")
        for label, box, role in (
            (self._evidence_label, self.evidence_edit, self.tr("Evidence for {0}")),
            (self._assurance_label, self.assurance_edit, self.tr("Assurance for {0}")),
        ):
            box.setAccessibleName(role.format(statement.statement_id))
            box.setPlaceholderText(disclosure_hint(box))
            label.setBuddy(box)

    def _assemble(self) -> None:
        heading = QGridLayout()
        set_by_name(self._number, alignment="AlignLeft|AlignTop")
        heading.addWidget(self._number, 0, 0, 2, 1)
        for row, label in enumerate(self._texts):
            heading.addWidget(label, row, 1)
        heading.addLayout(at_top(self._help), 0, 2)
        heading.setColumnStretch(1, 1)
        self._heading = heading
        under = QHBoxLayout()
        under.addWidget(self._descriptor, 1)
        under.addWidget(self._clear)
        under.addWidget(self._history)
        self._under = under
        boxes = QHBoxLayout()
        self._columns = at_top(self.evidence_edit), at_top(self.assurance_edit)
        for column, label in zip(self._columns, (self._evidence_label, self._assurance_label), strict=True):
            column.insertWidget(0, label)
            boxes.addLayout(column, 1)
        self._boxes = boxes
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(heading)
        self._layout.addWidget(self.score_selector)
        self._layout.addLayout(under)
        if self._session.party_id != PARTNERSHIP:
            self._add_no_view()
        self._layout.addLayout(boxes)
        self._size()

    def _connect(self) -> None:
        statement_id, session = self.statement.statement_id, self._session
        self.score_selector.score_chosen.connect(self._on_score_chosen)
        self._clear.clicked.connect(lambda: session.set_score(statement_id, None))
        self._help.clicked.connect(lambda: self.help_wanted.emit(statement_id))
        self._history.clicked.connect(lambda: self.history_wanted.emit(statement_id))
        self.evidence_edit.text_committed.connect(
            lambda text: session.set_evidence(statement_id, text, self._wave_id)
        )
        self.assurance_edit.text_committed.connect(
            lambda text: session.set_assurance(statement_id, text, self._wave_id)
        )

    @property
    def last_link(self) -> QWidget:
        """The stop of the Tab key after which those of the lines below it come."""
        return self._history

    def add_to_score_line(self, widget: QWidget) -> None:
        """Put a small widget into the line under the score, before its links."""
        self._under.insertWidget(self._under.indexOf(self._clear), widget)
        self._in_score_line.append(widget)

    def add_line(self, widget: QWidget, *, first: bool = False) -> None:
        """Put a line of its own between the score and the boxes, as the `first` or the last of such lines."""
        self._layout.insertWidget(_UNDER_THE_SCORE if first else self._layout.indexOf(self._boxes), widget)
        self._lines.insert(0 if first else len(self._lines), widget)

    # What is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the session has."""
        statement_id = self.statement.statement_id
        key = self._session.key(statement_id)
        self._wave_id = key.wave_id
        response = self._session.shown.response(key)
        self.score_selector.show_score(response.score)
        may_edit = self._session.may_edit
        self.score_selector.set_enabled(may_edit)
        self.evidence_edit.set_editable(may_edit)
        self.assurance_edit.set_editable(may_edit)
        self.score_selector.setAccessibleName(self._score_in_words(response))
        can_clear = (response.score is not None or response.no_view) and may_edit
        if can_clear == self._clear.isHidden():
            self._clear.setVisible(can_clear)
        self.evidence_edit.show_text(response.evidence)
        self.assurance_edit.show_text(response.assurance)
        self._show_descriptor(response)
        if self._no_view is not None:
            self._no_view.show_response(response)
        for companion in self.companions:
            companion.refresh()
        is_for_it = (key, response.score) == self._undo_is_for
        if self._undo_strip is not None and not (is_for_it and may_edit):
            self._undo_strip.hide()

    def _add_no_view(self) -> None:
        from hsb_desktop.ui.no_view_row import NoViewRow

        self._no_view = NoViewRow(self.statement.statement_id, self._session, self)
        self._under.insertWidget(1, self._no_view.button)
        self._layout.addWidget(self._no_view)
        self._lines.append(self._no_view)

    def show_replaced_score(self, before: int, after: int | None) -> None:
        """Offer the way back from a changed score, for ten seconds, once the score itself is painted."""
        self._undo_is_for = self._session.key(self.statement.statement_id), after
        QTimer.singleShot(0, self, lambda: self._show_undo_strip(before, after))

    def _show_undo_strip(self, before: int, after: int | None) -> None:
        key = self._session.key(self.statement.statement_id)
        if self._undo_is_for != (key, after) or self._session.shown.response(key).score != after:
            return
        if not self._session.may_edit:
            return
        if self._undo_strip is None:
            self._undo_strip = UndoStrip(self)
            self._undo_strip.undo_wanted.connect(self._on_undo_wanted)
            self._under.insertWidget(1, self._undo_strip)
            self._order_stops()
        self._undo_strip.show_change(before, after)

    def add_below_score(self, widget: QWidget) -> None:
        """Give a widget its place between the score and the boxes."""
        from PySide6.QtCore import Qt

        self._layout.insertWidget(self._layout.indexOf(self._boxes), widget, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.append(widget)
        self._order_stops()

    def _order_stops(self) -> None:
        """Give what came after all the others its place in the way of the Tab key."""
        from hsb_desktop.ui.tab_order import put_in_order

        put_in_order(self.stops())

    def stops(self) -> list[QWidget]:
        """Return what can take the keyboard on the card, from the top down."""
        from hsb_desktop.ui.tab_order import stops_in

        found: list[QWidget] = [self._help, self.score_selector]
        if self.score_selector.focusProxy() is None:
            # While it can only be read, Qt does not move its buttons with it.
            found += self.score_selector.buttons
        if self._undo_strip is not None:
            found.append(self._undo_strip.button)
        if self._no_view is not None:
            found.append(self._no_view.button)
        found += [*self._in_score_line, self._clear, self._history]
        for line in self._lines:
            found += stops_in(line)
        return [*found, self.evidence_edit, self.assurance_edit]

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._size()
        self.score_selector.refresh_appearance()
        self.evidence_edit.refresh_appearance()
        self.assurance_edit.refresh_appearance()
        for companion in self.companions:
            companion.refresh_appearance()
        self.refresh()

    def set_current(self, current: bool) -> None:
        """Mark the card in which the keyboard is."""
        if current != self._is_current:
            self._is_current = current
            self.update()

    def focus_score(self) -> None:
        """Put the keyboard on the score."""
        from PySide6.QtCore import Qt

        self.score_selector.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_descriptor(self, response: Response) -> None:
        score = response.score
        if response.no_view:
            words, colour = self.tr("No view: this agency cannot judge it"), "accent"
        elif score is None:
            words, colour = self.tr("Not scored"), "text_muted"
        else:
            words = f"{score} · {self._session.audit.instrument.scale_point(score).label}"
            colour = "accent"
            if score in HIGH_SCORES and not has_evidence(response.evidence):
                words += self.tr("\n⚠ Scored {0} without evidence").format(score)
                colour = "warning"
        self._descriptor.show_words(words, self._appearance.theme.color(colour))

    def _score_in_words(self, response: Response) -> str:
        statement_id, score = self.statement.statement_id, response.score
        if response.no_view:
            return self.tr("Score of {0}: no view").format(statement_id)
        if score is None:
            return self.tr("Score of {0}: not scored").format(statement_id)
        label = self._session.audit.instrument.scale_point(score).label
        return self.tr("Score of {0}: {1}, {2}").format(statement_id, score, label)

    # Keys -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        plain = not event.modifiers()
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.focus_score()
        elif plain and key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self.neighbour_wanted.emit(self.statement.statement_id, 1 if key == Qt.Key.Key_N else -1)
        elif plain and key == Qt.Key.Key_X and self._no_view is not None:
            self._no_view.toggle()
        elif plain and key == Qt.Key.Key_E:
            self.evidence_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif plain and key == Qt.Key.Key_A:
            self.assurance_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif plain and key == Qt.Key.Key_H:
            self.history_wanted.emit(self.statement.statement_id)
        elif plain and any(companion.take_key(event) for companion in self.companions):
            pass
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # Qt's own name
        super().focusInEvent(event)
        self.focus_score()

    def _on_undo_wanted(self, score: int) -> None:
        # Its own score, whatever was written since: undo itself would take back the latest step.
        self._session.set_score(self.statement.statement_id, score)
        if self._undo_strip is not None:
            self._undo_strip.hide()

    def _on_score_chosen(self, score: int | None) -> None:
        self._session.set_score(self.statement.statement_id, score)

    # Size and paint -------------------------------------------------------------------------------------

    def _size(self) -> None:
        pixels = self._appearance.pixels
        self._layout.setContentsMargins(pixels(16), pixels(10), pixels(16), pixels(12))
        self._layout.setSpacing(pixels(6))
        self._heading.setHorizontalSpacing(pixels(14))
        self._heading.setVerticalSpacing(pixels(2))
        for column in self._columns:
            column.setSpacing(pixels(3))
        self._boxes.setSpacing(pixels(3 if self._is_stacked else 14))
        zoom = self._appearance.zoom / 100
        self._number.setFont(_sized(self.font(), 14 * zoom, bold=True))
        for label, points in zip(self._texts, (11.5, 10.5), strict=False):
            label.setFont(_sized(self.font(), points * zoom))
        for label in (self._evidence_label, self._assurance_label):
            label.setFont(_sized(self.font(), 9 * zoom, bold=True))
        self._descriptor.setFont(_sized(self.font(), 9.5 * zoom))
        write_in(self._number, self._appearance.theme.color("accent"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._stack_boxes(self.width() < self._appearance.pixels(_NARROW))

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        """As narrow as the window: a card that is too wide would be cut at the edge."""
        return QSize(0, super().minimumSizeHint().height())

    def _stack_boxes(self, stacked: bool) -> None:
        if stacked == self._is_stacked:
            return
        self._is_stacked = stacked
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._boxes.setDirection(down if stacked else across)
        self._boxes.setSpacing(self._appearance.pixels(3 if stacked else 14))

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's own name
        theme, pixels = self._appearance.theme, self._appearance.pixels
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = pixels(2) if self._is_current else 1
        edge, frame = width / 2, QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), pixels(8), pixels(8))
        painter.fillPath(frame, brush_of(theme.color("surface")))
        painter.strokePath(frame, pen_of(theme.color("accent" if self._is_current else "border"), width))
        painter.end()


def _sized(font: QFont, points: float, *, bold: bool = False) -> QFont:
    sized = QFont(font)
    sized.setPointSizeF(points or BASE_POINT_SIZE)
    sized.setBold(bold)
    return sized
