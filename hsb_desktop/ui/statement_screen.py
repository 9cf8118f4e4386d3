"""F5: one statement, full screen, large enough for the last row of a meeting room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.analysis.progress import next_not_scored
from hsb_desktop.analysis.readings import invites_differing_readings
from hsb_desktop.model import Statement
from hsb_desktop.ui.agencies_strip import AgenciesStrip
from hsb_desktop.ui.last_time_line import LastTimeLine
from hsb_desktop.ui.lock_line import LockLine
from hsb_desktop.ui.reading_line import ReadingLine
from hsb_desktop.ui.save_state_label import SaveStateLabel
from hsb_desktop.ui.score_selector import ScoreSelector
from hsb_desktop.ui.screen_fit import Boxes, ScreenFit
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.target_button import TargetButton
from hsb_desktop.ui.text_box import TextBox, disclosure_hint
from hsb_desktop.ui.theme import Appearance, style_sheet
from hsb_desktop.values import PARTNERSHIP, ResponseKey

if TYPE_CHECKING:
    from hsb_desktop.ui.conflict_mark import ConflictMark
    from hsb_desktop.ui.no_view_row import NoViewRow

_SCREEN = (1280, 720)
"""Pixels of the smallest projector: everything is that much larger as the screen is larger."""

_SHARE_OF_TEXT = 0.27
"""Of the screen's height."""

_SHARE_FOR_AGENCIES = 0.05
"""Of the height: what the statement leaves to the agencies' line where there is one."""

_SHARE_BESIDE_LAST_TIME = 0.25

_USUAL_ZOOM = 100
"""Percent."""

_LINES_OF_LAST_TIME = 4


class Neighbours(Protocol):
    """The order in which statements follow one another: the form's, or that of an agenda."""

    def neighbour_of(self, statement_id: str, step: int) -> str | None:
        """Return the statement before (−1) or after (1) another; None at the ends."""

    def agenda_in_words(self, statement_id: str) -> str:
        """Return which agenda is followed and how far it is; empty where none is open."""


class StatementScreen(QWidget):
    """Shows the session's response to one statement at a time, with all five printed descriptors whole."""

    left = Signal()
    help_wanted = Signal(str)
    unlock_wanted = Signal()

    def __init__(
        self,
        session: AuditSession,
        appearance: Appearance,
        page: Neighbours,
        parent: QWidget | None = None,
    ) -> None:
        """`page` is what the next and previous keys go along."""
        super().__init__(parent)
        self.setObjectName("statement_screen")
        self._page = page
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._appearance = appearance
        self._wave_id = session.wave_id
        self._where = ""
        self._conflict_mark: ConflictMark | None = None
        self._fitted_extras: tuple[int, ...] = ()
        self._statement: Statement = session.audit.instrument.statements[0]
        self._create()
        self._assemble()
        self._connect()

    def _create(self) -> None:
        self._domain = QLabel(self)
        self._domain.setProperty("role", "muted")
        self._domain.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = QLabel(self)
        self._hint.setObjectName("projected_hint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setProperty("role", "muted")
        self._leave = QPushButton(self.tr("Leave full screen (F5)"), self)
        self._leave.setProperty("role", "link")
        self._number = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName("projected_text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.score_selector = ScoreSelector(
            self._session.audit.instrument, self._appearance, self, whole=True
        )
        self.score_selector.setObjectName("projected_score_selector")
        self.evidence_edit = TextBox(self._session, self._appearance, self, grows=False)
        self.assurance_edit = TextBox(self._session, self._appearance, self, grows=False)
        self.evidence_edit.setObjectName("projected_evidence_edit")
        self.assurance_edit.setObjectName("projected_assurance_edit")
        self._strip: AgenciesStrip | None = None
        self._reading: ReadingLine | None = None
        self._no_view: NoViewRow | None = None
        self._evidence_label = QLabel(self.tr("Evidence supporting this score"), self)
        self._evidence_label.setBuddy(self.evidence_edit)
        self._assurance_label = QLabel(self.tr("Assurance: how we would know"), self)
        self._assurance_label.setBuddy(self.assurance_edit)
        for box in (self.evidence_edit, self.assurance_edit):
            box.setPlaceholderText(disclosure_hint(box))
        self._previous = QPushButton(self.tr("← Previous (P)"), self)
        self._next = QPushButton(self.tr("Next (N) →"), self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._count = QLabel(self)
        self._last_time = LastTimeLine(
            self._statement.statement_id,
            self._session,
            self._appearance,
            self,
            most_lines=_LINES_OF_LAST_TIME,
        )
        self._target = TargetButton(self._statement.statement_id, self._session, self)
        self._lock_line = LockLine(self._session, self)
        self._lock_line.unlock_wanted.connect(self.unlock_wanted)
        self._save_state = SaveStateLabel(self._session, self)
        self._save_state.setObjectName("projected_save_state")

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._domain, 1)
        top.addWidget(self._hint)
        top.addWidget(self._leave)
        heading = QHBoxLayout()
        heading.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        heading.addWidget(self._text, 1)
        self._heading = heading
        self._extras = QVBoxLayout()
        boxes = QGridLayout()
        boxes.addWidget(self._evidence_label, 0, 0)
        boxes.addWidget(self._assurance_label, 0, 1)
        boxes.addWidget(self.evidence_edit, 1, 0)
        boxes.addWidget(self.assurance_edit, 1, 1)
        self._boxes = boxes
        foot = QHBoxLayout()
        foot.addWidget(self._previous)
        foot.addWidget(self._count)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._save_state)
        foot.addWidget(self._next)
        self._foot = foot
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(top)
        between = self._between = QHBoxLayout()
        between.addWidget(self._last_time, 1)
        between.addWidget(self._target, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self._layout.addWidget(self._lock_line)
        self._layout.addLayout(heading)
        self._layout.addWidget(self.score_selector)
        self._layout.addLayout(self._extras)
        self._layout.addLayout(between)
        self._layout.addLayout(boxes, 1)
        self._layout.addLayout(foot)
        self._screen_fit = ScreenFit(
            self,
            self._layout,
            (heading, self._number, self._text),
            self._extras,
            boxes=boxes,
            in_boxes=(
                self._evidence_label,
                self._assurance_label,
                self.evidence_edit,
                self.assurance_edit,
            ),
        )
        if self._session.party_id != PARTNERSHIP:
            self._add_no_view()
        self.refresh_appearance()

    def _add_no_view(self) -> None:
        """Let an agency that answers alone say that it cannot judge a statement."""
        from hsb_desktop.ui.no_view_row import NoViewRow

        self._no_view = NoViewRow(self.statement_id, self._session, self, large=True)
        line = QHBoxLayout()
        line.addWidget(self._no_view, 1)
        line.addWidget(self._no_view.button, 0, Qt.AlignmentFlag.AlignRight)
        self._extras.addLayout(line)
        QWidget.setTabOrder(self.score_selector, self._no_view.button)
        QWidget.setTabOrder(self._no_view.button, self._no_view.reason_edit)
        QWidget.setTabOrder(self._no_view.reason_edit, self.evidence_edit)

    def _connect(self) -> None:
        session = self._session
        self._leave.clicked.connect(self.left)
        self._previous.clicked.connect(lambda: self._step(-1))
        self._next.clicked.connect(lambda: self._step(1))
        self.score_selector.score_chosen.connect(
            lambda score: session.set_score(self._statement.statement_id, score)
        )
        self.evidence_edit.text_committed.connect(
            lambda text: session.set_evidence(self._statement.statement_id, text, self._wave_id)
        )
        self.assurance_edit.text_committed.connect(
            lambda text: session.set_assurance(self._statement.statement_id, text, self._wave_id)
        )
        session.response_changed.connect(self._on_response_changed)
        session.wave_changed.connect(self.refresh)
        session.audit_changed.connect(self._show_conflict)
        session.details_changed.connect(self.refresh)
        self._last_time.toggled.connect(self._on_last_time_toggled)

    @property
    def statement_id(self) -> str:
        """The statement that is shown."""
        return self._statement.statement_id

    def show_statement(self, statement_id: str) -> None:
        """Show another statement, with the keyboard on its score."""
        self.evidence_edit.commit()
        self.assurance_edit.commit()
        if self._no_view is not None:
            self._no_view.show_statement(statement_id)
        self._statement = self._session.audit.instrument.statement(statement_id)
        self._show_extras()
        self.refresh()
        self.score_selector.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, statement_id: str) -> None:
        """Show the statement that undo or redo moved; where answers are recorded for it, that goes on."""
        is_recording = self._strip is not None and self._strip.is_recording
        if statement_id == self.statement_id and is_recording:
            self.refresh()
        else:
            self.show_statement(statement_id)

    def _show_extras(self) -> None:
        """Show the agencies' line and the reading for the statement, made when they are first needed."""
        statement_id = self.statement_id
        if self._session.party_id != PARTNERSHIP:
            # An agency answers alone: nothing is voted on or agreed in its pack.
            self._show_reading(statement_id in self._session.audit.readings)
            return
        if self._strip is not None:
            self._strip.set_compact(False)
            self._strip.show_statement(statement_id)
        elif self._session.has_agencies_line:
            self._strip = AgenciesStrip(
                self._session,
                self._appearance,
                statement_id,
                self,
                large=True,
                tab_after=self.score_selector,
            )
            self._strip.left.connect(self._focus_score)
            self._strip.content_shown.connect(self._show_keys)
            self._strip.content_shown.connect(self._fit)
            self._extras.insertWidget(0, self._strip)
        self._show_reading(invites_differing_readings(statement_id))

    def _show_reading(self, has_reading: bool) -> None:
        statement_id = self.statement_id
        if self._reading is None and has_reading:
            self._reading = ReadingLine(self._session, self._appearance, statement_id, self, large=True)
            self._reading.left.connect(self._focus_score)
            self._extras.addWidget(self._reading)
        if self._reading is not None:
            self._reading.setVisible(has_reading)
            self._reading.show_statement(statement_id)

    def _show_keys(self) -> None:
        """Say what the keys do now: in a round that is being recorded, digits score for nobody here."""
        keys = self.tr("N next · P previous · 0–4 score · E evidence · A assurance")
        if self._no_view is not None:
            keys = self.tr("N next · P previous · 0–4 score · X no view · E evidence · A assurance")
        if self._strip is not None and self._strip.is_recording:
            keys = self.tr("Recording unseen · V reveals · Esc leaves the list")
        else:
            keys = self._page.agenda_in_words(self.statement_id) or keys
        if keys != self._hint.text():
            self._hint.setText(keys)

    def _boxes_now(self) -> Boxes:
        """Let the agencies have the boxes' room while they are recorded, or if it is too little for both."""
        if self._last_time.is_open:
            # Last time's texts have the boxes' room already.
            return Boxes.HIDDEN
        if self._strip is None or self.evidence_edit.hasFocus() or self.assurance_edit.hasFocus():
            return Boxes.SHOWN
        return Boxes.HIDDEN if self._strip.is_recording else Boxes.IF_THERE_IS_ROOM

    def _focus_score(self) -> None:
        self.score_selector.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_next_not_scored(self) -> None:
        """Show the next statement without a score, if there is one."""
        session = self._session
        session.flush()
        found = next_not_scored(session.shown, session.wave_id, self.statement_id, session.party_id)
        if found is not None:
            self.show_statement(found.statement_id)

    def refresh(self) -> None:
        """Show what the session has."""
        statement, audit = self._statement, self._session.audit
        domain = audit.instrument.domain(statement.domain_id)
        where = [self.tr("Domain {0}").format(domain.domain_id), domain.title]
        if len(audit.waves) > 1:
            where.insert(0, audit.wave(self._session.wave_id).label)
        self._where = " · ".join(where)
        self._number.setText(statement.statement_id)
        lines = [statement.heading, statement.text, *(f"•  {prompt}" for prompt in statement.prompts)]
        self._text.setText("\n".join(filter(None, lines)))
        self._show_keys()
        self._fit()
        key = self._session.key(statement.statement_id)
        self._wave_id = key.wave_id
        response = self._session.shown.response(key)
        self.score_selector.show_score(response.score)
        may_edit = self._session.may_edit
        self.score_selector.set_enabled(may_edit)
        self.evidence_edit.set_editable(may_edit)
        self.assurance_edit.set_editable(may_edit)
        words = self.tr("Score of {0}: no view") if response.no_view else self.tr("Score of {0}")
        self.score_selector.setAccessibleName(words.format(statement.statement_id))
        if self._no_view is not None:
            self._no_view.show_response(response)
        self.evidence_edit.setAccessibleName(self.tr("Evidence for {0}").format(statement.statement_id))
        self.assurance_edit.setAccessibleName(self.tr("Assurance for {0}").format(statement.statement_id))
        self.evidence_edit.show_text(response.evidence)
        self.assurance_edit.show_text(response.assurance)
        self._show_conflict()
        self._last_time.show_statement(statement.statement_id)
        self._target.show_statement(statement.statement_id)
        stand, words = self._session.standing.progress, self.tr("{0} of {1} scored")
        done = stand.scored
        if self._no_view is not None:
            # No view is an answer, too.
            done, words = stand.answered, self.tr("{0} of {1} answered")
        self._bar.setMaximum(stand.statements)
        self._bar.setValue(done)
        self._count.setText(words.format(done, stand.statements))
        if self._strip is not None:
            self._strip.refresh()

    def _show_conflict(self) -> None:
        """Say that copies answered this statement differently, where they did."""
        if self._conflict_mark is None:
            if not self._session.questions:
                return
            from hsb_desktop.ui.conflict_mark import ConflictMark

            self._conflict_mark = ConflictMark(self._session, self)
            self._layout.insertWidget(
                self._layout.indexOf(self.score_selector) + 1,
                self._conflict_mark,
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        self._conflict_mark.show_statement(self._statement.statement_id)

    def refresh_appearance(self) -> None:
        """Follow a new theme. The zoom is for the other screens: this one is as large as it can be anyway."""
        theme, is_zoomed = self._appearance.theme, self._appearance.zoom != _USUAL_ZOOM
        self.setStyleSheet(style_sheet(theme, _USUAL_ZOOM) if is_zoomed else "")
        self._layout.setContentsMargins(40, 22, 40, 20)
        self._layout.setSpacing(14)
        self._heading.setSpacing(24)
        self._boxes.setHorizontalSpacing(18)
        self._foot.setSpacing(18)
        palette = self._number.palette()
        palette.setColor(self._number.foregroundRole(), self._appearance.theme.color("accent"))
        self._number.setPalette(palette)
        self.score_selector.refresh_appearance()
        for extra in (self._strip, self._reading):
            if extra is not None:
                extra.refresh_appearance()
        self._last_time.refresh_appearance()
        self.refresh()

    # Keys and steps -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        key, plain = event.key(), not event.modifiers()
        in_box = self.evidence_edit.hasFocus() or self.assurance_edit.hasFocus()
        in_box = in_box or (self._no_view is not None and self._no_view.reason_edit.hasFocus())
        if key == Qt.Key.Key_Escape and in_box:
            self.score_selector.setFocus(Qt.FocusReason.OtherFocusReason)
            if self._strip is not None:
                self._strip.set_compact(False)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self._step(1 if key == Qt.Key.Key_N else -1)
        elif plain and key in (Qt.Key.Key_B, Qt.Key.Key_V, Qt.Key.Key_Y) and self._strip is not None:
            if self._last_time.is_open:
                self._last_time.toggle()
            self._strip.press(Qt.Key(key))
        elif plain and key == Qt.Key.Key_E:
            self._write_in(self.evidence_edit)
        elif plain and key == Qt.Key.Key_A:
            self._write_in(self.assurance_edit)
        elif plain and key == Qt.Key.Key_X and self._no_view is not None:
            self._no_view.toggle()
        elif plain and (self._last_time.take_key(event) or self._target.take_key(event)):
            pass
        else:
            event.ignore()

    def _write_in(self, box: TextBox) -> None:
        """Put the keyboard into a box; where the agencies have its room, they leave it for as long."""
        if self._strip is not None and self._strip.is_recording:
            return
        if self._last_time.is_open:
            self._last_time.toggle()
        if box.isHidden() and self._strip is not None:
            self._strip.set_compact(True)
            self._screen_fit.show_boxes(True)
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._fit()

    def _step(self, step: int) -> None:
        neighbour_id = self._page.neighbour_of(self._statement.statement_id, step)
        if neighbour_id is not None:
            self.show_statement(neighbour_id)

    def _on_last_time_toggled(self, is_open: bool) -> None:
        """Let last time's texts have the room of the boxes; E, A and L lead back to those."""
        self._layout.setStretchFactor(self._boxes, 0 if is_open else 1)
        self._layout.setStretchFactor(self._between, 1 if is_open else 0)
        self._fit()

    def _on_response_changed(self, key: ResponseKey) -> None:
        if self.isVisible() and key == self._session.key(self._statement.statement_id):
            self.refresh()

    # Size -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:  # Qt's own name
        """Fit again when the agencies' line says something that needs more room, or less."""
        if event.type() is QEvent.Type.LayoutRequest and self._needed_by_extras() != self._fitted_extras:
            self._fit()
        return super().event(event)

    def _needed_by_extras(self) -> tuple[int, ...]:
        """Return the heights in pixels of what stands between the scores and the boxes."""
        width = self._screen_fit.width
        extras = (self._strip, self._reading, self._no_view, self._conflict_mark)
        return tuple(
            max(extra.heightForWidth(width), 0)
            for extra in extras
            if extra is not None and not extra.isHidden()
        )

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        """Any: what is shown fits itself to the screen, never the screen to it."""
        return QSize(0, 0)

    def _fit(self) -> None:
        """Make everything as large as the screen allows; the zoom is for the other screens."""
        scale = min(self.width() / _SCREEN[0], self.height() / _SCREEN[1])
        if self._strip is not None and self._strip.isHidden() != self._last_time.is_open:
            # Last time's texts are read alone; L, B, V and Y lead back.
            self._strip.setHidden(self._last_time.is_open)
        self.score_selector.set_scale(scale)
        for extra in (self._strip, self._reading):
            if extra is not None:
                extra.set_scale(scale)
        for label, size, bold in (
            (self._number, 34, True),
            (self._hint, 11, False),
            (self._count, 13, False),
            (self._evidence_label, 11, True),
            (self._assurance_label, 11, True),
        ):
            label.setFont(self._sized(size * scale, bold=bold))
        for widget in (
            self._leave,
            self._previous,
            self._next,
            self._save_state,
            self._target,
        ):
            widget.setFont(self._sized(11 * scale))
        # Under a style sheet a button's least height is less than its words need.
        self._target.setMinimumHeight(self._target.sizeHint().height())
        if self._conflict_mark is not None:
            self._conflict_mark.setFont(self._sized(13 * scale, bold=True))
        self._last_time.set_font(self._sized(11 * scale))
        if self._no_view is not None:
            self._no_view.set_font(self._sized(11 * scale))
        self._lock_line.set_font(self._sized(11 * scale))
        self._show_where(scale)
        boxes = self._sized(13 * scale)
        for box in (self.evidence_edit, self.assurance_edit):
            box.setFont(boxes)
            # The hint in an empty box is painted by its viewport, which does not follow under a style sheet.
            box.viewport().setFont(boxes)
        self._screen_fit.divide(
            self._sized(1),
            scale,
            self._most_for_text(),
            self._boxes_now(),
            text_only=self._strip is not None,
        )
        self._fitted_extras = self._needed_by_extras()

    def _show_where(self, scale: float) -> None:
        """Show the heading in smaller letters, and cut it off, only if it has no room beside the keys."""
        beside = self._hint.sizeHint().width() + self._leave.sizeHint().width() + 3 * self._layout.spacing()
        room = max(self._screen_fit.width - beside, self.width() * 0.2)
        for points in (13, 12, 11, 10):
            self._domain.setFont(self._sized(points * scale))
            metrics = QFontMetricsF(self._domain.font())
            if metrics.horizontalAdvance(self._where) <= room:
                break
        self._domain.setText(metrics.elidedText(self._where, Qt.TextElideMode.ElideRight, room))

    def _most_for_text(self) -> float:
        """Return the height in pixels that the statement has however much room there is."""
        share = _SHARE_OF_TEXT
        if self._last_time.is_open:
            share = _SHARE_BESIDE_LAST_TIME
        if self._strip is not None:
            share -= _SHARE_FOR_AGENCIES
        # The lines that are seen in later waves only take their room from the statement.
        most = self.height() * share
        if not self._lock_line.isHidden():
            most -= self._lock_line.sizeHint().height()
        if not self._last_time.isHidden():
            most -= self._last_time.button.sizeHint().height()
        return most

    def _sized(self, points: float, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(max(points, 6.0))
        font.setBold(bold)
        return font
