"""Values that no audit holds, put into a file by somebody who knows the format and seals it anew afterwards.

The digests are no secret: whoever edits a file can compute them. Only the judging of values can stop these.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hsb_desktop.store.digest import DIGEST_MODULUS
from tests.faults.audits import NAME, sound_bytes

Raw = bytes | int | float | None


@dataclass(frozen=True, slots=True)
class RawText:
    """Bytes that stand in a column as text, whether they are text or not."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Attack:
    """One value in one column of a row picked at random."""

    table: str
    column: str
    value: RawText | bytes | float | None


_TEXTS: tuple[RawText | bytes | float, ...] = (
    *(
        RawText(content)
        for content in (
            b"", b"\x00", b"a\x00b", b"\x07", b"\x1b[2J", b"a\rb", b"\x7f", b"\xc2\x85", b"\xff", b"\xc3",
            b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xe2\x80\xa8", b"\xef\xbf\xbe",
            b"\xef\xb7\x90", b"\xf3\xbf\xbf\xbf", b"x" * 1_000_001,
        )
    ),
    b"", b"\x00\xff", b"words",
)  # fmt: skip
_NUMBERS: tuple[RawText | bytes | float, ...] = (
    -1, 1 << 31, 1 << 40, (1 << 63) - 1, -(1 << 63), 0.5, 2.5, float("inf"), b"", b"\x01", RawText(b""),
    RawText(b"x"), RawText(b"\xff"), RawText("٣".encode()), RawText(b"1.5.1"), RawText(b"NaN"),
)  # fmt: skip
_DATES: tuple[RawText | bytes | float, ...] = (
    *_TEXTS,
    *(
        RawText(text.encode())
        for text in (
            "soon", "2026-02-30", "2026-2-3", "1066-01-01", "9999-12-31", "2026-03-04T00:00", "20260304",
            "٢٠٢٦-٠٣-٠٤", " 2026-03-04", "2026-03-04 ", "now", "2026-W10-3",
        )
    ),
)  # fmt: skip
_KEYS: tuple[RawText | bytes | float, ...] = (
    *(value for value in _TEXTS if not isinstance(value, RawText) or len(value.content) < 1000),
    *(
        RawText(text.encode())
        for text in (
            "nowhere", "a/b", "../..", " ", "x" * 65, "partnership/x", "ŵ", "1.1\n", "%s",
            "'; DROP TABLE wave",
        )
    ),
)  # fmt: skip
_IDENTIFIERS = tuple(value for value in _KEYS if value != RawText(b"nowhere"))
_WORDS = tuple(value for value in _TEXTS[1:] if not isinstance(value, RawText) or len(value.content) < 1000)
_ANYTHING = (RawText(b""), RawText(b"\x00"), RawText(b"\xff"), b"", b"\x00", 9, -1, 2.5, 1 << 62)

_COLUMNS: tuple[tuple[str, str, tuple[RawText | bytes | float, ...]], ...] = (
    *(("audit", column, _TEXTS) for column in ("title", "area", "coordinator_name", "coordinator_role")),
    ("audit", "marking", _TEXTS),
    ("audit", "kind", (*_TEXTS, RawText(b"club"), RawText(b"Region"))),
    ("audit", "is_sample", (*_NUMBERS, 2)),
    ("audit", "audit_id", _WORDS),
    ("audit", "made_at", _WORDS),
    ("audit", "instrument_id", _KEYS),
    ("wave", "wave_id", _IDENTIFIERS),
    ("wave", "label", _TEXTS),
    ("wave", "held_on", _DATES),
    ("wave", "is_locked", (*_NUMBERS, 0, 2)),
    ("wave", "position", (*_NUMBERS, 0)),
    ("sitting", "sitting_id", _IDENTIFIERS),
    ("sitting", "wave_id", _KEYS),
    ("sitting", "held_on", _DATES),
    ("sitting", "note", _TEXTS),
    ("agency", "agency_id", (*_IDENTIFIERS, RawText(b"partnership"))),
    ("agency", "name", _TEXTS),
    ("agency", "sector", _TEXTS),
    ("agency", "position", (*_NUMBERS, 0)),
    ("attendance", "wave_id", _KEYS),
    ("attendance", "agency_id", _KEYS),
    ("attendance", "attends", (*_NUMBERS, 0, 2)),
    ("response_score", "score", (*_NUMBERS, 5, 9)),
    ("response_score", "no_view", (*_NUMBERS, 0, 2)),
    ("response_score", "target", (*_NUMBERS, 5, 9)),
    ("response_score", "wave_id", _KEYS),
    ("response_score", "party_id", _KEYS),
    ("response_score", "statement_id", _KEYS),
    ("response_text", "text", _TEXTS),
    ("response_text", "field", (*_KEYS, *map(RawText, (b"score", b"target", b"no_view", b"__class__")))),
    ("response_text", "party_id", _KEYS),
    ("response_text", "statement_id", _KEYS),
    ("domain_note", "domain_id", _KEYS),
    ("domain_note", "comments", _TEXTS),
    ("domain_note", "completed_on", _DATES),
    ("reading", "statement_id", _KEYS),
    ("reading", "text", _TEXTS),
    ("conflict", "conflict_id", _IDENTIFIERS),
    ("conflict", "address", (*_KEYS, RawText(b"audit/kin"), RawText(b"conflict/c1/address"))),
    ("conflict", "first_value", _ANYTHING),
    ("conflict", "second_value", _ANYTHING),
    ("conflict", "first_author", _TEXTS),
    ("conflict", "first_revision_id", _IDENTIFIERS),
    ("scoring_round", "statement_id", _KEYS),
    ("scoring_round", "round_number", (*_KEYS, *map(RawText, (b"0", b"10", b"01")))),
    ("scoring_round", "state", (*_TEXTS, RawText(b"Open"))),
    ("vote", "round_number", _KEYS),
    ("vote", "agency_id", (*_KEYS, RawText(b"partnership"))),
    ("vote", "answer", (*_ANYTHING, *_NUMBERS, 5, RawText(b"no"))),
    ("agreement", "wave_id", _KEYS),
    ("agreement", "statement_id", _KEYS),
    *(("agreement", column, _TEXTS) for column in ("reason", "agreed_by", "what_would_help", "dissent")),
    ("pack", "pack_id", _IDENTIFIERS),
    ("pack", "wave_id", _KEYS),
    ("pack", "party_id", _KEYS),
    ("pack", "domain_id", _KEYS),
    ("series", "party_id", _KEYS),
    ("series", "is_shown", (*_NUMBERS, 0, 2)),
    ("instrument", "instrument_id", _IDENTIFIERS),
    ("instrument", "title", _WORDS),
    ("instrument", "acknowledgement", _WORDS),
    ("scale_point", "score", (*_NUMBERS, 5, 9)),
    ("scale_point", "label", _WORDS),
    ("domain", "domain_id", _IDENTIFIERS),
    ("domain", "title", _WORDS),
    ("statement", "statement_id", _IDENTIFIERS),
    ("statement", "domain_id", _KEYS),
    ("statement", "text", _WORDS),
    ("prompt", "text", _WORDS),
    ("prompt", "statement_id", _KEYS),
    ("history", "address", _KEYS),
    ("history", "author", _WORDS),
    ("history", "edited_at", _DATES),
    ("history", "label", _WORDS),
    ("history", "value_before", _ANYTHING),
    ("history", "value_after", _ANYTHING),
    ("value_state", "address", _KEYS),
    ("value_state", "revision_id", _KEYS),
    ("value_state", "digest", (*_TEXTS, bytes(31), bytes(33))),
    ("revision", "parent_id", _KEYS),
    ("seal", "digest", _TEXTS),
)


def random_attack(picked: random.Random) -> Attack:
    """One of all attacks."""
    table, column, values = picked.choice(_COLUMNS)
    return Attack(table, column, picked.choice(values))


def make_attacked(path: Path, attack: Attack, picked: random.Random) -> bool:
    """Write a sound audit with this one value in it, sealed anew; False if there it is no other value."""
    lax, schema = _without_rules()
    path.write_bytes(lax)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.text_factory = bytes
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        if not _put(connection, attack, picked):
            return False
        if attack.table not in {"value_state", "seal"}:
            _seal_anew(connection)
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany("UPDATE sqlite_schema SET sql = ? WHERE name = ?", schema)
        connection.execute("COMMIT")
    return True


@cache
def _without_rules() -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """A sound audit whose schema forbids nothing, and the words that are to come back into its schema."""
    folder = Path(tempfile.mkdtemp(prefix="hsb-fault-"))
    try:
        path = folder / NAME
        path.write_bytes(sound_bytes())
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            schema = tuple(
                connection.execute("SELECT sql, name FROM sqlite_schema WHERE type = 'table'").fetchall()
            )
            connection.execute("PRAGMA writable_schema = ON")
            for sql, name in schema:
                lax = sql.replace("STRICT, WITHOUT", "WITHOUT").replace(") STRICT", ")")
                lax = lax.replace(" NOT NULL", "").replace(" INTEGER PRIMARY KEY", " INT PRIMARY KEY")
                if " INTEGER PRIMARY KEY" in sql:
                    lax = sql.replace(") STRICT", ")")
                connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (lax, name))
        return path.read_bytes(), schema
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(connection: sqlite3.Connection, attack: Attack, picked: random.Random) -> bool:
    keys = [row[1].decode() for row in connection.execute(f"PRAGMA table_info({attack.table})") if row[5]]
    keys = keys or ["rowid"]
    rows = connection.execute(f"SELECT {', '.join(keys)} FROM {attack.table} ORDER BY 1").fetchall()
    place = picked.choice(rows)
    where = " AND ".join(f"CAST({key} AS BLOB) IS CAST(? AS BLOB)" for key in keys)
    value: bytes | float | None
    if isinstance(attack.value, RawText):
        mark, value = "CAST(? AS TEXT)", attack.value.content
    else:
        mark, value = "?", attack.value
    try:
        done = connection.execute(
            f"UPDATE {attack.table} SET {attack.column} = {mark} WHERE {where}", (value, *place)
        )
    except sqlite3.Error:
        # The number of a row, or a value that stands there once already.
        return False
    return done.rowcount == 1


# What the program computes when it saves, computed by somebody else ----------------------------------------

_KEY_COLUMNS = {
    "agency": ("agency_id",),
    "wave": ("wave_id",),
    "sitting": ("sitting_id",),
    "attendance": ("wave_id", "agency_id"),
    "domain_note": ("wave_id", "domain_id"),
    "reading": ("statement_id",),
    "conflict": ("conflict_id",),
    "scoring_round": ("wave_id", "statement_id", "round_number"),
    "vote": ("wave_id", "statement_id", "round_number", "agency_id"),
    "agreement": ("wave_id", "statement_id"),
    "pack": ("pack_id",),
    "series": ("wave_id", "party_id"),
}
_FIXED = (
    ("instrument", ("instrument_id",), ("title", "edition", "language", "acknowledgement", "note")),
    ("scale_point", ("score",), ("label", "short_label")),
    ("domain", ("domain_id",), ("position", "short_title", "title")),
    ("statement", ("statement_id",), ("domain_id", "position", "text", "heading_id", "heading")),
    ("prompt", ("statement_id", "position"), ("text",)),
    ("audit", (), ("audit_id", "instrument_id", "made_at", "is_sample")),
)
_AUDIT_COLUMNS = ("title", "area", "kind", "coordinator_name", "coordinator_role", "marking")


def _seal_anew(connection: sqlite3.Connection) -> None:
    """Make every digest of the file agree with what is in it now."""
    shares = {address: _share(address, value) for address, value in _entered(connection) if value is not None}
    (revision,) = connection.execute("SELECT max(revision_id) FROM revision").fetchone()
    known = dict(connection.execute("SELECT address, revision_id FROM value_state"))
    connection.execute("DELETE FROM value_state")
    connection.executemany(
        "INSERT OR REPLACE INTO value_state VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?)",
        ((address, known.get(address, revision), digest) for address, digest in shares.items()),
    )
    fixed = (_share(address, value) for address, value in _fixed(connection) if value is not None)
    connection.execute("UPDATE seal SET digest = ?, fixed_digest = ?", (_sum(shares.values()), _sum(fixed)))
    columns = "revision_id, address, author, edited_at, label"
    for number, *about, before, after in connection.execute(
        f"SELECT history_id, {columns}, value_before, value_after FROM history"
    ).fetchall():
        ends = (
            _share(_text(about[1]), value) if value is not None else bytes(32) for value in (before, after)
        )
        digest = hashlib.sha256(b"\0".join((*map(_text, about), *ends))).digest()
        connection.execute("UPDATE history SET digest = ? WHERE history_id = ?", (digest, number))


def _entered(connection: sqlite3.Connection) -> Iterator[tuple[bytes, Raw]]:
    row = connection.execute(f"SELECT {', '.join(_AUDIT_COLUMNS)} FROM audit").fetchone()
    for column, value in zip(_AUDIT_COLUMNS, row, strict=True):
        yield b"audit/" + column.encode(), value
    for table, keys in _KEY_COLUMNS.items():
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [description[0] for description in cursor.description]
        for values in cursor:
            found = dict(zip(names, values, strict=True))
            place = b"/".join((table.encode(), *(_text(found.pop(key)) for key in keys)))
            for name, value in found.items():
                yield place + b"/" + name.encode(), value
    for *place, score, no_view, target in connection.execute(
        "SELECT wave_id, party_id, statement_id, score, no_view, target FROM response_score"
    ):
        start = b"/".join((b"response", *map(_text, place)))
        yield start + b"/score", b"no view" if no_view else score
        yield start + b"/target", target
    for *place, text in connection.execute(
        "SELECT wave_id, party_id, statement_id, field, text FROM response_text"
    ):
        yield b"/".join((b"response", *map(_text, place))), text


def _fixed(connection: sqlite3.Connection) -> Iterator[tuple[bytes, Raw]]:
    for table, keys, columns in _FIXED:
        for row in connection.execute(f"SELECT {', '.join((*keys, *columns))} FROM {table}"):
            place = b"/".join((table.encode(), *map(_text, row[: len(keys)])))
            for column, value in zip(columns, row[len(keys) :], strict=True):
                yield place + b"/" + column.encode(), value


def _share(address: bytes, value: Raw) -> bytes:
    kind = b"i" if isinstance(value, int) else b"t"
    return hashlib.sha256(b"\0".join((address, kind, _text(value)))).digest()


def _text(value: Raw) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _sum(digests: Iterable[bytes]) -> bytes:
    total = sum(int.from_bytes(digest) for digest in digests)
    return (total % DIGEST_MODULUS).to_bytes(32)
