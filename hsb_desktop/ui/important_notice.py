"""Something that nobody should miss, above what is worked on, until somebody puts it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.ui.button_rows import ButtonRows


class ImportantNotice(QWidget):
    """Says it in a heading and a text; with `act` there is a button, with `act_words` on it, for more."""

    def __init__(
        self,
        title: str,
        text: str,
        act_words: str = "",
        act: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("important_notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        unit = self.fontMetrics().height()
        layout.setContentsMargins(unit, unit // 2, unit, unit // 2)
        for name, words in (("notice_title", title), ("notice_text", text)):
            label = QLabel(words)
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        buttons = []
        if act is not None:
            acting = QPushButton(act_words)
            acting.setObjectName("notice_act_button")
            acting.clicked.connect(act)
            buttons.append(acting)
        away = QPushButton(self.tr("Put away"))
        away.setObjectName("notice_away_button")
        away.setAccessibleName(self.tr("Put away: {0}").format(title))
        away.clicked.connect(self.put_away)
        layout.addWidget(ButtonRows([*buttons, away], self))
        self.setAccessibleName(f"{title}\n{text}")

    def announce(self) -> None:
        """Let a screen reader say it."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def put_away(self) -> None:
        """Go out of sight; a second call does nothing."""
        self.hide()
