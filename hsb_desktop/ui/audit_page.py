"""Everything that is on the window while an audit is open, for one session."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from hsb_desktop.analysis.progress import next_not_scored, progress
from hsb_desktop.analysis.scoring import domain_scores
from hsb_desktop.analysis.search import Match
from hsb_desktop.model import Subject, ValueAddress
from hsb_desktop.ui.domain_tab import DomainTab
from hsb_desktop.ui.find_bar import FindBar
from hsb_desktop.ui.go_to_bar import GoToBar
from hsb_desktop.ui.header_bar import HeaderBar
from hsb_desktop.ui.not_saved_banner import NotSavedBanner
from hsb_desktop.ui.overview_tab import OverviewTab
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.status_line import StatusLine
from hsb_desktop.ui.theme import Appearance

_CARDS_AT_ONCE = 2
_NARROW = 1000
"""Below this width, in pixels at 100 %, the radar moves from the side to a tab of its own."""

_RADAR_SHARE = 0.30
_LATEST_BUILD_MILLISECONDS = 60


class AuditPage(QWidget):
    """Header, tabs, radar and status of the open audit. It composes; each part refreshes itself."""

    help_wanted = Signal(str)
    tab_changed = Signal(int)

    def __init__(
        self,
        session: AuditSession,
        appearance: Appearance,
        *,
        radar_shown: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("audit_page")
        self.session = session
        self._appearance = appearance
        self._radar_shown = radar_shown
        self._radar_panel: QWidget | None = None
        self._has_painted = False
        self.current_statement_id: str | None = None
        self._create()
        self._assemble()
        self._connect()
        self._show_counts()

    def _create(self) -> None:
        session, appearance = self.session, self._appearance
        self.header = HeaderBar(session, appearance, self)
        self.banner = NotSavedBanner(session, self)
        self.find_bar = FindBar(session, appearance, self)
        self.go_to_bar = GoToBar(session, self)
        self.find_bar.hide()
        self.go_to_bar.hide()
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("domain_tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(self.tr("Overview and domains"))
        self.overview = OverviewTab(session, appearance)
        self.domain_tabs = {
            domain.domain_id: DomainTab(domain, session, appearance)
            for domain in session.audit.instrument.domains
        }
        self.status = StatusLine(session, appearance, self)
        self._builder = QTimer(self, interval=0)

    def _assemble(self) -> None:
        self._beside = {tab: _Beside(tab) for tab in (self.overview, *self.domain_tabs.values())}
        self.tabs.addTab(self._beside[self.overview], self.tr("Overview"))
        for domain_id, tab in self.domain_tabs.items():
            self.tabs.addTab(self._beside[tab], domain_id)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        for bar in (self.banner, self.find_bar, self.go_to_bar):
            layout.addWidget(bar)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.status)
        self._show_tab(next(iter(self.domain_tabs.values())))

    def _connect(self) -> None:
        session = self.session
        session.audit_changed.connect(self._show_counts)
        session.wave_changed.connect(self._show_counts)
        session.step_moved.connect(self._on_step_moved)
        self._builder.timeout.connect(self._build_more)
        self.tabs.currentChanged.connect(self.tab_changed)
        self.overview.statement_chosen.connect(self.show_statement)
        self.overview.domain_chosen.connect(self.show_domain)
        self.find_bar.match_chosen.connect(self._on_match_chosen)
        self.find_bar.closed.connect(self._back_to_statement)
        self.go_to_bar.statement_chosen.connect(self.show_statement)
        self.go_to_bar.closed.connect(self._back_to_statement)
        self.status.next_wanted.connect(self.show_next_not_scored)
        self.status.without_evidence_wanted.connect(self.show_next_without_evidence)
        for place in range(len(self._beside)):
            keys = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            keys.activated.connect(partial(self.tabs.setCurrentIndex, place))
        for tab in self.domain_tabs.values():
            tab.neighbour_wanted.connect(self.show_neighbour)
            tab.help_wanted.connect(self.help_wanted)

    # Building: the tab that is seen first, the radar right after the first paint, the rest when idle --------

    def showEvent(self, event: QShowEvent) -> None:  # Qt's own name
        super().showEvent(event)
        QTimer.singleShot(_LATEST_BUILD_MILLISECONDS, self._begin_building)

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's own name
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self._begin_building)

    @property
    def is_built(self) -> bool:
        """Whether the radar and all cards are there."""
        return self._radar_panel is not None and all(tab.is_built for tab in self.domain_tabs.values())

    def build_all(self) -> None:
        """Build whatever is not built yet, at once."""
        self._build_radar()
        for tab in self.domain_tabs.values():
            tab.build_all()

    def _begin_building(self) -> None:
        if self._radar_panel is None and not self._builder.isActive():
            self._builder.start()
            if self.current_statement_id is None:
                self.focus_start()

    def _build_more(self) -> None:
        for tab in self.domain_tabs.values():
            if tab.isVisible() and not tab.fills_view:
                tab.build(_CARDS_AT_ONCE)
                return
        if self._radar_panel is None:
            self._build_radar()
            return
        for tab in sorted(self.domain_tabs.values(), key=lambda tab: not tab.isVisible()):
            if not tab.is_built:
                tab.build(_CARDS_AT_ONCE)
                return
        self._builder.stop()

    def _build_radar(self) -> None:
        if self._radar_panel is not None:
            return
        # pyqtgraph costs as much to import as everything before the first paint together.
        from hsb_desktop.ui.radar_panel import RadarPanel

        panel = RadarPanel(self.session, self._appearance)
        panel.setObjectName("radar_panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        panel.domain_chosen.connect(self.show_domain)
        panel.statement_chosen.connect(self.show_statement)
        self._radar_panel = panel
        self._place_radar()

    # The radar's place ------------------------------------------------------------------------------------

    def show_radar(self, shown: bool) -> None:
        """Show the radar beside the statements, or not."""
        self._radar_shown = shown
        self._place_radar()

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._place_radar()

    def _place_radar(self) -> None:
        panel = self._radar_panel
        if panel is None:
            return
        is_narrow = self.width() < self._appearance.pixels(_NARROW)
        place = self.tabs.indexOf(panel)
        if is_narrow and place < 0:
            self.tabs.addTab(panel, self.tr("Radar"))
        elif not is_narrow and place >= 0:
            self.tabs.removeTab(place)
        is_beside = not is_narrow and self._radar_shown
        share = round(self.tabs.width() * _RADAR_SHARE) if is_beside else 0
        for beside in self._beside.values():
            beside.leave_room(share)
        if is_narrow:
            return
        # One radar for all tabs, below their titles: it lies on the tab widget, and the tabs leave its room.
        panel.setParent(self.tabs)
        top = self.tabs.tabBar().geometry().bottom() + 2
        panel.setGeometry(self.tabs.width() - share, top, share, self.tabs.height() - top)
        panel.setVisible(is_beside)
        panel.raise_()

    # Going places -----------------------------------------------------------------------------------------

    def focus_start(self) -> None:
        """Put the keyboard on the first statement of the tab that is shown, if it is a domain's."""
        for tab in self.domain_tabs.values():
            if self.tabs.currentWidget() is self._beside[tab]:
                tab.card(tab.domain.statements[0].statement_id).focus_score()

    def _show_tab(self, tab: DomainTab | OverviewTab) -> None:
        self.tabs.setCurrentWidget(self._beside[tab])

    def show_domain(self, domain_id: str) -> None:
        """Show a domain's tab."""
        self._show_tab(self.domain_tabs[domain_id])

    def show_statement(self, statement_id: str) -> None:
        """Show a statement with the keyboard on its score."""
        tab = self.domain_tabs[self.session.audit.instrument.statement(statement_id).domain_id]
        self._show_tab(tab)
        tab.show_statement(statement_id)

    def show_neighbour(self, statement_id: str, step: int) -> None:
        """Show the statement before (−1) or after (1) another."""
        statements = self.session.audit.instrument.statements
        place = statements.index(self.session.audit.instrument.statement(statement_id)) + step
        if 0 <= place < len(statements):
            self.show_statement(statements[place].statement_id)

    def show_next_not_scored(self) -> None:
        """Show the next statement without a score, if there is one."""
        self.session.flush()
        found = next_not_scored(
            self.session.audit, self.session.wave_id, self.current_statement_id, self.session.party_id
        )
        if found is not None:
            self.show_statement(found.statement_id)

    def show_next_without_evidence(self) -> None:
        """Show the next statement scored 3 or 4 without evidence, going round."""
        session = self.session
        session.flush()
        bare = progress(session.audit, session.wave_id, session.party_id).high_without_evidence
        if not bare:
            return
        order = [statement.statement_id for statement in session.audit.instrument.statements]
        current = order.index(self.current_statement_id) if self.current_statement_id in order else -1
        after = [statement for statement in bare if order.index(statement.statement_id) > current]
        self.show_statement((after or list(bare))[0].statement_id)

    def note_focus(self, widget: QWidget | None) -> None:
        """Mark the card in which the keyboard is now."""
        while widget is not None and not isinstance(widget, StatementCard):
            widget = widget.parentWidget()
        if widget is None:
            return
        self.current_statement_id = widget.statement.statement_id
        for tab in self.domain_tabs.values():
            tab.mark_current(self.current_statement_id)
        self.status.follow(self.current_statement_id)

    def _back_to_statement(self) -> None:
        if self.current_statement_id is not None:
            self.show_statement(self.current_statement_id)

    def _on_match_chosen(self, match: Match) -> None:
        if match.statement_id:
            tab = self.domain_tabs[match.domain_id]
            self._show_tab(tab)
            tab.show_statement(match.statement_id, focus=False)
            tab.mark_current(match.statement_id)
            self.current_statement_id = match.statement_id
        else:
            self.show_domain(match.domain_id)
            tab = self.domain_tabs[match.domain_id]
            tab.build_all()
            tab.verticalScrollBar().setValue(tab.verticalScrollBar().maximum())

    def _on_step_moved(self, address: ValueAddress) -> None:
        if address.subject is Subject.RESPONSE:
            self.show_statement(address.key[2])
        elif address.subject is Subject.DOMAIN_NOTE:
            self.show_domain(address.key[1])

    # What is shown ----------------------------------------------------------------------------------------

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self.header.refresh()
        self.overview.refresh_appearance()
        for tab in self.domain_tabs.values():
            tab.refresh_appearance()
        self.status.refresh_appearance()
        if self._radar_panel is not None:
            self._radar_panel.refresh_appearance()  # type: ignore[attr-defined]  # imported late, see above
        self._place_radar()
        # Once the layouts have settled, what somebody was at is still in view.
        QTimer.singleShot(0, self, self._keep_in_view)

    def _keep_in_view(self) -> None:
        if self.current_statement_id is not None:
            statement = self.session.audit.instrument.statement(self.current_statement_id)
            self.domain_tabs[statement.domain_id].show_statement(self.current_statement_id, focus=False)

    def _show_counts(self) -> None:
        audit, wave_id, party_id = self.session.audit, self.session.wave_id, self.session.party_id
        for score in domain_scores(audit, wave_id, party_id):
            domain = audit.instrument.domain(score.domain_id)
            place = self.tabs.indexOf(self._beside[self.domain_tabs[score.domain_id]])
            done = " ✓" if score.scored == score.statements else ""
            count = self.tr("{0} of {1}").format(score.scored, score.statements)
            title = f"{domain.domain_id} {domain.short_title}  {count}{done}".replace("&", "&&")
            if self.tabs.tabText(place) != title:
                self.tabs.setTabText(place, title)
                self.tabs.setTabToolTip(place, domain.title)


class _Beside(QWidget):
    """A tab's content with room left on its right for the radar."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(content)

    def leave_room(self, pixels: int) -> None:
        """Leave that much room on the right."""
        self._layout.setContentsMargins(0, 0, pixels, 0)
