"""What is shown on the whole screen: one statement (F5) or the radar (F6), in place of the audit's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from hsb_desktop.ui.audit_page import AuditPage
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import Subject, ValueAddress

if TYPE_CHECKING:
    from hsb_desktop.ui.radar.radar_screen import RadarScreen
    from hsb_desktop.ui.statement_screen import StatementScreen

# Neither screen belongs to the first paint, so each is imported when it is first wanted.


class Projection(QObject):
    """Takes the window to the full screen and back."""

    def __init__(self, window: QMainWindow, pages: QStackedWidget, appearance: Appearance) -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._appearance = appearance
        self._page: AuditPage | None = None
        self._statement: StatementScreen | None = None
        self._radar: RadarScreen | None = None
        self._was_maximized = False

    @property
    def statement_id(self) -> str | None:
        """The statement that is on the full screen, if one is."""
        return self._statement.statement_id if self._statement is not None else None

    def toggle_statement(self, page: AuditPage, show_help: Callable[[str], None]) -> None:
        """Show one statement on the full screen, or leave it."""
        from hsb_desktop.ui.statement_screen import StatementScreen

        was_shown = self._statement is not None
        self.leave()
        if was_shown:
            return
        page.session.flush()
        screen = StatementScreen(page.session, self._appearance, page, self._window)
        screen.left.connect(self.leave)
        screen.help_wanted.connect(show_help)
        screen.unlock_wanted.connect(page.unlock_wanted)
        self._statement = screen
        self._enter(page, screen)
        first = page.session.audit.instrument.statements[0].statement_id
        screen.show_statement(page.current_statement_id or first)

    def toggle_radar(self, page: AuditPage) -> None:
        """Show the radar on the full screen, or leave it."""
        from hsb_desktop.ui.radar.radar_screen import RadarScreen

        was_shown = self._radar is not None
        self.leave()
        if was_shown:
            return
        page.session.flush()
        screen = RadarScreen(page.session, self._appearance, self._window)
        screen.show_domain(page.radar_domain_id)
        screen.left.connect(self.leave)
        screen.domain_chosen.connect(self._on_domain_chosen)
        screen.statement_chosen.connect(self._on_statement_chosen)
        self._radar = screen
        self._enter(page, screen)
        screen.setFocus()

    def leave(self) -> None:
        """Go back to the audit's page, if anything is on the full screen."""
        screen: QWidget | None = self._statement or self._radar
        if screen is None or self._page is None:
            return
        statement_id = self.statement_id
        self._page.session.flush()
        self._statement = self._radar = None
        self._pages.setCurrentWidget(self._page)
        self._pages.removeWidget(screen)
        screen.deleteLater()
        self._window.menuBar().show()
        if self._was_maximized:
            self._window.showMaximized()
        else:
            self._window.showNormal()
        if statement_id is not None:
            self._page.show_statement(statement_id)

    def show_next_not_scored(self) -> bool:
        """Go on to the next statement without a score; return whether a statement is on the full screen."""
        if self._statement is None:
            return False
        self._statement.show_next_not_scored()
        return True

    def refresh(self) -> None:
        """Show what the session has, where a statement is on the full screen."""
        if self._statement is not None:
            self._statement.refresh()

    def follow_step(self, address: ValueAddress) -> None:
        """Show the statement that undo or redo moved, where one is on the full screen."""
        if self._statement is None:
            return
        if address.subject is Subject.RESPONSE:
            self._statement.follow(address.key[2])
        elif address.subject in (Subject.ROUND, Subject.VOTE, Subject.AGREEMENT):
            self._statement.follow(address.key[1])

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        for screen in (self._statement, self._radar):
            if screen is not None:
                screen.refresh_appearance()

    def _enter(self, page: AuditPage, screen: QWidget) -> None:
        self._page = page
        self._pages.addWidget(screen)
        self._pages.setCurrentWidget(screen)
        self._window.menuBar().hide()
        self._was_maximized = self._window.isMaximized()
        self._window.showFullScreen()

    def _on_domain_chosen(self, domain_id: str) -> None:
        page = self._page
        self.leave()
        if page is not None:
            page.show_domain(domain_id)

    def _on_statement_chosen(self, statement_id: str) -> None:
        page = self._page
        self.leave()
        if page is not None:
            page.show_statement(statement_id)
