"""Showing the history of a response or of a domain's comments, and putting an earlier value back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from hsb_desktop.errors import HsbError
from hsb_desktop.store.audit_file import HistoryEntry
from hsb_desktop.ui import messages
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.dialogs.history_dialog import HistoryDialog
from hsb_desktop.ui.place_words import field_in_words
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import FIELDS, Change, ResponseKey, Subject, ValueAddress


def show_response_history(session: AuditSession, statement_id: str, window: QWidget) -> None:
    """Show what was changed in the shown party's response to a statement in the shown wave."""
    title = _tr("History of {0}").format(statement_id)
    _show(session, Subject.RESPONSE, tuple(session.key(statement_id)), title, window)


def show_agency_history(session: AuditSession, key: ResponseKey, window: QWidget) -> None:
    """Show what was changed in an agency's own answer to a statement, above a dialog that may be gone then.

    A score that is put back is an answer as any other: after a reveal it belongs to a further round.
    """
    agency = session.shown.party_name(key.party_id)
    title = _tr("History of {0} · {1}").format(key.statement_id, agency)
    addresses = [ValueAddress(Subject.RESPONSE, tuple(key), field) for field in FIELDS[Subject.RESPONSE]]

    def restore(change: Change) -> None:
        if change.address.field == "score":
            session.rounds.answer(key.statement_id, key.party_id, change.after)
        else:
            _restore(session, change)

    def show() -> None:
        if isValid(window) and window.isVisible():
            _show_saved(session, addresses, title, window, restore)

    session.when_saved(show)


def show_note_history(session: AuditSession, domain_id: str, window: QWidget) -> None:
    """Show what was changed in a domain's comments and date in the shown wave."""
    title = _tr("History of the comments on domain {0}").format(domain_id)
    _show(session, Subject.DOMAIN_NOTE, tuple(session.note_key(domain_id)), title, window)


def _show(session: AuditSession, subject: Subject, key: tuple[str, ...], title: str, window: QWidget) -> None:
    addresses = [ValueAddress(subject, key, field) for field in FIELDS[subject]]
    # An edit that a slow disk is still at would be missing from the history.
    session.when_saved(
        lambda: _show_saved(session, addresses, title, window, lambda change: _restore(session, change))
    )


def _show_saved(
    session: AuditSession,
    addresses: list[ValueAddress],
    title: str,
    window: QWidget,
    restore: Callable[[Change], None],
) -> None:
    key = addresses[0].key
    try:
        entries = run_with_progress(window, _tr("Reading the history…"), lambda: _read(session, addresses))
    except HsbError as error:
        messages.show_error(window, error)
        return
    if entries is None:
        return
    if len(session.audit.waves) > 1:
        title = f"{title} · {session.audit.wave(key[0]).label}"
    dialog = HistoryDialog(title, entries, session.shown.value, may_restore=session.may_edit, parent=window)
    dialog.exec()
    if dialog.restored is not None:
        restore(dialog.restored)
    dialog.deleteLater()


def _restore(session: AuditSession, change: Change) -> None:
    label = _tr("restored {0} of {1}").format(field_in_words(change.address), change.address.key[-1])
    session.change(label, [(change.address, change.after)])


def _read(session: AuditSession, addresses: list[ValueAddress]) -> tuple[HistoryEntry, ...]:
    found: list[HistoryEntry] = []
    session.do_on_file(lambda file: found.extend(file.history(*addresses)))
    return tuple(found)


def _tr(words: str) -> str:
    return QCoreApplication.translate("History", words)
