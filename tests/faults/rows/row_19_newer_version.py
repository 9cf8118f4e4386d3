"""A file that a newer version of the program made."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hsb_desktop.store.schema import USER_VERSION
from tests.faults.audits import NAME, refusal, sound_bytes
from tests.faults.fault import Fault, Lost, Place

_NEXT_MAJOR = (USER_VERSION // 1000 + 1) * 1000
_LARGEST = 2_147_483_647
_WHAT_IT_MIGHT_BRING = (
    "CREATE TABLE action (action_id TEXT PRIMARY KEY)",
    "ALTER TABLE wave ADD COLUMN closed_on TEXT",
    "CREATE INDEX by_agency ON response_score (party_id)",
    "CREATE VIEW actions AS SELECT 1 AS action_id",
    "DROP VIEW response",
    "PRAGMA journal_mode = WAL",
    "ANALYZE",
)


def _trial(place: Place) -> int:
    version = place.random.choice(
        (
            USER_VERSION + 1,
            USER_VERSION + 999,
            _NEXT_MAJOR,
            _NEXT_MAJOR + place.random.randrange(1000),
            place.random.randrange(USER_VERSION + 1, _LARGEST),
            _LARGEST,
        )
    )
    path = place.folder / NAME
    path.write_bytes(sound_bytes(small=True))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in place.random.sample(_WHAT_IT_MIGHT_BRING, place.random.randrange(4)):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")
    for read_only in (False, True):
        sentence = refusal(path, read_only=read_only)
        if "newer version" not in sentence:
            raise Lost(f"version {version} was refused as something else: {sentence}")
    return 1


FAULT = Fault(
    number=19,
    title="File from a newer version",
    must="refused in a sentence that says so; bytes unchanged",
    trial=_trial,
    count=200,
    sample=4,
    limits="There is no newer version yet: its files are made up, with other numbers, tables and settings.",
)
