"""Files protected with a password: nothing of them can be read without it, and nothing is lost on the way."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from hsb_desktop.errors import (
    FileRefused,
    InputRefused,
    NotSaved,
    OutputRefused,
    PasswordNeeded,
    WrongPassword,
)
from hsb_desktop.store import connection as store_connection
from hsb_desktop.store import gate, protection, share
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection, journal_of, open_for_writing
from hsb_desktop.store.protection import change_protection, protect, rekey, reprotect, unprotect
from hsb_desktop.store.schema import USER_VERSION
from hsb_desktop.store.share import save_copy, share_copy
from hsb_desktop.values import Subject, ValueAddress
from tests.examples import FULL
from tests.store.files import AUTHOR, EVIDENCE, SCORE, WAVE, agreed, ask, change_set, full_audit, make

PASSWORD, OTHER = "Heron under ŵillow 7", "a quite different one"
SECRET = "Quokka was named here"
WORDS = (SECRET, "Northmoor", "Evidence 3", AUTHOR, "CREATE TABLE", "SQLite format 3", PASSWORD)


def protected(path: Path) -> Path:
    """A closed protected file with an edit in its history."""
    with AuditFile.create(path, full_audit(), PASSWORD) as file:
        file.apply(change_set((EVIDENCE, full_audit().value(EVIDENCE), SECRET)))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    return protected(tmp_path / "own" / "audit.hsbaudit")


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    (tmp_path / "plain").mkdir()
    path = make(tmp_path / "plain" / "audit.hsbaudit")
    with AuditFile.open(path) as file:
        file.apply(change_set((EVIDENCE, full_audit().value(EVIDENCE), SECRET)))
    return path


def readable_words(folder: Path) -> list[str]:
    content = b"".join(entry.read_bytes() for entry in folder.iterdir() if entry.is_file())
    return [words for words in WORDS if words.encode() in content]


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def everything(path: Path, password: str | None) -> tuple[object, ...]:
    with AuditFile.open(path, read_only=True, password=password) as file:
        assert file.check() == ()
        return file.read(), file.history()


# What others can read ---------------------------------------------------------------------------------------


def test_nothing_of_a_protected_file_can_be_read_without_its_password(path: Path) -> None:
    assert readable_words(path.parent) == []
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT * FROM audit").fetchone()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 program is not installed here")
def test_the_sqlite_program_cannot_open_a_protected_file(path: Path) -> None:
    told = subprocess.run(["sqlite3", str(path), ".dump"], capture_output=True, text=True, check=False)
    assert "Northmoor" not in told.stdout
    assert "not a database" in told.stderr + told.stdout


def test_a_file_without_a_password_opens_in_any_tool(plain: Path) -> None:
    assert ask(plain, "SELECT area FROM audit") == [("Northmoor",)]


def test_nothing_can_be_read_in_the_journal_of_a_protected_file(path: Path) -> None:
    with AuditFile.open(path, password=PASSWORD) as file:
        connection = file.connection
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE response_text SET text = text || ?", (SECRET,))
        assert journal_of(path).stat().st_size > 4096
        assert readable_words(path.parent) == []
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("copy", [save_copy, share_copy])
def test_a_copy_is_protected_as_the_audit_is(
    copy: Callable[[AuditFile, Path], None], path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "copy.hsbaudit"
    out.parent.mkdir()
    with AuditFile.open(path, password=PASSWORD) as file:
        copy(file, out)
        held = file.read()
    assert readable_words(out.parent) == []
    assert names(out.parent) == ["copy.hsbaudit"]
    with AuditFile.open(out, password=PASSWORD) as copied:
        assert copied.read().responses == held.responses
    with pytest.raises(WrongPassword):
        AuditFile.open(out, password=OTHER)


SHARES: dict[str, tuple[bool, str | None]] = {
    "plain to protected": (False, OTHER),
    "protected to another password": (True, OTHER),
    "protected to plain": (True, None),
}


@pytest.mark.parametrize("which", SHARES)
def test_a_shared_copy_can_have_a_protection_of_its_own(
    which: str, path: Path, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_protected, password = SHARES[which]
    source, key = (path, PASSWORD) if is_protected else (plain, None)
    out = tmp_path / "out" / "copy.hsbaudit"
    out.parent.mkdir()
    seen: list[bytes] = []
    judge = gate.judge

    def judge_after_a_look(temporary: Path, password: str | None) -> bool:
        seen.append(b"".join(entry.read_bytes() for entry in out.parent.iterdir()))
        return judge(temporary, password)

    monkeypatch.setattr(share, "judge", judge_after_a_look)
    with AuditFile.open(source, password=key) as file:
        share_copy(file, out, password=password)
        held = file.read()
    with AuditFile.open(out, password=password) as copied:
        assert copied.is_protected is (password is not None)
        assert copied.history() == ()
        assert copied.check() == ()
        assert copied.read().responses == held.responses
    (before_the_name,) = seen
    for content in (before_the_name, out.read_bytes()):
        assert AUTHOR.encode() not in content
        assert b"Chair Winterbourne" not in content
        assert (b"Northmoor" in content) is (password is None)


def test_history_goes_along_under_another_password_when_asked_to(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.hsbaudit"
    with AuditFile.open(path, password=PASSWORD) as file:
        still_open = ValueAddress(Subject.ROUND, (WAVE, "1.3", "2"), "state")
        file.apply(change_set((still_open, "open", "revealed")))
        share_copy(file, out, with_history=True, password=OTHER)
    assert everything(out, OTHER) == everything(path, PASSWORD)


def test_a_password_is_in_no_repr_and_no_message(path: Path) -> None:
    with AuditFile.open(path, password=PASSWORD) as file:
        assert PASSWORD not in repr(file)
    with pytest.raises(WrongPassword) as refusal:
        AuditFile.open(path, password="wrong but secret")
    error: BaseException | None = refusal.value
    while error is not None:
        assert "wrong but secret" not in f"{error}{error!r}"
        error = error.__cause__


# Opening ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password", ["wrong", "", PASSWORD.lower(), PASSWORD + " ", "x\0y", "\ud800", "é" * 5000]
)
def test_a_wrong_password_is_refused_and_nothing_is_changed(password: str, path: Path) -> None:
    content = path.read_bytes()
    with pytest.raises(WrongPassword, match="wrong password, or damaged at its start"):
        AuditFile.open(path, password=password)
    assert path.read_bytes() == content
    assert names(path.parent) == ["audit.hsbaudit"]


def test_no_password_is_asked_for_and_nothing_is_changed(path: Path) -> None:
    content = path.read_bytes()
    with pytest.raises(PasswordNeeded, match="protected with a password"):
        AuditFile.open(path)
    assert path.read_bytes() == content


def test_a_plain_file_opens_whatever_the_password(plain: Path) -> None:
    with AuditFile.open(plain, password=PASSWORD) as file:
        assert not file.is_protected
        assert file.read().details.area == "Northmoor"


def test_a_password_typed_on_another_keyboard_is_the_same(tmp_path: Path) -> None:
    AuditFile.create(
        tmp_path / "a.hsbaudit", full_audit(), "caf\N{LATIN SMALL LETTER E WITH ACUTE} rouge"
    ).close()
    with AuditFile.open(tmp_path / "a.hsbaudit", password="cafe\N{COMBINING ACUTE ACCENT} rouge") as file:
        assert file.has_password("caf\N{LATIN SMALL LETTER E WITH ACUTE} rouge")
        assert not file.has_password("cafe rouge")


@pytest.mark.parametrize(
    "unusable", ["", "short", "1234567", "two\nlines of it", "tab\tbed here", "x'00112233'"]
)
def test_a_password_that_is_too_short_or_cannot_be_typed_is_refused(unusable: str, plain: Path) -> None:
    content = plain.read_bytes()
    with pytest.raises(InputRefused):
        protect(plain, unusable)
    with pytest.raises(InputRefused):
        AuditFile.create(plain.with_name("new.hsbaudit"), full_audit(), unusable)
    assert plain.read_bytes() == content
    assert names(plain.parent) == ["audit.hsbaudit"]


def test_every_damage_to_a_protected_file_is_refused_with_its_bytes_as_they_are(path: Path) -> None:
    whole, chance = path.read_bytes(), random.Random(17)
    for _ in range(12):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(FileRefused):
            AuditFile.open(path, password=PASSWORD)
        assert path.read_bytes() == damaged


@pytest.mark.parametrize("length", [4096, 8192, 5000, 511])
def test_a_protected_file_that_was_cut_is_refused(length: int, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(FileRefused):
        AuditFile.open(path, password=PASSWORD)


INSIDE: dict[str, tuple[str, str]] = {
    "a newer version": (f"PRAGMA user_version = {USER_VERSION + 1}", "newer version"),
    "an older version": ("PRAGMA user_version = 1", "damaged"),
    "another program": ("PRAGMA application_id = 7", "another program"),
    "a trigger": (
        "CREATE TRIGGER t AFTER UPDATE ON response_score BEGIN DELETE FROM history; END",
        "did not make",
    ),
    "another score": (
        "UPDATE response_score SET score = (score + 1) % 5 WHERE score >= 0",
        "as they were saved",
    ),
}


@pytest.mark.parametrize("what", INSIDE)
def test_what_a_password_hides_is_judged_as_a_plain_file_is(what: str, path: Path) -> None:
    sql, sentence = INSIDE[what]
    with closing(open_for_writing(path, PASSWORD)) as connection:
        connection.execute(sql)
        connection.execute("PRAGMA journal_mode = DELETE")
    content = path.read_bytes()
    with pytest.raises(FileRefused, match=sentence):
        AuditFile.open(path, password=PASSWORD)
    assert path.read_bytes() == content


OTHERS: dict[str, bytes] = {
    "a document": b"PK\x03\x04" + random.Random(1).randbytes(8188),
    "a report": b"%PDF-1.7" + random.Random(2).randbytes(8184),
    "JSON": b'{"audit": "' + b"words " * 2000,
    "zeros": bytes(8192),
    "random bytes of no page's length": random.Random(3).randbytes(9000),
}


@pytest.mark.parametrize("what", OTHERS)
def test_nobody_is_asked_for_the_password_of_what_is_no_audit(what: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.write_bytes(OTHERS[what])
    with pytest.raises(FileRefused, match="is not an audit file, or it is damaged at its start") as refusal:
        AuditFile.open(path)
    assert not isinstance(refusal.value, PasswordNeeded)


# Protect, rekey, unprotect ----------------------------------------------------------------------------------


def test_protecting_keeps_everything_and_leaves_one_file(plain: Path) -> None:
    before = everything(plain, None)
    protect(plain, PASSWORD)
    assert names(plain.parent) == ["audit.hsbaudit"]
    assert readable_words(plain.parent) == []
    assert everything(plain, PASSWORD) == before


def test_another_password_takes_the_place_of_the_first(path: Path) -> None:
    before = everything(path, PASSWORD)
    rekey(path, PASSWORD, OTHER)
    assert names(path.parent) == ["audit.hsbaudit"]
    assert readable_words(path.parent) == []
    with pytest.raises(WrongPassword):
        AuditFile.open(path, password=PASSWORD)
    assert everything(path, OTHER) == before


def test_a_password_can_be_taken_away(path: Path) -> None:
    before = everything(path, PASSWORD)
    unprotect(path, PASSWORD)
    assert names(path.parent) == ["audit.hsbaudit"]
    assert ask(path, "SELECT area FROM audit") == [("Northmoor",)]
    assert everything(path, None) == before


@pytest.mark.parametrize("act", [lambda p: rekey(p, "wrong", OTHER), lambda p: unprotect(p, "wrong")])
def test_without_the_password_nothing_is_changed(act: Callable[[Path], None], path: Path) -> None:
    content = path.read_bytes()
    with pytest.raises(WrongPassword):
        act(path)
    assert path.read_bytes() == content


def test_what_is_protected_or_plain_already_is_told(path: Path, plain: Path) -> None:
    with pytest.raises(PasswordNeeded):
        protect(path, OTHER)
    with pytest.raises(InputRefused, match="not protected"):
        rekey(plain, PASSWORD, OTHER)
    with pytest.raises(InputRefused, match="not protected"):
        unprotect(plain, PASSWORD)


@pytest.mark.parametrize("wanted", [None, OTHER])
def test_a_backup_is_converted_whatever_it_is_now(wanted: str | None, path: Path, plain: Path) -> None:
    for backup in (path, plain):
        reprotect(backup, PASSWORD, wanted)
        with AuditFile.open(backup, password=wanted) as file:
            assert file.is_protected is (wanted is not None)


def test_an_open_audit_goes_on_through_every_change_of_its_protection(plain: Path) -> None:
    value = SECRET
    with AuditFile.open(plain) as file:
        for number, password in enumerate((PASSWORD, OTHER, None, PASSWORD)):
            change_protection(file, password)
            assert file.is_protected is (password is not None)
            file.apply(change_set((EVIDENCE, value, f"{SECRET} {number}")), visit=1)
            value = f"{SECRET} {number}"
            with AuditFile.open(plain, read_only=True, password=password) as other:
                assert other.read().value(EVIDENCE) == value
        assert len(file.history()) == 5
    assert names(plain.parent) == ["audit.hsbaudit"]
    assert readable_words(plain.parent) == []
    assert everything(plain, PASSWORD)


def test_a_file_that_may_only_be_read_keeps_its_protection(plain: Path) -> None:
    with AuditFile.open(plain, read_only=True) as file, pytest.raises(OutputRefused, match="reading only"):
        change_protection(file, PASSWORD)


def test_no_plain_copy_stays_under_a_second_name(plain: Path) -> None:
    os.link(plain, plain.with_name("second.hsbaudit"))
    with pytest.raises(OutputRefused, match="another name"):
        protect(plain, PASSWORD)
    assert ask(plain, "SELECT area FROM audit") == [("Northmoor",)]


def test_an_audit_that_is_reached_by_a_link_is_protected_where_it_is(plain: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.hsbaudit"
    link.symlink_to(plain)
    protect(link, PASSWORD)
    assert link.is_symlink()
    assert readable_words(plain.parent) == []


def test_while_another_program_writes_nothing_is_exchanged(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("connection", "audit_file"):
        monkeypatch.setattr(f"hsb_desktop.store.{module}.BUSY_SECONDS", 0.1)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
            "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()",
            str(plain),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with AuditFile.open(plain) as file:
            with pytest.raises(NotSaved, match="another program is holding"):
                change_protection(file, PASSWORD)
            assert not file.is_protected
        holder.communicate("")
    assert everything(plain, None)


def fail(*_arguments: object, **_options: object) -> None:
    raise OSError(28, "No space left on device")


FAILURES: MappingProxyType[str, tuple[str, object]] = MappingProxyType(
    {
        "writing the copy": ("hsb_desktop.store.protection.write_converted", fail),
        "judging the copy": ("hsb_desktop.store.protection.judge", fail),
        "syncing the copy": ("hsb_desktop.whole_file._flush_to_disk", fail),
        "taking the name": ("pathlib.Path.replace", fail),
    }
)


@pytest.mark.parametrize("where", FAILURES)
@pytest.mark.parametrize("change", [(None, PASSWORD), (PASSWORD, OTHER), (PASSWORD, None)])
def test_a_change_that_fails_midway_leaves_file_and_password_as_they_were(
    where: str,
    change: tuple[str | None, str | None],
    path: Path,
    plain: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = change
    own = path if before else plain
    with AuditFile.open(own, password=before) as file:
        content = own.read_bytes()
        with monkeypatch.context() as patched:
            patched.setattr(*FAILURES[where])
            with pytest.raises(OutputRefused):
                change_protection(file, after)
        assert own.read_bytes() == content
        assert file.is_protected is (before is not None)
        file.apply(change_set((EVIDENCE, SECRET, "Going on")))
    with AuditFile.open(own, password=before) as file:
        assert file.read().value(EVIDENCE) == "Going on"
    assert names(own.parent) == ["audit.hsbaudit"]


def test_a_copy_that_lacks_anything_never_takes_the_name(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach = store_connection.attach

    def attach_and_lose_history(connection: Connection, name: str, *arguments: object) -> None:
        if name == "target":
            connection.execute("DELETE FROM history")
        attach(connection, name, *arguments)  # type: ignore[arg-type]  # handed through as they came

    monkeypatch.setattr(protection, "attach", attach_and_lose_history)
    content = plain.read_bytes()
    with pytest.raises(NotSaved, match="did not come out"):
        protect(plain, PASSWORD)
    assert plain.read_bytes() == content


def test_no_plain_copy_lies_beside_a_file_while_it_is_protected_or_rekeyed(
    path: Path, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, seen = gate.judge, list[str]()

    def judge_after_a_look(temporary: Path, password: str | None) -> bool:
        seen.extend(
            readable_words_of(entry) for entry in temporary.parent.iterdir() if entry.suffix != ".hsbaudit"
        )
        return judge(temporary, password)

    def readable_words_of(entry: Path) -> str:
        return ", ".join(words for words in WORDS if words.encode() in entry.read_bytes())

    monkeypatch.setattr(protection, "judge", judge_after_a_look)
    protect(plain, PASSWORD)
    rekey(path, PASSWORD, OTHER)
    assert len(seen) >= 2
    assert set(seen) == {""}


# Killed -----------------------------------------------------------------------------------------------------

_CHANGE = """
import sys
from pathlib import Path
from hsb_desktop.store.protection import reprotect
print("ready", flush=True)
reprotect(Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3] or None)
"""


@pytest.mark.real_keys
@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process in another way there")
def test_a_kill_in_the_middle_leaves_the_old_file_or_the_new_one_whole(plain: Path) -> None:
    """The passwords in the arguments are those of a test: the program itself takes none there."""
    chance = random.Random(5)
    before = everything(plain, None)
    steps = [(None, PASSWORD), (PASSWORD, OTHER), (OTHER, None)]
    present: str | None = None
    for _ in range(9 if FULL else 4):
        old, new = next(step for step in steps if step[0] == present)
        process = subprocess.Popen(
            [sys.executable, "-c", _CHANGE, str(plain), old or "", new or ""],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        process.stdout.readline()
        killer = threading.Timer(chance.uniform(0.0, 0.7), lambda p=process: p.send_signal(signal.SIGKILL))
        killer.start()
        process.wait()
        killer.cancel()
        process.stdout.close()
        present = new if opens(plain, new) else old
        assert everything(plain, present) == before
        if new is not None:
            leftovers = [entry for entry in plain.parent.iterdir() if entry.suffix == ".part"]
            assert not [entry for entry in leftovers if b"Northmoor" in entry.read_bytes()]


def opens(path: Path, password: str | None) -> bool:
    try:
        with AuditFile.open(path, read_only=True, password=password) as file:
            return file.is_protected is (password is not None)
    except (PasswordNeeded, WrongPassword):
        return False


@pytest.fixture
def half_written(path: Path, tmp_path: Path) -> Path:
    """A protected file and its hot journal, as a killed program leaves them."""
    copy = tmp_path / "killed" / "audit.hsbaudit"
    copy.parent.mkdir()
    with AuditFile.open(path, password=PASSWORD) as file:
        connection = file.connection
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE response_text SET text = text || ?", ("half" * 500,))
        shutil.copyfile(path, copy)
        shutil.copyfile(journal_of(path), journal_of(copy))
        connection.execute("ROLLBACK")
    return copy


def test_a_protected_file_that_was_killed_half_way_opens_as_it_was_saved(half_written: Path) -> None:
    kept = half_written.read_bytes(), journal_of(half_written).read_bytes()
    with pytest.raises(WrongPassword):
        AuditFile.open(half_written, password=OTHER)
    with AuditFile.open(half_written, read_only=True, password=PASSWORD) as file:
        assert file.read().value(EVIDENCE) == SECRET
    assert (half_written.read_bytes(), journal_of(half_written).read_bytes()) == kept
    with AuditFile.open(half_written, password=PASSWORD) as file:
        assert file.read().value(EVIDENCE) == SECRET
        file.apply(change_set((SCORE, full_audit().value(SCORE), 4)))
    assert names(half_written.parent) == ["audit.hsbaudit"]


def test_a_copy_of_one_that_may_only_be_read_holds_what_was_saved(half_written: Path, tmp_path: Path) -> None:
    with AuditFile.open(half_written, read_only=True, password=PASSWORD) as file:
        share_copy(file, tmp_path / "shared.hsbaudit", password=None)
    with AuditFile.open(tmp_path / "shared.hsbaudit") as copy:
        assert copy.read().value(EVIDENCE) == SECRET


_SECOND_PROGRAM = """
import sys
from pathlib import Path
from hsb_desktop.errors import NotSaved
from hsb_desktop.store.audit_file import AuditFile
from tests.store.files import EVIDENCE, change_set
with AuditFile.open(Path(sys.argv[1])) as file:
    before = file.read().value(EVIDENCE)
    file.apply(change_set((EVIDENCE, before, "first")))
    print("open", flush=True)
    sys.stdin.readline()
    try:
        file.apply(change_set((EVIDENCE, "first", "second")))
        print("saved")
    except NotSaved:
        print("not saved")
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="a file that a second program holds open stays as it is there"
)
def test_a_second_program_is_never_told_that_it_saved_into_the_file_that_was_replaced(plain: Path) -> None:
    command = [sys.executable, "-c", _SECOND_PROGRAM, str(plain)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as second:
        assert second.stdout is not None
        assert second.stdout.readline() == "open\n"
        with AuditFile.open(plain, take_over=True) as taken:
            change_protection(taken, PASSWORD)
        told, _ = second.communicate("go on\n")
    assert told == "not saved\n"
    assert readable_words(plain.parent) == []
    with AuditFile.open(plain, password=PASSWORD) as file:
        assert file.read().value(EVIDENCE) == "first"


def test_words_replaced_in_a_visit_are_nowhere_after_the_password_is_gone(path: Path) -> None:
    where = agreed("3.1", "assurance")
    with AuditFile.open(path, password=PASSWORD) as file:
        before = full_audit().value(where)
        for text in ("Zebrafinch one", "Zebrafinch two", "harmless"):
            file.apply(change_set((where, before, text)), visit=1)
            before = text
    unprotect(path, PASSWORD)
    assert b"Zebrafinch" not in path.read_bytes()


@pytest.mark.real_keys
def test_whoever_follows_the_document_opens_a_protected_file_without_this_program(path: Path) -> None:
    content = path.read_bytes()
    key = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), content[:16], 256_000, 32)
    with closing(sqlcipher.connect(path)) as connection:
        connection.set_key(f"x'{key.hex()}'")
        assert connection.execute("SELECT area FROM audit").fetchall() == [("Northmoor",)]
    assert len(content) % 4096 == 0
