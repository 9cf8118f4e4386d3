"""What goes into a pack, what never does, and where it is written."""

from __future__ import annotations

import os
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from hsb_desktop.errors import InputRefused, OutputRefused, WrongPassword
from hsb_desktop.operations.pack_names import distinct, safe_name
from hsb_desktop.operations.packs import (
    UNPROTECTED,
    PackKind,
    PackRequest,
    leaving_part,
    write_packs,
)
from hsb_desktop.store.ancestry import revisions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, Subject, Value, ValueAddress
from tests.operations.packs import (
    HEALTH,
    NAMES,
    POLICE,
    SCHOOLS,
    SECRETS,
    TODAY,
    WAVE,
    agreed,
    enter,
    held,
    made_audit,
    of,
    pack_of,
    sent,
    type_into,
)


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    return made_audit(tmp_path / "audit.hsbaudit")


def bytes_of(path: Path) -> bytes:
    """A file's bytes, the parts of a workbook and the text of a PDF unpacked."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document).encode()
        finally:
            document.close()
    return path.read_bytes()


def holds(content: bytes, words: str) -> bool:
    return any(words.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


# What is inside -------------------------------------------------------------------------------------------


def test_every_agency_that_takes_part_gets_an_audit_file_a_worksheet_and_a_form(
    audit_path: Path, tmp_path: Path
) -> None:
    outcome = sent(audit_path, tmp_path / "packs")
    assert [path.name for path in outcome.paths] == [
        f"{name} - Baseline{suffix}" for name in NAMES.values() for suffix in (".hsbaudit", ".xlsx", ".pdf")
    ]
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == sorted(
        path.name for path in outcome.paths
    )


def test_a_pack_holds_the_cover_one_wave_one_agency_and_its_own_answers(
    audit_path: Path, tmp_path: Path
) -> None:
    path = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.AUDIT)
    audit, whole = held(path), held(audit_path)
    assert (audit.audit_id, audit.instrument, audit.details) == (
        whole.audit_id,
        whole.instrument,
        whole.details,
    )
    assert [wave.label for wave in audit.waves] == ["Baseline"]
    assert [agency.name for agency in audit.agencies] == [NAMES[POLICE]]
    assert audit.attendance == {(WAVE, POLICE)}
    assert {tuple(key) for key in audit.responses} == {(WAVE, POLICE, "1.1")}
    assert audit.pack is not None
    assert (audit.pack.wave_id, audit.pack.party_id, audit.pack.domain_id) == (WAVE, POLICE, "")
    assert not (audit.notes)
    # The reading is the partnership's, and what everybody scores by.
    assert dict(audit.readings) == {"2.6": SECRETS["reading"]}
    assert not (audit.rounds)
    assert not (audit.votes)
    assert not (audit.agreements)
    assert not (audit.sittings)
    assert not (audit.series)
    assert not (audit.conflicts)


@pytest.mark.parametrize("kind", PackKind)
def test_no_byte_of_an_agency_s_pack_has_words_of_anybody_else(
    kind: PackKind, audit_path: Path, tmp_path: Path
) -> None:
    path = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, kind)
    content = bytes_of(path)
    own = SECRETS["police evidence"]
    # The form is empty: somebody writes on it.
    assert holds(content, own) is (kind is not PackKind.FORM)
    # The partnership's reading goes to everybody, so that all score on the same; a form breaks its lines.
    assert holds(b" ".join(content.split()), SECRETS["reading"])
    # What the agency said itself the last time is its own; the audit file holds one wave and no other.
    earlier = (SECRETS["earlier"], "Pilot")
    for words in earlier:
        assert holds(b" ".join(content.split()), words) is (kind is not PackKind.AUDIT), words
    allowed = {own, SECRETS["reading"], *earlier}
    for words in {*SECRETS.values(), NAMES[HEALTH], NAMES[SCHOOLS], "Quillfeather", HEALTH} - allowed:
        assert not holds(content, words), words


def test_a_pack_has_no_history_and_the_revisions_that_its_values_have_in_the_audit(
    audit_path: Path, tmp_path: Path
) -> None:
    type_into(audit_path, {of(POLICE, "1.1"): 1, of(POLICE, "1.4"): 3}, "Somebody")
    type_into(audit_path, {of(POLICE, "1.4"): None}, "Somebody")
    path = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.AUDIT)
    with AuditFile.open(audit_path) as whole, AuditFile.open(path) as pack:
        assert pack.history() == ()
        assert pack.check() == ()
        revisions = revisions_of(whole)
        inside = {a: each for a, each in revisions_of(pack).items() if not a.startswith("pack/")}
        assert inside == {address: revisions[address] for address in inside}
        # What the agency emptied itself is remembered as that.
        assert str(of(POLICE, "1.4")) in inside


def test_a_table_s_pack_holds_the_agreed_responses_of_its_domain_and_no_agency(
    audit_path: Path, tmp_path: Path
) -> None:
    outcome = sent(audit_path, tmp_path / "packs", domain_id="2")
    assert [path.name for path in outcome.paths] == [
        f"Domain 2 table - Baseline{suffix}" for suffix in (".hsbaudit", ".xlsx", ".pdf")
    ]
    audit = held(outcome.paths[0])
    assert audit.agencies == ()
    assert {tuple(key) for key in audit.responses} == {(WAVE, PARTNERSHIP, "2.1a")}
    assert [note.comments for note in audit.notes.values()] == [SECRETS["note"]]
    assert dict(audit.readings) == {"2.6": SECRETS["reading"]}
    assert [agreement.reason for agreement in audit.agreements.values()] == [SECRETS["agreement"]]
    for path in outcome.paths:
        for words in (*NAMES.values(), SECRETS["police evidence"], SECRETS["health evidence"], "draft by"):
            assert not holds(bytes_of(path), words)


def test_what_leaves_is_looked_through_before_it_does(audit_path: Path) -> None:
    audit = held(audit_path)
    part = leaving_part(audit, PackRequest(WAVE, (POLICE, HEALTH)))
    texts = {value for _, value in part.values() if isinstance(value, str)}
    assert {SECRETS["police evidence"], SECRETS["health evidence"], SECRETS["reading"]} <= texts
    # Worksheets and forms show the agencies what they said themselves the last time.
    assert SECRETS["earlier"] in texts
    assert not {SECRETS["agreed evidence"], SECRETS["sitting"], SECRETS["note"]} & texts
    only_audits = leaving_part(audit, PackRequest(WAVE, (POLICE, HEALTH), kinds=(PackKind.AUDIT,)))
    assert SECRETS["earlier"] not in {value for _, value in only_audits.values()}


def test_an_answer_that_nobody_has_settled_comes_with_both_its_sides_and_without_authors(
    audit_path: Path, tmp_path: Path
) -> None:
    def conflict(number: str, about: ValueAddress) -> dict[ValueAddress, Value]:
        fields: dict[str, Value] = {
            "address": str(about), "first_revision_id": "r1", "first_value": 2,
            "first_author": "Author Hazelwood", "second_revision_id": "r2", "second_value": 1,
        }  # fmt: skip
        return {ValueAddress(Subject.CONFLICT, (number,), name): value for name, value in fields.items()}

    type_into(audit_path, {**conflict("c1", of(POLICE, "1.1")), **conflict("c2", of(HEALTH, "1.1"))})
    path = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.AUDIT)
    assert [(each.conflict_id, each.first_author) for each in held(path).conflicts] == [("c1", "")]
    assert not holds(path.read_bytes(), "Hazelwood")


# The worksheet --------------------------------------------------------------------------------------------


def test_the_worksheet_has_a_row_for_each_statement_with_a_list_of_scores_to_choose_from(
    audit_path: Path, tmp_path: Path
) -> None:
    sheet = load_workbook(pack_of(sent(audit_path, tmp_path / "p"), POLICE, PackKind.WORKSHEET))["Responses"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(number for number, row in enumerate(rows, 1) if row[1] == "statement")
    answers = rows[first:]
    statements = held(audit_path).instrument.statements
    assert [row[1] for row in answers] == [s.statement_id for s in statements]
    assert all(row[2].startswith(s.full_text) for row, s in zip(answers, statements, strict=True))
    assert {(row[8], row[9]) for row in answers} == {("Baseline", NAMES[POLICE])}
    assert answers[0][4:6] == [2, SECRETS["police evidence"]]
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"0,1,2,3,4,no view"'
    assert str(rule.sqref) == f"E{first + 1}:E{first + len(statements)}"
    above = " ".join(str(row[0]) for row in rows[: first - 1] if row[0])
    for words in (NAMES[POLICE], "Baseline", "no view", "Never write names of children", "R. Adeyemi"):
        assert words in above
    assert held(audit_path).instrument.acknowledgement in above


def test_no_cell_of_a_worksheet_is_a_formula(tmp_path: Path) -> None:
    path = made_audit(tmp_path / "a.hsbaudit")
    type_into(
        path,
        {
            ValueAddress(Subject.AGENCY, (POLICE,), "name"): "=cmd|' /C calc'!A0",
            ValueAddress(Subject.WAVE, (WAVE,), "label"): "+1 wave",
            ValueAddress(Subject.AUDIT, (), "area"): "@SUM(A1)",
            of(POLICE, "1.3", "evidence"): "-2+3",
            of(POLICE, "1.3", "assurance"): "=HYPERLINK(1)",
        },
    )
    with AuditFile.open(path) as file:
        request = PackRequest(WAVE, (POLICE,), kinds=(PackKind.WORKSHEET,), return_to="=1+1")
        (out,) = write_packs(file, tmp_path / "p", request, printed_on=TODAY).paths
    for sheet in load_workbook(out):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}, cell.coordinate
                assert not re.match(r"[=+\-@]", str(cell.value or "")), cell.coordinate


# The form -------------------------------------------------------------------------------------------------


def test_the_form_names_the_agency_the_wave_and_where_it_goes_back(audit_path: Path, tmp_path: Path) -> None:
    text = bytes_of(pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.FORM)).decode()
    for words in (NAMES[POLICE], "Baseline", "Send back to", "R. Adeyemi", "no view", "OFFICIAL-SENSITIVE"):
        assert words in text
    for statement in held(audit_path).instrument.statements:
        assert statement.statement_id in text


def test_the_form_of_a_table_has_its_domain_only(audit_path: Path, tmp_path: Path) -> None:
    text = bytes_of(sent(audit_path, tmp_path / "packs", domain_id="2").paths[2]).decode()
    assert "2.1a" in text
    assert "1.4" not in text
    assert "no view" not in text


# Who gets one ---------------------------------------------------------------------------------------------


def test_only_those_who_are_named_get_one(audit_path: Path, tmp_path: Path) -> None:
    outcome = sent(audit_path, tmp_path / "packs", HEALTH, kinds=(PackKind.AUDIT,))
    assert [path.name for path in outcome.paths] == [f"{NAMES[HEALTH]} - Baseline.hsbaudit"]


def test_an_agency_that_takes_no_part_gets_none_and_it_is_said(audit_path: Path, tmp_path: Path) -> None:
    type_into(audit_path, {ValueAddress(Subject.ATTENDANCE, (WAVE, HEALTH), "attends"): None})
    with pytest.raises(InputRefused, match="does not take part"):
        sent(audit_path, tmp_path / "packs", HEALTH)
    assert not (tmp_path / "packs").exists()


def test_a_locked_wave_sends_out_nothing_that_could_not_come_back(audit_path: Path, tmp_path: Path) -> None:
    type_into(audit_path, {ValueAddress(Subject.WAVE, (WAVE,), "is_locked"): 1})
    with pytest.raises(InputRefused, match="locked"):
        sent(audit_path, tmp_path / "packs")


# Names of files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('A/B\\C: "D" <E> | F? *', "A-B-C- -D- -E- - F- - - Wave"),
        (".hidden", "hidden - Wave"),
        ("Trailing. . ", "Trailing - Wave"),
        ("CON.x", "_CON.x - Wave"),
        ("Heddlu’r Gogledd Ŵy", "Heddlu’r Gogledd Ŵy - Wave"),
        ("e\u0301cole", "école - Wave"),
        ("evil\u202egpj.exe", "evil gpj.exe - Wave"),
        ("line\nbreak\ttab", "line break tab - Wave"),
        ("", "Wave"),
        ("../../etc/passwd", "-..-etc-passwd - Wave"),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(name: str, expected: str) -> None:
    assert safe_name(name, "Wave") == expected


def test_a_long_name_is_cut_between_characters_and_leaves_room_for_the_ending() -> None:
    assert len((safe_name("警" * 500, "Wave " * 80) + ".hsbaudit").encode()) <= 200


def test_two_names_that_a_disk_takes_for_one_get_a_number() -> None:
    assert distinct(["Police", "POLICE", "Straße", "STRASSE", "Police"]) == (
        "Police",
        "POLICE (2)",
        "Straße",
        "STRASSE (2)",
        "Police (3)",
    )


def test_agencies_of_the_same_name_get_a_pack_each(audit_path: Path, tmp_path: Path) -> None:
    type_into(audit_path, {ValueAddress(Subject.AGENCY, (HEALTH,), "name"): "NORTHMOOR POLICE"})
    outcome = sent(audit_path, tmp_path / "packs", POLICE, HEALTH, kinds=(PackKind.AUDIT,))
    assert [path.name for path in outcome.paths] == [
        "Northmoor Police - Baseline.hsbaudit",
        "NORTHMOOR POLICE - Baseline (2).hsbaudit",
    ]
    assert [held(path).agencies[0].agency_id for path in outcome.paths] == [POLICE, HEALTH]


# Whole or not at all --------------------------------------------------------------------------------------


def test_a_pack_that_is_there_already_is_never_replaced(audit_path: Path, tmp_path: Path) -> None:
    filled = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.AUDIT)
    type_into(filled, {of(POLICE, "1.2"): 3})
    before = {path: path.read_bytes() for path in (tmp_path / "packs").iterdir()}
    with pytest.raises(OutputRefused, match="not replaced"):
        sent(audit_path, tmp_path / "packs")
    assert {path: path.read_bytes() for path in (tmp_path / "packs").iterdir()} == before


@pytest.mark.parametrize("failing", [1, 3, 9, 11])
def test_a_full_disk_at_any_file_leaves_no_pack_and_no_folder(
    failing: int, audit_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Iterator[int] = iter(range(1, 1000))
    fsync = os.fsync

    def full(descriptor: int) -> None:
        if next(calls) == failing:
            raise OSError(28, "No space left on device")
        fsync(descriptor)

    with AuditFile.open(audit_path) as file:
        monkeypatch.setattr(os, "fsync", full)
        request = PackRequest(WAVE, kinds=(PackKind.WORKSHEET, PackKind.FORM))
        with pytest.raises(OutputRefused):
            write_packs(file, tmp_path / "packs", request, printed_on=TODAY)
        monkeypatch.undo()
    assert not (tmp_path / "packs").exists()


# Protection -----------------------------------------------------------------------------------------------


def test_the_pack_of_a_protected_audit_has_its_password_and_the_rest_is_said(tmp_path: Path) -> None:
    path = made_audit(tmp_path / "a.hsbaudit", "seven quiet herons")
    with AuditFile.open(path, password="seven quiet herons") as file:
        outcome = write_packs(file, tmp_path / "packs", PackRequest(WAVE, (POLICE,)), printed_on=TODAY)
    assert outcome.notices == (UNPROTECTED,)
    assert not outcome.paths[0].read_bytes().startswith(b"SQLite")
    with AuditFile.open(outcome.paths[0], password="seven quiet herons") as pack:
        assert pack.read().pack is not None


def test_a_pack_can_have_a_password_of_its_own(tmp_path: Path) -> None:
    path = made_audit(tmp_path / "a.hsbaudit", "seven quiet herons")
    request = PackRequest(WAVE, (POLICE,), kinds=(PackKind.AUDIT,))
    with AuditFile.open(path, password="seven quiet herons") as file:
        outcome = write_packs(file, tmp_path / "p", request, printed_on=TODAY, password="nine loud geese fly")
        with pytest.raises(InputRefused):
            write_packs(file, tmp_path / "q", request, printed_on=TODAY, password="short")
    assert not (tmp_path / "q").exists()
    assert outcome.notices == ()
    with pytest.raises(WrongPassword):
        AuditFile.open(outcome.paths[0], password="seven quiet herons")
    AuditFile.open(outcome.paths[0], password="nine loud geese fly").close()


def test_a_pack_is_a_database_that_any_program_can_read(audit_path: Path, tmp_path: Path) -> None:
    path = pack_of(sent(audit_path, tmp_path / "packs"), POLICE, PackKind.AUDIT)
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT party_id FROM pack").fetchone() == (POLICE,)
        strays = connection.execute(
            "SELECT count(*) FROM revision WHERE revision_id NOT IN (SELECT revision_id FROM value_state)"
        ).fetchone()
        assert strays == (0,)
    finally:
        connection.close()


def test_packs_are_written_of_an_audit_that_is_open_for_reading_only(
    audit_path: Path, tmp_path: Path
) -> None:
    with AuditFile.open(audit_path, read_only=True) as file:
        outcome = write_packs(file, tmp_path / "packs", PackRequest(WAVE), printed_on=TODAY)
    assert len(outcome.paths) == 9


def test_an_edit_of_a_moment_ago_is_in_the_pack(audit_path: Path, tmp_path: Path) -> None:
    with AuditFile.open(audit_path) as file:
        enter(file, {of(POLICE, "4.2"): 0, agreed("4.2"): 1})
        request = PackRequest(WAVE, (POLICE,), kinds=(PackKind.AUDIT,))
        outcome = write_packs(file, tmp_path / "packs", request, printed_on=TODAY)
    assert held(outcome.paths[0]).value(of(POLICE, "4.2")) == 0


def test_only_cells_that_ask_for_something_can_be_typed_into(audit_path: Path, tmp_path: Path) -> None:
    sheet = load_workbook(sent(audit_path, tmp_path / "p", domain_id="2").paths[1])["Responses"]
    assert sheet.protection.sheet
    rows = list(sheet.iter_rows())
    heading = next(row for row in rows if row[1].value == "statement")
    names = [cell.value for cell in heading]
    *statements, domain = (row for row in rows if row[0].row > heading[0].row)

    def is_open(row: tuple[Any, ...]) -> set[object]:
        return {name for name, cell in zip(names, row, strict=True) if not cell.protection.locked}

    assert all(is_open(row) == {"score", "evidence", "assurance"} for row in statements)
    assert is_open(domain) == {"comments", "completed on"}
