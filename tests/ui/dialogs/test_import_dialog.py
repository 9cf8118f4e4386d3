"""Seeing what an import would change, and agreeing to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import HsbError, RowProblem, RowsRefused
from hsb_desktop.interchange.json_audit import audit_to_data, write_json
from hsb_desktop.operations.creating import NewAudit, create_audit_file, new_audit
from hsb_desktop.operations.importing import plan_import
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui import messages
from hsb_desktop.ui.dialogs.import_dialog import ImportDialog
from hsb_desktop.ui.dialogs.refused_rows_dialog import RefusedRowsDialog
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import PARTNERSHIP, ResponseKey


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[AuditSession]:
    del qtbot
    file = create_audit_file(tmp_path / "x.hsbaudit", NewAudit(area="Northmoor Vale"))
    session = AuditSession(file, "Scribe")
    yield session
    session.close()


def table_file(tmp_path: Path, rows: str) -> Path:
    path = tmp_path / "scores.csv"
    path.write_text(f"statement,score,evidence,agency\n{rows}", encoding="utf-8")
    return path


def agreeing(monkeypatch: pytest.MonkeyPatch, result: int) -> list[ImportDialog]:
    shown: list[ImportDialog] = []

    def answer(dialog: ImportDialog) -> int:
        shown.append(dialog)
        return result

    monkeypatch.setattr(ImportDialog, "exec", answer)
    return shown


def test_old_and_new_are_shown_before_anything_changes(
    qtbot: QtBot, session: AuditSession, tmp_path: Path
) -> None:
    session.set_score("1.1", 2)
    source = table_file(tmp_path, "1.1,3,,\n1.2,,<b>bold</b>,Fire service\n")
    before = session.audit
    dialog = ImportDialog(session.audit, plan_import(session.audit, source))
    qtbot.addWidget(dialog)
    text = dialog.table.all_text().splitlines()

    assert text[0] == "What\tNow\tAfter the import"
    assert "Baseline · Partnership · 1.1 · score\t2\t3" in text
    assert "Baseline · Fire service · 1.2 · evidence\t–\t<b>bold</b>" in text
    assert "Baseline · Fire service · takes part\tno\tyes" in text
    assert not [line for line in text if "position" in line]
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("Fire service" in label for label in labels)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
    assert session.audit == before


def test_an_import_is_one_step_of_undo(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = session.audit
    agreeing(monkeypatch, 1)
    source = table_file(tmp_path, "1.1,3,,\n1.2,0,Nothing,\n")
    plan = ImportDialog.import_into(session, source)

    assert plan is not None
    assert plan.responses_changed == 2
    assert session.audit.response(ResponseKey(session.wave_id, PARTNERSHIP, "1.2")).score == 0
    with AuditFile.open(session.path, read_only=True) as file:
        assert file.read() == session.audit
        assert {entry.author for entry in file.history()} == {"Scribe"}
    session.undo()
    assert session.audit == before


def test_an_import_that_is_left_changes_nothing(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = session.audit
    agreeing(monkeypatch, 0)
    assert ImportDialog.import_into(session, table_file(tmp_path, "1.1,3,,\n")) is None
    assert session.audit == before


def test_what_the_audit_says_already_needs_no_import(
    qtbot: QtBot, session: AuditSession, tmp_path: Path
) -> None:
    session.set_score("1.1", 3)
    dialog = ImportDialog(session.audit, plan_import(session.audit, table_file(tmp_path, "1.1,3,,\n")))
    qtbot.addWidget(dialog)
    assert dialog.findChild(QPushButton, "import_button") is None
    assert dialog.findChild(QPushButton, "close_button") is not None


def test_refused_rows_are_listed_and_can_be_copied(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[RefusedRowsDialog] = []

    def look(dialog: RefusedRowsDialog) -> int:
        shown.append(dialog)
        copy = dialog.findChild(QPushButton, "copy_button")
        assert copy is not None
        copy.click()
        return 0

    monkeypatch.setattr(RefusedRowsDialog, "exec", look)
    before = session.audit
    assert ImportDialog.import_into(session, table_file(tmp_path, "1.1,7,,\n9.9,1,,\n1.2,1,,\n")) is None
    assert session.audit == before
    (dialog,) = shown
    assert dialog.table.rowCount() == 2
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "Row\tReason"
    assert "9.9" in copied[2]


def test_a_document_without_a_wave_is_refused_by_its_field(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = audit_to_data(session.audit) | {"waves": []}
    source = tmp_path / "no wave.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    shown: list[str] = []

    def look(dialog: RefusedRowsDialog) -> int:
        shown.append(dialog.table.all_text())
        return 0

    monkeypatch.setattr(RefusedRowsDialog, "exec", look)
    before, content = session.audit, session.path.read_bytes()
    assert ImportDialog.import_into(session, source) is None
    assert "waves\tmust hold at least one wave" in shown[0]
    assert session.audit == before
    assert session.path.read_bytes() == content


def test_a_wave_that_a_document_calls_the_same_is_no_change(
    qtbot: QtBot, session: AuditSession, tmp_path: Path
) -> None:
    other = new_audit(NewAudit(area="Another Vale", held_on="2026-03-12"))
    source = tmp_path / "other.json"
    source.write_bytes(write_json(other))
    dialog = ImportDialog(session.audit, plan_import(session.audit, source))
    qtbot.addWidget(dialog)
    rows = dialog.table.all_text().splitlines()[1:]
    assert [row for row in rows if row.startswith("Baseline")] == ["Baseline · date held\t–\t12 March 2026"]


def test_chosen_rows_are_copied_with_the_usual_key(qtbot: QtBot) -> None:
    refused = RowsRefused("No.", (RowProblem("row 2", "first"), RowProblem("row 3", "second")))
    dialog = RefusedRowsDialog(refused)
    qtbot.addWidget(dialog)
    dialog.table.selectRow(1)
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "row 3\tsecond"


def test_other_faults_are_told(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, error: told.append(str(error)))
    assert ImportDialog.import_into(session, tmp_path / "missing.csv") is None
    assert ImportDialog.import_into(session, tmp_path / "scores.doc") is None
    assert len(told) == 2
    assert "missing.csv" in told[0]


def test_a_file_open_for_reading_only_takes_nothing_in(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.close()
    told: list[HsbError | str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, error: told.append(error))
    reader = AuditSession(AuditFile.open(session.path, read_only=True))
    assert ImportDialog.import_into(reader, table_file(tmp_path, "1.1,3,,\n")) is None
    assert "reading only" in str(told[0])
    reader.close()


def test_only_the_first_changes_of_many_are_listed(
    qtbot: QtBot, session: AuditSession, tmp_path: Path
) -> None:
    statements = [statement.statement_id for statement in session.audit.instrument.statements]
    rows = "".join(f"{s},{i % 5},Text {i},Agency {a}\n" for a in range(4) for i, s in enumerate(statements))
    dialog = ImportDialog(session.audit, plan_import(session.audit, table_file(tmp_path, rows)))
    qtbot.addWidget(dialog)
    assert dialog.table.rowCount() == 200
    label = dialog.findChild(QLabel, "import_changes_label")
    assert label is not None
    assert "first 200 of" in label.text()
