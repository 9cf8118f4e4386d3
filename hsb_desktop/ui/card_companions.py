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

    def attach(self, cards: Iterable[StatementCard], most: int) -> bool:
        """Attach what up to that many cards lack; return whether all of them have it now."""
        has_earlier = len(self._session.audit.waves) > 1
        for card in cards:
            is_done = card in self._with_target and (card in self._with_last_time or not has_earlier)
            if is_done:
                continue
            if not most:
                return False
            most -= 1
            self._attach(card, has_earlier=has_earlier)
        return True

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
