"""Backups: verified, private, named without a word of the audit, thinned, and gone when nobody needs them."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, OutputRefused
from hsb_desktop.settings import user_data_folder
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import (
    backups_of,
    delete_backups,
    keep_unreadable,
    make_backup,
    make_due_backup,
    note_opened,
)
from hsb_desktop.store.backup_expiry import remove_expired
from hsb_desktop.store.backup_folder import BackupReason, backups_folder, delete_backup, folder_of, thin
from hsb_desktop.store.backup_note import NOTE_NAME, hashed_place, mark_of, read_note
from hsb_desktop.store.backup_places import backups_for_path

from .files import SCORE, change_set, entered, full_audit, make

NOON = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)
AUDIT_ID = full_audit().audit_id


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "Northmoor secret.hsbaudit")


@pytest.fixture
def file(path: Path) -> Iterator[AuditFile]:
    with AuditFile.open(path) as file:
        yield file


def present() -> list[str]:
    return sorted(found.name for found in folder_of(AUDIT_ID).iterdir())


# Making ---------------------------------------------------------------------------------------------------


def test_a_backup_is_the_whole_audit_with_its_history(file: AuditFile) -> None:
    file.apply(change_set((SCORE, 0, 3)))
    backup = make_backup(file, BackupReason.DAY, NOON)
    with AuditFile.open(backup.path, read_only=True) as copy:
        assert entered(copy.read()) == entered(file.read())
        assert copy.history() == file.history()
        assert copy.check() == ()
    assert (backup.reason, backup.made_at) == (BackupReason.DAY, NOON)
    assert backup.size == backup.path.stat().st_size


def test_its_name_tells_when_and_why_and_no_word_of_the_audit(file: AuditFile) -> None:
    make_backup(file, BackupReason.IMPORT, NOON)
    mark = mark_of(hashed_place(file.path))
    assert present() == [f"20261120T120005Z-import-{mark}.hsbaudit", NOTE_NAME]
    told = "".join(str(found.relative_to(backups_folder())) for found in backups_folder().rglob("*"))
    told += (folder_of(AUDIT_ID) / NOTE_NAME).read_text()
    for word in ("Northmoor", "secret", file.path.parent.name):
        assert word not in told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_its_owner_may_look_at_it(file: AuditFile) -> None:
    earlier = os.umask(0)
    try:
        make_backup(file, BackupReason.DAY, NOON)
    finally:
        os.umask(earlier)
    for folder in (backups_folder(), folder_of(AUDIT_ID)):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for found in folder_of(AUDIT_ID).iterdir():
        assert stat.S_IMODE(found.stat().st_mode) == 0o600


def test_it_is_in_this_persons_data_and_not_beside_the_audit(file: AuditFile, tmp_path: Path) -> None:
    backup = make_backup(file, BackupReason.DAY, NOON)
    assert backup.path.is_relative_to(user_data_folder())
    assert [found.name for found in tmp_path.iterdir() if found.suffix == ".hsbaudit"] == [file.path.name]


def test_two_of_one_second_are_two(file: AuditFile) -> None:
    first = make_backup(file, BackupReason.DAY, NOON)
    second = make_backup(file, BackupReason.DAY, NOON)
    assert first.path != second.path
    assert backups_of(AUDIT_ID) == (second, first)


def test_an_id_out_of_a_file_never_leads_to_another_folder() -> None:
    for hostile in ("../../elsewhere", "/etc", "..", "CON", "a" * 5000, "", "x\0y", "C:\\x", "\ud800abc"):
        assert folder_of(hostile).parent == backups_folder()
        assert len(folder_of(hostile).name) < 80
    assert folder_of("A" * 20) != folder_of("a" * 20)


def test_a_disk_that_refuses_leaves_nothing_and_is_told_in_words(
    file: AuditFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hsb_desktop.whole_file._flush_to_disk", full)
    with pytest.raises(OutputRefused, match=r"^No backup could be made: the disk is full\.$"):
        make_backup(file, BackupReason.DAY, NOON)
    assert present() == []
    assert backups_of(AUDIT_ID) == ()


def test_where_a_file_is_in_the_way_of_the_folder_it_is_told_in_words(file: AuditFile) -> None:
    user_data_folder().mkdir(parents=True)
    backups_folder().write_text("in the way")
    with pytest.raises(OutputRefused, match="No backup could be made: "):
        make_backup(file, BackupReason.DAY, NOON)
    assert backups_of(AUDIT_ID) == ()


def test_a_backup_that_does_not_pass_its_check_is_none(
    file: AuditFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flipped(_connection: object, out: Path, _password: str | None) -> None:
        raise FileRefused(f"{out} is damaged.")

    monkeypatch.setattr("hsb_desktop.store.backup_making.write_whole", flipped)
    with pytest.raises(OutputRefused, match="did not pass its check"):
        make_backup(file, BackupReason.DAY, NOON)


def test_an_audit_in_use_goes_on_after_its_backup(file: AuditFile) -> None:
    make_backup(file, BackupReason.DAY, NOON)
    before = file.read().value(SCORE)
    file.apply(change_set((SCORE, before, 4)))
    assert file.read().value(SCORE) == 4


# When one is due ------------------------------------------------------------------------------------------


def test_one_a_day_is_due_for_each_place_of_an_audit(file: AuditFile, tmp_path: Path) -> None:
    today = date.today()
    made = make_due_backup(file, BackupReason.DAY, unless_made_on=today)
    assert backups_of(AUDIT_ID) == (made,)
    assert make_due_backup(file, BackupReason.DAY, unless_made_on=today) is None
    assert make_due_backup(file, BackupReason.DAY, unless_made_on=today + timedelta(days=1)) is not None
    assert make_due_backup(file, BackupReason.IMPORT) is not None
    (tmp_path / "copy").mkdir()
    with AuditFile.open(make(tmp_path / "copy" / "other.hsbaudit")) as copy:
        assert make_due_backup(copy, BackupReason.DAY, unless_made_on=today) is not None


# Listing --------------------------------------------------------------------------------------------------


def test_they_are_found_by_the_path_when_the_audit_is_damaged_or_gone(file: AuditFile) -> None:
    backup = make_backup(file, BackupReason.DAY, NOON)
    file.close()
    file.path.write_bytes(b"damaged")
    assert backups_for_path(file.path) == (backup,)
    file.path.unlink()
    assert backups_for_path(file.path) == (backup,)
    assert backups_for_path(file.path.with_name("another.hsbaudit")) == ()


def test_they_are_those_of_the_audit_that_was_last_at_the_path(file: AuditFile) -> None:
    earlier = make_backup(file, BackupReason.DAY, NOON)
    file.close()
    file.path.unlink()
    other = replace(full_audit(), audit_id="0f0f0f0f-0000-4000-8000-000000000000")
    with AuditFile.create(file.path, other) as later_file:
        later = make_backup(later_file, BackupReason.DAY, NOON - timedelta(days=3))
    assert backups_for_path(file.path) == (later,)
    assert backups_of(AUDIT_ID) == (earlier,)


def test_they_are_found_by_the_path_also_where_the_note_is_gone(file: AuditFile) -> None:
    backup = make_backup(file, BackupReason.DAY, NOON)
    (folder_of(AUDIT_ID) / NOTE_NAME).unlink()
    assert backups_for_path(file.path) == (backup,)


def test_what_is_not_a_backup_is_not_listed(file: AuditFile) -> None:
    backup = make_backup(file, BackupReason.DAY, NOON)
    for name in ("notes.txt", "20261399T000000Z-day.hsbaudit", ".x.part", "x-day.hsbaudit"):
        (folder_of(AUDIT_ID) / name).touch()
    assert backups_of(AUDIT_ID) == (backup,)


def test_one_with_a_reason_of_a_newer_version_is_listed(file: AuditFile) -> None:
    make_backup(file, BackupReason.DAY, NOON).path.rename(
        folder_of(AUDIT_ID) / "20261120T120005Z-spring.hsbaudit"
    )
    assert [backup.reason for backup in backups_of(AUDIT_ID)] == [BackupReason.OTHER]


def test_there_are_none_before_the_first() -> None:
    assert backups_of(AUDIT_ID) == ()
    assert backups_for_path(Path("nowhere.hsbaudit")) == ()


@pytest.mark.parametrize(
    "words",
    ["", "{", "[]", '{"opened_on": 3, "places": 4}', '{"opened_on": "x"}', "\0", '{"places": {"a": 1}}'],
)
def test_a_note_that_cannot_be_understood_is_as_none(file: AuditFile, words: str) -> None:
    make_backup(file, BackupReason.DAY, NOON)
    (folder_of(AUDIT_ID) / NOTE_NAME).write_text(words)
    assert read_note(folder_of(AUDIT_ID)).opened_on is None
    assert len(backups_of(AUDIT_ID)) == 1
    note_opened(file, NOON.date())
    assert read_note(folder_of(AUDIT_ID)).opened_on == NOON.date()


def test_what_cannot_be_opened_is_kept_byte_for_byte_with_its_journal(path: Path) -> None:
    path.write_bytes(b"not an audit")
    path.with_name(path.name + "-journal").write_bytes(b"half a write")
    backup = keep_unreadable(path, folder_of(AUDIT_ID), NOON)
    assert backup.reason is BackupReason.UNREADABLE
    assert backup.path.read_bytes() == b"not an audit"
    assert backup.path.with_name(backup.path.name + "-journal").read_bytes() == b"half a write"
    delete_backup(backup)
    assert present() == []


# Thinning -------------------------------------------------------------------------------------------------


def pretend(*ages_in_hours: int) -> None:
    folder_of(AUDIT_ID).mkdir(parents=True, exist_ok=True)
    for hours in ages_in_hours:
        (folder_of(AUDIT_ID) / f"{NOON - timedelta(hours=hours):%Y%m%dT%H%M%SZ}-day.hsbaudit").touch()


def test_making_one_thins_the_others(file: AuditFile) -> None:
    pretend(*range(24 * 6, 24 * 7))
    assert len(backups_of(AUDIT_ID)) == 24
    make_backup(file, BackupReason.DAY, NOON)
    assert len(backups_of(AUDIT_ID)) in (2, 3)


def test_thinning_leaves_the_newest_and_what_could_not_be_opened(path: Path) -> None:
    pretend(1, 2)
    keep_unreadable(path, folder_of(AUDIT_ID), NOON - timedelta(hours=3))
    thin(AUDIT_ID, NOON + timedelta(days=300))
    assert [backup.reason.value for backup in backups_of(AUDIT_ID)] == ["day", "unreadable"]


def test_two_copies_of_an_audit_are_thinned_each_for_itself(file: AuditFile, tmp_path: Path) -> None:
    copy_path = make(tmp_path / "Copy.hsbaudit")
    for hours in (0, 1):
        make_backup(file, BackupReason.DAY, NOON + timedelta(hours=hours))
    with AuditFile.open(copy_path) as copy:
        make_backup(copy, BackupReason.DAY, NOON + timedelta(hours=2))
    thin(AUDIT_ID, NOON + timedelta(days=4))
    assert [backup.made_at.hour for backup in backups_of(AUDIT_ID)] == [14, 13]


def test_a_file_that_cannot_be_deleted_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(1, 2)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    thin(AUDIT_ID, NOON + timedelta(days=300))
    assert len(backups_of(AUDIT_ID)) == 2


# Letting go -----------------------------------------------------------------------------------------------


def test_one_can_be_deleted_and_all(file: AuditFile) -> None:
    first = make_backup(file, BackupReason.DAY, NOON)
    second = make_backup(file, BackupReason.IMPORT, NOON)
    delete_backup(first)
    assert backups_of(AUDIT_ID) == (second,)
    assert delete_backups(AUDIT_ID) == 1
    assert not folder_of(AUDIT_ID).exists()
    assert delete_backups(AUDIT_ID) == 0


def opened(file: AuditFile, day: date) -> None:
    make_backup(file, BackupReason.DAY, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def test_they_go_90_days_after_the_audit_was_last_opened(file: AuditFile) -> None:
    opened(file, date(2026, 8, 1))
    note_opened(file, date(2026, 8, 20))
    remove_expired(datetime(2026, 11, 18, 12, tzinfo=UTC))
    assert len(backups_of(AUDIT_ID)) == 1
    remove_expired(datetime(2026, 11, 19, 12, tzinfo=UTC))
    assert not folder_of(AUDIT_ID).exists()


def test_they_go_too_where_nothing_says_when_it_was_opened(file: AuditFile) -> None:
    opened(file, date(2026, 8, 1))
    (folder_of(AUDIT_ID) / NOTE_NAME).unlink()
    remove_expired(datetime(2026, 10, 30, 12, tzinfo=UTC))
    assert len(backups_of(AUDIT_ID)) == 1
    remove_expired(datetime(2026, 10, 31, 12, tzinfo=UTC))
    assert not folder_of(AUDIT_ID).exists()


def test_a_clock_that_jumps_years_ahead_expires_nothing_on_that_day(file: AuditFile) -> None:
    opened(file, date(2026, 11, 20))
    remove_expired(NOON)
    for _ in range(3):
        remove_expired(NOON.replace(year=2036))
    assert len(backups_of(AUDIT_ID)) == 1
    remove_expired(NOON + timedelta(days=1))
    assert len(backups_of(AUDIT_ID)) == 1


def test_a_clock_that_went_back_expires_nothing(file: AuditFile) -> None:
    opened(file, date(2026, 11, 20))
    for day in (NOON, NOON.replace(year=1999), NOON + timedelta(days=30)):
        remove_expired(day)
    assert len(backups_of(AUDIT_ID)) == 1


def test_after_more_than_a_year_they_go_on_the_second_day_of_use(file: AuditFile) -> None:
    opened(file, date(2026, 11, 20))
    remove_expired(NOON)
    later = NOON.replace(year=2028)
    remove_expired(later)
    assert len(backups_of(AUDIT_ID)) == 1
    remove_expired(later + timedelta(days=1))
    assert backups_of(AUDIT_ID) == ()


def test_half_made_backups_go_but_not_one_that_is_being_made(file: AuditFile) -> None:
    make_backup(file, BackupReason.DAY, NOON)
    now = datetime.now(UTC)
    old, journal, young = (folder_of(AUDIT_ID) / name for name in (".a.part", ".a.part-journal", ".b.part"))
    for part, age in ((old, 2), (journal, 2), (young, 0)):
        part.touch()
        os.utime(part, (now.timestamp() - age * 3600,) * 2)
    remove_expired(now)
    assert [part.exists() for part in (old, journal, young)] == [False, False, True]
    assert len(backups_of(AUDIT_ID)) == 1


def test_where_nothing_was_ever_backed_up_nothing_is_made() -> None:
    remove_expired(NOON)
    assert not backups_folder().exists()


def test_the_sample_needs_none_and_is_not_remembered(tmp_path: Path) -> None:
    from hsb_desktop.operations.sample import create_sample_audit

    with create_sample_audit(tmp_path / "s.hsbaudit") as sample:
        assert make_due_backup(sample, BackupReason.IMPORT) is None
        note_opened(sample, NOON.date())
    assert not backups_folder().exists()


def test_a_clock_that_went_on_by_more_than_a_year_thins_nothing(path: Path) -> None:
    with AuditFile.open(path) as file:
        made = [
            make_backup(file, BackupReason.DAY, datetime(2026, 1, day, 9, tzinfo=UTC)) for day in range(1, 11)
        ]
        make_backup(file, BackupReason.DAY, datetime(2027, 3, 1, 9, tzinfo=UTC))
    assert all(backup.path.exists() for backup in made[2:])


@pytest.mark.skipif(sys.platform == "win32", reason="there a folder of one's own is private by its place")
def test_what_is_remembered_of_the_last_run_is_for_its_owner_only(file: AuditFile) -> None:
    make_backup(file, BackupReason.DAY)
    remove_expired(datetime.now(UTC))
    others = [path for path in backups_folder().rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert not others
    assert (backups_folder() / "last-run").is_file()
