"""The system's own dialogs for choosing a file, in one place, so that tests have one place to patch."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_UNSAFE = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(10))}
)
_LONGEST_NAME = 180
"""Bytes; file systems allow 255, and temporary names and endings need some of them."""


def choose_new_file(
    parent: QWidget | None, title: str, proposed: Path, kinds: str, *, asks_to_replace: bool = True
) -> Path | None:
    """Let a person name a file to write; None if they cancel. `kinds` is a filter in Qt's form."""
    options = QFileDialog.Option(0) if asks_to_replace else QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds, options=options)
    return Path(name) if name else None


def documents_folder() -> Path:
    """Return the folder in which people keep their documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) if place else Path.home()
    return folder if folder.is_dir() else Path.home()


def safe_file_name(text: str) -> str:
    """Return a text as a file name that every operating system takes; empty if nothing is left of it."""
    shown = "".join("-" if char in _UNSAFE or not char.isprintable() else char for char in text)
    name = " ".join(shown.split()).strip(". ")
    while len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        name = name[:-1].rstrip(". ")
    return f"{name} audit" if name.split(".")[0].upper() in _RESERVED else name


def free_path(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path in the folder that nothing has yet: the name itself, or the name with a number."""
    path, number = folder / f"{stem}{suffix}", 2
    while path.exists():
        path, number = folder / f"{stem} {number}{suffix}", number + 1
    return path
