"""Longer text to read: headings, paragraphs and lists, one control for keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextListFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from hsb_desktop.analysis.text_changes import Fate, Part

_TITLE_SIZE = 1.35
_SECTION_SIZE = 1.1
_CHARACTERS_WIDE = 78


class ReadingText(QTextEdit):
    """Shows text to read and copy. Every text is taken literally: markup in it shows as it was written."""

    def __init__(self, object_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(self.fontMetrics().height() * 0.6)
        self._is_empty = True

    def add_title(self, text: str) -> None:
        """Add the heading of the whole."""
        self._add(text, size=_TITLE_SIZE, is_bold=True)

    def add_section(self, text: str) -> None:
        """Add the heading of a part."""
        self._add(text, size=_SECTION_SIZE, is_bold=True, space_above=1.0)

    def add_paragraph(self, text: str, *, lead: str = "") -> None:
        """Add a paragraph; `lead` is its first words, set bold."""
        cursor = self._add("", space_above=0.35)
        if lead:
            cursor.insertText(f"{lead}  ", _characters(self.font(), 1.0, is_bold=True))
        cursor.insertText(text, _characters(self.font(), 1.0, is_bold=False))

    def add_list(self, items: Iterable[str]) -> None:
        """Add a list with bullets."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        style = QTextListFormat()
        style.setStyle(QTextListFormat.Style.ListDisc)
        for number, item in enumerate(items):
            cursor = self._add(item, space_above=0.2)
            if number == 0:
                points = cursor.createList(style)
            else:
                points.add(cursor.block())

    def add_changes(self, parts: Iterable[Part]) -> None:
        """Add a text with what was taken out struck through and what was put in underlined."""
        cursor = self._add("", space_above=0.35)
        for part in parts:
            characters = _characters(self.font(), 1.0, is_bold=part.fate is Fate.PUT_IN)
            characters.setFontStrikeOut(part.fate is Fate.TAKEN_OUT)
            characters.setFontUnderline(part.fate is Fate.PUT_IN)
            cursor.insertText(part.text, characters)

    def begin_anew(self) -> None:
        """Take out everything."""
        self.clear()
        self._is_empty = True

    def show_from_top(self) -> None:
        """Go to the beginning."""
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().averageCharWidth() * _CHARACTERS_WIDE
        document = self.document().clone()
        document.setTextWidth(width)
        height = round(document.size().height()) + 4 * self.frameWidth() + self.fontMetrics().height()
        document.deleteLater()
        return QSize(width, height)

    def _add(
        self, text: str, *, size: float = 1.0, is_bold: bool = False, space_above: float = 0.0
    ) -> QTextCursor:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        block = QTextBlockFormat()
        block.setTopMargin(self.fontMetrics().height() * space_above)
        block.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        characters = _characters(self.font(), size, is_bold=is_bold)
        if self._is_empty:
            cursor.setBlockFormat(block)
            cursor.setBlockCharFormat(characters)
        else:
            cursor.insertBlock(block, characters)
        self._is_empty = False
        cursor.insertText(text, characters)
        return cursor


def _characters(font: QFont, size: float, *, is_bold: bool) -> QTextCharFormat:
    characters = QTextCharFormat()
    characters.setFontPointSize(font.pointSizeF() * size)
    characters.setFontWeight(QFont.Weight.Bold if is_bold else QFont.Weight.Normal)
    return characters
