"""What other programs find in the files that are written for them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from hsb_desktop.interchange.audit_table import table_notices, table_of
from hsb_desktop.interchange.csv_rows import write_csv
from hsb_desktop.interchange.json_audit import write_json
from hsb_desktop.interchange.workbook_rows import write_workbook
from hsb_desktop.model import Agency, Audit, Response, Wave
from hsb_desktop.operations.collated_rows import audit_rows, response_rows
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, ResponseKey
from tests.interchange.audits import empty_audit

FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")')


def audit_with(evidence: str) -> Audit:
    audit = empty_audit()
    key = ResponseKey("wave-1", PARTNERSHIP, "1.1")
    return replace(audit, responses={key: Response(score=3, evidence=evidence)})


def csv_rows(audit: Audit) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_csv(table_of(audit)).decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_for_every_statement_and_nothing_stands_for_not_scored() -> None:
    rows = csv_rows(audit_with("Seen"))
    assert len(rows) == 46
    assert (rows[0]["statement"], rows[0]["score"], rows[0]["evidence"]) == ("1.1", "3", "Seen")
    assert {row["score"] for row in rows[1:]} == {""}


def test_csv_opens_with_its_letters_right_in_a_spreadsheet() -> None:
    content = write_csv(table_of(audit_with("ŵ")))
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert csv_rows(audit_with(text))[0]["evidence"] == f"'{text}"
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(audit_with(text))))["Responses"]
    for cells in sheet.iter_rows():
        for cell in cells:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "@", "\t"))


def test_texts_that_openpyxl_takes_for_something_else_are_texts() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(audit_with("#N/A"))))["Responses"]
    cell = next(cell for cell in sheet[2] if cell.value == "#N/A")
    assert cell.data_type == "s"


def test_the_workbook_is_one_to_work_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(audit_with("Seen"))))
    sheet = book["Responses"]
    headings = [cell.value for cell in sheet[1]]
    assert book.sheetnames == ["Responses", "About"]
    assert sheet.freeze_panes is not None
    assert all(cell.font.bold for cell in sheet[1])
    assert {"statement text", "domain"} <= set(headings)
    score = sheet.cell(2, headings.index("score") + 1)
    assert (score.value, score.data_type) == (3, "n")
    (scores, _) = sheet.data_validations.dataValidation
    assert score.coordinate in scores.sqref
    assert scores.formula1 == '"0,1,2,3,4,no view"'
    assert sum(cell.value in {"1", "2", "3", "4", "5"} for cell in sheet["D"][1:]) == 5, (
        "a row for each domain"
    )


def test_the_workbook_carries_the_acknowledgement() -> None:
    audit = empty_audit()
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(audit)))
    assert audit.instrument.acknowledgement in [cell.value for cell in book["About"]["B"]]


def test_the_marking_stands_in_the_workbooks_header_as_it_is_written() -> None:
    audit = empty_audit()
    audit = replace(audit, details=replace(audit.details, marking="R&D &P"))
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(audit)))["Responses"]
    assert "R&&D &&P" in str(sheet.oddHeader.right.text)


def test_a_marking_that_xml_cannot_say_does_not_stop_the_workbook() -> None:
    audit = empty_audit()
    audit = replace(audit, details=replace(audit.details, marking="\uffff", title="\ufffe", area="\uffff"))
    assert openpyxl.load_workbook(io.BytesIO(write_workbook(audit))).sheetnames == ["Responses", "About"]


def test_an_agency_that_answered_nothing_still_stands_in_the_rows() -> None:
    audit = replace(
        empty_audit(),
        agencies=(Agency("a", "Police", "Police force"),),
        attendance=frozenset({("wave-1", "a")}),
    )
    (row,) = [row for row in csv_rows(audit) if row["agency"]]
    assert (row["agency"], row["sector"], row["score"]) == ("Police", "Police force", "")


def test_a_reading_stands_in_one_row_because_it_is_kept_across_waves() -> None:
    audit = replace(empty_audit(), waves=(Wave("a", "T1"), Wave("b", "T2")), readings={"2.4": "High means"})
    assert [(row["wave"], row["statement"]) for row in csv_rows(audit) if row["reading"]] == [("T1", "2.4")]


def test_no_view_is_written_as_people_say_it() -> None:
    audit = replace(
        empty_audit(),
        agencies=(Agency("a", "Police"),),
        responses={ResponseKey("wave-1", "a", "2.2"): Response(no_view=True, no_view_reason="Not ours")},
    )
    (row,) = [row for row in csv_rows(audit) if row["agency"]]
    assert (row["score"], row["no view reason"]) == (NO_VIEW, "Not ours")


def test_what_rows_cannot_tell_apart_is_said() -> None:
    audit = replace(empty_audit(), waves=(Wave("a", "T1"), Wave("b", "T1")))
    assert 'More than one wave is called "T1"' in table_notices(audit)[0]
    assert table_notices(empty_audit()) == ()


def test_json_is_the_documented_shape_and_the_same_bytes_every_time() -> None:
    content = write_json(audit_with("ŵ"))
    assert content == write_json(audit_with("ŵ"))
    assert "ŵ".encode() in content
    data = json.loads(content)
    assert (data["format"], data["version"]) == ("hsbaudit", 1)
    assert {"id", "title", "area", "instrument"} <= set(data["audit"])
    assert data["waves"][0] == {
        "id": "wave-1", "label": "Baseline", "held_on": "", "locked": False, "agencies": [], "sittings": []
    }  # fmt: skip
    assert data["responses"] == [
        {
            "wave": "wave-1", "agency": None, "statement": "1.1", "score": 3, "no_view": False,
            "no_view_reason": "",
            "evidence": "ŵ", "assurance": "", "target": None,
        }
    ]  # fmt: skip
    assert data["instrument"]["acknowledgement"].startswith("Hackett")


def test_a_reason_that_stayed_behind_of_no_view_is_in_no_table() -> None:
    audit = empty_audit()
    key = ResponseKey(audit.waves[0].wave_id, "a1", "1.1")
    audit = replace(
        audit,
        agencies=(Agency("a1", "Police"),),
        responses={key: Response(score=3, no_view_reason="Left behind")},
    )
    assert b"Left behind" not in write_csv(table_of(audit))
    (row,) = response_rows(audit, "a.hsbaudit")
    assert "Left behind" not in row
    assert "Left behind" not in str([list(rows) for _, rows in audit_rows(audit, "a.hsbaudit", "e")])
