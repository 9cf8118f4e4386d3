"""One edit on its way to the disk, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import ChangeSet

if TYPE_CHECKING:
    from hsb_desktop.ui.writer import Job

NEVER_MERGED = -1
"""The visit of a step that stands alone."""

FileWork = Callable[[AuditFile], object]


class Direction(Enum):
    """Whether an edit is new, a step of undo or redo, or none of these."""

    EDIT = auto()
    UNDO = auto()
    REDO = auto()
    FOR_GOOD = auto()
    """Written like an edit, and no step of undo: a wave is locked, or unlocked, on purpose only."""


@dataclass(slots=True, eq=False)
class Edit:
    """A change set to be written."""

    change_set: ChangeSet
    direction: Direction
    visit: int | None = None
    """The visit to a box in which it was typed."""
    backup_reason: str = ""
    """Why a backup is to be made before it, apart from that of the day; a value of BackupReason."""
    writes: Mapping[Direction, FileWork] | None = None
    """How it is written where that is not `AuditFile.apply`: a merge keeps the revisions of its copies."""
    job: Job | None = None

    @property
    def merging_number(self) -> int:
        """The same for edits that are one step: typed in one box in one visit to it."""
        if self.visit is None:
            return NEVER_MERGED
        return hash((self.change_set.changes[0].address, self.visit)) & 0x3FFFFFFF
