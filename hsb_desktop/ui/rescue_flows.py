"""What is offered when an audit cannot be opened because it is damaged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hsb_desktop.errors import FileDamaged


def offer_rescue(
    parent: QWidget | None, path: Path, damage: FileDamaged, password: str | None = None
) -> Path | None:
    """Say that a file is damaged, and rescue what can be read of it if that is wanted.

    `password` is that of a protected file, and of the new one then. Return the new file if it is to be opened
    now, else None.
    """
    from hsb_desktop.ui import messages
    from hsb_desktop.ui.dialogs.rescue_dialog import RescueDialog
    from hsb_desktop.ui.dialogs.rescue_report_dialog import RescueReportDialog

    wanted = messages.confirm(
        parent,
        str(damage),
        go_on=QCoreApplication.translate("RescueFlows", "Rescue what can be read…"),
        leave=QCoreApplication.translate("RescueFlows", "OK"),
    )
    report = RescueDialog.ask(path, parent, password) if wanted else None
    if report is None or not RescueReportDialog.ask_to_open(report, path, parent):
        return None
    return report.path
