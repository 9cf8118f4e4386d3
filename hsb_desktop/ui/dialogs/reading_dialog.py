"""How the partnership reads a statement whose words can be read differently."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.text_field import TextField
from hsb_desktop.ui.session import AuditSession

_LINES = 5


class ReadingDialog(DialogFrame):
    """Asks for the reading and enters it as one step of undo."""

    def __init__(self, session: AuditSession, statement_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, "reading_dialog", "")
        self._session = session
        self._statement_id = statement_id
        audit = session.shown
        title = self.tr("Our reading of {0}").format(statement_id)
        self.setWindowTitle(title)
        self.add_title(title)
        self.add_text("statement_text", audit.instrument.statement(statement_id).full_text, "muted")
        self.text = TextField("reading_edit", audit.readings.get(statement_id, ""), lines=_LINES)
        self.add_field(
            self.tr("How we read it"),
            self.text,
            self.tr(
                "For example what “confident” or “high quality” means here. It is kept for later waves, so "
                "that they are scored on the same reading, and printed."
            ),
        )
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        save = self.add_button("save_button", self.tr("Save reading"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.let_go)
        save.clicked.connect(self._on_save_clicked)
        self.text.setFocus()
        self.guard(self.text.entered)

    @classmethod
    def ask(cls, session: AuditSession, statement_id: str, parent: QWidget | None = None) -> None:
        """Let a person write down the reading."""
        session.flush()
        dialog = cls(session, statement_id, parent)
        dialog.exec()
        dialog.deleteLater()

    def _on_save_clicked(self) -> None:
        rounds = self._session.rounds
        rounds.refused.connect(self._on_refused)
        taken_in = rounds.note_reading(self._statement_id, self.text.entered())
        rounds.refused.disconnect(self._on_refused)
        if taken_in:
            self.accept()

    def _on_refused(self, _statement_id: str, words: str) -> None:
        self.show_problem(words)
