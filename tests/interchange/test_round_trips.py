"""What goes out as CSV, workbook or JSON comes back equal, whatever people typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings

from hsb_desktop.interchange.audit_table import table_of
from hsb_desktop.interchange.csv_rows import read_csv, write_csv
from hsb_desktop.interchange.json_audit import write_json
from hsb_desktop.interchange.json_document import instrument_in, parse_json
from hsb_desktop.interchange.json_reader import audit_from_data
from hsb_desktop.interchange.rows import Table, read_entries
from hsb_desktop.interchange.workbook_rows import LONGEST_CELL, read_workbook, split_for_cells, write_workbook
from hsb_desktop.model import Audit, Response
from hsb_desktop.operations.row_changes import changes_from_entries
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.examples import examples
from tests.interchange.audits import ODD_TEXTS, as_rows_carry, audits, empty_audit

_PATIENT = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def taken_in(table: Table, audit: Audit) -> Audit:
    read = read_entries(table, audit.instrument, "file")
    assert read.notices == ()
    return audit.with_changes(changes_from_entries(audit, read, "file").changes)


def with_every_odd_text() -> Audit:
    audit = empty_audit()
    statements = [statement.statement_id for statement in audit.instrument.statements]
    return replace(
        audit,
        responses={
            ResponseKey("wave-1", PARTNERSHIP, statement_id): Response(evidence=text)
            for statement_id, text in zip(statements, ODD_TEXTS, strict=False)
        },
    )


def test_there_is_a_statement_for_every_odd_text() -> None:
    assert len(ODD_TEXTS) == len(with_every_odd_text().responses)


@_PATIENT
@given(audits())
@example(with_every_odd_text())
def test_csv_comes_back_equal(audit: Audit) -> None:
    new = empty_audit(wave=audit.waves[0].label)
    assert as_rows_carry(taken_in(read_csv(write_csv(table_of(audit)), "x.csv"), new)) == as_rows_carry(audit)


@_PATIENT
@given(audits())
@example(with_every_odd_text())
def test_the_workbook_comes_back_equal(audit: Audit) -> None:
    new = empty_audit(wave=audit.waves[0].label)
    assert as_rows_carry(taken_in(read_workbook(write_workbook(audit), "x.xlsx"), new)) == as_rows_carry(
        audit
    )


@_PATIENT
@given(audits())
@example(with_every_odd_text())
def test_json_comes_back_equal(audit: Audit) -> None:
    content = write_json(audit)
    data = parse_json(content, "x.json")
    edition = instrument_in(data, "x.json")
    assert edition == audit.instrument
    back, notices = audit_from_data(data, audit.instrument, "x.json")
    if audit.waves[0].wave_id == "wave-1":  # ids that are not UUIDs become new ones
        assert len(back.responses) == len(audit.responses)
    else:
        assert back == audit
        assert write_json(back) == content
    assert notices == ()


@pytest.mark.parametrize("text", [text for text in ODD_TEXTS if len(text) > 1000])
def test_a_long_text_is_cut_where_a_cell_is_full_and_never_inside_a_character(text: str) -> None:
    parts = split_for_cells(text)
    assert len(parts) > 1
    for part in parts:
        assert len(part.encode("utf-16-le")) // 2 <= LONGEST_CELL
