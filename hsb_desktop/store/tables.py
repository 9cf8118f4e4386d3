"""Between an audit's values and the rows that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from hsb_desktop.model import (
    Agency,
    Agreement,
    Audit,
    AuditDetails,
    AuditKind,
    Conflict,
    Domain,
    DomainNote,
    Instrument,
    Pack,
    Response,
    ScalePoint,
    Sitting,
    Statement,
    Wave,
)
from hsb_desktop.store.connection import Connection
from hsb_desktop.values import (
    FIELDS,
    KEY_NAMES,
    NO_VIEW,
    AgreementKey,
    NoteKey,
    ResponseKey,
    RoundKey,
    Subject,
    Value,
    ValueAddress,
    VoteKey,
)

_TEXT_FIELDS = ("evidence", "assurance", "no_view_reason")

_DELETE_WHEN_EMPTY = MappingProxyType(
    {
        "agency": "name IS NULL AND sector IS NULL AND area IS NULL AND position IS NULL",
        "wave": "label IS NULL AND held_on IS NULL AND is_locked IS NULL AND position IS NULL",
        "sitting": "wave_id IS NULL AND held_on IS NULL AND note IS NULL",
        "attendance": "attends IS NULL",
        "response_score": "score IS NULL AND no_view IS NULL AND target IS NULL",
        "response_text": "text IS NULL",
        "domain_note": "comments IS NULL AND completed_on IS NULL",
        "reading": "text IS NULL",
    }
    | {
        subject.value: " AND ".join(f"{column} IS NULL" for column in FIELDS[subject])
        for subject in (
            Subject.CONFLICT,
            Subject.ROUND,
            Subject.VOTE,
            Subject.AGREEMENT,
            Subject.PACK,
            Subject.SERIES,
        )
    }
)

ENTERED_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {subject.value: tuple(fields) for subject, fields in FIELDS.items() if subject is not Subject.RESPONSE}
    | {"response_score": ("score", "no_view", "target"), "response_text": ("text",)}
)
"""By table, the columns that people fill: what is not NULL there is one value each."""

_FIXED_COLUMNS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "instrument",
        ("instrument_id",),
        ("title", "edition", "language", "acknowledgement", "note"),
    ),
    ("scale_point", ("score",), ("label", "short_label")),
    ("domain", ("domain_id",), ("position", "short_title", "title")),
    ("statement", ("statement_id",), ("domain_id", "position", "text", "heading_id", "heading")),
    ("prompt", ("statement_id", "position"), ("text",)),
    ("audit", (), ("audit_id", "instrument_id", "made_at", "is_sample")),
)
"""What is written when a file is made and never again: table, key columns, columns."""


def write_value(connection: Connection, address: ValueAddress, value: Value) -> None:
    """Write one value into its row, inside the caller's transaction; a row left empty goes."""
    if address.subject is Subject.AUDIT:
        # The name of a column comes from FIELDS, never from outside.
        connection.execute(f"UPDATE audit SET {address.field} = ?", (value,))
        return
    if address.subject is Subject.RESPONSE and address.field in _TEXT_FIELDS:
        table, key_columns = "response_text", (*KEY_NAMES[Subject.RESPONSE], "field")
        key: tuple[str, ...] = (*address.key, address.field)
        columns: dict[str, Value] = {"text": value}
    elif address.subject is Subject.RESPONSE:
        table, key_columns, key = "response_score", KEY_NAMES[Subject.RESPONSE], address.key
        columns = {address.field: value}
        if address.field == "score":
            no_view = value == NO_VIEW
            columns = {"score": None if no_view else value, "no_view": 1 if no_view else None}
    else:
        table, key_columns, key = address.subject.value, KEY_NAMES[address.subject], address.key
        columns = {address.field: value}
    if value is not None:
        _upsert(connection, table, dict(zip(key_columns, key, strict=True)), columns)
    else:
        place = " AND ".join(f"{column} = ?" for column in key_columns)
        setting = ", ".join(f"{column} = NULL" for column in columns)
        connection.execute(f"UPDATE {table} SET {setting} WHERE {place}", key)
        connection.execute(f"DELETE FROM {table} WHERE {place} AND {_DELETE_WHEN_EMPTY[table]}", key)


def _upsert(connection: Connection, table: str, key: dict[str, str], columns: dict[str, Value]) -> None:
    names = ", ".join((*key, *columns))
    marks = ", ".join("?" * (len(key) + len(columns)))
    setting = ", ".join(f"{column} = excluded.{column}" for column in columns)
    connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {setting}",
        (*key.values(), *columns.values()),
    )


def write_instrument(connection: Connection, instrument: Instrument) -> None:
    """Copy an edition into a new file, so that it can be read without this program.

    Inside the caller's transaction, so that sqlite-utils commits nothing by itself.
    """
    # Importing sqlite-utils costs as much as the window's first paint, which never makes a file.
    from sqlite_utils import Database

    rows: dict[str, list[dict[str, Value]]] = {
        "instrument": [
            {
                "instrument_id": instrument.instrument_id,
                "title": instrument.title,
                "edition": instrument.edition,
                "language": instrument.language,
                "acknowledgement": instrument.acknowledgement,
                "note": instrument.note,
            }
        ],
        "scale_point": [
            {"score": point.score, "label": point.label, "short_label": point.short_label}
            for point in instrument.scale
        ],
        "domain": [
            {"domain_id": d.domain_id, "position": place, "short_title": d.short_title, "title": d.title}
            for place, d in enumerate(instrument.domains, 1)
        ],
        "statement": [
            {
                "statement_id": s.statement_id,
                "domain_id": s.domain_id,
                "position": place,
                "text": s.text,
                "heading_id": s.heading_id,
                "heading": s.heading,
            }
            for place, s in enumerate(instrument.statements, 1)
        ],
        "prompt": [
            {"statement_id": s.statement_id, "position": place, "text": text}
            for s in instrument.statements
            for place, text in enumerate(s.prompts, 1)
        ],
    }
    database = Database(connection, execute_plugins=False)
    for table, entries in rows.items():
        database.table(table).insert_all(entries)


def read_instrument(connection: Connection) -> Instrument:
    """Return the edition that a file carries."""
    prompts: dict[str, list[str]] = {}
    for statement_id, text in connection.execute(
        "SELECT statement_id, text FROM prompt ORDER BY statement_id, position"
    ):
        prompts.setdefault(statement_id, []).append(text)
    statements: dict[str, list[Statement]] = {}
    for statement_id, domain_id, text, heading_id, heading in connection.execute(
        "SELECT statement_id, domain_id, text, heading_id, heading FROM statement ORDER BY position"
    ):
        statements.setdefault(domain_id, []).append(
            Statement(
                statement_id, domain_id, text, tuple(prompts.get(statement_id, ())), heading_id, heading
            )
        )
    scale = tuple(
        ScalePoint(*row)
        for row in connection.execute("SELECT score, label, short_label FROM scale_point ORDER BY score")
    )
    domains = tuple(
        Domain(domain_id, short_title, title, tuple(statements.get(domain_id, ())))
        for domain_id, short_title, title in connection.execute(
            "SELECT domain_id, short_title, title FROM domain ORDER BY position"
        )
    )
    row = connection.execute(
        "SELECT instrument_id, title, edition, language, acknowledgement, note FROM instrument"
    ).fetchone()
    instrument_id, title, edition, language, acknowledgement, note = row
    return Instrument(instrument_id, title, edition, language, acknowledgement, note, scale, domains)


def fixed_values(connection: Connection) -> Iterator[tuple[str, Value]]:
    """Yield what is fixed when a file is made, the edition above all, each value under an address."""
    for table, keys, columns in _FIXED_COLUMNS:
        for row in connection.execute(f"SELECT {', '.join((*keys, *columns))} FROM {table}"):
            place = "/".join((table, *(str(part) for part in row[: len(keys)])))
            for column, value in zip(columns, row[len(keys) :], strict=True):
                yield f"{place}/{column}", value


def read_audit(connection: Connection) -> Audit:
    """Return everything that a file holds but its history."""
    row = connection.execute(
        "SELECT audit_id, made_at, is_sample, title, area, kind, coordinator_name, coordinator_role, marking"
        " FROM audit"
    ).fetchone()
    audit_id, made_at, is_sample, title, area, kind, coordinator_name, coordinator_role, marking = row
    # The rules of the tables are not looked at in a file that is open for reading only.
    if is_sample not in (0, 1):
        raise ValueError(is_sample)
    return Audit(
        audit_id=audit_id,
        instrument=read_instrument(connection),
        made_at=made_at,
        is_sample=bool(is_sample),
        details=AuditDetails(
            title or "",
            area or "",
            AuditKind(kind or AuditKind.PARTNERSHIP),
            coordinator_name or "",
            coordinator_role or "",
            marking or "",
        ),
        waves=tuple(
            Wave(wave_id, label or "", held_on or "", bool(is_locked), position or 0)
            for wave_id, label, held_on, is_locked, position in connection.execute(
                "SELECT wave_id, label, held_on, is_locked, position FROM wave"
                " ORDER BY ifnull(position, 0), ifnull(held_on, ''), wave_id"
            )
        ),
        sittings=tuple(
            Sitting(sitting_id, wave_id or "", held_on or "", note or "")
            for sitting_id, wave_id, held_on, note in connection.execute(
                "SELECT sitting_id, wave_id, held_on, note FROM sitting"
                " ORDER BY ifnull(held_on, ''), sitting_id"
            )
        ),
        agencies=tuple(
            Agency(agency_id, name or "", sector or "", area or "", position or 0)
            for agency_id, name, sector, area, position in connection.execute(
                "SELECT agency_id, name, sector, area, position FROM agency"
                " ORDER BY ifnull(position, 0), ifnull(name, ''), agency_id"
            )
        ),
        attendance=frozenset(
            (wave_id, agency_id)
            for wave_id, agency_id in connection.execute("SELECT wave_id, agency_id FROM attendance")
        ),
        responses=MappingProxyType(dict(_read_responses(connection))),
        notes=MappingProxyType(
            {
                NoteKey(wave_id, domain_id): DomainNote(comments or "", completed_on or "")
                for wave_id, domain_id, comments, completed_on in connection.execute(
                    "SELECT wave_id, domain_id, comments, completed_on FROM domain_note"
                )
            }
        ),
        readings=MappingProxyType(dict(connection.execute("SELECT statement_id, text FROM reading"))),
        conflicts=tuple(_read_conflicts(connection)),
        rounds=MappingProxyType(
            {
                RoundKey(*place): state
                for *place, state in connection.execute(
                    "SELECT wave_id, statement_id, round_number, state FROM scoring_round"
                )
            }
        ),
        votes=MappingProxyType(
            {
                VoteKey(*place): answer
                for *place, answer in connection.execute(
                    "SELECT wave_id, statement_id, round_number, agency_id, answer FROM vote"
                )
            }
        ),
        agreements=MappingProxyType(
            {
                AgreementKey(wave_id, statement_id): Agreement(*(text or "" for text in texts))
                for wave_id, statement_id, *texts in connection.execute(
                    "SELECT wave_id, statement_id, reason, agreed_by, what_would_help, dissent FROM agreement"
                )
            }
        ),
        packs=tuple(
            Pack(pack_id, wave_id or "", party_id or "", domain_id or "")
            for pack_id, wave_id, party_id, domain_id in connection.execute(
                "SELECT pack_id, wave_id, party_id, domain_id FROM pack ORDER BY pack_id"
            )
        ),
        series=frozenset(
            (wave_id, party_id)
            for wave_id, party_id in connection.execute("SELECT wave_id, party_id FROM series")
        ),
    )


def _read_conflicts(connection: Connection) -> Iterator[Conflict]:
    for (
        conflict_id,
        address,
        first_revision_id,
        first_value,
        first_author,
        second_revision_id,
        second_value,
        second_author,
    ) in connection.execute("SELECT * FROM conflict ORDER BY ifnull(address, ''), conflict_id"):
        yield Conflict(
            conflict_id,
            address or "",
            first_revision_id or "",
            first_value,
            first_author or "",
            second_revision_id or "",
            second_value,
            second_author or "",
        )


def _read_responses(connection: Connection) -> Iterator[tuple[ResponseKey, Response]]:
    fields: dict[ResponseKey, dict[str, Any]] = {}
    for *place, score, no_view, target in connection.execute(
        "SELECT wave_id, party_id, statement_id, score, no_view, target FROM response_score"
    ):
        fields[ResponseKey(*place)] = {"score": score, "no_view": bool(no_view), "target": target}
    for *place, field_name, text in connection.execute(
        "SELECT wave_id, party_id, statement_id, field, text FROM response_text"
    ):
        if field_name not in _TEXT_FIELDS:
            raise ValueError(field_name)
        fields.setdefault(ResponseKey(*place), {})[field_name] = text or ""
    for key, entered in fields.items():
        yield key, Response(**entered)
