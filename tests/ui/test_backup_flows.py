"""In the window: earlier versions are looked at, restored, saved elsewhere and deleted; so is an audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import HsbError, OutputRefused
from hsb_desktop.operations.backup_lines import when_made
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, keep_unreadable, make_backup
from hsb_desktop.store.backup_folder import Backup, BackupReason, folder_of
from hsb_desktop.store.share import save_copy
from hsb_desktop.ui import messages
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.choice_dialog import Choice
from hsb_desktop.ui.dialogs.earlier_versions_dialog import EarlierVersionsDialog
from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.status_line import StatusLine

from .test_workshop import OpenShown, agreed, card_of, click_score, page_of, save_state_of, saved

pytestmark = pytest.mark.short_form

Act = Callable[[EarlierVersionsDialog], object]
YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


class Person:
    """Answers the dialogs of this window."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.agrees = True
        self.asked: list[str] = []
        self.told: list[str] = []
        self.acts: list[Act] = []
        self.chooses: list[str] = []

        def look(dialog: EarlierVersionsDialog) -> int:
            for act in self.acts:
                act(dialog)
            return dialog.result()

        monkeypatch.setattr(messages, "confirm", self._confirm)
        monkeypatch.setattr(messages, "choose", self._choose)
        monkeypatch.setattr(messages, "show_error", lambda _parent, error: self.told.append(str(error)))
        monkeypatch.setattr(EarlierVersionsDialog, "exec", look)

    def _choose(
        self, _parent: object, title: str, text: str, choices: Sequence[Choice], **_words: str
    ) -> Choice | None:
        offered = (f"{choice.words} {choice.hint}" for choice in choices)
        self.asked.append("\n".join((title, text, *offered)))
        wanted = self.chooses.pop(0) if self.chooses else ""
        return next((choice for choice in choices if choice.object_name == wanted), None)

    def _confirm(self, _parent: object, question: str, *, details: str = "", **_words: str) -> bool:
        self.asked.append(f"{question} {details}")
        return self.agrees


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    """An audit in which nothing is entered, and of which there is no backup."""
    path = tmp_path / "Invented area.hsbaudit"
    create_audit_file(path, NewAudit(area="Invented area")).close()
    return path


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return Person(monkeypatch)


@pytest.fixture
def backed_up(audit_path: Path, open_shown: OpenShown) -> MainWindow:
    """The window on an audit whose backup of yesterday has no score; 1.1 is 3 now, and so it was at noon."""
    with AuditFile.open(audit_path) as file:
        make_backup(file, BackupReason.DAY, YESTERDAY)
    window = open_shown(audit_path)
    click_score(window, "1.1", 3)
    assert page_of(window).session.settle()
    return window


def versions(window: MainWindow) -> tuple[Backup, ...]:
    return backups_of(page_of(window).session.audit.audit_id)


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose_oldest(dialog: EarlierVersionsDialog) -> None:
    dialog.table.selectRow(dialog.table.rowCount() - 1)


# Going back -----------------------------------------------------------------------------------------------


def test_the_window_goes_on_with_the_earlier_version(
    backed_up: MainWindow, person: Person, audit_path: Path
) -> None:
    person.acts = [choose_oldest, lambda dialog: press(dialog, "restore_button")]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert agreed(audit_path, "1.1") is None
    assert person.told == []
    page_of(backed_up).build_all()
    assert card_of(backed_up, "1.1").score_selector.score is None
    assert page_of(backed_up).session.undo_text == ""
    assert save_state_of(backed_up).startswith("All changes saved")
    newest = versions(backed_up)[0]
    assert (newest.reason, agreed(newest.path, "1.1")) == (BackupReason.RESTORE, 3)
    status = backed_up.findChild(StatusLine)
    assert status is not None
    notes = [label.text() for label in status.findChildren(QLabel)]
    assert any("What it held before is among its earlier versions" in note for note in notes)
    page_of(backed_up).session.set_score("1.2", 2)
    assert agreed(audit_path, "1.2") == 2


def test_it_is_asked_before_and_nothing_changes_without_a_yes(
    backed_up: MainWindow, person: Person, audit_path: Path
) -> None:
    person.agrees = False
    person.acts = [choose_oldest, lambda dialog: press(dialog, "restore_button")]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert "What it holds now is kept first" in person.asked[0]
    assert agreed(audit_path, "1.1") == 3
    assert page_of(backed_up).session.undo_text


def test_a_restore_that_fails_is_told_and_the_window_goes_on_with_the_audit_as_it_was(
    backed_up: MainWindow, person: Person, audit_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OutputRefused("No backup could be made: the disk is full.")

    monkeypatch.setattr("hsb_desktop.operations.restoring.make_backup", refuse)
    person.acts = [choose_oldest, lambda dialog: press(dialog, "restore_button")]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert person.told == ["No backup could be made: the disk is full."]
    page_of(backed_up).session.set_score("1.2", 2)
    assert (agreed(audit_path, "1.1"), agreed(audit_path, "1.2")) == (3, 2)


def test_what_is_typed_is_in_the_version_that_is_kept(
    backed_up: MainWindow, person: Person, audit_path: Path
) -> None:
    box = card_of(backed_up, "1.2").evidence_edit
    box.setFocus()
    QTest.keyClicks(box, "just now")
    person.acts = [choose_oldest, lambda dialog: press(dialog, "restore_button")]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    newest = versions(backed_up)[0]
    audit = saved(newest.path)
    assert audit.agreed(audit.waves[0].wave_id, "1.2").evidence == "just now"
    assert saved(audit_path).agreed(audit.waves[0].wave_id, "1.2").evidence == ""


def test_a_file_for_reading_only_is_not_replaced(
    audit_path: Path, open_shown: OpenShown, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with AuditFile.open(audit_path) as file:
        make_backup(file, BackupReason.DAY, YESTERDAY)
    monkeypatch.setattr("hsb_desktop.store.audit_file.os.access", lambda *_: False)
    window = open_shown(audit_path)
    enabled: list[bool] = []
    person.acts = [lambda dialog: enabled.append(dialog.restore_button.isEnabled())]
    window.commands[Command.EARLIER_VERSIONS].trigger()
    assert enabled == [False]
    window.flows.delete_audit()
    assert "reading only" in person.told[0]
    assert audit_path.exists()


@pytest.mark.parametrize("is_gone", [True, False])
def test_an_audit_that_is_damaged_or_gone_comes_back_from_the_start_page(
    backed_up: MainWindow, person: Person, audit_path: Path, is_gone: bool
) -> None:
    assert backed_up.close_audit()
    if is_gone:
        audit_path.unlink()
    else:
        audit_path.write_bytes(audit_path.read_bytes()[:3000])
    person.acts = [choose_oldest, lambda dialog: press(dialog, "restore_button")]
    assert backed_up.flows.backups.offer_for(audit_path, "It is damaged.")
    assert person.asked[0].startswith("It is damaged.\n\n2 earlier versions of it are on this computer.")
    assert page_of(backed_up).session.path == audit_path
    assert agreed(audit_path, "1.1") is None


def damage_at_its_middle(path: Path) -> None:
    content = path.read_bytes()
    middle = len(content) // 8192 * 4096
    path.write_bytes(content[:middle] + bytes(4096) + content[middle + 4096 :])


def test_a_damaged_audit_offers_both_ways_at_once_and_goes_back_to_an_earlier_version(
    backed_up: MainWindow, person: Person, audit_path: Path
) -> None:
    made = versions(backed_up)[0]
    assert backed_up.close_audit()
    damage_at_its_middle(audit_path)
    person.chooses = ["earlier_versions_choice"]
    person.acts = [choose_oldest, lambda dialog: press(dialog, "restore_button")]
    backed_up.flows.open_path(audit_path)
    asked = person.asked[0]
    assert "cannot be opened\nInvented area.hsbaudit is damaged" in asked
    assert "Earlier versions (2 versions)" in asked
    assert f"The latest is of {when_made(made)}" in asked
    assert "Rescue what can be read" in asked
    assert len(person.asked) == 2  # and whether to go back to it
    assert page_of(backed_up).session.path == audit_path
    assert agreed(audit_path, "1.1") is None


def test_whoever_only_looks_at_earlier_versions_is_asked_again_and_may_leave_it(
    backed_up: MainWindow, person: Person, audit_path: Path
) -> None:
    assert backed_up.close_audit()
    damage_at_its_middle(audit_path)
    before = audit_path.read_bytes()
    person.chooses = ["earlier_versions_choice"]
    backed_up.flows.open_path(audit_path)
    assert len(person.asked) == 2
    assert backed_up.page is None
    assert audit_path.read_bytes() == before


def test_an_audit_that_is_open_stays_open_where_another_cannot_be_restored(
    backed_up: MainWindow, person: Person, audit_path: Path, sample_path: Path
) -> None:
    backed_up.flows.open_path(sample_path)
    audit_path.write_bytes(b"damaged")
    person.acts = [
        choose_oldest,
        lambda dialog: dialog.chosen.path.write_bytes(b"damaged as well") if dialog.chosen else None,
        lambda dialog: press(dialog, "restore_button"),
    ]
    assert backed_up.flows.backups.offer_for(audit_path)
    assert len(person.told) == 1
    assert page_of(backed_up).session.path == sample_path
    assert audit_path.read_bytes() == b"damaged"


def test_nothing_is_offered_for_a_file_that_was_never_here(
    window: MainWindow, person: Person, tmp_path: Path
) -> None:
    assert not window.flows.backups.offer_for(tmp_path / "other.hsbaudit", "It is damaged.")
    assert person.asked == []


# Saving elsewhere and deleting ----------------------------------------------------------------------------


def test_a_version_is_saved_elsewhere(
    backed_up: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audit_path: Path
) -> None:
    proposed: list[str] = []

    def chosen(_window: object, _title: str, name: str, _filters: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(tmp_path / "then.hsbaudit"), ""

    monkeypatch.setattr("hsb_desktop.ui.flows.QFileDialog.getSaveFileName", chosen)
    person.acts = [choose_oldest, lambda dialog: press(dialog, "save_version_button")]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert proposed == [f"Invented area {YESTERDAY.astimezone():%Y-%m-%d %H.%M}.hsbaudit"]
    assert agreed(tmp_path / "then.hsbaudit", "1.1") is None
    assert agreed(audit_path, "1.1") == 3


def test_one_version_is_deleted_and_all(backed_up: MainWindow, person: Person, audit_path: Path) -> None:
    rows: list[int] = []
    person.acts = [
        lambda dialog: press(dialog, "delete_version_button"),
        lambda dialog: rows.append(dialog.table.rowCount()),
    ]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert rows == [1]
    assert [backup.made_at for backup in versions(backed_up)] == [YESTERDAY]
    person.acts = [lambda dialog: press(dialog, "delete_all_button")]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert versions(backed_up) == ()
    assert agreed(audit_path, "1.1") == 3


# Deleting for good ----------------------------------------------------------------------------------------


def test_an_audit_is_deleted_with_its_backups_and_forgotten(
    backed_up: MainWindow, person: Person, audit_path: Path
) -> None:
    session = page_of(backed_up).session
    audit_id = session.audit.audit_id
    backed_up.change_settings(backed_up.settings.with_author(audit_id, "Scribe").with_last_tab(audit_id, 3))
    backed_up.commands[Command.DELETE_AUDIT].trigger()
    assert person.asked[0].startswith("Delete Invented area.hsbaudit and its 2 backups for good?")
    assert list(audit_path.parent.iterdir()) == []
    assert not folder_of(audit_id).exists()
    settings = backed_up.settings
    assert (settings.recent, dict(settings.authors), dict(settings.last_tab)) == ((), {}, {})
    assert backed_up.page is None


def test_nothing_is_deleted_without_a_yes(backed_up: MainWindow, person: Person, audit_path: Path) -> None:
    person.agrees = False
    backed_up.commands[Command.DELETE_AUDIT].trigger()
    assert len(person.asked) == 1
    assert audit_path.exists()
    assert len(versions(backed_up)) == 2


def test_deleting_a_copy_leaves_the_backups_of_the_audit_that_it_is_a_copy_of(
    backed_up: MainWindow, person: Person, audit_path: Path
) -> None:
    audit_id = page_of(backed_up).session.audit.audit_id
    count = len(backups_of(audit_id))
    copy = audit_path.with_name(f"{audit_path.stem} (1).hsbaudit")
    page_of(backed_up).session.do_on_file(lambda file: save_copy(file, copy))
    backed_up.flows.open_path(copy)
    backed_up.commands[Command.DELETE_AUDIT].trigger()
    assert f"Other backups stay: {audit_path.name} is the same audit." in person.asked[-1]
    assert not copy.exists()
    assert audit_path.exists()
    assert len(backups_of(audit_id)) == count > 0


@pytest.fixture
def copy(backed_up: MainWindow, audit_path: Path) -> Path:
    """A copy of the open audit in another folder, with a backup of its own."""
    copy = audit_path.parent / "elsewhere" / "Copy.hsbaudit"
    copy.parent.mkdir()
    page_of(backed_up).session.do_on_file(lambda file: save_copy(file, copy))
    with AuditFile.open(copy) as file:
        make_backup(file, BackupReason.IMPORT)
    return copy


def test_the_list_says_what_is_of_another_copy_and_all_are_deleted_but_those(
    backed_up: MainWindow, person: Person, copy: Path
) -> None:
    before, lines = versions(backed_up), list[str]()
    person.acts = [
        lambda dialog: lines.extend(dialog.table.all_text().splitlines()[1:]),
        lambda dialog: press(dialog, "delete_all_button"),
    ]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert ["of a file in another place" in line for line in lines] == [True, False, False]
    assert "Delete all 2 earlier versions?" in person.asked[0]
    assert "1 other stays: it may be of another copy." in person.asked[0]
    assert versions(backed_up) == before[:1]
    person.acts = [lambda dialog: press(dialog, "delete_all_button")]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert "None of these was surely made from" in person.told[0]
    assert versions(backed_up) == before[:1]


def test_deleting_an_audit_says_which_backups_stay(
    backed_up: MainWindow, person: Person, copy: Path, audit_path: Path
) -> None:
    audit_id = page_of(backed_up).session.audit.audit_id
    backed_up.commands[Command.DELETE_AUDIT].trigger()
    assert person.asked[0].startswith(
        "Delete Invented area.hsbaudit and its 2 backups for good? 1 backup made"
    )
    assert not audit_path.exists()
    assert [backup.reason for backup in backups_of(audit_id)] == [BackupReason.IMPORT]


def test_where_it_cannot_be_deleted_the_window_goes_on(
    backed_up: MainWindow, person: Person, audit_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _audit_id: str, _password: str | None = None, **_options: bool) -> int:
        raise OutputRefused(f"{path} could not be deleted.")

    monkeypatch.setattr("hsb_desktop.ui.backup_flows.delete_audit", refuse)
    backed_up.commands[Command.DELETE_AUDIT].trigger()
    assert len(person.told) == 1
    assert page_of(backed_up).session.path == audit_path
    assert backed_up.settings.recent


# The dialog -----------------------------------------------------------------------------------------------


@pytest.mark.whole_form
def test_each_version_tells_when_why_and_what_it_holds(backed_up: MainWindow, qtbot: QtBot) -> None:
    dialog = EarlierVersionsDialog("a.hsbaudit", versions(backed_up), page_of(backed_up).session.shown)
    qtbot.addWidget(dialog)
    dialog.show()
    lines = dialog.table.all_text().splitlines()
    assert lines[0] == "Made\tWhy\tSize"
    assert len(lines) == 3
    assert all("before the first edit of the day" in line for line in lines[1:])
    qtbot.waitUntil(lambda: "scored" in dialog.preview.text())
    assert dialog.preview.text() == "0 of 46 statements scored. 1 value in it is different from now."
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.chosen == versions(backed_up)[1]
    qtbot.waitUntil(lambda: "scored" in dialog.preview.text())
    assert str(folder_of(page_of(backed_up).session.audit.audit_id)) in dialog.note.text()
    assert "90 days" in dialog.note.text()


def test_a_version_that_is_damaged_says_so(backed_up: MainWindow, qtbot: QtBot) -> None:
    newest = versions(backed_up)[0]
    newest.path.write_bytes(b"damaged")
    dialog = EarlierVersionsDialog("a.hsbaudit", versions(backed_up))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "is not an audit file" in dialog.preview.text())


def test_closing_it_waits_for_nothing(backed_up: MainWindow, qtbot: QtBot) -> None:
    dialog = EarlierVersionsDialog("a.hsbaudit", versions(backed_up))
    dialog.show()
    qtbot.wait(130)
    dialog.reject()
    dialog.deleteLater()
    qtbot.wait(100)


def test_without_any_it_says_when_there_will_be_one(qtbot: QtBot) -> None:
    dialog = EarlierVersionsDialog("a.hsbaudit", ())
    qtbot.addWidget(dialog)
    assert dialog.preview.text() == "There are none yet. One is made before the first edit of each day."
    buttons = (dialog.restore_button, dialog.save_button, dialog.delete_button, dialog.delete_all_button)
    assert not any(button.isEnabled() for button in buttons)


def test_a_fault_while_deleting_is_told_and_the_list_is_true(
    backed_up: MainWindow, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_backup: Backup) -> None:
        raise HsbError("The backup could not be deleted.")

    monkeypatch.setattr("hsb_desktop.ui.backup_flows.delete_backup", refuse)
    rows: list[int] = []
    person.acts = [
        lambda dialog: press(dialog, "delete_all_button"),
        lambda dialog: rows.append(dialog.table.rowCount()),
    ]
    backed_up.commands[Command.EARLIER_VERSIONS].trigger()
    assert person.told == ["The backup could not be deleted."]
    assert rows == [2]


def test_what_could_not_be_opened_can_be_saved_and_deleted_but_not_restored(
    backed_up: MainWindow, qtbot: QtBot
) -> None:
    newest = versions(backed_up)[0]
    keep_unreadable(newest.path, newest.path.parent)
    dialog = EarlierVersionsDialog("a.hsbaudit", versions(backed_up))
    qtbot.addWidget(dialog)
    assert dialog.chosen is not None
    assert dialog.chosen.reason is BackupReason.UNREADABLE
    assert not dialog.restore_button.isEnabled()
    assert dialog.save_button.isEnabled()
    assert dialog.delete_button.isEnabled()


# Protected ------------------------------------------------------------------------------------------------

PASSWORD = "eight elms at noon"


@pytest.mark.parametrize("hit", ["gone", "damaged", "damaged at its start"])
def test_a_protected_audit_that_cannot_be_opened_comes_back(
    window: MainWindow, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hit: str
) -> None:
    path, out = tmp_path / "Protected.hsbaudit", tmp_path / "As it was.hsbaudit"
    with create_audit_file(path, NewAudit(area="Protected area"), PASSWORD) as file:
        make_backup(file, BackupReason.DAY, YESTERDAY)
    content = bytearray(path.read_bytes())
    content[100 if "start" in hit else len(content) - 5000] ^= 0xFF
    path.unlink() if hit == "gone" else path.write_bytes(content)

    def type_password(dialog: PasswordDialog) -> int:
        dialog.password.setText(PASSWORD)
        dialog.go_on_button.click()
        return dialog.result()

    monkeypatch.setattr(PasswordDialog, "exec", type_password)
    person.chooses = ["earlier_versions_choice"]
    window.flows.backups._ask_where = lambda *_: out
    person.acts = [lambda dialog: press(dialog, "save_version_button")]
    window.flows.open_path(path)
    assert person.told == []
    assert ("1 version" if hit == "damaged" else "1 earlier version") in person.asked[0]
    AuditFile.open(out, password=PASSWORD).close()
