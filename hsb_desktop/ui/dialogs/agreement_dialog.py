"""What is agreed on one statement: another score with its reason, what would help, and dissent."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hsb_desktop.analysis.consensus import QUESTION
from hsb_desktop.operations.agreeing import Wish
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.filled_line import FilledLine
from hsb_desktop.ui.dialogs.text_field import TextField
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.strip_words import recommendation_in_words, strip_content


class AgreementDialog(DialogFrame):
    """Asks for score, reason, who agreed, what would help and dissent, enters them as one undo step."""

    def __init__(
        self, session: AuditSession, statement_id: str, parent: QWidget | None = None, *, with_names: bool
    ) -> None:
        """`with_names` says who gave which score: on a projected screen names come after the head-count."""
        super().__init__(parent, "agreement_dialog", "")
        self.setWindowTitle(self.tr("Agreement on {0}").format(statement_id))
        self._session = session
        self._statement_id = statement_id
        audit = session.shown
        content = strip_content(audit, session.wave_id, statement_id)
        agreement = content.standing.agreement
        recommended = content.standing.recommendation
        self._recommended = recommended.score if recommended is not None else None
        self.add_title(self.tr("Agreement on {0}").format(statement_id))
        self.add_text("statement_text", audit.instrument.statement(statement_id).full_text, "muted")
        if words := recommendation_in_words(content, with_names=with_names):
            self.add_text("calculation", words)
        self.score = ChoiceBox("agreed_score")
        self.score.addItem(self.tr("Not agreed yet"), None)
        for point in audit.instrument.scale:
            self.score.addItem(f"{point.score} · {point.label}", point.score)
        self.score.setCurrentIndex(max(self.score.findData(content.standing.agreed_score), 0))
        self.reason = TextField("agreement_reason", agreement.reason)
        self.agreed_by = FilledLine("agreed_by", agreement.agreed_by)
        self.what_would_help = TextField("what_would_help_edit", agreement.what_would_help)
        self.dissent = TextField("dissent_edit", agreement.dissent, lines=2)
        self.add_field(self.tr("Agreed score"), self.score)
        self.add_field(
            self.tr("Reason"),
            self.reason,
            self.tr("Needed where the score is another than the recommended one. It is kept and printed."),
        )
        self.add_field(
            self.tr("Who agreed"), self.agreed_by, self.tr("Names or roles; needed beside a reason.")
        )
        self.add_field(
            QUESTION, self.what_would_help, self.tr("The answer becomes a suggested action for the plan.")
        )
        self.add_field(
            self.tr("Dissent (optional)"),
            self.dissent,
            self.tr("Which agency wants it noted that it does not agree, and why. Printed as dissent."),
        )
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        save = self.add_button("save_button", self.tr("Save agreement"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.let_go)
        save.clicked.connect(self._on_save_clicked)
        self.score.setFocus()
        self.guard(lambda: self.wish)

    @classmethod
    def ask(
        cls,
        session: AuditSession,
        statement_id: str,
        parent: QWidget | None = None,
        *,
        at_help: bool = False,
        with_names: bool = True,
    ) -> None:
        """Let a person write down what was agreed; with `at_help` the dialog opens at that question."""
        session.flush()
        dialog = cls(session, statement_id, parent, with_names=with_names)
        if at_help:
            dialog.what_would_help.setFocus()
        dialog.exec()
        dialog.deleteLater()

    @property
    def wish(self) -> Wish:
        """What stands in the dialog."""
        return Wish(
            self.score.currentData(),
            self.reason.entered(),
            self.agreed_by.entered(),
            self.what_would_help.entered(),
            self.dissent.entered(),
        )

    def _on_save_clicked(self) -> None:
        wish = self.wish
        if wish.score is not None and wish.score != self._recommended:
            if not wish.reason.strip():
                words = self.tr("Another score than the recommended one needs a reason.")
                self.show_problem(words, self.reason)
                return
            if not wish.agreed_by.strip():
                self.show_problem(self.tr("Write who agreed to this score."), self.agreed_by)
                return
        rounds = self._session.rounds
        rounds.refused.connect(self._on_refused)
        taken_in = rounds.agree(self._statement_id, wish)
        rounds.refused.disconnect(self._on_refused)
        if taken_in:
            self.accept()

    def _on_refused(self, _statement_id: str, words: str) -> None:
        self.show_problem(words)
