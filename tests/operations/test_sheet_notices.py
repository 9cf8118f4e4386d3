"""Nothing that somebody typed into a worksheet is left out without a word, or refused without its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsb_desktop.operations.importing import plan_import
from hsb_desktop.operations.packs import PackKind
from hsb_desktop.operations.returning import FilesRefused
from hsb_desktop.store.audit_file import AuditFile
from tests.command_line import run_command
from tests.operations.packs import (
    POLICE,
    audit_with_agencies,
    fill_sheet,
    held,
    of,
    pack_of,
    returned,
    sent,
)

STATEMENT = "1.3"


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    path = tmp_path / "audit.hsbaudit"
    AuditFile.create(path, audit_with_agencies()).close()
    return path


@pytest.fixture
def sheet(audit_path: Path, tmp_path: Path) -> Path:
    """The worksheet of the police as it was sent."""
    packs = sent(audit_path, tmp_path / "packs", kinds=(PackKind.WORKSHEET,))
    return pack_of(packs, POLICE, PackKind.WORKSHEET)


def typed_beside(path: Path, text: str, columns_right: int, heading: str = "") -> int:
    """Somebody types so many columns to the right of the table, beside a statement; return the row."""
    book = load_workbook(path)
    rows = book["Responses"]
    head = next(row for row in rows.iter_rows() if any(cell.value == "statement" for cell in row))
    numbers = next(cell.column for cell in head if cell.value == "statement")
    last = max(cell.column for cell in head if cell.value)
    row = next(r for r in range(head[0].row, rows.max_row + 1) if rows.cell(r, numbers).value == STATEMENT)
    rows.cell(row, last + columns_right).value = text
    if heading:
        rows.cell(head[0].row, last + columns_right).value = heading
    book.save(path)
    return row


def test_a_worksheet_as_it_was_sent_leaves_nothing_to_be_told(audit_path: Path, sheet: Path) -> None:
    assert returned(audit_path, sheet).merge.notices == ()


def test_a_reason_without_no_view_is_told_as_an_import_tells_it(audit_path: Path, sheet: Path) -> None:
    fill_sheet(sheet, {STATEMENT: {"no view reason": "Not our work."}, "1.2": {"score": 0}})
    imported = plan_import(held(audit_path), sheet).notices
    plan = returned(audit_path, sheet)
    (notice,) = plan.merge.notices
    assert notice.startswith(f"{sheet.name}: Not taken in, because the answer is not no view: the reason")
    assert notice.removeprefix(f"{sheet.name}: ") in imported
    assert notice in plan.sentences
    assert held(audit_path).value(of(POLICE, "1.2")) == 0


def test_a_column_that_a_worksheet_of_an_agency_does_not_have_is_told(audit_path: Path, sheet: Path) -> None:
    row = typed_beside(sheet, "See the minutes.", 1, "comments")
    (notice,) = returned(audit_path, sheet).merge.notices
    assert notice.endswith(f'"comments" in row {row}.')


def test_a_column_that_the_program_does_not_know_is_told(audit_path: Path, sheet: Path) -> None:
    typed_beside(sheet, "See the minutes.", 1, "Remarks")
    (notice,) = returned(audit_path, sheet).merge.notices
    assert '"Remarks"' in notice


@pytest.mark.parametrize("columns_right", [1, 2])
def test_text_beside_the_table_is_told_by_row_in_merge_and_import(
    columns_right: int, audit_path: Path, sheet: Path
) -> None:
    row = typed_beside(sheet, "See the minutes.", columns_right)
    words = f"Not taken in, because it stands under no heading: text in row {row}."
    assert plan_import(held(audit_path), sheet).notices == (words,)
    assert returned(audit_path, sheet).merge.notices == (f"{sheet.name}: {words}",)


def test_a_worksheet_without_its_reference_tells_the_same(audit_path: Path, sheet: Path) -> None:
    row = typed_beside(sheet, "See the minutes.", 2)
    book = load_workbook(sheet)
    del book["Reference"]
    book.save(sheet)
    (notice,) = returned(audit_path, sheet).merge.notices
    assert f"text in row {row}." in notice


def test_the_command_line_tells_it_too(audit_path: Path, sheet: Path) -> None:
    row = typed_beside(sheet, "See the minutes.", 2)
    assert f"text in row {row}." in run_command("merge", audit_path, sheet, "--dry-run").output


@pytest.mark.parametrize("wrong", ["5", "n/a", "2-3"])
def test_a_wrong_cell_is_named_with_its_statement(wrong: str, audit_path: Path, sheet: Path) -> None:
    fill_sheet(sheet, {STATEMENT: {"score": wrong}})
    with pytest.raises(FilesRefused) as refusal:
        returned(audit_path, sheet)
    (refused,) = refusal.value.refused
    (problem,) = refused.rows
    assert f', statement {STATEMENT}: score: "{wrong}" is not 0, 1, 2, 3 or 4' in str(problem)
