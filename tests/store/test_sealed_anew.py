"""Whoever edits a file can compute its digests anew: the judging of values is left, and is enough."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.audits import look_without_a_trace
from tests.faults.hostile_values import Attack, RawText, make_attacked
from tests.store.files import bare_audit, make

REFUSED = {
    "a sample or not, or neither": Attack("audit", "is_sample", 2),
    "a text that would stand where a score stands": Attack("response_text", "field", RawText(b"score")),
    "a text that would stand where no view stands": Attack("response_text", "field", RawText(b"no_view")),
    "an identifier that no disk and no terminal takes": Attack("audit", "audit_id", RawText(b"a\x00\x1b[2J")),
    "a time of making that is none": Attack("audit", "made_at", RawText(b"\x07")),
    "a prompt that cannot be printed": Attack("prompt", "text", RawText(b"a\x00b")),
    "a score of nine": Attack("response_score", "score", 9),
    "a conflict between texts about what is no text": Attack("conflict", "address", RawText(b"audit/kind")),
    "a conflict about a lock": Attack("conflict", "address", RawText(b"wave/w1/is_locked")),
    "bytes that are no text": Attack("response_text", "text", RawText(b"\xff")),
}
REPORTED = {
    "an address of nothing": Attack("history", "address", RawText(b"../..")),
    "a time that is none": Attack("history", "edited_at", RawText(b"soon")),
    "a time without its zone": Attack("history", "edited_at", RawText(b"2026-03-04T00:00")),
    "an author that a terminal obeys": Attack("history", "author", RawText(b"\x1b[2J")),
    "a label of two lines and a bell": Attack("history", "label", RawText(b"\x07")),
    "a score of nine": Attack("history", "value_after", 9),
    "a value that is no value": Attack("history", "value_before", b"\x00\xff"),
}


def attacked(path: Path, attack: Attack) -> Path:
    assert make_attacked(path, attack, random.Random(22))
    return path


def test_an_honest_change_that_is_sealed_anew_is_taken_for_what_it_says(tmp_path: Path) -> None:
    path = attacked(tmp_path / "audit.hsbaudit", Attack("audit", "title", RawText(b"Another title")))
    seen = look_without_a_trace(path)
    assert seen.found == ""
    assert seen.audit is not None
    assert seen.audit.details.title == "Another title"


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_with_a_value_that_no_audit_holds_is_refused(what: str, tmp_path: Path) -> None:
    path = attacked(tmp_path / "audit.hsbaudit", REFUSED[what])
    seen = look_without_a_trace(path)
    assert seen.audit is None
    assert "damaged" in seen.found


@pytest.mark.parametrize("what", REPORTED)
def test_a_history_that_nobody_can_have_made_is_told_by_the_check(what: str, tmp_path: Path) -> None:
    path = attacked(tmp_path / "audit.hsbaudit", REPORTED[what])
    seen = look_without_a_trace(path)
    assert "1 rows of its history are not as they were saved." in seen.found


# Beside the file --------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in its folders")
@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_a_pipe_where_a_journal_should_lie_is_not_waited_on(end: str, tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    os.mkfifo(f"{path}{end}")
    with pytest.raises(FileRefused, match="is damaged"):
        AuditFile.open(path)


@pytest.mark.skipif(sys.platform != "linux", reason="needs files with holes")
def test_a_file_of_endless_size_is_not_copied_to_be_judged(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    content = bytearray(path.read_bytes())
    content[18:20] = b"\x02\x02"
    path.write_bytes(content)
    os.truncate(path, 1 << 36)
    with pytest.raises(FileRefused, match="is damaged"):
        AuditFile.open(path)


def test_a_journal_that_names_another_file_never_takes_that_file_away(tmp_path: Path) -> None:
    """A database deletes the file that a journal of several databases names, once it is played back."""
    import sqlite3

    path, other = make(tmp_path / "audit.hsbaudit", bare_audit()), tmp_path / "somebody-elses.txt"
    other.write_text("precious")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA cache_size = 2")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE statement SET text = text || hex(zeroblob(3000))")
    half, journal = path.read_bytes(), Path(f"{path}-journal").read_bytes()
    writer.execute("ROLLBACK")
    writer.close()
    name = os.fsencode(other)
    page, length, checksum = 0x40000000 // 4096 + 1, len(name), sum(name) & 0xFFFFFFFF
    trailer = page.to_bytes(4) + name + length.to_bytes(4) + checksum.to_bytes(4) + journal[:8]
    path.write_bytes(half)
    Path(f"{path}-journal").write_bytes(journal + trailer)
    with AuditFile.open(path) as file:
        assert file.read() == bare_audit()
    assert other.read_text() == "precious"
