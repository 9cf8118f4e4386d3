"""What is said about a file that is no longer this window's, before somebody types in vain."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from hsb_desktop.errors import FileGone, NotSaved, TakenOver
from hsb_desktop.ui.holder_words import holder_sentence


def what_happened(lost: NotSaved, path: Path) -> str:
    """Return what happened to the file, in sentences."""
    if isinstance(lost, FileGone):
        words = _tr(
            "{0} is no longer in {1}: it was moved, renamed or deleted, or its stick was pulled out. Nothing "
            "can be saved there until it is back."
        )
        return words.format(path.name, path.parent)
    if isinstance(lost, TakenOver):
        words = _tr(
            "{0} was taken over by another window. {1} Nothing that you type here can be saved to it now."
        )
        return words.format(path.name, holder_sentence(lost.who, lost.computer, lost.since))
    words = _tr(
        "{0} was changed or replaced by another program, perhaps one that synchronises the folder. Nothing "
        "was overwritten."
    )
    return words.format(path.name)


def what_is_safe(lost: NotSaved, saved_at: str) -> str:
    """Return what is safe and what to do next; `saved_at` is the time of the last commit."""
    if isinstance(lost, FileGone):
        return _tr(
            "Everything that you see is safe as long as this window is open. Bring the file back, or save "
            "elsewhere."
        )
    if isinstance(lost, TakenOver):
        return _tr(
            "Everything up to {0} is safe in the file. To go on writing here, save elsewhere; “Back to what "
            "is saved” shows the file for reading only."
        ).format(saved_at)
    return _tr(
        "Everything that you see is safe as long as this window is open. “Keep both versions” saves it as a "
        "copy and shows what is in the file now."
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("LostWords", words)
