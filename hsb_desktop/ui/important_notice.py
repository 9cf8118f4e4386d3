"""Something that nobody should miss, above what is worked on, until somebody puts it away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from hsb_desktop.ui.button_rows import ButtonRows
from hsb_desktop.ui.scrolled_words import ScrolledWords, words_label

_LARGEST_SHARE = 0.18
"""How much of the page's height the words take at most: another banner may be below."""


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
        self._lines = layout = QVBoxLayout(self)
        unit = self.fontMetrics().height()
        layout.setContentsMargins(unit, unit // 2, unit, unit // 2)
        labels = [words_label("notice_title", title), words_label("notice_text", text)]
        for label in labels:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words = ScrolledWords(labels, self)
        self._words.setAccessibleName(title)
        layout.addWidget(self._words)
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

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def fit(self) -> None:
        """Take the height that the words need, a part of the page's at most."""
        margins = self._lines.contentsMargins()
        parent = self.parentWidget() or self
        width = self.width() - margins.left() - margins.right()
        self._words.fit(width, round(parent.height() * _LARGEST_SHARE))

    def announce(self) -> None:
        """Let a screen reader say it."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def put_away(self) -> None:
        """Go out of sight; a second call does nothing."""
        self.hide()
