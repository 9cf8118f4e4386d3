"""What the window does about agency packs: sending them out, and taking in what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.errors import HsbError
from hsb_desktop.operations.packs import PackOutcome, leaving_part, write_packs
from hsb_desktop.operations.returning import ReturnPlan, is_returned, may_need_password, plan_return
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui import messages
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.session import AuditSession

Result = TypeVar("Result")


class PackHost(Protocol):
    """What these flows need of the window that they serve."""

    @property
    def session(self) -> AuditSession | None:
        """The open audit, if there is one."""

    def say(self, words: str) -> None:
        """Show a short note that needs no answer."""


class PackFlows(QObject):
    """Asks who gets a pack and where it goes, and shows what returned packs would change."""

    def __init__(self, host: PackHost, window: QWidget) -> None:
        super().__init__(window)
        self._host = host
        self._window = window

    # Out ------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Ask who gets a pack and as what, look through what leaves, and write it into a folder."""
        from hsb_desktop.ui.dialogs.packs_dialog import PacksDialog
        from hsb_desktop.ui.dialogs.packs_written_dialog import PacksWrittenDialog
        from hsb_desktop.ui.privacy_flows import ask_before_leaving

        session = self._settled()
        if session is None:
            return
        answer = PacksDialog.ask(
            session.shown, session.wave_id, is_protected=session.is_protected, parent=self._window
        )
        if answer is None:
            return
        try:
            leaving = leaving_part(session.shown, answer.request)
        except HsbError as error:
            messages.show_error(self._window, error)
            return
        may_leave = ask_before_leaving(leaving, session.wave_id, self._window)
        if isinstance(may_leave, Finding):
            session.place_wanted.emit(may_leave)
        folder = self._ask_folder(session) if may_leave is True else None
        if folder is None:
            return
        written: list[PackOutcome] = []

        def write(file: AuditFile) -> None:
            today = date.today().isoformat()
            written.append(
                write_packs(file, folder, answer.request, printed_on=today, password=answer.password)
            )

        words = self.tr("Writing packs into {0}…").format(folder.name)
        if self._done(words, lambda: session.do_on_file(write)) and written:
            PacksWrittenDialog.show_outcome(written[0], self._window)

    def _ask_folder(self, session: AuditSession) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("The folder for the packs"), str(session.path.parent)
        )
        return Path(chosen) if chosen else None

    # Back -----------------------------------------------------------------------------------------------

    def are_returned(self, paths: Sequence[Path]) -> bool:
        """Whether one of these files, at least, is a pack of the open audit that came back."""
        session = self._host.session
        if session is None:
            return False
        audit_id, password = session.audit.audit_id, session.password
        words = self.tr("Looking at what was dropped…")
        found = run_with_progress(
            self._window, words, lambda: any(is_returned(path, audit_id, password) for path in paths)
        )
        return bool(found)

    def ask_and_take_in(self) -> None:
        """Ask for packs that came back, show what they would change, and take them in."""
        session = self._host.session
        if session is None:
            return
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Packs that came back"),
            str(session.path.parent),
            self.tr("Packs (*.hsbaudit *.xlsx)"),
        )
        if chosen:
            self.take_in([Path(path) for path in chosen])

    def take_in(self, paths: Sequence[Path]) -> None:
        """Show what returned packs would change, and take in those that the person agrees to."""
        from hsb_desktop.ui.dialogs.return_dialog import ReturnDialog

        session = self._settled()
        if session is None:
            return
        if session.is_read_only:
            words = self.tr("{0} is open for reading only, so nothing can be taken in. Save a copy first.")
            messages.show_error(self._window, words.format(session.path.name))
            return
        passwords = self._passwords(session, paths)
        plans: list[ReturnPlan] = []

        def plan(file: AuditFile) -> None:
            plans.append(
                plan_return(
                    file,
                    paths,
                    passwords.get,
                    author=session.author,
                    leave_refused=True,
                    only_packs=True,
                )
            )

        words = counted(self.tr("Reading %n file(s)…", "", len(paths)), len(paths))
        if not self._done(words, lambda: session.do_on_file(plan)) or not plans:
            return
        found = plans[0]
        if not ReturnDialog.agree(found, self._window):
            return
        try:
            session.merge(found.merge)
        except HsbError as error:
            messages.show_error(self._window, error)

    def _passwords(self, session: AuditSession, paths: Sequence[Path]) -> dict[Path, str]:
        """Ask for the password of each file that does not open with the audit's; Cancel leaves it out."""
        from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog

        given: dict[Path, str] = {}

        def opens(path: Path, password: str) -> None:
            words = self.tr("Opening {0}…").format(path.name)
            # Cancelled or not, it is waited for.
            run_with_progress(
                self._window,
                words,
                lambda: AuditFile.open(path, read_only=True, password=password).close(),
            )
            given[path] = password

        for path in paths:
            if not may_need_password(path):
                continue
            for known in filter(None, (session.password, *given.values())):
                try:
                    opens(path, known)
                    break
                except HsbError:
                    continue
            if path not in given:
                PasswordDialog.ask(
                    partial(opens, path),
                    self.tr("Open a protected pack"),
                    self.tr("{0} is protected. Its password opens it.").format(path.name),
                    self.tr("Open"),
                    self._window,
                )
        return given

    # Both -----------------------------------------------------------------------------------------------

    def _settled(self) -> AuditSession | None:
        session = self._host.session
        if session is None:
            return None
        if not session.settle():
            messages.show_error(
                self._window, self.tr("Some changes are only on this screen. Save them first.")
            )
            return None
        return session

    def _done(self, words: str, work: Callable[[], Result]) -> bool:
        """Do something while the window stays alive; say what went wrong. Return whether it was done."""
        try:
            run_with_progress(self._window, words, work)
        except HsbError as error:
            messages.show_error(self._window, error)
            return False
        return True
