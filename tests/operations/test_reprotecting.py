from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, OutputRefused
from hsb_desktop.operations import reprotecting
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.operations.reprotecting import protect_plain_backups, reprotect_backups, reprotected_in_words
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import BackupReason, backups_of, make_backup
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
    outcome = reprotect_backups(id_of(audit, _PASSWORD), None, _PASSWORD)
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
    reprotect_backups(audit_id, None, _PASSWORD)
    assert reprotect_backups(audit_id, _PASSWORD, None).converted == 2
    for backup in backups_of(audit_id):
        AuditFile.open(backup.path, read_only=True).close()


def test_a_backup_that_cannot_be_protected_is_deleted(audit: Path) -> None:
    audit_id = id_of(audit)
    damaged = backups_of(audit_id)[0].path
    damaged.write_bytes(damaged.read_bytes()[:-5000])
    outcome = reprotect_backups(audit_id, None, _PASSWORD)
    assert (outcome.converted, outcome.deleted) == (1, 1)
    assert not damaged.exists()
    assert "1 was deleted" in " ".join(reprotected_in_words(outcome))


def test_a_backup_with_a_password_that_was_given_up_long_ago_is_deleted(audit: Path) -> None:
    audit_id = id_of(audit)
    reprotect(backups_of(audit_id)[1].path, None, _OTHER)
    reprotect(backups_of(audit_id)[0].path, None, _PASSWORD)
    outcome = reprotect_backups(audit_id, _PASSWORD, "ten yews at dawn")
    assert (outcome.converted, outcome.deleted) == (1, 1)


def test_backups_are_left_where_the_disk_refuses(audit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OutputRefused("The disk is full.")

    monkeypatch.setattr(reprotecting, "reprotect", refuse)
    outcome = reprotect_backups(id_of(audit), None, _PASSWORD)
    assert (outcome.converted, outcome.deleted, outcome.left) == (0, 0, 2)
    assert len(backups_of(id_of(audit))) == 2


def test_backups_of_another_copy_with_its_own_password_are_left(audit: Path, tmp_path: Path) -> None:
    audit_id, other = id_of(audit), tmp_path / "Copy.hsbaudit"
    with AuditFile.open(audit) as file:
        save_copy(file, other)
    with AuditFile.open(other) as file:
        make_backup(file, BackupReason.DAY)
    reprotect_backups(audit_id, None, _OTHER)
    outcome = reprotect_backups(audit_id, _PASSWORD, "ten yews at dawn")
    assert (outcome.deleted, outcome.left) == (0, 3)
    assert len(backups_of(audit_id)) == 3


def test_where_the_audit_is_plain_now_an_unreadable_backup_is_left_as_it_is(audit: Path) -> None:
    audit_id = id_of(audit)
    kept = backups_of(audit_id)[1].path
    reprotect(kept, None, _OTHER)
    outcome = reprotect_backups(audit_id, _PASSWORD, None)
    assert outcome.left == 1
    assert kept.exists()
    with pytest.raises(FileRefused):
        AuditFile.open(kept, read_only=True)
