"""A pack shows what it is scored by: the partnership's reading, and what its party answered the last time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from hsb_desktop.operations.packs import PackKind
from hsb_desktop.values import NO_VIEW, Subject, Value, ValueAddress
from tests.operations.packs import (
    HEALTH,
    POLICE,
    SECRETS,
    WAVE,
    agreed,
    fill_sheet,
    held,
    made_audit,
    of,
    pack_of,
    returned,
    sent,
    type_into,
)

READING = ValueAddress(Subject.READING, ("2.6",), "text")


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    return made_audit(tmp_path / "audit.hsbaudit")


def sheet_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a worksheet, by the names of their columns."""
    rows = [[cell.value for cell in row] for row in load_workbook(path)["Responses"].iter_rows()]
    first = next(number for number, row in enumerate(rows) if "statement" in row)
    return [dict(zip(map(str, rows[first]), row, strict=True)) for row in rows[first + 1 :]]


def row_of(path: Path, statement_id: str) -> dict[str, Any]:
    (found,) = (row for row in sheet_of(path) if row["statement"] == statement_id)
    return found


def form_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return " ".join(text.split())


def unsettled(address: ValueAddress, first: str, second: str) -> dict[ValueAddress, Value]:
    """A conflict about a text."""
    fields: dict[str, Value] = {
        "address": str(address), "first_revision_id": "r1", "first_value": first, "first_author": "A",
        "second_revision_id": "r2", "second_value": second,
    }  # fmt: skip
    return {ValueAddress(Subject.CONFLICT, ("c1",), name): value for name, value in fields.items()}


# The partnership's reading ----------------------------------------------------------------------------------


def test_the_reading_stands_under_its_statement_in_the_worksheet_and_on_the_form(
    audit_path: Path, tmp_path: Path
) -> None:
    outcome = sent(audit_path, tmp_path / "packs")
    words = f"The partnership reads it so: {SECRETS['reading']}"
    sheet = pack_of(outcome, HEALTH, PackKind.WORKSHEET)
    statement = held(audit_path).instrument.statement("2.6")
    assert row_of(sheet, "2.6")["statement text"] == f"{statement.full_text}\n\n{words}"
    assert sum("reads it so" in row["statement text"] for row in sheet_of(sheet)) == 1
    assert words in form_of(pack_of(outcome, HEALTH, PackKind.FORM))


def test_the_pack_of_one_domain_has_the_readings_of_that_domain_only(
    audit_path: Path, tmp_path: Path
) -> None:
    type_into(audit_path, {ValueAddress(Subject.READING, ("1.6a",), "text"): "Confident means asked twice."})
    outcome = sent(audit_path, tmp_path / "packs", POLICE, domain_id="1", kinds=(PackKind.AUDIT,))
    assert dict(held(outcome.paths[0]).readings) == {"1.6a": "Confident means asked twice."}


def test_a_returned_pack_never_changes_the_partnership_s_reading(audit_path: Path, tmp_path: Path) -> None:
    outcome = sent(audit_path, tmp_path / "packs")
    police = pack_of(outcome, POLICE, PackKind.AUDIT)
    health = pack_of(outcome, HEALTH, PackKind.AUDIT)
    type_into(police, {READING: "Ours is better.", of(POLICE, "2.6"): 3})
    type_into(health, {READING: None, of(HEALTH, "2.6"): 1})
    plan = returned(audit_path, police, health)
    audit = held(audit_path)
    assert dict(audit.readings) == {"2.6": SECRETS["reading"]}
    assert (audit.value(of(POLICE, "2.6")), audit.value(of(HEALTH, "2.6"))) == (3, 1)
    assert not audit.conflicts
    assert plan.merge.counts[0].left_out == 1


@pytest.mark.parametrize("kind", [PackKind.AUDIT, PackKind.WORKSHEET])
def test_a_reading_that_was_changed_here_meanwhile_stays_as_it_is(
    kind: PackKind, audit_path: Path, tmp_path: Path
) -> None:
    pack = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, kind)
    type_into(audit_path, {READING: "High quality means seen twice."})
    if kind is PackKind.AUDIT:
        type_into(pack, {of(POLICE, "2.6"): 3})
    else:
        fill_sheet(pack, {"2.6": {"score": 3}})
    plan = returned(audit_path, pack)
    assert held(audit_path).value(READING) == "High quality means seen twice."
    assert held(audit_path).value(of(POLICE, "2.6")) == 3
    assert (plan.merge.counts[0].taken, plan.merge.counts[0].left_out) == (1, 0)


def test_a_reading_that_waits_to_be_settled_is_in_no_agency_s_pack(audit_path: Path, tmp_path: Path) -> None:
    type_into(audit_path, unsettled(READING, SECRETS["reading"], "Another reading."))
    part = held(pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.AUDIT))
    assert not part.readings
    assert not part.conflicts


def test_a_table_gets_both_sides_of_a_reading_that_waits_to_be_settled(
    audit_path: Path, tmp_path: Path
) -> None:
    type_into(audit_path, unsettled(READING, SECRETS["reading"], "Another reading."))
    part = held(sent(audit_path, tmp_path / "packs", domain_id="2", kinds=(PackKind.AUDIT,)).paths[0])
    assert dict(part.readings) == {"2.6": SECRETS["reading"]}
    assert len(part.conflicts) == 1


@pytest.mark.parametrize("length", [3_000, 40_000])
def test_a_long_reading_is_whole_in_every_kind_of_pack_and_what_comes_back_is_taken(
    length: int, audit_path: Path, tmp_path: Path
) -> None:
    reading = ("High quality means looked at again. " * length)[:length].strip()
    type_into(audit_path, {READING: reading})
    outcome = sent(audit_path, tmp_path / "packs", POLICE)
    sheet = pack_of(outcome, POLICE, PackKind.WORKSHEET)
    row = row_of(sheet, "2.6")
    text = row["statement text"] + (row.get("statement text (2)") or "")
    assert text.endswith(reading)
    assert form_of(pack_of(outcome, POLICE, PackKind.FORM)).count("looked at again") >= reading.count("again")
    plan = returned(audit_path, fill_sheet(sheet, {"2.6": {"score": 2}}))
    assert held(audit_path).value(of(POLICE, "2.6")) == 2
    assert not any("no such column" in sentence for sentence in plan.sentences)


# Last time --------------------------------------------------------------------------------------------------


def test_a_pack_of_a_later_wave_shows_its_party_its_own_answers_of_last_time(
    audit_path: Path, tmp_path: Path
) -> None:
    type_into(
        audit_path,
        {
            of(POLICE, "1.2", wave_id="wave-0"): 2,
            of(POLICE, "1.2", "assurance", "wave-0"): "A yearly\nreview.",
            of(POLICE, "1.3", wave_id="wave-0"): NO_VIEW,
            of(POLICE, "1.3", "no_view_reason", "wave-0"): "Not ours.",
            of(HEALTH, "1.2", "evidence", "wave-0"): "Only health knows.",
            agreed("1.2", "evidence")._replace(key=("wave-0", "partnership", "1.2")): "Only agreed.",
        },
    )
    outcome = sent(audit_path, tmp_path / "packs")
    sheet, form = (pack_of(outcome, POLICE, kind) for kind in (PackKind.WORKSHEET, PackKind.FORM))
    last = f"Pilot: 2\nEvidence: {SECRETS['earlier']}\nAssurance: A yearly review."
    assert row_of(sheet, "1.2")["last time"] == last
    assert row_of(sheet, "1.3")["last time"] == "Pilot: no view (Not ours.)"
    assert row_of(sheet, "1.1")["last time"] is None
    assert f"Last time – {' '.join(last.split())}" in form_of(form)
    for words in ("Only health", "Only agreed"):
        assert words not in str(sheet_of(sheet))
        assert words not in form_of(form)


def test_the_audit_file_of_a_pack_holds_one_wave_and_nothing_of_last_time(
    audit_path: Path, tmp_path: Path
) -> None:
    part = held(pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.AUDIT))
    assert [wave.wave_id for wave in part.waves] == [WAVE]
    assert {key.wave_id for key in part.responses} == {WAVE}


def test_a_table_is_shown_what_was_agreed_the_last_time_and_nothing_of_the_agencies(
    audit_path: Path, tmp_path: Path
) -> None:
    before = agreed("2.1a")._replace(key=("wave-0", "partnership", "2.1a"))
    type_into(audit_path, {before: 3, of(HEALTH, "2.1a", wave_id="wave-0"): 1})
    outcome = sent(audit_path, tmp_path / "packs", domain_id="2", kinds=(PackKind.WORKSHEET,))
    assert [row["last time"] for row in sheet_of(outcome.paths[0]) if row["last time"]] == ["Pilot: 3"]


def test_an_answer_of_last_time_that_waits_to_be_settled_says_so(audit_path: Path, tmp_path: Path) -> None:
    evidence = of(POLICE, "1.2", "evidence", "wave-0")
    type_into(audit_path, unsettled(evidence, SECRETS["earlier"], "Another answer."))
    sheet = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.WORKSHEET)
    assert row_of(sheet, "1.2")["last time"].startswith("Pilot: not scored (two answers, not settled yet)")
    assert "Another answer." not in str(sheet_of(sheet))


def test_a_worksheet_of_which_nothing_was_said_before_has_no_column_for_it(
    audit_path: Path, tmp_path: Path
) -> None:
    sheet = pack_of(sent(audit_path, tmp_path / "packs"), HEALTH, PackKind.WORKSHEET)
    assert "last time" not in sheet_of(sheet)[0]


def test_long_texts_of_last_time_are_cut_between_words(audit_path: Path, tmp_path: Path) -> None:
    type_into(audit_path, {of(POLICE, "1.2", "evidence", "wave-0"): "register " * 3_000})
    outcome = sent(audit_path, tmp_path / "packs")
    words = row_of(pack_of(outcome, POLICE, PackKind.WORKSHEET), "1.2")["last time"]
    assert words.endswith("register …")
    assert len(words) < 450
    assert form_of(pack_of(outcome, POLICE, PackKind.FORM)).count("register") < 60


def test_what_is_typed_into_last_time_or_under_a_statement_is_passed_over(
    audit_path: Path, tmp_path: Path
) -> None:
    sheet = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.WORKSHEET)
    fill_sheet(sheet, {"2.6": {"last time": "4", "statement text": "Our own reading.", "score": 1}})
    plan = returned(audit_path, sheet)
    audit = held(audit_path)
    assert (audit.value(READING), audit.value(of(POLICE, "2.6"))) == (SECRETS["reading"], 1)
    assert plan.merge.counts[0].taken == 1
    assert not any("no such column" in sentence for sentence in plan.sentences)


def test_a_worksheet_of_the_older_shape_is_taken_in_as_ever(audit_path: Path, tmp_path: Path) -> None:
    sheet = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.WORKSHEET)
    book = load_workbook(sheet)
    heading = next(row for row in book["Responses"].iter_rows() if row[1].value == "statement")
    column = next(cell.column for cell in heading if cell.value == "last time")
    book["Responses"].delete_cols(column)
    book.save(sheet)
    returned(audit_path, fill_sheet(sheet, {"1.2": {"score": 3}}))
    assert held(audit_path).value(of(POLICE, "1.2")) == 3


def test_a_form_in_which_every_statement_has_long_texts_under_it_keeps_within_its_pages(
    audit_path: Path, tmp_path: Path
) -> None:
    statements = held(audit_path).instrument.statements
    long = "As agreed at the meeting with health. " * 40
    for field in ("evidence", "assurance"):
        type_into(audit_path, {of(POLICE, s.statement_id, field, "wave-0"): long for s in statements})
    type_into(
        audit_path, {ValueAddress(Subject.READING, (s.statement_id,), "text"): long for s in statements}
    )
    form = pack_of(sent(audit_path, tmp_path / "packs", POLICE), POLICE, PackKind.FORM)
    document = pypdfium2.PdfDocument(form)
    try:
        for page in document:
            text = page.get_textpage()
            # Where the furniture at the foot of a page begins, nothing else is printed.
            lowest = (text.get_charbox(place)[1] for place in range(text.count_chars()))
            assert not any(53 < low < 60 for low in lowest)
    finally:
        document.close()
