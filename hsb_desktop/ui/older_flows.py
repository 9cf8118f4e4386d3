"""What can be done with a file of an earlier version that could not be brought up to date."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import HsbError, NotBroughtUpToDate
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui import messages
from hsb_desktop.ui.dialogs.choice_dialog import Choice, ChoiceDialog


def offer_reading(
    window: QWidget, path: Path, refused: NotBroughtUpToDate, password: str | None = None
) -> AuditFile | None:
    """Ask whether to read the file as it is or to try again; return it open, or None.

    A fault of that is told.
    """
    why: HsbError = refused
    while isinstance(why, NotBroughtUpToDate):
        chosen = _ask(window, path, why)
        if chosen is None:
            return None
        try:
            return AuditFile.open(path, read_only=chosen == "read_only_choice", password=password)
        except HsbError as error:
            why = error
    messages.show_error(window, why)
    return None


def _ask(window: QWidget, path: Path, why: NotBroughtUpToDate) -> str | None:
    reading = Choice(
        "read_only_choice",
        _tr("Open to read only"),
        _tr("You see everything that is in it. You can print and export it, but not change it."),
    )
    again = Choice("try_again_choice", _tr("Try again"), _tr("If what was in the way is settled now."))
    title = _tr("{0} could not be brought up to date").format(path.name)
    dialog = ChoiceDialog(title, str(why), (reading, again), leave=_tr("Cancel"), parent=window)
    dialog.exec()
    chosen = dialog.chosen
    dialog.deleteLater()
    return None if chosen is None else chosen.object_name


def _tr(words: str) -> str:
    return QCoreApplication.translate("Older", words)
