"""What the program can show of itself where there is no display."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from hsb_desktop.errors import OutputRefused
from hsb_desktop.operations.exporting import export_audit
from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.whole_file import whole_file


def make_sample_outputs(application: QApplication, window: MainWindow, folder: Path) -> tuple[Path, ...]:
    """Make the sample audit, its report and a picture of the window in a folder, and return their paths.

    What stands there under those names is replaced. Raises OutputRefused or OSError if the disk refuses.
    """
    # Qt's plugin for no display tells at length what it does not do.
    qInstallMessageHandler(_keep_quiet)
    folder.mkdir(parents=True, exist_ok=True)
    audit_path, report_path, picture_path = (
        folder / name for name in ("Sample audit.hsbaudit", "Sample report.pdf", "Sample window.png")
    )
    audit_path.unlink(missing_ok=True)
    file = create_sample_audit(audit_path)
    export_audit(file, report_path, printed_on=date.today().isoformat())
    window.show_audit(AuditSession(file))
    window.resize(1366, 768)
    window.show()
    if window.page is not None:
        window.page.build_all()
        window.page.focus_start()
    for _ in range(20):
        application.processEvents()
    with whole_file(picture_path) as temporary:
        if not window.grab().save(str(temporary), "PNG"):
            raise OutputRefused(f"{picture_path} could not be written.")
    window.close()
    return audit_path, report_path, picture_path


def _keep_quiet(_kind: QtMsgType, _context: QMessageLogContext, _message: str) -> None:
    """Say nothing."""
