"""A file whose tables, views, triggers or indexes somebody made to do harm."""

from __future__ import annotations

import sqlite3

from hsb_desktop.store import gate
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.schema import SCHEMA_QUERY
from tests.faults.audits import NAME, refusal, replaced, sound, sound_bytes
from tests.faults.fault import Fault, Lost, Place
from tests.faults.hostile_schemas import HostileSchema, hostile_schemas, make_hostile
from tests.store.files import SCORE, agreed, change_set

_AT_ONCE = 20


def _trial(place: Place) -> int:
    schemas = hostile_schemas()
    calls = -(-len(schemas) // _AT_ONCE)
    mine = schemas[place.index % calls :: calls]
    for schema in mine:
        path = place.folder / NAME
        path.write_bytes(sound_bytes(small=True))
        try:
            make_hostile(path, schema)
        except sqlite3.Error as error:
            raise Lost(f"{schema.name}: could not be made, so nothing was tried: {error}") from error
        if path.read_bytes() == sound_bytes(small=True):
            raise Lost(f"{schema.name}: is the sound file, so nothing was tried")
        try:
            for read_only in (False, True):
                refusal(path, read_only=read_only)
        except Lost as lost:
            raise Lost(f"{schema.name}: {lost}") from lost
        path.unlink()
    return len(mine)


def _control(place: Place) -> None:
    """Without the comparison of schemas a trigger turns every score into 4 as soon as something is saved."""
    path = place.folder / NAME
    path.write_bytes(sound_bytes())
    spoiling = "UPDATE response_score SET score = 4 WHERE score >= 0"
    trigger = f"CREATE TRIGGER t AFTER UPDATE ON seal BEGIN {spoiling}; END"
    make_hostile(path, HostileSchema("a trigger", lambda connection: connection.execute(trigger)))
    connection = sqlite3.connect(path)
    hostile = tuple(connection.execute(SCHEMA_QUERY))
    connection.close()
    before = sound().audit
    assert before is not None
    with replaced(gate, expected_schema=lambda _: hostile), AuditFile.open(path) as file:
        file.apply(change_set((SCORE, 4, 0)))
        if file.read().value(agreed("1.3")) != before.value(agreed("1.3")):
            raise Lost("without the comparison a trigger of the file changed scores that nobody touched")


FAULT = Fault(
    number=21,
    title="Hostile schema",
    must="refused in under two seconds, nothing of it run, bytes unchanged",
    trial=_trial,
    count=len(hostile_schemas()),
    sample=2,
    limits="Schemas made by code from the present one; each is tried for reading and for writing.",
    control=_control,
)
