"""`hsb-audit backups`: list, go back, delete; it works when the audit itself is damaged or gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.settings import load_settings, save_settings, user_data_folder
from hsb_desktop.store.backup_folder import backups_folder
from tests.command_line import Run

NO_VERSION, PASSWORD = "20010203T040506Z", "eight elms at noon"


@pytest.fixture
def audit(run: Run) -> str:
    """An audit into which two tables were imported: 1.1 was nothing, then 2, now 3."""
    assert run("new", "a.hsbaudit", "--area", "Northmoor").exit_code == 0
    for score in (2, 3):
        Path("rows.csv").write_text(f"statement,score\n1.1,{score}\n", encoding="utf-8")
        assert run("import", "a.hsbaudit", "rows.csv").exit_code == 0
    Path("rows.csv").unlink()
    return "a.hsbaudit"


def names(run: Run, audit: str) -> list[str]:
    """The names of its versions, the newest first."""
    lines = run("backups", audit).stdout.splitlines()
    return [line.split()[0] for line in lines if not line.startswith(("Kept", "There"))]


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
    assert [line.split()[0] for line in lines] == [*names(run, audit), "Kept"]
    assert len(set(names(run, audit))) == 2
    assert all("before an import" in line for line in lines[:2])
    assert str(backups_folder()) in lines[2]


def test_going_back_is_one_word_and_can_be_gone_back_on(run: Run, audit: str) -> None:
    assert score(run, audit) == "3"
    result = run("backups", audit, "--restore", names(run, audit)[0])
    assert result.exit_code == 0, result.output
    assert "is again as it was on" in result.stdout
    assert score(run, audit) == "2"
    assert run("backups", audit, "--restore", names(run, audit)[0]).exit_code == 0
    assert score(run, audit) == "3"
    assert present() == [audit]


def test_an_earlier_version_goes_into_another_file(run: Run, audit: str) -> None:
    newer, older = names(run, audit)
    assert run("backups", audit, "--restore", newer, "-o", "then.hsbaudit").exit_code == 0
    assert (score(run, "then.hsbaudit"), score(run, audit)) == ("2", "3")
    again = run("backups", audit, "--restore", older, "-o", "then.hsbaudit")
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
    assert run("backups", audit, "--restore", names(run, audit)[0]).exit_code == 0
    assert score(run, audit) == "2"


def test_one_is_deleted_or_all(run: Run, audit: str) -> None:
    first, second, _ = run("backups", audit).stdout.splitlines()
    assert run("backups", audit, "--delete", first.split()[0]).exit_code == 0
    (left, _) = run("backups", audit).stdout.splitlines()
    assert left == second
    assert run("backups", audit, "--delete-all").stdout == "Deleted 1 earlier version.\n"
    assert "There is no earlier version" in run("backups", audit).stdout
    assert score(run, audit) == "3"


def test_a_name_that_none_has_is_told(run: Run, audit: str) -> None:
    for option in ("--restore", "--delete"):
        result = run("backups", audit, option, NO_VERSION)
        assert result.exit_code == 1
        assert "of earlier versions there are 2" in result.stderr


def test_a_version_has_the_same_name_whether_or_not_the_audit_can_be_opened(run: Run, audit: str) -> None:
    before = run("backups", audit).stdout
    Path(audit).write_bytes(Path(audit).read_bytes()[:3000])
    assert run("backups", audit).stdout == before
    Path(audit).unlink()
    assert run("backups", audit).stdout == before


def test_a_version_keeps_its_name_when_another_is_made(run: Run, audit: str) -> None:
    before = names(run, audit)
    run("backups", audit, "--restore", before[0])
    assert names(run, audit)[1:] == before


@pytest.fixture
def copy(run: Run, audit: str) -> str:
    """A copy of the audit in another folder, with a version of its own."""
    Path("elsewhere").mkdir()
    path = "elsewhere/c.hsbaudit"
    Path(path).write_bytes(Path(audit).read_bytes())
    Path("rows.csv").write_text("statement,score\n1.1,4\n", encoding="utf-8")
    assert run("import", path, "rows.csv").exit_code == 0
    Path("rows.csv").unlink()
    return path


def test_a_line_says_of_which_file_a_version_is_where_that_is_another(
    run: Run, audit: str, copy: str
) -> None:
    lines = run("backups", audit).stdout.splitlines()[:3]
    assert ["of a file in another place" in line for line in lines] == [True, False, False]
    save_settings(load_settings().with_recent(Path(copy)))
    assert (
        lines[0].replace("a file in another place", str(Path(copy).absolute()))
        in run("backups", audit).stdout
    )
    assert names(run, audit) == names(run, copy)


def test_deleting_all_of_one_file_leaves_those_of_another_copy(run: Run, audit: str, copy: str) -> None:
    result = run("backups", copy, "--delete-all")
    assert result.stdout.startswith("Deleted 1 earlier version.\n2 earlier versions were made from a file in")
    assert len(names(run, audit)) == 2


def test_deleting_all_by_the_place_leaves_those_of_an_audit_that_was_there_before(
    run: Run, audit: str
) -> None:
    first = names(run, audit)
    Path(audit).rename("kept.hsbaudit")
    assert run("new", audit, "--area", "Southmoor").exit_code == 0
    Path("rows.csv").write_text("statement,score\n1.1,1\n", encoding="utf-8")
    assert run("import", audit, "rows.csv").exit_code == 0
    Path(audit).unlink()
    assert len(names(run, audit)) == 1
    assert run("backups", audit, "--delete-all").stdout == "Deleted 1 earlier version.\n"
    assert names(run, "kept.hsbaudit") == first


@pytest.fixture
def give() -> Iterator[Callable[[str], tuple[str, str]]]:
    """Gives a password as a person's script would: in a descriptor."""
    opened: list[int] = []

    def given(password: str) -> tuple[str, str]:
        read_end, write_end = os.pipe()
        os.write(write_end, f"{password}\n".encode())
        os.close(write_end)
        opened.append(read_end)
        return "--password-fd", str(read_end)

    yield given
    for descriptor in opened:
        os.close(descriptor)


Give = Callable[[str], tuple[str, str]]


@pytest.fixture
def protected(run: Run, audit: str, give: Give) -> str:
    assert run("protect", audit, *give(PASSWORD)).exit_code == 0
    return audit


def test_a_protected_audit_has_the_same_list_with_and_without_its_password(
    run: Run, protected: str, give: Give
) -> None:
    listed = run("backups", protected).stdout
    assert len(listed.splitlines()) == 3
    assert run("backups", protected, *give(PASSWORD)).stdout == listed


@pytest.mark.parametrize("is_gone", [False, True])
def test_going_back_to_a_protected_version_needs_its_password(
    run: Run, protected: str, give: Give, is_gone: bool
) -> None:
    version = names(run, protected)[0]
    if is_gone:
        Path(protected).unlink()
    result = run("backups", protected, "--restore", version)
    assert result.exit_code == 1
    assert "--password-fd" in result.stderr
    assert Path(protected).exists() is not is_gone
    assert run("backups", protected, "--restore", version, *give("not this one")).exit_code == 1
    assert run("backups", protected, "--restore", version, *give(PASSWORD)).exit_code == 0
    assert run("check", protected, *give(PASSWORD)).exit_code == 0


def test_all_of_a_protected_audit_are_deleted_with_its_password_only(
    run: Run, protected: str, give: Give
) -> None:
    assert "--password-fd" in run("backups", protected, "--delete-all").stderr
    assert run("backups", protected, "--delete-all", *give("not this one")).exit_code == 1
    assert len(names(run, protected)) == 2
    assert run("backups", protected, "--delete-all", *give(PASSWORD)).exit_code == 0
    assert names(run, protected) == []


def test_a_version_that_cannot_be_protected_is_named_when_it_is_deleted(
    run: Run, audit: str, give: Give
) -> None:
    line = run("backups", audit).stdout.splitlines()[0]
    path = next(backups_folder().rglob(f"{line.split()[0]}-*.hsbaudit"))
    path.write_bytes(path.read_bytes()[:-5000])
    result = run("protect", audit, *give(PASSWORD))
    assert result.exit_code == 0
    made = " ".join(line.split()[1:5]).removesuffix(",")
    assert f"Its backup of {made} could not be opened" in result.stdout
    assert not path.exists()


def test_a_version_that_cannot_be_protected_is_kept_if_asked_for(run: Run, audit: str, give: Give) -> None:
    path = next(backups_folder().rglob(f"{names(run, audit)[0]}-*.hsbaudit"))
    path.write_bytes(path.read_bytes()[:-5000])
    assert "it stays as it was" in run("protect", audit, "--keep-unreadable", *give(PASSWORD)).stdout
    assert path.exists()


def test_backups_of_a_file_that_was_moved_are_protected_if_asked_for(
    run: Run, audit: str, give: Give
) -> None:
    Path("moved").mkdir()
    Path(audit).rename("moved/a.hsbaudit")
    result = run("protect", "moved/a.hsbaudit", "--all-backups", *give(PASSWORD))
    assert "2 of its backups were changed likewise." in result.stdout
    for path in backups_folder().rglob("*.hsbaudit"):
        assert b"SQLite format 3" not in path.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("a", "b"), ("a", "--restore", "1"), ("a", "--restore", "x"), ("a", "-o", "b.hsbaudit"),
        ("a", "--restore", NO_VERSION, "--delete", NO_VERSION), ("a", "--delete", NO_VERSION, "--delete-all"),
        ("a", "--restore", NO_VERSION, "-o", "b.pdf"), ("a", "--delete-all", "-o", "b.hsbaudit"),
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
