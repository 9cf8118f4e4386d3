"""A worksheet that came back and says of no row whose it is: never the partnership's agreed answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsb_desktop.operations.importing import plan_import
from hsb_desktop.operations.packs import PackKind
from hsb_desktop.operations.returning import FilesRefused
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.operations.packs import (
    POLICE,
    WAVE,
    agreed,
    audit_with_agencies,
    fill_sheet,
    held,
    of,
    pack_of,
    returned,
    sent,
)


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    path = tmp_path / "audit.hsbaudit"
    AuditFile.create(path, audit_with_agencies()).close()
    return path


@pytest.fixture
def sheet(audit_path: Path, tmp_path: Path) -> Path:
    """A returned worksheet, 1.2 scored 0, whose sheet `Reference` is gone."""
    path = pack_of(sent(audit_path, tmp_path / "p", kinds=(PackKind.WORKSHEET,)), POLICE, PackKind.WORKSHEET)
    fill_sheet(path, {"1.2": {"score": 0}})
    book = load_workbook(path)
    del book["Reference"]
    book.save(path)
    return path


def emptied(path: Path, *columns: str) -> Path:
    """Somebody empties these columns."""
    book = load_workbook(path)
    sheet = book["Responses"]
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "statement" for cell in row))
    for cell in heading:
        if cell.value in columns:
            for row in range(heading[0].row + 1, sheet.max_row + 1):
                sheet.cell(row, cell.column).value = None
    book.save(path)
    return path


@pytest.mark.parametrize("columns", [("agency", "wave"), ("agency",), ("wave",)])
def test_rows_that_do_not_say_whose_they_are_are_refused_in_words(
    columns: tuple[str, ...], audit_path: Path, sheet: Path
) -> None:
    before = audit_path.read_bytes()
    with pytest.raises(FilesRefused) as refusal:
        returned(audit_path, emptied(sheet, *columns))
    (refused,) = refusal.value.refused
    assert f"{' and '.join(columns)} empty. Nothing of it was taken." in refused.reason
    assert "Fill in agency and wave in each row and take it in again" in refused.reason
    assert "File, Import scores" in refused.reason
    assert audit_path.read_bytes() == before


def test_rows_that_say_nothing_need_not_say_whose_they_are(audit_path: Path, sheet: Path) -> None:
    fill_sheet(emptied(sheet, "agency"), {"1.2": {"agency": "Northmoor Police"}})
    book = load_workbook(sheet)
    for row in book["Responses"].iter_rows():
        if any(cell.value == "1.1" for cell in row):
            book["Responses"].delete_rows(row[0].row)
            break
    book.save(sheet)
    returned(audit_path, sheet)
    assert held(audit_path).value(of(POLICE, "1.2")) == 0
    assert held(audit_path).value(agreed("1.2")) is None


def test_the_one_wave_of_an_audit_need_not_be_named(audit_path: Path, sheet: Path, tmp_path: Path) -> None:
    audit = held(audit_path)
    responses = {key: said for key, said in audit.responses.items() if key.wave_id == WAVE}
    one = replace(audit, waves=(audit.wave(WAVE),), responses=responses)
    AuditFile.create(tmp_path / "one.hsbaudit", one).close()
    returned(tmp_path / "one.hsbaudit", emptied(sheet, "wave"))
    assert held(tmp_path / "one.hsbaudit").value(of(POLICE, "1.2")) == 0


def test_an_import_goes_by_its_own_rules(audit_path: Path, sheet: Path) -> None:
    plan = plan_import(held(audit_path), emptied(sheet, "agency", "wave"))
    key = ResponseKey(WAVE, PARTNERSHIP, "1.2")
    assert tuple(key) in {change.address.key for change in plan.change_set.changes}


@pytest.mark.parametrize("column", ["score", "evidence", "assurance"])
def test_a_column_that_somebody_renamed_is_said_and_nothing_is_lost_unsaid(
    column: str, audit_path: Path, tmp_path: Path
) -> None:
    path = pack_of(sent(audit_path, tmp_path / "p", kinds=(PackKind.WORKSHEET,)), POLICE, PackKind.WORKSHEET)
    fill_sheet(path, {"1.2": {"score": 0, "evidence": "Seen in two files."}})
    book = load_workbook(path)
    for row in book["Responses"].iter_rows():
        for cell in row:
            if cell.value == column:
                cell.value = f"Our {column}"
    book.save(path)
    with pytest.raises(FilesRefused) as refusal:
        returned(audit_path, path)
    (refused,) = refusal.value.refused
    assert f'no column called "{column}"' in refused.reason
    assert f'There is "Our {column}" instead.' in refused.reason
