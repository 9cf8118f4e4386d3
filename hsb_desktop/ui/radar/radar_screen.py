"""F6: the radar and its numbers over the whole window, large enough for the last row of a meeting room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.ui.radar.radar_panel import RadarSession, wave_words
from hsb_desktop.ui.radar.radar_series import shown_axes, shown_series
from hsb_desktop.ui.radar.radar_switch import ALL_DOMAINS, RadarSwitch
from hsb_desktop.ui.radar.radar_table import RadarTable
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.theme import Appearance

_WIDTH_AT_THOSE_SIZES = 1280
_LETTERS = 19
"""Height of the smallest letters, in pixels on a window 1280 wide."""
_TITLE_LETTERS = 27
_MOST_ZOOM = 1.25
_SWITCH_CHARACTERS = 20
_RADAR_SCALE = 1.65
"""How much larger than in the panel the radar's letters are at least, its legend's included."""


class RadarScreen(QWidget):
    """Shows the session's wave and party as they are now, and follows each change by itself."""

    left = Signal()
    domain_chosen = Signal(str)
    statement_chosen = Signal(str)

    def __init__(self, session: RadarSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar_screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._appearance = appearance
        self._domain_id = ALL_DOMAINS
        self._create()
        self._assemble()
        self._connect()
        self.refresh_appearance()
        self.refresh()

    def _create(self) -> None:
        self._title = QLabel(self)
        self._title.setObjectName("radar_screen_title")
        self._marking = QLabel(self)
        for label in (self._title, self._marking):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._switch = RadarSwitch(self)
        self._switch.setMinimumContentsLength(_SWITCH_CHARACTERS)
        self._leave = QPushButton(self.tr("Leave large radar (F6)"), self)
        self._leave.setObjectName("leave_radar_screen")
        self._leave.setProperty("role", "link")
        self._radar = RadarWidget(self._appearance.theme, self)
        self._table = RadarTable(self)
        self._readout = QLabel(self)
        self._readout.setTextFormat(Qt.TextFormat.PlainText)
        self._readout.setWordWrap(True)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._switch)
        top.addWidget(self._leave)
        beside = QVBoxLayout()
        beside.addStretch(1)
        beside.addWidget(self._table, 100)
        beside.addWidget(self._readout)
        beside.addStretch(1)
        self._beside = beside
        both = QHBoxLayout()
        both.addWidget(self._radar, 5)
        both.addLayout(beside, 4)
        self._both = both
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(top)
        self._layout.addLayout(both, 1)
        self._layout.addWidget(self._marking)

    def _connect(self) -> None:
        for signal in (self._session.audit_changed, self._session.wave_changed):
            signal.connect(self._on_session_changed)
        self._leave.clicked.connect(self.left)
        self._switch.domain_switched.connect(self.show_domain)
        self._radar.axis_chosen.connect(self._on_axis_chosen)
        self._table.axis_chosen.connect(self._on_axis_chosen)
        self._radar.readout_changed.connect(self._readout.setText)

    # What is shown --------------------------------------------------------------------------------------

    def show_domain(self, domain_id: str) -> None:
        """Show one axis for each statement of a domain; with an empty text, one for each domain."""
        self._domain_id = domain_id
        self.refresh()

    def refresh(self) -> None:
        """Show what the session has."""
        session, domain_id = self._session, self._domain_id
        audit = session.audit
        axes = shown_axes(audit.instrument, domain_id)
        series = (shown_series(session.standing, domain_id),)
        self._radar.show_radar(axes, series)
        self._table.show_radar(axes, series)
        self._switch.show_choice(audit.instrument.domains, domain_id)
        shown = audit.instrument.domain(domain_id).short_title if domain_id else ""
        sample = self.tr("SAMPLE") if audit.is_sample else ""
        area = " ".join((audit.details.area or audit.details.title).split())
        self._title.setText(" · ".join(filter(None, (sample, area, wave_words(session), shown))))
        self._marking.setText(audit.details.marking)
        self._marking.setVisible(bool(audit.details.marking))

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._layout.setContentsMargins(32, 18, 32, 14)
        self._layout.setSpacing(12)
        self._both.setSpacing(24)
        self._size_letters()

    def showEvent(self, event: QShowEvent) -> None:  # Qt's own name
        super().showEvent(event)
        self.refresh()
        self._radar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_session_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_axis_chosen(self, axis_id: str) -> None:
        if self._domain_id == ALL_DOMAINS:
            self.domain_chosen.emit(axis_id)
        else:
            self.statement_chosen.emit(axis_id)

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
        for widgets, size, bold in (
            ((self._title,), _TITLE_LETTERS, True),
            ((self._switch, self._leave, self._marking, self._readout), _LETTERS, False),
            ((self._table, self._table.horizontalHeader()), _LETTERS + 1, False),
        ):
            font = QFont(self.font())
            font.setPixelSize(round(size * scale))
            font.setBold(bold)
            for widget in widgets:
                widget.setFont(font)
        self._radar.set_theme(self._appearance.theme, _RADAR_SCALE * scale)
        self._table.refresh_appearance(self._appearance.zoom / 100)
        # Always room for two lines: the radar must not move under the mouse that asks it something.
        self._readout.setMinimumHeight(2 * self._readout.fontMetrics().lineSpacing() + 2)
