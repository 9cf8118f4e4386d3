"""The database that many audits are collated into: tidy tables, keyed by audit, wave, party and statement.

It is plain SQLite for a region's own database or DuckDB, no audit; `docs/interchange.md` describes it. Rows
are written as they come, so that a thousand audits take no more memory than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from hsb_desktop.errors import OutputRefused
from hsb_desktop.store.connection import Connection, DatabaseError, open_for_writing, remove_journal
from hsb_desktop.whole_file import whole_file

COLLATION_VERSION = 1
"""Stands in the database's `user_version`."""

_SCHEMA = """
CREATE TABLE edition (
  edition_id TEXT PRIMARY KEY NOT NULL, instrument_id TEXT NOT NULL, title TEXT NOT NULL,
  edition TEXT NOT NULL, language TEXT NOT NULL, acknowledgement TEXT NOT NULL
) STRICT;
CREATE TABLE statement (
  edition_id TEXT NOT NULL REFERENCES edition (edition_id), statement_id TEXT NOT NULL,
  domain_id TEXT NOT NULL, domain TEXT NOT NULL, position INTEGER NOT NULL, heading_id TEXT, heading TEXT,
  text TEXT NOT NULL, PRIMARY KEY (edition_id, statement_id)
) STRICT;
CREATE TABLE audit (
  audit_id TEXT PRIMARY KEY NOT NULL, file TEXT NOT NULL,
  edition_id TEXT NOT NULL REFERENCES edition (edition_id), made_at TEXT, is_sample INTEGER NOT NULL,
  title TEXT, area TEXT, kind TEXT NOT NULL, marking TEXT
) STRICT;
CREATE TABLE wave (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), wave_id TEXT NOT NULL, number INTEGER NOT NULL,
  label TEXT, held_on TEXT, is_locked INTEGER NOT NULL, is_latest INTEGER NOT NULL,
  PRIMARY KEY (audit_id, wave_id)
) STRICT;
CREATE TABLE party (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), party_id TEXT NOT NULL, name TEXT NOT NULL,
  sector TEXT, area TEXT, PRIMARY KEY (audit_id, party_id)
) STRICT;
CREATE TABLE attendance (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), wave_id TEXT NOT NULL, party_id TEXT NOT NULL,
  PRIMARY KEY (audit_id, wave_id, party_id)
) STRICT;
CREATE TABLE response (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), wave_id TEXT NOT NULL, party_id TEXT NOT NULL,
  statement_id TEXT NOT NULL, score INTEGER, no_view INTEGER NOT NULL, no_view_reason TEXT, target INTEGER,
  evidence TEXT, assurance TEXT, PRIMARY KEY (audit_id, wave_id, party_id, statement_id)
) STRICT;
CREATE TABLE domain_note (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), wave_id TEXT NOT NULL, domain_id TEXT NOT NULL,
  comments TEXT, completed_on TEXT, PRIMARY KEY (audit_id, wave_id, domain_id)
) STRICT;
CREATE TABLE agreement (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), wave_id TEXT NOT NULL, statement_id TEXT NOT NULL,
  reason TEXT, agreed_by TEXT, what_would_help TEXT, dissent TEXT,
  PRIMARY KEY (audit_id, wave_id, statement_id)
) STRICT;
CREATE TABLE reading (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), statement_id TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (audit_id, statement_id)
) STRICT;
CREATE TABLE revealed_vote (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), wave_id TEXT NOT NULL, party_id TEXT NOT NULL,
  statement_id TEXT NOT NULL, round_number TEXT NOT NULL, score INTEGER, no_view INTEGER NOT NULL,
  PRIMARY KEY (audit_id, wave_id, party_id, statement_id, round_number)
) STRICT;
CREATE TABLE unsettled (
  audit_id TEXT NOT NULL REFERENCES audit (audit_id), subject TEXT NOT NULL, wave_id TEXT, party_id TEXT,
  statement_id TEXT, domain_id TEXT, field TEXT NOT NULL
) STRICT;
CREATE INDEX unsettled_of ON unsettled (audit_id, wave_id, party_id, statement_id);
CREATE VIEW tidy_response AS
SELECT
  audit.audit_id, audit.file, audit.area, audit.title, audit.kind, audit.is_sample, audit.marking,
  edition.edition, wave.wave_id, wave.number AS wave_number, wave.label AS wave, wave.held_on AS wave_date,
  wave.is_latest, party.party_id, party.name AS party, party.sector, party.area AS party_area,
  statement.domain_id, statement.domain, response.statement_id, response.score, response.no_view,
  response.no_view_reason, response.target, response.evidence, response.assurance,
  (
    SELECT group_concat(field, ', ') FROM (
      SELECT unsettled.field FROM unsettled
      WHERE unsettled.audit_id = response.audit_id AND unsettled.wave_id = response.wave_id
        AND unsettled.party_id = response.party_id AND unsettled.statement_id = response.statement_id
        AND unsettled.subject = 'response'
      ORDER BY unsettled.field
    )
  ) AS unsettled
FROM response
JOIN audit USING (audit_id)
JOIN edition USING (edition_id)
JOIN wave USING (audit_id, wave_id)
JOIN party USING (audit_id, party_id)
JOIN statement ON statement.edition_id = audit.edition_id
  AND statement.statement_id = response.statement_id;
"""

TABLES: dict[str, int] = {
    "edition": 6,
    "statement": 8,
    "audit": 9,
    "wave": 7,
    "party": 5,
    "attendance": 3,
    "response": 10,
    "domain_note": 5,
    "agreement": 7,
    "reading": 3,
    "revealed_vote": 7,
    "unsettled": 7,
}
"""Every table and how many columns it has, in the order in which rows of one audit are written."""

Row = Sequence[str | int | None]


class CollationDatabase:
    """The database while it is written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def written(cls, out: Path) -> Iterator[Self]:
        """Yield a new database that takes the name `out` when the block ends well; else nothing is left.

        An earlier file of the name is replaced. Raises OutputRefused for anything that the disk refuses.
        """
        with whole_file(out) as temporary:
            try:
                connection = open_for_writing(temporary)
                try:
                    # The file is new and takes its name when it is whole, so it needs no journal of its own.
                    connection.execute("PRAGMA journal_mode = OFF")
                    connection.execute("PRAGMA synchronous = OFF")
                    connection.executescript(_SCHEMA)
                    connection.execute(f"PRAGMA user_version = {COLLATION_VERSION}")
                    connection.execute("BEGIN IMMEDIATE")
                    yield cls(connection)
                    connection.execute("COMMIT")
                finally:
                    connection.close()
                    remove_journal(temporary)
            except DatabaseError as error:
                raise OutputRefused(
                    f"{out} could not be written: {error}. Nothing was left behind."
                ) from error

    def add(self, table: str, rows: Iterator[Row]) -> int:
        """Write rows into one of `TABLES`, and return how many."""
        places = ", ".join("?" * TABLES[table])
        # The table's name is one of ours.
        found = self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        return int(found.rowcount)
