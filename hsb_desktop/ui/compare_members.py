"""Which members of a comparison are laid over the radar: as many as can be told apart there."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

MOST_SHOWN = 5
"""With the median that makes six looks, which is what a radar on the screen has."""
_CHECKABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable


class CompareMembers(QListWidget):
    """A list of letters or names with a box to check before each."""

    checked_changed = Signal()
    """What is checked is not what it was."""
    too_many = Signal()
    """Somebody checked one more than can be told apart; it was not taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compared_members")
        self.itemChanged.connect(self._on_item_changed)

    def show_members(self, names: Sequence[str], details: Sequence[str]) -> None:
        """Show members in this order, the first of them checked; `details` are none, or one for each."""
        with QSignalBlocker(self):
            self.clear()
            for place, name in enumerate(names):
                item = QListWidgetItem(name)
                item.setFlags(_CHECKABLE)
                # Words of a file are never markup.
                item.setToolTip(f"<p>{escape(details[place])}</p>" if details else "")
                item.setCheckState(_state(is_checked=place < MOST_SHOWN))
                self.addItem(item)

    def checked(self) -> list[int]:
        """Return the places of those that are checked."""
        return [row for row in range(self.count()) if self.item(row).checkState() == _state(is_checked=True)]

    def _on_item_changed(self, changed: QListWidgetItem) -> None:
        if len(self.checked()) <= MOST_SHOWN:
            self.checked_changed.emit()
            return
        with QSignalBlocker(self):
            changed.setCheckState(_state(is_checked=False))
        self.too_many.emit()


def _state(*, is_checked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked
