from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hsb_desktop.process import ProcessId, private_temporary_folder, remove_leftovers, this_process
from hsb_desktop.processes import started
from hsb_desktop.settings import user_data_folder

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells it in files")


def in_a_process(code: str, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HSB_AUDIT_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def test_this_process_is_running() -> None:
    assert this_process().is_running


def test_a_process_that_has_ended_is_not_running(tmp_path: Path) -> None:
    number, started = in_a_process(
        "from hsb_desktop.process import this_process as t; print(t().number, t().started)", tmp_path
    ).partition(" ")[::2]
    assert not ProcessId(int(number), started).is_running


@linux_only
def test_a_later_process_with_the_same_number_is_another_one() -> None:
    assert not ProcessId(os.getpid(), "1").is_running


@linux_only
def test_a_killed_process_that_only_waits_to_be_forgotten_is_not_running() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with child:
        born = ProcessId(child.pid, started(child.pid))
        assert born.is_running
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert not born.is_running


@pytest.mark.parametrize("number", [0, -1, 1 << 40])
def test_a_number_that_is_no_process_is_not_running(number: int) -> None:
    assert not ProcessId(number, "").is_running


@linux_only
def test_no_core_dump_is_written(tmp_path: Path) -> None:
    told = in_a_process(
        "import ctypes, resource\n"
        "from hsb_desktop.process import keep_memory_private\n"
        "keep_memory_private()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))",
        tmp_path,
    )
    assert told == "(0, 0) 0"


def test_temporary_files_go_to_a_folder_for_its_owner_and_go_at_the_end(tmp_path: Path) -> None:
    place, mode = in_a_process(
        "import os, tempfile\n"
        "from hsb_desktop.process import use_private_temporary_folder\n"
        "use_private_temporary_folder()\n"
        "open(os.path.join(tempfile.gettempdir(), 'words'), 'w').write('x')\n"
        "print(tempfile.gettempdir(), oct(os.stat(tempfile.gettempdir()).st_mode & 0o777))",
        tmp_path,
    ).rsplit(" ", 1)
    assert Path(place).is_relative_to(tmp_path)
    assert sys.platform == "win32" or mode == "0o700"
    assert not Path(place).exists()


def test_before_the_first_paint_there_is_a_private_folder_too_for_whoever_asks(tmp_path: Path) -> None:
    told = in_a_process(
        "import os\n"
        "from hsb_desktop.process import private_temporary_folder\n"
        "folder = private_temporary_folder()\n"
        "(folder / 'words').write_text('x')\n"
        "assert private_temporary_folder() == folder\n"
        "print(folder, oct(folder.stat().st_mode & 0o777))",
        tmp_path,
    )
    place, mode = told.rsplit(" ", 1)
    assert Path(place).is_relative_to(tmp_path)
    assert sys.platform == "win32" or mode == "0o700"
    assert not Path(place).exists()


def test_where_the_disk_refuses_a_private_folder_there_is_none() -> None:
    user_data_folder().mkdir(parents=True)
    (user_data_folder() / "temporary").write_text("a file where the folder should be")
    assert private_temporary_folder() is None


def test_the_temporary_files_of_a_crash_go_at_the_next_start_and_those_of_others_stay() -> None:
    folder = user_data_folder() / "temporary"
    own = folder / str(os.getpid())
    gone = folder / "4194304000"
    for each in (own, gone):
        each.mkdir(parents=True)
        (each / "words").write_text("x", encoding="utf-8")
    remove_leftovers()
    assert own.exists()
    assert not gone.exists()
