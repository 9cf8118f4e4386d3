"""The banner for everything that keeps a change from the disk: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.errors import ChangedUnderneath, FileGone, TakenOver
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.save_state import SaveKind
from hsb_desktop.ui.session import AuditSession

_BUTTONS_SHARE, _WHOLE_ROW = 0.6, 0.95
"""How much of the width the buttons take at most beside the words, and below them."""


class NotSavedBanner(QWidget):
    """Shown while a change cannot be written, or while the file can only be looked at."""

    save_elsewhere_wanted = Signal()
    discard_wanted = Signal()
    keep_both_wanted = Signal()
    """Save what is on the screen as a copy, and show what stands in the file now."""

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("not_saved_banner")
        self._session = session
        self._is_made = False
        session.save_state_changed.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        """Make what is in it, when there is something to say for the first time."""
        from PySide6.QtCore import Qt

        self._is_made = True
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
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
        self.keep_both_button = QPushButton(self.tr("Keep both versions…"), self)
        self.keep_both_button.setObjectName("keep_both_button")
        self.keep_both_button.setToolTip(
            self.tr("Saves what is on this screen as a copy, and opens what is in the file now")
        )
        self.discard_button = QPushButton(self.tr("Back to what is saved…"), self)
        self.discard_button.setObjectName("discard_button")

        words = QVBoxLayout()
        words.addWidget(self._words)
        words.addWidget(self._safe)
        self._row = QHBoxLayout(self)
        self._row.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self._row.addLayout(self._buttons)
        buttons = self.retry_button, self.keep_both_button, self.elsewhere_button, self.discard_button
        for button in buttons:
            self._buttons.addWidget(button)

        self.retry_button.clicked.connect(self._session.retry)
        self.keep_both_button.clicked.connect(self.keep_both_wanted)
        self.elsewhere_button.clicked.connect(self.save_elsewhere_wanted)
        self.discard_button.clicked.connect(self.discard_wanted)

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
            self._safe.setText(self._what_is_safe(state.at))
        elif self._session.is_read_only:
            self._words.setText(self._why_read_only())
            self._safe.setText(self.tr("Nothing that you do here changes it."))
        self.discard_button.setVisible(failed)
        failure = self._session.failure
        self.keep_both_button.setVisible(isinstance(failure, ChangedUnderneath | TakenOver))
        # What stands there now will not go away by itself.
        self.retry_button.setVisible(failed and not isinstance(failure, ChangedUnderneath))
        self._fit()

    def _what_is_safe(self, at: str) -> str:
        count = len(self._session.unsaved)
        if isinstance(self._session.failure, ChangedUnderneath | FileGone):
            # The file as it was may be nowhere on the disk now.
            words = self.tr(
                "Everything that you see is safe as long as this window is open, with %n change(s) that "
                "(is/are) on no disk yet.",
                "",
                count,
            )
            return counted(words, count)
        words = self.tr(
            "Everything up to {0} is safe in the file. %n change(s) since then: only on this screen.",
            "",
            count,
        )
        return counted(words, count).format(at)

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        if self._is_made:
            self._fit()

    def _fit(self) -> None:
        """Put the buttons below the words, and below one another, where there is little room."""
        shown = [button for button in self.findChildren(QPushButton) if not button.isHidden()]
        asked = sum(button.sizeHint().width() + self._buttons.spacing() for button in shown)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if asked < self.width() * _BUTTONS_SHARE else down)
        self._buttons.setDirection(across if asked < self.width() * _WHOLE_ROW else down)

    def _why_read_only(self) -> str:
        other = self._session.other_writer
        if other is None:
            return self.tr("This file can only be read here. To work on it, save a copy where you can write.")
        from hsb_desktop.ui.holder_words import holder_sentence

        who = holder_sentence(other.who, other.computer, other.since)
        return self.tr("This audit is open for reading only. {0}").format(who)
