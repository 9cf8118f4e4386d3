"""The panel beside the statements: the radar, the same numbers as a table, and the picture to take away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.errors import OutputRefused
from hsb_desktop.ui.radar.radar_content import RadarSession, subject_words
from hsb_desktop.ui.radar.radar_picture import PICTURE_SIZE, RadarPicture
from hsb_desktop.ui.radar.radar_view import RadarView, plain_label
from hsb_desktop.ui.theme import Appearance

__all__ = ["PICTURE_SIZE", "RadarPanel"]

_SMALLEST_RADAR = 170
_SMALLEST_OF_SEVERAL = 222
"""Pixels at 100 %: as small as the radar gets before the panel scrolls."""
_LEGEND_LINES = 4


class RadarPanel(RadarView):
    """Shows what was chosen, or the session's wave and party, and follows each change by itself."""

    large_wanted = Signal()
    """The radar is wanted large, for a room to read: see `RadarScreen`."""

    def __init__(self, session: RadarSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("radar_panel", session, appearance, _LEGEND_LINES, parent)
        self._known_height: tuple[object, int] | None = None
        """The least height of a radar of several series, and what it was reckoned for."""
        self._create()
        self._assemble()
        self._connect()
        self.refresh_appearance()
        self.refresh()

    def _create(self) -> None:
        self._title = QLabel(self.tr("Radar"))
        self._title.setProperty("role", "section")
        self._subject = plain_label("radar_subject")
        self._readout.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for label in (self._subject, self._readout):
            label.setProperty("role", "muted")
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._picture = RadarPicture(self._radar, self._session)
        self._copy_button = QPushButton(self.tr("Copy picture"))
        self._copy_button.setObjectName("copy_picture")
        self._save_button = QPushButton(self.tr("Save picture…"))
        self._save_button.setObjectName("save_picture")
        self._large_button = QPushButton(self.tr("Large (F6)"))
        self._large_button.setObjectName("large_radar")
        self._large_button.setAccessibleName(self.tr("Large radar for the room (F6)"))

    def _assemble(self) -> None:
        self._header = QHBoxLayout()
        self._header.addWidget(self._title)
        self._header.addWidget(self._switch, 1)
        self._header.addWidget(self._compare_button)
        self._buttons = QHBoxLayout()
        for button in (self._copy_button, self._save_button, self._large_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        content = QWidget()
        content.setObjectName("scroll_content")
        rows = self._rows = QVBoxLayout(content)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.addLayout(self._header)
        rows.addWidget(self._subject)
        rows.addWidget(self._radar, 1)
        rows.addWidget(self._legend)
        rows.addWidget(self._readout)
        rows.addWidget(self._table)
        rows.addLayout(self._buttons)
        # Zoomed to 300 %, it is higher than a laptop's screen, and a button can be wider than the panel.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _connect(self) -> None:
        self._copy_button.clicked.connect(self.copy_picture)
        self._save_button.clicked.connect(self.save_picture)
        self._large_button.clicked.connect(self.large_wanted)
        self._radar.large_wanted.connect(self.large_wanted)

    @property
    def last_stop(self) -> QWidget:
        """The last that the Tab key stops at in it."""
        return self._large_button

    # What is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the session has."""
        super().refresh()
        self._subject.setText(subject_words(self._session.audit, self.content.keys))
        self._say(self._radar.readout())

    def refresh_appearance(self) -> None:
        """Take on the application's present theme and zoom."""
        self._radar.set_theme(self._appearance.theme, self._appearance.zoom / 100)
        self.refresh_parts()
        self._known_height = None
        self._make_room()

    def _say(self, text: str) -> None:
        self._readout.setText(text or self.tr("Point at an axis for its value; click to go there."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now the style sheet gives the table's header its height.
        QTimer.singleShot(0, self, self._make_room_anew)

    def _make_room_anew(self) -> None:
        self._known_height = None
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Keep the radar large as the zoom grows, and stack what is too wide to stand side by side."""
        smallest = _SMALLEST_OF_SEVERAL if len(self.content.keys) > 1 else _SMALLEST_RADAR
        height = smallest * self._appearance.zoom / 100
        wanted = round(max(smallest, min(height, 0.8 * self.width())))
        # Several series bring a legend: rather than part of the table, rows, dates and radar give room.
        if smallest == _SMALLEST_OF_SEVERAL:
            wanted = self._height_beside_table(wanted)
        else:
            self._stand_closer(False)
        self._radar.setMinimumHeight(wanted)
        compare = () if self._compare_button.isHidden() else (self._compare_button,)
        for row, widgets in (
            (self._header, (self._title, self._switch, *compare)),
            (self._buttons, (self._copy_button, self._save_button, self._large_button)),
        ):
            is_narrow = sum(widget.sizeHint().width() for widget in widgets) + 48 > self.width()
            direction = QBoxLayout.Direction
            row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _height_beside_table(self, wanted: int) -> int:
        """Return the least height in pixels of a radar of several series: less where the table needs it."""
        # Asked at every score; only these change the answer.
        reckoned_for = self.content.keys, self.domain_id, self.size(), self._appearance.zoom
        if self._known_height is None or self._known_height[0] != reckoned_for:
            self._stand_closer(False)
            if self._left_for_radar() < wanted:
                self._stand_closer(True)
                least = round(wanted * _SMALLEST_RADAR / _SMALLEST_OF_SEVERAL)
                wanted = min(wanted, max(self._left_for_radar(), least))
            self._known_height = reckoned_for, wanted
        return self._known_height[1]

    def _stand_closer(self, is_dense: bool) -> None:
        """Let the table have the room of what the legend says as well."""
        self._table.set_dense(is_dense)
        if self._subject.isHidden() != is_dense:
            self._subject.setHidden(is_dense)

    def _left_for_radar(self) -> int:
        """Return the height in pixels that the radar can have while the whole table is in sight."""
        # The buttons may be scrolled to; the margin goes under the table.
        below = self._buttons.sizeHint().height()
        self._rows.invalidate()
        others = self._rows.minimumSize().height() - self._radar.minimumHeight() - below
        return self.height() - others

    # The radar as a picture -------------------------------------------------------------------------------

    def caption(self) -> str:
        """Return what a picture says about itself: area, waves, what is shown, and the protective marking."""
        return self._picture.caption(self.content, self.domain_id)

    def copy_picture(self) -> None:
        """Put the radar on the clipboard, with its legend and title."""
        self._picture.copy(self.caption())
        self._say(self.tr("The picture is on the clipboard."))

    def save_picture(self) -> None:
        """Ask for a name and write the radar there, as PNG or SVG, whole or not at all."""
        path = self.ask_for_path()
        if path is None:
            return
        try:
            self._picture.write(path, self.caption())
        except OutputRefused as refusal:
            self._say(str(refusal))
        else:
            self._say(self.tr("Saved: {name}").format(name=path.name))

    def ask_for_path(self) -> Path | None:
        """Return where a person wants the picture, or None."""
        return self._picture.ask_for_path(self.caption(), self)

    def proposed_path(self) -> Path:
        """Return what saving proposes."""
        return self._picture.proposed_path(self.caption())
