"""What Qt's own file dialog remembers of folders, beside what this program does."""

from __future__ import annotations

from PySide6.QtCore import QSettings

_GROUP, _KEYS = "FileDialog", ("history", "lastVisited", "shortcuts")


def forget_folders() -> None:
    """Let the file dialog forget the folders that it was in. Dialogs of the system keep their own list."""
    memory = QSettings(QSettings.Scope.UserScope, "QtProject")
    memory.beginGroup(_GROUP)
    for key in _KEYS:
        memory.remove(key)
    memory.endGroup()
    memory.sync()
