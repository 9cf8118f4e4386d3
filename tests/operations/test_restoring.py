"""Going back to an earlier version loses nothing: what stood there is kept, whatever comes between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, HsbError, OutputRefused
from hsb_desktop.operations.backup_lines import WHY, backups_in_lines, files_of, when_made
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.operations.deleting import backups_that_go, delete_audit
from hsb_desktop.operations.restoring import earlier_versions, look_into, restore, save_earlier_version
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, make_backup
from hsb_desktop.store.backup_folder import Backup, BackupReason, folder_of
from hsb_desktop.store.connection import open_for_writing
from hsb_desktop.store.protection import protect
from hsb_desktop.store.share import save_copy
from hsb_desktop.values import (
    PARTNERSHIP,
    Change,
    ChangeSet,
    ResponseKey,
    Subject,
    ValueAddress,
    response_address,
)
from tests.store.second_process import second_process

THEN = datetime(2026, 11, 20, 9, 3, 11, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An audit in which nothing is scored."""
    path = tmp_path / "work" / "Northmoor.hsbaudit"
    path.parent.mkdir()
    create_audit_file(path, NewAudit(area="Northmoor")).close()
    return path


@pytest.fixture
def backup(path: Path) -> Backup:
    """Its backup; since then 1.1 was scored 3."""
    with AuditFile.open(path) as file:
        backup = make_backup(file, BackupReason.DAY, THEN)
        score(file, None, 3)
    return backup


def place(file: AuditFile) -> ValueAddress:
    return response_address(ResponseKey(file.read().waves[-1].wave_id, PARTNERSHIP, "1.1"), "score")


def score(file: AuditFile, before: int | None, after: int) -> None:
    file.apply(ChangeSet("score", (Change(place(file), before, after),), "Scribe"))


def scored(path: Path) -> int | None:
    with AuditFile.open(path, read_only=True) as file:
        assert file.check() == ()
        value = file.read().value(place(file))
    assert value is None or isinstance(value, int)
    return value


def audit_id_in(path: Path) -> str:
    with AuditFile.open(path, read_only=True) as file:
        return file.read().audit_id


def left_in(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


# Restoring ------------------------------------------------------------------------------------------------


def test_a_version_comes_back_also_where_keeping_what_stood_there_thins_it_away(path: Path) -> None:
    with AuditFile.open(path) as file:
        earlier = make_backup(file, BackupReason.DAY, THEN)
        score(file, None, 3)
        make_backup(file, BackupReason.IMPORT, THEN + timedelta(minutes=30))
    # Three days later one version of that day stays, and it is the later one.
    replaced = restore(path, earlier, NOON + timedelta(days=3))
    assert scored(path) is None
    assert replaced is not None
    assert scored(replaced.path) == 3


@pytest.mark.parametrize("state", ["open", None])
def test_the_number_of_different_values_tells_no_answer_of_a_round_that_nobody_may_see(
    path: Path, backup: Backup, state: str | None
) -> None:
    with AuditFile.open(path) as file:
        wave_id = file.read().waves[-1].wave_id
        agency = ValueAddress(Subject.AGENCY, ("police",), "name")
        round_state = ValueAddress(Subject.ROUND, (wave_id, "1.1", "1"), "state")
        vote = ValueAddress(Subject.VOTE, (wave_id, "1.1", "1", "police"), "answer")
        conflict = ValueAddress(Subject.CONFLICT, ("c1",), "address")
        file.apply(ChangeSet("an agency", (Change(agency, None, "Police"),), ""))
        file.apply(ChangeSet("a round", (Change(round_state, None, state),) if state else (), ""))
        before = look_into(backup, file.read()).different
        file.apply(ChangeSet("a conflict", (Change(conflict, None, str(vote)),), ""))
        if state:
            file.apply(ChangeSet("a vote", (Change(vote, None, 3),), ""))
        assert look_into(backup, file.read()).different == before
        changes = (Change(round_state, state, "revealed"),)
        file.apply(ChangeSet("the reveal", changes if state else (*changes, Change(vote, None, 3)), ""))
        assert look_into(backup, file.read()).different == (before or 0) + (2 if state else 3)


def test_a_plain_version_does_not_take_the_place_of_a_protected_audit(path: Path, backup: Backup) -> None:
    protect(path, "eight elms at noon")
    there = path.read_bytes()
    with pytest.raises(OutputRefused, match="this version of it is not"):
        restore(path, backup, NOON, "eight elms at noon")
    assert path.read_bytes() == there


def test_a_damaged_audit_that_somebody_has_open_is_not_replaced(path: Path, backup: Backup) -> None:
    with second_process(path, "Ann") as other:
        assert other.said == "open"
        content = path.read_bytes()[:-5000]
        path.write_bytes(content)
        with pytest.raises(OutputRefused, match="by Ann"):
            restore(path, backup, NOON)
        assert path.read_bytes() == content


def test_the_earlier_version_takes_the_place_and_what_stood_there_is_kept(
    path: Path, backup: Backup, tmp_path: Path
) -> None:
    replaced = restore(path, backup, NOON)
    assert scored(path) is None
    assert replaced is not None
    assert (replaced.reason, scored(replaced.path)) == (BackupReason.RESTORE, 3)
    assert earlier_versions(path) == (replaced, backup)
    assert left_in(path.parent) == [path.name]


def test_going_back_can_be_gone_back_on(path: Path, backup: Backup) -> None:
    replaced = restore(path, backup, NOON)
    assert replaced is not None
    restore(path, replaced, NOON)
    assert scored(path) == 3


def test_history_is_that_of_the_earlier_version_and_the_file_goes_on(path: Path, backup: Backup) -> None:
    restore(path, backup, NOON)
    with AuditFile.open(path) as file:
        assert file.history() == ()
        score(file, None, 1)
    assert scored(path) == 1


def test_a_damaged_audit_gives_way_and_is_kept_byte_for_byte(path: Path, backup: Backup) -> None:
    damaged = path.read_bytes()[:5000]
    path.write_bytes(damaged)
    assert earlier_versions(path) == (backup,)
    replaced = restore(path, backup, NOON)
    assert scored(path) is None
    assert replaced is not None
    assert replaced.path.read_bytes() == damaged
    assert replaced.reason is BackupReason.UNREADABLE
    assert replaced in earlier_versions(path)


def test_an_audit_that_is_gone_comes_back(path: Path, backup: Backup) -> None:
    path.unlink()
    assert earlier_versions(path) == (backup,)
    assert restore(path, backup) is None
    assert scored(path) is None


@pytest.fixture
def hot_journal(path: Path, backup: Backup) -> Path:
    """The journal beside the audit of a program that was killed while it wrote over all statements."""
    del backup
    connection = open_for_writing(path)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE statement SET text = hex(randomblob(2000))")
    journal = path.with_name(path.name + "-journal")
    hot, half_done = journal.read_bytes(), path.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    assert len(hot) > 512
    path.write_bytes(half_done)
    journal.write_bytes(hot)
    return journal


def test_what_a_killed_program_left_is_finished_before_it_is_kept(
    path: Path, backup: Backup, hot_journal: Path
) -> None:
    replaced = restore(path, backup, NOON)
    assert replaced is not None
    assert (replaced.reason, scored(replaced.path), scored(path)) == (BackupReason.RESTORE, 3, None)
    assert not hot_journal.exists()


def test_what_is_left_half_written_in_a_damaged_audit_is_not_finished_in_the_earlier_version(
    path: Path, backup: Backup, hot_journal: Path
) -> None:
    """SQLite would write the pages in the journal over the new file."""
    hot = hot_journal.read_bytes()
    path.write_bytes(path.read_bytes()[:20_000] + bytes(5000))
    restore(path, backup, NOON)
    assert not hot_journal.exists()
    assert scored(path) is None
    assert path.read_bytes() == backup.path.read_bytes()
    (kept,) = backup.path.parent.glob("*-unreadable-*.hsbaudit-journal")
    assert kept.read_bytes() == hot


def test_a_backup_that_is_damaged_is_refused_and_nothing_changes(path: Path, backup: Backup) -> None:
    backup.path.write_bytes(backup.path.read_bytes()[:9000])
    before = path.read_bytes()
    with pytest.raises(FileRefused):
        restore(path, backup)
    assert path.read_bytes() == before
    assert len(backups_of(audit_id_in(path))) == 1


@pytest.mark.parametrize("at", ["copyfile", "judge", "replace", "flush", "backup"])
def test_a_fault_on_the_way_leaves_the_audit_whole(
    path: Path, backup: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    def refuse_copy(checked: Path, _password: str | None = None) -> None:
        if checked.suffix == ".part":
            raise FileRefused("It did not come out whole.")

    def no_backup(*_: object) -> None:
        raise OutputRefused("No backup could be made: the disk is full.")

    before = path.read_bytes()
    with monkeypatch.context() as patched:
        match at:
            case "copyfile":
                patched.setattr("hsb_desktop.operations.restoring.shutil.copyfile", refuse)
            case "judge":
                patched.setattr("hsb_desktop.operations.restoring.judge", refuse_copy)
            case "replace":
                real = Path.replace
                patched.setattr(Path, "replace", lambda one, to: refuse() if to == path else real(one, to))
            case "flush":
                patched.setattr("hsb_desktop.whole_file._flush_to_disk", refuse)
            case "backup":
                patched.setattr("hsb_desktop.operations.restoring.make_backup", no_backup)
        with pytest.raises(HsbError):
            restore(path, backup, NOON)
    assert path.read_bytes() == before
    assert scored(path) == 3
    assert left_in(path.parent) == [path.name]


def test_what_can_only_be_read_is_not_replaced(
    path: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr("hsb_desktop.store.audit_file.os.access", lambda *_: False)
        with pytest.raises(OutputRefused, match="can only be read"):
            restore(path, backup)
    assert path.read_bytes() == before


def test_a_folder_that_is_gone_is_told_in_words(path: Path, backup: Backup) -> None:
    with pytest.raises(OutputRefused, match="does not exist"):
        restore(path.parent / "stick" / path.name, backup)


# Looking and copying --------------------------------------------------------------------------------------


def test_what_an_earlier_version_holds_is_told_in_numbers(path: Path, backup: Backup) -> None:
    with AuditFile.open(path, read_only=True) as file:
        present = file.read()
    found = look_into(backup, present)
    assert (found.scored, found.statements, found.different) == (0, 46, 1)
    assert look_into(backup).different is None


def test_another_audit_of_the_same_name_has_none_of_them(path: Path, backup: Backup) -> None:
    path.unlink()
    create_audit_file(path, NewAudit(area="Elsewhere")).close()
    assert backup.path.exists()
    assert earlier_versions(path) == ()


def test_an_earlier_version_can_be_saved_under_another_name(
    path: Path, backup: Backup, tmp_path: Path
) -> None:
    save_earlier_version(backup, tmp_path / "then.hsbaudit")
    assert scored(tmp_path / "then.hsbaudit") is None
    assert scored(path) == 3


def test_saving_it_never_replaces_a_file(path: Path, backup: Backup) -> None:
    before = path.read_bytes()
    with pytest.raises(FileRefused, match="exists already"):
        save_earlier_version(backup, path)
    assert path.read_bytes() == before


def test_what_could_not_be_opened_is_saved_as_it_is_and_never_takes_the_place(
    path: Path, backup: Backup, hot_journal: Path, tmp_path: Path
) -> None:
    hot, damaged = hot_journal.read_bytes(), path.read_bytes()[:20_000] + bytes(5000)
    path.write_bytes(damaged)
    unreadable = restore(path, backup, NOON)
    assert unreadable is not None
    with pytest.raises(FileRefused):
        restore(path, unreadable, NOON)
    assert scored(path) is None
    save_earlier_version(unreadable, tmp_path / "to rescue.hsbaudit")
    assert (tmp_path / "to rescue.hsbaudit").read_bytes() == damaged
    assert (tmp_path / "to rescue.hsbaudit-journal").read_bytes() == hot


# In words -------------------------------------------------------------------------------------------------


def test_every_reason_has_words() -> None:
    assert set(WHY) == set(BackupReason)


def test_a_line_tells_name_time_reason_and_size(backup: Backup) -> None:
    (line,) = backups_in_lines((backup,))
    assert line.startswith("20261120T090311Z  ")
    assert when_made(backup) in line
    assert "20 November 2026, " in line
    assert "before the first edit of the day" in line
    assert line.endswith(" kB")


# Deleting for good ----------------------------------------------------------------------------------------


def test_deleting_an_audit_deletes_its_backups_and_what_lies_beside_it(
    path: Path, backup: Backup, tmp_path: Path
) -> None:
    audit_id = audit_id_in(path)
    path.with_name(path.name + "-journal").touch()
    path.with_name("another.hsbaudit").touch()
    assert delete_audit(path, audit_id) == 1
    assert left_in(path.parent) == ["another.hsbaudit"]
    assert not backup.path.exists()
    assert not folder_of(audit_id).exists()


@pytest.fixture
def copy(path: Path, backup: Backup, tmp_path: Path) -> Path:
    """A copy of the audit in another folder, with a backup of its own."""
    del backup
    copy = tmp_path / "Copy.hsbaudit"
    with AuditFile.open(path) as file:
        save_copy(file, copy)
    with AuditFile.open(copy) as file:
        make_backup(file, BackupReason.DAY, NOON)
    return copy


@pytest.mark.parametrize("is_known", [True, False])
def test_deleting_a_copy_deletes_the_backups_made_from_it_only(
    path: Path, backup: Backup, copy: Path, is_known: bool
) -> None:
    audit_id = audit_id_in(path)
    going = backups_that_go(copy, audit_id, keeps_backups=is_known)
    assert delete_audit(copy, audit_id, keeps_backups=is_known) == len(going) == 1
    assert backups_of(audit_id) == (backup,)
    # Nor is it remembered that the audit was there: another may take its place.
    assert earlier_versions(copy) == ()


def test_backups_of_which_nobody_can_tell_the_file_stay(path: Path, backup: Backup, copy: Path) -> None:
    audit_id = audit_id_in(path)
    for made in backups_of(audit_id):
        made.path.rename(made.path.with_name(f"{made.name}-day.hsbaudit"))
    assert delete_audit(copy, audit_id) == 0
    assert len(backups_of(audit_id)) == 2


def test_both_lists_of_an_audit_are_the_same_and_say_what_is_of_a_copy(
    path: Path, backup: Backup, copy: Path
) -> None:
    listed = earlier_versions(path)
    of_copy = listed[0]
    assert files_of(listed, path) == {of_copy.path: "of a file in another place"}
    assert files_of(listed, path, [copy]) == {of_copy.path: f"of {copy}"}
    assert files_of(listed, copy.with_name("Copy.hsbaudit")) == {backup.path: "of a file in another place"}
    path.unlink()
    assert earlier_versions(path) == listed


def test_where_the_audit_cannot_be_deleted_its_backups_stay(
    path: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    audit_id = audit_id_in(path)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(OutputRefused, match="Its backups are as they were"):
            delete_audit(path, audit_id)
    assert scored(path) == 3
    assert backup.path.exists()


def test_of_an_audit_that_is_gone_the_backups_are_deleted(path: Path, backup: Backup) -> None:
    audit_id = audit_id_in(path)
    path.unlink()
    assert delete_audit(path, audit_id) == 1
    assert not backup.path.exists()
