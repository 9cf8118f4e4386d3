"""Invented audits in files, and ways to look into and damage them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import (
    NO_VIEW,
    PARTNERSHIP,
    Change,
    ChangeSet,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    response_address,
)

WAVE, POLICE, HEALTH = "w1", "police", "health"
AUTHOR = "Scribe Quillfeather"


def address(subject: Subject, key: tuple[str, ...], field: str) -> ValueAddress:
    return ValueAddress(subject, key, field)


def agreed(statement_id: str, field: str = "score") -> ValueAddress:
    return response_address(ResponseKey(WAVE, PARTNERSHIP, statement_id), field)


def of_police(statement_id: str, field: str = "score") -> ValueAddress:
    return response_address(ResponseKey(WAVE, POLICE, statement_id), field)


EVIDENCE = agreed("1.1", "evidence")
SCORE = agreed("1.1")


def change_set(*changes: tuple[ValueAddress, Value, Value], author: str = AUTHOR) -> ChangeSet:
    return ChangeSet("a label", tuple(Change(*change) for change in changes), author)


def entered(audit: Audit) -> dict[str, Value]:
    return {str(place): value for place, value in audit.values()}


_FORM = instrument_by_id()
"""Here, since the audits are kept for other tests: one may be made while a short form stands in for this."""


@cache
def bare_audit() -> Audit:
    """One wave, two agencies, nothing scored."""
    values: dict[ValueAddress, Value] = {
        address(Subject.AUDIT, (), "title"): "Harmful sexual behaviour audit",
        address(Subject.AUDIT, (), "area"): "Northmoor",
        address(Subject.WAVE, (WAVE,), "label"): "Baseline",
        address(Subject.AGENCY, (POLICE,), "name"): "Northmoor Police",
        address(Subject.AGENCY, (HEALTH,), "name"): "Northmoor Health",
        address(Subject.AGENCY, (HEALTH,), "position"): 1,
    }
    audit = Audit("audit-1", _FORM, made_at="2026-11-20T09:00:00+00:00")
    return audit.with_changes(Change(place, None, value) for place, value in values.items())


@cache
def full_audit() -> Audit:
    """Something in every table and in every column that people fill."""
    values: dict[ValueAddress, Value] = {
        address(Subject.AUDIT, (), "kind"): "region",
        address(Subject.AUDIT, (), "coordinator_name"): "R. Adeyemi",
        address(Subject.AUDIT, (), "coordinator_role"): "Head of Safeguarding",
        address(Subject.AUDIT, (), "marking"): "OFFICIAL-SENSITIVE",
        address(Subject.WAVE, (WAVE,), "held_on"): "2026-03-04",
        address(Subject.WAVE, (WAVE,), "is_locked"): 1,
        address(Subject.WAVE, ("w2",), "label"): "Six months",
        address(Subject.WAVE, ("w2",), "position"): 1,
        address(Subject.SITTING, ("s1",), "wave_id"): WAVE,
        address(Subject.SITTING, ("s1",), "held_on"): "2026-03-04",
        address(Subject.SITTING, ("s1",), "note"): "Domains 1 to 3",
        address(Subject.AGENCY, (POLICE,), "sector"): "police",
        address(Subject.AGENCY, (POLICE,), "area"): "North",
        address(Subject.ATTENDANCE, (WAVE, POLICE), "attends"): 1,
        of_police("1.2"): NO_VIEW,
        of_police("1.2", "no_view_reason"): "Not in our remit",
        of_police("1.3"): 2,
        of_police("1.3", "evidence"): "Two schools were visited.",
        address(Subject.DOMAIN_NOTE, (WAVE, "1"), "comments"): "Data subgroup takes 1.1 and 1.2.",
        address(Subject.DOMAIN_NOTE, (WAVE, "1"), "completed_on"): "2026-03-05",
        address(Subject.READING, ("2.6",), "text"): "High quality means: reviewed with carers.",
        agreed("1.2", "target"): 4,
        address(Subject.CONFLICT, ("c1",), "address"): str(EVIDENCE),
        address(Subject.CONFLICT, ("c1",), "first_revision_id"): "r1",
        address(Subject.CONFLICT, ("c1",), "first_value"): "One copy says this.",
        address(Subject.CONFLICT, ("c1",), "first_author"): "Chair Winterbourne",
        address(Subject.CONFLICT, ("c1",), "second_revision_id"): "r2",
        address(Subject.CONFLICT, ("c1",), "second_value"): "The other says that.",
        address(Subject.CONFLICT, ("c1",), "second_author"): "Scribe Ottoline",
        address(Subject.ROUND, (WAVE, "1.3", "1"), "state"): "revealed",
        address(Subject.VOTE, (WAVE, "1.3", "1", POLICE), "answer"): 3,
        address(Subject.VOTE, (WAVE, "1.3", "1", HEALTH), "answer"): NO_VIEW,
        address(Subject.ROUND, (WAVE, "1.3", "2"), "state"): "open",
        address(Subject.VOTE, (WAVE, "1.3", "2", POLICE), "answer"): 0,
        address(Subject.AGREEMENT, (WAVE, "1.3"), "reason"): "Health has the newer figures.",
        address(Subject.AGREEMENT, (WAVE, "1.3"), "agreed_by"): "Deputy Chair Ashgrove",
        address(Subject.AGREEMENT, (WAVE, "1.3"), "what_would_help"): "A count of visits each term.",
        address(Subject.AGREEMENT, (WAVE, "1.3"), "dissent"): "Police would have said 1.",
        address(Subject.PACK, ("pack-1",), "wave_id"): WAVE,
        address(Subject.PACK, ("pack-1",), "party_id"): POLICE,
        address(Subject.PACK, ("pack-1",), "domain_id"): "2",
        address(Subject.SERIES, (WAVE, POLICE), "is_shown"): 1,
    }
    for place, statement in enumerate(_FORM.statements):
        values[agreed(statement.statement_id)] = place % 5
        values[agreed(statement.statement_id, "evidence")] = f"Evidence {place}, in ŵords. " * 12
        values[agreed(statement.statement_id, "assurance")] = f"Assurance {place}. " * 6
    return bare_audit().with_changes(Change(where, None, value) for where, value in values.items())


def make(path: Path, audit: Audit | None = None) -> Path:
    """A closed file with this audit in it."""
    AuditFile.create(path, audit or full_audit()).close()
    return path


@contextmanager
def tampered(path: Path) -> Iterator[sqlite3.Connection]:
    """Change a closed file behind the program's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What any other program reads in a file."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def digest_in(path: Path) -> bytes:
    ((digest,),) = ask(path, "SELECT digest FROM seal")
    assert isinstance(digest, bytes)
    return digest
