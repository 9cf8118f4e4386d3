"""A text box that grows with its text and hands on what was typed after a short rest."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtCore import QEvent, QMimeData, QSize, QTimer, Signal
from PySide6.QtGui import (
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from hsb_desktop.ui.by_name import set_by_name
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance

REST_MILLISECONDS = 400
"""After this rest in typing the text is committed."""

LONGEST_MILLISECONDS = 3000
"""Somebody who never rests has it committed after this time all the same."""

_LONGEST_PARAGRAPH = 50_000
"""Characters. Qt lays a paragraph out whole at every key, and the window waits for it."""
_BEGINNING = 2_000
"""Characters that are shown of a text that is too long to be shown."""
_BREAKS = {0x0B: "\n", 0x0C: "\n"}
"""What breaks a line or a page in word processors, and would join two words if it were left out."""

_LONGEST_WORD = 1_000
"""Characters. Looking for a place between words takes the square of a word's length."""
_SHORTEST_LINES = 2
_LONGEST_LINES = 40


class TextBox(QPlainTextEdit):
    """Shows one text of the audit and commits what a person types in it; the text is kept exactly.

    Tab leaves the box. Undo is the session's, so that Ctrl+Z is one list across everything.
    """

    text_committed = Signal(str)
    """What the box holds now, after a rest, on leaving it, or when the session asks for it."""

    def __init__(
        self,
        session: AuditSession,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        grows: bool = True,
    ) -> None:
        """With `grows` off, the box takes the room that it is given and scrolls."""
        super().__init__(parent)
        self._grows = grows
        self._session = session
        self._appearance = appearance
        self._shown_text = ""
        self._is_showing = False
        self._is_dropping = False
        self._wraps_anywhere = False
        self._overflows = not grows
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self._is_editable = not session.is_read_only
        self.setReadOnly(not self._is_editable)
        set_by_name(self, horizontalScrollBarPolicy="ScrollBarAlwaysOff")
        if grows:
            set_by_name(self, verticalScrollBarPolicy="ScrollBarAlwaysOff")
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(disclosure_hint(self))
        self.setToolTip(disclosure_hint(self))

        self._timers: tuple[QTimer, QTimer] | None = None

        self.textChanged.connect(self._on_text_changed)

    @property
    def text(self) -> str:
        """The text as it stands in the box (Qt's plain text would turn hard spaces into spaces)."""
        return _as_kept(self.document().toRawText())

    @property
    def is_uncommitted(self) -> bool:
        """Whether a person typed something that was not handed on yet."""
        return self._timers is not None and any(timer.isActive() for timer in self._timers)

    def show_text(self, text: str) -> None:
        """Show a text of the audit; words being typed here at this moment are not replaced."""
        if self.is_uncommitted or text == self._shown_text:
            return
        self._shown_text = text
        self._show(text)

    def _show(self, text: str) -> None:
        self._is_showing = True
        try:
            was_here, before = self.hasFocus(), self.document().toRawText()
            self._make_ready_for(text)
            self.setPlainText(self._beginning_of(text) if _is_too_long(text) else text)
            if was_here:
                self._place_cursor(before)
        finally:
            self._is_showing = False
        self._fit()

    def _make_ready_for(self, text: str) -> None:
        """Keep the window answering whatever stands in the file; what is shown in part cannot be typed in."""
        is_long = len(text) > _LONGEST_WORD
        is_whole = not _is_too_long(text)
        if self.isReadOnly() == is_whole and self._is_editable:
            self.setReadOnly(not is_whole)
        self._wrap_anywhere(is_long and _longest(text) > _LONGEST_WORD)

    def _wrap_anywhere(self, anywhere: bool) -> None:
        if anywhere == self._wraps_anywhere:
            return
        from PySide6.QtGui import QTextOption

        self._wraps_anywhere = anywhere
        mode = QTextOption.WrapMode
        self.setWordWrapMode(mode.WrapAnywhere if anywhere else mode.WrapAtWordBoundaryOrAnywhere)

    def _beginning_of(self, text: str) -> str:
        words = self.tr(
            "This text is too long to be shown: it has {0} characters, and a paragraph of more than {1}. "
            "It is whole in the file and in every export; to change it, export it and import it in parts. "
            "It begins:"
        )
        return f"{words.format(f'{len(text):,}', f'{_LONGEST_PARAGRAPH:,}')}\n\n{text[:_BEGINNING]}…"

    def _place_cursor(self, before: str) -> None:
        """Put the cursor behind what has changed: there the person goes on typing after undo."""
        now = self.document().toRawText()
        from_the_end = zip(reversed(before), reversed(now), strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], from_the_end))
        cursor = self.textCursor()
        cursor.setPosition(len(now) - same)
        self.setTextCursor(cursor)

    def select(self, start: int, end: int) -> None:
        """Put the keyboard here with the characters from `start` to before `end` selected, and in sight."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QTextCursor

        cursor = self.textCursor()
        cursor.setPosition(in_qt(self.text, start))
        cursor.setPosition(in_qt(self.text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureCursorVisible()

    def set_editable(self, editable: bool) -> None:
        """Let people type, or only read; a text that is shown in part cannot be typed in all the same."""
        if editable != self._is_editable:
            self._is_editable = editable
            self.setReadOnly(not editable or _is_too_long(self._shown_text))
            if editable:
                self.setPlaceholderText(disclosure_hint(self))
        if not editable and self.placeholderText():
            # Nobody is asked to write where it cannot be done.
            self.setPlaceholderText("")

    def commit(self) -> None:
        """Hand on what was typed, if anything was."""
        if self._timers is None or not self.is_uncommitted:
            return
        for timer in self._timers:
            timer.stop()
        self._shown_text = self.text
        self.text_committed.emit(self._shown_text)
        self._session.set_typing(id(self), False)

    def refresh_appearance(self) -> None:
        """Follow a new zoom."""
        self._fit()

    # Typing ---------------------------------------------------------------------------------------------

    def _on_text_changed(self) -> None:
        if self._is_showing:
            return
        rest, longest = self._timers or self._make_timers()
        rest.start()
        if not longest.isActive():
            longest.start()
        self._session.set_typing(id(self), True)
        self._fit()

    def _make_timers(self) -> tuple[QTimer, QTimer]:
        """Make them at the first key: most of ninety boxes are never typed in on one day."""
        rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        longest = QTimer(self, singleShot=True, interval=LONGEST_MILLISECONDS)
        for timer in (rest, longest):
            timer.timeout.connect(self.commit)
        self._session.flush_requested.connect(self.commit)
        self._timers = rest, longest
        return self._timers

    def focusOutEvent(self, event: QFocusEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            was_typed_in = self.is_uncommitted
            self.commit()
            if was_typed_in or self._shown_text:
                self._session.end_visit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # Qt's own name
        """Take in a paste as plain text, whole, but for control characters that nobody could see.

        Those that break a line or a page in other programs break a line. It is told how many were left out.
        """
        from hsb_desktop.interchange.text import kept_text

        kept, left_out = kept_text(source.text().translate(_BREAKS))
        if len(kept) <= _LONGEST_WORD:
            self._insert(kept)
        elif _is_too_long(whole := self._text_with(kept)):
            if self._is_dropping:
                # Qt is in the middle of an edit of its own.
                QTimer.singleShot(0, self, lambda: self._take_in_unshown(whole))
            else:
                self._take_in_unshown(whole)
        else:
            self._make_ready_for(whole)
            self._insert(kept)
        if left_out:
            from hsb_desktop.ui.counted import counted

            words = self.tr("Pasted, but for %n character(s) that cannot be seen or kept.", "", left_out)
            self._session.step_told.emit(counted(words, left_out))

    def dropEvent(self, event: QDropEvent) -> None:  # Qt's own name
        self._is_dropping = True
        try:
            super().dropEvent(event)
        finally:
            self._is_dropping = False

    def _insert(self, text: str) -> None:
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def _text_with(self, pasted: str) -> str:
        """Return what the text would be if this took the place of what is selected."""
        cursor = self.textCursor()
        units = self.document().toRawText().encode("utf-16-le", "surrogatepass")
        ends = units[: 2 * cursor.selectionStart()], units[2 * cursor.selectionEnd() :]
        before, after = (_as_kept(end.decode("utf-16-le", "surrogatepass")) for end in ends)
        return f"{before}{pasted}{after}"

    def _take_in_unshown(self, text: str) -> None:
        """Hand on, as a step of its own, a text that would keep the box busy; show how it begins."""
        self.commit()
        self._session.end_visit()
        self._shown_text = text
        self._show(text)
        self.text_committed.emit(text)
        self._session.end_visit()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the session's actions."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape or _is_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # Size -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def sizeHint(self) -> QSize:  # Qt's own name
        return QSize(self._appearance.pixels(200), self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        if self._overflows and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _fit(self) -> None:
        if not self._grows:
            return
        line = QFontMetricsF(self.font()).lineSpacing()
        longest = _LONGEST_LINES * line
        height, block = 0.0, self.document().begin()
        while block.isValid() and height <= longest:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        overflows = height > longest
        if overflows != self._overflows:
            self._overflows = overflows
            bar = "ScrollBarAsNeeded" if overflows else "ScrollBarAlwaysOff"
            set_by_name(self, verticalScrollBarPolicy=bar)
        text = min(max(height, _SHORTEST_LINES * line), longest)
        margins = self.contentsMargins()
        frame = 2 * self.document().documentMargin() + margins.top() + margins.bottom()
        whole = round(text + frame)
        if self.height() != whole or self.minimumHeight() != whole:
            self.setFixedHeight(whole)


def in_qt(text: str, place: int) -> int:
    """Return where Qt counts the character at an index: those beyond the first 65,536 count twice."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _as_kept(raw: str) -> str:
    from hsb_desktop.interchange.text import kept_text

    return kept_text(raw.replace("\u2029", "\n"))[0]


def _is_too_long(text: str) -> bool:
    return len(text) > _LONGEST_PARAGRAPH and _longest(text, "\n") > _LONGEST_PARAGRAPH


def _longest(text: str, separator: str | None = None) -> int:
    return max(map(len, text.split(separator)), default=0)


def disclosure_hint(widget: QWidget) -> str:
    """Return the hint that stands by each box."""
    return widget.tr("Write as if this could be disclosed: nothing that identifies a child.")


def _is_undo(event: QKeyEvent) -> bool:
    from PySide6.QtGui import QKeySequence

    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
