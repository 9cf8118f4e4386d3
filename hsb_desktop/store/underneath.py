"""Notices what happened to an open file behind the program's back: moved, deleted, replaced, written to."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.errors import ChangedUnderneath
from hsb_desktop.store.connection import Connection, no_longer_there


class Underneath:
    """What the file was when it was last looked at. Each question costs microseconds."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._identity = _identity(path)
        self._version = _version(connection)

    def look(self, connection: Connection) -> bool:
        """Remember what the file holds now; return whether another program wrote to it meanwhile."""
        version = _version(connection)
        was_written, self._version = version != self._version, version
        return was_written

    @property
    def is_there(self) -> bool:
        """Whether the path still names the file that was opened."""
        return _identity(self._path) == self._identity is not None

    def refuse_another_file(self) -> None:
        """Raise FileGone where nothing has the file's name any more, ChangedUnderneath where another has."""
        found = _identity(self._path)
        if found is None:
            raise no_longer_there(self._path)
        if found != self._identity:
            raise ChangedUnderneath(
                f"Not saved: {self._path.name} was replaced by another file, perhaps by a program that "
                "synchronises the folder. Nothing was overwritten, and what you see is still on this screen: "
                "save it as a copy and look at what is there now."
            )

    def refuse_another_writer(self, connection: Connection) -> None:
        """Raise ChangedUnderneath if another program wrote since the last look. Inside a transaction."""
        if _version(connection) != self._version:
            raise ChangedUnderneath(
                f"Not saved: {self._path.name} was changed by another program. Nothing was overwritten, and "
                "what you see is still on this screen: save it as a copy and look at what is there now."
            )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _version(connection: Connection) -> int:
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version
