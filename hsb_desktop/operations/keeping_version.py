"""What somebody has on the screen, kept as a file of its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hsb_desktop.errors import HsbError, OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.operations.replacing import changes_between
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy
from hsb_desktop.store.unrelated import forget_parents
from hsb_desktop.values import ChangeSet


def save_version(file: AuditFile, path: Path, audit: Audit, author: str = "") -> None:
    """Write exactly this audit into a new file, with the history of the open one where that can be read.

    The open file may hold something else by now. Raises OutputRefused where the name is taken or the disk
    refuses, with nothing left behind.
    """
    if path.exists():
        raise OutputRefused(f"{path.name} exists already. Choose another name; nothing was changed.")
    try:
        save_copy(file, path)
        with file.open_copy(path) as copy:
            held = copy.read()
            if (held.audit_id, held.instrument) != (audit.audit_id, audit.instrument):
                raise OutputRefused(f"{file.path.name} is another audit now.")
            changes = changes_between(held, audit)
            if changes:
                copy.apply(ChangeSet("what was on the screen", changes, author))
                # What stands in the file now came from somebody else: this version does not go on from it.
                forget_parents(copy, (change.address for change in changes))
    except HsbError:
        # Made by us, a moment ago: without the history, then.
        with suppress(OSError):
            path.unlink(missing_ok=True)
        file.create_like(path, audit).close()
