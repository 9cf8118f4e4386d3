"""The tables of an audit file, word for word as they are made; a file with any other schema is refused.

Every statement here is part of the file format: `docs/file-format.md` says what each table means. Migrations
are append-only: a new version adds a step to `MIGRATIONS`, never changes one. (sqlite-utils keeps a table of
its own for its migrations, whose text may differ between its releases; an exact comparison of schemas would
then refuse a person's own audit, so versions are counted in `user_version` alone.)
"""

from __future__ import annotations

from functools import cache
from typing import Any

APPLICATION_ID = 0x48534241
"""The letters HSBA, in the SQLite header's application id."""

MAJOR, MINOR = 1, 1
USER_VERSION = MAJOR * 1000 + MINOR
"""Kept in the SQLite header: 1000 × major + minor."""

_VERSION_1 = """
CREATE TABLE instrument (
  instrument_id TEXT PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  edition TEXT NOT NULL,
  language TEXT NOT NULL,
  acknowledgement TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;

CREATE TABLE scale_point (
  score INTEGER PRIMARY KEY NOT NULL CHECK (score BETWEEN 0 AND 4),
  label TEXT NOT NULL,
  short_label TEXT NOT NULL
) STRICT;

CREATE TABLE domain (
  domain_id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL UNIQUE,
  short_title TEXT NOT NULL,
  title TEXT NOT NULL
) STRICT;

CREATE TABLE statement (
  statement_id TEXT PRIMARY KEY NOT NULL,
  domain_id TEXT NOT NULL REFERENCES domain (domain_id),
  position INTEGER NOT NULL UNIQUE,
  text TEXT NOT NULL,
  heading_id TEXT NOT NULL,
  heading TEXT NOT NULL
) STRICT;

CREATE TABLE prompt (
  statement_id TEXT NOT NULL REFERENCES statement (statement_id),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (statement_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  audit_id TEXT PRIMARY KEY NOT NULL,
  instrument_id TEXT NOT NULL REFERENCES instrument (instrument_id),
  made_at TEXT NOT NULL,
  is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
  title TEXT,
  area TEXT,
  kind TEXT CHECK (kind IN ('partnership', 'single agency', 'region')),
  coordinator_name TEXT,
  coordinator_role TEXT,
  marking TEXT
) STRICT;

CREATE TABLE wave (
  wave_id TEXT PRIMARY KEY NOT NULL,
  label TEXT,
  held_on TEXT CHECK (held_on IS date(held_on)),
  is_locked INTEGER CHECK (is_locked = 1),
  position INTEGER CHECK (position > 0)
) STRICT;

CREATE TABLE sitting (
  sitting_id TEXT PRIMARY KEY NOT NULL,
  wave_id TEXT REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  held_on TEXT CHECK (held_on IS date(held_on)),
  note TEXT
) STRICT;

CREATE TABLE agency (
  agency_id TEXT PRIMARY KEY NOT NULL CHECK (agency_id <> 'partnership'),
  name TEXT,
  sector TEXT,
  area TEXT,
  position INTEGER CHECK (position > 0)
) STRICT;

CREATE TABLE attendance (
  wave_id TEXT NOT NULL REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  agency_id TEXT NOT NULL REFERENCES agency (agency_id) DEFERRABLE INITIALLY DEFERRED,
  attends INTEGER CHECK (attends = 1),
  PRIMARY KEY (wave_id, agency_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE response_score (
  wave_id TEXT NOT NULL REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  party_id TEXT NOT NULL,
  statement_id TEXT NOT NULL REFERENCES statement (statement_id),
  score INTEGER CHECK (score BETWEEN 0 AND 4),
  no_view INTEGER CHECK (no_view IS NULL OR (no_view = 1 AND score IS NULL AND party_id <> 'partnership')),
  target INTEGER CHECK (target IS NULL OR (target BETWEEN 0 AND 4 AND party_id = 'partnership')),
  PRIMARY KEY (wave_id, party_id, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE response_text (
  wave_id TEXT NOT NULL REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  party_id TEXT NOT NULL,
  statement_id TEXT NOT NULL REFERENCES statement (statement_id),
  field TEXT NOT NULL CHECK (field IN ('evidence', 'assurance', 'no_view_reason')),
  text TEXT,
  UNIQUE (wave_id, party_id, statement_id, field),
  CHECK (field <> 'no_view_reason' OR party_id <> 'partnership')
) STRICT;

CREATE TABLE domain_note (
  wave_id TEXT NOT NULL REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  domain_id TEXT NOT NULL REFERENCES domain (domain_id),
  comments TEXT,
  completed_on TEXT CHECK (completed_on IS date(completed_on)),
  PRIMARY KEY (wave_id, domain_id)
) STRICT;

CREATE TABLE reading (
  statement_id TEXT PRIMARY KEY NOT NULL REFERENCES statement (statement_id),
  text TEXT
) STRICT;

CREATE TABLE conflict (
  conflict_id TEXT PRIMARY KEY NOT NULL,
  address TEXT,
  first_revision_id TEXT,
  first_value ANY,
  first_author TEXT,
  second_revision_id TEXT,
  second_value ANY,
  second_author TEXT
) STRICT;

CREATE TABLE revision (
  revision_id TEXT PRIMARY KEY NOT NULL,
  parent_id TEXT REFERENCES revision (revision_id),
  other_parent_id TEXT REFERENCES revision (revision_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE value_state (
  address TEXT PRIMARY KEY NOT NULL,
  revision_id TEXT NOT NULL REFERENCES revision (revision_id),
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal (
  seal_id INTEGER PRIMARY KEY NOT NULL CHECK (seal_id = 1),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  fixed_digest BLOB NOT NULL CHECK (length(fixed_digest) = 32)
) STRICT;

CREATE TABLE history (
  history_id INTEGER PRIMARY KEY NOT NULL,
  revision_id TEXT NOT NULL,
  address TEXT NOT NULL,
  author TEXT NOT NULL,
  edited_at TEXT NOT NULL,
  label TEXT NOT NULL,
  value_before ANY,
  value_after ANY,
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;

CREATE INDEX history_by_address ON history (address);

CREATE VIEW response AS
SELECT
  place.wave_id,
  place.party_id,
  place.statement_id,
  response_score.score,
  response_score.no_view,
  response_score.target,
  evidence.text AS evidence,
  assurance.text AS assurance,
  reason.text AS no_view_reason
FROM (
  SELECT wave_id, party_id, statement_id FROM response_score
  UNION
  SELECT wave_id, party_id, statement_id FROM response_text
) AS place
LEFT JOIN response_score USING (wave_id, party_id, statement_id)
LEFT JOIN response_text AS evidence
  ON (evidence.wave_id, evidence.party_id, evidence.statement_id, evidence.field)
   = (place.wave_id, place.party_id, place.statement_id, 'evidence')
LEFT JOIN response_text AS assurance
  ON (assurance.wave_id, assurance.party_id, assurance.statement_id, assurance.field)
   = (place.wave_id, place.party_id, place.statement_id, 'assurance')
LEFT JOIN response_text AS reason
  ON (reason.wave_id, reason.party_id, reason.statement_id, reason.field)
   = (place.wave_id, place.party_id, place.statement_id, 'no_view_reason')
"""

_VERSION_1_1 = """
CREATE TABLE scoring_round (
  wave_id TEXT NOT NULL REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  statement_id TEXT NOT NULL REFERENCES statement (statement_id),
  round_number TEXT NOT NULL CHECK (round_number BETWEEN '1' AND '9' AND length(round_number) = 1),
  state TEXT CHECK (state IN ('open', 'revealed')),
  PRIMARY KEY (wave_id, statement_id, round_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE vote (
  wave_id TEXT NOT NULL,
  statement_id TEXT NOT NULL,
  round_number TEXT NOT NULL,
  agency_id TEXT NOT NULL REFERENCES agency (agency_id) DEFERRABLE INITIALLY DEFERRED,
  answer ANY CHECK (answer IN (0, 1, 2, 3, 4, 'no view')),
  PRIMARY KEY (wave_id, statement_id, round_number, agency_id),
  FOREIGN KEY (wave_id, statement_id, round_number)
    REFERENCES scoring_round (wave_id, statement_id, round_number) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE agreement (
  wave_id TEXT NOT NULL REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  statement_id TEXT NOT NULL REFERENCES statement (statement_id),
  reason TEXT,
  agreed_by TEXT,
  what_would_help TEXT,
  dissent TEXT,
  PRIMARY KEY (wave_id, statement_id)
) STRICT;

CREATE TABLE pack (
  pack_id TEXT PRIMARY KEY NOT NULL,
  wave_id TEXT REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  party_id TEXT,
  domain_id TEXT REFERENCES domain (domain_id)
) STRICT;

CREATE TABLE series (
  wave_id TEXT NOT NULL REFERENCES wave (wave_id) DEFERRABLE INITIALLY DEFERRED,
  party_id TEXT NOT NULL,
  is_shown INTEGER CHECK (is_shown = 1),
  PRIMARY KEY (wave_id, party_id)
) STRICT, WITHOUT ROWID
"""

VERSIONS = (1000, 1001)
"""Every version that there was, oldest first, as `user_version` says it."""

MIGRATIONS: tuple[str, ...] = (_VERSION_1, _VERSION_1_1)
"""What turns an empty database into the first of `VERSIONS`, that into the next, and so on."""

SCHEMA_QUERY = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"


def create_schema(connection: Any, version: int = USER_VERSION) -> None:
    """Make all tables of a version in an empty database, inside the caller's transaction."""
    _run(connection, MIGRATIONS[: VERSIONS.index(version) + 1])


def migrate(connection: Any, version: int) -> None:
    """Make the tables of that version those of the present one, inside the caller's transaction."""
    _run(connection, MIGRATIONS[VERSIONS.index(version) + 1 :])


def _run(connection: Any, migrations: tuple[str, ...]) -> None:
    for migration in migrations:
        for statement in migration.split(";\n"):
            connection.execute(statement)


@cache
def expected_schema(version: int = USER_VERSION) -> tuple[tuple[Any, ...], ...]:
    """Return what `SCHEMA_QUERY` gives for a file of a version."""
    from hsb_desktop.store.connection import memory_connection

    connection = memory_connection()
    try:
        create_schema(connection, version)
        return tuple(tuple(row) for row in connection.execute(SCHEMA_QUERY))
    finally:
        connection.close()
