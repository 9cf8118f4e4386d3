"""The banner for everything that keeps a change from the disk: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from hsb_desktop.errors import ChangedUnderneath, FileGone, TakenOver
from hsb_desktop.ui.attempt import AttemptKind
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.save_state import SaveKind
from hsb_desktop.ui.session import AuditSession

_BUTTONS_SHARE = 0.6
"""How much of the width the buttons take at most beside the words."""

_LARGEST_SHARE = 0.34
"""How much of the page's height words and buttons take at most: what was typed stays in sight."""


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

        from hsb_desktop.ui.button_rows import ButtonRows
        from hsb_desktop.ui.scrolled_words import words_label

        self._is_made = True
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = words_label("not_saved_reason")
        self._safe = words_label("what_is_safe")
        self._note = words_label("attempt_note")
        self.retry_button = _button("retry_button", self.tr("Try again"))
        self.keep_both_button = _button("keep_both_button", self.tr("Keep both versions…"))
        self.keep_both_button.setToolTip(
            self.tr("Saves what is on this screen as a copy, and opens what is in the file now")
        )
        self.elsewhere_button = _button("save_elsewhere_button", self.tr("Save elsewhere…"))
        self.discard_button = _button("discard_button", self.tr("Back to what is saved…"))
        buttons = self.retry_button, self.keep_both_button, self.elsewhere_button, self.discard_button
        self._buttons = ButtonRows(buttons, self)
        self._assemble()

        self.retry_button.clicked.connect(self._session.retry)
        self.keep_both_button.clicked.connect(self.keep_both_wanted)
        self.elsewhere_button.clicked.connect(self.save_elsewhere_wanted)
        self.discard_button.clicked.connect(self.discard_wanted)
        parent = self.parentWidget()
        if parent is not None:
            parent.installEventFilter(self)

    def _assemble(self) -> None:
        from PySide6.QtCore import Qt

        from hsb_desktop.ui.scrolled_words import ScrolledWords

        # First what changes when somebody presses a button: it is in sight however many words follow.
        self._scroll = ScrolledWords((self._note, self._words, self._safe), self)
        self._scroll.setObjectName("not_saved_words")
        self._scroll.setAccessibleName(self.tr("What keeps your changes from the disk"))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._scroll, 1)
        self._row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignTop)
        # What is put into a banner that is in sight already would be shown a moment later only.
        self._scroll.show()
        self._buttons.show()

    def refresh(self) -> None:
        """Show what the session says; hide when there is nothing to say."""
        state = self._session.save_state
        failed = state.kind is SaveKind.NOT_SAVED
        # While it is tried again nothing jumps about: the buttons stay where they are.
        attempt = self._session.attempt
        was_written = attempt is not None and attempt.kind is AttemptKind.WRITE
        trying = self._is_made and state.kind is SaveKind.SAVING and was_written
        self.setVisible(failed or trying or state.kind is SaveKind.READ_ONLY or self._session.is_read_only)
        if self.isHidden():
            return
        if not self._is_made:
            self._make()
        self._show_attempt(trying=trying)
        if trying:
            return
        lost = self._session.lost
        if self._session.failure is not None:
            self._words.setText(f"⚠ {state.reason}")
            self._safe.setText(self._what_is_safe(state.at))
        elif lost is not None:
            from hsb_desktop.ui.lost_words import what_happened, what_is_safe

            self._words.setText(f"⚠ {what_happened(lost, self._session.path)}")
            self._safe.setText(what_is_safe(lost, state.at))
        else:
            self._words.setText(self._why_read_only())
            self._safe.setText(self.tr("Nothing that you do here changes it."))
        self._show_buttons()
        self._fit()

    def _show_attempt(self, *, trying: bool) -> None:
        """Say that what a person asked for was done, and did not help."""
        said = self._note.text()
        words = self.tr("Trying again…") if trying else self._attempt_in_words()
        self._note.setText(words)
        self._note.setVisible(bool(words))
        for button in (self.keep_both_button, self.elsewhere_button, self.discard_button):
            button.setEnabled(not trying)
        if words not in ("", said):
            QAccessible.updateAccessibility(QAccessibleEvent(self._note, QAccessible.Event.Alert))
            self._scroll.verticalScrollBar().setValue(0)

    def _attempt_in_words(self) -> str:
        attempt = self._session.attempt
        if attempt is None:
            return ""
        if attempt.kind is AttemptKind.LOOK:
            return self.tr("Looked again at {0}: it is still not there.").format(attempt.at)
        if attempt.kind is AttemptKind.WRITE:
            return self.tr("Tried again at {0}: still not saved.").format(attempt.at)
        return self.tr(
            "Tried at {0} to go back to what is saved, but it cannot be read. Everything stays on this "
            "screen. {1}"
        ).format(attempt.at, attempt.why)

    def _show_buttons(self) -> None:
        failure, lost = self._session.failure, self._session.lost
        if failure is not None:
            self.discard_button.setVisible(True)
            self.keep_both_button.setVisible(isinstance(failure, ChangedUnderneath | TakenOver))
            # What stands there now will not go away by itself.
            self.retry_button.setVisible(not isinstance(failure, ChangedUnderneath))
            return
        # Nothing waits: what can be gone back to is what another window or program made of the file.
        self.discard_button.setVisible(isinstance(lost, ChangedUnderneath | TakenOver))
        self.keep_both_button.setVisible(isinstance(lost, ChangedUnderneath))
        self.retry_button.setVisible(isinstance(lost, FileGone))

    def _what_is_safe(self, at: str) -> str:
        count = len(self._session.unsaved)
        if isinstance(self._session.failure, ChangedUnderneath | FileGone):
            # The file as it was may be nowhere on the disk now.
            words = self.tr(
                "Everything that you see is safe as long as this window is open. %n change(s) (is/are) "
                "not on a disk yet.",
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
        if self._is_made and event.oldSize().width() != event.size().width():
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's own name
        """Take less room where the page becomes less high."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._fit()
        return False

    def _fit(self) -> None:
        """Put the buttons below the words where there is little room, and let many words be scrolled."""
        margins = self._row.contentsMargins()
        room = max(self.width() - margins.left() - margins.right(), 1)
        asked = self._buttons.width_of_one_row
        is_beside = asked < self.width() * _BUTTONS_SHARE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if is_beside else down)
        self._buttons.place(asked if is_beside else room)
        for_words = room - asked - self._row.spacing() if is_beside else room
        parent = self.parentWidget() or self
        most = round(parent.height() * _LARGEST_SHARE)
        self._scroll.fit(for_words, most if is_beside else most - self._buttons.height())
        # At once: while the page is still being built its layouts come round late.
        self._row.activate()
        self.updateGeometry()

    def _why_read_only(self) -> str:
        other = self._session.other_writer
        if other is None:
            return self.tr("This file can only be read here. To work on it, save a copy where you can write.")
        from hsb_desktop.ui.holder_words import holder_sentence

        who = holder_sentence(other.who, other.computer, other.since)
        return self.tr("This audit is open for reading only. {0}").format(who)


def _button(object_name: str, words: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(object_name)
    return button
