"""`hsb-audit backups`: list, go back, delete; it works when the audit itself is damaged or gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hsb_desktop import cli
from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.settings import user_data_folder
from hsb_desktop.store.backup import backups_folder

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")

    def run_it(*arguments: str) -> Result:
        result = CliRunner().invoke(cli.main, list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run_it


@pytest.fixture
def audit(run: Run) -> str:
    """An audit into which two tables were imported: 1.1 was nothing, then 2, now 3."""
    assert run("new", "a.hsbaudit", "--area", "Northmoor").exit_code == 0
    for score in (2, 3):
        Path("rows.csv").write_text(f"statement,score\n1.1,{score}\n", encoding="utf-8")
        assert run("import", "a.hsbaudit", "rows.csv").exit_code == 0
    Path("rows.csv").unlink()
    return "a.hsbaudit"


def score(run: Run, path: str) -> str:
    assert run("export", path, "-o", "x.csv").exit_code == 0
    rows = Path("x.csv").read_text(encoding="utf-8-sig").splitlines()
    Path("x.csv").unlink()
    place = rows[0].split(",").index("score")
    return next(row for row in rows if ",1.1," in row).split(",")[place]


def present() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_help_tells_of_the_command(run: Run) -> None:
    assert "backups" in run("--help").stdout
    result = run("backups", "--help")
    assert result.exit_code == 0
    assert "--restore" in result.stdout


def test_every_import_left_an_earlier_version_and_they_are_listed(run: Run, audit: str) -> None:
    lines = run("backups", audit).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "Kept"]
    assert all("before an import" in line for line in lines[:2])
    assert str(backups_folder()) in lines[2]


def test_going_back_is_one_word_and_can_be_gone_back_on(run: Run, audit: str) -> None:
    assert score(run, audit) == "3"
    result = run("backups", audit, "--restore", "1")
    assert result.exit_code == 0, result.output
    assert "is again as it was on" in result.stdout
    assert score(run, audit) == "2"
    assert run("backups", audit, "--restore", "1").exit_code == 0
    assert score(run, audit) == "3"
    assert present() == [audit]


def test_an_earlier_version_goes_into_another_file(run: Run, audit: str) -> None:
    assert run("backups", audit, "--restore", "1", "-o", "then.hsbaudit").exit_code == 0
    assert (score(run, "then.hsbaudit"), score(run, audit)) == ("2", "3")
    again = run("backups", audit, "--restore", "2", "-o", "then.hsbaudit")
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert score(run, "then.hsbaudit") == "2"


@pytest.mark.parametrize("damage", ["cut", "gone", "other"])
def test_it_works_when_the_audit_is_damaged_or_gone(run: Run, audit: str, damage: str) -> None:
    match damage:
        case "cut":
            Path(audit).write_bytes(Path(audit).read_bytes()[:3000])
        case "gone":
            Path(audit).unlink()
        case "other":
            Path(audit).write_text("a letter")
    assert len(run("backups", audit).stdout.splitlines()) == 3
    assert run("backups", audit, "--restore", "1").exit_code == 0
    assert score(run, audit) == "2"


def test_one_is_deleted_or_all(run: Run, audit: str) -> None:
    first, second, _ = run("backups", audit).stdout.splitlines()
    assert run("backups", audit, "--delete", "1").exit_code == 0
    (left, _) = run("backups", audit).stdout.splitlines()
    assert left.split()[1:] == second.split()[1:]
    assert first != second
    assert run("backups", audit, "--delete-all").stdout == "Deleted 1 earlier version.\n"
    assert "There is no earlier version" in run("backups", audit).stdout
    assert score(run, audit) == "3"


def test_a_number_that_none_has_is_told(run: Run, audit: str) -> None:
    for option in ("--restore", "--delete"):
        result = run("backups", audit, option, "3")
        assert result.exit_code == 1
        assert "of earlier versions there is only 2" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("a", "b"), ("a", "--restore", "0"), ("a", "--restore", "x"), ("a", "-o", "b.hsbaudit"),
        ("a", "--restore", "1", "--delete", "1"), ("a", "--delete", "1", "--delete-all"),
        ("a", "--restore", "1", "-o", "b.pdf"), ("a", "--delete-all", "-o", "b.hsbaudit"),
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_2(run: Run, audit: str, arguments: tuple[str, ...]) -> None:
    result = run("backups", *(audit if word == "a" else word for word in arguments))
    assert result.exit_code == 2
    assert "nvalid" not in result.stderr
    assert present() == [audit]
    assert len(run("backups", audit).stdout.splitlines()) == 3


def test_an_import_goes_on_where_no_backup_can_be_made(run: Run) -> None:
    assert run("new", "a.hsbaudit", "--area", "Northmoor").exit_code == 0
    user_data_folder().mkdir(parents=True, exist_ok=True)
    backups_folder().write_text("in the way")
    Path("rows.csv").write_text("statement,score\n1.1,4\n", encoding="utf-8")
    result = run("import", "a.hsbaudit", "rows.csv")
    assert result.exit_code == 0
    assert result.stderr.startswith("No backup could be made: ")
    assert score(run, "a.hsbaudit") == "4"


def test_importing_what_changes_nothing_or_into_the_sample_makes_none(run: Run) -> None:
    create_sample_audit(Path("s.hsbaudit")).close()
    Path("rows.csv").write_text("statement,score\n1.1,0\n", encoding="utf-8")
    assert run("import", "s.hsbaudit", "rows.csv").exit_code == 0
    assert run("new", "a.hsbaudit", "--area", "Northmoor").exit_code == 0
    Path("rows.csv").write_text("statement,score\n", encoding="utf-8")
    run("import", "a.hsbaudit", "rows.csv")
    assert not backups_folder().exists()
