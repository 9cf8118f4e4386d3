"""One step of undo. It remembers what was committed; it never writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtGui import QUndoCommand

from hsb_desktop.ui.edit import NEVER_MERGED, Direction, FileWork
from hsb_desktop.values import Change, ChangeSet


class UndoStep(QUndoCommand):
    """A committed change set. The session writes before it moves the stack, so that a failed write leaves the
    stack alone; `undo` and `redo` of the step itself therefore do nothing.
    """

    def __init__(
        self,
        change_set: ChangeSet,
        visit: int = NEVER_MERGED,
        writes: Mapping[Direction, FileWork] | None = None,
    ) -> None:
        super().__init__(change_set.label)
        self.change_set = change_set
        self.writes = writes
        """How it is taken back and done again where that is no plain change of values."""
        self._visit = visit

    def id(self) -> int:  # Qt's own name
        return self._visit

    def mergeWith(self, other: QUndoCommand) -> bool:  # Qt's own name
        """Take in a later edit of the same visit to the same box."""
        if not isinstance(other, UndoStep):
            return False
        self.change_set = merged(self.change_set, other.change_set)
        (change,) = self.change_set.changes
        self.setObsolete(change.before == change.after)
        return True


def merged(earlier: ChangeSet, later: ChangeSet) -> ChangeSet:
    """Return one change set for two successive edits of the same single value."""
    (first,), (last,) = earlier.changes, later.changes
    return replace(later, changes=(Change(first.address, first.before, last.after),))
