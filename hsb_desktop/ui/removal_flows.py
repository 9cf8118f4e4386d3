"""Removing a text for good: on the thread that owns the file, then from what the window remembers."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from hsb_desktop.model import Audit
from hsb_desktop.operations.removing import (
    RemovalReport,
    find_for_removal,
    known_copies,
    remove_for_good,
    without_author_in,
)
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.chosen_text import ChosenText
from hsb_desktop.ui import messages
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.dialogs.removal_dialog import RemovalDialog
from hsb_desktop.ui.flow_host import Host
from hsb_desktop.ui.session import AuditSession


def remove_text_for_good(host: Host, window: QWidget) -> None:
    """Ask for a text, show where it stands and remove it for good; nothing where no audit can be written."""
    session = host.session
    if session is None:
        return
    if session.is_read_only:
        messages.show_error(
            window, _tr("This file is open for reading only, so nothing can be removed from it.")
        )
        return
    if not session.settle():
        messages.show_error(
            window, _tr("Some changes are only on this screen. Save them first; nothing was removed.")
        )
        return
    work = _RemovalWork(host, session, window)
    dialog = RemovalDialog(
        session.audit,
        work.find,
        work.remove,
        text=_selected_text(window),
        parent=window,
    )
    work.dialog = dialog
    dialog.exec()
    dialog.deleteLater()


class _RemovalWork:
    """What the dialog asks for, done while the window stays alive."""

    def __init__(self, host: Host, session: AuditSession, window: QWidget) -> None:
        self._host, self._session, self._window = host, session, window
        self.dialog: QWidget | None = None

    def find(self, text: str, removed_by: str, whole_words: bool) -> RemovalReport | None:
        """Return where the text stands. Raises HsbError."""
        reports: list[RemovalReport] = []

        def look(file: AuditFile) -> None:
            others = known_copies(file)
            reports.append(
                find_for_removal(file, text, removed_by, date.today(), others, whole_words=whole_words)
            )

        run_with_progress(self.dialog, _tr("Looking…"), lambda: self._session.do_on_file(look))
        return reports[0]

    def remove(self, text: str, removed_by: str, whole_words: bool) -> RemovalReport | None:
        """Remove the text and show the audit without it. Raises HsbError."""
        reports: list[RemovalReport] = []
        held: list[Audit] = []
        author = self._session.author

        def remove(file: AuditFile) -> None:
            others = known_copies(file)
            try:
                reports.append(
                    remove_for_good(
                        file, text, removed_by, date.today(), others, whole_words=whole_words, author=author
                    )
                )
            finally:
                held.append(file.read())

        try:
            # Once begun it is done to its end, also if somebody presses Cancel.
            run_with_progress(self.dialog, _tr("Removing…"), lambda: self._session.do_on_file(remove))
        finally:
            if held:
                self._session.go_on_with(held[0])
                self._forget(ChosenText.of(text, whole_words=whole_words))
        return reports[0]

    def _forget(self, chosen: ChosenText) -> None:
        """Take the text out of lines to search in and of the name under which edits are kept."""
        session, host = self._session, self._host
        for line in self._window.findChildren(QLineEdit):
            if line.window() is self._window.window() and chosen.is_in(line.text()):
                line.clear()
        if chosen.is_in(session.author):
            session.set_author("")
        # Else the window would write the name again with the next change of a setting.
        host.change_settings(without_author_in(host.settings, session.audit.audit_id, chosen))


def _selected_text(window: QWidget) -> str:
    focused = window.focusWidget()
    if isinstance(focused, QPlainTextEdit):
        return focused.textCursor().selectedText()
    return focused.selectedText() if isinstance(focused, QLineEdit) else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Removal", words)
