"""A protected audit that is damaged is rescued from the window, with the password that was given for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

from hsb_desktop.operations.sample import create_sample_audit, sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.main_window import MainWindow

pytestmark = pytest.mark.short_form

PAGE = 4096
PASSWORD = "Heron under ŵillow 7"
BUTTONS = {
    "password_dialog": "go_on_button",
    "choice_dialog": "rescue_choice",
    "rescue_dialog": "rescue_button",
    "rescue_report_dialog": "open_button",
}


def test_the_password_that_opens_a_damaged_audit_rescues_it_and_protects_the_new_file(
    open_shown: Callable[[Path], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Protected.hsbaudit"
    AuditFile.create(path, sample_audit(), PASSWORD).close()
    content = path.read_bytes()
    middle = len(content) // PAGE // 2 * PAGE
    path.write_bytes(content[:middle] + bytes(PAGE) + content[middle + PAGE :])
    seen: list[str] = []

    def go_on(dialog: QDialog) -> int:
        seen.append(dialog.objectName())
        for field in dialog.findChildren(QLineEdit, "password_edit"):
            field.setText(PASSWORD)
        button = dialog.findChild(QPushButton, BUTTONS[dialog.objectName()])
        assert button is not None
        button.click()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", go_on)
    other = tmp_path / "other.hsbaudit"
    create_sample_audit(other).close()
    window = open_shown(other)
    window.flows.open_path(path)

    assert seen == list(BUTTONS)
    assert window.session is not None
    assert window.session.path == tmp_path / "Protected rescued.hsbaudit"
    assert window.session.is_protected
    assert window.session.audit.responses
