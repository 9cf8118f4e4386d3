"""What a person sees when the program meets a fault of its own."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from hsb_desktop import __version__
from hsb_desktop.settings import user_log_folder
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role

_LINES_SHOWN = 9


class CrashDialog(DialogFrame):
    """Says what is safe, offers the details for a report, and asks whether to go on."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent, "crash_dialog", "")
        self.setWindowTitle(self.tr("A fault in the program"))
        self._create_details(technical_details(error))
        self._assemble_contents()
        self._create_buttons()

    @classmethod
    def ask_to_continue(cls, error: BaseException, parent: QWidget | None = None) -> bool:
        """Show the fault; return whether to go on working (True) or to close the program (False)."""
        dialog = cls(error, parent)
        answer = dialog.exec()
        dialog.deleteLater()
        return answer == cls.DialogCode.Accepted

    def _create_details(self, details: str) -> None:
        self.details = QPlainTextEdit(details)
        self.details.setObjectName("technical_details")
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES_SHOWN)

    def _assemble_contents(self) -> None:
        self.add_title(self.tr("The program met a fault of its own"))
        self.add_text(
            "what_is_safe",
            self.tr(
                "Everything that the window showed as saved is on the disk. Where it says “All changes "
                "saved”, nothing is lost."
            ),
        )
        self.add_text(
            "what_to_do",
            self.tr(
                "You can go on. If the window behaves oddly, close the program and open the audit again: "
                "everything that was saved will be there."
            ),
        )
        self.add_field(
            self.tr("Technical details"),
            self.details,
            self.tr(
                "They name places in the program only, and hold nothing of what was written in the audit. "
                "They are also kept in {0}."
            ).format(user_log_folder()),
        )

    def _create_buttons(self) -> None:
        copy = self.add_button("copy_button", self.tr("Copy the details"), Role.ActionRole)
        close = self.add_button("close_button", self.tr("Close the program"), Role.DestructiveRole)
        go_on = self.add_button("continue_button", self.tr("Continue"), Role.AcceptRole, is_primary=True)
        copy.clicked.connect(self._on_copy_clicked)
        close.clicked.connect(self.reject)
        go_on.clicked.connect(self.accept)
        go_on.setFocus()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


def technical_details(error: BaseException) -> str:
    """Return what a developer needs to find the fault: types and places, never messages or values.

    Messages and values may hold words of an audit, or the name of somebody's folder.
    """
    lines = [
        f"HSB Audit Workshop {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
    ]
    seen: set[int] = set()
    fault: BaseException | None = error
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        lines += ["", f"{type(fault).__module__}.{type(fault).__qualname__}"]
        lines += [
            f"  {_inside_the_program(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(fault.__traceback__)
        ]
        fault = fault.__cause__ or fault.__context__
    return "\n".join(lines)


def _inside_the_program(filename: str) -> str:
    """Return a file's path without the folders above the program or the library."""
    parts = Path(filename).parts
    for start in ("hsb_desktop", "site-packages"):
        if start in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(start) :])
    return parts[-1] if parts else filename
