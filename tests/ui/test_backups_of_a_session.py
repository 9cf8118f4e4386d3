"""The window makes a backup before the first edit of a day, and never lets that stand in the way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import NotSaved
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.settings import user_data_folder
from hsb_desktop.store import backup as store_backup
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of
from hsb_desktop.store.backup_folder import Backup, BackupReason, backups_folder, folder_of
from hsb_desktop.store.backup_note import read_note
from hsb_desktop.ui import backup_keeper
from hsb_desktop.ui.dialogs.import_dialog import ImportDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.status_line import StatusLine

from .test_saving_faults import held_by_another_program
from .test_workshop import OpenShown, agreed, click_score, page_of, save_state_of

pytestmark = pytest.mark.short_form


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    """An audit in which nothing is entered, and of which there is no backup."""
    path = tmp_path / "Invented area.hsbaudit"
    create_audit_file(path, NewAudit(area="Invented area")).close()
    return path


def made(window: MainWindow) -> tuple[Backup, ...]:
    return backups_of(page_of(window).session.audit.audit_id)


def told(window: MainWindow) -> list[str]:
    status = window.findChild(StatusLine)
    assert status is not None
    return [label.text() for label in status.findChildren(QLabel) if "backup" in label.text()]


def in_the_way_of_backups() -> None:
    user_data_folder().mkdir(parents=True, exist_ok=True)
    backups_folder().write_text("a file where the folder should be")


def test_the_first_edit_of_a_day_makes_one_backup_and_the_second_none(
    window: MainWindow, audit_path: Path
) -> None:
    assert made(window) == ()
    click_score(window, "1.1", 3)
    click_score(window, "1.2", 2)
    assert page_of(window).session.settle()
    (backup,) = made(window)
    assert backup.reason is BackupReason.DAY
    assert agreed(backup.path, "1.1") is None
    assert agreed(audit_path, "1.1") == 3


def test_opening_it_again_on_the_same_day_makes_no_second_one(
    audit_path: Path, open_shown: OpenShown
) -> None:
    window = open_shown(audit_path)
    click_score(window, "1.1", 3)
    window.close()
    again = open_shown(audit_path)
    click_score(again, "1.1", 1)
    assert page_of(again).session.settle()
    assert len(made(again)) == 1


def test_the_next_day_has_a_backup_of_its_own(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    click_score(window, "1.1", 3)

    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2100, 1, 1)

    assert page_of(window).session.settle()
    monkeypatch.setattr(backup_keeper, "date", Tomorrow)
    click_score(window, "1.1", 2)
    assert page_of(window).session.settle()
    newest, _ = made(window)
    assert agreed(newest.path, "1.1") == 3


def test_looking_around_makes_none(window: MainWindow) -> None:
    page_of(window).show_statement("3.1")
    window.close()
    assert not backups_folder().exists()


def test_the_sample_has_none(sample_window: MainWindow) -> None:
    click_score(sample_window, "1.1", 0)
    assert page_of(sample_window).session.settle()
    assert not backups_folder().exists()


def test_where_none_can_be_made_the_edit_is_saved_and_it_is_said_once(
    window: MainWindow, audit_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_keeper, "_AGAIN_AFTER_SECONDS", 0.0)
    in_the_way_of_backups()
    said: list[str] = []
    page_of(window).session.backup_failed.connect(said.append)
    click_score(window, "1.1", 3)
    qtbot.waitUntil(lambda: bool(said))
    assert page_of(window).session.settle()
    assert agreed(audit_path, "1.1") == 3
    assert save_state_of(window).startswith("All changes saved")
    (words,) = told(window)
    assert words.startswith("No backup could be made: ")
    assert words.endswith(" Your changes are saved in the audit itself.")
    click_score(window, "1.2", 3)
    assert page_of(window).session.settle()
    window.close()
    assert len(said) == 1


def test_it_is_tried_again_later_on_the_same_day(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_keeper, "_AGAIN_AFTER_SECONDS", 0.0)
    in_the_way_of_backups()
    click_score(window, "1.1", 3)
    assert page_of(window).session.settle()
    backups_folder().unlink()
    click_score(window, "1.1", 2)
    assert page_of(window).session.settle()
    (backup,) = made(window)
    assert agreed(backup.path, "1.1") == 3


def test_a_fault_of_ours_in_a_backup_keeps_no_edit_from_the_disk(
    window: MainWindow, audit_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has_a_bug(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(store_backup, "make_due_backup", has_a_bug)
    click_score(window, "1.1", 3)
    qtbot.waitUntil(lambda: bool(told(window)))
    assert agreed(audit_path, "1.1") == 3


def test_nothing_is_said_to_be_saved_while_the_edit_itself_could_not_be(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotSaved("Not saved: the disk is full.")

    in_the_way_of_backups()
    with monkeypatch.context() as patched:
        patched.setattr(AuditFile, "apply", full)
        click_score(window, "1.1", 3)
        qtbot.waitUntil(lambda: save_state_of(window) == "⚠ Not saved")
        qtbot.wait(50)
        assert told(window) == []
    page_of(window).session.retry()
    qtbot.waitUntil(lambda: bool(told(window)))


@pytest.mark.whole_form
def test_a_slow_backup_never_freezes_the_window(
    window: MainWindow, audit_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, make_backup, threads = threading.Event(), store_backup.make_backup, list[str]()

    def slow(file: AuditFile, reason: BackupReason) -> Backup:
        threads.append(threading.current_thread().name)
        assert go_on.wait(20)
        return make_backup(file, reason)

    monkeypatch.setattr(store_backup, "make_backup", slow)
    started = time.monotonic()
    click_score(window, "1.1", 3)
    assert time.monotonic() - started < 1
    assert save_state_of(window) == "Saving…"
    go_on.set()
    qtbot.waitUntil(lambda: save_state_of(window).startswith("All changes saved"), timeout=5000)
    assert agreed(audit_path, "1.1") == 3
    assert threads == ["audit-writer"]
    assert len(made(window)) == 1


def test_going_on_in_a_copy_that_was_just_written_needs_no_second_one(
    window: MainWindow, tmp_path: Path
) -> None:
    click_score(window, "1.1", 3)
    assert page_of(window).session.settle()
    page_of(window).session.save_elsewhere(tmp_path / "rescued.hsbaudit")
    click_score(window, "1.2", 3)
    assert page_of(window).session.settle()
    assert agreed(tmp_path / "rescued.hsbaudit", "1.2") == 3
    assert len(made(window)) == 1


def test_an_import_has_a_backup_of_its_own_before_it(
    window: MainWindow, audit_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    click_score(window, "1.1", 1)
    source = tmp_path / "scores.csv"
    source.write_text("statement,score\n1.1,4\n", encoding="utf-8")
    monkeypatch.setattr(ImportDialog, "exec", lambda _: ImportDialog.DialogCode.Accepted)
    ImportDialog.import_into(page_of(window).session, source)
    assert page_of(window).session.settle()
    newest, _ = made(window)
    assert newest.reason is BackupReason.IMPORT
    assert (agreed(newest.path, "1.1"), agreed(audit_path, "1.1")) == (1, 4)


def test_an_import_that_is_the_first_edit_of_a_day_makes_one(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "scores.csv"
    source.write_text("statement,score\n1.1,4\n", encoding="utf-8")
    monkeypatch.setattr(ImportDialog, "exec", lambda _: ImportDialog.DialogCode.Accepted)
    ImportDialog.import_into(page_of(window).session, source)
    click_score(window, "1.2", 1)
    assert page_of(window).session.settle()
    assert [backup.reason for backup in made(window)] == [BackupReason.IMPORT]


def test_trying_an_import_again_makes_no_second_backup_of_it(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotSaved("Not saved: the disk is full.")

    source = tmp_path / "scores.csv"
    source.write_text("statement,score\n1.1,4\n", encoding="utf-8")
    monkeypatch.setattr(ImportDialog, "exec", lambda _: ImportDialog.DialogCode.Accepted)
    with monkeypatch.context() as patched:
        patched.setattr(AuditFile, "apply", full)
        ImportDialog.import_into(page_of(window).session, source)
        qtbot.waitUntil(lambda: save_state_of(window) == "⚠ Not saved")
    page_of(window).session.retry()
    assert page_of(window).session.settle()
    assert len(made(window)) == 1


def test_that_it_was_opened_is_remembered_and_old_ones_go(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit_id = page_of(window).session.audit.audit_id
    old = folder_of("00000000-0000-0000-0000-000000000000")
    old.mkdir(parents=True)
    (old / "20200101T000000Z-day.hsbaudit").touch()
    page_of(window).session.keep_house()
    qtbot.waitUntil(lambda: not old.exists())
    assert read_note(folder_of(audit_id)).opened_on == date.today()
    assert made(window) == ()


def test_another_program_that_holds_the_audit_costs_the_backup_a_moment_and_the_edit_nothing(
    window: MainWindow, audit_path: Path, qtbot: QtBot
) -> None:
    with held_by_another_program(audit_path, 2.5):
        click_score(window, "1.1", 3)
        qtbot.waitUntil(lambda: bool(told(window)), timeout=8000)
    assert told(window)[0].startswith("No backup could be made: another program is holding the audit.")
    assert agreed(audit_path, "1.1") == 3


_LOADED_AT_THE_FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from hsb_desktop.app import open_window
application = QApplication([])
window = open_window(sys.argv[1])
window.show()
window.grab()
print([name for name in sys.modules if "backup" in name and "hsb_desktop" in name])
"""


def test_nothing_of_it_is_loaded_for_the_first_paint(audit_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", _LOADED_AT_THE_FIRST_PAINT, str(audit_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert shown.stdout.strip() == "['hsb_desktop.ui.backup_keeper']"
