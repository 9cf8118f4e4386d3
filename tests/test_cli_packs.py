"""`hsb-audit pack`, and `hsb-audit merge` of what comes back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hsb_desktop.cli import main
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import NO_VIEW, Subject, ValueAddress
from tests.operations.packs import (
    HEALTH,
    NAMES,
    POLICE,
    agreed,
    fill_sheet,
    held,
    made_audit,
    of,
    type_into,
)

PASSWORD = "nine loud geese fly"


@pytest.fixture
def audit_path(tmp_path: Path) -> Path:
    return made_audit(tmp_path / "audit.hsbaudit")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_packs_of_all_agencies_are_written_and_named(audit_path: Path, tmp_path: Path) -> None:
    result = run("pack", audit_path, "-o", tmp_path / "packs")
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in (tmp_path / "packs").iterdir())
    assert len(names) == 9
    assert all(name in result.output for name in names)


def test_only_what_is_asked_for_is_written(audit_path: Path, tmp_path: Path) -> None:
    result = run(
        "pack", audit_path, "-o", tmp_path / "p", "--agency", NAMES[POLICE], "--agency", NAMES[HEALTH],
        "--wave", "Baseline", "--domain", "3", "--kind", "xlsx",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "p").iterdir()) == [
        "Fernlight Health Trust - Baseline - Domain 3.xlsx",
        "Northmoor Police - Baseline - Domain 3.xlsx",
    ]


def test_agencies_and_waves_are_found_whatever_their_capitals(audit_path: Path, tmp_path: Path) -> None:
    result = run(
        "pack", audit_path, "-o", tmp_path / "p", "--agency", " northmoor POLICE", "--wave", "baseline ",
        "--kind", "pdf",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["Northmoor Police - Baseline.pdf"]
    shown = run("show", audit_path, "--wave", "PILOT")
    assert "Wave: Pilot" in shown.output


def test_of_agencies_that_differ_in_capitals_the_one_that_is_meant_is_found_or_said_to_be_several(
    audit_path: Path, tmp_path: Path
) -> None:
    type_into(audit_path, {ValueAddress(Subject.AGENCY, (HEALTH,), "name"): "NORTHMOOR POLICE"})
    arguments = ("pack", audit_path, "-o", tmp_path / "p", "--kind", "hsbaudit", "--agency")
    unclear = run(*arguments, "northmoor police")
    assert unclear.exit_code == 1
    assert 'more than one agency called "northmoor police"' in unclear.output
    assert run(*arguments, "NORTHMOOR POLICE").exit_code == 0
    (pack,) = (tmp_path / "p").iterdir()
    assert held(pack).agencies[0].agency_id == HEALTH


def test_what_an_agency_said_itself_the_last_time_is_looked_through_where_it_leaves(
    audit_path: Path, tmp_path: Path
) -> None:
    type_into(audit_path, {of(POLICE, "1.4", "evidence", "wave-0"): "Ring 01632 960001."})
    arguments = ("pack", audit_path, "--agency", NAMES[POLICE], "--strict", "-o")
    assert run(*arguments, tmp_path / "packs").exit_code == 1
    assert run(*arguments, tmp_path / "packs", "--kind", "hsbaudit").exit_code == 0
    assert run(*arguments, tmp_path / "more", "--kind", "pdf").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--agency", "Nobody"), 'There is no agency called "Nobody"'),
        (("--domain", "9"), 'There is no domain "9"'),
        (("--wave", "Never"), 'There is no wave called "Never"'),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, audit_path: Path, tmp_path: Path
) -> None:
    result = run("pack", audit_path, "-o", tmp_path / "packs", *arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert not (tmp_path / "packs").exists()


def test_what_may_identify_somebody_is_listed_and_strict_writes_nothing(
    audit_path: Path, tmp_path: Path
) -> None:
    type_into(
        audit_path,
        {
            of(POLICE, "1.4", "evidence"): "Ring 01632 960001.",
            of(HEALTH, "1.4", "evidence"): "Write to jo@example.org.",
        },
    )
    arguments = ("pack", audit_path, "-o", tmp_path / "packs", "--agency", NAMES[POLICE])
    strict = run(*arguments, "--strict")
    assert strict.exit_code == 1
    assert not (tmp_path / "packs").exists()
    result = run(*arguments)
    assert result.exit_code == 0
    # Only what is in the packs that leave.
    assert "Look at 1 place" in result.output


def test_packs_can_have_a_password_of_their_own(audit_path: Path, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{PASSWORD}\n".encode())
    os.close(writing)
    try:
        result = run("pack", audit_path, "-o", tmp_path / "p", "--agency", NAMES[POLICE],
                     "--new-password-fd", reading)  # fmt: skip
    finally:
        os.close(reading)
    assert result.exit_code == 0, result.output
    assert "cannot be protected" in result.output
    AuditFile.open(tmp_path / "p" / f"{NAMES[POLICE]} - Baseline.hsbaudit", password=PASSWORD).close()


def test_audit_files_and_worksheets_that_come_back_are_merged_together(
    audit_path: Path, tmp_path: Path
) -> None:
    run("pack", audit_path, "-o", tmp_path / "packs")
    police = tmp_path / "packs" / f"{NAMES[POLICE]} - Baseline.hsbaudit"
    health = tmp_path / "packs" / f"{NAMES[HEALTH]} - Baseline.xlsx"
    type_into(police, {of(POLICE, "1.2"): 3, agreed("1.2"): 4})
    fill_sheet(health, {"1.2": {"score": 1}})
    result = run("merge", audit_path, police, health)
    assert result.exit_code == 0, result.output
    audit = held(audit_path)
    assert (audit.value(of(POLICE, "1.2")), audit.value(of(HEALTH, "1.2"))) == (3, 1)
    assert audit.value(agreed("1.2")) is None


def test_a_worksheet_with_a_row_that_cannot_be_used_merges_nothing(audit_path: Path, tmp_path: Path) -> None:
    run("pack", audit_path, "-o", tmp_path / "packs")
    police = tmp_path / "packs" / f"{NAMES[POLICE]} - Baseline.hsbaudit"
    health = tmp_path / "packs" / f"{NAMES[HEALTH]} - Baseline.xlsx"
    type_into(police, {of(POLICE, "1.2"): 3})
    fill_sheet(health, {"1.2": {"score": 9}})
    before = held(audit_path)
    result = run("merge", audit_path, police, health)
    assert result.exit_code == 1
    assert 'score: "9" is not' in result.output
    assert held(audit_path) == before


def test_show_says_how_far_the_agency_has_come(audit_path: Path, tmp_path: Path) -> None:
    run("pack", audit_path, "-o", tmp_path / "packs", "--agency", NAMES[POLICE])
    result = run("show", tmp_path / "packs" / f"{NAMES[POLICE]} - Baseline.hsbaudit")
    assert f"Pack for {NAMES[POLICE]}" in result.output
    assert "Progress: 1 of 46 answered" in result.output


def test_show_counts_no_view_of_a_pack_as_answered_and_says_how_many_are_scored(
    audit_path: Path, tmp_path: Path
) -> None:
    run("pack", audit_path, "-o", tmp_path / "packs", "--agency", NAMES[POLICE])
    police = tmp_path / "packs" / f"{NAMES[POLICE]} - Baseline.hsbaudit"
    type_into(police, {of(POLICE, "1.5"): NO_VIEW})
    assert "Progress: 2 of 46 answered, 1 of them no view" in run("show", police).output


def test_show_calls_nothing_a_pack_that_is_none(audit_path: Path) -> None:
    assert "Pack" not in run("show", audit_path).output
