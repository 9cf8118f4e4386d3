from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, OutputRefused
from hsb_desktop.operations import reprotecting
from hsb_desktop.operations.backup_lines import when_made
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.operations.reprotecting import (
    BackupChoice,
    plan_backups,
    protect_plain_backups,
    reprotect_backups,
    reprotected_in_words,
)
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, make_backup, note_opened
from hsb_desktop.store.backup_folder import Backup, BackupReason
from hsb_desktop.store.backup_places import by_place
from hsb_desktop.store.protection import protect, reprotect
from hsb_desktop.store.share import save_copy

_PASSWORD, _OTHER = "eight elms at noon", "nine oaks at night"


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    path = tmp_path / "Invented area.hsbaudit"
    with create_audit_file(path, NewAudit(area="Invented area")) as file:
        make_backup(file, BackupReason.DAY)
        make_backup(file, BackupReason.IMPORT)
    return path


def id_of(path: Path, password: str | None = None) -> str:
    with AuditFile.open(path, read_only=True, password=password) as file:
        return file.read().audit_id


def test_backups_take_on_the_password_of_their_audit(audit: Path) -> None:
    protect(audit, _PASSWORD)
    outcome = reprotect_backups(id_of(audit, _PASSWORD), None, _PASSWORD, audit)
    assert (outcome.converted, outcome.deleted, outcome.left) == (2, 0, 0)
    for backup in backups_of(id_of(audit, _PASSWORD)):
        assert b"Invented area" not in backup.path.read_bytes()
        assert b"SQLite format 3" not in backup.path.read_bytes()
        AuditFile.open(backup.path, read_only=True, password=_PASSWORD).close()


def test_what_an_interrupted_protection_left_plain_is_protected_at_the_next_opening(audit: Path) -> None:
    protect(audit, _PASSWORD)
    with AuditFile.open(audit, password=_PASSWORD) as file:
        assert protect_plain_backups(file) == 2
        assert protect_plain_backups(file) == 0
    for backup in backups_of(id_of(audit, _PASSWORD)):
        assert b"SQLite format 3" not in backup.path.read_bytes()


def test_backups_are_plain_again_when_their_audit_is(audit: Path) -> None:
    audit_id = id_of(audit)
    reprotect_backups(audit_id, None, _PASSWORD, audit)
    assert reprotect_backups(audit_id, _PASSWORD, None, audit).converted == 2
    for backup in backups_of(audit_id):
        AuditFile.open(backup.path, read_only=True).close()


@pytest.fixture
def damaged(audit: Path) -> Backup:
    """The later one of the backups, of which the end is gone."""
    path = backups_of(id_of(audit))[0].path
    path.write_bytes(path.read_bytes()[:-5000])
    return backups_of(id_of(audit))[0]


def test_a_backup_that_cannot_be_protected_is_deleted_and_it_is_said_which(
    audit: Path, damaged: Backup
) -> None:
    outcome = reprotect_backups(id_of(audit), None, _PASSWORD, audit)
    assert (outcome.converted, outcome.lost) == (1, (damaged,))
    assert not damaged.path.exists()
    words = " ".join(reprotected_in_words(outcome))
    assert f"Its backup of {when_made(damaged)} could not be opened" in words
    assert "was deleted" in words


def test_which_backups_will_be_lost_is_known_before(audit: Path, damaged: Backup, copy: Path) -> None:
    plan = plan_backups(audit, id_of(audit), None)
    assert plan.unreadable == (damaged,)
    assert (len(plan.converted), len(plan.elsewhere)) == (1, 1)
    assert damaged.path.exists()


def test_a_backup_that_cannot_be_protected_is_kept_if_that_is_chosen(audit: Path, damaged: Backup) -> None:
    content = damaged.path.read_bytes()
    outcome = reprotect_backups(id_of(audit), None, _PASSWORD, audit, BackupChoice(keeps_unreadable=True))
    assert (outcome.converted, outcome.deleted, outcome.kept) == (1, 0, (damaged,))
    assert damaged.path.read_bytes() == content
    assert when_made(damaged) in " ".join(reprotected_in_words(outcome))


def test_a_backup_with_a_password_that_was_given_up_long_ago_is_deleted(audit: Path) -> None:
    audit_id = id_of(audit)
    reprotect(backups_of(audit_id)[1].path, None, _OTHER)
    reprotect(backups_of(audit_id)[0].path, None, _PASSWORD)
    outcome = reprotect_backups(audit_id, _PASSWORD, "ten yews at dawn", audit)
    assert (outcome.converted, outcome.deleted) == (1, 1)


def test_backups_are_left_where_the_disk_refuses(audit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OutputRefused("The disk is full.")

    monkeypatch.setattr(reprotecting, "reprotect", refuse)
    outcome = reprotect_backups(id_of(audit), None, _PASSWORD, audit)
    assert (outcome.converted, outcome.deleted, outcome.left) == (0, 0, 2)
    assert len(backups_of(id_of(audit))) == 2


@pytest.fixture
def copy(audit: Path, tmp_path: Path) -> Path:
    """A copy of the audit in another place, of which a backup was made, too."""
    copy = tmp_path / "elsewhere" / "Copy.hsbaudit"
    copy.parent.mkdir()
    with AuditFile.open(audit) as file:
        save_copy(file, copy)
    with AuditFile.open(copy) as file:
        make_backup(file, BackupReason.DAY)
    return copy


def made_from(path: Path, audit_id: str) -> tuple[Backup, ...]:
    return by_place(backups_of(audit_id), path).here


def test_a_password_of_one_copy_leaves_the_backups_of_the_other_to_whoever_has_that(
    audit: Path, copy: Path
) -> None:
    audit_id = id_of(audit)
    protect(copy, _PASSWORD)
    outcome = reprotect_backups(audit_id, None, _PASSWORD, copy)
    assert (outcome.converted, outcome.deleted, outcome.left, outcome.elsewhere) == (1, 0, 0, 2)
    for backup in made_from(audit, audit_id):
        AuditFile.open(backup.path, read_only=True).close()
    (of_copy,) = made_from(copy, audit_id)
    AuditFile.open(of_copy.path, read_only=True, password=_PASSWORD).close()
    assert "2 more of this audit's backups were made from a file in another place" in " ".join(
        reprotected_in_words(outcome)
    )


def test_opening_a_protected_copy_leaves_the_plain_backups_of_the_other_plain(
    audit: Path, copy: Path
) -> None:
    protect(copy, _PASSWORD)
    with AuditFile.open(copy, password=_PASSWORD) as file:
        assert protect_plain_backups(file) == 1
    for backup in made_from(audit, id_of(audit)):
        AuditFile.open(backup.path, read_only=True).close()


def test_whoever_knows_that_the_file_was_moved_has_all_of_its_backups_converted(
    audit: Path, copy: Path
) -> None:
    outcome = reprotect_backups(id_of(audit), None, _PASSWORD, copy, BackupChoice(also_elsewhere=True))
    assert (outcome.converted, outcome.elsewhere) == (3, 0)
    # From now on they are this file's.
    assert len(made_from(copy, id_of(audit))) == 3


def test_of_another_copy_nothing_is_ever_deleted(audit: Path, copy: Path) -> None:
    audit_id = id_of(audit)
    reprotect(made_from(audit, audit_id)[0].path, None, _OTHER)
    damaged = made_from(audit, audit_id)[1].path
    damaged.write_bytes(damaged.read_bytes()[:-5000])
    outcome = reprotect_backups(audit_id, None, _PASSWORD, copy, BackupChoice(also_elsewhere=True))
    assert (outcome.converted, outcome.deleted, outcome.left) == (1, 0, 2)
    assert len(backups_of(audit_id)) == 3


def test_a_file_that_was_renamed_takes_its_backups_along(audit: Path) -> None:
    audit_id, renamed = id_of(audit), audit.with_name("Another name.hsbaudit")
    audit.rename(renamed)
    with AuditFile.open(renamed) as file:
        note_opened(file, date.today())
    assert len(made_from(renamed, audit_id)) == 2
    assert reprotect_backups(audit_id, None, _PASSWORD, renamed).converted == 2


def test_a_copy_beside_the_audit_takes_nothing_along_whatever_the_disk_knows_it_by(audit: Path) -> None:
    """Where a file was replaced, the next new one may get its number."""
    audit_id, copy = id_of(audit), audit.with_name("Copy.hsbaudit")
    with AuditFile.open(audit) as file:
        save_copy(file, copy)
    audit.rename(audit.with_name("a"))
    copy.rename(audit)
    audit.with_name("a").rename(copy)
    with AuditFile.open(copy) as file:
        note_opened(file, date.today())
    assert made_from(copy, audit_id) == ()
    assert len(made_from(audit, audit_id)) == 2


def unmark(audit_id: str) -> None:
    """Name the backups as earlier versions of the program did."""
    for backup in backups_of(audit_id):
        backup.path.rename(backup.path.with_name(f"{backup.name}-{backup.reason.value}.hsbaudit"))


def test_of_older_backups_those_of_an_audit_that_was_in_one_place_only_are_its_own(audit: Path) -> None:
    unmark(id_of(audit))
    assert reprotect_backups(id_of(audit), None, _PASSWORD, audit).converted == 2


def test_of_older_backups_it_is_kept_whose_they_are_before_another_copy_comes(
    audit: Path, tmp_path: Path
) -> None:
    audit_id, copy = id_of(audit), tmp_path / "Copy.hsbaudit"
    unmark(audit_id)
    with AuditFile.open(audit) as file:
        save_copy(file, copy)
    with AuditFile.open(copy) as file:
        note_opened(file, date.today())
    assert len(made_from(audit, audit_id)) == 2
    assert reprotect_backups(audit_id, None, _PASSWORD, copy).elsewhere == 2


def test_older_backups_that_may_be_of_another_copy_are_left_and_that_is_said(audit: Path, copy: Path) -> None:
    unmark(id_of(audit))
    outcome = reprotect_backups(id_of(audit), None, _PASSWORD, audit)
    assert (outcome.converted, outcome.deleted, outcome.left, outcome.elsewhere) == (0, 0, 0, 3)
    assert "nobody can tell from which" in " ".join(reprotected_in_words(outcome))
    for backup in backups_of(id_of(audit)):
        AuditFile.open(backup.path, read_only=True).close()


def test_where_the_audit_is_plain_now_an_unreadable_backup_is_left_as_it_is(audit: Path) -> None:
    audit_id = id_of(audit)
    kept = backups_of(audit_id)[1].path
    reprotect(kept, None, _OTHER)
    outcome = reprotect_backups(audit_id, _PASSWORD, None, audit)
    assert outcome.left == 1
    assert kept.exists()
    with pytest.raises(FileRefused):
        AuditFile.open(kept, read_only=True)
