"""How the height of the full-screen statement is divided among its words, the agencies and the boxes."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hsb_desktop.ui.text_box import TextBox

_LARGEST, _SMALLEST = 30.0, 11.0
"""Points of the statement on the smallest screen."""

_LINES_IN_A_BOX = 3
"""Of text: where there is less room for the boxes, the agencies have it."""
_FEWEST_LINES_IN_A_BOX = 2
"""The same where the boxes stay, because somebody writes in them or there are no agencies."""

_UNREADABLE = 6.0
"""Points that no letter is smaller than."""

_ROUNDING = 2
"""Pixels by which a label's own measure of its words may be more than ours."""


class Boxes(Enum):
    """Whether the boxes for evidence and assurance are to be seen."""

    SHOWN = auto()
    HIDDEN = auto()
    IF_THERE_IS_ROOM = auto()


class ScreenFit:
    """Measures what the layout itself needs, so that nothing is given less and stands on its neighbour."""

    def __init__(
        self,
        screen: QWidget,
        layout: QVBoxLayout,
        heading: tuple[QHBoxLayout, QLabel, QLabel],
        extras: QVBoxLayout,
        *,
        boxes: QGridLayout,
        in_boxes: tuple[QWidget, ...],
    ) -> None:
        """`heading` comes with the number and the statement's words, and `in_boxes` are labels and boxes.

        `extras` holds the agencies' line and what else stands under the scores.
        """
        self._extras = extras
        self._screen = screen
        self._layout = layout
        self._heading, self._number, self._text = heading
        self._boxes = boxes
        self._in_boxes = in_boxes

    @property
    def width(self) -> int:
        """Pixels between the margins."""
        margins = self._layout.contentsMargins()
        return max(self._screen.width() - margins.left() - margins.right(), 100)

    def divide(self, font: QFont, scale: float, most: float, boxes: Boxes, *, text_only: bool) -> None:
        """Give the statement the largest letters that leave everything else its room.

        `font` is that of the statement in any size, `scale` how much larger the screen is than the smallest,
        `most` the height in pixels that the statement may have at the utmost. With `text_only` it is never
        given more height than its words need.
        """
        self._text.setMinimumHeight(0)
        self._settle()
        room = self._room()
        if boxes is Boxes.SHOWN:
            room -= self._needed_by_boxes(_FEWEST_LINES_IN_A_BOX)
        self._text.setFont(self._largest(font, scale, min(most, room - _ROUNDING)))
        # Asked with the least height from before, a label never needs less.
        needed = self._text.heightForWidth(round(self._width_for_text()))
        self._text.setMinimumHeight(needed)
        if text_only:
            self._text.setMaximumHeight(needed)
        if boxes is Boxes.IF_THERE_IS_ROOM:
            left = room - max(needed, self._number.sizeHint().height())
            self.show_boxes(left >= self._needed_by_boxes(_LINES_IN_A_BOX))
        else:
            self.show_boxes(boxes is Boxes.SHOWN)
        self._layout.activate()

    def show_boxes(self, shown: bool) -> None:
        """Show or hide the boxes with their labels."""
        for widget in self._in_boxes:
            if widget.isHidden() == shown:
                widget.setVisible(shown)

    def _settle(self) -> None:
        """Have every part say what it needs now, and not when the next events are looked at."""
        self._layout.invalidate()
        # First for the widths.
        self._layout.activate()
        _settle(self._screen)
        for place in range(self._extras.count()):
            item = self._extras.itemAt(place)
            extra = item.widget() if item is not None else None
            if extra is not None:
                # By itself it would let its last line be cut by as much as a button can be lower.
                extra.setMinimumHeight(extra.heightForWidth(self.width))

    def _room(self) -> int:
        """Return the height in pixels that the statement and the boxes have between them."""
        others = self._layout.totalMinimumHeightForWidth(self._screen.width())
        others -= self._heading.minimumHeightForWidth(self.width)
        if not all(widget.isHidden() for widget in self._in_boxes):
            others -= self._boxes.minimumSize().height() + self._layout.spacing()
        return self._screen.height() - others

    def _needed_by_boxes(self, lines: int) -> int:
        """Return the least height in pixels of the boxes with so many lines; they are told so, too."""
        labels, needed = 0, 0
        for widget in self._in_boxes:
            if isinstance(widget, TextBox):
                margin = round(widget.document().documentMargin()) + widget.frameWidth()
                widget.setMinimumHeight(widget.fontMetrics().lineSpacing() * lines + 2 * margin)
                needed = widget.minimumHeight()
            else:
                labels = max(labels, widget.sizeHint().height())
        return labels + self._boxes.verticalSpacing() + needed + self._layout.spacing()

    def _width_for_text(self) -> float:
        number = QFontMetricsF(self._number.font()).horizontalAdvance(self._number.text())
        return max(self.width - number - 2 * self._heading.spacing(), 100.0)

    def _largest(self, font: QFont, scale: float, most: float) -> QFont:
        box = QRectF(0, 0, self._width_for_text(), 100_000)
        font, points = QFont(font), _LARGEST
        while True:
            font.setPointSizeF(max(points * scale, _UNREADABLE))
            words = QFontMetricsF(font).boundingRect(box, int(Qt.TextFlag.TextWordWrap), self._text.text())
            if points <= _SMALLEST or words.height() <= most:
                return font
            points -= 1


def _settle(widget: QWidget) -> None:
    """Activate the layouts of a widget, the innermost first."""
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isHidden():
            _settle(child)
            # A button under a style sheet does not say by itself that another font made it taller.
            child.updateGeometry()
    layout = widget.layout()
    if layout is not None:
        layout.invalidate()
        layout.activate()
