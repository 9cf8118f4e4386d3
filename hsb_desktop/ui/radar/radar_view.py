"""What the panel beside the statements and the full screen (F6) have in common: the parts of a radar.

A radar with its switch, its legend, its readout and its table, which follow the session by themselves.
Subclasses place the parts.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.operations.overlays import show_only
from hsb_desktop.ui.radar.known_overlays import KnownOverlays
from hsb_desktop.ui.radar.radar_content import RadarContent, RadarSession, may_compare, radar_content
from hsb_desktop.ui.radar.radar_legend import RadarLegend
from hsb_desktop.ui.radar.radar_switch import ALL_DOMAINS, RadarSwitch
from hsb_desktop.ui.radar.radar_table import RadarTable
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.radar.series_samples import SeriesSamples
from hsb_desktop.ui.theme import Appearance


class RadarView(QWidget):
    """Shows the series that were chosen, or the session's wave and party, and follows each change."""

    domain_chosen = Signal(str)
    statement_chosen = Signal(str)

    def __init__(
        self,
        object_name: str,
        session: RadarSession,
        appearance: Appearance,
        legend_lines: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._appearance = appearance
        self._domain_id = ALL_DOMAINS
        self._known = KnownOverlays()
        self._content = radar_content(session, ALL_DOMAINS, self._known)
        self._switch = RadarSwitch(self)
        self._compare_button = QPushButton(self.tr("Compare…"), self)
        self._compare_button.setObjectName("compare_series")
        self._compare_button.setAccessibleName(self.tr("Compare: choose what the radar shows together"))
        self._radar = RadarWidget(appearance.theme, self)
        self._radar.leave_legend_out()
        self._samples = SeriesSamples(appearance.theme)
        self._legend = RadarLegend(self._samples, legend_lines, self)
        self._readout = plain_label("radar_readout")
        self._table = RadarTable(self, self._samples)
        self._connect_parts()

    def _connect_parts(self) -> None:
        for signal in (self._session.audit_changed, self._session.wave_changed):
            signal.connect(self._on_session_changed)
        self._switch.domain_switched.connect(self.show_domain)
        self._compare_button.clicked.connect(self.compare)
        self._radar.compare_wanted.connect(self.compare)
        self._radar.readout_changed.connect(self._say)
        for axis_chosen in (self._radar.axis_chosen, self._table.axis_chosen):
            axis_chosen.connect(self._on_axis_chosen)
        for series_chosen in (self._legend.series_chosen, self._table.series_chosen):
            series_chosen.connect(self._radar.bring_to_front)
        self._radar.front_changed.connect(self._on_front_changed)

    # What is shown --------------------------------------------------------------------------------------

    @property
    def domain_id(self) -> str:
        """The domain whose statements are shown; empty for all domains."""
        return self._domain_id

    @property
    def content(self) -> RadarContent:
        """What is shown."""
        return self._content

    def series_values(self) -> dict[SeriesKey, dict[str, float | None]]:
        """Return what is plotted of every series: each axis's value, None for a gap."""
        return dict(zip(self._content.keys, self._radar.series_values(), strict=True))

    def show_domain(self, domain_id: str) -> None:
        """Show one axis for each statement of a domain; with an empty text, one for each domain."""
        if domain_id != self._domain_id:
            self._domain_id = domain_id
            self.refresh()

    def refresh(self) -> None:
        """Show what the session has."""
        domains = self._session.audit.instrument.domains
        if self._domain_id not in {domain.domain_id for domain in domains}:
            self._domain_id = ALL_DOMAINS
        shown = self._content = radar_content(self._session, self._domain_id, self._known)
        self._switch.show_choice(domains, self._domain_id)
        self._show_compare()
        # What is around the radar changes its size, and each size is drawn anew: once is enough.
        with self._radar.drawn_at_the_end():
            self._legend.show_series(tuple(series.name for series in shown.series), shown.looks)
            self._table.show_radar(shown.axes, shown.series, shown.looks)
            self._radar.show_radar(shown.axes, shown.series, shown.looks, shown.main)
            self._make_room()
            self._settle_layouts()

    def refresh_parts(self) -> None:
        """Take on the application's present theme and zoom where that does not depend on the place."""
        self._samples.set_theme(self._appearance.theme)
        self._legend.refresh_appearance()
        self._table.refresh_appearance(self._appearance.zoom / 100)
        # Always room for two lines: the radar must not move under the mouse that asks it something.
        self._readout.setMinimumHeight(2 * self._readout.fontMetrics().lineSpacing() + 2)

    def _make_room(self) -> None:
        """Give each part its room, where what is shown has a say in it."""

    def _settle_layouts(self) -> None:
        """Have the radar get its size now: each that it gets later would be drawn anew."""
        for holder in self._radar_holders():
            QCoreApplication.sendPostedEvents(holder, QEvent.Type.LayoutRequest.value)

    def _radar_holders(self) -> list[QWidget]:
        """Return the widgets in which the radar lies, from the innermost on."""
        found: list[QWidget] = []
        holder = self._radar.parentWidget()
        while holder is not None and holder is not self.parentWidget():
            found.append(holder)
            holder = holder.parentWidget()
        return found

    def _show_compare(self) -> None:
        button, session = self._compare_button, self._session
        button.setVisible(may_compare(session))
        button.setEnabled(not session.is_read_only)
        why = self.tr("This file can only be looked at, so what the radar shows cannot be chosen.")
        button.setToolTip(why if session.is_read_only else self.tr("Waves and agencies over one another (C)"))

    def _on_session_changed(self) -> None:
        self.refresh()

    def _on_front_changed(self, front: int | None) -> None:
        self._legend.mark(front)
        self._table.mark_series(front)

    def _say(self, text: str) -> None:
        self._readout.setText(text)

    def _on_axis_chosen(self, axis_id: str) -> None:
        if self._domain_id == ALL_DOMAINS:
            self.domain_chosen.emit(axis_id)
        else:
            self.statement_chosen.emit(axis_id)

    # What is compared -----------------------------------------------------------------------------------

    def compare(self) -> None:
        """Ask which series are shown; it is remembered in the file, and is what the report prints."""
        session = self._session
        if not may_compare(session) or session.is_read_only:
            return
        keys = self.ask_for_series()
        if keys is not None:
            # Whoever chooses agencies by name wants to see theirs.
            session.name_all()
            own = SeriesKey(session.wave_id, session.party_id)
            # The partnership alone follows the wave on the screen, as if nothing had been chosen.
            session.apply(show_only(session.audit, () if keys == (own,) else keys))

    def ask_for_series(self) -> tuple[SeriesKey, ...] | None:
        """Return what somebody chooses to be shown; None if they leave it as it is."""
        from hsb_desktop.ui.radar.series_chooser import SeriesChooser

        session = self._session
        return SeriesChooser.ask(session.audit, session.wave_id, self._content.keys, self.window())


def plain_label(role: str) -> QLabel:
    """Return a label for what somebody typed: names of areas, waves and agencies, never markup."""
    label = QLabel()
    label.setObjectName(role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
