"""In which order an open audit's page is built: what is in sight, the radar, the rest when there is time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from hsb_desktop.ui.domain_tab import DomainTab
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.theme import Appearance

if TYPE_CHECKING:
    from hsb_desktop.ui.card_companions import CardCompanions

_CARDS_AT_ONCE = 2
_CARDS_OUT_OF_SIGHT = 4
_QUICK_PAINT = 0.030
"""Seconds from being shown to the first paint, on a computer that has all cards in half a second."""


class Parts(Protocol):
    """What a page has, or can make."""

    @property
    def made_tabs(self) -> Mapping[str, DomainTab]:
        """The domains' tabs that are there, by the domain's id."""

    @property
    def has_radar(self) -> bool:
        """Whether the radar is there."""

    def domain_tab(self, domain_id: str) -> DomainTab:
        """Return a domain's tab, made if it is not there yet."""

    def build_radar(self) -> None:
        """Make the radar, unless it is there."""


class PageBuilder(QObject):
    """Builds a little more whenever nobody wants anything, until all is there.

    A tab, a wave or an agency that comes later lacks something again: `go_on` has it built.
    """

    companions_came = Signal()
    """Cards have been given what the first paint does without."""
    finished = Signal()
    """Everything is there."""

    def __init__(self, parts: Parts, session: AuditSession, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session = session
        self._appearance = appearance
        self._companions: CardCompanions | None = None
        self._shown_at = 0.0
        self._is_slow = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._build_more)

    # What is there ----------------------------------------------------------------------------------------

    @property
    def has_begun(self) -> bool:
        """Whether there is anything but what the first paint shows."""
        return self._parts.has_radar or self._timer.isActive()

    @property
    def has_all_cards(self) -> bool:
        """Whether the cards of all statements are there."""
        return len(self._cards_there()) == len(self._session.audit.instrument.statements)

    @property
    def is_built(self) -> bool:
        """Whether the radar, all cards and the ends of the domains are there, each with all that it has."""
        made = self._parts.made_tabs
        all_built = all(each in made and made[each].is_built for each in self._domains_to_build())
        return self._parts.has_radar and all_built and self._has_companions

    def _domains_to_build(self) -> Iterable[str]:
        """Return the domains that are built when there is time: all, to be there when they are opened."""
        return [domain.domain_id for domain in self._session.audit.instrument.domains]

    def _cards_there(self) -> list[StatementCard]:
        """Return the cards that are built, those in sight first."""
        tabs = sorted(self._parts.made_tabs.values(), key=lambda tab: not tab.isVisible())
        return [card for tab in tabs for card in tab.built_cards]

    @property
    def _has_companions(self) -> bool:
        return self._has_companions_on(self._cards_there())

    def _has_companions_on(self, cards: Iterable[StatementCard]) -> bool:
        return self._companions is not None and self._companions.has_all(cards)

    # When it builds ---------------------------------------------------------------------------------------

    def note_shown(self) -> None:
        """Remember when the page was shown: how long its first paint takes tells how quick a computer is."""
        self._shown_at = monotonic()

    def begin(self) -> None:
        """Build what is missing, now that the first paint is done."""
        self._is_slow = monotonic() - self._shown_at > _QUICK_PAINT
        self._timer.start()

    def go_on(self) -> None:
        """Build what a tab, a wave or an agency that came lacks."""
        if self._companions is not None:
            self._timer.start()

    def stop(self) -> None:
        """Build nothing more: the page is about to go, and the session may go before it."""
        # The first paint may still be to come, and would begin with it.
        self._timer.blockSignals(True)
        self._timer.stop()

    def build_all(self) -> None:
        """Build whatever is not built yet, at once."""
        self._parts.build_radar()
        for domain in self._session.audit.instrument.domains:
            self._parts.domain_tab(domain.domain_id).build_all()
        self._attach_companions(len(self._session.audit.instrument.statements))

    # Step by step -----------------------------------------------------------------------------------------

    def _build_more(self) -> None:
        """Build a little more: what is in sight, the radar, all other cards, then what those do without.

        Where the computer is slow, or busy, the radar comes after the cards.
        """
        seen = next((tab for tab in self._parts.made_tabs.values() if tab.isVisible()), None)
        radar_and_cards = (self._builds_radar, self._builds_cards)
        steps = (
            self._builds_in_sight,
            self._builds_companions_in_sight,
            *(reversed(radar_and_cards) if self._is_slow else radar_and_cards),
            self._builds_end,
            self._builds_companions,
        )
        if not any(step(seen) for step in steps):
            self._timer.stop()
            self.finished.emit()

    def _builds_in_sight(self, seen: DomainTab | None) -> bool:
        if seen is None or seen.fills_view:
            return False
        seen.build(_CARDS_AT_ONCE)
        return True

    def _builds_companions_in_sight(self, seen: DomainTab | None) -> bool:
        if seen is None or self._has_companions_on(seen.built_cards):
            return False
        self._attach_companions(_CARDS_AT_ONCE)
        return True

    def _builds_radar(self, _seen: DomainTab | None) -> bool:
        if self._parts.has_radar:
            return False
        self._parts.build_radar()
        return True

    def _builds_cards(self, seen: DomainTab | None) -> bool:
        tabs = [self._parts.domain_tab(domain_id) for domain_id in self._domains_to_build()]
        for tab in sorted(tabs, key=lambda each: each is seen):
            missing = len(tab.domain.statements) - len(tab.built_cards)
            if missing:
                # In sight at once: each card that came on its own would have all laid out and painted anew.
                tab.build(missing if tab is seen else min(missing, _CARDS_OUT_OF_SIGHT))
                return True
        return False

    def _builds_end(self, _seen: DomainTab | None) -> bool:
        for domain_id in self._domains_to_build():
            tab = self._parts.domain_tab(domain_id)
            if not tab.is_built:
                tab.build_all()
                return True
        return False

    def _builds_companions(self, _seen: DomainTab | None) -> bool:
        if self._has_companions:
            return False
        self._attach_companions(_CARDS_AT_ONCE)
        return True

    def _attach_companions(self, most: int) -> None:
        """Put on the cards what the first paint does without."""
        if self._companions is None:
            from hsb_desktop.ui.card_companions import CardCompanions

            self._companions = CardCompanions(self._session, self._appearance, self)
        self._companions.attach(self._cards_there(), most)
        self.companions_came.emit()
