"""Workbooks of other programs: what a cell means, and files that are not what they seem."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace

import pytest

from hsb_desktop.errors import InputRefused, RowsRefused
from hsb_desktop.interchange.rows import read_entries
from hsb_desktop.interchange.workbook_rows import read_workbook, write_workbook
from hsb_desktop.model import Domain, Response
from hsb_desktop.operations.row_changes import changes_from_entries
from tests.interchange.audits import empty_audit

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LONGEST_REFUSAL = 2.0
"""Seconds of the processor: a busy computer is no fault of the file."""


def relationships(**targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def workbook(
    rows: str,
    *,
    strings: str = "",
    sheet: str = "Responses",
    prolog: str = "",
    date1904: str = "0",
    more_relationships: str = "",
) -> bytes:
    """A workbook written by hand, as foreign programs write them."""
    parts = {
        "_rels/.rels": relationships(r=("officeDocument", "/xl/book.xml")),
        "xl/book.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<workbookPr date1904="{date1904}"/><sheets>'
        f'<sheet name="Notes" sheetId="1" r:id="a"/><sheet name="{sheet}" sheetId="2" r:id="b"/>'
        "</sheets></workbook>",
        "xl/_rels/book.xml.rels": relationships(
            b=("worksheet", "sheets/x.xml"),
            a=("worksheet", "sheets/notes.xml"),
            s=("sharedStrings", "strings.xml"),
            t=("styles", "./styles.xml"),
        ).replace("</", f"{more_relationships}</"),
        "xl/sheets/x.xml": f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        '<mergeCells count="1"><mergeCell ref="C3:C4"/></mergeCells></worksheet>',
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" '
        'formatCode="&quot;dd&quot;0"/><numFmt numFmtId="171" formatCode="[$-809]dd\\ mmmm"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


HEADING = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>statement</t></is></c><c r="B1" t="str"><v>score</v></c>'
    '<c r="C1" t="inlineStr"><is><t>evidence</t></is></c>'
    '<c r="D1" t="inlineStr"><is><t>completed on</t></is></c></row>'
)


def row(cells: str, number: int = 2) -> str:
    return f'{HEADING}<row r="{number}">{cells}</row>'


def taken_in(content: bytes) -> dict[str, Response]:
    audit = empty_audit()
    read = read_entries(read_workbook(content, "x.xlsx"), audit.instrument, "x.xlsx")
    after = audit.with_changes(changes_from_entries(audit, read, "x.xlsx").changes)
    return {key.statement_id: response for key, response in after.responses.items()}


def test_numbers_are_scores_and_statements() -> None:
    assert taken_in(workbook(row('<c r="A2"><v>1.1000000000000001</v></c><c r="B2"><v>3.0</v></c>'))) == {
        "1.1": Response(score=3)
    }


def test_cells_without_references_stand_one_after_the_other() -> None:
    assert taken_in(workbook(f"{HEADING}<row><c><v>1.1</v></c><c/><c t='str'><v>x</v></c></row>")) == {
        "1.1": Response(evidence="x")
    }


def test_shared_strings_with_runs_escapes_and_reading_aids() -> None:
    strings = (
        "<si><t>1.1</t></si><si><r><t xml:space='preserve'>one </t></r><r><t>two</t></r>"
        "<rPh sb='0' eb='1'><t>aid</t></rPh></si><si><t>_x005F_x0041_ x005F_ _x0041_ a_x000D_\nb</t></si>"
    )
    cells = '<c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>{}</v></c>'
    assert taken_in(workbook(row(cells.format(1)), strings=strings))["1.1"].evidence == "one two"
    assert (
        taken_in(workbook(row(cells.format(2)), strings=strings))["1.1"].evidence == "_x0041_ x005F_ A a\nb"
    )


@pytest.mark.parametrize("style, text", [(1, "2026-03-12"), (3, "2026-03-12"), (0, "46093"), (2, "46093")])
def test_a_cell_that_shows_a_date_is_a_date(style: int, text: str) -> None:
    cells = f'<c r="A2"><v>1.1</v></c><c r="C2" s="{style}"><v>46093</v></c>'
    assert taken_in(workbook(row(cells)))["1.1"].evidence == text


def test_dates_that_count_from_1904_and_times() -> None:
    cells = '<c r="A2"><v>1.1</v></c><c r="C2" s="1"><v>{}</v></c>'
    assert taken_in(workbook(row(cells.format(44631)), date1904="1"))["1.1"].evidence == "2026-03-12"
    assert taken_in(workbook(row(cells.format(46093.5))))["1.1"].evidence == "2026-03-12 12:00"


def test_a_formula_gives_the_result_that_the_file_keeps_and_is_never_worked_out() -> None:
    cells = '<c r="A2"><v>1.1</v></c><c r="B2"><f>1+2</f><v>3</v></c>'
    assert taken_in(workbook(row(cells)))["1.1"].score == 3


def test_a_formula_that_comes_to_an_empty_text_is_an_empty_cell() -> None:
    cells = '<c r="A2"><v>1.1</v></c><c r="B2"><v>3</v></c><c r="C2" t="str"><f>T(1)</f><v></v></c>'
    found = taken_in(workbook(row(cells)))["1.1"]
    assert (found.score, found.evidence) == (3, "")


@pytest.mark.parametrize(
    "cell, words",
    [
        ("<c r='B2'><f>1+2</f></c>", "formula"),
        ("<c r='B2'><f>1+2</f><v></v></c>", "formula"),
        ("<c r='B2'><f>1+2</f><v/></c>", "formula"),
        ("<c r='B2' t='e'><v>#N/A</v></c>", "error #N/A"),
        ("<c r='B2' t='b'><v>1</v></c>", '"TRUE" is not'),
        ("<c r='B2'><v>3.5</v></c>", '"3.5" is not'),
        ("<c r='B2' s='1'><v>1e9</v></c>", "no calendar"),
    ],
)
def test_a_cell_that_gives_no_score_is_refused_by_row(cell: str, words: str) -> None:
    with pytest.raises(RowsRefused) as refused:
        taken_in(workbook(row(f'<c r="A7"><v>1.1</v></c>{cell}', number=7)))
    (problem,) = refused.value.problems
    assert problem.row == "row 7"
    assert words in problem.reason


def test_an_error_in_a_column_that_is_not_ours_does_no_harm() -> None:
    cells = '<c r="A2"><v>1.1</v></c><c r="B2"><v>2</v></c><c r="H2" t="e"><v>#REF!</v></c>'
    assert taken_in(workbook(row(cells)))["1.1"].score == 2


def test_a_number_that_could_be_two_statements_is_refused() -> None:
    audit = empty_audit()
    first = audit.instrument.domains[0]
    ten = Domain(
        first.domain_id, first.short_title, first.title,
        (*first.statements, replace(first.statements[0], statement_id="1.10")),
    )  # fmt: skip
    instrument = replace(audit.instrument, domains=(ten, *audit.instrument.domains[1:]))
    number = read_workbook(workbook(row('<c r="A2"><v>1.1</v></c><c r="B2"><v>3</v></c>')), "x")
    assert "1.10" in read_entries(number, instrument, "x").problems[0].reason
    text = read_workbook(workbook(row('<c r="A2" t="str"><v>1.10</v></c><c r="B2"><v>3</v></c>')), "x")
    assert read_entries(text, instrument, "x").entries[0].statement_id == "1.10"


def test_the_sheet_is_found_in_any_case_and_missed_by_name() -> None:
    assert read_workbook(workbook(HEADING, sheet="responses "), "x.xlsx").rows == ()
    with pytest.raises(InputRefused, match='no sheet called "Responses"'):
        read_workbook(workbook(HEADING, sheet="Sheet1"), "x.xlsx")
    with pytest.raises(InputRefused, match="empty"):
        read_workbook(workbook(""), "x.xlsx")


def truncated() -> bytes:
    content = write_workbook(empty_audit())
    return content[: len(content) // 2]


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "hello")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"statement,score\n", b"PK\x03\x04", truncated(), other_zip(), workbook("<row><c r='A1'"),
        workbook(row('<c r="A2" t="s"><v>x</v></c>')), workbook(row('<c r="?"><v>1</v></c>')), bytes(1000),
    ],
)  # fmt: skip
def test_what_is_not_a_whole_workbook_gets_a_sentence(content: bytes) -> None:
    with pytest.raises(InputRefused, match=r"not a whole \.xlsx workbook"):
        read_workbook(content, "x.xlsx")


def test_a_protected_workbook_is_told_apart() -> None:
    with pytest.raises(InputRefused, match="password"):
        read_workbook(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "x.xlsx")


def test_entities_are_not_unfolded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(InputRefused, match="not a whole"):
        read_workbook(workbook(HEADING, prolog=bomb), "x.xlsx")


def many_parts() -> bytes:
    out = io.BytesIO(workbook(HEADING))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(20_000):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")
    return out.getvalue()


BOMBS = {
    "13 million shared strings": lambda: workbook(HEADING, strings="<si/>" * 13_000_000),
    "6 million shared strings": lambda: workbook(HEADING, strings="<si/>" * 6_000_000),
    "shared strings in another spelling": lambda: workbook(HEADING, strings="<x:si/>" * 6_000_000),
    "rows": lambda: workbook("<row/>" * 6_000_000),
    "cells": lambda: workbook(f"<row>{'<c/>' * 6_000_000}</row>"),
    "spaces": lambda: workbook(HEADING + " " * 60_000_000),
    "parts": many_parts,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_workbook_that_unpacks_beyond_all_measure_is_refused_quickly(bomb: str) -> None:
    content = BOMBS[bomb]()
    begun = time.thread_time()
    with pytest.raises(InputRefused, match="unpacks to more than an audit can be"):
        read_workbook(content, "x.xlsx")
    assert time.thread_time() - begun < LONGEST_REFUSAL


def test_parts_that_are_read_again_and_again_are_counted_again() -> None:
    again = "".join(
        f'<Relationship Id="s{number}" Type="{OFFICE}/sharedStrings" Target="strings.xml"/>'
        for number in range(100)
    )
    content = workbook(HEADING, strings=f"<si>{' ' * 1_000_000}</si>", more_relationships=again)
    with pytest.raises(InputRefused, match="unpacks"):
        read_workbook(content, "x.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        row("<c " + " ".join(f"a{number}='1'" for number in range(1_000_000)) + "/>"),
        row(f'<c r="A2" x="{"x" * 20_000_000}"/>'),
        f"{HEADING}\0",
    ],
    ids=["attributes", "an attribute", "a nought"],
)
def test_what_no_workbook_holds_is_refused_quickly(rows: str) -> None:
    content = workbook(rows)
    begun = time.thread_time()
    with pytest.raises(InputRefused, match="not a whole"):
        read_workbook(content, "x.xlsx")
    assert time.thread_time() - begun < LONGEST_REFUSAL


def test_a_way_of_packing_that_knows_no_limit_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("_rels/.rels", " " * 100_000_000)
    with pytest.raises(InputRefused, match="packed in a way"):
        read_workbook(out.getvalue(), "x.xlsx")


def test_a_long_text_is_put_together_without_delay() -> None:
    begun = time.thread_time()
    strings = f"<si><t>{'a&amp;' * 2_000_000}</t></si>"
    cells = '<c r="A2" t="str"><v>1.1</v></c><c r="C2" t="s"><v>0</v></c>'
    with pytest.raises(RowsRefused) as refused:
        taken_in(workbook(row(cells), strings=strings))
    assert "longer than 1,000,000 characters" in refused.value.problems[0].reason
    assert time.thread_time() - begun < LONGEST_REFUSAL
