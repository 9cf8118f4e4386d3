"""The choice of an edition of the audit tool, with what distinguishes each."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from hsb_desktop.errors import InstrumentRefused
from hsb_desktop.model import Instrument
from hsb_desktop.resources import resource_path
from hsb_desktop.ui.dialogs.dialog_frame import plain_label

_LONGEST_NAME = 40


class EditionChoice(QWidget):
    """One button for each edition, its explanation below it; then the files that are no editions, and why."""

    def __init__(
        self,
        instruments: tuple[Instrument, ...],
        refused: tuple[InstrumentRefused, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("edition_choice")
        self._instruments = instruments
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for place, instrument in enumerate(instruments):
            self._add_edition(place, instrument)
        if refused:
            self._add_refused(refused)

    def instrument(self) -> Instrument:
        """Return the chosen edition."""
        return self._instruments[self._group.checkedId()]

    def choose(self, instrument_id: str) -> None:
        """Choose an edition by its id; an unknown one changes nothing."""
        for place, instrument in enumerate(self._instruments):
            if instrument.instrument_id == instrument_id:
                self._group.button(place).setChecked(True)

    def _add_edition(self, place: int, instrument: Instrument) -> None:
        explanation = edition_explanation(instrument)
        button = QRadioButton(_button_text(instrument.edition))
        button.setObjectName(f"edition_{instrument.instrument_id}")
        button.setAccessibleName(f"{instrument.edition}, {instrument.title}")
        button.setAccessibleDescription(explanation)
        button.setChecked(place == 0)
        self._group.addButton(button, place)
        self._layout.addWidget(button)
        text = "\n".join(filter(None, (instrument.title, explanation)))
        label = plain_label(f"edition_note_{instrument.instrument_id}", text, role="muted")
        indent = button.fontMetrics().height() + button.fontMetrics().averageCharWidth()
        label.setContentsMargins(indent, 0, 0, indent // 2)
        self._layout.addWidget(label)

    def _add_refused(self, refused: tuple[InstrumentRefused, ...]) -> None:
        words = self.tr("Not offered, because these files could not be used:")
        lines = [words, *(f"•  {error}" for error in refused)]
        label = plain_label("refused_editions", "\n".join(lines), role="warning")
        label.setAccessibleName(words)
        self._layout.addWidget(label)


def edition_explanation(instrument: Instrument) -> str:
    """Return what distinguishes an edition: in our words for those that we know, else in its own."""
    notes = json.loads(resource_path("edition_notes.json").read_text(encoding="utf-8"))
    return str(notes.get(instrument.instrument_id, instrument.note))


def _button_text(edition: str) -> str:
    """Return a name that a button can carry: one short line, in which `&` would be the mark of a key."""
    shown = edition if len(edition) <= _LONGEST_NAME else f"{edition[:_LONGEST_NAME]}…"
    return " ".join(shown.split()).replace("&", "&&")
