"""One writer: who holds an audit is known, a lock left behind clears itself, nobody's file is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from hsb_desktop.errors import FileInUse, HsbError, TakenOver
from hsb_desktop.processes import computer_name, is_gone, process_space, started
from hsb_desktop.store import lock
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import DatabaseError
from hsb_desktop.store.lock_file import Holder, lock_path_of, read_lock, write_lock

from .files import SCORE, change_set, make
from .second_process import SecondProcess, second_process


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "audit.hsbaudit")


def lock_of(path: Path) -> Path:
    return lock_path_of(path.resolve())


def holder_of(path: Path) -> Holder:
    found = read_lock(lock_of(path))
    assert isinstance(found, Holder)
    return found


def score_in(path: Path) -> object:
    with AuditFile.open(path, read_only=True) as file:
        return file.read().value(SCORE)


def set_score(file: AuditFile, score: int) -> None:
    file.apply(change_set((SCORE, file.read().value(SCORE), score)))


# One writer -----------------------------------------------------------------------------------------------


def test_a_second_program_is_told_who_has_the_file_where_and_since_when(path: Path) -> None:
    with second_process(path, "Chair Winterbourne") as other:
        assert other.said == "open"
        before = path.read_bytes()
        with pytest.raises(FileInUse) as refused:
            AuditFile.open(path)
        assert refused.value.who == "Chair Winterbourne"
        assert refused.value.computer == computer_name()
        assert refused.value.since.endswith("+00:00")
        assert "Chair Winterbourne" in str(refused.value)
        assert path.read_bytes() == before
    AuditFile.open(path).close()


def test_a_file_in_use_can_be_read_meanwhile(path: Path) -> None:
    with second_process(path) as other:
        assert other.said == "open"
        with AuditFile.open(path, read_only=True) as file:
            assert file.is_read_only
            assert file.read().instrument.statements
    assert not lock_of(path).exists()


def test_closing_takes_the_lock_away_and_reading_makes_none(path: Path) -> None:
    with AuditFile.open(path):
        assert lock_of(path).exists()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    with AuditFile.open(path, read_only=True):
        assert not lock_of(path).exists()


def test_opening_twice_in_one_process_shares_the_lock_until_the_last_is_closed(path: Path) -> None:
    one, two = AuditFile.open(path), AuditFile.open(path)
    one.close()
    with second_process(path) as other:
        assert other.said.startswith("FileInUse")
    two.close()
    with second_process(path) as other:
        assert other.said == "open"


def test_the_lock_says_who_is_typing_as_soon_as_that_is_known(path: Path) -> None:
    with AuditFile.open(path) as file:
        since = holder_of(path).since
        file.sign_lock("Scribe Ottoline")
        assert (holder_of(path).who, holder_of(path).since) == ("Scribe Ottoline", since)
        set_score(file, 3)
    assert not lock_of(path).exists()


def test_of_many_that_open_a_file_at_once_exactly_one_writes(path: Path) -> None:
    for round_ in range(2):
        if round_:
            # The lock of a process that crashed must not let two in.
            crashed = SecondProcess(path, "", take_over=False)
            assert crashed.said == "open"
            crashed.kill()
        racers = [SecondProcess(path, f"racer {number}", take_over=False) for number in range(5)]
        said = [racer.said for racer in racers]
        for racer in racers:
            racer.close()
        assert sum(words == "open" for words in said) == 1, said
        assert sum(words.startswith("FileInUse") for words in said) == 4, said


OPENS_AGAIN_AND_AGAIN = """
import os, random, sys
from pathlib import Path
from hsb_desktop.errors import FileInUse
from hsb_desktop.store.audit_file import AuditFile
path, inside, turns = Path(sys.argv[1]), Path(sys.argv[2]), 0
chance = random.Random(sys.argv[3])
for _ in range(60):
    try:
        file = AuditFile.open(path)
    except FileInUse:
        continue
    os.close(os.open(inside, os.O_CREAT | os.O_EXCL))  # fails where two are in at once
    turns += 1
    inside.unlink()
    if chance.random() < 0.02:
        os._exit(100 + turns)  # as a crash would: the lock stays
    file.close()
os._exit(100 + turns)
"""


def test_two_are_never_in_at_once_however_often_they_come_and_crash(path: Path, tmp_path: Path) -> None:
    inside = tmp_path / "somebody is in"
    racers = [
        subprocess.Popen([sys.executable, "-c", OPENS_AGAIN_AND_AGAIN, str(path), str(inside), str(number)])
        for number in range(4)
    ]
    turns = [racer.wait() for racer in racers]
    assert not inside.exists()
    # Below 100 it was an error that ended one.
    assert min(turns) >= 100, turns
    assert sum(turns) > 4 * 100 + 4, turns


# While another program holds the database ---------------------------------------------------------------

HOLDS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_program_that_holds_the_database_is_not_waited_for_at_opening(path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        began = time.monotonic()
        with AuditFile.open(path) as file:
            assert time.monotonic() - began < 2
            assert file.read().instrument.statements
            assert holder_of(path).pid == os.getpid()
    finally:
        holder.communicate("\n")
    assert not lock_of(path).exists()


# Locks left behind ----------------------------------------------------------------------------------------


def test_the_lock_of_a_killed_process_clears_itself(path: Path) -> None:
    other = SecondProcess(path, "Gone", take_over=False)
    assert other.said == "open"
    other.kill()
    assert lock_of(path).exists()
    with AuditFile.open(path) as file:
        set_score(file, 4)
        assert holder_of(path).pid == os.getpid()
    assert not lock_of(path).exists()


def rewritten(path: Path, **changes: object) -> None:
    """Change what the lock beside a file says."""
    place = lock_of(path)
    place.write_text(json.dumps(json.loads(place.read_text()) | changes))


def test_a_number_that_another_process_was_given_since_is_no_holder(path: Path) -> None:
    with second_process(path) as other:
        assert other.said == "open"
        left = lock_of(path).read_text()
    lock_of(path).write_text(left)
    rewritten(path, pid=os.getppid(), began="another start")
    if sys.platform == "linux":
        AuditFile.open(path).close()


def test_the_lock_of_another_computer_is_asked_about(path: Path) -> None:
    other = SecondProcess(path, "Far Away", take_over=False)
    assert other.said == "open"
    other.kill()
    for changes in ({"computer": "LAPTOP-7"}, {"key": "of another of the same name"}):
        rewritten(path, **changes)
        with pytest.raises(FileInUse, match="Far Away"):
            AuditFile.open(path)
    with AuditFile.open(path, take_over=True) as file:
        set_score(file, 1)
    assert not lock_of(path).exists()


@pytest.mark.parametrize("torn", [b"", b'{"hsb_audit', b'{"hsb_audit_lock": "x", "who": 7', bytes(80)])
def test_a_lock_left_half_written_is_asked_about(path: Path, torn: bytes) -> None:
    lock_of(path).write_bytes(torn)
    with pytest.raises(FileInUse, match="by somebody else"):
        AuditFile.open(path)
    assert lock_of(path).read_bytes() == torn
    AuditFile.open(path, take_over=True).close()


def test_what_a_lock_says_is_shown_as_one_short_line(path: Path) -> None:
    words = "<b>Ann</b>\n\x1b[31m" + "x" * 500
    lock_of(path).write_text(
        json.dumps({"hsb_audit_lock": "1", "who": words, "since": "yesterday", "pid": -1})
    )
    with pytest.raises(FileInUse) as refused:
        AuditFile.open(path)
    assert refused.value.who.startswith("<b>Ann</b>[31mx")
    assert len(refused.value.who) == 120
    assert "\n" not in str(refused.value)


# What is not ours -----------------------------------------------------------------------------------------


def a_folder(place: Path) -> None:
    place.mkdir()
    (place / "kept").write_text("kept")


def a_link(place: Path) -> None:
    target = place.with_name("private diary")
    target.write_text("kept")
    place.symlink_to(target)


def a_dead_link(place: Path) -> None:
    place.symlink_to(place.with_name("nowhere"))


def a_huge_file(place: Path) -> None:
    place.write_bytes(b'{"hsb_audit_lock": "' + b"x" * 100_000)


def a_strange_file(place: Path) -> None:
    place.write_text("kept")


def everything_in(folder: Path) -> dict[str, bytes]:
    names = (entry for entry in folder.rglob("*") if entry.suffix != ".hsbaudit")
    return {str(entry): entry.read_bytes() if entry.is_file() else b"" for entry in names}


@pytest.mark.parametrize("lay", [a_folder, a_link, a_dead_link, a_huge_file, a_strange_file])
@pytest.mark.parametrize("take_over", [False, True])
def test_what_is_not_a_lock_of_ours_is_never_touched(
    path: Path, lay: Callable[[Path], None], take_over: bool
) -> None:
    if sys.platform == "win32" and "link" in lay.__name__:
        pytest.skip("making a link needs a right there")
    lay(lock_of(path))
    before = everything_in(path.parent)
    with AuditFile.open(path, take_over=take_over) as file:
        set_score(file, 2)
    assert everything_in(path.parent) == before
    assert score_in(path) == 2


def test_where_no_lock_can_be_made_the_audit_opens_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open = os.open

    def no_new_file(name: str, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT:
            raise PermissionError
        return real_open(name, flags, *rest)

    monkeypatch.setattr("hsb_desktop.store.lock_file.os.open", no_new_file)
    with AuditFile.open(path) as file:
        set_score(file, 2)
        assert not lock_of(path).exists()
    assert score_in(path) == 2


def test_a_lock_that_another_computer_makes_at_the_same_moment_is_not_overlooked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_write = write_lock

    def a_moment_too_late(place: Path, *arguments: Any, **options: Any) -> Holder:
        place.write_text(json.dumps({"hsb_audit_lock": "1", "who": "Ann", "computer": "LAPTOP-7", "pid": 7}))
        return real_write(place, *arguments, **options)

    monkeypatch.setattr(lock, "write_lock", a_moment_too_late)
    with pytest.raises(FileInUse, match="Ann"):
        AuditFile.open(path)
    assert holder_of(path).who == "Ann"


# Names ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a #1 %20?.hsbaudit", "Prüfung ŵ ✓.hsbaudit", "x" * 235 + ".hsbaudit"])
def test_a_name_may_be_odd_or_long(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name)
    with second_process(path) as other:
        assert other.said == "open"
        with pytest.raises(FileInUse):
            AuditFile.open(path)


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_two_names_of_one_file_have_one_lock(path: Path, link: Callable[[Path, Path], None]) -> None:
    for name in ("0 other name.hsbaudit", "z other name.hsbaudit"):
        other_name = path.with_name(name)
        with second_process(path) as other:
            assert other.said == "open"
            link(path, other_name)
            with pytest.raises(FileInUse):
                AuditFile.open(other_name)
        with second_process(other_name) as other:
            assert other.said == "open"
            with pytest.raises(FileInUse):
                AuditFile.open(path)


# Taking over ----------------------------------------------------------------------------------------------


def test_a_take_over_is_noticed_by_the_former_owner_before_its_next_write(path: Path) -> None:
    with AuditFile.open(path) as file:
        set_score(file, 1)
        with second_process(path, "Ann", take_over=True) as other:
            assert other.said == "open"
            with pytest.raises(TakenOver) as refused:
                file.apply(change_set((SCORE, 1, 4)))
            assert refused.value.who == "Ann"
            assert "Ann" in str(refused.value)
            assert file.read_anew().value(SCORE) == 1
            assert file.is_read_only
            with pytest.raises(HsbError):
                file.apply(change_set((SCORE, 1, 4)))
        assert score_in(path) == 1


def test_the_former_owner_leaves_the_lock_of_its_successor_alone(path: Path) -> None:
    file = AuditFile.open(path)
    with second_process(path, "Ann", take_over=True) as other:
        assert other.said == "open"
        file.close()
        assert holder_of(path).who == "Ann"


def test_once_the_successor_has_closed_the_former_owner_may_write_again(path: Path) -> None:
    with AuditFile.open(path) as file:
        with second_process(path, take_over=True) as other:
            assert other.said == "open"
        set_score(file, 4)
        assert holder_of(path).pid == os.getpid()
    assert score_in(path) == 4


# Processes ------------------------------------------------------------------------------------------------


def test_a_running_process_is_not_gone_and_one_of_another_container_cannot_be_told() -> None:
    own = os.getpid()
    assert not is_gone(own, started(own), process_space())
    assert not is_gone(own, "", "")
    if sys.platform == "linux":
        boot = process_space().partition(" ")[0]
        assert is_gone(own, "another start", process_space())
        assert not is_gone(own, "another start", f"{boot} another container")
        assert is_gone(own, "another start", "another boot of this computer")


def test_a_file_that_cannot_be_reached_at_its_closing_leaves_no_lock(path: Path) -> None:
    file = AuditFile.open(path)
    file.connection.close()
    with suppress(*DatabaseError):
        file.close()
    assert not lock_path_of(path.resolve()).exists()
