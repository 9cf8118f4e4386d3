"""Each agency's own answer to one statement, its evidence and assurance, beside the partnership's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from hsb_desktop.analysis.last_time import last_time, previous_wave_id
from hsb_desktop.analysis.rounds import open_round
from hsb_desktop.model import Answer
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, labelled, plain_label, side_by_side
from hsb_desktop.ui.history_flows import show_agency_history
from hsb_desktop.ui.last_time_line import in_short
from hsb_desktop.ui.score_selector import ScoreSelector
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.text_box import TextBox, disclosure_hint
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, ResponseKey, ValueAddress, response_address

if TYPE_CHECKING:
    from hsb_desktop.analysis.privacy import Finding

_CHARACTERS_WIDE = 110


class AgencyAnswersDialog(DialogFrame):
    """Shows one agency at a time. What is typed is kept as typed; a score is an answer outside a blind round.

    While a round is open, scores are recorded there, unseen, and not here.
    """

    def __init__(
        self, session: AuditSession, appearance: Appearance, statement_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "agency_answers_dialog", "")
        self.setWindowTitle(self.tr("Agencies on {0}").format(statement_id))
        self.characters_wide = _CHARACTERS_WIDE
        self._session = session
        self._appearance = appearance
        self._statement_id = statement_id
        audit = session.shown
        self._wave_id = session.wave_id
        self._locked = any(w.is_locked for w in audit.waves if w.wave_id == self._wave_id)
        self._create_fields()
        self._assemble_fields()
        self._connect()
        self._fill_agencies()
        self._show()
        self.agency.setFocus()

    @classmethod
    def show_for(
        cls,
        session: AuditSession,
        appearance: Appearance,
        statement_id: str,
        parent: QWidget | None = None,
        *,
        finding: Finding | None = None,
    ) -> None:
        """Show the answers until the dialog is closed, at first what was found in one of them."""
        session.flush()
        dialog = cls(session, appearance, statement_id, parent)
        if finding is not None:
            dialog.go_to(finding)
        dialog.exec()
        dialog.deleteLater()

    def _create_fields(self) -> None:
        self.agency = ChoiceBox("agency_choice")
        self.score_selector = ScoreSelector(self._session.audit.instrument, self._appearance)
        self.no_view = QPushButton(self.tr("No view"))
        self.no_view.setObjectName("no_view")
        self.no_view.setAccessibleName(self.tr("No view: the agency cannot judge this statement"))
        self.no_view.setCheckable(True)
        self.no_view.setProperty("role", "vote")
        self.no_view.setToolTip(self.tr("The agency cannot judge this statement"))
        self.note = plain_label("answer_note", role="muted")
        self.reason = self._box("no_view_reason_edit")
        self.evidence = self._box("agency_evidence_edit")
        self.assurance = self._box("agency_assurance_edit")
        self.take_over = QPushButton(self.tr("Add to what the partnership says"))
        self.take_over.setObjectName("take_over")
        self.take_over.setProperty("role", "link")
        self.take_over.setAutoDefault(False)
        self.take_over.setToolTip(
            self.tr("Puts this agency’s evidence and assurance, with its name, below the partnership’s own")
        )
        self.take_over.clicked.connect(self._take_over)
        self.last_time = plain_label("agency_last_time", role="muted")
        self.partnership = plain_label("partnership_words", role="muted")

    def _box(self, name: str) -> TextBox:
        box = TextBox(self._session, self._appearance)
        box.setObjectName(name)
        box.setPlaceholderText(disclosure_hint(box))
        return box

    def _assemble_fields(self) -> None:
        audit = self._session.shown
        self.add_title(self.tr("Agencies on {0}").format(self._statement_id))
        self.add_text("statement_text", audit.instrument.statement(self._statement_id).full_text, "muted")
        self.add_field(self.tr("Agency"), self.agency)
        self.body.addWidget(self.score_selector)
        self.body.addWidget(self.note)
        self.body.addWidget(self.no_view, 0, Qt.AlignmentFlag.AlignLeft)
        self._reason_row = labelled(self.tr("Why it has no view (optional)"), self.reason)
        self.body.addWidget(self._reason_row)
        self.body.addWidget(
            side_by_side(
                labelled(self.tr("Its evidence"), self.evidence),
                labelled(self.tr("Its assurance"), self.assurance),
            )
        )
        self.body.addWidget(self.take_over, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.last_time)
        self.body.addWidget(self.partnership)
        self.body.addStretch()
        self.history = self.add_button("agency_history", self.tr("History"), Role.ActionRole)
        self.history.clicked.connect(lambda: show_agency_history(self._session, self._key, self))
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        close.clicked.connect(self.reject)

    def _connect(self) -> None:
        self.agency.currentIndexChanged.connect(self._on_agency_chosen)
        self.score_selector.score_chosen.connect(self._answer)
        self.no_view.clicked.connect(lambda checked: self._answer(NO_VIEW if checked else None))
        for box, field in (
            (self.reason, "no_view_reason"),
            (self.evidence, "evidence"),
            (self.assurance, "assurance"),
        ):
            box.text_committed.connect(
                lambda text, field=field: self._session.set_agency_text(self._key, field, text)
            )
        self._session.agencies_changed.connect(self._on_agencies_changed)
        self._session.response_changed.connect(self._on_response_changed)
        self._session.rounds.refused.connect(self._on_refused)
        # A window that is behind a dialog does not get its own keys.
        for keys, step in (("Ctrl+Z", self._session.undo), ("Ctrl+Shift+Z", self._session.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(step)

    def _fill_agencies(self) -> None:
        audit = self._session.shown
        part = audit.agencies_in(self._wave_id) or audit.agencies
        answered = {key.party_id for key in audit.responses if key.statement_id == self._statement_id}
        self.agency.blockSignals(True)
        for agency in audit.agencies:
            if agency in part or agency.agency_id in answered:
                self.agency.addItem(agency.name, agency.agency_id)
        self.agency.blockSignals(False)
        self._agency_id: str = self.agency.currentData() or ""

    def go_to(self, finding: Finding) -> None:
        """Show the agency whose answer holds what was found, with it selected."""
        _, agency_id, _ = finding.address.key
        self.agency.setCurrentIndex(max(self.agency.findData(agency_id), 0))
        boxes = {"no_view_reason": self.reason, "evidence": self.evidence, "assurance": self.assurance}
        box = boxes.get(finding.address.field)
        if box is not None and self._agency_id == agency_id:
            box.select(finding.start, finding.end)
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown --------------------------------------------------------------------------------------

    @property
    def _key(self) -> ResponseKey:
        return ResponseKey(self._wave_id, self._agency_id, self._statement_id)

    def _show(self) -> None:
        audit = self._session.shown
        response = audit.response(self._key)
        is_open = open_round(audit, self._wave_id, self._statement_id) is not None
        may_edit = not self._session.is_read_only and not self._locked
        self.score_selector.show_score(response.score)
        self.score_selector.set_enabled(may_edit and not is_open)
        self.no_view.setChecked(response.no_view)
        self.no_view.setEnabled(may_edit and not is_open)
        self._reason_row.setVisible(response.no_view or bool(response.no_view_reason))
        self.reason.show_text(response.no_view_reason)
        self.evidence.show_text(response.evidence)
        self.assurance.show_text(response.assurance)
        for box in (self.reason, self.evidence, self.assurance):
            if not may_edit:
                box.setReadOnly(True)
        if is_open:
            words = self.tr("A round is open: its answers are recorded there, unseen.")
        elif self._locked:
            words = self.tr("This wave is locked. Unlock it to change anything in it.")
        elif response.score is not None:
            words = f"{response.score} · {audit.instrument.scale_point(response.score).label}"
        else:
            words = self.tr("No view") if response.no_view else self.tr("Not answered")
        self.note.setText(words)
        self.take_over.setVisible(may_edit and bool(tuple(self._taken_over())))
        self._show_history_button(is_open=is_open)
        self._show_last_time()
        agreed = audit.agreed(self._wave_id, self._statement_id)
        score = self.tr("not scored") if agreed.score is None else str(agreed.score)
        lines = [self.tr("Agreed by the partnership: {0}").format(score)]
        if agreed.evidence:
            lines.append(self.tr("Evidence: {0}").format(agreed.evidence))
        if agreed.assurance:
            lines.append(self.tr("Assurance: {0}").format(agreed.assurance))
        self.partnership.setText("\n".join(lines))

    def _show_history_button(self, *, is_open: bool) -> None:
        """Offer what was changed in the agency's answer; not while votes are kept unseen.

        A reveal that was undone stands in it.
        """
        tip = self.tr("Who changed this agency’s answer, when, from and to")
        if is_open:
            tip = self.tr("A round is open: its history is shown after the reveal.")
        self.history.setToolTip(tip)
        self.history.setAccessibleDescription(tip)
        self.history.setEnabled(not is_open)

    def _show_last_time(self) -> None:
        """Say what the agency itself answered in the wave before, beside what it answers now."""
        audit, key = self._session.shown, self._key
        last = last_time(audit, key)
        self.last_time.setVisible(previous_wave_id(audit, key.wave_id) is not None)
        lines = [in_short(audit, key, last)]
        if last is not None:
            told = (
                (self.tr("Why no view last time: {0}"), last.response.no_view_reason),
                (self.tr("Evidence last time: {0}"), last.response.evidence),
                (self.tr("Assurance last time: {0}"), last.response.assurance),
            )
            lines.extend(words.format(text) for words, text in told if text)
        self.last_time.setText("\n".join(lines))

    def _on_agency_chosen(self, _place: int) -> None:
        self._commit()
        self._agency_id = self.agency.currentData() or ""
        self._session.end_visit()
        self.show_problem("")
        self._show()

    def _on_agencies_changed(self, statement_id: str) -> None:
        if statement_id == self._statement_id:
            self._show()

    def _on_response_changed(self, key: ResponseKey) -> None:
        """The partnership's own words stand here, too."""
        self._on_agencies_changed(key.statement_id)

    def _on_refused(self, statement_id: str, words: str) -> None:
        if statement_id == self._statement_id:
            self.show_problem(words)
            self._show()

    def _answer(self, value: Answer | None) -> None:
        self.show_problem("")
        self._session.rounds.answer(self._statement_id, self._agency_id, value)

    def _take_over(self) -> None:
        self._commit()
        words = self.tr("what {0} says on {1}")
        name = self._session.shown.party_name(self._agency_id)
        self._session.change(words.format(name, self._statement_id), tuple(self._taken_over()))

    def _taken_over(self) -> Iterator[tuple[ValueAddress, str]]:
        """Yield the partnership's texts with this agency's below them, unless they are there already."""
        audit = self._session.shown
        key = self._key._replace(party_id=PARTNERSHIP)
        response, agreed = audit.response(self._key), audit.response(key)
        for name in ("evidence", "assurance"):
            said, own = getattr(response, name).strip(), getattr(agreed, name)
            if said and said not in own:
                added = f"{audit.party_name(self._agency_id)}: {said}"
                yield response_address(key, name), f"{own.rstrip()}\n{added}" if own.strip() else added

    def _commit(self) -> None:
        for box in (self.reason, self.evidence, self.assurance):
            box.commit()

    def done(self, result: int) -> None:
        """Keep what is typed, whichever way the dialog is left."""
        self._commit()
        super().done(result)
