"""The small button on a card that says which score is aimed at, and lets people choose it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from hsb_desktop.ui.literal import on_button
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import PARTNERSHIP


class TargetButton(QPushButton):
    """Says "Target…" or "Target 3"; T or a click opens the choice. Only the partnership has targets."""

    def __init__(self, statement_id: str, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("target_button")
        self.setProperty("role", "link")
        self.setToolTip(self.tr("The score to aim at for the next wave (T)"))
        self._statement_id = statement_id
        self._session = session
        self._shown: tuple[object, ...] = ()
        self._menu: QMenu | None = None
        self.clicked.connect(self.open_choice)
        self.refresh()

    def show_statement(self, statement_id: str) -> None:
        """Be about another statement."""
        self._statement_id = statement_id
        self.refresh()

    def refresh(self) -> None:
        """Show what the session has."""
        session = self._session
        key = session.key(self._statement_id)
        target = session.shown.response(key).target
        is_seen = key.party_id == PARTNERSHIP and (session.may_edit or target is not None)
        shown = (target, session.may_edit, is_seen, self._statement_id)
        if shown == self._shown:
            return
        self._shown = shown
        self.setText(self.tr("Target…") if target is None else self.tr("Target {0}").format(target))
        words = self.tr("none") if target is None else str(target)
        self.setAccessibleName(self.tr("Target of {0}: {1}").format(self._statement_id, words))
        self.setEnabled(session.may_edit)
        self.setVisible(is_seen)

    def refresh_appearance(self) -> None:
        """Nothing to follow: the style does."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Open the choice at T."""
        if event.key() != Qt.Key.Key_T or not self.isEnabled() or self.isHidden():
            return False
        self.open_choice()
        return True

    def open_choice(self) -> None:
        """Offer the scores; the digits choose."""
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = QMenu(self)
        menu.setObjectName("target_menu")
        target = self._session.shown.response(self._session.key(self._statement_id)).target
        for point in self._session.audit.instrument.scale:
            action = menu.addAction(f"&{point.score}   {on_button(point.label)}")
            action.setCheckable(True)
            action.setChecked(point.score == target)
            action.triggered.connect(partial(self._choose, point.score))
        menu.addSeparator()
        none = menu.addAction(self.tr("&No target"))
        none.setEnabled(target is not None)
        none.triggered.connect(partial(self._choose, None))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _choose(self, target: int | None, _checked: bool = False) -> None:
        self._session.set_target(self._statement_id, target)
