"""What the commands about earlier versions do: ask, then hand on to the operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import FileRefused, HsbError
from hsb_desktop.operations.backup_lines import files_of, when_made
from hsb_desktop.operations.deleting import backups_that_go, delete_audit, other_files_of
from hsb_desktop.operations.restoring import restore, save_earlier_version
from hsb_desktop.store.backup import backups_of
from hsb_desktop.store.backup_folder import Backup, BackupReason, delete_backup
from hsb_desktop.store.backup_places import backups_for_path, by_place
from hsb_desktop.store.gate import can_be_protected, judge
from hsb_desktop.ui import messages
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.earlier_versions_dialog import EarlierVersionsDialog

if TYPE_CHECKING:
    from hsb_desktop.ui.flow_host import Host

AskWhere = Callable[[str, str], Path | None]
"""Title of the dialog and the name that is proposed, to the place that somebody chose."""


@dataclass(frozen=True, slots=True)
class _Versions:
    """The audit whose earlier versions are shown, and how they are listed anew."""

    path: Path
    listed: Callable[[], tuple[Backup, ...]]
    password: str | None = None


class BackupFlows(QObject):
    """Asks people what they want done with earlier versions of their audit."""

    def __init__(
        self, host: Host, window: QWidget, open_path: Callable[[Path, str | None], None], ask_where: AskWhere
    ) -> None:
        super().__init__(window)
        self._host = host
        self._window = window
        self._open_path = open_path
        self._ask_where = ask_where

    def show_earlier_versions(self) -> None:
        """Show the earlier versions of the open audit, and go back to one if that is wanted."""
        session = self._host.session
        if session is None:
            return
        session.flush()
        audit_id, path = session.audit.audit_id, session.path
        against = self.tr(
            "{0} is open for reading only, so you cannot go back to an earlier version of it here."
        ).format(path.name)
        dialog = EarlierVersionsDialog(
            path.name,
            backups_of(audit_id),
            session.shown,
            folder=path.parent,
            reason_against=against if session.is_read_only else "",
            password=session.password,
            files_of=self._files_of(path),
            parent=self._window,
        )
        self._run(dialog, _Versions(path, lambda: backups_of(audit_id), session.password))

    def offer_for(self, path: Path, why: str = "", password: str | None = None) -> bool:
        """Show the earlier versions of an audit that cannot be opened; return whether there are any.

        `why` is told first, with the way to them. The password of protected ones is asked for unless given.
        """
        backups = backups_for_path(path)
        if not backups:
            return False
        words = self.tr("%n earlier version(s) of it (is/are) on this computer.", "", len(backups))
        question = f"{why}\n\n{counted(words, len(backups))}".strip()
        if not why or messages.confirm(
            self._window, question, go_on=self.tr("Show them…"), leave=self.tr("Leave it")
        ):
            password = password or self._asked_password(backups)
            dialog = EarlierVersionsDialog(
                path.name,
                backups,
                folder=path.parent,
                password=password,
                files_of=self._files_of(path),
                parent=self._window,
            )
            self._run(dialog, _Versions(path, lambda: backups_for_path(path), password))
        return True

    def _files_of(self, path: Path) -> Callable[[tuple[Backup, ...]], Mapping[Path, str]]:
        known = [Path(recent) for recent in self._host.settings.recent]
        return lambda backups: files_of(backups, path, known)

    def _asked_password(self, backups: tuple[Backup, ...]) -> str | None:
        """Return the password of the latest protected version; None if there is none, or nobody knows it."""
        from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog

        protected = next((backup for backup in backups if _is_protected(backup)), None)
        if protected is None:
            return None
        passwords: list[str] = []

        def attempt(password: str) -> None:
            words = self.tr("Opening an earlier version…")
            run_with_progress(self._window, words, lambda: judge(protected.path, password))
            passwords.append(password)

        words = self.tr("The earlier versions have the same password as the audit.")
        PasswordDialog.ask(attempt, self.tr("Earlier versions"), words, self.tr("Open"), self._window)
        return passwords[0] if passwords else None

    def _run(self, dialog: EarlierVersionsDialog, versions: _Versions) -> None:
        agreed: list[Backup] = []

        def on_restore(backup: Backup) -> None:
            if self._may_restore(dialog, versions.path, backup):
                agreed.append(backup)
                dialog.accept()

        dialog.restore_wanted.connect(on_restore)
        dialog.save_wanted.connect(lambda backup: self._save(dialog, versions, backup))
        dialog.delete_wanted.connect(lambda backup: self._delete(dialog, versions, (backup,)))
        dialog.delete_all_wanted.connect(lambda: self._delete_all(dialog, versions))
        dialog.exec()
        dialog.deleteLater()
        if agreed:
            self._restore(versions, agreed[0])

    # Going back -----------------------------------------------------------------------------------------

    def _may_restore(self, dialog: QWidget, path: Path, backup: Backup) -> bool:
        return messages.confirm(
            dialog,
            self.tr("Go back to {0} as it was on {1}?").format(path.name, when_made(backup)),
            go_on=self.tr("Go back to it"),
            leave=self.tr("Cancel"),
            details=self.tr(
                "What it holds now is kept first, as the latest of its earlier versions. Changes made "
                "before this can then no longer be undone one by one."
            ),
        )

    def _restore(self, versions: _Versions, backup: Backup) -> None:
        path = versions.path
        session = self._host.session
        is_open = session is not None and session.path == path
        # Closed, so that nothing of this program holds the file while another takes its name.
        if is_open and not self._host.close_audit():
            return
        try:
            words = self.tr("Going back to an earlier version…")
            run_with_progress(self._window, words, lambda: restore(path, backup, password=versions.password))
        except HsbError as error:
            messages.show_error(self._window, error)
            if is_open:
                self._open_path(path, versions.password)
            return
        self._open_path(path, versions.password)
        self._host.say(
            self.tr(
                "The audit is as it was on {0}. What it held before is among its earlier versions."
            ).format(when_made(backup))
        )

    # The versions themselves ----------------------------------------------------------------------------

    def _save(self, dialog: EarlierVersionsDialog, versions: _Versions, backup: Backup) -> None:
        name = f"{versions.path.stem} {backup.made_at.astimezone():%Y-%m-%d %H.%M}{versions.path.suffix}"
        out = self._ask_where(self.tr("Save an earlier version"), name)
        if out is None:
            return
        try:
            words = self.tr("Writing {0}…").format(out.name)
            run_with_progress(dialog, words, lambda: save_earlier_version(backup, out, versions.password))
        except HsbError as error:
            messages.show_error(dialog, error)

    def _delete_all(self, dialog: EarlierVersionsDialog, versions: _Versions) -> None:
        """Delete the versions that were made from this file, after a yes; none of another copy."""
        places = by_place(versions.listed(), versions.path)
        if not places.here:
            words = self.tr(
                "None of these was surely made from {0}. What is not wanted can be deleted alone."
            )
            messages.show_error(dialog, words.format(versions.path.name))
            return
        self._delete(dialog, versions, places.here, len(places.elsewhere) + len(places.unsure))

    def _delete(
        self, dialog: EarlierVersionsDialog, versions: _Versions, backups: tuple[Backup, ...], stay: int = 0
    ) -> None:
        """Delete these after a yes; how many `stay` because they may be of another copy is said with it."""
        if len(backups) == 1:
            question = self.tr("Delete the version of {0}?").format(when_made(backups[0]))
        else:
            question = self.tr("Delete all {0} earlier versions?").format(len(backups))
        details = self.tr("This cannot be undone. The audit itself stays as it is.")
        if stay:
            others = self.tr("%n other(s) (stays/stay): (it/they) may be of another copy.", "", stay)
            details = f"{details} {counted(others, stay)}"
        if not messages.confirm(
            dialog,
            question,
            go_on=self.tr("Delete"),
            leave=self.tr("Keep"),
            details=details,
        ):
            return
        try:
            for backup in backups:
                delete_backup(backup)
        except HsbError as error:
            messages.show_error(dialog, error)
        dialog.show_backups(versions.listed())

    # Deleting for good ----------------------------------------------------------------------------------

    def delete_audit(self) -> None:
        """Ask once, and delete the open audit with its backups and what is remembered of it."""
        session = self._host.session
        if session is None:
            return
        audit_id, path, password = session.audit.audit_id, session.path, session.password
        if session.is_read_only:
            words = self.tr(
                "{0} is open for reading only, so it cannot be deleted here. Nothing was deleted."
            )
            messages.show_error(self._window, words.format(path.name))
            return
        known = [Path(recent) for recent in self._host.settings.recent]
        others = other_files_of(path, audit_id, password, known)
        keeps = bool(others)
        going = len(backups_that_go(path, audit_id, keeps_backups=keeps))
        staying = len(backups_of(audit_id)) - going
        if not self._may_delete(path, going, staying, others) or not self._host.close_audit():
            return
        try:
            words = self.tr("Deleting {0}…").format(path.name)
            run_with_progress(
                self._window, words, lambda: delete_audit(path, audit_id, password, keeps_backups=keeps)
            )
        except HsbError as error:
            messages.show_error(self._window, error)
            if path.exists():
                self._open_path(path, password)
                return
        self._host.change_settings(self._host.settings.without_audit(path, audit_id))

    def _may_delete(self, path: Path, going: int, staying: int, others: tuple[Path, ...]) -> bool:
        if going:
            question = counted(self.tr("Delete {0} and its %n backup(s) for good?", "", going), going)
        elif staying or others:
            question = self.tr("Delete {0} for good?")
        else:
            question = self.tr("Delete {0} for good? There is no backup of it on this computer.")
        question = question.format(path.name)
        if others:
            words = self.tr("Other backups stay: {0} is the same audit.")
            question = f"{question} {words.format(others[0].name)}"
        elif staying:
            words = self.tr(
                "%n backup(s) made from a file in another place (stays/stay): (it/they) may be of another "
                "copy. Earlier versions, in the menu File, deletes (it/them).",
                "",
                staying,
            )
            question = f"{question} {counted(words, staying)}"
        return messages.confirm(
            self._window,
            question,
            go_on=self.tr("Delete for good"),
            leave=self.tr("Keep everything"),
            details=self.tr(
                "It is in {0}. It does not go to the recycle bin, and this cannot be undone. Copies in "
                "other places stay: on sticks, in e-mails, with colleagues, and with a service that "
                "synchronises "
                "the folder."
            ).format(path.parent),
        )


def _is_protected(backup: Backup) -> bool:
    try:
        return backup.reason is not BackupReason.UNREADABLE and can_be_protected(backup.path)
    except FileRefused:
        return False
