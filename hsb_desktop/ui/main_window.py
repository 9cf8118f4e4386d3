"""The main window. It composes: pages, commands and flows each have a file of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from hsb_desktop.resources import resource_path
from hsb_desktop.settings import LARGEST_ZOOM, SMALLEST_ZOOM, Settings
from hsb_desktop.ui.audit_page import AuditPage
from hsb_desktop.ui.by_name import set_by_name
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.commands import Commands, Reasons, Slots
from hsb_desktop.ui.first_paint import AfterFirstPaint
from hsb_desktop.ui.projection import Projection
from hsb_desktop.ui.save_state import SaveKind
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import THEMES, Appearance

if TYPE_CHECKING:
    from hsb_desktop.analysis.privacy import Finding
    from hsb_desktop.operations.conflict_copies import ConflictCopy
    from hsb_desktop.ui.compare_flows import CompareFlows
    from hsb_desktop.ui.flows import Flows
    from hsb_desktop.ui.start_page import StartPage

_WIDTH, _HEIGHT, _FRAME = 1366, 768, 60
"""Pixels of the window at its first start, and of what the system draws around it."""

_HOUSEKEEPING_MILLISECONDS = 4000
"""After an audit is shown: long after the first paint."""

_ZOOM_STEP = 10
_ZOOM_REST_MILLISECONDS = 120


class MainWindow(QMainWindow):
    """Shows the start page, the open audit or one statement full screen."""

    settings_changed = Signal(object)
    audit_shown = Signal(object)
    """The path of the audit that is open now; None when none is."""

    def __init__(self, appearance: Appearance, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.appearance = appearance
        self.settings = settings
        self.page: AuditPage | None = None
        self._zoom_steps = 0
        self._zoom_rest = QTimer(self, singleShot=True, interval=_ZOOM_REST_MILLISECONDS)
        self._zoom_rest.timeout.connect(self._on_zoom_rested)
        self._create()
        self._connect()
        self._show_title()
        self._restore_geometry()

    def _create(self) -> None:
        self.setAcceptDrops(True)
        set_by_name(self, contextMenuPolicy="NoContextMenu")
        self._pages = QStackedWidget(self)
        # Large text must scroll, never push the window past the screen.
        self._pages.setMinimumSize(320, 240)
        self._start: StartPage | None = None
        self.setCentralWidget(self._pages)
        self._projection = Projection(self, self._pages, self.appearance)
        self.commands = Commands(self, self._slots, self._reasons_against)
        AfterFirstPaint(self, self._after_first_paint)
        self.commands.show_has_audit(False)
        self.commands.set_checked(Command.RADAR, self.settings.radar_shown)
        self._check_theme()

    def _connect(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @cached_property
    def flows(self) -> Flows:
        """What the commands of the File and Audit menus do; the first paint needs none of it."""
        from hsb_desktop.ui.flows import Flows

        return Flows(self, self)

    @cached_property
    def comparing(self) -> CompareFlows:
        """What sets several audits beside one another."""
        from hsb_desktop.ui.compare_flows import CompareFlows

        return CompareFlows(self, self)

    def compare_audits(self) -> None:
        """Show the window that sets several audits beside one another."""
        self.comparing.compare_audits()

    def _slots(self) -> Slots:
        # What goes by way of `_by_flows` is imported when somebody asks for it, and not before the radar.
        flows = self.flows
        return {
            Command.NEW: flows.new_audit,
            Command.OPEN: flows.open_audit,
            Command.SAVE_COPY: flows.save_copy,
            Command.SHARE: flows.share,
            Command.MERGE: flows.merge_files,
            Command.IMPORT: flows.import_scores,
            Command.EXPORT: flows.export_data,
            Command.SEND_PACKS: flows.send_packs,
            Command.TAKE_PACKS: flows.take_in_packs,
            Command.REPORT: flows.preview_report,
            Command.COMPARE_AUDITS: self.compare_audits,
            Command.EARLIER_VERSIONS: flows.show_earlier_versions,
            Command.DELETE_AUDIT: flows.delete_audit,
            Command.CLOSE_AUDIT: self.close_audit,
            Command.FORGET_RECENT: flows.forget_recent,
            Command.QUIT: self.close,
            Command.UNDO: self._with_page(lambda page: page.session.undo()),
            Command.REDO: self._with_page(lambda page: page.session.redo()),
            Command.FIND: lambda: self._off_the_screen(AuditPage.open_find),
            Command.GO_TO: lambda: self._off_the_screen(AuditPage.open_go_to),
            Command.NEXT_NOT_SCORED: self.show_next_not_scored,
            Command.NEXT_WITHOUT_EVIDENCE: self._with_page(AuditPage.show_next_without_evidence),
            Command.NEXT_CONFLICT: self.show_next_conflict,
            Command.DETAILS: flows.edit_details,
            Command.AUTHOR: flows.ask_author,
            Command.AGENDA: self.toggle_agenda,
            Command.NEW_WAVE: self._by_flows(lambda flows: flows.waves.new_wave()),
            Command.LOCK_WAVE: self._by_flows(lambda flows: flows.waves.lock_wave()),
            Command.UNLOCK_WAVE: self._by_flows(lambda flows: flows.waves.unlock_wave()),
            Command.MOVEMENT: self._by_flows(lambda flows: flows.waves.show_movement()),
            Command.PROTECT: self._by_flows(lambda flows: flows.protection.protect()),
            Command.CHANGE_PASSWORD: self._by_flows(lambda flows: flows.protection.change_password()),
            Command.REMOVE_PASSWORD: self._by_flows(lambda flows: flows.protection.remove_password()),
            Command.CONFLICTS: flows.show_conflicts,
            Command.HISTORY: lambda: flows.show_history(self._statement_in_view()),
            Command.REMOVE_TEXT: flows.remove_text,
            Command.PROJECT: self.toggle_projection,
            Command.LARGE_RADAR: self.toggle_large_radar,
            Command.RADAR: self._on_radar_toggled,
            Command.ZOOM_IN: lambda: self._zoom_by(1),
            Command.ZOOM_OUT: lambda: self._zoom_by(-1),
            Command.ZOOM_RESET: lambda: self.set_zoom(100),
            Command.LIGHT: lambda: self.set_theme("light"),
            Command.DARK: lambda: self.set_theme("dark"),
            Command.HIGH_CONTRAST: lambda: self.set_theme("high-contrast"),
            Command.NEXT_THEME: self.show_next_theme,
            Command.HELP: lambda: flows.show_help(self._statement_in_view()),
            Command.SHORTCUTS: flows.show_shortcuts,
            Command.ABOUT: flows.show_about,
        }

    def _reasons_against(self) -> Reasons:
        from hsb_desktop.ui.command_state import reasons_against

        return reasons_against(self.page.session) if self.page is not None else {}

    def _after_first_paint(self) -> None:
        self.commands.make()
        from PySide6.QtGui import QIcon

        self.setWindowIcon(QIcon(str(resource_path("icons", "hsb-audit-workshop.svg"))))

    # The start page ---------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """Show the ways to begin, and the audits that were open before."""
        if self._start is None:
            from hsb_desktop.ui.start_page import StartPage

            self._start = StartPage(self.appearance, self)
            self._start.new_wanted.connect(self.flows.new_audit)
            self._start.open_wanted.connect(self.flows.open_audit)
            self._start.sample_wanted.connect(self.flows.open_sample)
            self._start.recent_chosen.connect(lambda path: self.flows.open_path(Path(path)))
            self._start.forget_wanted.connect(self.flows.forget_recent)
            self._pages.addWidget(self._start)
        self._start.show_recent(self.settings.recent, self.settings.due)
        self._pages.setCurrentWidget(self._start)

    # The open audit -------------------------------------------------------------------------------------

    @property
    def session(self) -> AuditSession | None:
        """The open audit, if there is one."""
        return self.page.session if self.page is not None else None

    def show_statement(self, statement_id: str) -> None:
        """Show a statement with the keyboard on its score, off the full screen."""
        self._off_the_screen(lambda page: page.show_statement(statement_id))

    def say(self, words: str) -> None:
        """Show a short note that needs no answer."""
        if self.page is not None:
            self.page.status.say(words)

    def tell(
        self,
        title: str,
        text: str,
        act_words: str,
        act: Callable[[], None],
        *,
        also: tuple[str, Callable[[], None]] | None = None,
        until: Callable[[], bool] | None = None,
    ) -> None:
        """Show something that nobody should miss, until it is put away or `until` holds."""
        if self.page is not None:
            self.page.tell(title, text, act_words, act, also=also, until=until)

    def show_audit(self, session: AuditSession) -> None:
        """Show an audit. The one that was open has been closed."""
        session.setParent(self)
        session.undo_changed.connect(self._show_undo)
        session.details_changed.connect(self._show_title)
        session.save_state_changed.connect(self._show_modified)
        for changed in (session.audit_changed, session.wave_changed, session.details_changed):
            changed.connect(self.commands.refresh)
        session.step_moved.connect(self._projection.follow_step)
        session.file_changed.connect(self._on_file_changed)
        session.place_wanted.connect(self._on_place_wanted)
        session.settling_wanted.connect(self._on_settling_wanted)
        self._show_page(session)
        self.commands.show_has_audit(True)
        self._show_undo()
        self._remember_file()
        self.audit_shown.emit(session.path)
        QTimer.singleShot(_HOUSEKEEPING_MILLISECONDS, session, session.keep_house)
        QTimer.singleShot(_HOUSEKEEPING_MILLISECONDS, session, self._remember_due)

    def _show_page(self, session: AuditSession) -> None:
        # With its place as parent from the start: whoever changes parents is restyled with all that is in it.
        page = AuditPage(
            session,
            self.appearance,
            radar_shown=self.settings.radar_shown,
            place=self._remembered_tab(session),
            parent=self._pages,
        )
        old, self.page = self.page, page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if old is not None:
            old.stop_building()
            self._pages.removeWidget(old)
            old.deleteLater()
        page.header.project_wanted.connect(self.toggle_projection)
        page.header.author_wanted.connect(self._by_flows(lambda flows: flows.ask_author()))
        page.details_wanted.connect(self._by_flows(lambda flows: flows.edit_details()))
        page.report_wanted.connect(self._by_flows(lambda flows: flows.preview_report()))
        page.unlock_wanted.connect(self._by_flows(lambda flows: flows.waves.unlock_wave()))
        page.movement_wanted.connect(self._by_flows(lambda flows: flows.waves.show_movement()))
        page.large_radar_wanted.connect(self.toggle_large_radar)
        page.save_elsewhere_wanted.connect(self._by_flows(lambda flows: flows.save_elsewhere()))
        page.discard_wanted.connect(self._by_flows(lambda flows: flows.discard_unsaved()))
        page.keep_both_wanted.connect(self._by_flows(lambda flows: flows.keep_both()))
        page.conflict_copies_wanted.connect(self._show_conflict_copies)
        page.status.zoom_reset_wanted.connect(lambda: self.set_zoom(100))
        page.help_wanted.connect(self._show_help)
        page.history_wanted.connect(self._show_history)
        page.note_history_wanted.connect(self._show_note_history)
        page.tab_changed.connect(self._on_tab_changed)

    def close_audit(self) -> bool:
        """Commit what is typed and close the open audit; return whether none is open now."""
        if self.page is None:
            return True
        if not self.page.session.is_kept() and not self.flows.may_close_unsaved():
            return False
        self._projection.leave()
        self._remember_due()
        self.page.session.close()
        page, self.page = self.page, None
        page.stop_building()
        self.show_start()
        self._pages.removeWidget(page)
        page.session.deleteLater()
        page.deleteLater()
        self.commands.show_has_audit(False)
        self.commands.show_undo("", "")
        self._show_title()
        self.audit_shown.emit(None)
        return True

    def change_settings(self, settings: Settings) -> None:
        """Take over what is to be remembered, and tell whoever keeps it."""
        if settings != self.settings:
            self.settings = settings
            self.settings_changed.emit(settings)
            if self._start is not None:
                self._start.show_recent(settings.recent, settings.due)

    def _show_help(self, statement_id: str) -> None:
        self.flows.show_help(statement_id)

    def _show_conflict_copies(self, copies: tuple[ConflictCopy, ...]) -> None:
        self.flows.open_conflict_copies(copies)

    def _show_history(self, statement_id: str) -> None:
        self.flows.show_history(statement_id)

    def _show_note_history(self, domain_id: str) -> None:
        self.flows.show_note_history(domain_id)

    def _by_flows(self, act: Callable[[Flows], None]) -> Callable[[], None]:
        return lambda: act(self.flows)

    def _with_page(self, act: Callable[[AuditPage], None]) -> Callable[[], None]:
        def act_if_open() -> None:
            if self.page is not None:
                act(self.page)

        return act_if_open

    def _off_the_screen(self, act: Callable[[AuditPage], None]) -> None:
        """Do something that the full screen has no place for."""
        self._projection.leave()
        if self.page is not None:
            act(self.page)

    def _remembered_tab(self, session: AuditSession) -> int:
        return self.settings.last_tab.get(session.audit.audit_id, 1)

    def _on_tab_changed(self, place: int) -> None:
        if self.page is not None and place <= len(self.page.session.audit.instrument.domains):
            self.change_settings(self.settings.with_last_tab(self.page.session.audit.audit_id, place))

    def _on_place_wanted(self, finding: Finding) -> None:
        from hsb_desktop.ui.places import is_in_details, show_place

        self._off_the_screen(lambda page: show_place(page, finding))
        if self.page is not None and is_in_details(self.page.session.audit, finding.address):
            self.flows.show_in_details(finding)

    def _on_settling_wanted(self, statement_id: str) -> None:
        self.flows.show_conflicts(statement_id)

    def _on_file_changed(self) -> None:
        if self.page is not None:
            # The other file may be one to write in where this one was not: everything is made for it anew.
            self._show_page(self.page.session)
            self.commands.refresh()
            self._remember_file()
            self.audit_shown.emit(self.page.session.path)

    def _remember_file(self) -> None:
        if self.page is not None:
            self.change_settings(self.settings.with_recent(self.page.session.path))
            self._show_title()

    def _remember_due(self) -> None:
        """Keep when the next wave is due, for the start page, which opens no file."""
        from datetime import date

        from hsb_desktop.analysis.wave_dates import next_due

        session = self.session
        if session is not None and str(session.path.absolute()) in self.settings.recent:
            due = next_due(session.audit, date.today())
            due_on = "" if due is None else due.due_on.isoformat()
            self.change_settings(self.settings.with_due(session.path, due_on))

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self.page is not None:
            self.page.note_focus(now)

    def _statement_in_view(self) -> str | None:
        if self.page is None:
            return None
        return self._projection.statement_id or self.page.current_statement_id

    # On the full screen -----------------------------------------------------------------------------------

    def toggle_projection(self) -> None:
        """Show one statement full screen, or leave it."""
        if self.page is not None:
            self._projection.toggle_statement(self.page, self.flows.show_help)

    def toggle_agenda(self) -> None:
        """Show what to talk about first, or put it away; a statement on the full screen follows it, too."""
        if self.page is not None:
            self.page.toggle_agenda()
            self._projection.refresh()

    def toggle_large_radar(self) -> None:
        """Show the radar full screen, or leave it."""
        if self.page is not None:
            self._projection.toggle_radar(self.page)

    def show_next_not_scored(self) -> None:
        """Go to the next statement without a score, on whichever screen is shown."""
        if self.page is not None and not self._projection.show_next_not_scored():
            self.page.show_next_not_scored()

    def show_next_conflict(self) -> None:
        """Go to the next statement whose answers differ, on whichever screen is shown."""
        if self.page is not None:
            from hsb_desktop.ui.next_question import show_next_question

            show_next_question(self.page, self._projection)

    # Zoom and theme -------------------------------------------------------------------------------------

    def set_zoom(self, percent: int) -> None:
        """Show everything at another size, from 80 to 300 percent."""
        self.appearance.set_zoom(min(max(percent, SMALLEST_ZOOM), LARGEST_ZOOM))
        self.change_settings(self.settings.with_look(self.appearance.zoom, self.appearance.theme.name))
        self._refresh_appearance()

    def set_theme(self, name: str) -> None:
        """Show everything in another theme."""
        self.appearance.set_theme(name)
        self.change_settings(self.settings.with_look(self.appearance.zoom, self.appearance.theme.name))
        self._check_theme()
        self._refresh_appearance()

    def show_next_theme(self) -> None:
        """Go from light to dark to high contrast and round again."""
        place = THEMES.index(self.appearance.theme.name) + 1
        self.set_theme(THEMES[place % len(THEMES)])

    def wheelEvent(self, event: QWheelEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self._zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def _zoom_by(self, steps: int) -> None:
        """Take steps that follow one another quickly together: each gives a thousand widgets a new size."""
        self._zoom_steps += steps
        self._zoom_rest.start()

    def _on_zoom_rested(self) -> None:
        steps, self._zoom_steps = self._zoom_steps, 0
        self.set_zoom(self.appearance.zoom + steps * _ZOOM_STEP)

    def _refresh_appearance(self) -> None:
        if self._start is not None:
            self._start.refresh_appearance()
        if self.page is not None:
            self.page.refresh_appearance()
        self._projection.refresh_appearance()

    def _check_theme(self) -> None:
        commands = {"light": Command.LIGHT, "dark": Command.DARK, "high-contrast": Command.HIGH_CONTRAST}
        self.commands.set_checked(commands[self.appearance.theme.name], True)

    def _on_radar_toggled(self) -> None:
        shown = self.commands[Command.RADAR].isChecked()
        self.change_settings(self.settings.with_radar(shown))
        if self.page is not None:
            self.page.show_radar(shown)

    # The window itself ----------------------------------------------------------------------------------

    def _show_undo(self) -> None:
        if self.page is not None:
            session = self.page.session
            self.commands.show_undo(session.undo_text, session.redo_text)

    def _show_title(self) -> None:
        name = self.tr("HSB Audit Workshop")
        if self.page is not None:
            session = self.page.session
            shown = session.audit.details.area or session.audit.details.title
            if session.audit.pack is not None:
                from hsb_desktop.ui.pack_words import pack_title

                shown = pack_title(session.audit)
            shown = self.tr("{0} (protected)").format(shown) if session.is_protected else shown
            name = f"{_in_title(shown)} – {_in_title(session.path.name)}[*] – {name}"
        self.setWindowFilePath(str(self.page.session.path) if self.page is not None else "")
        self.setWindowTitle(name)
        self._show_modified()

    def _show_modified(self) -> None:
        """Mark the title while something is on the screen that could not be written to the disk."""
        self.setWindowModified(
            self.page is not None and self.page.session.save_state.kind is SaveKind.NOT_SAVED
        )

    def _restore_geometry(self) -> None:
        # Qt brings a window back to a screen that is there when the projector is gone.
        saved = self.settings.geometry
        if not saved or not self.restoreGeometry(QByteArray.fromBase64(saved.encode())):
            self.resize(_WIDTH, _HEIGHT)

    def show_on_screen(self) -> None:
        """Show the window, as large as the screen where it would reach past its edges."""
        room = self.screen().availableSize()
        if self.width() > room.width() or self.height() + _FRAME > room.height():
            self.showMaximized()
        else:
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # Qt's own name
        # Should anything here fail, the window stays.
        event.ignore()
        self._projection.leave()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.change_settings(self.settings.with_geometry(geometry))
        if self.close_audit():
            event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # Qt's own name
        if _dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # Qt's own name
        paths = _dropped_paths(event)
        if paths:
            from hsb_desktop.ui.dropped_files import take_dropped

            event.acceptProposedAction()
            take_dropped(self.flows, self.session, paths, self)


def _in_title(text: str) -> str:
    """Return the text as a title shows it to the letter; `[*]` alone is the place of the mark."""
    return text.replace("[*]", "[*][*]")


def _dropped_paths(event: QDropEvent) -> tuple[Path, ...]:
    """Return the files that are dropped; none where something among them is not a file of this computer."""
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls) if all(url.isLocalFile() for url in urls) else ()
