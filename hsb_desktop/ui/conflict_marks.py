"""Keeps every mark of what copies answered differently: on cards, at the ends of domains, in the status."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from hsb_desktop.operations.questions import Question
    from hsb_desktop.ui.conflict_mark import ConflictMark
    from hsb_desktop.ui.domain_tab import DomainTab
    from hsb_desktop.ui.session import AuditSession
    from hsb_desktop.ui.status_line import StatusLine


class ConflictMarks(QObject):
    """Made once all cards are there; where nothing differs it does nothing at an edit."""

    def __init__(
        self,
        session: AuditSession,
        status: StatusLine,
        domain_tab: Callable[[str], DomainTab],
        parent: QObject,
    ) -> None:
        """`domain_tab` returns the tab of a domain by its number."""
        super().__init__(parent)
        self._session = session
        self._status = status
        self._domain_tab = domain_tab
        self._on_cards: dict[str, ConflictMark] = {}
        self._on_ends: dict[str, ConflictMark] = {}
        self._shown: tuple[tuple[Question, ...], str] = ((), "")
        self._session.audit_changed.connect(self.refresh)
        self._session.wave_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what waits to be settled now."""
        questions, wave_id = self._session.questions, self._session.wave_id
        was, was_wave_id = self._shown
        if questions is was and (wave_id == was_wave_id or not questions):
            return
        self._shown = questions, wave_id
        self._status.show_differing(len(questions))
        here = [question for question in questions if question.wave_id in ("", wave_id)]
        for statement_id in {question.statement_id for question in here} | self._on_cards.keys() - {""}:
            self._mark_card(statement_id)
        for domain_id in {question.domain_id for question in here} | self._on_ends.keys():
            self._mark_end(domain_id, [question for question in here if question.domain_id == domain_id])

    def _mark_card(self, statement_id: str) -> None:
        instrument = self._session.audit.instrument
        if not instrument.has_statement(statement_id):
            return
        mark = self._on_cards.get(statement_id)
        if mark is None:
            from hsb_desktop.ui.conflict_mark import ConflictMark

            domain_id = instrument.statement(statement_id).domain_id
            card = self._domain_tab(domain_id).card(statement_id)
            mark = self._on_cards[statement_id] = ConflictMark(self._session, card)
            card.add_below_score(mark)
        mark.show_statement(statement_id)

    def _mark_end(self, domain_id: str, questions: list[Question]) -> None:
        if all(domain.domain_id != domain_id for domain in self._session.audit.instrument.domains):
            return
        mark = self._on_ends.get(domain_id)
        if mark is None:
            from hsb_desktop.ui.conflict_mark import ConflictMark

            end = self._domain_tab(domain_id).end
            mark = self._on_ends[domain_id] = ConflictMark(self._session, end)
            end.add_below_heading(mark)
        mark.show_questions(questions)
