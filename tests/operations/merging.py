"""Copies of one invented audit that people edit, and merge in whatever order."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from hsb_desktop.model import Conflict
from hsb_desktop.operations.merging import Choice, MergePlan, apply_plan, plan_merge
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import share_copy
from hsb_desktop.values import Change, ChangeSet, Value, ValueAddress
from tests.store.files import bare_audit, make


def audit_at(path: Path) -> Path:
    """An audit with one wave and two agencies, nothing scored."""
    return make(path, bare_audit())


def copied(path: Path, name: str) -> Path:
    """A copy of a closed audit, byte for byte."""
    copy = path.with_name(f"{name}.hsbaudit")
    shutil.copyfile(path, copy)
    return copy


def shared(path: Path, name: str) -> Path:
    """A copy without history."""
    copy = path.with_name(f"{name}.hsbaudit")
    with AuditFile.open(path, read_only=True) as file:
        share_copy(file, copy)
    return copy


def enter(path: Path, *values: tuple[ValueAddress, Value], author: str = "") -> None:
    """Somebody enters these values, or empties boxes (None)."""
    with AuditFile.open(path) as file:
        audit = file.read()
        changes = tuple(Change(address, audit.value(address), value) for address, value in values)
        file.apply(ChangeSet("an edit", changes, author))


def planned(
    target: Path,
    *sources: Path,
    on_conflict: Choice = Choice.BOTH,
    choices: Mapping[str, Choice] | None = None,
) -> MergePlan:
    """What a merge would do."""
    return _merged(target, sources, on_conflict, choices or {}, is_applied=False)


def merge(
    target: Path,
    *sources: Path,
    on_conflict: Choice = Choice.BOTH,
    choices: Mapping[str, Choice] | None = None,
) -> MergePlan:
    """Merge copies into an audit; return what that did."""
    return _merged(target, sources, on_conflict, choices or {}, is_applied=True)


def _merged(
    target: Path,
    sources: Sequence[Path],
    on_conflict: Choice,
    choices: Mapping[str, Choice],
    *,
    is_applied: bool,
) -> MergePlan:
    with AuditFile.open(target) as file:
        opened = [AuditFile.open(source, read_only=True) for source in sources]
        try:
            plan = plan_merge(file, opened, on_conflict=on_conflict, choices=choices, author="Merger Oakes")
        finally:
            for source in opened:
                source.close()
        if is_applied:
            apply_plan(file, plan)
        assert file.check() == ()
    return plan


def held(path: Path, address: ValueAddress) -> Value:
    """What stands at an address."""
    with AuditFile.open(path, read_only=True) as file:
        return file.read().value(address)


def conflicts_in(path: Path) -> tuple[Conflict, ...]:
    """What waits to be settled."""
    with AuditFile.open(path, read_only=True) as file:
        return file.read().conflicts


def content(path: Path) -> dict[str, Value]:
    """Everything that is entered, conflicts too, by address."""
    with AuditFile.open(path, read_only=True) as file:
        return {str(address): value for address, value in file.read().values()}
