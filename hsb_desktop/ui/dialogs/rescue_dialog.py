"""Asks where what can be read of a damaged audit is to go, and brings it there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from hsb_desktop.errors import HsbError
from hsb_desktop.operations.rescuing import RescueReport, rescue_audit
from hsb_desktop.store.gate import AUDIT_SUFFIX
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.file_choice import choose_new_file, free_path

Rescue = Callable[[Path, Path], RescueReport]


class RescueDialog(DialogFrame):
    """Says what a rescue does, and stays open until it is done or left."""

    def __init__(
        self, damaged: Path, parent: QWidget | None = None, *, rescue: Rescue = rescue_audit
    ) -> None:
        super().__init__(parent, "rescue_dialog", "")
        self.setWindowTitle(self.tr("Rescue what can be read"))
        self.report: RescueReport | None = None
        self._damaged = damaged
        self._rescue = rescue
        self._create_fields()
        self._assemble_fields()
        self._create_dialog_buttons()

    @classmethod
    def ask(
        cls, damaged: Path, parent: QWidget | None = None, password: str | None = None
    ) -> RescueReport | None:
        """Rescue what can be read of a damaged audit; return how it went, None if the person left it."""
        dialog = cls(damaged, parent, rescue=lambda source, out: rescue_audit(source, out, password))
        dialog.exec()
        report = dialog.report
        dialog.deleteLater()
        return report

    def _create_fields(self) -> None:
        proposed = free_path(
            self._damaged.parent, self.tr("{0} rescued").format(self._damaged.stem), AUDIT_SUFFIX
        )
        self.path = QLineEdit(str(proposed))
        self.path.setObjectName("path_edit")
        self.browse_button = QPushButton(self.tr("Browse…"))
        self.browse_button.setObjectName("browse_button")
        self.browse_button.setAccessibleName(self.tr("Browse for the place of the new file"))
        self.browse_button.setAutoDefault(False)
        self.browse_button.clicked.connect(self._on_browse_clicked)

    def _assemble_fields(self) -> None:
        self.add_title(self.tr("Rescue what can be read"))
        words = self.tr(
            "What can be read of “{0}” goes into a new file; what could not be read is listed afterwards. "
            "The damaged file stays as it is."
        )
        self.add_text("what_happens", words.format(self._damaged.name))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.path, stretch=1)
        layout.addWidget(self.browse_button)
        self.add_field(
            self.tr("New file"),
            self.path,
            self.tr("If the stick or disk may be failing, choose a place on another one."),
            row=row,
        )
        self.body.addStretch()

    def _create_dialog_buttons(self) -> None:
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        rescue = self.add_button("rescue_button", self.tr("Rescue"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        rescue.clicked.connect(self._on_rescue_clicked)
        rescue.setFocus()

    def _on_browse_clicked(self) -> None:
        kinds = self.tr("Audits (*{0})").format(AUDIT_SUFFIX)
        chosen = choose_new_file(
            self, self.tr("Where the rescued audit goes"), self._entered_path(), kinds, asks_to_replace=False
        )
        if chosen is not None:
            self.path.setText(str(_with_suffix(chosen)))

    def _entered_path(self) -> Path:
        path = Path(self.path.text().strip()).expanduser()
        return _with_suffix(path if path.is_absolute() else self._damaged.parent / path)

    def _on_rescue_clicked(self) -> None:
        if not self.path.text().strip():
            self.show_problem(self.tr("Choose where the new file goes."), self.path)
            return
        self.show_problem("")
        damaged, out, rescue = self._damaged, self._entered_path(), self._rescue
        try:
            self.report = run_with_progress(
                self, self.tr("Reading {0}…").format(damaged.name), lambda: rescue(damaged, out)
            )
        except HsbError as error:
            self.show_problem(str(error), self.path)
            return
        if self.report is None:
            self._take_back(out)
            return
        self.accept()

    def _take_back(self, out: Path) -> None:
        """Delete what was written until it was cancelled: nobody wants it."""
        try:
            out.unlink(missing_ok=True)
        except OSError as error:
            words = self.tr(
                "It was cancelled, but what was rescued until then could not be deleted: {0}. It is in {1}: "
                "delete it there. The damaged file is as it was."
            )
            self.show_problem(words.format(error.strerror or error, out), self.path)


def _with_suffix(path: Path) -> Path:
    return path if path.suffix.lower() == AUDIT_SUFFIX else path.with_name(f"{path.name}{AUDIT_SUFFIX}")
