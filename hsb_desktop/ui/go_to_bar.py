"""Ctrl+G: goes to a statement by its number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from hsb_desktop.analysis.search import statement_for_number
from hsb_desktop.ui.session import AuditSession


class GoToBar(QWidget):
    """Takes a number such as 3.2 or 1.6b; a number that there is not is said, and stays in the line."""

    statement_chosen = Signal(str)
    closed = Signal()

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("go_to_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        label = QLabel(self.tr("Go to statement"), self)
        self.line = QLineEdit(self)
        self.line.setObjectName("go_to_line")
        self.line.setAccessibleName(self.tr("Go to statement number"))
        self.line.setPlaceholderText("3.2")
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QPushButton(self.tr("Close"), self)
        self._close.setProperty("role", "link")

        layout = QHBoxLayout(self)
        for widget in (label, self.line):
            layout.addWidget(widget)
        layout.addWidget(self._said, 1)
        layout.addWidget(self._close)

        self.line.returnPressed.connect(self._on_return_pressed)
        self._close.clicked.connect(self._on_close)

    def open(self) -> None:
        """Show the bar with the keyboard in it."""
        self._said.clear()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def _on_return_pressed(self) -> None:
        statement_id = statement_for_number(self._session.audit, self.line.text())
        if statement_id is None:
            self._said.setText(self.tr("There is no statement {0}").format(self.line.text()))
        else:
            self.hide()
            self.statement_chosen.emit(statement_id)

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
