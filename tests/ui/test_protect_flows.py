"""Passwords in the real window: asked for wherever a protected audit is opened, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from hsb_desktop.app import open_window
from hsb_desktop.errors import NotSaved, PasswordNeeded
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.settings import save_settings, settings_path
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.crash_dialog import technical_details
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame
from hsb_desktop.ui.dialogs.message_dialog import MessageDialog
from hsb_desktop.ui.dialogs.share_protection_dialog import ShareProtectionDialog
from hsb_desktop.ui.dropped_files import take_dropped
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession

pytestmark = pytest.mark.short_form

PASSWORD, OTHER = "Heron under ŵillow 7", "a quite different one"

Answer = Callable[[DialogFrame], None]


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    path = tmp_path / "Protected area.hsbaudit"
    create_audit_file(path, NewAudit(area="Protected area"), PASSWORD).close()
    return path


class Answers:
    """What a person does in each dialog, in turn; and what was shown to them."""

    def __init__(self) -> None:
        self.waiting: list[Answer] = []
        self.seen: list[str] = []
        self.messages: list[str] = []

    def take(self, dialog: QDialog) -> int:
        if isinstance(dialog, MessageDialog):
            self.messages.append(dialog.text.text())
            return 0
        assert isinstance(dialog, DialogFrame)
        self.seen.append(dialog.objectName())
        dialog.show()
        self.waiting.pop(0)(dialog)
        dialog.hide()
        return dialog.result()


@pytest.fixture
def answers(no_modal_dialog: None, monkeypatch: pytest.MonkeyPatch) -> Answers:
    del no_modal_dialog
    answers = Answers()
    monkeypatch.setattr(QDialog, "exec", lambda dialog: answers.take(dialog))  # noqa: PLW0108  # becomes a method
    return answers


def typed(dialog: DialogFrame, **texts: str) -> None:
    for name, text in texts.items():
        field = dialog.findChild(QLineEdit, name)
        assert field is not None, name
        field.setText(text)


def tick(dialog: DialogFrame, name: str) -> None:
    box = dialog.findChild(QCheckBox, name) or dialog.findChild(QRadioButton, name)
    assert box is not None, name
    box.setChecked(True)


def press(dialog: DialogFrame, name: str = "go_on_button") -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None, name
    button.click()


def give(*passwords: str) -> Answer:
    def act(dialog: DialogFrame) -> None:
        for password in passwords:
            typed(dialog, password_edit=password)
            press(dialog)

    return act


def choose(new: str, present: str = "", *, repeated: str = "") -> Answer:
    def act(dialog: DialogFrame) -> None:
        if present:
            typed(dialog, present_password_edit=present)
        typed(dialog, new_password_edit=new, repeated_password_edit=repeated or new)
        tick(dialog, "written_down_box")
        press(dialog)

    return act


def cancel(dialog: DialogFrame) -> None:
    press(dialog, "cancel_button")


def session_of(window: MainWindow) -> AuditSession:
    assert window.session is not None
    return window.session


def opens_with(path: Path, password: str | None) -> bool:
    with AuditFile.open(path, read_only=True, password=password) as file:
        return file.is_protected is (password is not None)


# Opening ----------------------------------------------------------------------------------------------------


def test_a_protected_audit_asks_for_its_password_and_opens(
    window: MainWindow, protected: Path, answers: Answers
) -> None:
    answers.waiting = [give(PASSWORD)]
    window.flows.open_path(protected)
    assert answers.seen == ["password_dialog"]
    assert session_of(window).path == protected
    assert session_of(window).is_protected


def test_a_dropped_one_does_so_too(window: MainWindow, protected: Path, answers: Answers) -> None:
    answers.waiting = [lambda dialog: press(dialog, "open_dropped"), give(PASSWORD)]
    take_dropped(window.flows, window.session, [protected], window)
    assert session_of(window).path == protected


def test_a_wrong_password_is_told_and_asked_for_again(
    window: MainWindow, protected: Path, answers: Answers
) -> None:
    content = protected.read_bytes()
    told: list[str] = []

    def act(dialog: DialogFrame) -> None:
        typed(dialog, password_edit="not this one")
        press(dialog)
        told.append(dialog.problem.text())
        assert protected.read_bytes() == content
        give(PASSWORD)(dialog)

    answers.waiting = [act]
    window.flows.open_path(protected)
    assert "wrong password, or damaged at its start" in told[0]
    assert "Caps Lock" in told[0]
    assert session_of(window).path == protected


def test_without_the_password_the_audit_that_is_open_stays(
    window: MainWindow, audit_path: Path, protected: Path, answers: Answers
) -> None:
    answers.waiting = [cancel]
    window.flows.open_path(protected)
    assert session_of(window).path == audit_path
    assert answers.messages == []


def test_opening_without_a_dialog_is_refused(qtbot: QtBot, protected: Path) -> None:
    del qtbot
    with pytest.raises(PasswordNeeded):
        open_window(protected)


def test_the_letters_are_hidden_until_asked_for(
    window: MainWindow, protected: Path, answers: Answers
) -> None:
    modes: list[QLineEdit.EchoMode] = []

    def act(dialog: DialogFrame) -> None:
        field = dialog.findChild(QLineEdit, "password_edit")
        assert field is not None
        modes.append(field.echoMode())
        tick(dialog, "show_password_box")
        modes.append(field.echoMode())
        cancel(dialog)

    answers.waiting = [act]
    window.flows.open_path(protected)
    assert modes == [QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal]


# Making -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_a_new_audit_offers_protection_and_goes_without(
    password: str | None, window: MainWindow, tmp_path: Path, answers: Answers
) -> None:
    path = tmp_path / "new" / "Northmoor.hsbaudit"
    path.parent.mkdir()

    def act(dialog: DialogFrame) -> None:
        typed(dialog, area_edit="Northmoor", path_edit=str(path))
        dialog.findChild(QLineEdit, "path_edit").textEdited.emit(str(path))  # type: ignore[union-attr]  # it is there
        box = dialog.findChild(QCheckBox, "protect_box")
        assert box is not None
        assert not box.isChecked()
        if password:
            box.setChecked(True)
            typed(dialog, new_password_edit=password, repeated_password_edit=password)
            press(dialog, "create_button")
            assert "Write the password down" in dialog.problem.text()
            tick(dialog, "written_down_box")
        press(dialog, "create_button")

    answers.waiting = [act]
    window.flows.new_audit()
    assert session_of(window).path == path
    assert session_of(window).is_protected is (password is not None)
    assert (b"Northmoor" in path.read_bytes()) is (password is None)


# The open audit ---------------------------------------------------------------------------------------------


def test_an_open_audit_is_protected_rekeyed_and_unprotected_and_goes_on(
    window: MainWindow, audit_path: Path, answers: Answers
) -> None:
    session = session_of(window)
    session.set_score("1.1", 3)
    answers.waiting = [choose(PASSWORD)]
    window.commands[Command.PROTECT].trigger()
    assert opens_with(audit_path, PASSWORD)
    assert session.is_protected
    assert "(protected)" in window.windowTitle()
    session.set_score("1.1", 4)
    answers.waiting = [choose(OTHER, PASSWORD)]
    window.commands[Command.CHANGE_PASSWORD].trigger()
    assert opens_with(audit_path, OTHER)
    for act, score in ((session.undo, 3), (session.undo, None), (session.redo, 3)):
        act()
        assert session.settle()
        assert session.audit.response(session.key("1.1")).score == score
    answers.waiting = [give(OTHER)]
    window.commands[Command.REMOVE_PASSWORD].trigger()
    assert opens_with(audit_path, None)
    assert "(protected)" not in window.windowTitle()
    session.set_score("1.2", 1)
    assert answers.messages == []
    session.close()
    with AuditFile.open(audit_path) as file:
        audit = file.read()
    assert audit.response(session.key("1.1")).score == 3
    assert audit.response(session.key("1.2")).score == 1


@pytest.mark.parametrize("command", [Command.CHANGE_PASSWORD, Command.REMOVE_PASSWORD])
def test_at_an_open_window_nobody_changes_a_password_that_they_do_not_know(
    command: Command, window: MainWindow, protected: Path, answers: Answers
) -> None:
    answers.waiting = [give(PASSWORD)]
    window.flows.open_path(protected)
    content, told = protected.read_bytes(), list[str]()

    def act(dialog: DialogFrame) -> None:
        if command is Command.REMOVE_PASSWORD:
            give("not this one")(dialog)
        else:
            choose(OTHER, "not this one")(dialog)
        told.append(dialog.problem.text())
        cancel(dialog)

    answers.waiting = [act]
    window.commands[command].trigger()
    assert "that is not its password" in told[0]
    assert protected.read_bytes() == content


def test_what_a_forgotten_password_means_is_said_before(window: MainWindow, answers: Answers) -> None:
    told: list[str] = []

    def act(dialog: DialogFrame) -> None:
        label = dialog.findChild(QCheckBox, "written_down_box")
        assert label is not None
        told.append(label.accessibleDescription())
        for passwords in (("short", "short"), (PASSWORD, OTHER), (PASSWORD, PASSWORD)):
            typed(dialog, new_password_edit=passwords[0], repeated_password_edit=passwords[1])
            press(dialog)
            told.append(dialog.problem.text())
        cancel(dialog)

    answers.waiting = [act]
    window.commands[Command.PROTECT].trigger()
    assert "nobody can open the file again" in told[0]
    assert "too short" in told[1]
    assert "not the same" in told[2]
    assert "Write the password down" in told[3]
    assert not session_of(window).is_protected


@pytest.mark.parametrize("command", [Command.CHANGE_PASSWORD, Command.REMOVE_PASSWORD])
def test_an_audit_without_a_password_says_so(command: Command, window: MainWindow, answers: Answers) -> None:
    assert "has no password" in window.commands[command].statusTip()
    window.commands[command].trigger()
    assert answers.seen == []


def test_a_disk_that_refuses_leaves_the_dialog_open_and_the_audit_as_it_was(
    window: MainWindow, audit_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise NotSaved("the disk is full")

    told: list[str] = []

    def act(dialog: DialogFrame) -> None:
        with monkeypatch.context() as patched:
            patched.setattr("hsb_desktop.store.protection.write_converted", full)
            choose(PASSWORD)(dialog)
        told.append(dialog.problem.text())
        cancel(dialog)

    answers.waiting = [act]
    window.commands[Command.PROTECT].trigger()
    assert told == ["the disk is full"]
    session_of(window).set_score("1.1", 2)
    assert opens_with(audit_path, None)


def test_what_cannot_be_saved_goes_on_in_a_file_with_the_same_password(
    window: MainWindow, protected: Path, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.waiting = [give(PASSWORD)]
    window.flows.open_path(protected)
    session = session_of(window)
    session.set_score("1.1", 2)
    session.save_elsewhere(tmp_path / "copied.hsbaudit")

    def unreadable(*_arguments: object) -> None:
        raise NotSaved("the stick is gone")

    monkeypatch.setattr("hsb_desktop.store.share.save_copy", unreadable)
    session.save_elsewhere(tmp_path / "from memory.hsbaudit")
    assert session.is_protected
    for name in ("copied.hsbaudit", "from memory.hsbaudit"):
        assert opens_with(tmp_path / name, PASSWORD)


# Sharing ----------------------------------------------------------------------------------------------------


def share_as(choice: str) -> Answer:
    def act(dialog: DialogFrame) -> None:
        if choice:
            tick(dialog, choice)
        if choice == "own_password_choice":
            choose(OTHER)(dialog)
        else:
            press(dialog)

    return act


SHARES: dict[str, tuple[bool, str, str | None]] = {
    "plain by default": (False, "", None),
    "plain with a password": (False, "own_password_choice", OTHER),
    "protected by default": (True, "", PASSWORD),
    "protected with another": (True, "own_password_choice", OTHER),
    "protected without": (True, "no_password_choice", None),
}


@pytest.fixture(params=SHARES)
def share(request: pytest.FixtureRequest) -> tuple[bool, str, str | None]:
    return SHARES[request.param]


def test_a_shared_copy_is_protected_as_chosen(
    share: tuple[bool, str, str | None],
    window: MainWindow,
    protected: Path,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_protected, choice, password = share
    out = protected.with_name("shared.hsbaudit")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    if is_protected:
        answers.waiting = [give(PASSWORD)]
        window.flows.open_path(protected)
    answers.waiting = [share_as(choice)]
    window.flows.share()
    assert opens_with(out, password)


EARLIER, TYPIST = "Zebrafinch before", "Scribe Ottoline"


@pytest.mark.parametrize("is_wanted", [False, True])
def test_history_and_authors_are_in_a_shared_copy_only_where_they_are_asked_for(
    is_wanted: bool, window: MainWindow, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(window)
    session.author = TYPIST
    for text in (EARLIER, "What stands there now."):
        session.set_evidence("1.1", text)
        assert session.settle()
        session.author = f"{TYPIST} again"
    out = tmp_path / "shared.hsbaudit"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))

    def answer(dialog: DialogFrame) -> None:
        if is_wanted:
            tick(dialog, "with_history_box")
        press(dialog)

    answers.waiting = [answer]
    window.flows.share()
    content = out.read_bytes()
    assert b"What stands there now." in content
    assert [words.encode() in content for words in (EARLIER, TYPIST)] == [is_wanted, is_wanted]
    with AuditFile.open(out) as copy:
        told = {(entry.author, entry.after) for entry in copy.history()}
        assert ((TYPIST, EARLIER) in told) is is_wanted
        assert copy.check() == ()


def test_a_copy_that_is_asked_for_by_its_name_is_offered_protection_too(
    window: MainWindow, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "data.hsbaudit"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    answers.waiting = [share_as("own_password_choice")]
    window.flows.export_data()
    assert opens_with(out, OTHER)


def test_sharing_can_be_left(window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: asked.append(1))
    answers.waiting = [cancel]
    window.flows.share()
    assert asked == []


# Nowhere else -----------------------------------------------------------------------------------------------


def test_a_password_is_in_no_settings_no_widget_no_undo_and_no_crash_text(
    window: MainWindow, protected: Path, answers: Answers
) -> None:
    answers.waiting = [give("not this one", PASSWORD)]
    window.flows.open_path(protected)
    session = session_of(window)
    session.set_score("1.1", 2)
    answers.waiting = [choose(OTHER, PASSWORD)]
    window.commands[Command.CHANGE_PASSWORD].trigger()
    save_settings(window.settings)
    try:
        AuditFile.open(protected, password=PASSWORD)
    except Exception as error:
        texts = [technical_details(error), repr(error)]
    texts += [settings_path().read_text(encoding="utf-8"), session.undo_text, repr(vars(session))]
    texts += [field.text() for field in QApplication.allWidgets() if isinstance(field, QLineEdit)]
    for word in (PASSWORD, OTHER, "not this one"):
        assert not [text for text in texts if word in text]


@pytest.mark.parametrize("is_protected", [True, False])
def test_the_ring_is_on_the_choice_that_is_made_for_a_shared_copy(qtbot: QtBot, is_protected: bool) -> None:
    dialog = ShareProtectionDialog(is_protected=is_protected)
    qtbot.addWidget(dialog)
    dialog.show()
    focused = dialog.focusWidget()
    assert focused is (dialog.same if is_protected else dialog.none)
