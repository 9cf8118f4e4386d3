"""Rows and documents of other programs with one thing in them that no audit holds."""

from __future__ import annotations

import copy
import csv
import io
import json
import random
from functools import cache
from typing import Any

from hsb_desktop.interchange.json_audit import audit_to_data
from tests.store.files import full_audit

_COLUMNS = (
    "wave",
    "agency",
    "statement",
    "score",
    "target",
    "evidence",
    "comments",
    "wave date",
    "no view reason",
)
_LONGEST_CELL = 30_000
_GOOD_ROWS = (
    {"statement": "1.1", "score": "3", "evidence": "Seen in the file sample."},
    {"statement": "1.2", "score": "0", "target": "4"},
    {"statement": "1.3", "agency": "Northmoor Police", "score": "no view", "no view reason": "Not ours"},
    {"statement": "2", "comments": "A word on the domain."},
)
_HOSTILE_CELLS: dict[str, tuple[str, ...]] = {
    "score": ("9", "-1", "5", "2.5", "NaN", "four", "1e0", "٣", "3 3", "0x3", "=1+1", "3;", "+3", "TRUE"),
    "target": ("9", "-1", "high", "2.5", "no view", "1e0"),
    "statement": ("9.9", "1.1 1.2", "0", "-1", "partnership", "../1.1", "1,1", "statement", "%s", "nowhere"),
    "wave date": ("soon", "2026-02-30", "1066-01-01", "2026-2-3", "04/03/2026", "2026-03-04T00:00"),
    "evidence": ("a\x00b", "\x07bell", "a\x1b[2Jb", "\x7f", "\ufffe", "\ufdd0", "\x85", "x" * 1_000_001),
    "agency": ("a\x00b", "\x1bPolice", "\ufdd0"),
    "wave": ("a\x07b", "x\x00"),
    "comments": ("words where a statement stands",),
    "no view reason": ("a reason of the partnership",),
}


def hostile_table(picked: random.Random) -> tuple[list[list[str]], str]:
    """Heading and rows, one of which cannot be taken in; and what is wrong with it."""
    rows = [dict(row) for row in picked.sample(_GOOD_ROWS, picked.randrange(1, 5))]
    column = picked.choice(tuple(_HOSTILE_CELLS))
    bad = {"statement": "3.1", "wave": "Baseline", column: picked.choice(_HOSTILE_CELLS[column])}
    if column == "comments":
        bad |= {"statement": "3.1", "agency": "x\x07"}
    rows.insert(picked.randrange(len(rows) + 1), bad)
    if picked.random() < 0.1:
        # The same statement once more, with another answer.
        rows = [row for row in rows if row is not bad]
        rows += [{"statement": "5.8", "score": "1"}, {"statement": "5.8", "score": "2"}]
    what = f"{column} {str(bad[column])[:40]!r}"
    return [list(_COLUMNS), *([row.get(name, "") for name in _COLUMNS] for row in rows)], what


def as_csv(table: list[list[str]]) -> bytes:
    """The table as a spreadsheet program writes it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table)
    return out.getvalue().encode("utf-8-sig", "surrogatepass")


def as_workbook(table: list[list[str]]) -> bytes:
    """The same as a workbook; what XML cannot say is written as spreadsheets escape it."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Responses"
    for row in table:
        book.active.append([_escaped(cell) for cell in row])
    for cells in book.active.iter_rows():
        for cell in cells:
            cell.data_type = "s" if cell.value else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _escaped(cell: str) -> str:
    # A cell holds no more than that; what is too long elsewhere is another fault here.
    cell = cell if len(cell) < _LONGEST_CELL else cell[:_LONGEST_CELL] + "\a"
    return "".join(f"_x{ord(c):04X}_" if not c.isprintable() and c not in "\n\t" else c for c in cell)


_HOSTILE_FIELDS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("responses", "score", (9, -1, 5, 2.5, "3", True, [], {}, 1 << 80)),
    ("responses", "target", (9, -1, 2.5, "4", False, [0])),
    ("responses", "no_view", ("yes", 1, 0.0, [])),
    ("responses", "wave", ("nowhere", None, 5, [], {})),
    ("responses", "agency", ("nobody", "partnership", 5, [], {})),
    ("responses", "statement", ("9.9", None, 1.1, [], "")),
    ("responses", "evidence", (5, [], {"a": 1}, "a\x00b", "\x07", "\ud800", "\ufffe", "x" * 1_000_001)),
    ("responses", "assurance", (True, "\x1b[2J", "\udfff")),
    ("domain_notes", "domain", ("9", None, 5)),
    ("domain_notes", "wave", ("nowhere", None, [])),
    ("domain_notes", "completed_on", ("soon", "2026-02-30", 20260304, "1066-01-01")),
    ("domain_notes", "comments", (5, "\x07")),
    ("waves", "label", ("", None, 5, " ", "\x00")),
    ("waves", "held_on", ("soon", 5, "2026-2-3", "9999-01-01")),
    ("waves", "locked", ("yes", 2, [])),
    ("waves", "agencies", ("police", ["nobody"], [5], {})),
    ("waves", "sittings", ("s", [5], [{"id": "s", "held_on": "soon", "note": ""}])),
    ("agencies", "name", ("", None, 5, "\x07", " ")),
    ("agencies", "sector", (5, "\x00")),
    ("readings", "statement", ("9.9", None, 5)),
    ("readings", "text", (5, "\x00")),
)
_HOSTILE_WHOLES: tuple[tuple[str, Any], ...] = (
    ("responses", {}), ("responses", 5), ("responses", [5]), ("waves", "w1"), ("agencies", [None]),
    ("domain_notes", [[]]), ("readings", {"a": 1}), ("audit", []), ("audit", None), ("version", 2),
    ("version", "1"), ("version", True), ("format", "other"),
    ("instrument", {"format": 1}), ("instrument", []),
)  # fmt: skip


@cache
def _document() -> dict[str, Any]:
    return audit_to_data(full_audit())


def sound_document() -> bytes:
    """An audit as the program writes it; nothing hostile in it."""
    return json.dumps(_document()).encode()


def hostile_document(picked: random.Random) -> tuple[bytes, str]:
    """The same with one value in it that cannot be taken in; and which one."""
    data = copy.deepcopy(_document())
    way = picked.random()
    if way < 0.1:
        name, whole = picked.choice(_HOSTILE_WHOLES)
        data[name] = whole
        what = f"{name} {whole!r}"
    elif way < 0.15:
        what = "a response twice"
        data["responses"].append(dict(data["responses"][0], score=(data["responses"][0]["score"] or 0) + 9))
    elif way < 0.25:
        return _hostile_bytes(json.dumps(data).encode(), picked), "other bytes"
    else:
        part, name, values = picked.choice(_HOSTILE_FIELDS)
        value = picked.choice(values)
        picked.choice(data[part])[name] = value
        what = f"{part}.{name} {str(value)[:40]!r}"
    return json.dumps(data).encode(), what


def _hostile_bytes(content: bytes, picked: random.Random) -> bytes:
    return picked.choice(
        (
            content[:-1],
            content + b"{}",
            content.replace(b'"score": 3', b'"score": NaN', 1),
            content.replace(b'"score": 3', b'"score": Infinity', 1),
            content.replace(b'"score": 3', b'"score": 3, "score": 4', 1),
            content.replace(b"Evidence", b"\xff\xfe", 1),
            content.decode().encode("utf-16"),
            b"[" * 100_000,
            b'{"a":' * 50_000,
            content.replace(b'"score": 3', b'"score": ' + b"9" * 5000, 1),
        )
    )
