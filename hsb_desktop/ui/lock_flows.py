"""What to do where somebody else has the file, or something else took its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import FileInUse, FileRefused, HsbError
from hsb_desktop.operations.conflict_copies import ConflictCopy
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy
from hsb_desktop.ui import messages
from hsb_desktop.ui.dialogs.conflict_copies_dialog import ConflictCopiesDialog
from hsb_desktop.ui.dialogs.file_in_use_dialog import FileInUseDialog, InUseChoice
from hsb_desktop.ui.holder_words import holder_sentence
from hsb_desktop.ui.session import AuditSession

AskWhere = Callable[[str, str], Path | None]
"""Asks for a place, given a title and a name; None if there is to be none."""

TellKept = Callable[[Path, str, str], None]
"""Tells where somebody's version was saved, in a heading and a text."""


class LockFlows(QObject):
    """Asks, then opens, copies or takes over. A fault that is a person's to mend is told."""

    def __init__(self, window: QWidget, ask_where: AskWhere) -> None:
        super().__init__(window)
        self._window = window
        self._ask_where = ask_where

    def open_in_use(self, path: Path, in_use: FileInUse, password: str | None = None) -> AuditFile | None:
        """Ask how to open a file that somebody else has; return it open, or None."""
        while True:
            choice = FileInUseDialog.ask(path, in_use, self._window)
            try:
                match choice:
                    case InUseChoice.READ:
                        return AuditFile.open(path, read_only=True, password=password)
                    case InUseChoice.COPY:
                        return self._open_copy(path, password)
                    case InUseChoice.TAKE_OVER if self._may_take_over(in_use):
                        return AuditFile.open(path, take_over=True, password=password)
                    case None:
                        return None
            except HsbError as error:
                messages.show_error(self._window, error)
                return None

    def keep_both(self, session: AuditSession, tell: TellKept) -> None:
        """Save what is on the screen as a file of its own, then show what the session's file holds now.

        `tell` is called once it is saved. Where it was not, everything is as it was.
        """
        try:
            _refuse_what_cannot_be_shown(session)
        except HsbError as error:
            go_on = self.tr("To go on with what is on this screen, choose “Save elsewhere”.")
            messages.show_error(self._window, f"{error}\n\n{go_on}")
            return
        name = self.tr("{0} my version").format(session.path.stem)
        path = self._ask_where(self.tr("Save my version as a copy"), f"{name}{session.path.suffix}")
        if path is None:
            return
        try:
            session.save_version(path)
        except HsbError as error:
            messages.show_error(self._window, error)
            return
        other = session.path.name

        def both_kept() -> None:
            title = self.tr("Both versions are kept. Nothing was overwritten.")
            words = self.tr(
                "Your version, as it was on this screen, is now “{0}” in {1}.\n"
                "This window shows the other version now: “{2}”."
            )
            tell(path, title, words.format(path.name, path.parent, other))

        def other_unreadable(error: HsbError) -> None:
            title = self.tr("Your version is saved as “{0}”. Nothing was overwritten.")
            words = self.tr(
                "It is in {0}. The other version cannot be read, so this window still shows yours: open your "
                "version to go on in it. {1}"
            )
            tell(path, title.format(path.name), words.format(path.parent, error))

        session.discard_unsaved(both_kept, other_unreadable)

    def ask_conflict_copy(self, copies: tuple[ConflictCopy, ...]) -> Path | None:
        """Show the conflict copies; return the one that is to be opened instead."""
        return ConflictCopiesDialog.ask(copies, self._window)

    def _open_copy(self, path: Path, password: str | None) -> AuditFile | None:
        where = self._ask_where(self.tr("Open a copy"), f"{path.stem} copy{path.suffix}")
        if where is None:
            return None
        with AuditFile.open(path, read_only=True, password=password) as file:
            save_copy(file, where)
        return AuditFile.open(where, password=password)

    def _may_take_over(self, in_use: FileInUse) -> bool:
        return messages.confirm(
            self._window,
            self.tr("Take over, so that only this window writes to the file?"),
            go_on=self.tr("Take over"),
            leave=self.tr("Go back"),
            details=self.tr(
                "{0} The other window can then no longer save to this file. What is already saved is kept. "
                "Whatever is typed there from now on stays on that screen, and has to be saved elsewhere. If "
                "somebody may still be using that window, ask them to close it instead."
            ).format(holder_sentence(in_use.who, in_use.computer, in_use.since)),
        )


def _refuse_what_cannot_be_shown(session: AuditSession) -> None:
    """Raise FileRefused if what stands under the file's name now is not this audit any more."""
    with AuditFile.open(session.path, read_only=True, password=session.password) as file:
        if file.read().audit_id != session.audit.audit_id:
            raise FileRefused(f"{session.path.name} is another audit now. It was left as it is.")
