"""Everything that is on the window while an audit is open, for one session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from hsb_desktop.analysis.progress import next_not_scored, progress
from hsb_desktop.ui.domain_tab import DomainTab
from hsb_desktop.ui.first_paint import AfterFirstPaint
from hsb_desktop.ui.header_bar import HeaderBar
from hsb_desktop.ui.page_builder import PageBuilder
from hsb_desktop.ui.save_state import SaveKind
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.status_line import StatusLine
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import Subject, ValueAddress

if TYPE_CHECKING:
    from hsb_desktop.analysis.search import Match
    from hsb_desktop.ui.agenda_panel import AgendaPanel
    from hsb_desktop.ui.find_bar import FindBar
    from hsb_desktop.ui.go_to_bar import GoToBar
    from hsb_desktop.ui.important_notice import ImportantNotice
    from hsb_desktop.ui.lock_line import LockLine
    from hsb_desktop.ui.not_saved_banner import NotSavedBanner
    from hsb_desktop.ui.overview_tab import OverviewTab
    from hsb_desktop.ui.radar.radar_panel import RadarPanel

_OVERVIEW = "overview"
_NARROW = 1000
"""Below this width, in pixels at 100 %, the radar moves from the side to a tab of its own."""

_RADAR_SHARE = 0.30

_SHOWN_BY_STEPS = (Subject.RESPONSE, Subject.DOMAIN_NOTE, Subject.ROUND, Subject.VOTE, Subject.AGREEMENT)
"""What undo and redo go to when they move it; the first part of its key is the wave."""


class AuditPage(QWidget):
    """Header, tabs, radar and status of the open audit. It composes; each part refreshes itself.

    `place` is the tab that is shown first: 0 the overview, 1 the first domain.
    """

    help_wanted = Signal(str)
    history_wanted = Signal(str)
    note_history_wanted = Signal(str)
    details_wanted = Signal()
    report_wanted = Signal()
    large_radar_wanted = Signal()
    tab_changed = Signal(int)
    conflict_copies_wanted = Signal(object)
    unlock_wanted = Signal()
    movement_wanted = Signal()
    save_elsewhere_wanted = Signal()
    discard_wanted = Signal()
    keep_both_wanted = Signal()

    def __init__(
        self,
        session: AuditSession,
        appearance: Appearance,
        *,
        radar_shown: bool = True,
        place: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("audit_page")
        self.session = session
        self._appearance = appearance
        self._radar_shown = radar_shown
        self._radar_panel: RadarPanel | None = None
        self.current_statement_id: str | None = None
        self.agenda: AgendaPanel | None = None
        """What is to be talked about first, while it is open: N and P go along it."""
        self._create()
        self._assemble(place)
        self._connect()
        self._show_banner()
        self._show_counts()

    def _create(self) -> None:
        session, appearance = self.session, self._appearance
        self.header = HeaderBar(session, appearance, self)
        self._banner: NotSavedBanner | None = None
        self._find_bar: FindBar | None = None
        self._go_to_bar: GoToBar | None = None
        self._told: ImportantNotice | None = None
        self._told_until: Callable[[], bool] | None = None
        self._lock_line: LockLine | None = None
        self._is_lock_told = False
        self._has_looked_around = False
        self._is_in_order = False
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("domain_tabs")
        self.tabs.setDocumentMode(True)
        # What is said above them about a fault is never cut off for their sake.
        self.tabs.setMinimumHeight(1)
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(self.tr("Overview and domains"))
        self._overview: OverviewTab | None = None
        self._domain_tabs: dict[str, DomainTab] = {}
        self._beside = {domain.domain_id: _Beside(self.tabs) for domain in session.audit.instrument.domains}
        self._beside[_OVERVIEW] = _Beside(self.tabs)
        self.status = StatusLine(session, appearance, self)
        self._builder = PageBuilder(self, session, appearance, self)

    def _assemble(self, place: int) -> None:
        self.tabs.addTab(self._beside[_OVERVIEW], self.tr("Overview"))
        for domain in self.session.audit.instrument.domains:
            self.tabs.addTab(self._beside[domain.domain_id], domain.domain_id)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        self._banner_place = QVBoxLayout()
        layout.addLayout(self._banner_place)
        self._bars = QVBoxLayout()
        layout.addLayout(self._bars)
        # The agenda stands on their left while it is open.
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.tabs, 1)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.status)
        place = min(max(place, 0), self.tabs.count() - 1)
        self._make_tab(place)
        self.tabs.setCurrentIndex(place)

    def _connect(self) -> None:
        session = self.session
        session.save_state_changed.connect(self._show_banner)
        session.audit_changed.connect(self._show_counts)
        session.wave_changed.connect(self._show_counts)
        self.header.wave_chosen.connect(self._leave_wave_box)
        session.step_moved.connect(self._on_step_moved)
        session.step_told.connect(self.status.say)
        session.audit_changed.connect(self._end_told)
        session.backup_failed.connect(self.status.warn)
        session.edit_refused.connect(self.status.say)
        session.details_changed.connect(self._show_lock)
        session.details_changed.connect(self._builder.go_on)
        session.wave_changed.connect(self._show_lock)
        self._show_lock()
        self._builder.companions_came.connect(self._on_companions_came)
        self._builder.finished.connect(self._on_finished)
        self.tabs.currentChanged.connect(self.tab_changed)
        self.status.next_wanted.connect(self.show_next_not_scored)
        self.status.settling_wanted.connect(lambda: session.settling_wanted.emit(""))
        self.status.without_evidence_wanted.connect(self.show_next_without_evidence)
        self.tabs.currentChanged.connect(self._make_tab)
        self.tabs.currentChanged.connect(self._builder.go_on)
        self.tabs.currentChanged.connect(self.status.end_note)
        self.tabs.installEventFilter(self)

    @property
    def appearance(self) -> Appearance:
        """Zoom and theme of the window."""
        return self._appearance

    # Tabs, made when they are first shown or when there is time -------------------------------------------

    @property
    def overview(self) -> OverviewTab:
        """The overview."""
        if self._overview is None:
            from hsb_desktop.ui.overview_tab import OverviewTab

            self._overview = OverviewTab(self.session, self._appearance, self._beside[_OVERVIEW])
            self._overview.statement_chosen.connect(self.show_statement)
            self._overview.domain_chosen.connect(self.show_domain)
            self._overview.details_wanted.connect(self.details_wanted)
            self._overview.report_wanted.connect(self.report_wanted)
            self._overview.movement_wanted.connect(self.movement_wanted)
            self._beside[_OVERVIEW].hold(self._overview)
            self._is_in_order = False
        return self._overview

    def domain_tab(self, domain_id: str) -> DomainTab:
        """Return a domain's tab; KeyError for a domain that the edition does not have."""
        if domain_id not in self._domain_tabs:
            domain = self.session.audit.instrument.domain(domain_id)
            tab = self._domain_tabs[domain_id] = DomainTab(
                domain, self.session, self._appearance, self._beside[domain_id]
            )
            tab.neighbour_wanted.connect(self.show_neighbour)
            tab.help_wanted.connect(self.help_wanted)
            tab.history_wanted.connect(self.history_wanted)
            tab.note_history_wanted.connect(self.note_history_wanted)
            self._beside[domain_id].hold(tab)
        return self._domain_tabs[domain_id]

    @property
    def banner(self) -> NotSavedBanner:
        """What is said above everything about a fault, made when there is one for the first time."""
        if self._banner is None:
            from hsb_desktop.ui.not_saved_banner import NotSavedBanner

            self._banner = NotSavedBanner(self.session, self)
            self._banner.save_elsewhere_wanted.connect(self.save_elsewhere_wanted)
            self._banner.discard_wanted.connect(self.discard_wanted)
            self._banner.keep_both_wanted.connect(self.keep_both_wanted)
            self._banner_place.addWidget(self._banner)
        return self._banner

    def _show_banner(self) -> None:
        """Make the banner as soon as it has something to say; from then on it follows by itself."""
        is_fault = self.session.save_state.kind in (SaveKind.NOT_SAVED, SaveKind.READ_ONLY)
        if self._banner is None and (is_fault or self.session.is_read_only):
            self.banner.show()

    def _make_tab(self, place: int) -> None:
        for tab_id, beside in self._beside.items():
            if self.tabs.widget(place) is beside:
                self._make(tab_id)

    def _make(self, tab_id: str) -> None:
        if tab_id == _OVERVIEW:
            self.overview.refresh()
        else:
            self.domain_tab(tab_id)

    @property
    def made_tabs(self) -> Mapping[str, DomainTab]:
        """The domains' tabs that were made, by the domain's id."""
        return self._domain_tabs

    # Building: the tab that is seen first, the radar right after the first paint, the rest when idle --------

    def showEvent(self, event: QShowEvent) -> None:  # Qt's own name
        super().showEvent(event)
        self._builder.note_shown()
        AfterFirstPaint(self, self._begin_building)

    @property
    def has_all_cards(self) -> bool:
        """Whether the cards of all statements are there."""
        return self._builder.has_all_cards

    @property
    def is_built(self) -> bool:
        """Whether the radar, all cards and the ends of the domains are there, each with all that it has."""
        return self._builder.is_built

    def build_all(self) -> None:
        """Build whatever is not built yet, at once."""
        self._builder.build_all()

    def stop_building(self) -> None:
        """Build nothing more: the page is about to go, and the session may go before it."""
        self._builder.stop()

    def _make_keys(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        for place in range(len(self._beside)):
            keys = QShortcut(QKeySequence(f"Ctrl+{place or 'Home'}"), self)
            keys.activated.connect(partial(self.tabs.setCurrentIndex, place))

    def _begin_building(self) -> None:
        if self._builder.has_begun:
            return
        # First of all: it takes the time since the page was shown.
        self._builder.begin()
        if self.session.audit.pack is not None:
            self._tell_of_pack()
        self._make_keys()
        if self.current_statement_id is None:
            self.focus_start()

    def _tell_of_pack(self) -> None:
        from hsb_desktop.ui.pack_notice import PackNotice

        notice = PackNotice(self.session.audit, self.session.path.name, self)
        self._bars.insertWidget(0, notice)
        notice.show()
        notice.announce()

    def _on_companions_came(self) -> None:
        self._is_in_order = False
        if self.is_built:
            self._order_stops()

    def _on_finished(self) -> None:
        self._order_stops()
        if not self._has_looked_around:
            self._has_looked_around = True
            self._look_around()

    def _look_around(self) -> None:
        """Say where the file lies and what lies beside it, and in the file's lock who is typing."""
        from hsb_desktop.ui.conflict_marks import ConflictMarks
        from hsb_desktop.ui.file_notices import FileNotices

        notices = FileNotices(self.session, self)
        notices.conflict_copies_wanted.connect(self.conflict_copies_wanted)
        self._bars.insertWidget(0, notices)
        self._conflict_marks = ConflictMarks(self.session, self.status, self.domain_tab, self)
        self.session.watch_file()
        if self.session.author and not self.session.is_read_only:
            self.session.sign_lock()

    def tell(
        self,
        title: str,
        text: str,
        act_words: str = "",
        act: Callable[[], None] | None = None,
        *,
        also: tuple[str, Callable[[], None]] | None = None,
        until: Callable[[], bool] | None = None,
    ) -> None:
        """Show something that nobody should miss, until it is put away, instead of what was told before.

        With `until` it goes by itself once that holds after a change of the audit.
        """
        from hsb_desktop.ui.important_notice import ImportantNotice

        if self._told is not None:
            self._told.put_away()
        self._told_until = until
        self._told = ImportantNotice(title, text, act_words, act, self, also=also)
        self._bars.insertWidget(0, self._told)
        self._told.show()
        self._told.announce()

    def _end_told(self) -> None:
        if self._told is not None and self._told_until is not None and self._told_until():
            self._told.put_away()
            self._told_until = None

    def _order_stops(self) -> None:
        """Have the Tab key go over the pages as they are read, then over the radar, then over the rest."""
        if self._is_in_order:
            return
        from hsb_desktop.ui.tab_order import put_in_order

        self._is_in_order = True
        pages = [page for page in (self._overview, *self._domain_tabs.values()) if page is not None]
        put_in_order([self.tabs.tabBar(), *(stop for page in pages for stop in page.stops())])
        if self._radar_panel is not None:
            put_in_order([self._radar_panel.last_stop, *self.status.stops()])

    @property
    def has_radar(self) -> bool:
        """Whether the radar is there."""
        return self._radar_panel is not None

    def build_radar(self) -> None:
        """Make the radar, unless it is there."""
        if self._radar_panel is not None:
            return
        # pyqtgraph costs as much to import as everything before the first paint together.
        from PySide6.QtCore import Qt

        from hsb_desktop.ui.radar.radar_panel import RadarPanel

        panel = RadarPanel(self.session, self._appearance)
        panel.setObjectName("radar_panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        panel.domain_chosen.connect(self.show_domain)
        panel.statement_chosen.connect(self.show_statement)
        panel.large_wanted.connect(self.large_radar_wanted)
        self._radar_panel = panel
        self._place_radar()

    @property
    def radar_domain_id(self) -> str:
        """The domain whose statements the radar shows; empty for all domains."""
        return self._radar_panel.domain_id if self._radar_panel is not None else ""

    # The radar's place ------------------------------------------------------------------------------------

    def show_radar(self, shown: bool) -> None:
        """Show the radar beside the statements, or not."""
        self._radar_shown = shown
        self._place_radar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's own name
        """Keep the radar in its place when the tabs change size, with the window or a bar above them."""
        if watched is self.tabs and event.type() is QEvent.Type.Resize:
            self._place_radar()
        return False

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

    # Bars, made when they are first asked for -------------------------------------------------------------

    def open_find(self) -> None:
        """Let somebody look for words."""
        if self._find_bar is None:
            from hsb_desktop.ui.find_bar import FindBar

            self._find_bar = FindBar(self.session, self._appearance, self)
            self._find_bar.match_chosen.connect(self._on_match_chosen)
            self._find_bar.closed.connect(self._back_to_statement)
            self._bars.addWidget(self._find_bar)
        self._find_bar.open()

    def open_go_to(self) -> None:
        """Let somebody go to a statement by its number."""
        if self._go_to_bar is None:
            from hsb_desktop.ui.go_to_bar import GoToBar

            self._go_to_bar = GoToBar(self.session, self)
            self._go_to_bar.statement_chosen.connect(self.show_statement)
            self._go_to_bar.closed.connect(self._back_to_statement)
            self._bars.addWidget(self._go_to_bar)
        self._go_to_bar.open()

    # Going places -----------------------------------------------------------------------------------------

    def focus_start(self) -> None:
        """Put the keyboard on the first statement of the tab that is shown, if it is a domain's."""
        for domain in self.session.audit.instrument.domains:
            if self.tabs.currentWidget() is self._beside[domain.domain_id]:
                first = domain.statements[0].statement_id
                self.domain_tab(domain.domain_id).card(first).focus_score()

    def show_domain(self, domain_id: str) -> None:
        """Show a domain's tab."""
        self.domain_tab(domain_id)
        self.tabs.setCurrentWidget(self._beside[domain_id])

    def show_statement(self, statement_id: str) -> None:
        """Show a statement with the keyboard on its score."""
        domain_id = self.session.audit.instrument.statement(statement_id).domain_id
        self.show_domain(domain_id)
        self.domain_tab(domain_id).show_statement(statement_id)

    def show_neighbour(self, statement_id: str, step: int) -> None:
        """Show the statement before (−1) or after (1) another, on the agenda while that is open."""
        neighbour_id = self.neighbour_of(statement_id, step)
        if neighbour_id is not None:
            self.show_statement(neighbour_id)

    def neighbour_of(self, statement_id: str, step: int) -> str | None:
        """Return the statement before (−1) or after (1) another: on the agenda, or else on the form."""
        if self.agenda is not None:
            return self.agenda.neighbour_of(statement_id, step)
        statements = self.session.audit.instrument.statements
        place = statements.index(self.session.audit.instrument.statement(statement_id)) + step
        return statements[place].statement_id if 0 <= place < len(statements) else None

    def agenda_in_words(self, statement_id: str) -> str:
        """Return which agenda is followed and how far it is at a statement; empty where none is open."""
        return self.agenda.follow(statement_id) if self.agenda is not None else ""

    # The agenda -------------------------------------------------------------------------------------------

    def toggle_agenda(self) -> None:
        """Show what to talk about first on the left of the cards, or put it away."""
        if self.agenda is not None:
            self._close_agenda()
            return
        from hsb_desktop.ui.agenda_panel import AgendaPanel

        self.session.flush()
        self.agenda = AgendaPanel(self.session, self._appearance, self)
        self.agenda.statement_chosen.connect(self.show_statement)
        self.agenda.closed.connect(self._close_agenda)
        self.agenda.order_changed.connect(self._follow_agenda)
        self._middle.insertWidget(0, self.agenda)
        self._follow_agenda()
        self.agenda.open()
        QTimer.singleShot(0, self, self._keep_in_view)

    def _close_agenda(self) -> None:
        panel, self.agenda = self.agenda, None
        if panel is not None:
            self._middle.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.status.follow_agenda("")
            if self.isVisible():
                self._back_to_statement()

    def _follow_agenda(self) -> None:
        if self.agenda is not None:
            self.status.follow_agenda(self.agenda.follow(self.current_statement_id))

    def show_next_not_scored(self) -> None:
        """Show the next statement without a score, if there is one."""
        self.session.flush()
        found = next_not_scored(
            self.session.shown, self.session.wave_id, self.current_statement_id, self.session.party_id
        )
        if found is not None:
            self.show_statement(found.statement_id)

    def show_next_without_evidence(self) -> None:
        """Show the next statement scored 3 or 4 without evidence, going round."""
        session = self.session
        session.flush()
        bare = progress(session.shown, session.wave_id, session.party_id).high_without_evidence
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
        self._mark(widget.statement.statement_id)

    def _mark(self, statement_id: str) -> None:
        self.current_statement_id = statement_id
        for tab in self._domain_tabs.values():
            tab.mark_current(statement_id)
        self.status.follow(statement_id)
        self._follow_agenda()

    def _leave_wave_box(self) -> None:
        """Put the keyboard where digits score again; from the overview nothing is jumped to."""
        current = self.current_statement_id
        tab = self.tabs.currentWidget()
        if current is not None:
            domain_id = self.session.audit.instrument.statement(current).domain_id
            if tab is self._beside[domain_id]:
                self.show_statement(current)

    def _back_to_statement(self) -> None:
        if self.current_statement_id is not None:
            self.show_statement(self.current_statement_id)

    def _on_match_chosen(self, match: Match) -> None:
        if match.statement_id:
            tab = self.domain_tab(match.domain_id)
            self.show_domain(match.domain_id)
            tab.show_statement(match.statement_id, focus=False)
            tab.mark_current(match.statement_id)
            self.current_statement_id = match.statement_id
        else:
            self.show_domain(match.domain_id)
            tab = self.domain_tab(match.domain_id)
            tab.build_all()
            tab.verticalScrollBar().setValue(tab.verticalScrollBar().maximum())

    def _on_step_moved(self, address: ValueAddress) -> None:
        """Show what undo or redo moved. The keyboard stays in a text box: a digit typed on must not score."""
        if address.subject not in _SHOWN_BY_STEPS:
            return
        if address.key[0] != self.session.wave_id:
            self.session.show_wave(address.key[0])
        if address.subject is Subject.DOMAIN_NOTE:
            self.show_domain(address.key[1])
            return
        statement_id = address.key[2 if address.subject is Subject.RESPONSE else 1]
        domain_id = self.session.audit.instrument.statement(statement_id).domain_id
        self.show_domain(domain_id)
        from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit

        # Nor in the list in which answers are recorded unseen.
        in_text = isinstance(QApplication.focusWidget(), QPlainTextEdit | QLineEdit | QListWidget)
        self.domain_tab(domain_id).show_statement(statement_id, focus=self.isVisible() and not in_text)
        self._mark(statement_id)

    # What is shown ----------------------------------------------------------------------------------------

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self.header.refresh()
        if self._banner is not None:
            self._banner.refresh()
        if self._told is not None:
            self._told.fit()
        if self._overview is not None:
            self._overview.refresh_appearance()
        for tab in self._domain_tabs.values():
            tab.refresh_appearance()
        self.status.refresh_appearance()
        if self.agenda is not None:
            self.agenda.refresh_appearance()
        if self._radar_panel is not None:
            self._radar_panel.refresh_appearance()
        self._place_radar()
        # Once the layouts have settled, what somebody was at is still in view.
        QTimer.singleShot(0, self, self._keep_in_view)

    def _keep_in_view(self) -> None:
        if self.current_statement_id is not None:
            statement = self.session.audit.instrument.statement(self.current_statement_id)
            self.domain_tab(statement.domain_id).show_statement(self.current_statement_id, focus=False)

    def _show_lock(self) -> None:
        """Let what is on the cards be changed, or only read; say why."""
        if self.session.is_locked == self._is_lock_told:
            return
        self._is_lock_told = self.session.is_locked
        if self._lock_line is None:
            from hsb_desktop.ui.lock_line import LockLine

            self._lock_line = LockLine(self.session, self)
            self._lock_line.unlock_wanted.connect(self.unlock_wanted)
            self._bars.addWidget(self._lock_line)
        self._lock_line.refresh()
        for tab in self._domain_tabs.values():
            tab.refresh()

    def _show_counts(self) -> None:
        standing = self.session.standing
        for score in standing.domain_scores:
            domain = self.session.audit.instrument.domain(score.domain_id)
            place = self.tabs.indexOf(self._beside[score.domain_id])
            answered = standing.answered_in(score.domain_id)
            done = " ✓" if answered == score.statements else ""
            count = self.tr("{0} of {1}").format(answered, score.statements)
            title = f"{domain.domain_id} {domain.short_title}  {count}{done}".replace("&", "&&")
            if self.tabs.tabText(place) != title:
                self.tabs.setTabText(place, title)
                self.tabs.setTabToolTip(place, domain.title)


class _Beside(QWidget):
    """A tab's content with room left on its right for the radar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def hold(self, content: QWidget) -> None:
        """Take in the content."""
        self._layout.addWidget(content)

    def leave_room(self, pixels: int) -> None:
        """Leave that much room on the right."""
        self._layout.setContentsMargins(0, 0, pixels, 0)
