"""The end of a domain: its comments and the date on which it was completed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hsb_desktop.model import Domain
from hsb_desktop.ui.date_box import DateBox
from hsb_desktop.ui.plain_button import plain_button
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.tab_order import put_in_order
from hsb_desktop.ui.text_box import TextBox, disclosure_hint
from hsb_desktop.ui.theme import Appearance


class DomainEnd(QWidget):
    """Shows a domain's note and hands a person's edits to the session."""

    history_wanted = Signal(str)

    def __init__(
        self, domain: Domain, session: AuditSession, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"domain_end_{domain.domain_id}")
        self._domain = domain
        self._session = session
        self._appearance = appearance
        self._shown_key = session.note_key(domain.domain_id)

        self.comments_edit = TextBox(session, appearance, self)
        self.comments_edit.setObjectName("comments_edit")
        self.comments_edit.setAccessibleName(self.tr("Comments on domain {0}").format(domain.domain_id))
        self.comments_edit.setPlaceholderText(disclosure_hint(self.comments_edit))
        self.completed_on_box = DateBox(
            self.tr("Date completed of domain {0}").format(domain.domain_id), self
        )
        self.completed_on_box.setObjectName("completed_on_box")
        comments_label = QLabel(self.tr("Comments on this domain"), self)
        comments_label.setProperty("role", "section")
        comments_label.setBuddy(self.comments_edit)
        date_label = QLabel(self.tr("Date completed"), self)
        date_label.setBuddy(self.completed_on_box)

        self._history = self._create_history()
        self._marks: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        heading = QHBoxLayout()
        heading.addWidget(comments_label, 1)
        heading.addWidget(self._history)
        self._layout.addLayout(heading)
        for widget in (self.comments_edit, date_label, self.completed_on_box):
            self._layout.addWidget(widget)

        domain_id = domain.domain_id
        self.comments_edit.text_committed.connect(lambda text: session.set_comments(domain_id, text))
        box = self.completed_on_box
        box.date_entered.connect(lambda date: session.set_completed_on(domain_id, date))
        box.typing_changed.connect(lambda typing: session.set_typing(id(box), typing))
        session.flush_requested.connect(box.commit)
        self.refresh_appearance()

    def _create_history(self) -> QWidget:
        history = plain_button(self.tr("History"), self)
        history.setProperty("role", "link")
        history.setObjectName("note_history_button")
        history.setAccessibleName(
            self.tr("History of the comments on domain {0}").format(self._domain.domain_id)
        )
        history.setToolTip(self.tr("Who changed what, and when"))
        history.clicked.connect(lambda: self.history_wanted.emit(self._domain.domain_id))
        return history

    def add_below_heading(self, widget: QWidget) -> None:
        """Give a widget its place above the comments."""
        self._layout.insertWidget(1, widget, 0, Qt.AlignmentFlag.AlignLeft)
        self._marks.insert(0, widget)
        put_in_order(self.stops())

    def stops(self) -> list[QWidget]:
        """Return what can take the keyboard in it, from the top down."""
        return [self._history, *self._marks, self.comments_edit, self.completed_on_box]

    def refresh(self) -> None:
        """Show what the session has."""
        key = self._session.note_key(self._domain.domain_id)
        note = self._session.shown.note(key)
        self.comments_edit.set_editable(self._session.may_edit)
        self.completed_on_box.set_read_only(not self._session.may_edit)
        self.comments_edit.show_text(note.comments)
        if note.completed_on != self.completed_on_box.date or key != self._shown_key:
            self.completed_on_box.show_date(note.completed_on, drops_words=key != self._shown_key)
        self._shown_key = key

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        pixels = self._appearance.pixels
        self._layout.setContentsMargins(pixels(16), pixels(12), pixels(16), pixels(14))
        self._layout.setSpacing(pixels(5))
        self.comments_edit.refresh_appearance()
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's own name
        theme, radius = self._appearance.theme, self._appearance.pixels(8)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()
