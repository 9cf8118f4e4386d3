"""Puts on the cards what the first paint does without: targets, the agencies' line, last time's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hsb_desktop.analysis.readings import invites_differing_readings
from hsb_desktop.ui.card_companion import CardCompanion
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP

if TYPE_CHECKING:
    from hsb_desktop.ui.agencies_strip import AgenciesStrip


class _Kind(Enum):
    TARGET = auto()
    READING = auto()
    AGENCIES = auto()
    LAST_TIME = auto()


class CardCompanions(QObject):
    """Knows which cards have theirs."""

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._appearance = appearance
        self._strips: list[AgenciesStrip] = []
        self._attached: set[tuple[StatementCard, _Kind]] = set()
        self._make: dict[_Kind, Callable[[StatementCard], CardCompanion]] = {
            _Kind.TARGET: self._with_target,
            _Kind.READING: self._with_reading,
            _Kind.AGENCIES: self._with_agencies,
            _Kind.LAST_TIME: self._with_last_time,
        }
        session.details_changed.connect(self._on_details_changed)

    def has_all(self, cards: Iterable[StatementCard]) -> bool:
        """Whether nothing is lacking on these cards."""
        usual = self._usual()
        return not any(self._lacking(card, usual) for card in cards)

    def attach(self, cards: Iterable[StatementCard], most: int) -> None:
        """Attach what up to that many of these cards lack."""
        usual = self._usual()
        for card in [card for card in cards if self._lacking(card, usual)][:most]:
            for kind in self._lacking(card, usual):
                self._attached.add((card, kind))
                card.companions.append(self._make[kind](card))

    def _usual(self) -> tuple[_Kind, ...]:
        """Return what every card has now."""
        found = [_Kind.TARGET]
        if self._session.has_agencies_line:
            found.append(_Kind.AGENCIES)
        if len(self._session.audit.waves) > 1:
            found.append(_Kind.LAST_TIME)
        return tuple(found)

    def _lacking(self, card: StatementCard, usual: tuple[_Kind, ...]) -> list[_Kind]:
        if self._has_reading(card.statement.statement_id):
            usual = (*usual, _Kind.READING)
        return [kind for kind in _Kind if kind in usual and (card, kind) not in self._attached]

    def _has_reading(self, statement_id: str) -> bool:
        if self._session.party_id == PARTNERSHIP:
            return invites_differing_readings(statement_id)
        # An agency that answers alone is shown what the partnership wrote down, and asked for none.
        return statement_id in self._session.audit.readings

    def _on_details_changed(self) -> None:
        """The line comes with the first agency and goes with the last."""
        for strip in self._strips:
            strip.setVisible(self._session.has_agencies_line)
            strip.refresh_now()

    def _with_target(self, card: StatementCard) -> CardCompanion:
        from hsb_desktop.ui.target_button import TargetButton

        target = TargetButton(card.statement.statement_id, self._session, card)
        card.add_to_score_line(target)
        return target

    def _with_reading(self, card: StatementCard) -> CardCompanion:
        from hsb_desktop.ui.reading_line import ReadingLine

        line = ReadingLine(self._session, self._appearance, card.statement.statement_id, card)
        line.left.connect(card.focus_score)
        card.add_line(line, first=True)
        line.show()
        return line

    def _with_agencies(self, card: StatementCard) -> CardCompanion:
        from hsb_desktop.ui.agencies_strip import AgenciesStrip

        strip = AgenciesStrip(
            self._session,
            self._appearance,
            card.statement.statement_id,
            card,
            tab_after=card.last_link,
        )
        strip.left.connect(card.focus_score)
        card.add_line(strip, first=True)
        strip.show()
        self._strips.append(strip)
        return strip

    def _with_last_time(self, card: StatementCard) -> CardCompanion:
        from hsb_desktop.ui.last_time_line import LastTimeLine

        line = LastTimeLine(card.statement.statement_id, self._session, self._appearance, card)
        card.add_line(line)
        return line
