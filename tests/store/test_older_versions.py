"""Files of earlier versions: read as they are, brought up to date with a backup and in one transaction."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hsb_desktop.errors import FileDamaged, FileRefused, NotSaved
from hsb_desktop.model import Audit
from hsb_desktop.operations.deleting import delete_audit
from hsb_desktop.operations.removing import known_copies, remove_for_good
from hsb_desktop.operations.restoring import restore
from hsb_desktop.store import older_version, schema
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of, make_backup
from hsb_desktop.store.backup_folder import Backup, BackupReason, backups_folder
from hsb_desktop.store.connection import memory_connection
from hsb_desktop.store.gate import can_be_protected, judge
from hsb_desktop.store.older_version import add_missing_tables
from hsb_desktop.store.protection import change_protection, reprotect
from hsb_desktop.store.rescue import rescue
from hsb_desktop.store.schema import (
    SCHEMA_QUERY,
    USER_VERSION,
    VERSIONS,
    create_schema,
    expected_schema,
    migrate,
)
from hsb_desktop.store.share import save_copy, share_copy
from hsb_desktop.values import Subject, ValueAddress
from tests.store.files import ask, change_set, tampered

ROOT = Path(__file__).resolve().parents[2]
OLDER = [
    frozen
    for frozen in sorted((ROOT / "tests" / "data" / "audits").glob("*.hsbaudit"))
    if ask(frozen, "PRAGMA user_version") != [(USER_VERSION,)]
]
PASSWORD = "correct horse battery"


@pytest.fixture(params=OLDER, ids=lambda frozen: frozen.stem)
def frozen(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


@pytest.fixture
def path(frozen: Path, tmp_path: Path) -> Path:
    (tmp_path / "audits").mkdir()
    return shutil.copyfile(frozen, tmp_path / "audits" / "audit.hsbaudit")


def version_in(path: Path) -> int:
    ((version,),) = ask(path, "PRAGMA user_version")
    assert isinstance(version, int)
    return version


def read(path: Path, password: str | None = None) -> Audit:
    with AuditFile.open(path, read_only=True, password=password) as file:
        return file.read()


def expected(frozen: Path) -> dict[str, object]:
    values = json.loads(frozen.with_suffix(".expected.json").read_text("utf-8"))["values"]
    assert isinstance(values, dict)
    return values


def values_of(audit: Audit) -> dict[str, object]:
    return {str(address): value for address, value in audit.values()}


def backup_of(audit: Audit) -> Backup:
    (backup,) = backups_of(audit.audit_id)
    return backup


def new_agreement(audit: Audit) -> ValueAddress:
    return ValueAddress(Subject.AGREEMENT, (audit.waves[0].wave_id, "1.1"), "dissent")


# The steps --------------------------------------------------------------------------------------------------


def test_there_is_a_version_before_the_present_one() -> None:
    assert OLDER
    assert VERSIONS[-1] == USER_VERSION
    assert list(VERSIONS) == sorted(set(VERSIONS))
    assert len(VERSIONS) == len(schema.MIGRATIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_brought_up_to_date_has_to_the_letter_the_tables_of_a_new_file(version: int) -> None:
    with closing(memory_connection()) as connection:
        create_schema(connection, version)
        migrate(connection, version)
        assert tuple(map(tuple, connection.execute(SCHEMA_QUERY))) == expected_schema()


@pytest.mark.parametrize("version", VERSIONS)
def test_tables_that_a_version_has_not_stand_empty_beside_the_file_and_not_in_it(version: int) -> None:
    with closing(memory_connection()) as connection:
        create_schema(connection, version)
        connection.execute(f"PRAGMA user_version = {version}")
        for _ in range(2):
            add_missing_tables(connection)
            assert tuple(map(tuple, connection.execute(SCHEMA_QUERY))) == expected_schema(version)
            for kind, name, *_ in expected_schema():
                if kind == "table":
                    assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)


# Reading ----------------------------------------------------------------------------------------------------


def test_an_older_file_is_read_without_a_byte_of_it_changing_and_nothing_beside_it(
    frozen: Path, path: Path
) -> None:
    with AuditFile.open(path, read_only=True) as file:
        audit = file.read()
        assert file.check() == ()
        assert values_of(audit) == expected(frozen)
        assert {len(part) for part in (audit.rounds, audit.votes, audit.agreements, audit.packs)} == {0}
        with pytest.raises(NotSaved):
            file.apply(change_set((new_agreement(audit), None, "No.")))
    assert path.read_bytes() == frozen.read_bytes()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    assert backups_of(audit.audit_id) == ()


def test_an_older_file_on_a_disk_that_can_only_be_read_is_read(
    frozen: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsb_desktop.store.audit_file.os.access", lambda *_: False)
    with AuditFile.open(path) as file:
        assert file.is_read_only
        assert values_of(file.read()) == expected(frozen)
    assert path.read_bytes() == frozen.read_bytes()


@pytest.mark.parametrize("command", [["show"], ["check"], ["export", "-o", "out.json"]])
def test_a_command_that_only_reads_leaves_an_older_file_as_it_is(
    command: list[str], frozen: Path, path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hsb_desktop.cli", *command, str(path)],
        capture_output=True,
        check=False,
        cwd=path.parent.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == frozen.read_bytes()


def test_a_window_for_reading_sees_what_another_brings_up_to_date_and_writes(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from hsb_desktop.store.audit_file import AuditFile\n"
        "from hsb_desktop.values import *\n"
        "with AuditFile.open(Path(sys.argv[1])) as file:\n"
        "    address = ValueAddress.parse(sys.argv[2])\n"
        "    file.apply(ChangeSet('x', (Change(address, None, 'Police differ.'),)))\n"
    )
    with AuditFile.open(path, read_only=True) as file:
        address = new_agreement(file.read())
        subprocess.run([sys.executable, "-c", program, str(path), str(address)], check=True)
        assert file.read().value(address) == "Police differ."


def test_a_file_with_the_tables_of_another_version_than_its_own_is_refused(path: Path) -> None:
    with tampered(path) as connection:
        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    with pytest.raises(FileDamaged, match="tables that this program did not make"):
        AuditFile.open(path)


# Writing ----------------------------------------------------------------------------------------------------


def test_opened_for_writing_it_is_brought_up_to_date_and_holds_what_it_held(frozen: Path, path: Path) -> None:
    with AuditFile.open(path) as file:
        audit = file.read()
        assert values_of(audit) == expected(frozen)
        assert file.check() == ()
        address = new_agreement(audit)
        file.apply(change_set((address, None, "Police differ.")))
        assert file.read().value(address) == "Police differ."
    assert version_in(path) == USER_VERSION
    assert read(path).value(address) == "Police differ."


def test_the_backup_is_the_file_as_it_was_whole_and_of_its_version(frozen: Path, path: Path) -> None:
    with AuditFile.open(path) as file:
        audit = file.read()
    backup = backup_of(audit)
    assert backup.reason is BackupReason.MIGRATION
    assert version_in(backup.path) == version_in(frozen)
    judge(backup.path)
    for table in ("history", "revision", "value_state", "seal", "response"):
        assert ask(backup.path, f"SELECT * FROM {table}") == ask(frozen, f"SELECT * FROM {table}")


def test_it_is_done_once(path: Path) -> None:
    AuditFile.open(path).close()
    content = path.read_bytes()
    with AuditFile.open(path) as file:
        audit = file.read()
    assert path.read_bytes() == content
    assert len(backups_of(audit.audit_id)) == 1


def test_without_a_backup_nothing_is_brought_up_to_date(frozen: Path, path: Path) -> None:
    backups_folder().parent.mkdir(parents=True, exist_ok=True)
    backups_folder().write_text("in the way")
    with pytest.raises(FileRefused, match=r"earlier version .* No backup could be made.* as it was"):
        AuditFile.open(path)
    assert path.read_bytes() == frozen.read_bytes()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    backups_folder().unlink()
    AuditFile.open(path).close()


def test_a_file_that_another_program_holds_is_not_brought_up_to_date(
    frozen: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("connection", "audit_file"):
        monkeypatch.setattr(f"hsb_desktop.store.{module}.BUSY_SECONDS", 0.3)
    holder = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(FileRefused, match="another program"):
            AuditFile.open(path)
        process.stdin.close()
    assert version_in(path) == version_in(frozen)
    with AuditFile.open(path) as file:
        assert values_of(file.read()) == expected(frozen)


def test_a_protected_file_is_brought_up_to_date_and_its_backup_is_protected(frozen: Path, path: Path) -> None:
    reprotect(path, None, PASSWORD)
    assert values_of(read(path, PASSWORD)) == expected(frozen)
    with AuditFile.open(path, password=PASSWORD) as file:
        audit = file.read()
        assert values_of(audit) == expected(frozen)
        assert file.connection.execute("PRAGMA user_version").fetchone() == (USER_VERSION,)
    backup = backup_of(audit)
    assert can_be_protected(backup.path)
    assert values_of(read(backup.path, PASSWORD)) == expected(frozen)


# What else is done with files -------------------------------------------------------------------------------


def test_giving_a_closed_file_a_password_and_taking_it_away_keeps_its_version(
    frozen: Path, path: Path
) -> None:
    reprotect(path, None, PASSWORD)
    with AuditFile.open(path, password=PASSWORD, keep_version=True) as file:
        change_protection(file, None)
        audit = file.read()
    assert version_in(path) == version_in(frozen)
    assert values_of(audit) == expected(frozen)
    assert backups_of(audit.audit_id) == ()


def test_nothing_is_entered_in_a_file_that_keeps_its_version(frozen: Path, path: Path) -> None:
    with AuditFile.open(path, keep_version=True) as file, pytest.raises(NotSaved, match="older version"):
        file.apply(change_set((new_agreement(file.read()), None, "No.")))
    assert path.read_bytes() == frozen.read_bytes()


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_copies_of_a_file_that_is_only_read_hold_what_it_holds(
    password: str | None, frozen: Path, path: Path, tmp_path: Path
) -> None:
    with AuditFile.open(path, read_only=True) as file:
        save_copy(file, tmp_path / "saved.hsbaudit")
        share_copy(file, tmp_path / "shared.hsbaudit", password=password)
        share_copy(file, tmp_path / "history.hsbaudit", password=password, with_history=True)
        assert read(tmp_path / "saved.hsbaudit") == file.read()
        for name in ("shared.hsbaudit", "history.hsbaudit"):
            with AuditFile.open(tmp_path / name, password=password) as copy:
                assert copy.read().responses == file.read().responses
                assert copy.check() == ()
                assert bool(copy.history()) == (name == "history.hsbaudit")


def test_a_text_is_removed_from_the_file_and_from_the_backup_of_its_older_version(path: Path) -> None:
    text = read(path).details.area
    with AuditFile.open(path) as file:
        copies = known_copies(file)
        assert len(copies) == 1
        report = remove_for_good(file, text, "Chair", date(2026, 11, 20), copies)
        audit = file.read()
    assert report.problems == ()
    backup = backup_of(audit)
    assert version_in(backup.path) < USER_VERSION
    for cleaned in (path, backup.path):
        assert text.encode() not in cleaned.read_bytes()
        judge(cleaned)
    assert "[removed by Chair" in read(backup.path).details.area


def test_going_back_to_a_backup_of_an_older_version_brings_that_up_to_date_when_it_is_opened(
    frozen: Path, path: Path
) -> None:
    with AuditFile.open(path) as file:
        address = new_agreement(file.read())
        file.apply(change_set((address, None, "Police differ.")))
        backup = backup_of(file.read())
    restore(path, backup, datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert version_in(path) == version_in(frozen)
    with AuditFile.open(path) as file:
        assert values_of(file.read()) == expected(frozen)


def test_putting_a_backup_in_the_place_of_an_older_file_keeps_that_as_it_is(frozen: Path, path: Path) -> None:
    with AuditFile.open(path, keep_version=True) as file:
        backup = make_backup(file, BackupReason.DAY)
    kept = restore(path, backup)
    assert kept is not None
    assert version_in(kept.path) == version_in(path) == version_in(frozen)


def test_an_older_audit_is_deleted_without_a_backup_being_made_of_it(path: Path) -> None:
    audit = read(path)
    assert delete_audit(path, audit.audit_id) == 0
    assert not path.exists()
    assert backups_of(audit.audit_id) == ()


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_a_damaged_older_file_is_rescued_into_a_new_one(
    password: str | None, frozen: Path, path: Path, tmp_path: Path
) -> None:
    if password:
        reprotect(path, None, password)
    content = bytearray(path.read_bytes())
    last = len(content) - 4096 * 3 - 2000
    content[last] ^= 0x10
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        AuditFile.open(path, password=password)
    rescued = rescue(path, tmp_path / "rescued.hsbaudit", password)
    found = values_of(rescued.audit)
    assert found.items() <= expected(frozen).items()
    assert len(found) > 0.8 * len(expected(frozen))
    with AuditFile.open(tmp_path / "rescued.hsbaudit", password=password) as file:
        assert file.connection.execute("PRAGMA user_version").fetchone() == (USER_VERSION,)


def test_a_step_that_is_no_new_table_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of before such a step have to be read in another way, which is to be written then."""
    monkeypatch.setattr(older_version, "MIGRATIONS", ("", "ALTER TABLE wave ADD COLUMN x"))
    with closing(memory_connection()) as connection:
        connection.execute("PRAGMA user_version = 1000")
        with pytest.raises(NotImplementedError):
            add_missing_tables(connection)
