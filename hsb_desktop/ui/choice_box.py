"""A drop-down list that only a deliberate choice changes."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """A combo box that leaves to what is around it what was meant for that: the wheel, Enter in its line."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        # Long entries are cut off rather than making the dialog wider than the screen.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Here, because the first paint comes sooner without the enumerations of Qt.
        from PySide6.QtCore import Qt

        if self.isEditable() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Qt would keep it where the words are one of the entries: the dialog's button is not pressed.
            event.ignore()
            return
        super().keyPressEvent(event)
