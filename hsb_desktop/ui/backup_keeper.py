"""Backups that nobody has to think of: before the first edit of a day, and before an import.

Everything here runs on the writer's thread, where the file is nobody else's at that moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from hsb_desktop.errors import HsbError
from hsb_desktop.store.audit_file import AuditFile

_AGAIN_AFTER_SECONDS = 60.0
_FAULT_OF_OURS = "No backup could be made: a fault of this program."


class BackupKeeper:
    """Makes the backups of one session; `tell` is called on the writer's thread."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._looked_on: date | None = None
        self._try_again_at = 0.0
        self._has_told = False
        self._why_not = ""

    def before_edit(self, file: AuditFile, reason: str = "") -> None:
        """Make the backup that is due before an edit. `reason`, a value of BackupReason, asks for one anyway.

        Costs nothing where none is due; none is where the session went on in a copy that it wrote itself.
        Raises nothing: where no backup can be made, the edit goes on.
        """
        today = date.today()
        is_due = bool(reason) or (self._looked_on != today and time.monotonic() >= self._try_again_at)
        if file.is_read_only or not is_due:
            return
        try:
            # The first paint needs none of it.
            from hsb_desktop.store.backup import make_due_backup
            from hsb_desktop.store.backup_folder import BackupReason

            why = BackupReason(reason or BackupReason.DAY.value)
            make_due_backup(file, why, unless_made_on=None if reason else today)
            self._looked_on = today
        except Exception as error:
            # Also a fault of ours must not keep an edit from the disk.
            self._try_again_at = time.monotonic() + _AGAIN_AFTER_SECONDS
            self._why_not = str(error) if isinstance(error, HsbError) else _FAULT_OF_OURS

    def after_edit(self) -> None:
        """Tell once why no backup could be made: now, because what was typed is safe in the audit itself."""
        if self._why_not and not self._has_told:
            self._has_told = True
            # At the very end the window may be gone before a slow disk is done.
            with suppress(RuntimeError):
                self._tell(self._why_not)


def keep_house(file: AuditFile) -> None:
    """Remember that the audit was opened today, let go of the backups of audits that nobody opens, and
    protect what an interrupted protection left plain.
    """
    from hsb_desktop.operations.reprotecting import protect_plain_backups
    from hsb_desktop.store.backup import note_opened
    from hsb_desktop.store.backup_expiry import remove_expired

    note_opened(file, date.today())
    remove_expired(datetime.now().astimezone())
    protect_plain_backups(file)
