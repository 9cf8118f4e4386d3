"""What the window does about waves: beginning one, locking, unlocking, and showing what moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import InputRefused
from hsb_desktop.model import Wave
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.session import AuditSession

_WAVES_TO_COMPARE = 2

_MOST_NUMBERS = 6
"""Of statements that one sentence names."""


class WaveHost(Protocol):
    """What these flows need of the window that they serve."""

    @property
    def session(self) -> AuditSession | None:
        """The open audit, if there is one."""

    def show_statement(self, statement_id: str) -> None:
        """Show a statement with the keyboard on its score."""

    def say(self, words: str) -> None:
        """Show a short note that needs no answer."""


class WaveFlows(QObject):
    """Asks, and hands on to the session."""

    def __init__(self, host: WaveHost, window: QWidget, show_report: Callable[[], None]) -> None:
        super().__init__(window)
        self._host = host
        self._window = window
        self._show_report = show_report

    def new_wave(self) -> None:
        """Ask for the next wave, begin it and show it."""
        from hsb_desktop.ui.dialogs.new_wave_dialog import NewWaveDialog

        session = self._host.session
        if session is None or self._is_refused(session):
            return
        session.flush()
        change_set = NewWaveDialog.ask(session.shown, self._window)
        if change_set is not None:
            session.add_wave(change_set)

    def lock_wave(self) -> None:
        """Ask, and lock the shown wave."""
        from hsb_desktop.ui import messages

        session = self._host.session
        wave = self._shown_wave()
        if session is None or wave is None or wave.is_locked or self._is_refused(session):
            return
        session.flush()
        meaning = self.tr(
            "Its scores, texts, dates and agencies can then be read, and not changed until somebody "
            "unlocks it. That it was locked is kept in the history."
        )
        missing = self._not_scored(session), self._without_reason(session)
        sure = messages.confirm(
            self._window,
            self.tr("Lock {0}?").format(wave.label),
            details=" ".join(filter(None, (*missing, meaning))),
            go_on=self.tr("Lock it"),
        )
        if sure:
            self._do(lambda: session.lock_wave(wave.wave_id), self.tr("{0} is locked.").format(wave.label))

    def _not_scored(self, session: AuditSession) -> str:
        """Return how many statements of the shown wave have no score, in a sentence; empty for none."""
        count = len(session.standing.progress.not_scored)
        words = self.tr("%n statement(s) (is/are) not scored yet.", "", count)
        return counted(words, count) if count else ""

    def _without_reason(self, session: AuditSession) -> str:
        """Return for how many statements another score was agreed without saying why, and who agreed it."""
        from hsb_desktop.analysis.consensus import StandingKind, standing_of

        bare = [
            statement.statement_id
            for statement in session.shown.instrument.statements
            if standing_of(session.shown, session.wave_id, statement.statement_id).kind
            is StandingKind.OVERRIDDEN_WITHOUT_REASON
        ]
        if not bare:
            return ""
        told = ", ".join(bare[:_MOST_NUMBERS])
        if len(bare) > _MOST_NUMBERS:
            told = self.tr("{0} and {1} more").format(told, len(bare) - _MOST_NUMBERS)
        words = self.tr("Another score than the recommended one has no reason, or nobody who agreed it: {0}.")
        return words.format(told)

    def unlock_wave(self) -> None:
        """Ask, saying what it means, and unlock the shown wave."""
        from hsb_desktop.ui import messages

        session = self._host.session
        wave = self._shown_wave()
        if session is None or wave is None or not wave.is_locked or self._is_refused(session):
            return
        sure = messages.confirm(
            self._window,
            self.tr("Unlock {0}?").format(wave.label),
            details=self.tr(
                "It was locked because it is finished: later waves are compared with it, and reports of it "
                "may have been given out. What is changed in it now changes those comparisons. That it was "
                "unlocked, when and by whom, is kept in the history, and Undo does not take it back; it can "
                "be locked again."
            ),
            go_on=self.tr("Unlock it"),
        )
        if sure:
            words = self.tr("{0} is unlocked. Lock it again when you have finished.").format(wave.label)
            self._do(lambda: session.unlock_wave(wave.wave_id), words)

    def show_movement(self) -> None:
        """Show what moved between two waves, and go on to what is asked for there."""
        from hsb_desktop.ui.dialogs.movement_dialog import MovementDialog

        session = self._host.session
        if session is None or len(session.audit.waves) < _WAVES_TO_COMPARE:
            return
        session.flush()
        dialog = MovementDialog(session.shown, session.wave_id, self._window)
        dialog.exec()
        dialog.deleteLater()
        if dialog.wants_report:
            self._show_report()
        elif dialog.chosen_statement_id:
            self._host.show_statement(dialog.chosen_statement_id)

    def _do(self, act: Callable[[], None], words: str) -> None:
        from hsb_desktop.ui import messages

        try:
            act()
        except InputRefused as refused:
            messages.show_error(self._window, refused)
        else:
            self._host.say(words)

    def _shown_wave(self) -> Wave | None:
        session = self._host.session
        if session is None:
            return None
        return next((wave for wave in session.audit.waves if wave.wave_id == session.wave_id), None)

    def _is_refused(self, session: AuditSession) -> bool:
        from hsb_desktop.ui import messages

        if session.is_read_only:
            words = self.tr("{0} is open for reading only. Save a copy first.")
            messages.show_error(self._window, words.format(session.path.name))
        return session.is_read_only
