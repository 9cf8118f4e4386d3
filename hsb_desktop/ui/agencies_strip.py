"""The agencies' line under a score: who has answered, blind rounds, the reveal, and what is recommended."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.analysis.consensus import AgreementStanding, StandingKind
from hsb_desktop.analysis.rounds import last_revealed_round
from hsb_desktop.ui.announcing import announce
from hsb_desktop.ui.head_count_row import HeadCountRow
from hsb_desktop.ui.page_scroll import bring_into_view
from hsb_desktop.ui.plain_button import plain_button
from hsb_desktop.ui.round_panel import RoundPanel
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.strip_words import (
    StripContent,
    asks_what_would_help,
    beside_in_names,
    beside_the_count,
    head_count_in_words,
    head_count_told,
    names_told,
    notes_in_words,
    recommendation_in_words,
    reveal_anyway_in_words,
    reveal_told,
    state_in_words,
    strip_content,
)
from hsb_desktop.ui.tab_order import put_in_order
from hsb_desktop.ui.theme import BASE_POINT_SIZE, Appearance
from hsb_desktop.values import RoundKey

_SOON_MILLISECONDS = 40
"""After a score was chosen: card, counts and radar are painted by then, and nobody reads that fast."""

_SHARE_FOR_WORDS = 0.45
"""Of the width: longer words with less room beside the links stand above them."""
_MOST_LINES_BESIDE = 2.5

_FIRST = ("open_round", "record", "reveal", "cancel_round", "names", "agencies_evidence")
_SECOND = ("accept", "agree_otherwise", "what_would_help")
"""The links of each line, in their order."""


_KEYS = (Qt.Key.Key_B, Qt.Key.Key_V, Qt.Key.Key_Y)


class AgenciesStrip(QWidget):
    """Shows what the agencies say to one statement, and offers the steps that make sense now.

    With `large` it is for the full screen: the head-count stands in columns under the five scores.
    """

    left = Signal()
    """The keyboard is needed here no more."""
    content_shown = Signal()
    """It may be taller or lower now."""

    def __init__(
        self,
        session: AuditSession,
        appearance: Appearance,
        statement_id: str,
        parent: QWidget | None = None,
        *,
        large: bool = False,
        tab_after: QWidget | None = None,
    ) -> None:
        """`tab_after` is the stop of the Tab key after which its links come."""
        super().__init__(parent)
        self._tab_after = tab_after
        self.setObjectName("agencies_strip")
        self._session = session
        self._appearance = appearance
        self._large = large
        self._scale = 1.0
        self._statement_id = statement_id
        self._names_shown = False
        self._is_asked = False
        self._is_compact = False
        self._open_round: RoundKey | None = None
        """The round that was open when this was last refreshed."""
        self._panel: RoundPanel | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MILLISECONDS)
        self._soon.timeout.connect(self.refresh_now)
        self._create()
        session.agencies_changed.connect(self._on_agencies_changed)
        session.rounds.refused.connect(self._on_refused)
        self.show_statement(statement_id)

    def _create(self) -> None:
        self._state = StillLabel(self)
        self._state.setObjectName("agencies_state")
        self._head = HeadCountRow(self) if self._large else None
        self._names = StillLabel(self)
        self._names.setObjectName("agencies_names")
        self._names.hide()
        self._recommended = StillLabel(self)
        self._recommended.setObjectName("recommendation")
        self._notes = StillLabel(self)
        self._notes.setObjectName("agreement_notes")
        self._problem = StillLabel(self)
        self._problem.setObjectName("strip_problem")
        self._first = _Line(self._state)
        self._second = _Line(self._recommended)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._first)
        if self._head is not None:
            self._layout.addWidget(self._head)
        self._layout.addWidget(self._names)
        self._layout.addLayout(self._second)
        self._layout.addWidget(self._notes)
        self._layout.addWidget(self._problem)
        self._layout.addStretch(1)
        self.refresh_appearance(refresh=False)

    # What is shown --------------------------------------------------------------------------------------

    @property
    def statement_id(self) -> str:
        """The statement that it is about."""
        return self._statement_id

    @property
    def is_recording(self) -> bool:
        """Whether answers are being recorded."""
        return self._panel is not None and not self._panel.isHidden()

    @property
    def panel(self) -> RoundPanel | None:
        """Where answers are recorded, while they are."""
        return self._panel if self.is_recording else None

    @property
    def content(self) -> StripContent:
        """What there is to say now."""
        return strip_content(self._session.shown, self._session.wave_id, self._statement_id)

    def show_statement(self, statement_id: str) -> None:
        """Be about another statement; names are hidden again."""
        self._close_panel()
        self._statement_id = statement_id
        self._names_shown = False
        self.setAccessibleName(self.tr("Agencies on {0}").format(statement_id))
        self.refresh_now()

    def set_compact(self, is_compact: bool) -> None:
        """Show what is most important only, while the room is needed for writing, or everything again."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.refresh_now()

    def refresh(self) -> None:
        """Show what the session has once the score itself is painted."""
        self._soon.start()

    def refresh_now(self) -> None:
        """Show what the session has."""
        self._is_asked = False
        content = self.content
        if content.open_round is not None:
            self._names_shown = False
        elif self.is_recording:
            self._end_recording()
        if self._panel is not None and self.is_recording:
            self._panel.refresh()
        self._show_first(content)
        self._show_second(content)
        # On the full screen a dozen names have the room that the notes have otherwise; a warning stays.
        lines = notes_in_words(content)
        if self._head is not None and (self._names_shown or self._is_compact):
            is_warned = self._names_shown and self._colour_of_notes(content) == "warning"
            lines = lines[:1] if is_warned else ()
        notes = "\n".join(lines)
        self._say(self._notes, notes, self._colour_of_notes(content))
        self._say(self._problem, "", "warning")
        self._fit()
        self._tell_reveal(content)
        self.content_shown.emit()

    def _tell_reveal(self, content: StripContent) -> None:
        """Say what a reveal brought, when the round that was open is seen to be revealed: not before."""
        was_open = self._open_round
        self._open_round = None if content.open_round is None else content.open_round.key
        if was_open is None or content.open_round is not None:
            return
        session = self._session
        if was_open == last_revealed_round(session.shown, session.wave_id, self._statement_id):
            announce(self, reveal_told(content))

    def _show_first(self, content: StripContent) -> None:
        words, told = state_in_words(content, with_names=not self.is_recording), ""
        if content.has_answers and self._head is None:
            words, told = (
                head_count_in_words(content, with_names=self._names_shown),
                names_told(content) if self._names_shown else head_count_told(content),
            )
        elif content.has_answers:
            words = " · ".join((words, *beside_the_count(content)))
        self._say(self._state, words, "text", always=True)
        if told:
            self._state.setAccessibleName(told)
        theme = self._appearance.theme
        if self._head is not None:
            self._head.setVisible(content.has_answers and not self._is_compact)
            self._head.show_content(
                content,
                with_names=self._names_shown,
                colour=theme.color("text"),
                muted=theme.color("text_muted"),
            )
            # Who scored stands under the scores.
            are_shown = self._names_shown and content.has_answers and not self._is_compact
            self._say(self._names, " · ".join(beside_in_names(content)) if are_shown else "", "text")
        self._show_steps(content)

    def _show_steps(self, content: StripContent) -> None:
        is_open, may_edit = content.open_round is not None, self._may_edit(content)
        is_idle = not self.is_recording
        self._offer("open_round", may_edit and not is_open)
        self._offer("record", may_edit and is_open and is_idle)
        self._offer("reveal", may_edit and is_open and is_idle)
        self._offer("cancel_round", may_edit and is_open and is_idle)
        self._offer("names", content.has_answers)
        if (names := self._buttons.get("names")) is not None:
            names.setText(self.tr("Hide names (V)") if self._names_shown else self.tr("Names (V)"))
        self._offer("agencies_evidence", is_idle)

    def _show_second(self, content: StripContent) -> None:
        # In columns the names stand right above it.
        words = recommendation_in_words(content, with_names=self._names_shown and self._head is None)
        standing = content.standing
        may_accept = standing.kind is StandingKind.RECOMMENDED or (
            standing.is_override and not _has_reason(standing)
        )
        is_there = bool(words)
        may_edit = self._may_edit(content) and is_there
        self._say(self._recommended, words, "accent", always=is_there)
        self._recommended.setVisible(is_there)
        self._offer("accept", may_edit and may_accept)
        self._offer("agree_otherwise", may_edit)
        self._offer("what_would_help", may_edit and asks_what_would_help(content))

    def _colour_of_notes(self, content: StripContent) -> str:
        is_bare = content.standing.kind is StandingKind.OVERRIDDEN_WITHOUT_REASON
        return "warning" if is_bare and content.open_round is None else "text_muted"

    def _may_edit(self, content: StripContent) -> bool:
        return not (self._session.is_read_only or content.is_locked)

    def _say(self, label: StillLabel, words: str, colour: str, *, always: bool = False) -> None:
        label.show_words(words, self._appearance.theme.color(colour))
        if label.isHidden() == (bool(words) or always):
            label.setVisible(bool(words) or always)

    def _offer(self, name: str, offered: bool) -> None:
        """Show a step or not. Its link is made when it is first offered: forty-six strips wait for none."""
        button = self._buttons.get(name)
        if button is None and offered:
            button = self._buttons[name] = self._made(name)
        if button is not None and button.isHidden() == offered:
            if not offered and button.hasFocus():
                self.left.emit()
            button.setVisible(offered)

    def _made(self, name: str) -> QPushButton:
        words, tip = {
            "open_round": (self.tr("Score blind (B)"), self.tr("Each agency answers unseen")),
            "record": (self.tr("Record (B)"), self.tr("Record the agencies’ answers unseen")),
            "reveal": (self.tr("Reveal (V)"), self.tr("Show all answers together")),
            "cancel_round": (self.tr("Cancel round"), self.tr("Take the round away, unseen")),
            "names": (self.tr("Names (V)"), self.tr("Who gave which score")),
            "agencies_evidence": (
                self.tr("Agencies’ evidence…"),
                self.tr("Each agency’s own score, evidence and assurance"),
            ),
            "accept": (self.tr("Accept (Y)"), self.tr("Make the recommended score the agreed one")),
            "agree_otherwise": (
                self.tr("Agree otherwise…"),
                self.tr("Another score, with a reason and who agreed; dissent"),
            ),
            "what_would_help": (
                self.tr("What would help…"),
                self.tr("What would make every agency confident?"),
            ),
        }[name]
        button = plain_button(words, self)
        button.setObjectName(name)
        button.setProperty("role", "link")
        button.setToolTip(tip)
        button.setAccessibleName(self.tr("{0}: {1}").format(words.rstrip("…"), self._statement_id))
        button.clicked.connect(partial(self._do, name))
        button.setFont(self._text_font())
        line, order = (self._second, _SECOND) if name in _SECOND else (self._first, _FIRST)
        before = sum(earlier in self._buttons for earlier in order[: order.index(name)])
        line.add_link(before, button)
        stops: list[QWidget] = [
            self._buttons[earlier] for earlier in order[: order.index(name)] if earlier in self._buttons
        ]
        if line is self._second and not stops:
            stops = self._stops_above_second()
        stop = stops[-1] if stops else self._tab_after
        if stop is not None:
            QWidget.setTabOrder(stop, button)
        return button

    def stops(self) -> list[QWidget]:
        """Return where Tab stops in it, from the top down."""
        second = [self._buttons[name] for name in _SECOND if name in self._buttons]
        return [*self._stops_above_second(), *second]

    def _stops_above_second(self) -> list[QWidget]:
        stops: list[QWidget] = [self._buttons[name] for name in _FIRST if name in self._buttons]
        return stops if self._panel is None else [*stops, self._panel.list]

    # Steps ----------------------------------------------------------------------------------------------

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what B, V or Y asks for; return whether it was one of them."""
        if self.isHidden() or event.key() not in _KEYS:
            return False
        self.press(Qt.Key(event.key()))
        return True

    def press(self, key: Qt.Key) -> None:
        """Do what B, V or Y asks for now."""
        self.set_compact(False)
        if key == Qt.Key.Key_B:
            self.record()
        elif key == Qt.Key.Key_V:
            self.reveal_or_name()
        elif key == Qt.Key.Key_Y:
            self.accept()

    def record(self) -> None:
        """Let answers be recorded in the open round, opening one first if there is none."""
        content = self.content
        if content.open_round is None and not self._session.rounds.open_round(self._statement_id):
            return
        if self._panel is None:
            self._panel = RoundPanel(self._session, self._appearance, self._statement_id, self)
            self._panel.left.connect(self._leave_recording)
            self._panel.set_text_font(self._text_font())
            # Right under the line that says who has been recorded.
            self._layout.insertWidget(1, self._panel)
            put_in_order(self.stops())
        self._panel.statement_id = self._statement_id
        self._panel.refresh()
        self._panel.show()
        self._panel.take_keyboard()
        self.refresh_now()
        self._bring_into_view()

    def reveal_or_name(self) -> None:
        """Reveal the open round; after that show names, and hide them again."""
        content = self.content
        if content.open_round is not None:
            self._reveal(content)
        elif content.has_answers:
            self._names_shown = not self._names_shown
            if self._names_shown:
                self._session.rounds.name(self._statement_id)
            self.refresh_now()
            announce(self, names_told(content) if self._names_shown else self.tr("Names are hidden"))
            self._bring_into_view()

    def _reveal(self, content: StripContent) -> None:
        if self._panel is not None and self.is_recording:
            self._panel.reveal()
            self._bring_into_view()
            return
        state = content.open_round
        if state is not None and state.recorded and not state.is_complete and not self._is_asked:
            self._say(self._problem, reveal_anyway_in_words(self._session.shown, state), "warning")
            self._is_asked = True
            return
        self._session.rounds.reveal(self._statement_id)
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        """Scroll to the line where the page around it is small or enlarged."""
        bring_into_view(self, self._appearance.pixels(8))

    def accept(self) -> None:
        """Make the recommended score the agreed one; never in place of one that has a reason."""
        if self.content.standing.is_override and _has_reason(self.content.standing):
            words = self.tr("Another score is agreed, with a reason. “Agree otherwise…” changes it.")
            self._say(self._problem, words, "warning")
        elif self.content.standing.kind is not StandingKind.ACCEPTED:
            self._session.rounds.accept(self._statement_id)

    def _do(self, name: str, _checked: bool = False) -> None:
        match name:
            case "open_round" | "record":
                self.record()
            case "reveal" | "names":
                self.reveal_or_name()
            case "cancel_round":
                self._session.rounds.cancel_round(self._statement_id)
            case "accept":
                self.accept()
            case "agree_otherwise" | "what_would_help":
                self._agree_otherwise(at_help=name == "what_would_help")
            case "agencies_evidence":
                from hsb_desktop.ui.dialogs.agency_answers_dialog import AgencyAnswersDialog

                AgencyAnswersDialog.show_for(
                    self._session, self._appearance, self._statement_id, self.window()
                )
                self.left.emit()

    def _agree_otherwise(self, *, at_help: bool) -> None:
        from hsb_desktop.ui.dialogs.agreement_dialog import AgreementDialog

        AgreementDialog.ask(
            self._session,
            self._statement_id,
            self.window(),
            at_help=at_help,
            with_names=self._names_shown,
        )
        self.left.emit()

    def _close_panel(self) -> None:
        if self.is_recording and self._panel is not None:
            self._panel.hide()

    def _leave_recording(self) -> None:
        """Let the round go on later; one in which nothing is recorded was opened by mistake and goes away."""
        content = self.content
        state = content.open_round
        is_empty = state is not None and not state.recorded and self._may_edit(content)
        was_cancelled = is_empty and self._session.rounds.cancel_round(self._statement_id)
        if self.is_recording:
            self._end_recording()
        if was_cancelled:
            words = self.tr("{0}: nothing was recorded, so the round was cancelled")
            self._session.step_told.emit(words.format(self._statement_id))

    def _end_recording(self) -> None:
        self._close_panel()
        self.left.emit()
        self.refresh_now()

    def _on_agencies_changed(self, statement_id: str) -> None:
        if statement_id == self._statement_id:
            self.refresh_now()

    def _on_refused(self, statement_id: str, words: str) -> None:
        if statement_id != self._statement_id:
            return
        if self._panel is not None and self.is_recording:
            self._panel.show_refusal(words)
        else:
            self._say(self._problem, words, "warning")

    # Size -----------------------------------------------------------------------------------------------

    def set_scale(self, scale: float) -> None:
        """On the full screen: make everything that much larger than on a screen of 1280 × 720."""
        if scale != self._scale:
            self._scale = scale
            self._fit_fonts()

    def refresh_appearance(self, *, refresh: bool = True) -> None:
        """Follow a new zoom or theme."""
        self._layout.setSpacing(self._appearance.pixels(2))
        self._fit_fonts()
        if self._panel is not None:
            self._panel.refresh_appearance()
        if refresh:
            self.refresh_now()

    def _fit_fonts(self) -> None:
        font = self._text_font()
        bold = QFont(font)
        bold.setBold(True)
        for label in (self._state, self._names, self._notes, self._problem):
            label.setFont(font)
        self._recommended.setFont(bold)
        for button in self._buttons.values():
            button.setFont(font)
        if self._head is not None:
            large = QFont(bold)
            large.setPointSizeF(19 * self._scale)
            self._head.set_fonts(large, font, self._appearance.pixels(12))
        if self._panel is not None:
            self._panel.set_text_font(font)

    def _text_font(self) -> QFont:
        font = QFont(self.font())
        if self._large:
            font.setPointSizeF(max(12 * self._scale, 6.0))
        else:
            font.setPointSizeF(BASE_POINT_SIZE * 0.95 * self._appearance.zoom / 100)
        return font

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        if self._fit():
            # At once, and not when the next events are looked at: nothing is seen where it was before.
            self._layout.activate()

    def _fit(self) -> bool:
        """Put the links where there is room; return whether any has moved to another line."""
        have_moved = [line.fit(self.width()) for line in (self._first, self._second)]
        return any(have_moved)


class _Line(QBoxLayout):
    """Words with links behind them, or under them where there is little room."""

    def __init__(self, words: StillLabel) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._words = words
        self._links = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.setSpacing(0)
        self._links.setSpacing(0)
        self.addWidget(words, 1)
        self.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        self.addLayout(self._links)

    def add_link(self, place: int, button: QPushButton) -> None:
        """Put a link behind so many others."""
        self._links.insertWidget(place, button)

    def fit(self, width: int) -> bool:
        """Put the links where there is room for them; return whether that is another line than before."""
        needed = 0
        for place in range(self._links.count()):
            item = self._links.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and not widget.isHidden():
                needed += widget.sizeHint().width()
        room = width - needed
        lines = _MOST_LINES_BESIDE * self._words.fontMetrics().height()
        fits = room >= width * _SHARE_FOR_WORDS and self._words.heightForWidth(room) <= lines
        fits = fits or room >= self._words.sizeHint().width()
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wanted = beside if fits else under
        if self.direction() != wanted:
            self.setDirection(wanted)
            self.setAlignment(
                self._links, Qt.AlignmentFlag.AlignLeft if wanted == under else Qt.AlignmentFlag(0)
            )
            return True
        return False


def _has_reason(standing: AgreementStanding) -> bool:
    return bool(standing.agreement.reason.strip())
