"""What can be read of a damaged audit goes to a new file; nothing in it is silently another value."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.process import private_temporary_folder
from hsb_desktop.store import connection as connection_module
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import journal_of, open_for_writing
from hsb_desktop.store.rescue import Rescued, rescue
from hsb_desktop.store.salvage import Cell, salvaged_rows
from hsb_desktop.store.schema import USER_VERSION
from hsb_desktop.values import Change, Subject, Value
from tests.store.files import (
    EVIDENCE,
    SCORE,
    WAVE,
    address,
    ask,
    bare_audit,
    change_set,
    entered,
    full_audit,
    make,
    tampered,
)

PAGE = 4096
TABLE_INTERIOR, INDEX_INTERIOR = 5, 2
NOT_READABLE = "(name not readable)"
LONGEST_RESCUE = 5.0
"""Seconds of the processor's time."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A full audit that was made at once, without history."""
    return make(tmp_path_factory.mktemp("fresh") / "a.hsbaudit").read_bytes()


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The same audit, every value typed in the room."""
    path = make(tmp_path_factory.mktemp("worked_in") / "a.hsbaudit", bare_audit())
    with AuditFile.open(path) as file:
        for where, value in full_audit().values():
            before = file.read().value(where)
            if before != value:
                file.apply(change_set((where, before, value)))
    return path.read_bytes()


ORIGINAL = entered(full_audit())


def rescued(content: bytes, folder: Path, original: dict[str, Value] | None = None) -> Rescued | None:
    """Rescue these bytes; None if they were refused, or are whole.

    Whatever they are, they stay as they are, nothing half-made is left, and every value that is handed over
    without a doubt is the one that was saved; every other one is listed.
    """
    original = ORIGINAL if original is None else original
    folder.mkdir(exist_ok=True)
    path, out = folder / "damaged.hsbaudit", folder / "rescued.hsbaudit"
    path.write_bytes(content)
    out.unlink(missing_ok=True)
    begun = time.process_time()
    try:
        result = rescue(path, out)
    except FileRefused:
        assert not out.exists()
        return None
    finally:
        assert path.read_bytes() == content
        assert time.process_time() - begun < LONGEST_RESCUE
    assert {entry.name for entry in folder.iterdir()} == {path.name, out.name}
    found, doubtful = entered(result.audit), {str(where) for where in result.doubtful}
    silent = {
        where: value
        for where, value in found.items()
        if where not in doubtful and value != original.get(where) and NOT_READABLE not in str(value)
    }
    assert silent == {}
    with AuditFile.open(out, read_only=True) as file:
        assert file.read() == result.audit
        assert file.check() == ()
    return result


def missing(result: Rescued, original: dict[str, Value] | None = None) -> set[str]:
    """The addresses whose values did not come back."""
    found = entered(result.audit)
    original = ORIGINAL if original is None else original
    return {where for where, value in original.items() if found.get(where) != value}


def listed(result: Rescued) -> set[str]:
    return {str(where) for where in (*result.lost, *result.doubtful)}


def without(content: bytes, number: int) -> bytes:
    """The bytes with one page, counted from 0, gone."""
    return content[: number * PAGE] + bytes(PAGE) + content[(number + 1) * PAGE :]


def pages_of(content: bytes, kind: int) -> list[int]:
    return [number for number in range(1, len(content) // PAGE) if content[number * PAGE] == kind]


def page_with(content: bytes, words: str) -> int:
    return content.index(words.encode()) // PAGE


def refused(path: Path, words: str) -> None:
    out = path.with_name("rescued.hsbaudit")
    content = path.read_bytes() if path.is_file() else None
    with pytest.raises(FileRefused, match=words):
        rescue(path, out)
    assert not out.exists()
    assert (path.read_bytes() if path.is_file() else None) == content


# Bits, stretches, ends --------------------------------------------------------------------------------------


def flips(content: bytes, count: int, seed: int) -> Iterator[bytes]:
    chance = random.Random(seed)
    used = [place for place, byte in enumerate(content) if byte]
    for _ in range(count):
        flipped = bytearray(content)
        flipped[chance.choice(used)] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


@pytest.mark.parametrize("seed", range(2))
def test_a_flipped_bit_costs_at_most_the_place_that_it_hit(
    fresh: bytes, worked_in: bytes, tmp_path: Path, seed: int
) -> None:
    gone = []
    for content in (*flips(fresh, 8, seed), *flips(worked_in, 8, seed)):
        result = rescued(content, tmp_path)
        if result is not None:
            assert missing(result) <= listed(result)
            gone.append(len(missing(result)))
    assert len(gone) > 5
    assert sum(gone) <= 0.2 * len(gone)
    assert max(gone) <= 4


def test_rubbish_in_the_middle_costs_only_what_it_covers(worked_in: bytes, tmp_path: Path) -> None:
    chance, back = random.Random(7), []
    for _ in range(10):
        at, length = chance.randrange(len(worked_in)), chance.choice((1, 8, 64, 512, 3000))
        result = rescued(worked_in[:at] + chance.randbytes(length) + worked_in[at + length :], tmp_path)
        if result is not None:
            back.append(len(ORIGINAL) - len(missing(result)))
    assert min(back) > 0.8 * len(ORIGINAL)


def test_a_file_cut_off_anywhere_is_rescued_or_refused(worked_in: bytes, tmp_path: Path) -> None:
    results = [rescued(worked_in[:length], tmp_path) for length in range(0, len(worked_in), 512 * 37)]
    back = [len(ORIGINAL) - len(missing(result)) for result in results if result is not None]
    assert len(back) > len(results) // 2
    assert back[-1] > 0.9 * len(ORIGINAL)


def test_what_may_be_missing_besides_is_said_where_the_list_of_what_was_entered_is_gone(
    fresh: bytes, tmp_path: Path
) -> None:
    result = rescued(fresh[: len(fresh) * 3 // 4], tmp_path)
    assert result is not None
    assert not missing(result) <= listed(result)
    assert any("more may be missing than is listed" in note for note in result.notes)
    result = rescued(without(fresh, page_with(fresh, "Evidence 40, in")), tmp_path)
    assert result is not None
    assert missing(result) <= listed(result)
    assert not any("more may be missing" in note for note in result.notes)


def test_a_cut_at_any_odd_length_is_rescued_or_refused(fresh: bytes, tmp_path: Path) -> None:
    chance = random.Random(3)
    for length in (
        1,
        15,
        16,
        17,
        99,
        100,
        101,
        PAGE - 1,
        PAGE,
        PAGE + 1,
        *chance.sample(range(len(fresh)), 8),
    ):
        rescued(fresh[:length], tmp_path)


# Pages ------------------------------------------------------------------------------------------------------


def test_without_its_first_page_everything_is_still_there(fresh: bytes, tmp_path: Path) -> None:
    result = rescued(without(fresh, 0), tmp_path)
    assert result is not None
    assert entered(result.audit) == ORIGINAL
    assert result.is_complete
    assert result.audit.audit_id == full_audit().audit_id


def test_without_the_pages_that_only_lead_to_others_everything_is_still_there(
    worked_in: bytes, tmp_path: Path
) -> None:
    leading = pages_of(worked_in, TABLE_INTERIOR) + pages_of(worked_in, INDEX_INTERIOR)
    assert len(leading) > 3
    for number in leading:
        result = rescued(without(worked_in, number), tmp_path)
        assert result is not None
        assert not missing(result), number


def test_any_page_that_is_gone_takes_along_only_what_stood_on_it(worked_in: bytes, tmp_path: Path) -> None:
    for number in range(0, len(worked_in) // PAGE, 5):
        result = rescued(without(worked_in, number), tmp_path)
        if result is not None:
            assert missing(result) <= listed(result), number
            assert len(missing(result)) < 4, number


def test_a_page_of_texts_is_listed_value_by_value(fresh: bytes, tmp_path: Path) -> None:
    number = page_with(fresh, "Evidence 40, in")
    result = rescued(without(fresh, number), tmp_path)
    assert result is not None
    assert 0 < len(missing(result)) < 30
    assert missing(result) == {str(where) for where in result.lost}
    assert {where.field for where in result.lost} == {"evidence", "assurance"}
    assert not result.is_complete


def test_scores_whose_page_is_gone_are_found_by_their_digests(fresh: bytes, tmp_path: Path) -> None:
    ((root,),) = ask_in(fresh, tmp_path, "SELECT rootpage FROM sqlite_schema WHERE name = 'response_score'")
    result = rescued(without(fresh, root - 1), tmp_path / "rescue")
    assert result is not None
    assert not missing(result)


def ask_in(content: bytes, folder: Path, query: str) -> list[tuple[int]]:
    path = folder / "asked.hsbaudit"
    path.write_bytes(content)
    return ask(path, query)


def test_without_the_digests_values_are_taken_in_but_doubted(fresh: bytes, tmp_path: Path) -> None:
    # Without the seal too, nothing vouches for them.
    content = fresh
    for table in ("value_state", "seal"):
        ((root,),) = ask_in(fresh, tmp_path, f"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'")
        content = without(content, root - 1)
    for number in pages_of(content, 10):
        if b"response/w1/" in content[number * PAGE : (number + 1) * PAGE]:
            content = without(content, number)
    result = rescued(content, tmp_path / "rescue")
    assert result is not None
    assert not missing(result)
    assert len(result.doubtful) > 100


def test_the_seal_vouches_for_values_whose_digests_are_gone(fresh: bytes, tmp_path: Path) -> None:
    number = next(n for n in pages_of(fresh, 10) if fresh[n * PAGE :][:PAGE].count(b"response/w1/") > 20)
    result = rescued(without(fresh, number), tmp_path)
    assert result is not None
    assert result.is_complete
    assert not result.doubtful


def test_names_that_are_gone_do_not_take_their_responses_along(fresh: bytes, tmp_path: Path) -> None:
    content = without(without(fresh, page_with(fresh, "Northmoor Police")), page_with(fresh, "Six months"))
    result = rescued(content, tmp_path)
    assert result is not None
    assert dict(result.audit.responses) == dict(full_audit().responses)
    assert {wave.wave_id: wave.label for wave in result.audit.waves}[WAVE] == "Wave 1 (name not readable)"
    assert any("Agency" in note and "name not readable" in note for note in result.notes)


def test_wording_that_is_gone_comes_from_the_same_edition_at_hand(fresh: bytes, tmp_path: Path) -> None:
    number = page_with(fresh, "Living at home (including support to families)")
    result = rescued(without(fresh, number), tmp_path)
    assert result is not None
    assert result.audit.instrument == full_audit().instrument
    assert result.is_complete


def test_an_edition_of_ones_own_keeps_what_can_be_read_of_it(tmp_path: Path) -> None:
    from dataclasses import replace

    words = full_audit().instrument
    domains = tuple(
        replace(
            domain,
            statements=tuple(replace(s, text=f"Our own: {s.text}") for s in domain.statements),
        )
        for domain in words.domains
    )
    audit = replace(full_audit(), instrument=replace(words, instrument_id="our-own", domains=domains))
    content = make(tmp_path / "own.hsbaudit", audit).read_bytes()
    gone = next(n for n in pages_of(content, 13) if content[n * PAGE :][:PAGE].count(b"Our own") > 3)
    result = rescued(without(content, gone), tmp_path / "rescue")
    assert result is not None
    assert not missing(result)
    texts = {statement.statement_id: statement.text for statement in result.audit.instrument.statements}
    assert set(texts) == {statement.statement_id for statement in words.statements}
    assert "(not readable)" in texts.values()
    assert sum(text.startswith("Our own") for text in texts.values()) > 20
    assert any("could not be checked" in note for note in result.notes)


# Single values ----------------------------------------------------------------------------------------------


def hit(content: bytes, words: bytes, offset: int, mask: int, which: int = 0) -> bytes:
    """One bit of the first place (or a later one) of these words flipped."""
    at = -1
    for _ in range(which + 1):
        at = content.index(words, at + 1)
    flipped = bytearray(content)
    flipped[at + offset] ^= mask
    return bytes(flipped)


def test_one_wrong_bit_in_a_text_is_put_right(fresh: bytes, tmp_path: Path) -> None:
    result = rescued(hit(fresh, b"Two schools were visited.", 5, 4), tmp_path)
    assert result is not None
    assert entered(result.audit) == ORIGINAL
    assert result.is_complete


def test_a_text_with_more_wrong_bits_is_taken_in_and_listed(fresh: bytes, tmp_path: Path) -> None:
    content = hit(hit(fresh, b"Two schools were visited.", 0, 128), b"schools were visited.", 3, 1)
    result = rescued(content, tmp_path)
    assert result is not None
    (where,) = result.doubtful
    assert str(where) == "response/w1/police/1.3/evidence"
    assert result.audit.value(where) == "\N{REPLACEMENT CHARACTER}wo schnols were visited."
    assert not result.lost


@pytest.mark.parametrize("offset", [0, 1, 3, 12, 15])
def test_a_value_under_a_key_that_was_hit_goes_where_it_belongs(
    fresh: bytes, tmp_path: Path, offset: int
) -> None:
    row = b"w1police1.3evidenceTwo schools"
    result = rescued(hit(fresh, row, offset, 1), tmp_path)
    assert result is not None
    assert entered(result.audit) == ORIGINAL


def long_audit(text: str) -> Audit:
    return bare_audit().with_changes([Change(EVIDENCE, None, text), Change(SCORE, None, 3)])


def test_a_long_text_over_many_pages_comes_back(tmp_path: Path) -> None:
    text = "".join(f"Sentence {number} – ŵ. " for number in range(1_200))
    audit = long_audit(text)
    content = make(tmp_path / "long.hsbaudit", audit).read_bytes()
    assert len(text) >= 20_000
    result = rescued(without(content, 0), tmp_path / "a", entered(audit))
    assert result is not None
    assert result.audit.value(EVIDENCE) == text

    result = rescued(hit(content, b"Sentence 700", 3, 1), tmp_path / "b", entered(audit))
    assert result is not None
    assert result.doubtful == (EVIDENCE,)
    assert result.audit.value(EVIDENCE) == text.replace("Sentence 700", "Senuence 700")

    last = content.index(b"Sentence 1199") // PAGE
    result = rescued(without(content, last), tmp_path / "c", entered(audit))
    assert result is not None
    assert result.doubtful == (EVIDENCE,)
    assert str(result.audit.value(EVIDENCE)).startswith(text[:15_000])


# Journals ---------------------------------------------------------------------------------------------------


@pytest.fixture
def half_written(fresh: bytes, tmp_path: Path) -> Path:
    """A file that was copied with its journal in the middle of a large write, and was hit besides."""
    live = tmp_path / "live" / "audit.hsbaudit"
    live.parent.mkdir()
    live.write_bytes(hit(fresh, b"Two schools were visited.", 5, 4))
    connection = open_for_writing(live)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE response_text SET text = 'never committed ' || text")
    connection.execute("UPDATE response_score SET score = 4 - score")
    path = tmp_path / "moved" / "audit.hsbaudit"
    path.parent.mkdir()
    shutil.copyfile(live, path)
    shutil.copyfile(journal_of(live), journal_of(path))
    connection.execute("ROLLBACK")
    connection.close()
    assert b"never committed" in path.read_bytes()
    return path


def test_a_write_left_half_done_is_taken_back_in_the_rescued_copy_only(
    half_written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = tmp_path / "common"
    common.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(common))
    scratch = private_temporary_folder()
    assert scratch is not None
    before = {entry.name: entry.read_bytes() for entry in half_written.parent.iterdir()}
    result = rescue(half_written, tmp_path / "out.hsbaudit")
    assert entered(result.audit) == ORIGINAL
    assert {entry.name: entry.read_bytes() for entry in half_written.parent.iterdir()} == before
    assert list(scratch.iterdir()) == list(common.iterdir()) == []


def test_moved_without_its_journal_nothing_uncommitted_passes_for_saved(
    half_written: Path, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        AuditFile.open(half_written.parent / "audit.hsbaudit")
    journal_of(half_written).unlink()
    result = rescued(half_written.read_bytes(), tmp_path / "rescue")
    assert result is not None
    assert missing(result) <= listed(result)


# What is no damaged audit -----------------------------------------------------------------------------------


def test_a_whole_file_needs_no_rescue(fresh: bytes, tmp_path: Path) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.write_bytes(fresh)
    refused(path, "is whole and needs no rescue")


def test_what_holds_nothing_of_an_audit_is_refused_in_a_plain_sentence(tmp_path: Path) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.write_bytes(random.Random(1).randbytes(60_000))
    refused(path, "Nothing that was entered could be read")
    path.write_bytes(b"")
    refused(path, "is empty")
    path.write_bytes(b"SQLite format 3\x00")
    refused(path, "Nothing that was entered")
    refused(tmp_path / "missing.hsbaudit", "does not exist")
    refused(tmp_path, "is a folder")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "contacts.db"
    with tampered(path) as connection:
        connection.execute("CREATE TABLE wave (a, b, c, d, e)")
        connection.execute("CREATE TABLE response_text (a, b, c, d, e)")
        connection.execute("INSERT INTO response_text VALUES ('w', 'partnership', '1.1', 'evidence', 'x')")
    refused(path, "belongs to another program")


def test_a_file_of_a_newer_version_is_left_alone(fresh: bytes, tmp_path: Path) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.write_bytes(fresh)
    with tampered(path) as connection:
        connection.execute(f"PRAGMA user_version = {USER_VERSION + 1000}")
        connection.execute("UPDATE seal SET digest = zeroblob(32)")
    refused(path, "newer version")


HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_whole_file_that_another_program_holds_is_no_damaged_one(
    fresh: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.write_bytes(fresh)
    monkeypatch.setattr(connection_module, "BUSY_SECONDS", 0.1)
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FileRefused, match="held by another program"):
            rescue(path, tmp_path / "out.hsbaudit")
        holder.communicate("")
    assert path.read_bytes() == fresh
    assert not (tmp_path / "out.hsbaudit").exists()


def test_a_name_that_is_taken_and_a_place_that_cannot_be_written_change_nothing(
    fresh: bytes, tmp_path: Path
) -> None:
    path, taken = tmp_path / "audit.hsbaudit", tmp_path / "taken.hsbaudit"
    path.write_bytes(without(fresh, 0))
    taken.write_bytes(b"mine")
    with pytest.raises(FileRefused, match="exists already"):
        rescue(path, taken)
    with pytest.raises(FileRefused, match="exists already"):
        rescue(path, path)
    with pytest.raises(OutputRefused, match="does not exist"):
        rescue(path, tmp_path / "nowhere" / "out.hsbaudit")
    assert taken.read_bytes() == b"mine"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["audit.hsbaudit", "taken.hsbaudit"]


# Hostile files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "trap",
    [
        "CREATE TRIGGER seal_2 AFTER INSERT ON response_score BEGIN UPDATE response_score SET score = 4; END",
        "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
        "ALTER TABLE agency RENAME TO agency_2; CREATE VIEW agency AS SELECT * FROM agency_2",
        "CREATE TABLE more (a, b GENERATED ALWAYS AS (zeroblob(1000000000)))",
    ],
)
def test_nothing_that_was_put_into_a_file_is_run_or_taken_along(
    fresh: bytes, tmp_path: Path, trap: str
) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.write_bytes(fresh)
    with tampered(path) as connection:
        connection.executescript(trap)
    result = rescued(path.read_bytes(), tmp_path / "rescue")
    assert result is not None
    assert not missing(result)


def test_chains_and_trees_that_never_end_are_left(worked_in: bytes, tmp_path: Path) -> None:
    content = bytearray(worked_in)
    for number in pages_of(worked_in, TABLE_INTERIOR) + pages_of(worked_in, INDEX_INTERIOR):
        # Each leads to itself.
        content[number * PAGE + 8 : number * PAGE + 12] = (number + 1).to_bytes(4)
    result = rescued(bytes(content), tmp_path)
    assert result is not None
    assert not missing(result)


def test_a_page_that_claims_one_huge_row_everywhere_costs_no_time(fresh: bytes) -> None:
    row = bytes((0x83, 0xFF, 0xFF, 0x7F, 1, 2, 0x87, 0xFF, 0xFF, 0x73))
    page = bytes((13, 0, 0)) + (1500).to_bytes(2) + bytes(3)
    page += b"".join((3100 + number % 900).to_bytes(2) for number in range(1500))
    page += row * ((PAGE - len(page)) // len(row) + 1)
    content = fresh + page[:PAGE] * 100
    begun = time.process_time()
    list(salvaged_rows(content, PAGE))
    assert time.process_time() - begun < LONGEST_RESCUE


def add_waves(path: Path, count: int) -> None:
    with tampered(path) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO wave (wave_id, label) VALUES (?, ?)",
            [(f"wave-{number}", "Wave") for number in range(count)],
        )
        connection.execute("COMMIT")


def test_rows_that_this_program_never_saved_are_not_taken_in(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    add_waves(path, 3)
    result = rescued(path.read_bytes(), tmp_path / "rescue", entered(bare_audit()))
    assert result is not None
    assert result.audit == bare_audit()


def test_more_than_an_audit_can_hold_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    add_waves(path, 1_200)
    with tampered(path) as connection:
        connection.execute("UPDATE seal SET digest = zeroblob(32)")
    refused(path, "holds more than an audit can")


# Size -------------------------------------------------------------------------------------------------------


def test_an_audit_of_many_agencies_is_rescued_in_seconds(tmp_path: Path) -> None:
    audit = full_audit()
    values = {
        where._replace(key=(WAVE, f"agency-{number}", where.key[2])): value
        for number in range(12)
        for where, value in audit.values()
        if where.subject is Subject.RESPONSE and where.key[1] == "partnership" and where.field != "target"
    }
    values |= {address(Subject.AGENCY, (f"agency-{n}",), "name"): f"Agency {n}" for n in range(12)}
    audit = audit.with_changes(Change(where, None, value) for where, value in values.items())
    content = make(tmp_path / "large.hsbaudit", audit).read_bytes()
    damaged = bytearray(content)
    for at in range(50_000, len(content), 100_000):
        damaged[at : at + 700] = bytes(700)
    result = rescued(bytes(damaged), tmp_path / "rescue", entered(audit))
    assert result is not None
    assert len(missing(result, entered(audit))) < 0.1 * len(values)


# Rows -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 65536])
def test_every_row_is_found_without_the_database_s_own_help(tmp_path: Path, page_size: int) -> None:
    path = tmp_path / "any.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("CREATE TABLE a (x TEXT, y INTEGER, z BLOB)")
        connection.execute("CREATE TABLE b (x TEXT, y REAL, PRIMARY KEY (x)) WITHOUT ROWID")
        chance = random.Random(5)
        rows: list[tuple[Cell, ...]] = [
            (
                f"text {n} " * chance.choice((1, 1, 400)),
                chance.choice((0, 1, -5, 70_000, 1 << 40, None)),
                b"z" * n,
            )
            for n in range(200)
        ]
        connection.executemany("INSERT INTO a VALUES (?, ?, ?)", rows)
        others: list[tuple[Cell, ...]] = [(f"key {n}" + "k" * (n * 11), n / 3 + 0.1) for n in range(150)]
        connection.executemany("INSERT INTO b VALUES (?, ?)", others)
        connection.commit()
    found = {row.columns: row.table for row in salvaged_rows(path.read_bytes(), page_size)}
    assert {found.get(row) for row in rows} == {"a"}
    assert {found.get(row) for row in others} == {"b"}
