"""The line that says that the shown wave is locked, and leads to unlocking it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from hsb_desktop.ui.session import AuditSession

_LONGEST_LABEL = 40


class LockLine(QWidget):
    """Is seen only while the session's wave is locked: says why nothing can be typed, in one line."""

    unlock_wanted = Signal()

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self.words = QLabel(self)
        self.words.setObjectName("lock_words")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.unlock = QPushButton(self.tr("Unlock…"), self)
        self.unlock.setObjectName("unlock_button")
        self.unlock.setProperty("role", "link")
        layout = self._layout = QHBoxLayout(self)
        unit = self.fontMetrics().height()
        layout.setContentsMargins(unit, unit // 6, unit, unit // 6)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignVCenter)
        self.unlock.clicked.connect(self.unlock_wanted)
        for changed in (session.details_changed, session.wave_changed):
            changed.connect(self.refresh)
        self.refresh()

    def set_font(self, font: QFont) -> None:
        """Use other letters than the style's."""
        self.words.setFont(font)
        self.unlock.setFont(font)
        self._layout.setContentsMargins(QFontMetrics(font).height(), 0, 0, 0)

    def refresh(self) -> None:
        """Show what the session has."""
        session = self._session
        if session.is_locked:
            label = session.audit.wave(session.wave_id).label
            if len(label) > _LONGEST_LABEL:
                label = f"{label[:_LONGEST_LABEL].rstrip()}…"
            self.words.setText(self.tr("{0} is locked: it can be read, not changed.").format(label))
            self.unlock.setAccessibleName(self.tr("Unlock {0}").format(label))
            self.unlock.setVisible(not session.is_read_only)
        self.setVisible(session.is_locked)
