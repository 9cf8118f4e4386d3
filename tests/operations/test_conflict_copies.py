"""Copies that a program for synchronising left beside an audit are found, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hsb_desktop.operations.conflict_copies import find_conflict_copies, is_conflict_name
from hsb_desktop.operations.creating import NewAudit, create_audit_file


@pytest.mark.parametrize(
    "name",
    [
        "Moor-LAPTOP-7.hsbaudit",
        "Moor-LAPTOP-7-2.hsbaudit",
        "Moor (Ann's conflicted copy 2026-11-20).hsbaudit",
        "Moor (In Konflikt stehende Kopie von Ann 2026-11-20).hsbaudit",
        "Moor (conflicted copy 2026-11-20 090311).hsbaudit",
        "Moor_conflict-20261120-090311.hsbaudit",
        "Moor.sync-conflict-20261120-090311-ABCDEFG.hsbaudit",
        "Moor (1).hsbaudit",
        "Moor [Conflict].hsbaudit",
        "Moor 2.hsbaudit",
        "Moor(1).HSBAUDIT",
    ],
)
def test_names_that_programs_give_to_conflict_copies_are_known(name: str) -> None:
    assert is_conflict_name(name, "Moor.hsbaudit")


@pytest.mark.parametrize(
    "name",
    [
        "Moor.hsbaudit",
        "Moorland.hsbaudit",
        "Moor copy.hsbaudit",
        "Other-LAPTOP.hsbaudit",
        "Moor (1).xlsx",
        "Moor (of the north).hsbaudit",
        ".Moor.hsbaudit.lock",
        "Moor 20261120.hsbaudit",
    ],
)
def test_other_names_are_not(name: str) -> None:
    assert not is_conflict_name(name, "Moor.hsbaudit")


def test_copies_of_the_same_audit_are_found_and_unreadable_ones_are_said(tmp_path: Path) -> None:
    path = tmp_path / "Moor #1.hsbaudit"
    with create_audit_file(path, NewAudit(area="Moor")) as file:
        audit_id = file.read().audit_id
    copy = tmp_path / "Moor #1-LAPTOP-7.hsbaudit"
    shutil.copyfile(path, copy)
    shutil.copyfile(path, tmp_path / "Another name.hsbaudit")
    create_audit_file(tmp_path / "Moor #1 2.hsbaudit", NewAudit(area="Another")).close()
    torn = tmp_path / "Moor #1 (1).hsbaudit"
    torn.write_bytes(path.read_bytes()[:5000])
    (tmp_path / "Moor #1 (2).hsbaudit").mkdir()
    before = {entry.name: entry.stat().st_mtime_ns for entry in tmp_path.iterdir()}
    found = {copy.path: copy for copy in find_conflict_copies(path, audit_id)}
    assert set(found) == {copy, torn}
    assert not found[copy].problem
    assert "damaged" in found[torn].problem
    assert {entry.name: entry.stat().st_mtime_ns for entry in tmp_path.iterdir()} == before


def test_a_folder_that_is_gone_holds_none(tmp_path: Path) -> None:
    assert find_conflict_copies(tmp_path / "gone" / "a.hsbaudit", "x") == ()
