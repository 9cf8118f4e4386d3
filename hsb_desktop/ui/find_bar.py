"""Ctrl+F: finds words in statements, evidence, assurance and comments."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.analysis.search import Match, find_text
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance

_MOST_SHOWN = 200


class FindBar(QWidget):
    """Lists where the words stand; choosing a line goes there, and the list stays until Esc."""

    match_chosen = Signal(object)
    closed = Signal()

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._appearance = appearance
        self._create()
        self._assemble()
        self._connect()

    def _create(self) -> None:
        self._label = QLabel(self.tr("Find"), self)
        self.line = QLineEdit(self)
        self.line.setObjectName("find_line")
        self.line.setAccessibleName(self.tr("Find in statements and texts"))
        self.line.setPlaceholderText(self.tr("words in statements, evidence, assurance, comments"))
        self._count = QLabel(self)
        self._count.setObjectName("find_count")
        self._close = QPushButton(self.tr("Close"), self)
        self._close.setProperty("role", "link")
        self.matches = QListWidget(self)
        self.matches.setObjectName("find_matches")
        self.matches.setAccessibleName(self.tr("Places found"))
        self.matches.hide()

    def _assemble(self) -> None:
        top = QHBoxLayout()
        for widget in (self._label, self.line, self._count, self._close):
            top.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.matches)

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text_changed)
        self.line.installEventFilter(self)
        self._close.clicked.connect(self._on_close)
        self.matches.itemClicked.connect(self._on_item_chosen)
        self.matches.itemActivated.connect(self._on_item_chosen)

    def open(self) -> None:
        """Show the bar with the keyboard in it."""
        self.matches.setMaximumHeight(self._appearance.pixels(190))
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._on_text_changed(self.line.text())

    def _on_text_changed(self, words: str) -> None:
        self._session.flush()
        found = find_text(self._session.audit, self._session.wave_id, words, self._session.party_id)
        self.matches.clear()
        for match in found[:_MOST_SHOWN]:
            item = QListWidgetItem(self._in_words(match))
            item.setData(Qt.ItemDataRole.UserRole, match)
            self.matches.addItem(item)
        self.matches.setVisible(bool(found))
        count = len(found)
        self._count.setText(counted(self.tr("%n place(s)", "", count), count) if words.strip() else "")

    def _in_words(self, match: Match) -> str:
        names = {
            "statement": self.tr("statement"),
            "evidence": self.tr("evidence"),
            "assurance": self.tr("assurance"),
            "comments": self.tr("comments on domain {0}").format(match.domain_id),
        }
        return f"{match.statement_id}  {names[match.field]}:  {match.excerpt}".strip()

    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        self.match_chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's own name
        """Let ↓ and Enter in the line move through the places found."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Up: -1}.get(
                Qt.Key(event.key())
            )
            if step and self.matches.count():
                row = (self.matches.currentRow() + step) % self.matches.count()
                self.matches.setCurrentRow(row)
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self._on_item_chosen(self.matches.item(row))
                return True
        return super().eventFilter(watched, event)
