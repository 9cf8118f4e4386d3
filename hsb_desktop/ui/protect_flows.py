"""What the window does about passwords: opening, protecting, changing one, taking it away, sharing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import FileDamaged, FileInUse, HsbError, NotBroughtUpToDate, NotSaved, WrongPassword
from hsb_desktop.operations.reprotecting import (
    BackupChoice,
    BackupPlan,
    Reprotected,
    plan_backups,
    reprotect_backups,
    reprotected_in_words,
)
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.protection import change_protection
from hsb_desktop.store.share import Protection
from hsb_desktop.ui.session import AuditSession

Result = TypeVar("Result")

OpenInUse = Callable[[Path, FileInUse, str], AuditFile | None]
"""Asks what to do with a file that somebody else has; given its password, returns it open or None."""

OpenRescued = Callable[[Path, FileDamaged, str], AuditFile | None]
"""The same for a damaged file: returns what was rescued from it, open."""

OfferEarlier = Callable[[Path, str], bool]
"""Offers the earlier versions of a file that cannot be opened, with the reason; tells if there are any."""


@dataclass(frozen=True, slots=True)
class SharedCopy:
    """What `share_copy` is asked for."""

    password: str | Protection | None = field(repr=False)
    with_history: bool


class ProtectHost(Protocol):
    """What these flows need of the window that they serve."""

    @property
    def session(self) -> AuditSession | None:
        """The open audit, if there is one."""

    def say(self, words: str) -> None:
        """Show a short note that needs no answer."""


class ProtectFlows(QObject):
    """Asks for passwords and does what they are for. No password is kept here, or in any setting."""

    def __init__(self, host: ProtectHost, window: QWidget) -> None:
        super().__init__(window)
        self._host = host
        self._window = window
        self._backups = Reprotected(0)

    # Opening and making ----------------------------------------------------------------------------------

    def open_protected(
        self, path: Path, open_in_use: OpenInUse, rescued: OpenRescued, offer_earlier: OfferEarlier
    ) -> AuditFile | None:
        """Ask for the password of a file and return the file open; None if the person cancelled.

        Where somebody else has the file, `open_in_use` asks what to do; where it is damaged, `rescued`; and
        where no password opened it, `offer_earlier`, because a file that is damaged at its start looks so.
        """
        from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog

        opened: list[AuditFile] = []
        in_use: list[tuple[FileInUse, str]] = []
        damaged: list[tuple[FileDamaged, str]] = []
        older: list[tuple[NotBroughtUpToDate, str]] = []
        wrong: list[WrongPassword] = []

        def attempt(password: str) -> None:
            words = self.tr("Opening {0}…").format(path.name)
            try:
                opened.append(self.in_background(words, lambda: AuditFile.open(path, password=password)))
            except FileInUse as error:
                in_use.append((error, password))
            except FileDamaged as damage:
                damaged.append((damage, password))
            except NotBroughtUpToDate as refused:
                older.append((refused, password))
            except WrongPassword as error:
                wrong.append(error)
                raise

        words = self.tr("{0} is protected. Its password opens it.").format(path.name)
        is_open = PasswordDialog.ask(
            attempt, self.tr("Open a protected audit"), words, self.tr("Open"), self._window
        )
        if in_use:
            return open_in_use(path, *in_use[0])
        if damaged:
            return rescued(path, *damaged[0])
        if older:
            from hsb_desktop.ui.older_flows import offer_reading

            return offer_reading(self._window, path, *older[0])
        if wrong and not is_open:
            offer_earlier(path, str(wrong[-1]))
        return opened[0] if is_open else None

    def in_background(self, words: str, work: Callable[[], Result]) -> Result:
        """Return what work as slow as a password makes it returns; the window stays alive meanwhile."""
        from hsb_desktop.ui.background import run_with_progress

        results: list[Result] = []
        # Cancelled or not, it is waited for, and what it made must not get lost.
        run_with_progress(self._window, words, lambda: results.append(work()))
        return results[0]

    # The open audit --------------------------------------------------------------------------------------

    def protect(self) -> None:
        """Ask for a password and protect the open audit; where it has one already, change that."""
        from hsb_desktop.ui.dialogs.protect_dialog import ProtectAnswer, ProtectDialog

        session = self._settled_session()
        if session is None:
            return

        def apply(answer: ProtectAnswer) -> None:
            self._change(session, answer.present, answer.new, answer.backups)

        plan = self._backups_of(session)
        if ProtectDialog.ask(apply, has_password=session.is_protected, plan=plan, parent=self._window):
            self._say_changed(self.tr("Protected with the new password."))

    def change_password(self) -> None:
        """Ask for the present password and another, and give the open audit that."""
        session = self._host.session
        if session is not None and not session.is_protected:
            self._show_error(self.tr("This audit has no password. Protect it with one first."))
        elif session is not None:
            self.protect()

    def remove_password(self) -> None:
        """Ask for the present password and make the open audit a file that anybody can read."""
        from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog

        session = self._settled_session()
        if session is None:
            return
        if not session.is_protected:
            self._show_error(self.tr("This audit has no password."))
            return
        words = self.tr("Anybody who has the file can then read everything in it.")
        if PasswordDialog.ask(
            lambda password: self._change(session, password, None),
            self.tr("Remove the password"),
            words,
            self.tr("Remove it"),
            self._window,
        ):
            self._say_changed(self.tr("This audit no longer has a password."))

    def _backups_of(self, session: AuditSession) -> BackupPlan:
        """Return what is to be decided about the backups, each of which is opened for that."""
        path, audit_id, password = session.path, session.audit.audit_id, session.password
        words = self.tr("Looking through the backups…")
        return self.in_background(words, lambda: plan_backups(path, audit_id, password))

    def _say_changed(self, words: str) -> None:
        outcome, self._backups = self._backups, Reprotected(0)
        told = " ".join((words, *reprotected_in_words(outcome)))
        self._host.say(told if outcome.is_complete else words)
        if not outcome.is_complete:
            from hsb_desktop.ui import messages

            messages.warn(self._window, told)

    def _settled_session(self) -> AuditSession | None:
        session = self._host.session
        if session is None:
            return None
        if session.is_read_only:
            self._show_error(
                self.tr("{0} is open for reading only. Save a copy first.").format(session.path.name)
            )
            return None
        if not session.settle():
            self._show_error(self.tr("Some changes are only on this screen. Save them first."))
            return None
        return session

    def _change(
        self, session: AuditSession, present: str, new: str | None, choice: BackupChoice | None = None
    ) -> None:
        audit_id = session.audit.audit_id
        outcomes: list[Reprotected] = []

        def change(file: AuditFile) -> None:
            if file.is_protected and not file.has_password(present):
                raise WrongPassword(f"{file.path.name}: that is not its password. Nothing was changed.")
            before = file.password
            change_protection(file, new)
            outcomes.append(reprotect_backups(audit_id, before, new, file.path, choice))

        if not session.settle():
            raise NotSaved(self.tr("Some changes are only on this screen. Nothing was changed."))
        words = self.tr("Writing {0}…").format(session.path.name)
        self.in_background(words, lambda: session.do_on_file(change))
        self._backups = outcomes[0]
        # Its title says whether an audit is protected.
        session.details_changed.emit()

    # Sharing ---------------------------------------------------------------------------------------------

    def ask_what_to_share(self) -> SharedCopy | None:
        """Ask what a copy is to hold and how it is to be protected; None if the person cancelled."""
        from hsb_desktop.ui.dialogs.share_protection_dialog import ShareProtection, ShareProtectionDialog

        session = self._host.session
        is_protected = session is not None and session.is_protected
        answer = ShareProtectionDialog.ask(is_protected=is_protected, parent=self._window)
        if answer is None:
            return None
        passwords: dict[ShareProtection, str | Protection | None] = {
            ShareProtection.OWN: answer.password,
            ShareProtection.SAME: Protection.SAME,
            ShareProtection.NONE: None,
        }
        return SharedCopy(passwords[answer.protection], with_history=answer.with_history)

    def _show_error(self, error: HsbError | str) -> None:
        from hsb_desktop.ui import messages

        messages.show_error(self._window, error)
