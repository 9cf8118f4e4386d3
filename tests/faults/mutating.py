"""Changes databases, and what imports read, where their structure is: few random bytes matter."""

from __future__ import annotations

import io
import random
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

from hsb_desktop.interchange.audit_table import table_of
from hsb_desktop.interchange.csv_rows import write_csv
from hsb_desktop.interchange.json_audit import write_json
from hsb_desktop.interchange.workbook_rows import write_workbook
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.audits import NAME, Seen, look, sound, sound_bytes
from tests.store.files import EVIDENCE, agreed, change_set, full_audit

_PAGE = 4096
_MOST_CHANGES = 4
_HEADER_FIELDS = (
    (16, 2), (18, 1), (19, 1), (20, 1), (21, 1), (22, 1), (23, 1), (24, 4), (28, 4), (32, 4), (36, 4), (40,
    4),
    (44, 4), (48, 4), (52, 4), (56, 4), (60, 4), (64, 4), (68, 4), (72, 4), (92, 4), (96, 4),
)  # fmt: skip
_LEAF_KINDS, _TREE_KINDS = (10, 13), (2, 5, 10, 13)
_JOURNAL_FIELDS = ((0, 4), (4, 4), (8, 4), (12, 4), (16, 4), (20, 4), (24, 4))
_VARINTS = (
    b"\x00", b"\x01", b"\x7f", b"\x81\x00", b"\xff\x7f", b"\x8f\xff\xff\xff\x7f", b"\xff" * 9,
    b"\x80" * 8 + b"\x01",
    b"\x84\x80\x80\x80\x00",
)  # fmt: skip

Change = Callable[[bytearray, random.Random], None]


# The databases that are changed -----------------------------------------------------------------------------


@cache
def _with_long_texts() -> bytes:
    """Texts that run over many pages, and pages that were set free."""
    folder = Path(tempfile.mkdtemp(prefix="hsb-fault-"))
    try:
        path = folder / NAME
        path.write_bytes(sound_bytes())
        with AuditFile.open(path) as file:
            audit = file.read()
            other = agreed("1.2", "evidence")
            file.apply(change_set((EVIDENCE, audit.value(EVIDENCE), "A long text. " * 3000)))
            file.apply(change_set((other, audit.value(other), "Another one. " * 4000)))
            file.apply(change_set((other, "Another one. " * 4000, "Short.")))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # Purging history would leave such free pages.
            connection.execute("DELETE FROM history WHERE history_id = (SELECT max(history_id) FROM history)")
        return path.read_bytes()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _journal() -> bytes:
    """The hot journal that a commit into the sound file leaves when it is killed."""
    folder = Path(tempfile.mkdtemp(prefix="hsb-fault-"))
    try:
        path = folder / NAME
        path.write_bytes(sound_bytes())
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA cache_size = 2")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE response_text SET text = text || hex(zeroblob(2000))")
            journal = path.with_name(NAME + "-journal").read_bytes()
            connection.execute("ROLLBACK")
        return journal
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def mutated_database(picked: random.Random) -> dict[str, bytes]:
    """The files of one damaged audit by what their names end in: itself, and perhaps a journal."""
    base = picked.choice((sound_bytes(small=True), sound_bytes(), _with_long_texts()))
    way = picked.random()
    if way < 0.08:
        journal = bytearray(_journal())
        for _ in range(picked.randrange(_MOST_CHANGES)):
            _change_journal(journal, picked)
        return {"": _changed(sound_bytes(), picked, picked.randrange(2)), "-journal": bytes(journal)}
    if way < 0.10:
        content = bytearray(base)
        content[18:20] = b"\x02\x02"
        wal = b"\x37\x7f\x06\x82" + picked.randbytes(28) + picked.randbytes(picked.randrange(9000))
        return {"": bytes(content), "-wal": wal}
    return {"": _changed(base, picked, picked.randrange(1, _MOST_CHANGES + 1))}


@cache
def sound_ones() -> tuple[Seen, ...]:
    """What a person finds in each of the files before it is changed."""
    folder = Path(tempfile.mkdtemp(prefix="hsb-fault-"))
    try:
        (folder / NAME).write_bytes(_with_long_texts())
        return sound(), sound(small=True), look(folder / NAME)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _changed(base: bytes, picked: random.Random, times: int) -> bytes:
    content = bytearray(base)
    for _ in range(times):
        picked.choice(_CHANGES)(content, picked)
        if len(content) < _PAGE:
            break
    return bytes(content)


def _number(picked: random.Random, size: int) -> bytes:
    most = (1 << 8 * size) - 1
    usual = (
        0,
        1,
        2,
        3,
        4,
        5,
        7,
        8,
        127,
        128,
        255,
        256,
        512,
        4095,
        4096,
        65_535,
        65_536,
        most,
        most - 1,
        most >> 1,
    )
    return (picked.choice((*usual, picked.randrange(most + 1))) & most).to_bytes(size)


def _page(content: bytearray, picked: random.Random) -> int:
    return picked.randrange(max(1, len(content) // _PAGE)) * _PAGE


def _tree_page(content: bytearray, picked: random.Random) -> int:
    """Where the header of a page with cells begins."""
    for _ in range(20):
        at = _page(content, picked)
        at += 100 if at == 0 else 0
        if content[at] in _TREE_KINDS:
            return at
    return 100


def _pointers(content: bytearray, header: int) -> range:
    start = header + (8 if content[header] in _LEAF_KINDS else 12)
    count = int.from_bytes(content[header + 3 : header + 5])
    return range(start, min(start + 2 * count, len(content) - 2), 2)


def _cell(content: bytearray, picked: random.Random) -> int:
    """Where some cell begins."""
    header = _tree_page(content, picked)
    pointers = _pointers(content, header)
    if not pointers:
        return header
    pointer = picked.choice(pointers)
    at = header // _PAGE * _PAGE + int.from_bytes(content[pointer : pointer + 2])
    return min(at, len(content) - 20)


def _put(content: bytearray, at: int, what: bytes) -> None:
    if 0 <= at <= len(content) - len(what):
        content[at : at + len(what)] = what


def _header_field(content: bytearray, picked: random.Random) -> None:
    at, size = picked.choice(_HEADER_FIELDS)
    _put(content, at, _number(picked, size))


def _page_header(content: bytearray, picked: random.Random) -> None:
    at, size = picked.choice(((0, 1), (1, 2), (3, 2), (5, 2), (7, 1), (8, 4)))
    _put(content, _tree_page(content, picked) + at, _number(picked, size))


def _cell_pointer(content: bytearray, picked: random.Random) -> None:
    pointers = _pointers(content, _tree_page(content, picked))
    if len(pointers) > 1:
        one, other = picked.sample(pointers, 2)
        if picked.random() < 0.5:
            content[one : one + 2], content[other : other + 2] = (
                content[other : other + 2],
                content[one : one + 2],
            )
        else:
            content[one : one + 2] = picked.choice((bytes(content[other : other + 2]), _number(picked, 2)))


def _cell_start(content: bytearray, picked: random.Random) -> None:
    _put(content, _cell(content, picked) + picked.randrange(3), picked.choice(_VARINTS))


def _serial_type(content: bytearray, picked: random.Random) -> None:
    _put(content, _cell(content, picked) + picked.randrange(2, 16), bytes([picked.randrange(256)]))


def _child(content: bytearray, picked: random.Random) -> None:
    """A pointer from one page to another, to itself, to the first, or beyond the end."""
    pages = len(content) // _PAGE
    target = picked.choice((0, 1, 2, pages, pages + 1, picked.randrange(pages + 2), 0xFFFFFFFF))
    place = picked.choice((_cell(content, picked), _tree_page(content, picked) + 8, _page(content, picked)))
    _put(content, place, target.to_bytes(4))


def _overflow(content: bytearray, picked: random.Random) -> None:
    """The first four bytes of a page are the next one of a long text."""
    at = _page(content, picked)
    _put(content, at, (at // _PAGE + 1 if picked.random() < 0.5 else picked.randrange(1, 90)).to_bytes(4))


def _free_list(content: bytearray, picked: random.Random) -> None:
    page = _page(content, picked)
    _put(content, 32, (page // _PAGE + 1).to_bytes(4))
    _put(content, 36, _number(picked, 4))
    if picked.random() < 0.5:
        _put(content, page + 4, _number(picked, 4))


def _swap_pages(content: bytearray, picked: random.Random) -> None:
    one, other = _page(content, picked), _page(content, picked)
    first, second = bytes(content[one : one + _PAGE]), bytes(content[other : other + _PAGE])
    _put(content, one, second)
    if picked.random() < 0.6:
        _put(content, other, first)


def _wipe_page(content: bytearray, picked: random.Random) -> None:
    at = _page(content, picked)
    start = picked.randrange(_PAGE)
    fill = picked.choice((bytes(_PAGE), b"\xff" * _PAGE, picked.randbytes(_PAGE)))
    content[at + start : at + _PAGE] = fill[start : start + len(content[at + start : at + _PAGE])]


def _length(content: bytearray, picked: random.Random) -> None:
    if picked.random() < 0.5:
        del content[picked.randrange(len(content)) :]
    else:
        content += picked.randbytes(picked.choice((1, 512, _PAGE, 3 * _PAGE)))


def _anywhere(content: bytearray, picked: random.Random) -> None:
    size = picked.choice((1, 2, 4))
    _put(content, picked.randrange(len(content)), _number(picked, size))


_LETTERS = (b"\x00", b"\xff", b"\xed\xa0\x80", b"\x1b[2J", b"STRICT", b"CREATE TRIGGER", b"'\"`;--")
_WORDS = (b"CREATE", b"TEXT", b"STRICT", b"audit", b"Evidence", b"CHECK", b"wave", b"response")


def _letters(content: bytearray, picked: random.Random) -> None:
    what, word = picked.choice(_LETTERS), picked.choice(_WORDS)
    at = content.find(word, picked.randrange(len(content)))
    _put(content, at, what)


_CHANGES: tuple[Change, ...] = (
    _header_field, _page_header, _page_header, _cell_pointer, _cell_pointer, _cell_start, _cell_start,
    _serial_type, _serial_type, _child, _overflow, _free_list, _swap_pages, _wipe_page, _length, _anywhere,
    _letters,
)  # fmt: skip


def _change_journal(journal: bytearray, picked: random.Random) -> None:
    way = picked.random()
    if way < 0.5:
        at, size = picked.choice(_JOURNAL_FIELDS)
        _put(journal, at, _number(picked, size))
    elif way < 0.7:
        # A number of a page, or the check sum behind it.
        record = 512 + picked.randrange(20) * (_PAGE + 8)
        _put(journal, record + picked.choice((0, _PAGE + 4)), _number(picked, 4))
    elif way < 0.85:
        del journal[picked.randrange(1, len(journal)) :]
    else:
        _put(journal, picked.randrange(len(journal)), picked.randbytes(picked.randrange(1, 40)))


# What an import reads ---------------------------------------------------------------------------------------

_TOKENS = (
    b"", b"null", b"true", b"-1", b"9", b"1e999", b"NaN", b'"', b"'", b"{", b"}", b"[", b"]", b",", b":",
    b";", b"\t",
    b"\r", b"\n", b"\x00", b"\x1b", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\\ud800", b"\\u0000",
    b"=1+1",
    b"statement", b"score", b"<", b"&", b"&#0;", b"&#xD800;", b"<!DOCTYPE x>", b"]]>", b"_xD800_",
    b"99999999999999",
    b"../../x", b"A1048577", b"XFE1", b"1.1", b"no view", b"sep=;", b"x" * 5000, b'""""',
)  # fmt: skip


@cache
def _sources() -> tuple[tuple[str, bytes], ...]:
    audit = full_audit()
    return (
        (".json", write_json(audit)),
        (".csv", write_csv(table_of(audit))),
        (".xlsx", write_workbook(audit)),
    )


def mutated_source(picked: random.Random) -> tuple[str, bytes]:
    """A suffix and the damaged bytes of a file that somebody imports."""
    suffix, content = picked.choice(_sources())
    if suffix == ".xlsx" and picked.random() < 0.8:
        return suffix, _mutated_workbook(content, picked)
    return suffix, _mutated_text(content, picked)


def _mutated_text(content: bytes, picked: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(picked.randrange(1, _MOST_CHANGES + 1)):
        at = picked.randrange(len(changed) + 1)
        to = min(len(changed), at + picked.choice((0, 0, 1, 2, 8, 60)))
        piece = picked.choice((picked.choice(_TOKENS), bytes(changed[at:to]) * 2))
        changed[at:to] = piece
        if picked.random() < 0.05:
            del changed[picked.randrange(len(changed) + 1) :]
    return bytes(changed)


def _mutated_workbook(content: bytes, picked: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        names = before.namelist()
        victim = picked.choice(names)
        for name in names:
            part = before.read(name)
            if name == victim:
                if picked.random() < 0.1:
                    continue
                part = _mutated_text(part, picked)
            after.writestr(name, part, compress_type=zipfile.ZIP_STORED)
    return out.getvalue()
