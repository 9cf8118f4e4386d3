"""Scoring in the room, as the open audit's session does it: each step one command, one commit, one signal.

What the operations refuse is told in plain words by a signal; nothing was changed then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Answer, Audit
from hsb_desktop.operations import agreeing, rounds
from hsb_desktop.operations.agreeing import Wish
from hsb_desktop.values import ChangeSet, ResponseKey


class ScoredSession(Protocol):
    """What scoring in the room needs of the open audit."""

    @property
    def is_read_only(self) -> bool:
        """Whether the file can only be looked at."""

    @property
    def wave_id(self) -> str:
        """The wave that is shown."""

    @property
    def shown(self) -> Audit:
        """The audit with what is on its way to the disk."""

    @property
    def audit_changed(self) -> SignalInstance:
        """After each committed change."""

    def flush(self) -> None:
        """Write what is typed."""

    def apply(self, change_set: ChangeSet) -> None:
        """Write a change set, as one undo step."""


class SessionRounds(QObject):
    """Rounds, votes and agreements of the shown wave. The session makes it when it is first asked for.

    Each mutation returns whether it was taken in.
    """

    refused = Signal(str, str)
    """The number of a statement, and why nothing was changed in it."""

    def __init__(self, session: ScoredSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._unnamed: set[tuple[str, str]] = set()

    @property
    def unnamed(self) -> frozenset[tuple[str, str]]:
        """Wave and statement of what was revealed here, as long as nobody asked for the names."""
        return frozenset(self._unnamed)

    def name(self, statement_id: str) -> None:
        """From now on everything may show who answered what to a statement."""
        self._name({(self._session.wave_id, statement_id)})

    def name_all(self) -> None:
        """From now on everything may show who answered what."""
        self._name(set(self._unnamed))

    def _name(self, asked_for: set[tuple[str, str]]) -> None:
        if asked_for & self._unnamed:
            self._unnamed -= asked_for
            self._session.audit_changed.emit()

    def open_round(self, statement_id: str) -> bool:
        """Open the next round of a statement, in which agencies answer unseen.

        The meeting has moved on: names of what was revealed on other statements are kept back no longer.
        """
        place = self._session.wave_id, statement_id
        is_done = self._do(statement_id, lambda audit: rounds.start_round(audit, *place))
        if is_done:
            self._name(self._unnamed - {place})
        return is_done

    def record_vote(self, statement_id: str, agency_id: str, answer: Answer | None) -> bool:
        """Record what an agency answers in the open round; None takes it back."""
        wave_id = self._session.wave_id
        return self._do(
            statement_id,
            lambda audit: rounds.record_vote(audit, wave_id, statement_id, agency_id, answer),
        )

    def reveal(self, statement_id: str) -> bool:
        """Reveal the open round: its votes become the agencies' responses, without names until `name`."""
        place = self._session.wave_id, statement_id
        was_unnamed = place in self._unnamed
        # The radar follows the change itself, and would name whoever it shows.
        self._unnamed.add(place)
        is_done = self._do(statement_id, lambda audit: rounds.reveal(audit, *place))
        if not (is_done or was_unnamed):
            self._unnamed.discard(place)
        return is_done

    def cancel_round(self, statement_id: str) -> bool:
        """Take the open round away with its votes, unseen."""
        return self._do(
            statement_id, lambda audit: rounds.cancel_round(audit, self._session.wave_id, statement_id)
        )

    def answer(self, statement_id: str, agency_id: str, value: Answer | None) -> bool:
        """Enter an agency's answer outside a blind round; after a reveal it belongs to a further round."""
        key = ResponseKey(self._session.wave_id, agency_id, statement_id)
        return self._do(statement_id, lambda audit: rounds.answer(audit, key, value))

    def accept(self, statement_id: str) -> bool:
        """Make the recommended score the agreed one."""
        wave_id = self._session.wave_id
        return self._do(
            statement_id, lambda audit: rounds.accept_recommendation(audit, wave_id, statement_id)
        )

    def agree(self, statement_id: str, wish: Wish) -> bool:
        """Agree on a score, with the reason, who agreed, what would help and dissent, as one step."""
        wave_id = self._session.wave_id
        return self._do(statement_id, lambda audit: agreeing.agree(audit, wave_id, statement_id, wish))

    def note_reading(self, statement_id: str, text: str) -> bool:
        """Note how the partnership reads a statement, for this wave and those to come."""
        return self._do(statement_id, lambda audit: agreeing.note_reading(audit, statement_id, text))

    def _do(self, statement_id: str, make: Callable[[Audit], ChangeSet]) -> bool:
        session = self._session
        if session.is_read_only:
            words = self.tr("The file is open for reading only. Save a copy to change it.")
            self.refused.emit(statement_id, words)
            return False
        # What is typed belongs before it: a reason is read beside the evidence that stands.
        session.flush()
        try:
            change_set = make(session.shown)
        except InputRefused as refusal:
            self.refused.emit(statement_id, str(refusal))
            return False
        session.apply(change_set)
        return True
