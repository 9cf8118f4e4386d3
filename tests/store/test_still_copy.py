"""A file and its journal are copied as they were at one moment, also while somebody writes them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused
from hsb_desktop.store import still_copy
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.gate import quiet_copy
from hsb_desktop.store.still_copy import copy_still

from .files import bare_audit, make

_WRITER = """
import os, sys, time
first, second, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
until = time.monotonic() + seconds
number = 0
print("writing", flush=True)
while time.monotonic() < until:
    number += 1
    for name in (first, second):
        with open(name, "r+b") as file:
            file.write(b"%08d" % number)
        time.sleep(0.004)
    time.sleep(float(sys.argv[4]))
"""


def _two_files(folder: Path) -> tuple[Path, Path]:
    first, second = folder / "first", folder / "second"
    for name in (first, second):
        name.write_bytes(b"00000000")
    return first, second


@pytest.fixture
def sample_path(tmp_path: Path) -> Path:
    return make(tmp_path / "audit.hsbaudit", bare_audit())


@contextmanager
def _being_written(first: Path, second: Path, *, pause: float) -> Iterator[None]:
    """Write both files in turn, and rest so many seconds between two turns."""
    command = [sys.executable, "-c", _WRITER, str(first), str(second), "20", str(pause)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline()
            yield
        finally:
            writer.kill()


def test_files_that_nobody_writes_are_copied(tmp_path: Path) -> None:
    first, second = _two_files(tmp_path)
    assert copy_still({first: tmp_path / "one", second: tmp_path / "two"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() == b"00000000"


def test_two_files_that_are_being_written_are_copied_of_one_moment(tmp_path: Path) -> None:
    first, second = _two_files(tmp_path)
    with _being_written(first, second, pause=0.1):
        for _ in range(5):
            assert copy_still({first: tmp_path / "one", second: tmp_path / "two"})
            assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_bytes() != b"00000000"


def test_files_that_are_never_left_alone_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still_copy, "_TRIES", 5)
    # On a busy computer the writer may rest for longer than a step of the clock.
    monkeypatch.setattr(still_copy, "_SECONDS_OF_A_CLOCK_STEP", 5.0)
    first, second = _two_files(tmp_path)
    with _being_written(first, second, pause=0):
        assert not copy_still({first: tmp_path / "one", second: tmp_path / "two"})


def test_a_clock_that_runs_ahead_does_not_stop_the_copy(tmp_path: Path) -> None:
    first, second = _two_files(tmp_path)
    tomorrow = time.time() + 86_400
    os.utime(first, (tomorrow, tomorrow))
    assert copy_still({first: tmp_path / "one", second: tmp_path / "two"})


def test_an_audit_that_is_written_all_the_while_is_called_held_and_not_damaged(
    tmp_path: Path, sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still_copy, "_TRIES", 2)
    monkeypatch.setattr(still_copy, "_SECONDS_OF_A_CLOCK_STEP", 3600.0)
    journal = sample_path.with_name(sample_path.name + "-journal")
    journal.write_bytes(b"a journal that is being written")
    with pytest.raises(FileRefused, match="held by another program"), quiet_copy(sample_path):
        pass


def test_a_journal_that_goes_in_the_very_moment_is_no_damage(
    sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = sample_path.with_name(sample_path.name + "-journal")
    journal.write_bytes(b"a journal whose commit ends now")

    def ends(_copies: object) -> bool:
        journal.unlink()
        raise FileNotFoundError(journal)

    monkeypatch.setattr(still_copy, "copy_still", ends)
    with pytest.raises(FileRefused, match="held by another program"):
        AuditFile.open(sample_path)
    monkeypatch.undo()
    AuditFile.open(sample_path).close()
