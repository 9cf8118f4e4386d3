"""The banner for everything that keeps a change from the disk: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.errors import ChangedUnderneath, TakenOver
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.save_state import SaveKind
from hsb_desktop.ui.session import AuditSession


class NotSavedBanner(QWidget):
    """Shown while a change cannot be written, or while the file can only be looked at."""

    save_elsewhere_wanted = Signal()
    keep_both_wanted = Signal()
    """Save what is on the screen as a copy, and show what stands in the file now."""

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("not_saved_banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._is_made = False
        session.save_state_changed.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        """Make what is in it, when there is something to say for the first time."""
        self._is_made = True
        self._words = QLabel(self)
        self._words.setObjectName("not_saved_reason")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._safe = QLabel(self)
        self._safe.setWordWrap(True)
        self.retry_button = QPushButton(self.tr("Try again"), self)
        self.retry_button.setObjectName("retry_button")
        self.elsewhere_button = QPushButton(self.tr("Save elsewhere…"), self)
        self.elsewhere_button.setObjectName("save_elsewhere_button")
        self.keep_both_button = QPushButton(self.tr("Save my version, show what is there…"), self)
        self.keep_both_button.setObjectName("keep_both_button")
        self.keep_both_button.setToolTip(
            self.tr("Saves what is on this screen as a copy, and opens what is in the file now")
        )
        self.discard_button = QPushButton(self.tr("Back to what is saved"), self)
        self.discard_button.setObjectName("discard_button")

        words = QVBoxLayout()
        words.addWidget(self._words)
        words.addWidget(self._safe)
        layout = QHBoxLayout(self)
        layout.addLayout(words, 1)
        buttons = self.retry_button, self.keep_both_button, self.elsewhere_button, self.discard_button
        for button in buttons:
            layout.addWidget(button)

        self.retry_button.clicked.connect(self._session.retry)
        self.keep_both_button.clicked.connect(self.keep_both_wanted)
        self.elsewhere_button.clicked.connect(self.save_elsewhere_wanted)
        self.discard_button.clicked.connect(self._session.discard_unsaved)

    def refresh(self) -> None:
        """Show what the session says; hide when there is nothing to say."""
        state = self._session.save_state
        failed = state.kind is SaveKind.NOT_SAVED
        self.setVisible(failed or self._session.is_read_only)
        if self.isHidden():
            return
        if not self._is_made:
            self._make()
        if failed:
            self._words.setText(f"⚠ {state.reason}")
            count = len(self._session.unsaved)
            words = self.tr(
                "Everything up to {0} is safe in the file. %n change(s) since then: only on this screen.",
                "",
                count,
            )
            self._safe.setText(counted(words, count).format(state.at))
        elif self._session.is_read_only:
            self._words.setText(self._why_read_only())
            self._safe.setText(self.tr("Nothing that you do here changes it."))
        self.retry_button.setVisible(failed)
        self.discard_button.setVisible(failed)
        has_other = isinstance(self._session.failure, ChangedUnderneath | TakenOver)
        self.keep_both_button.setVisible(has_other)

    def _why_read_only(self) -> str:
        other = self._session.other_writer
        if other is None:
            return self.tr("This file can only be read here. To work on it, save a copy where you can write.")
        from hsb_desktop.ui.holder_words import holder_sentence

        who = holder_sentence(other.who, other.computer, other.since)
        return self.tr("This audit is open for reading only. {0}").format(who)
