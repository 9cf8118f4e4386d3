"""Choosing what the radar lays over one another: waves across, the partnership and the agencies below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QWidget

from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.model import Audit
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, plain_label
from hsb_desktop.values import PARTNERSHIP, ResponseKey

_HARD_TO_READ = 12
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class SeriesChooser(DialogFrame):
    """A grid of check boxes, one for each wave of each party, with three usual choices above it."""

    def __init__(
        self,
        audit: Audit,
        wave_id: str,
        chosen: tuple[SeriesKey, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "series_chooser", "", is_scrolled=False)
        self.setWindowTitle(self.tr("Compare on the radar"))
        self._audit = audit
        self._wave_id = wave_id
        self._parties = (PARTNERSHIP, *(agency.agency_id for agency in audit.agencies))
        self._boxes: dict[SeriesKey, QCheckBox] = {}
        self.add_title(self.tr("Compare on the radar"))
        self.add_text(
            "chooser_note",
            self.tr(
                "What is chosen lies over one another on the radar. It is kept in the file, and the report "
                "prints the same. Numbers say how many statements are scored."
            ),
            "muted",
        )
        self._add_presets()
        self._add_grid()
        self._told = self.add_text("chooser_count", "")
        self._told.setAccessibleName(self.tr("How many are chosen"))
        self._add_buttons()
        self.choose(chosen)
        self._stop_at(self._boxes[next((key for key in chosen if key in self._boxes), self._own)])

    @classmethod
    def ask(
        cls, audit: Audit, wave_id: str, chosen: tuple[SeriesKey, ...], parent: QWidget | None = None
    ) -> tuple[SeriesKey, ...] | None:
        """Return the series that somebody chooses; None if they leave what is shown as it is."""
        dialog = cls(audit, wave_id, chosen, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        keys = dialog.chosen()
        dialog.deleteLater()
        return keys if accepted else None

    # Making -----------------------------------------------------------------------------------------------

    @property
    def _own(self) -> SeriesKey:
        return SeriesKey(self._wave_id, PARTNERSHIP)

    def presets(self) -> dict[str, tuple[str, tuple[SeriesKey, ...]]]:
        """Return the usual choices by their role: their words, and what they choose."""
        waves = tuple(SeriesKey(wave.wave_id, PARTNERSHIP) for wave in self._audit.waves)
        parties = tuple(SeriesKey(self._wave_id, party_id) for party_id in self._parties)
        return {
            "preset_waves": (self.tr("&All waves"), waves),
            "preset_agencies": (self.tr("&This wave: agencies"), parties),
            "preset_partnership": (self.tr("Only the &partnership"), (self._own,)),
        }

    def _add_presets(self) -> None:
        row = QHBoxLayout()
        for role, (words, keys) in self.presets().items():
            button = QPushButton(words)
            button.setObjectName(role)
            button.setAccessibleName(words.replace("&", ""))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.choose, keys))
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add_grid(self) -> None:
        content = QWidget()
        content.setObjectName("scroll_content")
        grid = QGridLayout(content)
        grid.setHorizontalSpacing(self.fontMetrics().height())
        for column, wave in enumerate(self._audit.waves, 1):
            heading = plain_label("wave_heading", wave.label, role="section")
            heading.setWordWrap(False)
            grid.addWidget(heading, 0, column)
        for row, party_id in enumerate(self._parties, 1):
            name = plain_label("party_heading", self._audit.party_name(party_id))
            name.setMinimumWidth(self.fontMetrics().averageCharWidth() * 14)
            grid.addWidget(name, row, 0)
            for column, wave in enumerate(self._audit.waves, 1):
                box = self._make_box(SeriesKey(wave.wave_id, party_id), wave.label)
                grid.addWidget(box, row, column)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(self._parties) + 1, 1)
        self._grid_area = QScrollArea()
        self._grid_area.setObjectName("series_grid")
        self._grid_area.setWidgetResizable(True)
        self._grid_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid_area.setWidget(content)
        # Zoomed, it is higher than a screen: it shrinks to a few rows and scrolls.
        self._grid_area.setMinimumHeight(min(content.sizeHint().height(), 5 * self.fontMetrics().height()))
        self.body.addWidget(self._grid_area, stretch=1)

    def _make_box(self, key: SeriesKey, wave_label: str) -> QCheckBox:
        audit = self._audit
        statements = [statement.statement_id for statement in audit.instrument.statements]
        scores = (audit.response(ResponseKey(*key, statement_id)).score for statement_id in statements)
        scored = sum(score is not None for score in scores)
        words = self.tr("{0} of {1}").format(scored, len(statements)) if scored else self.tr("nothing scored")
        box = QCheckBox(words)
        box.setObjectName("series_box")
        box.setAccessibleName(f"{wave_label} · {audit.party_name(key.party_id)}")
        box.setAccessibleDescription(words)
        # One stop of Tab for the whole grid: the arrow keys go from box to box.
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        box.installEventFilter(self)
        box.toggled.connect(self._count)
        self._boxes[key] = box
        return box

    def _add_buttons(self) -> None:
        show = self.add_button("show_button", self.tr("Show"), Role.AcceptRole, is_primary=True)
        show.clicked.connect(self.accept)
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        cancel.clicked.connect(self.reject)
        self._show_button = show

    # Choosing ---------------------------------------------------------------------------------------------

    def chosen(self) -> tuple[SeriesKey, ...]:
        """Return what is chosen, wave by wave, the partnership before the agencies."""
        keys = [SeriesKey(wave.wave_id, party) for wave in self._audit.waves for party in self._parties]
        return tuple(key for key in keys if self._boxes[key].isChecked())

    def choose(self, keys: tuple[SeriesKey, ...], *_checked: object) -> None:
        """Choose exactly these."""
        for key, box in self._boxes.items():
            box.setChecked(key in keys)
        self._count()

    def _count(self, *_checked: object) -> None:
        count = sum(box.isChecked() for box in self._boxes.values())
        words = self.tr("{0} shown.").format(count) if count else self.tr("Choose at least one.")
        if count > _HARD_TO_READ:
            words += " " + self.tr("Click one in the legend to bring it to the front.")
        self._told.setText(words)
        self._show_button.setEnabled(bool(count))

    # Keys -------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys go from box to box, and Tab come back to the box that was left."""
        if isinstance(watched, QCheckBox) and watched.objectName() == "series_box":
            if event.type() is QEvent.Type.FocusIn:
                self._stop_at(watched)
                self._grid_area.ensureWidgetVisible(watched)
            elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                return self._step(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _step(self, box: QCheckBox, key: Qt.Key) -> bool:
        if key not in _STEPS:
            return False
        here = next(each for each, known in self._boxes.items() if known is box)
        waves = [wave.wave_id for wave in self._audit.waves]
        row = self._parties.index(here.party_id) + _STEPS[key][0]
        column = waves.index(here.wave_id) + _STEPS[key][1]
        if 0 <= row < len(self._parties) and 0 <= column < len(waves):
            self._boxes[SeriesKey(waves[column], self._parties[row])].setFocus(
                Qt.FocusReason.OtherFocusReason
            )
        return True

    def _stop_at(self, stop: QCheckBox) -> None:
        for box in self._boxes.values():
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if box is stop else Qt.FocusPolicy.ClickFocus)
