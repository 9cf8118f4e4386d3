"""One domain: its heading, a card for each statement, its comments and date completed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from hsb_desktop.analysis.scoring import written_mean
from hsb_desktop.model import Domain
from hsb_desktop.ui.by_name import set_by_name
from hsb_desktop.ui.page_scroll import PageScroll
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP, NoteKey, ResponseKey

if TYPE_CHECKING:
    from hsb_desktop.ui.domain_end import DomainEnd
    from hsb_desktop.ui.text_box import TextBox

_CARDS_IN_VIEW = 3


class DomainTab(PageScroll):
    """Shows one domain of the session's audit. Cards are built a few at a time, so that the window is there
    at once.
    """

    neighbour_wanted = Signal(str, int)
    help_wanted = Signal(str)
    history_wanted = Signal(str)
    note_history_wanted = Signal(str)

    def __init__(
        self, domain: Domain, session: AuditSession, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"domain_tab_{domain.domain_id}")
        self.domain = domain
        self._session = session
        self._appearance = appearance
        self._cards: dict[str, StatementCard] = {}
        self._headings: list[QLabel] = []
        self._end: DomainEnd | None = None
        self._create()
        self._connect()
        self.refresh_summary()

    def _create(self) -> None:
        content = self._content = QWidget()
        content.setObjectName("scroll_content")
        self._title = QLabel(self.domain.title, content)
        self._title.setProperty("role", "title")
        set_by_name(self._title, textFormat="PlainText")
        self._title.setWordWrap(True)
        self._title.setMinimumWidth(1)
        self._summary = StillLabel(content)
        self._summary.setObjectName("domain_summary")
        self._layout = QVBoxLayout(content)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._summary)
        self._layout.addStretch(1)
        self.setWidget(content)
        self._size()

    def _connect(self) -> None:
        self._session.response_changed.connect(self._on_response_changed)
        self._session.audit_changed.connect(self._on_audit_changed)
        self._session.note_changed.connect(self._on_note_changed)
        self._session.score_replaced.connect(self._on_score_replaced)
        self._session.wave_changed.connect(self.refresh)

    # Building -------------------------------------------------------------------------------------------

    @property
    def is_built(self) -> bool:
        """Whether all cards and the end are there."""
        return self._end is not None

    @property
    def fills_view(self) -> bool:
        """Whether as many cards are there as a laptop's screen shows at once."""
        return len(self._cards) >= min(_CARDS_IN_VIEW, len(self.domain.statements))

    def build(self, most: int = 1) -> None:
        """Build up to that many more cards; the end of the domain counts as one."""
        for _ in range(most):
            if len(self._cards) < len(self.domain.statements):
                self._build_card()
            elif self._end is None:
                # With its date box the last thing to be seen of a domain; the first paint does without.
                from hsb_desktop.ui.domain_end import DomainEnd

                self._end = DomainEnd(self.domain, self._session, self._appearance, self._content)
                self._end.history_wanted.connect(self.note_history_wanted)
                self._append(self._end)
                # Comments on a domain are the partnership's: an agency's pack has none.
                self._end.setVisible(self._session.party_id == PARTNERSHIP)

    def build_all(self) -> None:
        """Build whatever is not built yet."""
        self.build(len(self.domain.statements) + 1 - len(self._cards))

    def card(self, statement_id: str) -> StatementCard:
        """Return a statement's card, building up to it; KeyError for a statement of another domain."""
        if statement_id not in self._cards:
            self.build_all()
        return self._cards[statement_id]

    @property
    def built_cards(self) -> tuple[StatementCard, ...]:
        """The cards that are there already."""
        return tuple(self._cards.values())

    @property
    def end(self) -> DomainEnd:
        """The domain's comments and date completed, built with all before them."""
        self.build_all()
        assert self._end is not None  # the last that `build_all` builds
        return self._end

    def stops(self) -> Iterator[QWidget]:
        """Yield what can take the keyboard on the page, from the top down."""
        for card in self._cards.values():
            yield from card.stops()
        if self._end is not None:
            yield from self._end.stops()

    def _build_card(self) -> None:
        statement = self.domain.statements[len(self._cards)]
        known_headings = {built.statement.heading_id for built in self._cards.values()}
        if statement.heading_id and statement.heading_id not in known_headings:
            heading = QLabel(f"{statement.heading_id}   {statement.heading}", self._content)
            heading.setObjectName(f"heading_{statement.heading_id}")
            set_by_name(heading, textFormat="PlainText")
            heading.setProperty("role", "section")
            heading.setWordWrap(True)
            self._headings.append(heading)
            self._append(heading)
        card = StatementCard(statement, self._session, self._appearance, self._content)
        card.neighbour_wanted.connect(self.neighbour_wanted)
        card.help_wanted.connect(self.help_wanted)
        card.history_wanted.connect(self.history_wanted)
        self._cards[statement.statement_id] = card
        self._append(card)

    def _append(self, widget: QWidget) -> None:
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def showEvent(self, event: QShowEvent) -> None:  # Qt's own name
        super().showEvent(event)
        self.refresh_summary()
        # The first paint waits for one card only; the page has the others built right after it.
        if not self._cards:
            self.build()

    # What is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the session has."""
        for card in self._cards.values():
            card.refresh()
        if self._end is not None:
            self._end.refresh()
        self.refresh_summary()

    def refresh_summary(self) -> None:
        """Show the domain's mean and how far it is scored."""
        standing, domain_id = self._session.standing, self.domain.domain_id
        score = next(score for score in standing.domain_scores if score.domain_id == domain_id)
        words = [self.tr("Domain {0}").format(domain_id)]
        words.append(
            self.tr("nothing scored yet")
            if score.mean is None
            else self.tr("mean {0} of 4").format(written_mean(score.mean))
        )
        count, answered = self.tr("{0} of {1} scored"), standing.answered_in(domain_id)
        if standing.party_id != PARTNERSHIP:
            count = self.tr("{0} of {1} answered")
        words.append(count.format(answered, score.statements))
        bare = sum(s.domain_id == domain_id for s in standing.progress.high_without_evidence)
        if bare:
            words.append(self.tr("⚠ {0} scored 3 or 4 without evidence").format(bare))
        self._summary.show_words(" · ".join(words), self._appearance.theme.color("text_muted"))

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._size()
        for card in self._cards.values():
            card.refresh_appearance()
        if self._end is not None:
            self._end.refresh_appearance()

    def show_statement(self, statement_id: str, *, focus: bool = True) -> None:
        """Bring a statement's card to the top of what is seen and, if asked, the keyboard to its score."""
        card = self.card(statement_id)
        self._settle()
        top = card.mapTo(self._content, QPoint(0, 0)).y() - self._appearance.pixels(8)
        heading = self.findChild(QLabel, f"heading_{card.statement.heading_id}")
        if heading is not None and card.statement.statement_id.endswith("a"):
            top -= heading.height() + self._appearance.pixels(12)
        bar = self.verticalScrollBar()
        is_whole = top >= bar.value() and top + card.height() <= bar.value() + self.viewport().height()
        if not is_whole:
            bar.setValue(max(top, 0))
        if focus:
            card.focus_score()

    def show_cursor(self, box: TextBox) -> None:
        """Bring the place in one of the tab's boxes where the cursor is into view."""
        self._settle()
        place = box.viewport().mapTo(self._content, box.cursorRect().center())
        self.ensureVisible(place.x(), place.y(), 0, self.viewport().height() // 3)

    def _settle(self) -> None:
        """Give every card its place now, so that one can be scrolled to."""
        self._content.adjustSize()
        QApplication.sendPostedEvents(None, 0)
        self._layout.activate()

    def mark_current(self, statement_id: str | None) -> None:
        """Mark the card in which the keyboard is, if it is one of this domain."""
        for card in self._cards.values():
            card.set_current(card.statement.statement_id == statement_id)

    def _on_response_changed(self, key: ResponseKey) -> None:
        card = self._cards.get(key.statement_id)
        if card is not None and key == self._session.key(key.statement_id):
            card.refresh()

    def _on_audit_changed(self) -> None:
        if self.isVisible():
            self.refresh_summary()

    def _on_note_changed(self, key: NoteKey) -> None:
        if self._end is not None and key == self._session.note_key(self.domain.domain_id):
            self._end.refresh()

    def _on_score_replaced(self, key: ResponseKey, before: int, after: int | None) -> None:
        card = self._cards.get(key.statement_id)
        if card is not None:
            card.show_replaced_score(before, after)

    # Size -----------------------------------------------------------------------------------------------

    def _size(self) -> None:
        pixels = self._appearance.pixels
        self._layout.setContentsMargins(pixels(18), pixels(12), pixels(18), pixels(18))
        self._layout.setSpacing(pixels(10))
