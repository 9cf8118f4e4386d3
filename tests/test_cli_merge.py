"""`hsb-audit merge` as people start it: what it says, what it writes, and when it writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of
from hsb_desktop.store.backup_folder import BackupReason
from hsb_desktop.values import Change
from tests.operations.merging import audit_at, conflicts_in, copied, enter, held
from tests.store.files import EVIDENCE, SCORE, agreed, bare_audit
from tests.test_cli_passwords import PASSWORD, refused, run


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSB_AUDIT_HOME", str(tmp_path / "home"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return audit_at(tmp_path / "target.hsbaudit")


@pytest.fixture
def source(target: Path) -> Path:
    """A copy in which a score differs and evidence is new."""
    copy = copied(target, "source")
    enter(target, (SCORE, 1), author="Ann Thistlewood")
    enter(copy, (SCORE, 3), (EVIDENCE, "Two schools were visited."), author="Bob Fennimore")
    return copy


def test_both_is_what_happens_unasked(target: Path, source: Path) -> None:
    before = source.read_bytes()
    result = run("merge", target, source)
    assert result.returncode == 0, result
    assert "1 new or newer there, 1 answered differently in both" in result.stdout
    assert "1 here by Ann Thistlewood, 3 in source.hsbaudit by Bob Fennimore; 1 stands." in result.stdout
    assert "Both answers are kept" in result.stdout
    assert (held(target, SCORE), held(target, EVIDENCE)) == (1, "Two schools were visited.")
    assert len(conflicts_in(target)) == 1
    assert source.read_bytes() == before
    (backup,) = backups_of(bare_audit().audit_id)
    assert backup.reason is BackupReason.MERGE


@pytest.mark.parametrize("choice, score", [("ours", 1), ("theirs", 3)])
def test_one_side_everywhere(choice: str, score: int, target: Path, source: Path) -> None:
    result = run("merge", target, source, "--on-conflict", choice)
    assert (result.returncode, "Both answers are kept" in result.stdout) == (0, False)
    assert (held(target, SCORE), conflicts_in(target)) == (score, ())


def test_stop_writes_nothing_and_lists_what_differs(target: Path, source: Path) -> None:
    before = target.read_bytes()
    result = run("merge", target, source, "--on-conflict", "stop")
    assert (result.returncode, result.stdout, target.read_bytes()) == (1, "", before)
    *lines, last = result.stderr.splitlines()
    assert lines == [
        "Baseline, 1.1: score: 1 here by Ann Thistlewood, 3 in source.hsbaudit by Bob Fennimore; 1 stands."
    ]
    assert last == "1 value is answered differently in both. Nothing was merged."


def test_dry_run_writes_nothing(target: Path, source: Path) -> None:
    before = target.read_bytes()
    result = run("merge", target, source, "--dry-run")
    assert (result.returncode, target.read_bytes()) == (0, before)
    assert result.stdout.splitlines()[-1] == "Nothing was written."
    assert backups_of(bare_audit().audit_id) == ()


def test_output_leaves_the_target_as_it_was(target: Path, source: Path, tmp_path: Path) -> None:
    before, out = target.read_bytes(), tmp_path / "merged.hsbaudit"
    assert run("merge", target, source, "-o", out).returncode == 0
    assert target.read_bytes() == before
    assert held(out, EVIDENCE) == "Two schools were visited."
    refused(run("merge", target, source, "-o", out), "exists already")


def test_one_bad_source_keeps_all_from_being_merged(target: Path, source: Path, tmp_path: Path) -> None:
    before, bad = target.read_bytes(), tmp_path / "bad.hsbaudit"
    bad.write_text("Not an audit. " * 100)
    result = run("merge", target, bad, source)
    refused(result, "bad.hsbaudit", "Nothing was merged.")
    assert result.stderr.count("Nothing was merged.") == 1
    assert target.read_bytes() == before


def test_another_audit_is_refused_with_what_to_do(target: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.hsbaudit"
    run("new", other, "--area", "Southmoor")
    refused(run("merge", target, other), "made separately", "compare the two instead")


def test_target_is_not_merged_into_itself(target: Path) -> None:
    refused(run("merge", target, target), "nothing to merge")


@pytest.mark.real_keys
def test_protected_files_take_their_passwords_from_descriptors(tmp_path: Path) -> None:
    target, source = tmp_path / "target.hsbaudit", tmp_path / "source.hsbaudit"
    AuditFile.create(target, bare_audit(), PASSWORD).close()
    audit = bare_audit().with_changes((Change(agreed("2.2"), None, 2),))
    AuditFile.create(source, audit, "another password").close()
    refused(run("merge", target, source, "--password-fd", "FD", lines=f"{PASSWORD}\n"), "source.hsbaudit")
    result = run(
        "merge", target, source, "--password-fd", "FD", "--source-password-fd", "FD",
        lines=f"{PASSWORD}\nanother password\n",
    )  # fmt: skip
    assert result.returncode == 0, result
    with AuditFile.open(target, read_only=True, password=PASSWORD) as file:
        assert file.read().value(agreed("2.2")) == 2


def test_worksheet_that_does_not_say_whose_it_is_is_refused(target: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "returned.xlsx"
    book = Workbook()
    book.active.title = "Responses"
    book.active.append(["statement", "score", "agency"])
    book.active.append(["1.2", 3, None])
    book.save(sheet)
    before = target.read_bytes()
    refused(run("merge", target, sheet), "leaves agency empty", "hsb-audit import")
    assert target.read_bytes() == before
