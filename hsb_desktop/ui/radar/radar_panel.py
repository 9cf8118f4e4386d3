"""The panel beside the statements: the radar, the same numbers as a table, and the picture to take away."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDate, QLocale, Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.analysis.standing import Standing
from hsb_desktop.errors import OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.ui.dialogs.file_choice import safe_file_name
from hsb_desktop.ui.radar.radar_lettering import SEPARATOR
from hsb_desktop.ui.radar.radar_series import series_name, shown_axes, shown_series
from hsb_desktop.ui.radar.radar_switch import ALL_DOMAINS, RadarSwitch
from hsb_desktop.ui.radar.radar_table import RadarTable
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.theme import Appearance, load_theme
from hsb_desktop.whole_file import whole_file

PICTURE_SIZE = (1280, 1120)
"""Pixels of a copied or saved picture: twice what a page shows, so that it prints sharply."""
_SMALLEST_RADAR = 170
"""Pixels at 100 %: as small as the radar gets before the panel scrolls."""


class RadarSession(Protocol):
    """What the panel reads of the open audit."""

    @property
    def path(self) -> Path:
        """The open file."""

    @property
    def audit(self) -> Audit:
        """The audit as it is now."""

    @property
    def wave_id(self) -> str:
        """The wave that is shown."""

    @property
    def party_id(self) -> str:
        """The party whose scores are shown."""

    @property
    def standing(self) -> Standing:
        """How far the shown party is in the shown wave."""

    @property
    def audit_changed(self) -> SignalInstance:
        """After each committed change."""

    @property
    def wave_changed(self) -> SignalInstance:
        """Another wave is shown."""


class RadarPanel(QWidget):
    """Shows the session's wave and party and follows each change by itself."""

    domain_chosen = Signal(str)
    statement_chosen = Signal(str)
    large_wanted = Signal()
    """The radar is wanted large, for a room to read: see `RadarScreen`."""

    def __init__(self, session: RadarSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._appearance = appearance
        self._domain_id = ALL_DOMAINS
        self._create()
        self._assemble()
        self._connect()
        self.refresh_appearance()
        self._refresh()

    def _create(self) -> None:
        self._title = QLabel(self.tr("Radar"))
        self._title.setProperty("role", "section")
        self._subject = _plain_label("radar_subject")
        self._switch = RadarSwitch()
        self._radar = RadarWidget(self._appearance.theme)
        self._readout = _plain_label("radar_readout")
        self._readout.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._table = RadarTable()
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
        self._buttons = QHBoxLayout()
        for button in (self._copy_button, self._save_button, self._large_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        content = QWidget()
        content.setObjectName("scroll_content")
        rows = QVBoxLayout(content)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.addLayout(self._header)
        rows.addWidget(self._subject)
        rows.addWidget(self._radar, 1)
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
        self._session.audit_changed.connect(self._refresh)
        self._session.wave_changed.connect(self._refresh)
        self._switch.domain_switched.connect(self.show_statements)
        self._radar.axis_chosen.connect(self._on_axis_chosen)
        self._table.axis_chosen.connect(self._on_axis_chosen)
        self._radar.readout_changed.connect(self._say)
        self._copy_button.clicked.connect(self.copy_picture)
        self._save_button.clicked.connect(self.save_picture)
        self._large_button.clicked.connect(self.large_wanted)
        self._radar.large_wanted.connect(self.large_wanted)

    # What is shown --------------------------------------------------------------------------------------

    @property
    def domain_id(self) -> str:
        """The domain whose statements are shown; empty for all domains."""
        return self._domain_id

    def show_statements(self, domain_id: str) -> None:
        """Show one axis for each statement of a domain; with an empty text, one for each domain."""
        if domain_id != self._domain_id:
            self._domain_id = domain_id
            self._refresh()

    def refresh_appearance(self) -> None:
        """Take on the application's present theme and zoom."""
        self._radar.set_theme(self._appearance.theme, self._appearance.zoom / 100)
        self._table.refresh_appearance(self._appearance.zoom / 100)
        # Always room for two lines: the radar must not move under the mouse that asks it something.
        self._readout.setMinimumHeight(2 * self._readout.fontMetrics().lineSpacing() + 2)
        self._make_room()

    def _refresh(self) -> None:
        session = self._session
        audit = session.audit
        domains = audit.instrument.domains
        if self._domain_id not in {domain.domain_id for domain in domains}:
            self._domain_id = ALL_DOMAINS
        axes = shown_axes(audit.instrument, self._domain_id)
        series = shown_series(session.standing, self._domain_id)
        self._switch.show_choice(domains, self._domain_id)
        self._radar.show_radar(axes, (series,))
        self._table.show_radar(axes, (series,))
        self._subject.setText(wave_words(self._session))
        self._say(self._radar.readout())

    def _say(self, text: str) -> None:
        self._readout.setText(text or self.tr("Point at an axis for its value; click to go there."))

    def _on_axis_chosen(self, axis_id: str) -> None:
        if self._domain_id == ALL_DOMAINS:
            self.domain_chosen.emit(axis_id)
        else:
            self.statement_chosen.emit(axis_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Keep the radar large as the zoom grows, and stack what is too wide to stand side by side."""
        height = _SMALLEST_RADAR * self._appearance.zoom / 100
        self._radar.setMinimumHeight(round(max(_SMALLEST_RADAR, min(height, 0.8 * self.width()))))
        for row, widgets in (
            (self._header, (self._title, self._switch)),
            (self._buttons, (self._copy_button, self._save_button, self._large_button)),
        ):
            is_narrow = sum(widget.sizeHint().width() for widget in widgets) + 48 > self.width()
            direction = QBoxLayout.Direction
            row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    # The radar as a picture -------------------------------------------------------------------------------

    def caption(self) -> str:
        """Return what a picture says about itself: area, wave, what is shown, and the protective marking."""
        audit = self._session.audit
        domains = audit.instrument.domains
        shown = next((domain.short_title for domain in domains if domain.domain_id == self._domain_id), "")
        sample = self.tr("SAMPLE") if audit.is_sample else ""
        area = audit.details.area or audit.details.title
        parts = (sample, area, wave_words(self._session), shown, audit.details.marking)
        return SEPARATOR.join(" ".join(part.split()) for part in parts if part.strip())

    def copy_picture(self) -> None:
        """Put the radar on the clipboard, in the light theme: a picture goes into documents and on paper."""
        image = self._radar.to_image(*PICTURE_SIZE, self.caption(), load_theme("light"))
        QGuiApplication.clipboard().setImage(image)
        self._say(self.tr("The picture is on the clipboard."))

    def save_picture(self) -> None:
        """Ask for a name and write the radar there, as PNG or SVG, whole or not at all."""
        path = self.ask_for_path()
        if path is None:
            return
        try:
            with whole_file(path) as temporary:
                self._write_picture(temporary, path.suffix.lower() == ".svg")
        except OutputRefused as refusal:
            self._say(str(refusal))
        else:
            self._say(self.tr("Saved: {name}").format(name=path.name))

    def ask_for_path(self) -> Path | None:
        """Return where a person wants the picture, or None; the dialog asks before it replaces a file."""
        dialog = QFileDialog(self, self.tr("Save picture"), str(self.proposed_path()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Picture (*.png)"), self.tr("Drawing (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("svg" if "svg" in kind else "png"))
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def proposed_path(self) -> Path:
        """Return what saving proposes: what the picture says about itself, beside the audit."""
        name = safe_file_name(self.tr("Radar {caption}").format(caption=self.caption()))
        return self._session.path.parent / name

    def _write_picture(self, path: Path, as_drawing: bool) -> None:
        caption, theme = self.caption(), load_theme("light")
        if as_drawing:
            self._radar.write_svg(path, *PICTURE_SIZE, caption, theme)
            return
        image = self._radar.to_image(*PICTURE_SIZE, caption, theme)
        # The stub wants bytes here; PySide6 itself refuses them.
        if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
            raise OutputRefused(self.tr("The picture could not be written. Choose another place."))


def wave_words(session: RadarSession) -> str:
    """Return whose values a radar shows: wave, its month and, if it is one, the agency."""
    audit, wave_id = session.audit, session.wave_id
    held_on = next((wave.held_on for wave in audit.waves if wave.wave_id == wave_id), "")
    month = QLocale().toString(QDate.fromString(held_on, Qt.DateFormat.ISODate), "MMM yyyy")
    name = series_name(audit, wave_id, session.party_id)
    return SEPARATOR.join(part for part in (name, month) if part)


def _plain_label(role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(role)
    label.setProperty("role", "muted")
    # Names of areas, waves and agencies are what somebody typed, never markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
