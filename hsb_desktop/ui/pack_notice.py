"""The line above a pack: what is to be done with it in short, and in full for those who ask."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from hsb_desktop.model import Audit
from hsb_desktop.ui.pack_words import how_to_fill_in, how_to_fill_in_short, pack_title
from hsb_desktop.ui.scrolled_words import ScrolledWords, words_label

_LARGEST_SHARE = 0.18
"""How much of the page's height the words take at most; they are scrolled beyond it."""


class PackNotice(QWidget):
    """Says in a line or two how a pack is filled in; "More" says all of it, "Put away" hides it."""

    def __init__(self, audit: Audit, file_name: str, parent: QWidget) -> None:
        """`parent` is the page, above whose tabs it stands."""
        super().__init__(parent)
        self.setObjectName("pack_notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._short = how_to_fill_in_short(audit)
        self._whole = how_to_fill_in(audit, file_name)
        title = pack_title(audit)
        self._label = words_label("notice_text", self._short)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words = ScrolledWords([self._label], self)
        self._words.setAccessibleName(self._whole)
        self.more = _link(self.tr("More"), "notice_more_button", self)
        self.more.setToolTip(self.tr("All of what is to be done with this file"))
        self.more.clicked.connect(self._toggle)
        self.away = _link(self.tr("Put away"), "notice_away_button", self)
        self.away.setAccessibleName(self.tr("Put away: {0}").format(title))
        self.away.clicked.connect(self.hide)
        unit = self.fontMetrics().height()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(unit, unit // 3, unit, unit // 3)
        layout.setSpacing(unit // 2)
        layout.addWidget(self._words, 1)
        for button in (self.more, self.away):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{title}\n{self._whole}")

    def announce(self) -> None:
        """Let a screen reader say all of it."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:  # Qt's own name
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Take the height that the words need, a part of the page's at most."""
        margins, layout = self.contentsMargins(), self.layout()
        assert layout is not None  # it is made with one
        beside = sum(button.sizeHint().width() + layout.spacing() for button in (self.more, self.away))
        inner = layout.contentsMargins()
        around = margins.left() + margins.right() + inner.left() + inner.right()
        parent = self.parentWidget() or self
        self._words.fit(self.width() - around - beside, round(parent.height() * _LARGEST_SHARE))

    def _toggle(self) -> None:
        is_short = self._label.text() == self._short
        self._label.setText(self._whole if is_short else self._short)
        self.more.setText(self.tr("Less") if is_short else self.tr("More"))
        self.fit()


def _link(words: str, name: str, parent: QWidget) -> QPushButton:
    link = QPushButton(words, parent)
    link.setObjectName(name)
    link.setProperty("role", "link")
    return link
