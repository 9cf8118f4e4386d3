"""What a killed program left half written keeps no word that was removed, and no plain copy of an audit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hsb_desktop.operations.deleting import delete_audit
from hsb_desktop.operations.removing import find_for_removal, remove_for_good
from hsb_desktop.operations.reprotecting import reprotect_backups, reprotected_in_words
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import make_backup
from hsb_desktop.store.backup_folder import BackupReason, delete_unfinished, folder_of, made_folder
from hsb_desktop.store.protection import change_protection, protect
from tests.store.files import EVIDENCE, bare_audit, change_set, make

AUDIT_ID = bare_audit().audit_id
NAME, PASSWORD, DAY = "Zebrafinch", "correct horse battery", date(2026, 11, 20)

_COPY_AND_WAIT = """
import shutil, sys
from pathlib import Path
from hsb_desktop.whole_file import whole_file
audit, out = map(Path, sys.argv[1:])
with whole_file(out) as part:
    shutil.copyfile(audit, part)
    print(part, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    path = tmp_path / "here" / "audit.hsbaudit"
    make(path, bare_audit())
    with AuditFile.open(path) as file:
        file.apply(change_set((EVIDENCE, None, f"We met {NAME} twice.")))
    return path


def copying(path: Path, out: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", _COPY_AND_WAIT, str(path), str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def left_behind(path: Path) -> tuple[Path, Path]:
    """Copy an audit to a place beside it and to one among its backups, killed on the way."""
    parts = []
    for out in (path.with_name("share.hsbaudit"), made_folder(AUDIT_ID) / "x.hsbaudit"):
        process, part = copying(path, out)
        process.kill()
        process.communicate()
        assert NAME.encode() in part.read_bytes()
        parts.append(part)
    return parts[0], parts[1]


@pytest.fixture
def being_written(path: Path) -> Iterator[Path]:
    process, part = copying(path, path.with_name("share.hsbaudit"))
    yield part
    process.kill()
    process.communicate()


def test_text_that_is_removed_is_in_nothing_that_was_left_half_written(path: Path) -> None:
    with AuditFile.open(path) as file:
        parts = left_behind(path)
        report = remove_for_good(file, NAME, "Chair", DAY)
    assert report.problems == ()
    assert not any(part.exists() for part in parts)


def test_looking_for_a_text_lets_go_of_what_was_left_half_written(path: Path) -> None:
    with AuditFile.open(path) as file:
        parts = left_behind(path)
        assert find_for_removal(file, NAME, "Chair", DAY).problems == ()
    assert not any(part.exists() for part in parts)


def test_what_somebody_is_writing_stays_and_is_said_to_hold_the_text_perhaps(
    path: Path, being_written: Path
) -> None:
    with AuditFile.open(path) as file:
        (problem,) = remove_for_good(file, NAME, "Chair", DAY).problems
    assert being_written.exists()
    assert problem.startswith(f"{being_written.name} could not be cleaned: Another window")


def test_an_audit_that_is_opened_to_write_has_nothing_half_written_beside_it(path: Path) -> None:
    beside, _ = left_behind(path)
    AuditFile.open(path, read_only=True).close()
    assert beside.exists()
    AuditFile.open(path).close()
    assert not beside.exists()


def test_protecting_leaves_no_plain_copy_that_was_left_half_written(path: Path) -> None:
    parts = left_behind(path)
    protect(path, PASSWORD)
    outcome = reprotect_backups(AUDIT_ID, None, PASSWORD, path)
    assert outcome.is_complete
    assert not any(part.exists() for part in parts)


def test_protecting_an_open_audit_lets_go_of_them_too(path: Path) -> None:
    with AuditFile.open(path) as file:
        parts = left_behind(path)
        change_protection(file, PASSWORD)
        reprotect_backups(AUDIT_ID, None, PASSWORD, path)
    assert not any(part.exists() for part in parts)


def test_protecting_says_that_somebody_is_writing_a_copy(path: Path, being_written: Path) -> None:
    protect(path, PASSWORD)
    outcome = reprotect_backups(AUDIT_ID, None, PASSWORD, path)
    assert not outcome.is_complete
    assert str(being_written) in " ".join(reprotected_in_words(outcome))


def test_deleting_an_audit_lets_go_of_them_even_where_its_backups_stay(path: Path) -> None:
    with AuditFile.open(path) as file:
        make_backup(file, BackupReason.DAY)
    parts = left_behind(path)
    for backup in folder_of(AUDIT_ID).glob("*.hsbaudit"):
        # As an earlier program named it: nobody can tell from which file it was made.
        backup.rename(backup.with_name(backup.name.rpartition("-")[0] + ".hsbaudit"))
    delete_audit(path, AUDIT_ID, keeps_backups=True)
    assert not any(part.exists() for part in parts)
    assert delete_unfinished(path, AUDIT_ID) == ()
