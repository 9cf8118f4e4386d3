"""What moved between two waves, and why: per domain and per statement, like for like."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from hsb_desktop.analysis.movement import Movement, StatementMove, movement
from hsb_desktop.analysis.overlays import own_words
from hsb_desktop.analysis.scoring import has_evidence, written_mean
from hsb_desktop.model import Audit, Response, Wave
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import SHARE_OF_SCREEN, DialogFrame, Role, labelled, side_by_side
from hsb_desktop.ui.dialogs.reading_text import ReadingText
from hsb_desktop.ui.movement_words import (
    change_in_words,
    counts_in_words,
    kind_in_words,
    not_compared_in_words,
    progress_in_words,
    shared_in_words,
)
from hsb_desktop.values import PARTNERSHIP

_CHARACTERS_WIDE = 150
_LINES_AT_LEAST = 4
_LONGEST_NAME = 30
_SHARES = (740, 380)


class MovementDialog(DialogFrame):
    """Compares two waves for one party; Enter or a double click goes to a statement."""

    def __init__(self, audit: Audit, wave_id: str, parent: QWidget | None = None) -> None:
        """`wave_id` is compared with the wave before it; the first wave, with the one after it."""
        super().__init__(parent, "movement_dialog", "", is_scrolled=False)
        self.setWindowTitle(self.tr("What moved"))
        self.characters_wide = _CHARACTERS_WIDE
        self._audit = audit
        self.chosen_statement_id = ""
        """Where the person asked to go."""
        self.wants_report = False
        """Whether the person asked for the report, in which all of this is printed."""
        self._movement: Movement | None = None
        self._create_choices(wave_id)
        self._create_lists()
        report = self.add_button("report_button", self.tr("Report…"), Role.ActionRole)
        go = self.go_button = self.add_button("go_button", self.tr("Go to the statement"), Role.ActionRole)
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        report.clicked.connect(self._on_report_clicked)
        go.clicked.connect(self._go)
        close.clicked.connect(self.reject)
        self.refresh()
        self.moves.setFocus()

    def _create_choices(self, wave_id: str) -> None:
        self.add_title(self.tr("What moved between two waves"))
        waves = self._audit.waves
        place = next((n for n, wave in enumerate(waves) if wave.wave_id == wave_id), len(waves) - 1)
        now = max(place, min(1, len(waves) - 1))
        self.before = self._wave_choice("before_choice", waves, max(now - 1, 0))
        self.now = self._wave_choice("now_choice", waves, now)
        self.party = ChoiceBox("party_choice")
        self.party.addItem(self.tr("Partnership (the agreed scores)"), PARTNERSHIP)
        for agency in self._audit.agencies:
            self.party.addItem(agency.name, agency.agency_id)
        self.body.addWidget(
            side_by_side(
                labelled(self.tr("From"), self.before),
                labelled(self.tr("To"), self.now),
                labelled(self.tr("Whose scores"), self.party),
            )
        )
        self.summary = self.add_text("movement_summary", "")
        for box in (self.before, self.now, self.party):
            box.activated.connect(self.refresh)

    def _wave_choice(self, name: str, waves: tuple[Wave, ...], place: int) -> ChoiceBox:
        box = ChoiceBox(name)
        for wave in waves:
            box.addItem(wave.label, wave.wave_id)
        box.setCurrentIndex(place)
        return box

    def _create_lists(self) -> None:
        self.domains = CopiedTable(
            "domain_moves",
            self.tr("Domains"),
            (self.tr("Domain"), self.tr("From"), self.tr("To"), self.tr("Change"), self.tr("In both")),
            (),
        )
        header = self.domains.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # Qt's own stretching of the last column keeps the width of a wider window, and asks for a scroll bar.
        header.setStretchLastSection(False)
        header.setSectionResizeMode(header.count() - 1, QHeaderView.ResizeMode.Stretch)
        self.moves = _MoveTable(
            "statement_moves",
            self.tr("Statements, what matters most first"),
            (
                self.tr("Statement"),
                self.tr("What moved"),
                self.tr("From"),
                self.tr("To"),
                self.tr("Target"),
                self.tr("Evidence"),
            ),
            (),
        )
        self.detail = ReadingText("move_detail", self.tr("Evidence before and now"))
        line = self.fontMetrics().height()
        for part in (self.domains, self.moves, self.detail):
            part.setMinimumHeight(_LINES_AT_LEAST * line)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        # The domains are five; all further room is for what was written.
        column.addWidget(self.domains)
        column.addWidget(self.detail, 1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setObjectName("movement_parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.moves)
        parts.addWidget(right)
        parts.setSizes(list(_SHARES))
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        row = QHBoxLayout()
        row.addWidget(parts)
        self.body.addLayout(row, stretch=1)
        self.moves.currentCellChanged.connect(self._show_chosen)
        self.moves.chosen.connect(self._go)
        self.moves.cellDoubleClicked.connect(self._go)

    def fit_to(self, available: QSize) -> None:
        """Take the height of the screen too: evidence before and now is long."""
        super().fit_to(available)
        self.resize(self.width(), max(self.height(), round(available.height() * SHARE_OF_SCREEN)))

    # What is shown ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Compare what is chosen."""
        found = self._movement = movement(
            self._audit, self.before.currentData(), self.now.currentData(), self.party.currentData()
        )
        if found.before_id == found.now_id:
            self.summary.setText(self.tr("This is one and the same wave. Choose two."))
        else:
            words = self.tr("{0}; only those are compared: {1}.")
            words = words.format(shared_in_words(found), counts_in_words(found))
            if others := not_compared_in_words(found):
                words = self.tr("{0} Not compared: {1}.").format(words, others)
            self.summary.setText(words)
        self.domains.show_rows(
            (
                f"{each.domain.domain_id} {each.domain.short_title}",
                written_mean(each.mean_before),
                written_mean(each.mean_now),
                change_in_words(each.change, decimals=1),
                self.tr("{0} of {1}").format(each.shared, each.statements),
            )
            for each in found.domains
        )
        self.moves.show_rows(self._row(move) for move in found.moves)
        if found.moves:
            self.moves.selectRow(0)
        self._show_chosen()

    def _row(self, move: StatementMove) -> tuple[str, ...]:
        return (
            f"{move.statement.statement_id}  {_short(own_words(move.statement))}",
            self._what(move),
            _score(move.before),
            _score(move.now),
            progress_in_words(move),
            f"{self._in_short(move.before)} → {self._in_short(move.now)}",
        )

    def _what(self, move: StatementMove) -> str:
        words = kind_in_words(move.kind)
        if move.change:
            words = f"{abs(move.change)} {words}"
        if move.is_no_longer_evidenced and words != kind_in_words(move.kind):
            words = self.tr("{0}, no longer evidenced").format(words)
        return words

    def _in_short(self, response: Response) -> str:
        return self.tr("yes") if has_evidence(response.evidence) else self.tr("none")

    @property
    def _chosen(self) -> StatementMove | None:
        moves = self._movement.moves if self._movement is not None else ()
        row = self.moves.currentRow()
        return moves[row] if 0 <= row < len(moves) else None

    def _show_chosen(self, *_cells: int) -> None:
        move = self._chosen
        self.detail.begin_anew()
        self.go_button.setEnabled(move is not None)
        if move is None or self._movement is None:
            self.detail.add_paragraph(self.tr("Nothing is scored in either wave."))
            return
        self.detail.add_title(f"{move.statement.statement_id}  {self._what(move)}")
        for wave_id, response in (
            (self._movement.before_id, move.before),
            (self._movement.now_id, move.now),
        ):
            label = self._audit.wave(wave_id).label
            self.detail.add_section(self.tr("{0}: {1}").format(label, _score(response)))
            self.detail.add_paragraph(response.evidence or self.tr("No evidence."))
            if response.assurance:
                self.detail.add_paragraph(self.tr("Assurance: {0}").format(response.assurance))
        # Why it moved comes first: it is to be seen without scrolling.
        self.detail.add_section(self.tr("The statement"))
        self.detail.add_paragraph(move.statement.full_text)
        self.detail.show_from_top()

    # What is asked for --------------------------------------------------------------------------------------

    def _go(self, *_cells: int) -> None:
        if self._chosen is not None:
            self.chosen_statement_id = self._chosen.statement.statement_id
            self.accept()

    def _on_report_clicked(self) -> None:
        self.wants_report = True
        self.accept()


class _MoveTable(CopiedTable):
    """Enter asks for the statement of the row."""

    chosen = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME].rstrip()}…"


def _score(response: Response) -> str:
    return "–" if response.score is None else str(response.score)
