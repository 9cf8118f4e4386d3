"""A message and the buttons to answer it: it fits the screen, however long it is and large the letters."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStyle, QVBoxLayout, QWidget

from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, plain_label

_CHARACTERS_WIDE = 64


class MessageKind(Enum):
    """What a message is; the value is its picture."""

    WARNING = QStyle.StandardPixmap.SP_MessageBoxWarning
    QUESTION = QStyle.StandardPixmap.SP_MessageBoxQuestion
    ERROR = QStyle.StandardPixmap.SP_MessageBoxCritical


class MessageDialog(DialogFrame):
    """Shows a message literally. With `go_on` it asks, and Enter and Esc leave everything as it is."""

    def __init__(
        self,
        kind: MessageKind,
        text: str,
        details: str = "",
        *,
        go_on: str = "",
        leave: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "message_dialog", "")
        self.setWindowTitle(self.tr("HSB Audit Workshop"))
        self.setAccessibleDescription(f"{text}\n{details}".strip())
        self.characters_wide = _CHARACTERS_WIDE
        self.text = _selectable("message_text", text)
        self.details = _selectable("message_details", details)
        self.details.setVisible(bool(details))
        self._assemble_message(kind)
        if go_on:
            going_on = self.add_button("go_on_button", go_on, Role.AcceptRole)
            going_on.clicked.connect(self.accept)
        words = leave or (self.tr("Cancel") if go_on else self.tr("OK"))
        leaving = self.add_button("leave_button", words, Role.RejectRole, is_primary=True)
        leaving.clicked.connect(self.reject)
        leaving.setFocus()

    def _assemble_message(self, kind: MessageKind) -> None:
        size = self.fontMetrics().height() * 2
        picture = QLabel()
        picture.setObjectName("message_picture")
        picture.setPixmap(self.style().standardIcon(kind.value).pixmap(size, size))
        words = QVBoxLayout()
        words.setSpacing(self.fontMetrics().height() // 2)
        words.addWidget(self.text)
        words.addWidget(self.details)
        words.addStretch()
        row = QHBoxLayout()
        row.setSpacing(self.fontMetrics().height())
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, stretch=1)
        self.body.addLayout(row)
        self.body.addStretch()


def _selectable(object_name: str, text: str) -> QLabel:
    label = plain_label(object_name, text)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
