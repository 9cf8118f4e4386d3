"""What the window does about comparing audits: choosing and reading files, and writing what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hsb_desktop.analysis.side_by_side import SideBySide
from hsb_desktop.errors import HsbError, PasswordNeeded
from hsb_desktop.operations.comparing import (
    ComparedAudit,
    compared,
    read_compared,
    refuse_overwriting,
    write_comparison,
)
from hsb_desktop.ui.compare_window import CompareWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance


class CompareHost(Protocol):
    """What these flows need of the window that they serve."""

    appearance: Appearance

    @property
    def session(self) -> AuditSession | None:
        """The open audit, if there is one."""

    def say(self, words: str) -> None:
        """Show a short note that needs no answer."""


class CompareFlows(QObject):
    """Shows the window that compares, and does its reading and writing. No password is kept."""

    def __init__(self, host: CompareHost, window: QWidget) -> None:
        super().__init__(window)
        self._host = host
        self._window = window
        self._shown: CompareWindow | None = None

    def compare_audits(self) -> CompareWindow:
        """Show the window that compares, with the open audit as the first, and return it."""
        if self._shown is not None:
            self._shown.raise_()
            self._shown.activateWindow()
            return self._shown
        session = self._host.session
        if session is not None:
            # What was typed last is to count.
            session.flush()
        shown = CompareWindow(
            self._host.appearance,
            self,
            session.shown if session is not None else None,
            session.wave_id if session is not None else "",
            self._window,
        )
        self._shown = shown
        shown.finished.connect(self._on_closed)
        shown.show()
        if session is not None:
            shown.add_files([session.path])
        return shown

    def _on_closed(self) -> None:
        if self._shown is not None:
            self._shown.deleteLater()
            self._shown = None

    # What the window asks for ----------------------------------------------------------------------------

    def read(self, paths: Sequence[Path], parent: QWidget) -> tuple[tuple[ComparedAudit, ...], str]:
        """Return those files that can be compared, and in words why the others cannot; none if cancelled."""
        from hsb_desktop.ui.compare_reading import read_each

        session = self._host.session
        shown = (session.path, session.shown) if session is not None else None

        def attempt(path: Path) -> ComparedAudit | HsbError:
            try:
                # Of the open audit what is on the screen counts, also what is not saved yet.
                return compared(shown[1], path) if shown and path == shown[0] else read_compared(path)
            except HsbError as error:
                return error

        outcomes = read_each(parent, paths, attempt)
        if outcomes is None:
            return (), ""
        found: list[ComparedAudit] = []
        refused: list[str] = []
        for path, outcome in zip(paths, outcomes, strict=True):
            opened = self._unlocked(path, parent) if isinstance(outcome, PasswordNeeded) else outcome
            if isinstance(opened, ComparedAudit):
                found.append(opened)
            elif opened is not None:
                refused.append(str(opened))
        return tuple(found), "\n".join(refused)

    def _unlocked(self, path: Path, parent: QWidget) -> ComparedAudit | None:
        """Ask for a file's password and return what is needed of it; None if the person cancelled."""
        from hsb_desktop.ui.background import run_with_progress
        from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog

        found: list[ComparedAudit] = []

        def attempt(password: str) -> None:
            words = self.tr("Opening {0}…").format(path.name)
            opened = run_with_progress(parent, words, lambda: read_compared(path, password))
            if opened is not None:
                found.append(opened)

        words = self.tr("{0} is protected. Its password opens it.").format(path.name)
        PasswordDialog.ask(attempt, self.tr("Compare a protected audit"), words, self.tr("Open"), parent)
        return found[0] if found else None

    def write(self, shown: SideBySide, out: Path, sources: Sequence[Path], parent: QWidget) -> None:
        """Write a comparison to a file, with progress where it takes long, and say how it went."""
        from hsb_desktop.ui import messages
        from hsb_desktop.ui.background import run_with_progress
        from hsb_desktop.ui.privacy_flows import may_write_comparison

        try:
            refuse_overwriting(out, sources)
            if not may_write_comparison(shown, parent):
                return
            today = date.today().isoformat()
            notices = run_with_progress(
                parent,
                self.tr("Writing {0}…").format(out.name),
                lambda: write_comparison(shown, out, today),
            )
        except HsbError as error:
            messages.show_error(parent, error)
            return
        self._host.say(self.tr("Written: {0}").format(out.name))
        if notices:
            messages.warn(parent, "\n".join(notices))
