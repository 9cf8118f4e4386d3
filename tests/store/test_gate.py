"""Every file is judged before anything of it is used; one that is refused keeps every byte."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, NotSaved
from hsb_desktop.model import Audit
from hsb_desktop.process import private_temporary_folder
from hsb_desktop.store import gate, still_copy
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import Connection, memory_connection
from hsb_desktop.store.gate import judge
from hsb_desktop.store.limits import excess, rows_in
from hsb_desktop.store.schema import USER_VERSION, create_schema
from hsb_desktop.store.still_copy import copy_still
from hsb_desktop.store.tables import read_audit
from tests.store.files import (
    EVIDENCE,
    SCORE,
    ask,
    bare_audit,
    change_set,
    make,
    tampered,
)

LONGEST_REFUSAL = 2.0
"""Seconds."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full audit with some history; copied, never changed."""
    path = make(tmp_path_factory.mktemp("sound") / "audit.hsbaudit")
    with AuditFile.open(path) as file:
        audit = file.read()
        file.apply(change_set((EVIDENCE, audit.value(EVIDENCE), "Rewritten in the room.")))
        file.apply(change_set((SCORE, audit.value(SCORE), 4)))
    return path


def refusal(path: Path) -> str:
    """What is said of a file that is refused: quickly, and with nothing of it or beside it changed."""
    before = {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()}
    begun = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        AuditFile.open(path)
    assert time.monotonic() - begun < LONGEST_REFUSAL
    assert {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()} == before
    return str(refused.value)


# Not an audit at all ----------------------------------------------------------------------------------------


def a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>" * 50)


def someone_elses(path: Path) -> None:
    with tampered(path) as connection:
        connection.execute("CREATE TABLE contact (name)")


NO_AUDITS: dict[str, tuple[Callable[[Path], object], str]] = {
    "0 bytes": (lambda path: path.touch(), "is empty"),
    "one byte": (lambda path: path.write_bytes(b"S"), "is not an audit file"),
    "50 bytes": (lambda path: path.write_bytes(b"x" * 50), "is not an audit file"),
    "50 bytes that begin well": (
        lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(34)),
        "is damaged",
    ),
    "a header and no more": (
        lambda path: path.write_bytes(b"SQLite format 3\x00" + bytes(84)),
        "another program",
    ),
    "a renamed document": (a_zip, "is not an audit file"),
    "words": (lambda path: path.write_text("Audit of Northmoor"), "is not an audit file"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500)), "is not an audit file"),
    "random bytes": (lambda path: path.write_bytes(random.Random(1).randbytes(9000)), "is not an audit file"),
    "someone else's database": (someone_elses, "belongs to another program"),
    "a folder": (lambda path: path.mkdir(), "is a folder"),
    "nothing": (lambda path: None, "does not exist"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "does not exist"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "cannot be read"),
}


@pytest.mark.parametrize("what", NO_AUDITS)
def test_what_is_no_audit_is_refused_in_a_plain_sentence(what: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.hsbaudit"
    prepare, sentence = NO_AUDITS[what]
    prepare(path)
    assert sentence in refusal(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in its folders")
def test_a_pipe_is_not_waited_on(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileRefused, match="not a file on a disk"):
        AuditFile.open(tmp_path / "pipe")


def test_a_name_that_no_disk_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read"):
        AuditFile.open(tmp_path / ("x" * 300))


# Other versions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [USER_VERSION + 1, USER_VERSION + 1000, 2_000_000_000, -1])
def test_a_file_from_a_newer_version_minor_or_major_keeps_its_bytes(
    version: int, sound: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("CREATE TABLE action (action_id TEXT)")
    assert "newer version of this program" in refusal(path)


@pytest.mark.parametrize("version", [0, 1, 999])
def test_a_version_that_never_was_is_damage(version: int, sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    assert "is damaged" in refusal(path)


# Damage -----------------------------------------------------------------------------------------------------


def test_a_file_cut_off_anywhere_is_refused(sound: Path, tmp_path: Path) -> None:
    content = sound.read_bytes()
    lengths = range(0, len(content), 512)
    path = tmp_path / "audit.hsbaudit"
    for length in random.Random(16).sample(lengths, min(60, len(lengths))):
        path.write_bytes(content[:length])
        with pytest.raises(FileRefused):
            AuditFile.open(path)
        assert path.read_bytes() == content[:length]


def test_every_flipped_bit_that_changes_what_is_read_is_found(sound: Path, tmp_path: Path) -> None:
    content, audit = bytearray(sound.read_bytes()), full_audit_after(sound)
    path = tmp_path / "audit.hsbaudit"
    picked = random.Random(17)
    refused = 0
    for _ in range(300):
        place, bit = picked.randrange(len(content)), 1 << picked.randrange(8)
        content[place] ^= bit
        path.write_bytes(content)
        try:
            with AuditFile.open(path, read_only=True) as file:
                assert file.read() == audit, f"byte {place}, bit {bit}"
        except FileRefused:
            refused += 1
        content[place] ^= bit
    assert refused > 60


def full_audit_after(path: Path) -> object:
    with AuditFile.open(path, read_only=True) as file:
        return file.read()


def flip(path: Path, words: bytes) -> None:
    content = bytearray(path.read_bytes())
    assert words in content
    content[content.rindex(words)] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Rewritten in the room.", "not as they were saved"),
        ("Data subgroup takes", "not as they were saved"),
        ("Northmoor Health", "not as they were saved"),
        ("High quality means", "not as they were saved"),
        ("We capture accurate data", "words of its edition"),
        ("To a fair extent/frequently", "words of its edition"),
        ("2026-11-20T09:00:00", "words of its edition"),
    ],
)
def test_a_changed_letter_is_found_and_named(words: str, sentence: str, sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    if words.startswith("Rewritten"):
        # History holds the same words; it lies outside the digest.
        with AuditFile.open(path) as file:
            file.apply(change_set((EVIDENCE, words, "Once more.")))
        words = "Evidence 7, in"
    flip(path, words.encode())
    assert sentence in refusal(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE response_score SET score = 4 WHERE statement_id = '2.2'",
        "DELETE FROM response_text WHERE statement_id = '2.2'",
        "INSERT INTO reading VALUES ('1.1', 'slipped in')",
        "UPDATE seal SET digest = zeroblob(32)",
        "UPDATE seal SET fixed_digest = zeroblob(32)",
        "UPDATE value_state SET digest = zeroblob(32) WHERE address = 'audit/title'",
        "DELETE FROM seal",
        "DELETE FROM audit",
        "UPDATE audit SET is_sample = 1",
        "UPDATE statement SET position = position + 100",
        "DELETE FROM revision",
        "DELETE FROM wave WHERE wave_id = 'w1'",
        "DELETE FROM agency",
        "DELETE FROM scale_point WHERE score = 4",
        "UPDATE statement SET heading = ''",
        "INSERT INTO instrument VALUES ('second', 'x', 'x', 'x', 'x', 'x')",
    ],
)
def test_what_was_changed_behind_the_programs_back_is_refused(
    statement: str, sound: Path, tmp_path: Path
) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute(statement)
    refusal(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE response_score SET score = 9 WHERE statement_id = '1.1'",
        "UPDATE response_score SET score = -1 WHERE statement_id = '1.1'",
        "UPDATE response_score SET no_view = 1, score = NULL WHERE party_id = 'partnership'",
        "UPDATE response_text SET field = 'target' WHERE field = 'evidence'",
        "UPDATE wave SET held_on = 'soon'",
        "UPDATE wave SET position = -1",
        "UPDATE audit SET kind = 'club'",
        "UPDATE response_text SET text = CAST(x'ff' AS TEXT)",
        "UPDATE conflict SET first_value = x'00ff'",
        "UPDATE conflict SET first_value = 2.5",
        "UPDATE conflict SET address = 'nowhere'",
        "UPDATE conflict SET second_value = 3",
        "UPDATE conflict SET address = 'audit/kind'",
        "UPDATE conflict SET address = 'wave/w1/is_locked'",
        "UPDATE agency SET agency_id = 'partnership' WHERE agency_id = 'health'",
        "UPDATE agency SET agency_id = 'a/b' WHERE agency_id = 'health'",
    ],
)
def test_values_that_no_audit_holds_are_refused(statement: str, sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement)
    refusal(path)


# Hostile schemas --------------------------------------------------------------------------------------------

HOSTILE = {
    "a trigger": "CREATE TRIGGER t AFTER UPDATE ON seal BEGIN UPDATE response_score SET score = 4; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "a table": "CREATE TABLE extra (x)",
    "an index": "CREATE INDEX extra ON response_score (score)",
    "an index that computes": "CREATE INDEX extra ON response_score (abs(score))",
    "a column": "ALTER TABLE wave ADD COLUMN extra TEXT",
    "a column that computes": "ALTER TABLE wave ADD COLUMN extra TEXT AS (upper(label))",
    "one table less": "DROP TABLE history",
    "no index": "DROP INDEX history_by_address",
    "statistics": "ANALYZE",
    "a full-text table": "CREATE VIRTUAL TABLE extra USING fts5(x)",
    "another view of responses": "DROP VIEW response; CREATE VIEW response AS WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    "a table in other words": "DROP TABLE reading; CREATE TABLE reading (statement_id TEXT, text TEXT)",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_schema_that_is_not_ours_to_the_letter_is_refused(what: str, sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.executescript(HOSTILE[what])
    assert "tables that this program did not make" in refusal(path)


def test_thousands_of_tables_are_refused_quickly(sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute("BEGIN")
        for number in range(3000):
            connection.execute(f"CREATE TABLE t{number} (x)")
        connection.execute("COMMIT")
    refusal(path)


def test_thousands_of_agencies_are_judged_quickly(sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO agency (agency_id, name) VALUES (?, 'x')", ((f"a{n}",) for n in range(20_000))
        )
        connection.execute("COMMIT")
    refusal(path)


CROWDS = {
    "texts of nobody": (
        "INSERT INTO response_text SELECT 'w1', 'p' || value, '1.1', 'evidence', 'x' FROM n",
        "at most 828 rows in the table response_text",
    ),
    "prompts": ("INSERT INTO prompt SELECT '1.1', value + 99, 'x' FROM n", "10,000 rows"),
    "conflicts": (
        "INSERT INTO conflict (conflict_id, address) SELECT 'k' || value, 'audit/area' FROM n",
        "100,000 rows in the table conflict",
    ),
    "readings": (
        "INSERT INTO reading SELECT 'r' || value, 'x' FROM n",
        "rows in the table reading",
    ),
    "waves": ("INSERT INTO wave (wave_id) SELECT 'v' || value FROM n", "1,000 rows"),
    "scale": ("INSERT INTO seal SELECT value + 1, zeroblob(32), zeroblob(32) FROM n", "seal"),
    "states of values": (
        "INSERT INTO value_state SELECT 'x' || value, (SELECT max(revision_id) FROM revision), randomblob(32)"
        " FROM n",
        "not as they were saved",
    ),
}


@pytest.mark.parametrize("what", CROWDS)
def test_more_rows_than_an_audit_can_have_are_refused_quickly(what: str, sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    statement, sentence = CROWDS[what]
    numbers = "WITH RECURSIVE n(value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM n LIMIT 400000)"
    with tampered(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"{numbers} {statement}")
    assert sentence in refusal(path)


def test_a_crowd_in_possible_places_is_refused_quickly_too(sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    numbers = range(900)
    with tampered(path) as connection:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO wave (wave_id) VALUES (?)", ((f"v{n}",) for n in numbers))
        connection.executemany("INSERT INTO agency (agency_id) VALUES (?)", ((f"a{n}",) for n in numbers))
        connection.execute(
            "INSERT INTO response_text SELECT wave_id, agency_id, '1.1', 'evidence', 'x' FROM wave, agency"
            " WHERE wave_id <> 'w1' LIMIT 400000"
        )
        connection.execute("COMMIT")
    assert "not as they were saved" in refusal(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE response_text SET text = {} WHERE rowid = 1",
        "UPDATE history SET label = {} WHERE rowid = 1",
        "UPDATE prompt SET text = {} WHERE position = 1",
    ],
)
def test_a_text_beyond_all_measure_is_refused_unread(statement: str, sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute(statement.format("printf('%.*c', 20000000, 'x')"))
    assert "at most 1,000,000 characters in one text" in refusal(path)


def test_work_without_end_is_ended_by_the_clock(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_SECONDS", -1.0)
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    assert "takes longer to look through" in refusal(path)


def test_an_honest_audit_of_sixty_waves_and_sixty_agencies_is_within_the_limits() -> None:
    connection = memory_connection()
    create_schema(connection)
    waves, parties, statements = 60, 61, 46
    responses = waves * parties * statements
    rows = rows_in(connection) | {
        "wave": waves, "agency": parties - 1, "statement": statements, "domain": 5, "prompt": 200,
        "attendance": waves * (parties - 1), "response_score": responses, "response_text": 3 * responses,
        "domain_note": 5 * waves, "reading": 46, "value_state": 5 * responses, "revision": 50 * responses,
        "history": 20 * responses,
    }  # fmt: skip
    assert excess(connection, rows) == ""
    assert "table wave" in excess(connection, rows | {"wave": 2_000})
    connection.close()


# A write that was left half done ----------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from hsb_desktop.store.audit_file import AuditFile
file = AuditFile.open(Path(sys.argv[1]))
file.connection.execute("PRAGMA cache_size = 2")
file.connection.execute("BEGIN IMMEDIATE")
file.connection.execute("UPDATE response_text SET text = text || ' half' || hex(zeroblob(2000))")
file.connection.execute("UPDATE response_score SET score = 4 WHERE score IS NOT NULL")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def killed(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file, with its journal beside it, whose writer was killed in the middle of a transaction."""
    if sys.platform == "win32":
        pytest.skip("needs a signal that cannot be caught")
    path = shutil.copyfile(sound, tmp_path_factory.mktemp("killed") / "audit.hsbaudit")
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert path.with_name("audit.hsbaudit-journal").stat().st_size > 0
    assert path.read_bytes() != sound.read_bytes()
    return path


def left_over(killed: Path, folder: Path) -> Path:
    for name in ("audit.hsbaudit", "audit.hsbaudit-journal"):
        shutil.copyfile(killed.parent / name, folder / name)
    return folder / "audit.hsbaudit"


def test_judging_a_killed_programs_file_changes_no_byte_of_it(killed: Path, tmp_path: Path) -> None:
    path = left_over(killed, tmp_path)
    before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
    judge(path)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before


def test_a_killed_programs_file_opens_as_it_was_before_the_half_write(
    killed: Path, sound: Path, tmp_path: Path
) -> None:
    path = left_over(killed, tmp_path)
    with AuditFile.open(path) as file, AuditFile.open(sound, read_only=True) as as_it_was:
        assert file.read() == as_it_was.read()
        assert file.check() == ()
        file.apply(change_set((SCORE, 4, 1)))
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.hsbaudit"]


def test_a_killed_programs_file_can_be_looked_at_without_changing_it(
    killed: Path, sound: Path, tmp_path: Path
) -> None:
    path = left_over(killed, tmp_path)
    before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
    with AuditFile.open(path, read_only=True) as file, AuditFile.open(sound, read_only=True) as as_it_was:
        assert file.read() == as_it_was.read()
        assert file.path == path
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before


def test_the_private_copy_of_a_killed_programs_file_never_lies_in_the_folder_that_all_share(
    killed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = private_temporary_folder()
    assert own is not None
    (tmp_path / "common").mkdir()
    path = left_over(killed, tmp_path)
    places: list[Path] = []

    def copy(copies: dict[Path, Path]) -> bool:
        places.extend(copies.values())
        return copy_still(copies)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "common"))
    monkeypatch.setattr(still_copy, "copy_still", copy)
    with AuditFile.open(path, read_only=True) as file:
        assert file.check() == ()
    assert len(places) >= 2
    assert all(place.is_relative_to(own) for place in places)
    assert list(own.iterdir()) == list((tmp_path / "common").iterdir()) == []


def test_a_link_to_a_killed_programs_file_is_judged_with_its_journal(killed: Path, tmp_path: Path) -> None:
    path = left_over(killed, tmp_path)
    link = tmp_path / "link.hsbaudit"
    link.symlink_to(path)
    with AuditFile.open(link, read_only=True) as file:
        assert file.check() == ()


def test_a_hostile_file_with_a_journal_is_refused_and_neither_is_touched(
    killed: Path, tmp_path: Path
) -> None:
    path = make(tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute("CREATE TABLE extra (x)")
    shutil.copyfile(killed.with_name("audit.hsbaudit-journal"), tmp_path / "audit.hsbaudit-journal")
    refusal(path)


def test_a_journal_of_rubbish_does_no_harm(sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    (tmp_path / "audit.hsbaudit-journal").write_bytes(random.Random(3).randbytes(5000))
    with AuditFile.open(path) as file, AuditFile.open(sound, read_only=True) as as_it_was:
        assert file.read() == as_it_was.read()


# Write-ahead logging, chosen by another program -----------------------------------------------------------


def test_a_file_that_another_program_set_to_write_ahead_logging_is_brought_back(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    with tampered(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    before = path.read_bytes()
    with AuditFile.open(path, read_only=True) as file:
        assert file.read() == bare_audit()
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.hsbaudit"]
    with AuditFile.open(path) as file:
        file.apply(change_set((SCORE, None, 3)))
    assert path.read_bytes()[18:20] == b"\x01\x01"
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.hsbaudit"]


def test_what_still_lies_in_such_a_log_is_judged_too(tmp_path: Path) -> None:
    path, copy = make(tmp_path / "audit.hsbaudit", bare_audit()), tmp_path / "copy.hsbaudit"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("UPDATE agency SET name = 'changed behind its back'")
    for end in ("", "-wal"):
        shutil.copyfile(f"{path}{end}", f"{copy}{end}")
    writer.close()
    with pytest.raises(FileRefused, match="not as they were saved"):
        AuditFile.open(copy)


def test_a_sound_file_passes_without_a_byte_changed_or_a_file_left(sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "audit.hsbaudit")
    before = path.read_bytes()
    judge(path)
    with AuditFile.open(path, read_only=True) as file:
        file.read()
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.hsbaudit"]
    assert ask(path, "PRAGMA user_version") == [(USER_VERSION,)]


def test_what_is_saved_while_a_file_is_judged_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    with AuditFile.open(path) as file:
        file.connection.execute("PRAGMA busy_timeout = 0")

        def save_after(connection: Connection) -> Audit:
            found = read_audit(connection)
            # It is made to wait, as by any other program that is reading.
            with suppress(NotSaved):
                file.apply(change_set((SCORE, None, 3)))
            return found

        monkeypatch.setattr(gate, "read_audit", save_after)
        judge(path)


@pytest.mark.parametrize("answer", [2.5, b"\x03"], ids=["a fraction", "bytes"])
def test_a_vote_that_is_no_answer_is_refused_in_words(tmp_path: Path, answer: object) -> None:
    """The column takes any kind of value, and its rule is not looked at in a file made elsewhere."""
    path = make(tmp_path / "audit.hsbaudit")
    with tampered(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE vote SET answer = ?", (answer,))
    with pytest.raises(FileRefused):
        AuditFile.open(path)
