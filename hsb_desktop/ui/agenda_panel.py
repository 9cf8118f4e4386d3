"""Ctrl+J: what to talk about first, on the left of the cards; the next and previous keys follow it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.analysis.agenda import AgendaItem, AgendaOrder, agenda
from hsb_desktop.analysis.overlays import own_words
from hsb_desktop.ui.agenda_words import nothing_in_words, order_in_words, reason_in_words, scores_in_words
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.literal import in_tip
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP, ResponseKey

_WIDTH = 310
_SHARE = 0.34
_LARGEST_WITH_HINT = 130
"""Percent of zoom above which the list needs the room."""
_AROUND = 5
"""Letter heights that margins, frames and the scroll bar take of the panel's width."""


class AgendaPanel(QWidget):
    """Lists statements in an order that stays put until somebody asks for it anew.

    What was just scored stays in its place, marked with its score, so that the next key leads on.
    """

    statement_chosen = Signal(str)
    order_changed = Signal()
    """Other statements, or the same in another order, are listed."""
    closed = Signal()

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agenda_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._appearance = appearance
        self._items: tuple[AgendaItem, ...] = ()
        self._reasons: tuple[str, ...] = ()
        self._place = -1
        self._create()
        self._assemble()
        self._connect()
        self._choose_order()
        self.refresh()

    def _create(self) -> None:
        self._title = QLabel(self.tr("Agenda"), self)
        self._title.setProperty("role", "section")
        self._close = QPushButton(self.tr("Close"), self)
        self._close.setObjectName("agenda_close")
        self._close.setProperty("role", "link")
        self._close.setToolTip(self.tr("Esc, or Ctrl+J"))
        self.orders = ChoiceBox("agenda_order", self)
        self.orders.setAccessibleName(self.tr("Order of the agenda"))
        for order in AgendaOrder:
            self.orders.addItem(order_in_words(order), order.value)
        self.refresh_button = QPushButton(self.tr("Refresh the order"), self)
        self.refresh_button.setObjectName("agenda_refresh")
        self.refresh_button.setProperty("role", "link")
        self.refresh_button.setToolTip(self.tr("The order stays as it is until you press this"))
        self.list = QListWidget(self)
        self.list.setObjectName("agenda_list")
        self.list.setAccessibleName(self.tr("Statements to talk about"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setAlternatingRowColors(True)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._nothing = QLabel(self)
        self._nothing.setObjectName("agenda_nothing")
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("role", "muted")
        self._hint = QLabel(self.tr("N and P follow this list while it is open."), self)
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "muted")

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        self._layout.addWidget(self.orders)
        self._layout.addWidget(self.refresh_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(self._nothing)
        self._layout.addWidget(self.list, 1)
        self._layout.addWidget(self._hint)
        self.refresh_appearance()

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self.orders.activated.connect(self.refresh)
        self.refresh_button.clicked.connect(self.refresh)
        self.list.itemClicked.connect(self._on_item_chosen)
        self.list.installEventFilter(self)
        self._session.response_changed.connect(self._on_response_changed)
        self._session.wave_changed.connect(self.refresh)

    def _choose_order(self) -> None:
        """Begin with the first order in which there is anything."""
        audit, wave_id = self._session.audit, self._session.wave_id
        for order in (AgendaOrder.SPREAD, AgendaOrder.NOT_SCORED, AgendaOrder.BIGGEST_DROP):
            if agenda(audit, wave_id, order):
                self.show_order(order)
                return
        self.show_order(AgendaOrder.WEAKEST)

    # What is shown --------------------------------------------------------------------------------------

    @property
    def order(self) -> AgendaOrder:
        """By what the statements are ordered."""
        return AgendaOrder(self.orders.currentData())

    @property
    def statement_ids(self) -> tuple[str, ...]:
        """The statements of the agenda, in their order."""
        return tuple(item.statement.statement_id for item in self._items)

    def show_order(self, order: AgendaOrder) -> None:
        """List the statements in another order."""
        self.orders.setCurrentIndex(self.orders.findData(order.value))
        self.refresh()

    def open(self) -> None:
        """Show the panel with the keyboard in the list, or at the order where nothing is listed.

        Behind the full screen, the keyboard stays there.
        """
        self.show()
        if self.isVisible():
            (self.list if self._items else self.orders).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Reckon the order anew."""
        self._session.flush()
        audit, wave_id = self._session.shown, self._session.wave_id
        self._items = agenda(audit, wave_id, self.order)
        self._reasons = tuple(reason_in_words(audit, wave_id, item) for item in self._items)
        self._place = -1
        self.list.clear()
        for item, reason in zip(self._items, self._reasons, strict=True):
            row = QListWidgetItem()
            scores = scores_in_words(audit, wave_id, item)
            tip = "\n".join(filter(None, (item.statement.full_text, scores)))
            row.setData(Qt.ItemDataRole.ToolTipRole, in_tip(tip))
            self.list.addItem(row)
            self._show_row(row, item, reason)
        self._nothing.setText(nothing_in_words(self.order))
        self._nothing.setVisible(not self._items)
        self.list.setVisible(bool(self._items))
        self._layout.setStretch(self._layout.count() - 1, 0 if self._items else 1)
        self.order_changed.emit()

    def _show_row(self, row: QListWidgetItem, item: AgendaItem, reason: str) -> None:
        number = item.statement.statement_id
        metrics = self.list.fontMetrics()
        room = self.width() - _AROUND * metrics.height()
        words = f"{number}  {own_words(item.statement)}"
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        now = self._session.shown.agreed(self._session.wave_id, number).score
        if now != item.score:
            reason = self.tr("{0} · now {1}").format(reason, "–" if now is None else now)
        row.setText(f"{short}\n{reason}")
        row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{number}, {reason}: {item.statement.full_text}")

    def _on_response_changed(self, key: ResponseKey) -> None:
        if key.party_id != PARTNERSHIP or key.wave_id != self._session.wave_id:
            return
        for place, item in enumerate(self._items):
            if item.statement.statement_id == key.statement_id:
                self._show_row(self.list.item(place), item, self._reasons[place])

    def refresh_appearance(self) -> None:
        """Follow a new zoom."""
        pixels = self._appearance.pixels
        self._layout.setContentsMargins(pixels(10), pixels(8), pixels(8), pixels(8))
        self._layout.setSpacing(pixels(5))
        parent = self.parentWidget()
        room = round((parent.width() if parent is not None else pixels(1366)) * _SHARE)
        self.setFixedWidth(min(pixels(_WIDTH), room))
        self._hint.setVisible(self._appearance.zoom <= _LARGEST_WITH_HINT)
        for place, item in enumerate(self._items):
            self._show_row(self.list.item(place), item, self._reasons[place])

    # Following it -----------------------------------------------------------------------------------------

    def neighbour_of(self, statement_id: str, step: int) -> str | None:
        """Return the statement before (−1) or after (1) another on the agenda; None at its ends.

        From a statement that is not on it, the keys lead back to where it was left.
        """
        ids = self.statement_ids
        if statement_id in ids:
            place = ids.index(statement_id) + step
        else:
            place = max(self._place, 0) if step > 0 else self._place
        return ids[place] if 0 <= place < len(ids) else None

    def follow(self, statement_id: str | None) -> str:
        """Mark the statement that is talked about; return in words how far the agenda is."""
        if statement_id in self.statement_ids:
            self._place = self.statement_ids.index(statement_id)
            self.list.setCurrentRow(self._place)
        words = self.tr("Following the agenda: {0}").format(order_in_words(self.order))
        if not self._items:
            return self.tr("{0}, nothing to talk about").format(words)
        if self._place < 0:
            return self.tr("{0}, {1} statements").format(words, len(self._items))
        return self.tr("{0}, {1} of {2}").format(words, self._place + 1, len(self._items))

    def _on_item_chosen(self, row: QListWidgetItem) -> None:
        self.statement_chosen.emit(self._items[self.list.row(row)].statement.statement_id)

    # Keys -------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's own name
        """Let Enter go to the chosen statement; a click is told by the list itself."""
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self.list.currentItem()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
                self._on_item_chosen(row)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
