"""The whole audit at a glance: who, when, how far, and what needs another look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.progress import progress
from hsb_desktop.analysis.scoring import domain_scores, weakest, written_mean
from hsb_desktop.analysis.wave_dates import DueState, next_due
from hsb_desktop.model import Statement
from hsb_desktop.ui.due_words import due_in_words
from hsb_desktop.ui.elided_link import ElidedLink
from hsb_desktop.ui.mean_bar import MeanBar
from hsb_desktop.ui.page_scroll import PageScroll
from hsb_desktop.ui.radar.radar_series import own_words
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.tab_order import put_in_order
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP

_LONGEST_LIST = 12


class OverviewTab(PageScroll):
    """Shows the session's audit as a whole; each line goes to its statement or domain."""

    statement_chosen = Signal(str)
    domain_chosen = Signal(str)
    details_wanted = Signal()
    report_wanted = Signal()
    movement_wanted = Signal()

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overview_tab")
        self._session = session
        self._appearance = appearance
        self._is_stale = True
        self._create()
        self._assemble()
        self._connect()

    def _create(self) -> None:
        self._content = QWidget()
        self._content.setObjectName("scroll_content")
        self._title = QLabel(self._content)
        self._title.setProperty("role", "title")
        self._facts = QLabel(self._content)
        for label in (self._title, self._facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._links: list[QWidget] = []
        self._details = QPushButton(self.tr("Audit details…"), self._content)
        self._details.setObjectName("details_button")
        self._moved = QPushButton(self.tr("What moved…"), self._content)
        self._moved.setObjectName("movement_button")
        self._due = QLabel(self._content)
        self._due.setObjectName("due_line")
        self._due.setTextFormat(Qt.TextFormat.PlainText)
        self._due.setWordWrap(True)
        self._report = QPushButton(self.tr("Report…"), self._content)
        self._report.setObjectName("report_button")
        self._report.setProperty("role", "primary")

    def _assemble(self) -> None:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._facts)
        words.addWidget(self._due)
        head.addLayout(words, 1)
        head.addWidget(self._details, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._moved, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._report, 0, Qt.AlignmentFlag.AlignTop)
        self._domains = QGridLayout()
        self._domains.setColumnStretch(1, 1)
        self._lists = QVBoxLayout()
        self._layout = QVBoxLayout(self._content)
        self._layout.addLayout(head)
        self._layout.addLayout(self._domains)
        self._layout.addLayout(self._lists)
        self._layout.addStretch(1)
        self.setWidget(self._content)
        self._size()

    def _connect(self) -> None:
        # What stands there is the audit's that the pack goes back to, and does not go back with it.
        self._details.setVisible(self._session.audit.pack is None)
        self._details.clicked.connect(self.details_wanted)
        self._report.clicked.connect(self.report_wanted)
        self._moved.clicked.connect(self.movement_wanted)
        for signal in (self._session.audit_changed, self._session.wave_changed):
            signal.connect(self._on_audit_changed)

    # What is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the session has."""
        self._is_stale = False
        self._links.clear()
        self._show_facts()
        self._show_domains()
        self._show_lists()
        put_in_order(self.stops())

    def stops(self) -> list[QWidget]:
        """Return what can take the keyboard on the page, from the top down."""
        return [self._details, self._moved, self._report, *self._links]

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._size()
        self._on_audit_changed()

    def showEvent(self, event: QShowEvent) -> None:  # Qt's own name
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _on_audit_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def _show_facts(self) -> None:
        audit, wave_id = self._session.audit, self._session.wave_id
        details, wave = audit.details, audit.wave(wave_id)
        self._title.setText(details.title or details.area)
        facts = [details.area, f"{wave.label} · {written_date(wave.held_on)}".strip(" ·")]
        names = ", ".join(agency.name for agency in audit.agencies_in(wave_id))
        if names:
            facts.append(self.tr("Taking part: {0}").format(names))
        coordinator = ", ".join(filter(None, (details.coordinator_name, details.coordinator_role)))
        if coordinator:
            facts.append(self.tr("Coordinator: {0}").format(coordinator))
        if details.marking:
            facts.append(self.tr("Protective marking: {0}").format(details.marking))
        facts.append(f"{audit.instrument.title} · {audit.instrument.edition}")
        self._facts.setText("\n".join(filter(None, facts)))
        self._moved.setVisible(len(audit.waves) > 1)
        self._show_due()

    def _show_due(self) -> None:
        today = date.today()
        # When the next wave is due is nothing to whoever fills in a pack of this one.
        is_pack = self._session.audit.pack is not None
        due = None if is_pack else next_due(self._session.audit, today)
        self._due.setVisible(due is not None)
        if due is None:
            return
        is_near = due.state is not DueState.AHEAD
        words = due_in_words(due, today)
        self._due.setText(f"⚠ {words}" if is_near else words)
        self._due.setProperty("role", "warning" if is_near else "muted")
        self._due.style().unpolish(self._due)
        self._due.style().polish(self._due)

    def _show_domains(self) -> None:
        _empty(self._domains)
        audit, wave_id = self._session.audit, self._session.wave_id
        for row, score in enumerate(domain_scores(audit, wave_id, self._session.party_id)):
            domain = audit.instrument.domain(score.domain_id)
            button = _link(f"{domain.domain_id}  {domain.short_title}")
            button.setAccessibleName(self.tr("Go to domain {0}: {1}").format(domain.domain_id, domain.title))
            button.clicked.connect(lambda _=False, wanted=domain.domain_id: self.domain_chosen.emit(wanted))
            bar = MeanBar(
                domain.short_title, score.mean, self._appearance, is_part_scored=score.is_part_scored
            )
            mean = "–" if score.mean is None else self.tr("mean {0}").format(written_mean(score.mean))
            mean_label = QLabel(mean)
            mean_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            words = self.tr("{0} of {1} scored")
            if score.is_part_scored:
                words = self.tr("{0} of {1}: part scored")
            if self._session.party_id != PARTNERSHIP:
                # No view is an answer, too.
                words = self.tr("{0} of {1} answered")
            answered = self._session.standing.answered_in(score.domain_id)
            count = QLabel(words.format(answered, score.statements))
            count.setProperty("role", "muted")
            self._links.append(button)
            for column, widget in enumerate((button, bar, mean_label, count)):
                self._domains.addWidget(widget, row, column)

    def _show_lists(self) -> None:
        _empty(self._lists)
        audit, wave_id = self._session.audit, self._session.wave_id
        self._show_questions()
        stand = progress(audit, wave_id, self._session.party_id)
        self._show_list(
            self.tr("⚠ Scored 3 or 4 without evidence: the score contradicts its own descriptor"),
            stand.high_without_evidence,
        )
        self._show_list(self.tr("Not scored yet"), stand.not_scored)
        if stand.scored:
            self._show_list(self.tr("Weakest"), weakest(audit, wave_id))
        self._show_list(self.tr("Scored 1 or 2 without evidence"), stand.low_without_evidence)

    def _show_questions(self) -> None:
        """What copies answered differently, of all waves: it waits for somebody wherever it is."""
        questions = self._session.questions
        if not questions:
            return
        from hsb_desktop.ui.merge_words import PlaceWords, question_in_words

        self._add_heading(self.tr("⚠ Answers differ and wait to be settled"), len(questions))
        places = PlaceWords.of(self._session.audit)
        for question in questions[:_LONGEST_LIST]:
            line = ElidedLink(f"{places(question.address)}   {question_in_words(question)}")
            line.setAccessibleName(self.tr("Settle: {0}").format(places(question.address)))
            line.clicked.connect(
                lambda _=False, wanted=question.statement_id: self._session.settling_wanted.emit(wanted)
            )
            self._lists.addWidget(line)
            self._links.append(line)
        if len(questions) > _LONGEST_LIST:
            self._lists.addWidget(QLabel(self.tr("and {0} more").format(len(questions) - _LONGEST_LIST)))

    def _add_heading(self, title: str, count: int) -> None:
        heading = QLabel(f"{title} ({count})")
        heading.setProperty("role", "section")
        heading.setWordWrap(True)
        self._lists.addWidget(heading)

    def _show_list(self, title: str, statements: Iterable[Statement]) -> None:
        found = tuple(statements)
        if not found:
            return
        self._add_heading(title, len(found))
        for statement in found[:_LONGEST_LIST]:
            response = self._session.audit.response(self._session.key(statement.statement_id))
            score = "–" if response.score is None else str(response.score)
            line = ElidedLink(f"{statement.statement_id}   [{score}]   {own_words(statement)}")
            line.setAccessibleName(
                self.tr("Go to {0}, score {1}: {2}").format(
                    statement.statement_id, score, statement.full_text
                )
            )
            line.clicked.connect(
                lambda _=False, wanted=statement.statement_id: self.statement_chosen.emit(wanted)
            )
            self._lists.addWidget(line)
            self._links.append(line)
        if len(found) > _LONGEST_LIST:
            self._lists.addWidget(QLabel(self.tr("and {0} more").format(len(found) - _LONGEST_LIST)))

    # Size -----------------------------------------------------------------------------------------------

    def _size(self) -> None:
        pixels = self._appearance.pixels
        self._layout.setContentsMargins(pixels(18), pixels(14), pixels(18), pixels(18))
        self._layout.setSpacing(pixels(14))
        self._domains.setHorizontalSpacing(pixels(14))
        self._domains.setVerticalSpacing(pixels(2))
        self._lists.setSpacing(pixels(1))


def _link(text: str) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"))
    button.setProperty("role", "link")
    button.setStyleSheet("text-align: left;")
    return button


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
