"""`hsb-audit compare` and `collate`: what they print, what they leave behind, and their exit codes."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from hsb_desktop.values import PARTNERSHIP, Change, ResponseKey, Subject, ValueAddress, response_address
from tests.command_line import Run
from tests.operations.several_files import audit_of, with_agencies, written


@pytest.fixture
def two(run: Run) -> list[str]:
    here = Path()
    written(here, "one", audit_of("audit-1", "Northmoor", {"1.1": 1}))
    written(here, "two", audit_of("audit-2", "Eastvale", {"1.1": 3}))
    return ["one.hsbaudit", "two.hsbaudit"]


@pytest.mark.parametrize("suffix", ["pdf", "csv", "xlsx"])
def test_audits_are_compared_into_each_kind_of_file(run: Run, two: list[str], suffix: str) -> None:
    result = run("compare", *two, "-o", f"c.{suffix}")
    assert (result.exit_code, result.output) == (0, f"Wrote c.{suffix}: 2 audits.\n")
    assert Path(f"c.{suffix}").stat().st_size > 0


def test_letters_stand_for_areas_unless_they_are_named(run: Run, two: list[str]) -> None:
    run("compare", *two, "-o", "c.csv")
    assert "Northmoor" not in Path("c.csv").read_text("utf-8-sig")
    run("compare", *two, "-o", "c.csv", "--named")
    assert "Northmoor" in Path("c.csv").read_text("utf-8-sig")


def test_one_file_is_compared_by_area_or_sector(run: Run) -> None:
    audit = with_agencies(audit_of("audit-1", "County", {}), {"North": 1, "South": 3})
    written(Path(), "region", audit)
    result = run("compare", "region.hsbaudit", "-o", "c.pdf", "--by", "area")
    assert (result.exit_code, result.output) == (0, "Wrote c.pdf: 2 areas.\n")
    assert run("compare", "region.hsbaudit", "-o", "d.pdf", "--by", "sector").exit_code == 1
    assert run("compare", "region.hsbaudit", "region.hsbaudit", "-o", "d.pdf", "--by", "area").exit_code == 2
    assert not Path("d.pdf").exists()


def test_what_cannot_be_compared_is_one_sentence_and_exit_1(run: Run, two: list[str]) -> None:
    result = run("compare", two[0], two[0], "-o", "c.pdf")
    assert result.exit_code == 1
    assert "the same audit" in result.stderr
    assert not Path("c.pdf").exists()


def test_one_password_opens_every_protected_file(run: Run, two: list[str]) -> None:
    written(Path(), "locked", audit_of("audit-3", "Wold", {"1.1": 2}), "correct horse battery")
    written(Path(), "locked too", audit_of("audit-4", "Fen", {"1.1": 2}), "correct horse battery")
    files = [*two, "locked.hsbaudit", "locked too.hsbaudit"]
    assert run("compare", *files, "-o", "c.csv").exit_code == 1
    reading, writing = os.pipe()
    os.write(writing, b"correct horse battery\n")
    os.close(writing)
    try:
        result = run("compare", *files, "-o", "c.csv", "--password-fd", str(reading))
    finally:
        os.close(reading)
    assert (result.exit_code, result.output) == (0, "Wrote c.csv: 4 audits.\n")


def test_an_audit_is_never_overwritten(run: Run, two: list[str]) -> None:
    Path("link.csv").symlink_to("one.hsbaudit")
    before = Path("one.hsbaudit").read_bytes()
    for command in ("compare", "collate"):
        assert run(command, *two, "-o", "link.csv").exit_code == 1
    assert Path("one.hsbaudit").read_bytes() == before


@pytest.mark.parametrize("suffix", ["sqlite", "csv"])
def test_audits_are_collated(run: Run, two: list[str], suffix: str) -> None:
    result = run("collate", *two, "-o", f"r.{suffix}")
    assert (result.exit_code, result.output) == (0, f"Wrote r.{suffix}: 2 audits, 2 responses.\n")


def test_one_audit_with_one_response_is_not_counted_as_several(run: Run, two: list[str]) -> None:
    assert run("collate", two[0], "-o", "r.csv").output == "Wrote r.csv: 1 audit, 1 response.\n"


def test_a_bad_file_stops_the_collation_unless_it_is_to_be_skipped(run: Run, two: list[str]) -> None:
    Path("bad.hsbaudit").write_text("no audit")
    result = run("collate", *two, "bad.hsbaudit", "-o", "r.sqlite")
    assert result.exit_code == 1
    assert "bad.hsbaudit: " in result.stderr
    assert not Path("r.sqlite").exists()
    result = run("collate", *two, "bad.hsbaudit", "-o", "r.sqlite", "--skip-bad")
    assert result.exit_code == 0
    assert result.stderr.startswith("Skipped bad.hsbaudit: ")
    assert Path("r.sqlite").exists()


@pytest.mark.parametrize("command", ["compare", "collate"])
def test_another_suffix_is_wrong_usage(run: Run, two: list[str], command: str) -> None:
    assert run(command, *two, "-o", "c.docx").exit_code == 2


@pytest.mark.parametrize("command", ["compare", "collate"])
def test_help_says_how_it_is_used(run: Run, command: str) -> None:
    assert command in run("--help").output
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "FILE..." in result.output


def test_a_collation_lists_what_may_identify_somebody_and_goes_on(run: Run) -> None:
    audit = audit_of("audit-1", "Northmoor", {"1.1": 1})
    texts = [(ResponseKey(audit.waves[0].wave_id, PARTNERSHIP, "1.1"), "Ring 01632 960123.")]
    written(Path(), "one", audit.with_changes(
        Change(response_address(key, "evidence"), None, text) for key, text in texts
    ))  # fmt: skip
    result = run("collate", "one.hsbaudit", "-o", "all.csv")
    assert result.exit_code == 0
    assert "one.hsbaudit: " in result.stderr
    assert "1.1 evidence" in result.stderr
    assert "960123" not in result.stderr
    strict = run("collate", "one.hsbaudit", "-o", "none.csv", "--strict")
    assert strict.exit_code == 1
    assert not Path("none.csv").exists()


NUMBER = "01632 960123"


def test_names_in_a_comparison_that_may_identify_somebody_are_listed(run: Run) -> None:
    for name in ("North", "South"):
        written(Path(), name, audit_of(f"audit-{name}", f"{name}, ring {NUMBER}", {"1.1": 1}))
    files = ["North.hsbaudit", "South.hsbaudit"]
    result = run("compare", *files, "-o", "named.csv", "--named")
    assert result.exit_code == 0
    assert "Look at 2 places" in result.stderr
    assert "name “North, ring 016…”: telephone number “016…”" in result.stderr
    assert "960123" not in result.stderr
    assert "export" not in run("compare", *files, "-o", "none.csv", "--named", "--strict").stderr
    strict = run("compare", *files, "-o", "none.csv", "--named", "--strict")
    assert (strict.exit_code, Path("none.csv").exists()) == (1, False)
    assert "Nothing was written" in strict.stderr
    under_letters = run("compare", *files, "-o", "letters.csv", "--strict")
    assert (under_letters.exit_code, under_letters.stderr) == (0, "")


@pytest.mark.parametrize("by", ["area", "sector"])
def test_names_of_areas_and_sectors_that_may_identify_somebody_are_listed(run: Run, by: str) -> None:
    audit = with_agencies(audit_of("audit-1", "County", {}), {"North": 1, "South": 3})
    agencies = tuple(
        replace(each, sector=f"{each.name} {NUMBER}", area=f"{each.name} {NUMBER}") for each in audit.agencies
    )
    written(Path(), "region", replace(audit, agencies=agencies))
    given = ("compare", "region.hsbaudit", "-o", "c.csv", "--by", by, "--strict")
    assert run(*given).exit_code == 0
    Path("c.csv").unlink()
    result = run(*given, "--named")
    assert (result.exit_code, Path("c.csv").exists()) == (1, False)
    assert "Look at 2 places" in result.stderr


def test_a_wave_and_a_marking_that_are_written_are_looked_at(run: Run) -> None:
    for name in ("one", "two"):
        audit = audit_of(f"audit-{name}", name, {"1.1": 1})
        marking = ValueAddress(Subject.AUDIT, (), "marking")
        label = ValueAddress(Subject.WAVE, (audit.waves[0].wave_id,), "label")
        changes = [Change(marking, None, f"Ask {NUMBER}"), Change(label, "Baseline", f"Wave {NUMBER}")]
        written(Path(), name, audit.with_changes(changes))
    files = ["one.hsbaudit", "two.hsbaudit"]
    told = run("compare", *files, "-o", "c.pdf", "--named").stderr
    assert "  protective marking: telephone number" in told
    assert "  wave of “one”: telephone number" in told
    by_label = run("compare", *files, "-o", "c.pdf", "--wave", f"Wave {NUMBER}")
    assert "  wave: telephone number" in by_label.stderr
