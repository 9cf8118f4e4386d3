from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hsb_desktop.last_session import note_closed, note_open, take_left_open
from hsb_desktop.settings import user_data_folder


def leave_open(path: Path, times: int = 0) -> None:
    """Let a process note an audit as open and end without closing it."""
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from hsb_desktop.last_session import note_open;"
            "note_open(Path(sys.argv[1]), int(sys.argv[2]))",
            str(path),
            str(times),
        ],
        timeout=60,
        check=True,
    )


def notes() -> list[Path]:
    return sorted((user_data_folder() / "running").glob("*"))


def test_what_a_crash_left_open_is_known_once(tmp_path: Path) -> None:
    leave_open(tmp_path / "Northmoor.hsbaudit")
    left = take_left_open()
    assert left is not None
    assert left.path == tmp_path / "Northmoor.hsbaudit"
    assert left.may_reopen
    assert take_left_open() is None
    assert not notes()


def test_an_audit_that_ended_the_program_right_after_it_was_reopened_is_not_reopened_again(
    tmp_path: Path,
) -> None:
    leave_open(tmp_path / "Northmoor.hsbaudit", times=1)
    left = take_left_open()
    assert left is not None
    assert not left.may_reopen


def test_what_was_closed_is_not_left_open(tmp_path: Path) -> None:
    note_open(tmp_path / "Northmoor.hsbaudit")
    note_closed()
    assert not notes()
    assert take_left_open() is None


def test_what_another_running_program_has_open_is_left_to_it(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from hsb_desktop.last_session import note_open;"
            "note_open(Path(sys.argv[1])); print('noted', flush=True); sys.stdin.read()",
            str(tmp_path / "Northmoor.hsbaudit"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stdout is not None
        assert running.stdout.readline() == "noted\n"
        assert take_left_open() is None
        assert len(notes()) == 1
        running.kill()
    assert take_left_open() is not None


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"path": 1, "process": 1, "started": "", "times": 0}', '{"path": "x"}', "[" * 5000],
)
def test_a_note_that_says_nothing_is_removed(content: str) -> None:
    folder = user_data_folder() / "running"
    folder.mkdir(parents=True)
    (folder / "1.json").write_text(content, encoding="utf-8")
    assert take_left_open() is None
    assert not notes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_a_note_is_for_its_owner_and_holds_a_path_and_no_more(tmp_path: Path) -> None:
    note_open(tmp_path / "Northmoor.hsbaudit")
    (note,) = notes()
    assert note.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(note.read_text(encoding="utf-8"))) == {"path", "process", "started", "times"}


def test_a_disk_that_refuses_costs_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("HSB_AUDIT_HOME", str(tmp_path / "file"))
    note_open(tmp_path / "Northmoor.hsbaudit")
    note_closed()
    assert take_left_open() is None
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
