"""Opens an audit of an older version for writing, which brings it up to date, and says when that is done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hsb_desktop.errors import FileInUse
from hsb_desktop.store import migrating
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.older_version import version_of
from hsb_desktop.store.schema import USER_VERSION, migrate
from tests.faults.children.protocol import hear, say, wanted


def main() -> None:
    options = wanted()
    if options.careless:
        migrating._migrate = _step_by_step
    say("ready")
    hear()
    with _opened(options.path):
        say("done")


def _opened(path: Path) -> AuditFile:
    try:
        return AuditFile.open(path)
    except FileInUse:
        # Killed while it wrote the lock, a program leaves half a one; the person is asked, and knows.
        return AuditFile.open(path, take_over=True)


def _step_by_step(connection: Any) -> None:
    """Do what the program does in one transaction, each step for itself."""
    migrate(connection, version_of(connection))
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")


if __name__ == "__main__":
    main()
