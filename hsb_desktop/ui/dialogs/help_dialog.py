"""Help (F1): what a statement asks, its scores whole, what counts as evidence; rounds, packs and waves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from PySide6.QtWidgets import QWidget

from hsb_desktop.model import Instrument, Statement
from hsb_desktop.resources import resource_path
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.reading_text import ReadingText


@dataclass(frozen=True, slots=True)
class StatementHelp:
    """Our own words on a statement, and the framework's page on which the statement is printed."""

    asks: str
    evidence: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class WorkingHelp:
    """How one part of the work is done: a title, and points of a few bold words and what there is to say."""

    title: str
    points: tuple[tuple[str, str], ...]


@cache
def working_helps() -> tuple[WorkingHelp, ...]:
    """Return the help on scoring in rounds, on packs and merging, and on waves."""
    content = json.loads(resource_path("help", "working.json").read_text(encoding="utf-8"))
    return tuple(
        WorkingHelp(entry["title"], tuple((lead, words) for lead, words in entry["points"]))
        for entry in content
    )


@cache
def statement_helps() -> dict[str, StatementHelp]:
    """Return the help on every statement of the published audit tool, by its number."""
    content = json.loads(resource_path("help", "statements.json").read_text(encoding="utf-8"))
    return {
        statement_id: StatementHelp(entry["asks"], tuple(entry["evidence"]), entry["page"])
        for statement_id, entry in content.items()
    }


def statement_help(instrument: Instrument, statement_id: str) -> StatementHelp | None:
    """Return the help on a statement; None in other editions, where its number may mean something else."""
    known = json.loads(resource_path("edition_notes.json").read_text(encoding="utf-8"))
    return statement_helps().get(statement_id) if instrument.instrument_id in known else None


class HelpDialog(DialogFrame):
    """Explains one statement, and on another page how scoring in rounds, packs and waves work."""

    def __init__(self, instrument: Instrument, statement_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, "help_dialog", "", is_scrolled=False)
        self._instrument = instrument
        self._statement = instrument.statement(statement_id)
        self.setWindowTitle(self.tr("Help on {0}").format(statement_id))
        self.text = ReadingText("help_text", self.tr("Help on statement {0}").format(statement_id))
        self.body.addWidget(self.text)
        self._is_on_working = False
        self.turn = self.add_button("turn_button", self._working_title(), Role.ActionRole)
        self.turn.clicked.connect(self._turn_page)
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        close.clicked.connect(self.reject)
        self._write()
        self.text.show_from_top()
        self.text.setFocus()

    @classmethod
    def show_for(cls, instrument: Instrument, statement_id: str, parent: QWidget | None = None) -> None:
        """Show the help on a statement until it is closed."""
        dialog = cls(instrument, statement_id, parent)
        dialog.exec()
        dialog.deleteLater()

    def _working_title(self) -> str:
        return self.tr("Rounds, packs and waves")

    def _turn_page(self) -> None:
        """Go from the statement to how the work is done, and back."""
        self._is_on_working = not self._is_on_working
        self.text.begin_anew()
        if self._is_on_working:
            self._write_working()
            words = self.tr("Back to statement {0}").format(self._statement.statement_id)
        else:
            self._write()
            words = self._working_title()
        self.turn.setText(words)
        self.turn.setAccessibleName(words)
        self.text.show_from_top()
        self.text.setFocus()

    def _write_working(self) -> None:
        self.text.add_title(self._working_title())
        for part in working_helps():
            self.text.add_section(part.title)
            for lead, words in part.points:
                self.text.add_paragraph(words, lead=lead)

    def _write(self) -> None:
        found = statement_help(self._instrument, self._statement.statement_id)
        self._write_statement(self._statement)
        if found is not None:
            self.text.add_section(self.tr("What it asks"))
            self.text.add_paragraph(found.asks)
        self.text.add_section(self.tr("The five scores, as printed"))
        for point in self._instrument.scale:
            self.text.add_paragraph(point.label, lead=str(point.score))
        if found is not None:
            self.text.add_section(self.tr("What counts as evidence"))
            self.text.add_paragraph(self.tr("For example:"))
            self.text.add_list(found.evidence)
        self._write_source(found)

    def _write_statement(self, statement: Statement) -> None:
        if statement.heading:
            self.text.add_paragraph(statement.heading, lead=statement.heading_id)
        self.text.add_title(f"{statement.statement_id}  {statement.text}")
        self.text.add_list(statement.prompts)

    def _write_source(self, found: StatementHelp | None) -> None:
        self.text.add_section(self.tr("Where this comes from"))
        if found is not None:
            self.text.add_paragraph(
                self.tr(
                    "The statement stands on page {0} of the framework’s second edition. “What it asks” and "
                    "the examples are this program’s own words, not the NSPCC’s."
                ).format(found.page)
            )
        else:
            self.text.add_paragraph(
                self.tr("This edition did not come with the program, so there is no further help on it.")
            )
        self.text.add_paragraph(self._instrument.acknowledgement)
