"""Packs that come back: whose answers are taken, what never is lost, and that order does not matter."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hsb_desktop.errors import InputRefused
from hsb_desktop.operations.importing import plan_import
from hsb_desktop.operations.packs import PackKind, PackRequest, write_packs
from hsb_desktop.operations.returning import FilesRefused, plan_return, take_back
from hsb_desktop.store.ancestry import revisions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, Subject, Value, ValueAddress
from tests.examples import FULL
from tests.operations.packs import (
    HEALTH,
    NAMES,
    POLICE,
    SCHOOLS,
    SECRETS,
    TODAY,
    WAVE,
    agreed,
    copied,
    fill_sheet,
    held,
    made_audit,
    of,
    pack_of,
    returned,
    sent,
    type_into,
)

SHEET, FILE = PackKind.WORKSHEET, PackKind.AUDIT


Packs = dict[tuple[str, PackKind], Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Packs]:
    """An audit and its packs, for each test to copy."""
    folder = tmp_path_factory.mktemp("made")
    audit = made_audit(folder / "audit.hsbaudit")
    outcome = sent(audit, folder / "packs", kinds=(FILE, SHEET))
    packs = {(agency, kind): pack_of(outcome, agency, kind) for agency in NAMES for kind in (FILE, SHEET)}
    return audit, packs


@pytest.fixture
def audit_path(made: tuple[Path, Packs], tmp_path: Path) -> Path:
    return Path(shutil.copy(made[0], tmp_path))


@pytest.fixture
def packs(made: tuple[Path, Packs], tmp_path: Path) -> Packs:
    (tmp_path / "packs").mkdir()
    return {which: Path(shutil.copy(path, tmp_path / "packs")) for which, path in made[1].items()}


def entered(path: Path) -> dict[str, object]:
    return {str(address): value for address, value in held(path).values()}


# What is taken ----------------------------------------------------------------------------------------------


def test_a_returned_audit_file_gives_its_agency_s_answers(audit_path: Path, packs: Packs) -> None:
    answers: dict[ValueAddress, Value] = {
        of(POLICE, "1.1"): 3,
        of(POLICE, "2.4"): NO_VIEW,
        of(POLICE, "2.4", "no_view_reason"): "Not ours.",
        of(POLICE, "5.8", "assurance"): "Dip sampling each term.",
    }
    type_into(packs[POLICE, FILE], answers, "Sergeant Yew")
    plan = returned(audit_path, packs[POLICE, FILE])
    assert plan.merge.counts[0].taken == 4
    audit = held(audit_path)
    assert {address: audit.value(address) for address in answers} == answers
    assert audit.value(of(POLICE, "1.1", "evidence")) == SECRETS["police evidence"]


def test_a_returned_worksheet_gives_its_agency_s_answers(audit_path: Path, packs: Packs) -> None:
    fill_sheet(
        packs[POLICE, SHEET],
        {
            "1.1": {"score": 3},
            "2.4": {"score": "No View", "no view reason": "Not ours."},
            "5.8": {"score": "4", "assurance": "'=Dip sampling\neach term."},
        },
    )
    plan = returned(audit_path, packs[POLICE, SHEET])
    assert plan.merge.counts[0].taken == 5
    assert not plan.merge.conflicts
    audit = held(audit_path)
    assert audit.value(of(POLICE, "1.1")) == 3
    assert audit.value(of(POLICE, "2.4")) == NO_VIEW
    assert audit.value(of(POLICE, "2.4", "no_view_reason")) == "Not ours."
    assert audit.value(of(POLICE, "5.8")) == 4
    assert audit.value(of(POLICE, "5.8", "assurance")) == "=Dip sampling\neach term."


def test_a_table_s_agreed_responses_comments_and_date_come_back(audit_path: Path, tmp_path: Path) -> None:
    outcome = sent(audit_path, tmp_path / "packs", domain_id="2", kinds=(FILE, SHEET))
    type_into(outcome.paths[0], {agreed("2.4"): 2, agreed("2.4", "evidence"): "Minutes."})
    fill_sheet(outcome.paths[1], {"2.5": {"score": 1}, "2": {"completed on": "2026-12-04"}})
    returned(audit_path, *outcome.paths)
    audit = held(audit_path)
    assert (audit.value(agreed("2.4")), audit.value(agreed("2.5"))) == (2, 1)
    note = ValueAddress(Subject.DOMAIN_NOTE, (WAVE, "2"), "completed_on")
    assert audit.value(note) == "2026-12-04"
    assert audit.value(note._replace(field="comments")) == SECRETS["note"]


@pytest.mark.parametrize("kind", [FILE, SHEET])
def test_what_is_left_as_it_was_sent_says_nothing(kind: PackKind, audit_path: Path, packs: Packs) -> None:
    type_into(audit_path, {of(POLICE, "1.1"): 4, of(POLICE, "1.1", "evidence"): "Newer words."})
    before = entered(audit_path)
    plan = returned(audit_path, packs[POLICE, kind])
    assert plan.merge.is_empty
    assert entered(audit_path) == before


@pytest.mark.parametrize("kind", [FILE, SHEET])
def test_an_empty_box_takes_nothing_out(kind: PackKind, audit_path: Path, packs: Packs) -> None:
    if kind is FILE:
        type_into(packs[POLICE, FILE], {of(POLICE, "1.1", "evidence"): None, of(POLICE, "1.1"): None})
    else:
        fill_sheet(packs[POLICE, SHEET], {"1.1": {"score": None, "evidence": None}})
    before = entered(audit_path)
    returned(audit_path, packs[POLICE, kind])
    assert entered(audit_path) == before


def test_only_the_agency_s_own_answers_of_the_pack_s_wave_are_taken(audit_path: Path, packs: Packs) -> None:
    before = entered(audit_path)
    type_into(
        packs[POLICE, FILE],
        {
            agreed("1.1"): 4,
            ValueAddress(Subject.AUDIT, (), "title"): "Another title",
            ValueAddress(Subject.AGENCY, (POLICE,), "name"): "Renamed",
            ValueAddress(Subject.DOMAIN_NOTE, (WAVE, "1"), "comments"): "Ours.",
            of(POLICE, "1.2"): 1,
        },
    )
    plan = returned(audit_path, packs[POLICE, FILE])
    assert entered(audit_path) == before | {str(of(POLICE, "1.2")): 1}
    assert plan.merge.counts[0].left_out == 4


def test_what_was_returned_is_open_and_touches_no_vote_of_an_open_round(
    audit_path: Path, packs: Packs
) -> None:
    type_into(packs[POLICE, FILE], {of(POLICE, "1.3"): 0})
    before = held(audit_path)
    returned(audit_path, packs[POLICE, FILE])
    audit = held(audit_path)
    assert audit.value(of(POLICE, "1.3")) == 0
    assert (audit.rounds, audit.votes) == (before.rounds, before.votes)


def test_a_locked_wave_takes_nothing_and_says_so(audit_path: Path, packs: Packs) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}})
    type_into(audit_path, {ValueAddress(Subject.WAVE, (WAVE,), "is_locked"): 1})
    plan = returned(audit_path, packs[POLICE, SHEET])
    assert plan.merge.is_empty
    assert any("is locked" in sentence for sentence in plan.sentences)


def test_a_worksheet_finds_its_agency_and_wave_after_both_were_renamed(
    audit_path: Path, packs: Packs, tmp_path: Path
) -> None:
    type_into(
        audit_path,
        {
            ValueAddress(Subject.AGENCY, (POLICE,), "name"): "Northmoor Constabulary",
            ValueAddress(Subject.WAVE, (WAVE,), "label"): "First round",
        },
    )
    filled = fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}}, tmp_path / "copy of sheet (1).xlsx")
    returned(audit_path, filled)
    audit = held(audit_path)
    assert audit.value(of(POLICE, "1.2")) == 3
    assert len(audit.agencies) == 3


# Different here and there -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FILE, SHEET])
def test_what_was_answered_differently_here_meanwhile_is_kept_as_a_conflict(
    kind: PackKind, audit_path: Path, packs: Packs
) -> None:
    type_into(audit_path, {of(POLICE, "1.1"): 4, of(POLICE, "1.2", "evidence"): "Typed here."}, "Scribe")
    if kind is FILE:
        type_into(
            packs[POLICE, FILE],
            {of(POLICE, "1.1"): 1, of(POLICE, "1.2", "evidence"): "Typed there."},
            "Sergeant Yew",
        )
    else:
        fill_sheet(packs[POLICE, SHEET], {"1.1": {"score": 1}, "1.2": {"evidence": "Typed there."}})
    plan = returned(audit_path, packs[POLICE, kind])
    assert plan.merge.counts[0].conflicts == 2
    audit = held(audit_path)
    assert audit.value(of(POLICE, "1.1")) == 1
    conflicts = {each.address: each for each in audit.conflicts}
    words = conflicts[str(of(POLICE, "1.2", "evidence"))]
    assert {words.first_value, words.second_value} == {"Typed here.", "Typed there."}
    there = NAMES[POLICE] if kind is SHEET else "Sergeant Yew"
    assert {words.first_author, words.second_author} == {"Scribe", there}


def test_the_same_answer_in_both_is_no_conflict(audit_path: Path, packs: Packs) -> None:
    type_into(audit_path, {of(POLICE, "1.2"): 3})
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}})
    plan = returned(audit_path, packs[POLICE, SHEET])
    assert plan.merge.counts[0].joined == 1
    assert held(audit_path).conflicts == ()


def test_a_worksheet_that_was_corrected_and_sent_again_keeps_both_where_it_differs(
    audit_path: Path, packs: Packs, tmp_path: Path
) -> None:
    first = fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}, "1.4": {"score": 2}}, tmp_path / "1.xlsx")
    second = fill_sheet(first, {"1.4": {"score": 4}}, tmp_path / "2.xlsx")
    returned(audit_path, first)
    plan = returned(audit_path, second)
    assert plan.merge.counts[0].conflicts == 1
    audit = held(audit_path)
    assert (audit.value(of(POLICE, "1.2")), audit.value(of(POLICE, "1.4"))) == (3, 2)
    assert len(audit.conflicts) == 1


# Order and repetition ---------------------------------------------------------------------------------------


def filled_packs(packs: Packs, tmp_path: Path) -> list[Path]:
    """Two audit files, two worksheets, and for the police both, which disagree."""
    type_into(packs[POLICE, FILE], {of(POLICE, "1.1"): 0, of(POLICE, "1.2"): 3}, "Sergeant Yew")
    type_into(packs[HEALTH, FILE], {of(HEALTH, "1.2"): 1}, "Nurse Rowan")
    return [
        packs[POLICE, FILE],
        packs[HEALTH, FILE],
        fill_sheet(packs[SCHOOLS, SHEET], {"1.2": {"score": 2}}, tmp_path / "s.xlsx"),
        fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 1, "evidence": "A log."}}, tmp_path / "p.xlsx"),
    ]


def test_packs_come_to_the_same_in_any_order_together_or_one_by_one(
    audit_path: Path, packs: Packs, tmp_path: Path
) -> None:
    files = filled_packs(packs, tmp_path)
    outcomes = []
    orders = list(itertools.permutations(files))
    for number, order in enumerate(orders if FULL else orders[::5]):
        target = copied(audit_path, f"t{number}")
        if number % 2:
            returned(target, *order)
        else:
            for file in order:
                returned(target, file)
        with AuditFile.open(target, read_only=True) as audit_file:
            outcomes.append((entered(target), revisions_of(audit_file)))
    for values, _ in outcomes:
        assert values == outcomes[0][0]
    about_answers = [
        {address: each for address, each in revisions.items() if address.startswith("response/")}
        for _, revisions in outcomes
    ]
    assert all(each == about_answers[0] for each in about_answers)
    assert len(held(tmp_path / "t0.hsbaudit").conflicts) == 1


def test_packs_taken_in_twice_change_nothing_the_second_time(
    audit_path: Path, packs: Packs, tmp_path: Path
) -> None:
    files = filled_packs(packs, tmp_path)
    returned(audit_path, *files)
    before = entered(audit_path)
    assert returned(audit_path, *files, *files).merge.is_empty
    assert entered(audit_path) == before


def test_all_files_are_one_step_with_one_backup(audit_path: Path, packs: Packs, tmp_path: Path) -> None:
    files = filled_packs(packs, tmp_path)
    with AuditFile.open(audit_path) as file:
        before = file.read()
        plan, change_set = take_back(file, files)
        after = file.read()
    assert before.with_changes(change_set.changes) == after
    assert after.with_changes(change_set.reversed().changes) == before
    assert len(plan.merge.counts) == 4
    assert len(backups_of(before.audit_id)) == 1


# Files that do not belong -----------------------------------------------------------------------------------


def test_a_file_that_does_not_belong_is_named_and_keeps_the_others_out(
    audit_path: Path, packs: Packs, tmp_path: Path
) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}})
    strange = tmp_path / "notes.xlsx"
    book = Workbook()
    book.save(strange)
    (tmp_path / "broken.hsbaudit").write_bytes(b"no audit")
    files = [packs[POLICE, SHEET], strange, tmp_path / "broken.hsbaudit", tmp_path / "gone.xlsx"]
    before = audit_path.read_bytes()
    with pytest.raises(FilesRefused) as refusal:
        returned(audit_path, *files)
    assert [refused.name for refused in refusal.value.refused] == [
        "notes.xlsx",
        "broken.hsbaudit",
        "gone.xlsx",
    ]
    assert all(name in str(refusal.value) for name in ("notes.xlsx", "broken.hsbaudit", "gone.xlsx"))
    assert audit_path.read_bytes() == before


def test_the_others_are_taken_where_somebody_says_so(audit_path: Path, packs: Packs, tmp_path: Path) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}})
    other = tmp_path / "other"
    other.mkdir()
    another = replace(held(audit_path), audit_id="audit-x")
    AuditFile.create(other / "x.hsbaudit", another).close()
    plan = returned(audit_path, packs[POLICE, SHEET], other / "x.hsbaudit", leave_refused=True)
    assert [refused.name for refused in plan.refused] == ["x.hsbaudit"]
    assert "belongs to another audit" in plan.sentences[-1]
    assert held(audit_path).value(of(POLICE, "1.2")) == 3


def test_a_worksheet_of_another_audit_is_refused(audit_path: Path, packs: Packs) -> None:
    book = load_workbook(packs[POLICE, SHEET])
    book["Reference"]["B2"] = "audit-elsewhere"
    book.save(packs[POLICE, SHEET])
    with pytest.raises(FilesRefused, match="belongs to another audit"):
        returned(audit_path, packs[POLICE, SHEET])


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("score", 7, 'score: "7" is not'),
        ("score", "two", 'score: "two" is not'),
        ("agency", "Fernlight Health Trust", "this worksheet is for Northmoor Police"),
        ("wave", "Six months", 'this worksheet is for "Baseline"'),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_nothing_is_taken(
    column: str, value: object, words: str, audit_path: Path, packs: Packs
) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}, "1.4": {"score": 1, column: value}})
    before = audit_path.read_bytes()
    with pytest.raises(FilesRefused) as refusal:
        returned(audit_path, packs[POLICE, SHEET])
    assert words in str(refusal.value)
    assert audit_path.read_bytes() == before


def test_a_bad_row_that_stands_there_twice_is_told_both_at_once(audit_path: Path, packs: Packs) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}, "1.4": {"score": 7, "statement": "1.2"}})
    with pytest.raises(FilesRefused) as refusal:
        returned(audit_path, packs[POLICE, SHEET])
    assert 'score: "7" is not' in str(refusal.value)
    assert "is about 1.2, as row" in str(refusal.value)


def test_a_pack_takes_in_no_packs(packs: Packs) -> None:
    with pytest.raises(FilesRefused, match="This audit is a pack itself"):
        returned(packs[HEALTH, FILE], packs[POLICE, FILE])


def test_a_whole_copy_is_refused_where_only_packs_are_wanted(audit_path: Path) -> None:
    copy = copied(audit_path, "whole")
    with AuditFile.open(audit_path) as file:
        with pytest.raises(FilesRefused, match="whole copy"):
            plan_return(file, [copy], only_packs=True)
        assert plan_return(file, [copy]).merge.is_empty


def test_a_protected_pack_opens_with_the_audit_s_password_or_its_own(tmp_path: Path) -> None:
    path = made_audit(tmp_path / "a.hsbaudit", "seven quiet herons")
    asked: list[Path] = []

    def ask(pack: Path) -> str | None:
        asked.append(pack)
        return "nine loud geese fly"

    with AuditFile.open(path, password="seven quiet herons") as file:
        for folder, password in (("same", "seven quiet herons"), ("own", "nine loud geese fly")):
            request = PackRequest(WAVE, (POLICE,), kinds=(FILE,))
            (pack,) = write_packs(file, tmp_path / folder, request, printed_on=TODAY, password=password).paths
            statement = {"same": "1.2", "own": "1.4"}[folder]
            type_into(pack, {of(POLICE, statement): 3}, password=password)
        files = [tmp_path / folder / pack.name for folder in ("same", "own")]
        with pytest.raises(FilesRefused):
            plan_return(file, files)
        take_back(file, files, ask)
        assert asked == files[1:]
        assert (file.read().value(of(POLICE, "1.2")), file.read().value(of(POLICE, "1.4"))) == (3, 3)


# Worksheets as other programs leave them --------------------------------------------------------------------


def test_a_sheet_copied_into_a_workbook_of_its_own_goes_by_its_names(
    audit_path: Path, packs: Packs, tmp_path: Path
) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}})
    book = load_workbook(packs[POLICE, SHEET])
    del book["Reference"]
    book.save(tmp_path / "bare.xlsx")
    plan = returned(audit_path, tmp_path / "bare.xlsx")
    assert plan.merge.counts[0].taken == 1
    audit = held(audit_path)
    assert audit.value(of(POLICE, "1.2")) == 3
    assert len(audit.agencies) == 3


def test_a_date_typed_as_a_date_comes_back_as_one(audit_path: Path, tmp_path: Path) -> None:
    outcome = sent(audit_path, tmp_path / "p", domain_id="2", kinds=(SHEET,))
    fill_sheet(outcome.paths[0], {"2": {"completed on": date(2026, 12, 4)}})
    returned(audit_path, outcome.paths[0])
    assert (
        held(audit_path).value(ValueAddress(Subject.DOMAIN_NOTE, (WAVE, "2"), "completed_on")) == "2026-12-04"
    )


def test_rows_of_an_agency_that_the_audit_lacks_add_it_the_same_in_every_copy(
    audit_path: Path, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.title = "Responses"
    book.active.append(["statement", "score", "agency", "wave"])
    book.active.append(["1.2", 3, "Elmfield Youth Justice", "Baseline"])
    book.save(tmp_path / "new.xlsx")
    targets = [copied(audit_path, name) for name in ("t1", "t2")]
    for target in targets:
        plan = returned(target, tmp_path / "new.xlsx")
        assert 'agency "Elmfield Youth Justice"' in " ".join(entry.place for entry in plan.merge.taken)
    assert entered(targets[0]) == entered(targets[1])
    assert "Elmfield Youth Justice" in [agency.name for agency in held(targets[0]).agencies]


def test_a_pack_s_worksheet_can_be_imported_like_any_workbook(audit_path: Path, packs: Packs) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3, "evidence": "A log."}})
    plan = plan_import(held(audit_path), packs[POLICE, SHEET])
    assert plan.responses_changed == 1
    assert plan.notices == ()


def test_texts_longer_than_a_cell_and_odd_letters_come_back_as_they_were(
    audit_path: Path, tmp_path: Path
) -> None:
    long = "Ŵy 😀 " * 9000
    odd = "=1+1\n'quoted'\n\tTab _x0041_ \u202eright to left"
    type_into(audit_path, {of(POLICE, "1.2", "evidence"): long, of(POLICE, "1.4", "evidence"): odd})
    sheet = pack_of(sent(audit_path, tmp_path / "p", POLICE), POLICE, SHEET)
    before = entered(audit_path)
    assert returned(audit_path, sheet).merge.is_empty
    fill_sheet(sheet, {"1.2": {"score": 1}})
    returned(audit_path, sheet)
    assert entered(audit_path) == before | {str(of(POLICE, "1.2")): 1}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_a_worksheet_that_libreoffice_has_saved_comes_back_whole(audit_path: Path, tmp_path: Path) -> None:
    type_into(audit_path, {of(POLICE, "1.4", "evidence"): "=1+1\nA second line, 😀."})
    sheet = pack_of(sent(audit_path, tmp_path / "p", POLICE), POLICE, SHEET)
    fill_sheet(
        sheet,
        {
            "1.2": {"score": 3, "evidence": "-Seen\nin the log."},
            "2.1a": {"score": "no view", "no view reason": "=Not ours."},
        },
    )
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "saved"), str(sheet)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = tmp_path / "saved" / sheet.name
    (rule,) = load_workbook(saved)["Responses"].data_validations.dataValidation
    assert rule.formula1.replace(" ", "") == '"0,1,2,3,4,noview"'
    before = entered(audit_path)
    plan = returned(audit_path, saved)
    assert plan.merge.counts[0].taken == 4
    assert entered(audit_path) == before | {
        str(of(POLICE, "1.2")): 3,
        str(of(POLICE, "1.2", "evidence")): "-Seen\nin the log.",
        str(of(POLICE, "2.1a")): NO_VIEW,
        str(of(POLICE, "2.1a", "no_view_reason")): "=Not ours.",
    }


def test_a_password_that_nobody_gives_refuses_the_file_alone(tmp_path: Path) -> None:
    path = made_audit(tmp_path / "a.hsbaudit")
    with AuditFile.open(path) as file:
        request = PackRequest(WAVE, (POLICE,), kinds=(FILE,))
        (pack,) = write_packs(
            file, tmp_path / "p", request, printed_on=TODAY, password="nine loud geese fly"
        ).paths
        plan = plan_return(file, [pack], leave_refused=True)
    assert len(plan.refused) == 1
    assert plan.merge.is_empty


def test_the_partnership_s_own_answers_are_no_agency_s_to_give(audit_path: Path, packs: Packs) -> None:
    fill_sheet(packs[POLICE, SHEET], {"1.2": {"score": 3}})
    returned(audit_path, packs[POLICE, SHEET])
    assert not any(
        key.party_id == PARTNERSHIP and key.statement_id == "1.2" for key in held(audit_path).responses
    )


def test_input_refused_is_what_it_is(audit_path: Path, tmp_path: Path) -> None:
    with AuditFile.open(audit_path) as file, pytest.raises(InputRefused):
        plan_return(file, [tmp_path / "table.csv"])
