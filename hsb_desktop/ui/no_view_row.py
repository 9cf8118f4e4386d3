"""Under an agency's score: that it has no view on a statement, and why if it wants to say so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from hsb_desktop.interchange.text import kept_text
from hsb_desktop.model import Response
from hsb_desktop.ui.plain_button import plain_button
from hsb_desktop.ui.session import AuditSession


class NoViewRow(QWidget):
    """A line for the reason, there while the agency has no view; `button` stands among the score's.

    With `large` it is for the full screen, which has no other words for it and no Clear: the line says that
    there is no view, and the button takes it back.
    """

    def __init__(
        self,
        statement_id: str,
        session: AuditSession,
        parent: QWidget | None = None,
        *,
        large: bool = False,
    ) -> None:
        super().__init__(parent)
        self._large = large
        self.setObjectName("no_view_row")
        self._statement_id = statement_id
        self._session = session
        self.button = plain_button(self.tr("No view"), self)
        self.button.setObjectName("no_view_button")
        self.button.setProperty("role", "link")
        self.button.setToolTip(self.tr("Your agency cannot judge this statement (X)"))
        why = self.tr("Why, if you like:")
        self._label = QLabel(self.tr("No view. {0}").format(why) if large else why, self)
        self.reason_edit = QLineEdit(self)
        self.reason_edit.setObjectName("no_view_reason_edit")
        self._name(statement_id)
        self._label.setBuddy(self.reason_edit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        layout.addWidget(self.reason_edit, 1)
        self.button.clicked.connect(self.toggle)
        self.reason_edit.editingFinished.connect(self._commit)
        session.flush_requested.connect(self._commit)

    def stops(self) -> list[QWidget]:
        """Return where Tab stops in the line; `button` stands elsewhere."""
        return [self.reason_edit]

    def _name(self, statement_id: str) -> None:
        self.button.setAccessibleName(self.tr("No view on {0}").format(statement_id))
        self.reason_edit.setAccessibleName(self.tr("Why no view on {0}").format(statement_id))

    def show_statement(self, statement_id: str) -> None:
        """Be about another statement, once what is typed about the one before is kept."""
        self._commit()
        self._statement_id = statement_id
        self._name(statement_id)
        self.show_response(self._response())

    def set_font(self, font: QFont) -> None:
        """Use other letters than the style's."""
        for widget in (self.button, self._label, self.reason_edit):
            widget.setFont(font)

    def toggle(self) -> None:
        """Say that there is no view, or take that back."""
        if not self._session.may_edit:
            return
        if self._response().no_view:
            self._session.set_score(self._statement_id, None)
        else:
            self._session.set_no_view(self._statement_id)

    def show_response(self, response: Response) -> None:
        """Show what the session has."""
        self.button.setVisible((self._large or not response.no_view) and self._session.may_edit)
        if self._large:
            take_back = self.tr("Take “no view” back (X)")
            self.button.setText(take_back if response.no_view else self.tr("No view (X)"))
        self.setVisible(response.no_view)
        self.reason_edit.setReadOnly(not self._session.may_edit)
        if not (self.reason_edit.hasFocus() and self.reason_edit.isModified()):
            self.reason_edit.setText(response.no_view_reason)

    def focus_reason(self) -> None:
        """Put the keyboard on the reason."""
        self.reason_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _commit(self) -> None:
        if not self.reason_edit.isModified():
            return
        self.reason_edit.setModified(False)
        if self._response().no_view:
            text, _ = kept_text(self.reason_edit.text())
            self._session.set_no_view(self._statement_id, text.strip())

    def _response(self) -> Response:
        return self._session.shown.response(self._session.key(self._statement_id))
