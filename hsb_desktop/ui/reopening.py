"""Opens again what was open when the program ended without being closed; never twice in a row."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from hsb_desktop.last_session import LeftOpen, note_closed, note_open
from hsb_desktop.ui.main_window import MainWindow

_STEADY_MILLISECONDS = 60_000
"""An audit that has been open for so long is not what ends the program."""


class Reopening(QObject):
    """Keeps note of the audit that is open in a window, and opens the one that was left open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._path: Path | None = None
        self._times = 0
        self._has_crashed = False
        self._steady = QTimer(self, singleShot=True, interval=_STEADY_MILLISECONDS)
        self._steady.timeout.connect(self._on_steady)
        window.audit_shown.connect(self._on_audit_shown)

    def note_crash(self) -> None:
        """Keep the note although the window closes: the next start opens the audit again."""
        self._has_crashed = True

    def reopen(self, left: LeftOpen) -> None:
        """Open what was left open, or say why that is not done by itself."""
        if not left.may_reopen:
            self._tell_not_reopened(left.path)
            return
        self._times = left.times + 1
        self._window.flows.open_path(left.path)
        if self._path is None:
            self._times = 0
            return
        self._window.say(
            self.tr("The program ended while this audit was open. Everything that was saved is here.")
        )

    def _tell_not_reopened(self, path: Path) -> None:
        from hsb_desktop.ui import messages

        messages.warn(
            self._window,
            self.tr(
                "The program ended twice in a row while {0} was open, so it was not opened by itself this "
                "time. What was saved is safe in the file."
            ).format(path.name),
            self.tr("Open it from the list of recent audits, or open a copy of it."),
        )

    def _on_audit_shown(self, path: Path | None) -> None:
        if path is None:
            self._path, self._times = None, 0
            self._steady.stop()
            if not self._has_crashed:
                note_closed()
            return
        self._path = path
        note_open(path, self._times)
        self._steady.start()

    def _on_steady(self) -> None:
        if self._path is not None and self._times:
            self._times = 0
            note_open(self._path)
