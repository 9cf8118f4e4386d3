"""Puts on the cards what the first paint does without: targets and, in later waves, last time's answers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.theme import Appearance


class CardCompanions(QObject):
    """Knows which cards have theirs."""

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._appearance = appearance
        self._with_target: set[StatementCard] = set()
        self._with_last_time: set[StatementCard] = set()

    def has_all(self, cards: Iterable[StatementCard]) -> bool:
        """Whether nothing is lacking on these cards."""
        return not any(self._lacks(card) for card in cards)

    def attach(self, cards: Iterable[StatementCard], most: int) -> None:
        """Attach what up to that many of these cards lack."""
        for card in [card for card in cards if self._lacks(card)][:most]:
            self._attach(card, has_earlier=self._has_earlier)

    @property
    def _has_earlier(self) -> bool:
        return len(self._session.audit.waves) > 1

    def _lacks(self, card: StatementCard) -> bool:
        return card not in self._with_target or (self._has_earlier and card not in self._with_last_time)

    def _attach(self, card: StatementCard, *, has_earlier: bool) -> None:
        statement_id = card.statement.statement_id
        if card not in self._with_target:
            from hsb_desktop.ui.target_button import TargetButton

            self._with_target.add(card)
            target = TargetButton(statement_id, self._session, card)
            card.add_to_score_line(target)
            card.companions.append(target)
        if has_earlier and card not in self._with_last_time:
            from hsb_desktop.ui.last_time_line import LastTimeLine

            self._with_last_time.add(card)
            line = LastTimeLine(statement_id, self._session, self._appearance, card)
            card.add_line(line, line.button)
            card.companions.append(line)
