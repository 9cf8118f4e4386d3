"""What is offered when an audit cannot be opened because it is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import FileDamaged
from hsb_desktop.operations.backup_lines import when_made
from hsb_desktop.store.backup_folder import Backup, BackupReason
from hsb_desktop.store.backup_places import backups_for_path
from hsb_desktop.ui import messages
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.choice_dialog import Choice

ShowEarlier = Callable[[], bool]
"""Shows the earlier versions; returns whether one took the file's place."""


def offer_ways_out(
    parent: QWidget | None,
    path: Path,
    damage: FileDamaged,
    show_earlier: ShowEarlier,
    password: str | None = None,
) -> Path | None:
    """Say that a file is damaged, and offer to go back to an earlier version or to rescue what is left.

    Whoever comes back from one of them with nothing done is asked again. `password` is that of a protected
    file, and of a rescued one then. Return the rescued file if it is to be opened now, else None.
    """
    while True:
        earlier, rescue = _earlier_choice(backups_for_path(path)), _rescue_choice()
        # An earlier version is whole; what is rescued may lack something.
        choices = [rescue] if earlier is None else [earlier, rescue]
        title = _tr("This file cannot be opened")
        chosen = messages.choose(parent, title, str(damage), choices, leave=_tr("Leave it as it is"))
        if chosen is None:
            return None
        if chosen == rescue:
            from hsb_desktop.ui.dialogs.rescue_dialog import RescueDialog
            from hsb_desktop.ui.dialogs.rescue_report_dialog import RescueReportDialog

            report = RescueDialog.ask(path, parent, password)
            if report is not None:
                return report.path if RescueReportDialog.ask_to_open(report, path, parent) else None
        elif show_earlier():
            return None


def _earlier_choice(backups: tuple[Backup, ...]) -> Choice | None:
    whole = [backup for backup in backups if backup.reason is not BackupReason.UNREADABLE]
    if not whole:
        return None
    words = counted(_tr("Earlier versions (%n version(s))…", len(whole)), len(whole))
    hint = _tr(
        "The latest is of {0}. It is whole, but lacks what was entered after it was made. You can look at "
        "each before one takes this file's place; the damaged file is kept among them."
    )
    return Choice("earlier_versions_choice", words, hint.format(when_made(whole[0])))


def _rescue_choice() -> Choice:
    return Choice(
        "rescue_choice",
        _tr("Rescue what can be read…"),
        _tr(
            "What can be read goes into a new file, also what was entered last; what could not be read is "
            "listed. The damaged file stays as it is, so you can do this as well as go back."
        ),
    )


def _tr(words: str, count: int = -1) -> str:
    return QCoreApplication.translate("RescueFlows", words, "", count)
