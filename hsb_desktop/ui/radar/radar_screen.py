"""F6: the radar and its numbers over the whole window, large enough for the last row of a meeting room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.ui.radar.radar_content import RadarSession, subject_words
from hsb_desktop.ui.radar.radar_series import MANY
from hsb_desktop.ui.radar.radar_view import RadarView, plain_label
from hsb_desktop.ui.theme import Appearance

_WIDTH_AT_THOSE_SIZES = 1280
_LETTERS = 19
"""Height of the smallest letters, in pixels on a window 1280 wide."""
_TITLE_LETTERS = 27
_MOST_ZOOM = 1.25
_SWITCH_CHARACTERS = 20
_RADAR_SCALE = 1.65
"""How much larger than in the panel the radar's letters are at least."""
_LEGEND_LINES = 20
_LETTERS_OF_MANY = 0.72


class RadarScreen(RadarView):
    """Shows what was chosen, or the session's wave and party, and follows each change by itself."""

    left = Signal()

    def __init__(self, session: RadarSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("radar_screen", session, appearance, _LEGEND_LINES, parent)
        self._were_many = False
        self._create()
        self._assemble()
        self.refresh_appearance()
        self.refresh()

    def _create(self) -> None:
        self._title = plain_label("radar_screen_title")
        self._marking = plain_label("radar_screen_marking")
        self._switch.setMinimumContentsLength(_SWITCH_CHARACTERS)
        self._leave = QPushButton(self.tr("Leave large radar (F6)"), self)
        self._leave.setObjectName("leave_radar_screen")
        self._leave.setProperty("role", "link")
        self._leave.clicked.connect(self.left)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._switch)
        top.addWidget(self._compare_button)
        top.addWidget(self._leave)
        beside = QVBoxLayout()
        beside.addStretch(1)
        beside.addWidget(self._legend)
        beside.addWidget(self._table, 100)
        beside.addWidget(self._readout)
        beside.addStretch(1)
        both = QHBoxLayout()
        both.addWidget(self._radar, 5)
        both.addLayout(beside, 4)
        self._both = both
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(top)
        self._layout.addLayout(both, 1)
        self._layout.addWidget(self._marking)

    # What is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the session has."""
        super().refresh()
        audit = self._session.audit
        shown = audit.instrument.domain(self.domain_id).short_title if self.domain_id else ""
        sample = self.tr("SAMPLE") if audit.is_sample else ""
        area = " ".join((audit.details.area or audit.details.title).split())
        words = (sample, area, subject_words(audit, self.content.keys), shown)
        self._title.setText(" · ".join(filter(None, words)))
        self._marking.setText(audit.details.marking)
        self._marking.setVisible(bool(audit.details.marking))

    def _make_room(self) -> None:
        are_many = len(self.content.keys) > MANY
        if are_many is not self._were_many:
            self._were_many = are_many
            self._size_letters()
        else:
            self._make_room_for_legend()

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._layout.setContentsMargins(32, 18, 32, 14)
        self._layout.setSpacing(12)
        self._both.setSpacing(24)
        self._size_letters()

    def showEvent(self, event: QShowEvent) -> None:  # Qt's own name
        super().showEvent(event)
        self.refresh()
        # Only now has the style sheet given the headers their height.
        self._make_room_for_legend()
        self._radar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_session_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    # Keys and size --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F6) and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._size_letters()

    def _size_letters(self) -> None:
        # The screen is large letters already: at 300 % they would leave no room for the radar.
        zoom = min(max(self._appearance.zoom / 100, 1.0), _MOST_ZOOM)
        scale = max(self.width() / _WIDTH_AT_THOSE_SIZES, 1.0) * zoom
        are_many = len(self.content.keys) > MANY
        legend = max(_LETTERS, _LETTERS_OF_MANY * _LETTERS * scale) / scale if are_many else _LETTERS
        for widgets, size, bold in (
            ((self._title,), _TITLE_LETTERS, True),
            (
                (self._switch, self._compare_button, self._leave, self._marking, self._readout),
                _LETTERS,
                False,
            ),
            ((self._legend,), legend, False),
            (
                (self._table, self._table.horizontalHeader(), self._table.verticalHeader()),
                _LETTERS + 1,
                False,
            ),
        ):
            font = QFont(self.font())
            font.setPixelSize(round(size * scale))
            font.setBold(bold)
            for widget in widgets:
                widget.setFont(font)
        self._radar.set_theme(self._appearance.theme, _RADAR_SCALE * scale)
        self.refresh_parts()
        self._make_room_for_legend()

    def _make_room_for_legend(self) -> None:
        """Give a long legend what the table's first rows and the readout leave; the rest is scrolled to."""
        below = self._layout.contentsMargins().bottom() + self._layout.spacing()
        if self._marking.isVisibleTo(self):
            below += self._marking.sizeHint().height() + self._layout.spacing()
        column = self.height() - self._title.geometry().bottom() - below
        others = self._table.minimumHeight() + self._readout.minimumHeight()
        self._legend.leave_room(max(1, column - others - 6 * self._both.spacing() // 2))
