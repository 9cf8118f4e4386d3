"""Kinds of things that are no audit file, each made under a name; what is returned is opened."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from hsb_desktop.store.schema import APPLICATION_ID, USER_VERSION
from tests.faults.audits import is_posix, sound_bytes

Maker = Callable[[Path], Path]
_APPLICATION_AT, _PAGE_SIZE_AT, _ENCODING_AT = 68, 16, 56


def _bytes(content: bytes) -> Maker:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def _zip(*names: str) -> Maker:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>" * 200)
    return _bytes(out.getvalue())


def _tar(path: Path) -> Path:
    with tarfile.open(path, "w") as archive:
        entry = tarfile.TarInfo("audit.hsbaudit")
        entry.size = len(sound_bytes())
        archive.addfile(entry, io.BytesIO(sound_bytes()))
    return path


def _zipped_audit(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("audit.hsbaudit", sound_bytes())
    return path


def _database(*statements: str) -> Maker:
    def make(path: Path) -> Path:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)
        return path

    return make


def _edited(at: int, content: bytes) -> Maker:
    def make(path: Path) -> Path:
        whole = bytearray(sound_bytes())
        whole[at : at + len(content)] = content
        path.write_bytes(whole)
        return path

    return make


def _sparse(beginning: bytes, size: int) -> Maker:
    def make(path: Path) -> Path:
        path.write_bytes(beginning)
        os.truncate(path, size)
        return path

    return make


def _sparse_write_ahead(path: Path) -> Path:
    """Judging it takes a private copy, and a copy of this one would fill the disk."""
    whole = bytearray(sound_bytes())
    whole[18:20] = b"\x02\x02"
    return _sparse(bytes(whole), 1 << 36)(path)


def _sparse_counted(path: Path) -> Path:
    """A header that says itself how many pages of nothing there are."""
    whole = bytearray(sound_bytes())
    whole[28:32] = (1 << 22).to_bytes(4)
    return _sparse(bytes(whole), 4096 << 22)(path)


def _with_pipe_as_journal(path: Path) -> Path:
    path.write_bytes(sound_bytes())
    os.mkfifo(path.with_name(path.name + "-journal"))
    return path


def _with_folder_as_journal(path: Path) -> Path:
    path.write_bytes(sound_bytes())
    path.with_name(path.name + "-journal").mkdir()
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _link(target: str) -> Maker:
    def make(path: Path) -> Path:
        path.symlink_to(target)
        return path

    return make


def _device(name: str) -> Maker:
    return lambda _: Path(name)


def _absent(path: Path) -> Path:
    return path


def _endless_name(path: Path) -> Path:
    return path.with_name("x" * 300)


_RANDOM = random.Random(18).randbytes(20_000)
_OURS = (f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {USER_VERSION}")
_EVERYWHERE: tuple[tuple[str, Maker], ...] = (
    ("nothing there", _absent),
    ("0 bytes", _bytes(b"")),
    ("one byte", _bytes(b"S")),
    ("zeros", _bytes(bytes(9000))),
    ("random bytes", _bytes(_RANDOM)),
    ("an encrypted database", _bytes(_RANDOM[:16] + random.Random(19).randbytes(4096 * 4 - 16))),
    ("text", _bytes(b"Audit of Northmoor\n")),
    ("text in UTF-16", _bytes("Audit of Northmoor".encode("utf-16"))),
    ("JSON", _bytes(json.dumps({"format": "hsbaudit", "version": 1}).encode())),
    ("CSV", _bytes(b"statement,score\r\n1.1,3\r\n")),
    ("HTML", _bytes(b"<!doctype html><title>Audit</title>")),
    ("a picture", _bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))),
    ("a photograph", _bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500))),
    ("a PDF", _bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(500))),
    ("a program", _bytes(b"MZ\x90\x00" + bytes(900))),
    ("a shell script", _bytes(b"#!/bin/sh\nexit 0\n")),
    ("a Word document", _zip("[Content_Types].xml", "word/document.xml")),
    ("a workbook", _zip("[Content_Types].xml", "xl/workbook.xml")),
    ("a renamed zip", _zip("notes.txt")),
    ("a zip of an audit", _zipped_audit),
    ("a tar of an audit", _tar),
    ("an audit under gzip", _bytes(gzip.compress(b"SQLite format 3\x00" * 300, mtime=0))),
    ("a mail", _bytes(b"From: a@example.org\r\nSubject: audit\r\n\r\n")),
    ("a header of a database and no more", _bytes(b"SQLite format 3\x00" + bytes(84))),
    ("half a header", _bytes(b"SQLite format 3\x00" + bytes(34))),
    ("a header in small letters", _edited(0, b"sqlite format 3\x00")),
    ("someone else's database", _database("CREATE TABLE contact (name)")),
    ("someone else's with our mark", _database("CREATE TABLE contact (name)", *_OURS)),
    ("an empty database with our mark", _database(*_OURS, "VACUUM")),
    ("with write-ahead logging", _database("PRAGMA journal_mode = WAL", "CREATE TABLE t (x)", *_OURS)),
    ("pages of 512 bytes", _database("PRAGMA page_size = 512", "CREATE TABLE t (x)", *_OURS)),
    ("pages of 65,536 bytes", _database("PRAGMA page_size = 65536", "CREATE TABLE t (x)", *_OURS)),
    ("a database in UTF-16", _database("PRAGMA encoding = 'UTF-16le'", "CREATE TABLE t (x)", *_OURS)),
    ("with vacuuming on its way", _database("PRAGMA auto_vacuum = 2", "CREATE TABLE t (x)", *_OURS)),
    ("an audit of another application", _edited(_APPLICATION_AT, b"\x00\x00\x00\x01")),
    ("an audit said to have other pages", _edited(_PAGE_SIZE_AT, b"\x02\x00")),
    ("an audit said to be in UTF-16", _edited(_ENCODING_AT, b"\x00\x00\x00\x02")),
    ("a folder", _folder),
    ("a name that no disk has", _endless_name),
)
_POSIX: tuple[tuple[str, Maker], ...] = (
    ("a pipe", _pipe),
    ("a pipe as its journal", _with_pipe_as_journal),
    ("a folder as its journal", _with_folder_as_journal),
    ("a link to nothing", _link("nowhere")),
    ("a link to itself", _link("audit.hsbaudit")),
    ("a link to a folder", _link(".")),
    ("a device without end", _device("/dev/zero")),
    ("a device without content", _device("/dev/null")),
    ("64 GB of nothing", _sparse(b"", 1 << 36)),
    ("an audit with write-ahead logging and 64 GB of nothing", _sparse_write_ahead),
    ("an audit that counts 16 GB of nothing", _sparse_counted),
)

KINDS: tuple[tuple[str, Maker], ...] = _EVERYWHERE + (_POSIX if is_posix() else ())
