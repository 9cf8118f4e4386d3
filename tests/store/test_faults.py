"""A small sample of the faults of disks, media and programs: nothing acknowledged is lost, all is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hsb_desktop.errors import NotSaved, OutputRefused
from hsb_desktop.store import audit_file as audit_file_module
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection
from hsb_desktop.store.schema import create_schema
from hsb_desktop.store.share import save_copy
from tests.store.files import EVIDENCE, SCORE, bare_audit, change_set, make

ROOT = Path(__file__).resolve().parents[2]
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run(command: list[str], code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*command, sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )


# Killed -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and a signal that cannot be caught")
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    program = Path(__file__).with_name("kill_rounds.py")
    done = subprocess.run(
        [sys.executable, str(program), str(path), "20", "1"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.hsbaudit"]


# Full -------------------------------------------------------------------------------------------------------


def no_more_pages(connection: Connection) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_is_said_and_file_history_and_visit_are_as_before(tmp_path: Path) -> None:
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        file.apply(change_set((EVIDENCE, None, "words")), visit=1)
        no_more_pages(file.connection)
        content, audit, history = file.path.read_bytes(), file.read(), file.history()
        for _ in range(2):
            with pytest.raises(NotSaved, match="the disk is full"):
                file.apply(change_set((EVIDENCE, "words", "words " * 50_000)), visit=1)
            assert file.path.read_bytes() == content
            assert (file.read(), file.history()) == (audit, history)
        file.connection.execute("PRAGMA max_page_count = 1000000")
        file.apply(change_set((EVIDENCE, "words", "words " * 50_000)), visit=1)
        assert file.check() == ()
        assert len(file.history()) == 1


def test_a_disk_that_is_full_when_a_file_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create_on_full_disk(connection: Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1")
        create_schema(connection)

    monkeypatch.setattr(audit_file_module, "create_schema", create_on_full_disk)
    with pytest.raises(OutputRefused, match="the disk is full"):
        AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit())
    assert list(tmp_path.iterdir()) == []


ON_A_SMALL_DISK = """
import subprocess, sys
from pathlib import Path
folder = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)], check=True)
from hsb_desktop.errors import NotSaved, OutputRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy
from tests.store.files import EVIDENCE, SCORE, bare_audit, change_set
path = folder / "audit.hsbaudit"
with AuditFile.create(path, bare_audit()) as file:
    text = None
    for size in range(1, 10_000):
        longer = "words " * size * 100
        try:
            file.apply(change_set((EVIDENCE, text, longer)), visit=1)
        except NotSaved as error:
            print(error)
            break
        text = longer
    assert file.read().value(EVIDENCE) == text and file.check() == ()
    try:
        save_copy(file, folder / "copy.hsbaudit")
    except OutputRefused as error:
        print(error)
    names = sorted(entry.name for entry in folder.iterdir())
    assert names == [".audit.hsbaudit.lock", "audit.hsbaudit", "audit.hsbaudit-journal"], names
    file.apply(change_set((EVIDENCE, text, None)))
with AuditFile.open(path) as file:
    assert file.read().value(EVIDENCE) is None
    file.apply(change_set((SCORE, None, 3)))
print("survived")
"""


def test_a_disk_that_really_is_full_loses_nothing(tmp_path: Path) -> None:
    if not (is_root() and shutil.which("unshare") and shutil.which("mount")):
        pytest.skip("needs the right to mount a small disk")
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this computer does not allow a mount of one's own")
    done = run(["unshare", "--mount"], ON_A_SMALL_DISK, tmp_path)
    assert done.stdout.splitlines()[-1:] == ["survived"], done.stderr
    assert "Not saved: the disk is full" in done.stdout
    assert "copy.hsbaudit could not be written" in done.stdout


# Read-only --------------------------------------------------------------------------------------------------


def test_a_file_opened_for_reading_only_is_never_written(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    content = path.read_bytes()
    with AuditFile.open(path, read_only=True) as file:
        assert file.is_read_only
        with pytest.raises(NotSaved, match=r"open for reading only\. Save a copy"):
            file.apply(change_set((SCORE, None, 3)))
    assert path.read_bytes() == content


AS_AN_ORDINARY_USER = """
import sys
from pathlib import Path
from hsb_desktop.errors import FileRefused, HsbError, NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy
from tests.store.files import SCORE, bare_audit, change_set
locked, own = map(Path, sys.argv[1:])
for name in ("read-only file", "file in a read-only folder"):
    path = locked / name / "audit.hsbaudit"
    with AuditFile.open(path) as file:
        assert file.is_read_only, name
        assert file.read() == bare_audit()
        try:
            file.apply(change_set((SCORE, None, 3)))
        except NotSaved as error:
            print(error)
        save_copy(file, own / f"{name}.hsbaudit")
    with AuditFile.open(own / f"{name}.hsbaudit") as copy:
        copy.apply(change_set((SCORE, None, 3)))
for path in (locked / "unreadable file" / "audit.hsbaudit", locked / "unreadable folder" / "audit.hsbaudit"):
    for attempt in (AuditFile.open, lambda path: AuditFile.create(path, bare_audit())):
        try:
            attempt(path)
        except HsbError as error:
            print(error)
try:
    save_copy(AuditFile.open(own / "read-only file.hsbaudit"), locked / "read-only file" / "copy.hsbaudit")
except HsbError as error:
    print(error)
print("done")
"""


@pytest.fixture
def folder_for_all() -> Iterator[Path]:
    """A folder that another user can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_an_ordinary_user_reads_what_may_not_be_written_and_is_told_what_may_not_be_read(
    folder_for_all: Path,
) -> None:
    command: list[str] = []
    if is_root():
        if shutil.which("setpriv") is None:
            pytest.skip("not run: for root a read-only folder is no fault, and there is no setpriv")
        command = [*NOBODY]
        if run(command, "import hsb_desktop, sqlcipher3").returncode:
            pytest.skip("not run: an ordinary user cannot start this Python")
    modes = {
        "read-only file": (0o555, 0o444),
        "file in a read-only folder": (0o555, 0o666),
        "unreadable file": (0o755, 0o000),
        "unreadable folder": (0o000, 0o644),
    }
    own = folder_for_all / "own"
    own.mkdir()
    own.chmod(0o777)
    for name, (folder_mode, file_mode) in modes.items():
        folder = folder_for_all / name
        folder.mkdir()
        make(folder / "audit.hsbaudit", bare_audit()).chmod(file_mode)
        folder.chmod(folder_mode)
    done = run(command, AS_AN_ORDINARY_USER, folder_for_all, own)
    lines = done.stdout.splitlines()
    assert lines[-1:] == ["done"], done.stderr
    for line, words in zip(
        lines,
        [
            "open for reading only",
            "open for reading only",
            "cannot be read: Permission denied",
            "exists already",
            "cannot be read: Permission denied",
            "could not be written",
            "could not be written",
        ],
        strict=False,
    ):
        assert words in line, line
    assert len(lines) == 8


def test_a_file_that_vanished_while_it_was_open_is_not_made_again_empty(tmp_path: Path) -> None:
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        file.apply(change_set((SCORE, None, 3)))
        kept = file.read()
        save_copy(file, tmp_path / "elsewhere.hsbaudit")
        file.path.unlink()
    assert not (tmp_path / "audit.hsbaudit").exists()
    with AuditFile.open(tmp_path / "elsewhere.hsbaudit") as copy:
        assert copy.read() == kept
