"""Reads the rows of a damaged database out of its pages, without its table of contents and without SQLite.

Nothing here trusts a byte: every number is held against the page that it stands in, nothing recurses, and
the work is bounded. What looks like a row may still be rubbish: `proving.py` tells what was saved.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

Cell = str | int | float | bytes | None
"""One column. A text that is no UTF-8 keeps its bytes as lone surrogates (`surrogateescape`)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it lies in the file."""

    columns: tuple[Cell, ...]
    table: str = ""
    """The table or index that its page belongs to, as the file says itself; empty where it does not say."""
    is_guess: bool = False
    """Whether a length in it was mended on the way: worth something only where a digest proves it."""
    is_stray: bool = False
    """Whether no pointer led to it: it may be what a row left behind when it moved."""


USUAL_PAGE_SIZE = 4096
_PAGE_SIZES = tuple(1 << power for power in range(9, 17))
_HEADER_BYTES = 100
_MOST_COLUMNS = 10
_COLUMNS_OF_CONTENTS = 5
_MOST_PAYLOAD = 16_000_000
_MOST_ATTEMPTS = 150_000
"""At finding rows where no pointer leads to one: about a second's worth."""

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR, _TABLE_INTERIOR = 13, 10, 2, 5
_POINTERS_AT = {_TABLE_LEAF: 8, _INDEX_LEAF: 8, _INDEX_INTERIOR: 12, _TABLE_INTERIOR: 12}
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12


class _Unreadable(Exception):
    """What stands there is no row."""


class _Exhausted(Exception):
    """More was asked for than a file of this size can hold."""


def page_sizes(content: bytes) -> tuple[int, ...]:
    """Return the sizes (bytes) that the pages may have: what the file says itself, and what is usual."""
    said = int.from_bytes(content[16:18])
    said = 1 << 16 if said == 1 else said
    return tuple(dict.fromkeys(size for size in (said, USUAL_PAGE_SIZE) if size in _PAGE_SIZES))


def salvaged_rows(content: bytes, page_size: int) -> Iterator[Row]:
    """Yield what looks like a row, page by page; some more than once, some that never were one."""
    return _Pages(content, page_size).rows()


class _Pages:
    """A file cut into pages."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size
        self._count = -(-len(content) // size)
        self._most_bytes = self._bytes_left = 8 * len(content) + _MOST_PAYLOAD
        self._attempts_left = _MOST_ATTEMPTS
        self._owners: dict[int, str] = {}
        self._overflowed: set[int] = set()
        self._used: dict[int, list[tuple[int, int]]] = {}

    def rows(self) -> Iterator[Row]:
        """Yield first what pointers lead to, then what lies where none does, each with bounds of its own."""
        with suppress(_Exhausted):
            contents = [row for number in self._tree(0) for row in self._pointed(number)]
            self._owners = dict(self._owned(contents))
            for number in range(self._count):
                yield from self._with_owner(number, self._pointed(number))
        self._bytes_left = self._most_bytes
        # No row begins on a page that a row goes on to; text looks like many rows that are none.
        begun_on = [number for number in range(self._count) if number not in self._overflowed]
        with suppress(_Exhausted):
            for number in begun_on:
                yield from self._with_owner(number, self._strays(number))

    def _with_owner(self, number: int, rows: Iterable[Row]) -> Iterator[Row]:
        owner = self._owners.get(number, "")
        return (replace(row, table=owner) if owner else row for row in rows)

    def _owned(self, contents: list[Row]) -> Iterator[tuple[int, str]]:
        """Yield the pages of each table and index that the table of contents names."""
        for row in contents:
            if len(row.columns) == _COLUMNS_OF_CONTENTS and not row.is_guess:
                kind, name, _, root, _ = row.columns
                if kind in {"table", "index"} and isinstance(name, str) and isinstance(root, int):
                    for number in self._tree(root - 1):
                        yield number, name

    def _tree(self, root: int) -> list[int]:
        """Return the pages under a page, itself the first."""
        pages, at = [root] if 0 <= root < self._count else [], 0
        seen = set(pages)
        while at < len(pages):
            page, start = self._page(pages[at]), _HEADER_BYTES if pages[at] == 0 else 0
            at += 1
            kind = page[start] if start < len(page) else 0
            if kind not in {_TABLE_INTERIOR, _INDEX_INTERIOR}:
                continue
            places = [start + 8, *self._pointers(page, start, kind)]
            for child in (int.from_bytes(page[place : place + 4]) - 1 for place in places):
                if 0 <= child < self._count and child not in seen:
                    seen.add(child)
                    pages.append(child)
        return pages

    def _page(self, number: int) -> bytes:
        return self._content[number * self._size : (number + 1) * self._size]

    def _pointed(self, number: int) -> Iterator[Row]:
        page, start = self._page(number), _HEADER_BYTES if number == 0 else 0
        kind = page[start] if start < len(page) else 0
        if kind not in _POINTERS_AT or kind == _TABLE_INTERIOR:
            return
        for at in self._pointers(page, start, kind):
            with suppress(_Unreadable, IndexError):
                rows, end = self._cell(page, at, kind)
                self._used.setdefault(number, []).append((at, end))
                yield from rows

    def _strays(self, number: int) -> Iterator[Row]:
        page, start = self._page(number), _HEADER_BYTES if number == 0 else 0
        kind = page[start] if start < len(page) else 0
        if kind != _TABLE_INTERIOR:
            kinds = (kind,) if kind in _POINTERS_AT else (_TABLE_LEAF, _INDEX_LEAF)
            gaps = _gaps(self._used.get(number, []), start + 8, len(page))
            yield from self._carved(page, kinds, gaps)

    def _pointers(self, page: bytes, start: int, kind: int) -> Iterator[int]:
        first = start + _POINTERS_AT[kind]
        cells = int.from_bytes(page[start + 3 : start + 5])
        seen: set[int] = set()
        for index in range(min(cells, (self._size - first) // 2)):
            place = first + 2 * index
            at = int.from_bytes(page[place : place + 2])
            if first <= at < len(page) and at not in seen:
                seen.add(at)
                yield at

    def _carved(self, page: bytes, kinds: tuple[int, ...], gaps: Iterator[tuple[int, int]]) -> Iterator[Row]:
        """Yield rows from where no pointer leads to, because it, or the head of its page, was hit."""
        for begin, end in gaps:
            at = begin
            while at < end:
                if page[at] == 0:
                    at += 1
                    continue
                if self._attempts_left <= 0:
                    return
                self._attempts_left -= 1
                found, at = self._carve(page, kinds, at, end)
                yield from (replace(row, is_stray=True) for row in found)

    def _carve(self, page: bytes, kinds: tuple[int, ...], at: int, end: int) -> tuple[list[Row], int]:
        for kind in kinds:
            try:
                rows, cell_end = self._cell(page, at, kind)
            except (_Unreadable, IndexError):
                continue
            whole = [row for row in rows if not row.is_guess]
            if whole and cell_end <= end:
                return whole, cell_end
        return [], at + 1

    def _cell(self, page: bytes, at: int, kind: int) -> tuple[list[Row], int]:
        """Return the readings of one cell (more than one only where a length is wrong) and where it ends."""
        if kind == _INDEX_INTERIOR:
            at += 4
        size, at = _number(page, at)
        rowid: int | None = None
        if kind == _TABLE_LEAF:
            rowid, at = _number(page, at)
        local = self._local_size(size, kind)
        end = at + local
        if not 1 < size <= min(_MOST_PAYLOAD, self._count * self._size) or end > self._size:
            # Its own length is wrong; the lengths of its columns may not be.
            return [Row(_with_rowid(columns, rowid), is_guess=True) for columns in _short(page[at:])], at + 1
        payload = page[at:end]
        if local < size:
            _kinds(payload)  # what is no row is not worth following
            payload += self._overflow(int.from_bytes(page[end : end + 4]), size - local)
            end += 4
        self._bytes_left -= len(payload)
        if self._bytes_left < 0:
            raise _Exhausted
        columns, *others = _records(payload, size)
        rows = [Row(_with_rowid(columns, rowid))] if columns else []
        rows += [Row(_with_rowid(other, rowid), is_guess=True) for other in others if other]
        if not columns:
            rows += [Row(_with_rowid(other, rowid), is_guess=True) for other in _short(page[at:])]
        return rows, end

    def _local_size(self, size: int, kind: int) -> int:
        """Return how many bytes of a row lie in its own page; the rest is on overflow pages."""
        least = (self._size - 12) * 32 // 255 - 23
        most = self._size - 35 if kind == _TABLE_LEAF else (self._size - 12) * 64 // 255 - 23
        if size <= most:
            return size
        local = least + (size - least) % (self._size - 4)
        return local if local <= most else least

    def _overflow(self, number: int, wanted: int) -> bytes:
        """Return what the chain of pages holds, as far as it goes."""
        parts: list[bytes] = []
        seen: set[int] = set()
        while wanted > 0 and 0 < number <= self._count and number not in seen:
            seen.add(number)
            self._overflowed.add(number - 1)
            page = self._page(number - 1)
            part = page[4 : min(self._size, 4 + wanted)]
            parts.append(part)
            wanted -= len(part)
            number = int.from_bytes(page[:4])
        return b"".join(parts)


def _gaps(used: list[tuple[int, int]], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a page that no row was read from; pointers and free space are among them."""
    for start, stop in sorted(used):
        if start > begin:
            yield begin, start
        begin = max(begin, stop)
    if begin < end:
        yield begin, end


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of variable length and where it ends; IndexError past the end of the data."""
    value = 0
    for offset in range(8):
        byte = data[at + offset]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + offset + 1
    return value << 8 | data[at + 8], at + 9


def _kinds(payload: bytes) -> tuple[list[int], int]:
    """Return the kinds of a row's columns and where its values begin."""
    head, at = _number(payload, 0)
    if not 1 < head <= len(payload):
        raise _Unreadable
    kinds: list[int] = []
    while at < head:
        kind, at = _number(payload, at)
        if kind in {10, 11} or len(kinds) == _MOST_COLUMNS:
            raise _Unreadable
        kinds.append(kind)
    if at != head:
        raise _Unreadable
    return kinds, head


def _length(kind: int) -> int:
    if kind >= _FIRST_BLOB:
        return (kind - _FIRST_BLOB) // 2
    return 8 if kind == _REAL else _INTEGER_BYTES.get(kind, 0)


def _records(payload: bytes, size: int) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of `size` bytes first, empty if its lengths do not add up; then what it may have been."""
    kinds, head = _kinds(payload)
    lengths = [_length(kind) for kind in kinds]
    amiss = size - head - sum(lengths)
    yield _values(payload, head, kinds, lengths) if amiss == 0 else ()
    if amiss:
        for place, kind in enumerate(kinds):
            if kind >= _FIRST_BLOB and lengths[place] + amiss >= 0:
                mended = [*lengths[:place], lengths[place] + amiss, *lengths[place + 1 :]]
                yield _values(payload, head, kinds, mended)


def _short(rest: bytes) -> list[tuple[Cell, ...]]:
    """Return the row that begins there by the lengths of its columns alone, if it ends within its page."""
    kinds, head = _kinds(rest)
    lengths = [_length(kind) for kind in kinds]
    return [_values(rest, head, kinds, lengths)] if head + sum(lengths) <= len(rest) else []


def _values(payload: bytes, at: int, kinds: list[int], lengths: list[int]) -> tuple[Cell, ...]:
    values: list[Cell] = []
    for kind, length in zip(kinds, lengths, strict=True):
        values.append(_value(kind, payload[at : at + length], length))
        at += length
    return tuple(values)


def _value(kind: int, data: bytes, length: int) -> Cell:
    if kind in {_ZERO, _ONE}:
        return kind - _ZERO
    if kind >= _FIRST_BLOB:
        return data.decode("utf-8", "surrogateescape") if kind % 2 else data
    if kind == 0 or len(data) < length:
        return None
    return struct.unpack(">d", data)[0] if kind == _REAL else int.from_bytes(data, signed=True)


def _with_rowid(columns: tuple[Cell, ...], rowid: int | None) -> tuple[Cell, ...]:
    """Return the columns with the row's number where SQLite leaves it out: in an INTEGER PRIMARY KEY."""
    if rowid is not None and columns and columns[0] is None:
        return (rowid, *columns[1:])
    return columns
