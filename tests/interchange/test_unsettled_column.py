"""What two copies answered differently is said in every way out, until somebody settles it."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hsb_desktop.interchange.audit_table import table_notices, table_of
from hsb_desktop.interchange.csv_rows import read_csv, write_csv
from hsb_desktop.interchange.rows import read_entries
from hsb_desktop.interchange.workbook_rows import read_workbook, write_workbook
from hsb_desktop.model import Agency, Audit, Conflict, Response
from hsb_desktop.operations.collating import collate
from hsb_desktop.operations.showing import audit_in_lines
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import (
    OPEN,
    PARTNERSHIP,
    ResponseKey,
    RoundKey,
    Subject,
    ValueAddress,
    response_address,
)
from tests.interchange.audits import empty_audit


def with_conflicts() -> Audit:
    audit = empty_audit()
    wave_id = audit.waves[-1].wave_id
    shared, police = ResponseKey(wave_id, PARTNERSHIP, "1.1"), ResponseKey(wave_id, "a1", "1.2")
    places = (
        response_address(shared, "score"),
        response_address(shared, "evidence"),
        response_address(police, "no_view_reason"),
        ValueAddress(Subject.READING, ("1.3",), "text"),
        ValueAddress(Subject.DOMAIN_NOTE, (wave_id, "2"), "comments"),
        # Of an answer in an open round nobody is told.
        ValueAddress(Subject.VOTE, (wave_id, "1.4", "1", "a1"), "answer"),
    )
    conflicts = [Conflict(f"c{place}", str(address)) for place, address in enumerate(places)]
    return replace(
        audit,
        agencies=(Agency("a1", "Police"),),
        responses={shared: Response(score=1), police: Response(no_view=True)},
        rounds={RoundKey(wave_id, "1.4", "1"): OPEN},
        conflicts=(*conflicts, Conflict("twice", str(places[0]))),
    )


def unsettled(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    return {(row["statement"], row["agency"]): row["unsettled"] for row in rows if row["unsettled"]}


WAITING = {
    ("1.1", ""): "score, evidence",
    ("1.2", "Police"): "no view reason",
    ("1.3", ""): "reading",
    ("2", ""): "comments",
}


def test_the_rows_of_a_csv_say_what_waits_to_be_settled() -> None:
    text = write_csv(table_of(with_conflicts())).decode("utf-8-sig")
    assert unsettled(list(csv.DictReader(io.StringIO(text, newline="")))) == WAITING
    text = write_csv(table_of(empty_audit())).decode("utf-8-sig")
    assert unsettled(list(csv.DictReader(io.StringIO(text, newline="")))) == {}


def test_the_rows_of_a_workbook_say_it_too_and_an_import_passes_it_over() -> None:
    audit = with_conflicts()
    workbook = read_workbook(write_workbook(audit), "x.xlsx")
    table = read_csv(write_csv(table_of(audit)), "x.csv")
    rows = [
        {name: row.cells.get(place, "") for place, name in enumerate(workbook.columns)}
        for row in workbook.rows
    ]
    assert unsettled(rows) == WAITING
    for written in (workbook, table):
        read = read_entries(written, audit.instrument, "x")
        assert (read.problems, read.notices) == ((), ())


def test_the_notice_of_an_export_and_show_count_them() -> None:
    said = "5 values wait to be settled: two copies of the audit gave different answers."
    (notice,) = table_notices(with_conflicts())
    assert notice.startswith(said)
    assert audit_in_lines(with_conflicts(), empty_audit().waves[-1])[-1] == f"Warning: {said}"
    assert not any("settled" in line for line in audit_in_lines(empty_audit(), empty_audit().waves[-1]))


def test_a_collation_has_a_table_of_them_and_its_rows_say_it(tmp_path: Path) -> None:
    path = tmp_path / "a.hsbaudit"
    AuditFile.create(path, with_conflicts()).close()
    collate([path], tmp_path / "all.sqlite")
    with closing(sqlite3.connect(tmp_path / "all.sqlite")) as database:
        found = database.execute("SELECT subject, statement_id, domain_id, field FROM unsettled").fetchall()
        tidy = database.execute(
            "SELECT statement_id, unsettled FROM tidy_response WHERE unsettled IS NOT NULL"
        ).fetchall()
    assert sorted(found, key=str) == [
        ("domain_note", None, "2", "comments"),
        ("reading", "1.3", None, "text"),
        ("response", "1.1", None, "evidence"),
        ("response", "1.1", None, "score"),
        ("response", "1.2", None, "no_view_reason"),
    ]
    assert sorted(tidy) == [("1.1", "evidence, score"), ("1.2", "no_view_reason")]
    collate([path], tmp_path / "all.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text("utf-8-sig"), newline="")))
    assert sorted((row["statement"], row["unsettled"]) for row in rows) == [
        ("1.1", "evidence, score"),
        ("1.2", "no_view_reason"),
    ]
