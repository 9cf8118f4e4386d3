"""Passwords on the command line: from a descriptor or a terminal, and nowhere to be read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from hsb_desktop.operations.password_source import NOBODY_CAN_RECOVER_IT
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.settings import settings_path
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import make_backup
from hsb_desktop.store.backup_folder import BackupReason
from tests.test_cli import environment

PASSWORD, OTHER = "Heron under ŵillow 7", "a quite different one"

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Python hands no descriptors to a new process there"),
    pytest.mark.real_keys,
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an audit that is protected and one that is not, for each test to copy."""
    folder = tmp_path_factory.mktemp("made")
    AuditFile.create(folder / "plain.hsbaudit", sample_audit()).close()
    AuditFile.create(folder / "protected.hsbaudit", sample_audit(), PASSWORD).close()
    return folder


@pytest.fixture
def plain(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made / "plain.hsbaudit", tmp_path))


@pytest.fixture
def protected(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made / "protected.hsbaudit", tmp_path))


def run(*arguments: object, lines: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
    """Start the real program; `lines` come from a descriptor that takes the place of FD in the arguments."""
    read_end, write_end = os.pipe()
    if lines is not None:
        os.write(write_end, lines if isinstance(lines, bytes) else lines.encode())
    os.close(write_end)
    words = [str(read_end) if word == "FD" else str(word) for word in arguments]
    try:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "hsb_desktop.cli", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            pass_fds=[read_end],
            env=environment(PYTHONIOENCODING="utf-8"),
            timeout=60,
            check=False,
        )
    finally:
        os.close(read_end)


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode == 1, result
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    for word in words:
        assert word in result.stderr


def opens_with(path: Path, password: str | None) -> bool:
    with AuditFile.open(path, read_only=True, password=password) as file:
        return file.is_protected is (password is not None)


def test_every_command_opens_a_protected_file_with_a_password_from_a_descriptor(
    protected: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("statement,evidence\n1.1,New words\n", encoding="utf-8")
    for command in (
        ("show", protected),
        ("check", protected),
        ("export", protected, "-o", tmp_path / "out.json"),
        ("import", protected, rows),
    ):
        result = run(*command, "--password-fd", "FD", lines=f"{PASSWORD}\n")
        assert (result.returncode, result.stderr) == (0, ""), command
        assert PASSWORD not in result.stdout


@pytest.mark.parametrize("lines", [PASSWORD, f"{PASSWORD}\n", f"{PASSWORD}\r\n", f"{PASSWORD}\nmore\n"])
def test_the_password_ends_with_its_line(lines: str, protected: Path) -> None:
    assert run("check", protected, "--password-fd", "FD", lines=lines).returncode == 0


@pytest.mark.parametrize("command", ["show", "check", "unprotect", "rekey"])
def test_without_a_password_and_a_terminal_it_is_exit_1(command: str, protected: Path) -> None:
    content = protected.read_bytes()
    refused(run(command, protected), "protected with a password", "--password-fd")
    assert protected.read_bytes() == content


@pytest.mark.parametrize("command", ["show", "check", "unprotect", "rekey"])
def test_a_wrong_password_is_exit_1_and_nothing_is_changed(command: str, protected: Path) -> None:
    content = protected.read_bytes()
    result = run(command, protected, "--password-fd", "FD", lines="not this one\n")
    refused(result, "wrong password, or damaged at its start")
    assert "not this one" not in result.stderr
    assert protected.read_bytes() == content


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [("", "No password came"), ("\n", "No password came"), (b"\xff\n", "UTF-8"), ("x" * 5000, "too long")],
)
def test_what_is_no_password_is_said(lines: str | bytes, sentence: str, protected: Path) -> None:
    refused(run("show", protected, "--password-fd", "FD", lines=lines), sentence)


def test_a_descriptor_that_is_not_open_is_said(protected: Path) -> None:
    refused(run("show", protected, "--password-fd", "77"), "descriptor 77 cannot be read")


@pytest.mark.parametrize("option", ["--password-fd", "--new-password-fd"])
def test_protect(option: str, plain: Path) -> None:
    result = run("protect", plain, option, "FD", lines=f"{PASSWORD}\n")
    assert result.returncode == 0
    assert "Nobody can open it without the password" in result.stdout
    assert opens_with(plain, PASSWORD)


def test_protect_without_a_password_and_a_terminal_is_exit_1(plain: Path) -> None:
    refused(run("protect", plain), "--new-password-fd")
    assert opens_with(plain, None)


def test_a_short_password_is_refused(plain: Path) -> None:
    refused(run("protect", plain, "--new-password-fd", "FD", lines="short\n"), "8 characters")
    assert opens_with(plain, None)


def test_what_is_protected_is_not_protected_again_but_rekeyed(protected: Path) -> None:
    refused(
        run("protect", protected, "--new-password-fd", "FD", lines=f"{OTHER}\n"), "protected already", "rekey"
    )
    assert opens_with(protected, PASSWORD)


def test_rekey_takes_both_passwords_from_one_descriptor(protected: Path) -> None:
    options = ("--password-fd", "FD", "--new-password-fd", "FD")
    result = run("rekey", protected, *options, lines=f"{PASSWORD}\n{OTHER}\n")
    assert (result.returncode, result.stderr) == (0, "")
    assert opens_with(protected, OTHER)


def test_unprotect(protected: Path) -> None:
    assert run("unprotect", protected, "--password-fd", "FD", lines=PASSWORD).returncode == 0
    assert opens_with(protected, None)


@pytest.mark.parametrize("command", [("unprotect",), ("rekey", "--new-password-fd", "FD")])
def test_what_has_no_password_keeps_having_none(command: tuple[str, ...], plain: Path) -> None:
    name, *options = command
    refused(run(name, plain, *options, lines=f"{OTHER}\n"), "is not protected")
    assert opens_with(plain, None)


def test_a_new_audit_can_be_protected_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "new.hsbaudit"
    result = run("new", path, "--area", "Northmoor", "--password-fd", "FD", lines=PASSWORD)
    assert result.returncode == 0
    assert opens_with(path, PASSWORD)
    assert b"Northmoor" not in path.read_bytes()


def test_a_copy_to_share_is_protected_as_the_audit_is_or_with_a_password_of_its_own(
    plain: Path, protected: Path, tmp_path: Path
) -> None:
    out = tmp_path / "copy.hsbaudit"
    export = ("export", "-o", out)
    run(*export, protected, "--password-fd", "FD", lines=PASSWORD)
    assert opens_with(out, PASSWORD)
    run(*export, plain, "--new-password-fd", "FD", lines=OTHER)
    assert opens_with(out, OTHER)
    result = run("export", plain, "-o", tmp_path / "a.pdf", "--new-password-fd", "FD", lines=OTHER)
    assert result.returncode == 2
    assert "only a .hsbaudit can be protected" in result.stderr


def test_a_password_is_in_no_process_list_and_no_settings(protected: Path) -> None:
    read_end, write_end = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "hsb_desktop.cli", "show", str(protected), "--password-fd", str(read_end)],
        pass_fds=[read_end],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=environment(),
    ) as process:
        os.close(read_end)
        os.write(write_end, PASSWORD.encode()[:4])
        if sys.platform == "linux":
            for name in ("cmdline", "environ"):
                assert PASSWORD.encode() not in Path(f"/proc/{process.pid}/{name}").read_bytes()
        os.write(write_end, PASSWORD.encode()[4:])
        os.close(write_end)
        process.communicate()
    assert process.returncode == 0
    assert not settings_path().exists() or PASSWORD not in settings_path().read_text(encoding="utf-8")


# At a terminal ----------------------------------------------------------------------------------------------


def at_a_terminal(arguments: tuple[object, ...], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Start the program at a terminal, give each answer after its question; return exit code and screen."""
    import pty

    terminal, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "hsb_desktop.cli", *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(PYTHONIOENCODING="utf-8"),
        start_new_session=True,
    )
    os.close(theirs)
    screen = b""
    end = time.monotonic() + 30
    waiting = list(answers)
    while time.monotonic() < end:
        with suppress(OSError):  # Linux says so at the end
            read = os.read(terminal, 1000)
            screen += read
            if waiting and waiting[0][0].encode() in screen.rpartition(b"\n")[2]:
                _, answer = waiting.pop(0)
                time.sleep(0.05)  # the question is printed before the echo is switched off
                os.write(terminal, f"{answer}\n".encode())
            if read:
                continue
        break
    process.wait()
    os.close(terminal)
    return process.returncode, screen.decode()


def test_a_password_is_asked_for_at_a_terminal_and_not_shown(protected: Path) -> None:
    code, screen = at_a_terminal(("check", protected), [("Password of", PASSWORD)])
    assert code == 0, screen
    assert "is whole" in screen
    assert PASSWORD not in screen


def test_going_back_asks_for_the_password_also_where_the_protected_audit_is_gone(protected: Path) -> None:
    with AuditFile.open(protected, password=PASSWORD) as file:
        version = make_backup(file, BackupReason.DAY).name
    protected.unlink()
    code, screen = at_a_terminal(("backups", protected, "--restore", version), [("Password of", PASSWORD)])
    assert code == 0, screen
    assert PASSWORD not in screen
    assert opens_with(protected, PASSWORD)


def test_a_wrong_password_at_a_terminal_is_refused(protected: Path) -> None:
    code, screen = at_a_terminal(("check", protected), [("Password of", "not this one")])
    assert code == 1
    assert "wrong password, or damaged at its start" in screen


def test_a_new_password_is_asked_for_twice_after_what_forgetting_it_means(plain: Path) -> None:
    answers = [("New password", PASSWORD), ("once more", PASSWORD)]
    code, screen = at_a_terminal(("protect", plain), answers)
    assert code == 0, screen
    assert NOBODY_CAN_RECOVER_IT in " ".join(screen.split())
    assert screen.index("forgotten") < screen.index("New password")
    assert PASSWORD not in screen
    assert opens_with(plain, PASSWORD)


def test_two_different_new_passwords_change_nothing(plain: Path) -> None:
    code, screen = at_a_terminal(("protect", plain), [("New password", PASSWORD), ("once more", OTHER)])
    assert code == 1
    assert "not the same" in screen
    assert opens_with(plain, None)


def test_a_damaged_protected_file_is_rescued_with_its_password_into_a_protected_one(
    protected: Path, tmp_path: Path
) -> None:
    page, content, out = 4096, protected.read_bytes(), tmp_path / "out.hsbaudit"
    middle = len(content) // page // 2 * page
    protected.write_bytes(content[:middle] + bytes(page) + content[middle + page :])
    refused(run("rescue", protected, "-o", out), "protected with a password")
    assert not out.exists()
    done = run("rescue", protected, "-o", out, "--password-fd", "FD", lines=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    assert "could be read" in done.stdout
    assert opens_with(out, PASSWORD)
