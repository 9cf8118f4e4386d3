"""One of the five score buttons: a large numeral and its short descriptor."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from hsb_desktop.model import ScalePoint
from hsb_desktop.ui.by_name import LEFT, MIDDLE, WRAPPED, brush_of, pen_of, set_by_name
from hsb_desktop.ui.theme import Appearance

_NUMERAL_SIZE = 13.0
_LABEL_SIZE = 9.5
_LARGE_NUMERAL, _LARGE_LABEL = 1.7, 1.35
"""How much larger they are on the full-screen statement."""


class ScoreButton(QPushButton):
    """A score from 0 to 4. It paints itself: 230 of them under a style sheet would slow the first paint."""

    def __init__(
        self, point: ScalePoint, appearance: Appearance, parent: QWidget | None = None, *, whole: bool = False
    ) -> None:
        """With `whole`, the button shows the printed descriptor whole, large, under its numeral."""
        super().__init__(parent)
        self.point = point
        self._appearance = appearance
        self._whole = whole
        self.scale = 1.0
        """How large a whole button is; the projected statement fits it to the screen."""
        self._label = _breakable(point.label) if whole else point.short_label
        self.stacked = whole
        self.setObjectName(f"score_{point.score}")
        self.setCheckable(True)
        set_by_name(self, focusPolicy="ClickFocus")
        self.setAccessibleName(f"{point.score}: {point.label}")
        # Words of an edition are never markup, whatever signs they hold.
        words = point.label.replace("&", "&amp;").replace("<", "&lt;")
        self.setToolTip(f"<qt>{point.score} · {words}</qt>")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chosen(self, chosen: bool) -> None:
        """Show whether this is the score; its words then stand on the accent."""
        if chosen != self.isChecked():
            self.setChecked(chosen)
            role = QPalette.ColorRole
            self.setForegroundRole(role.HighlightedText if chosen else role.ButtonText)

    def nextCheckState(self) -> None:  # Qt's own name
        """A press never checks or unchecks by itself: the selector shows what the session has."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select):
            self.click()
        else:
            event.ignore()

    # Size -----------------------------------------------------------------------------------------------

    def fits_in_one_line(self, width: int) -> bool:
        """Whether numeral and label stand side by side in that many pixels."""
        pad = self._appearance.pixels(10)
        needed = QFontMetricsF(self._numeral_font()).horizontalAdvance("4")
        needed += QFontMetricsF(self._label_font()).horizontalAdvance(self._label)
        return needed + 2.6 * pad <= width

    def height_for(self, width: int) -> int:
        """Return the height in pixels that the button needs at a width."""
        numeral = QFontMetricsF(self._numeral_font()).height()
        if not self.stacked:
            return max(round(numeral + self._appearance.pixels(8)), self._appearance.pixels(38))
        pad = self._pad()
        box = QRectF(0, 0, max(width - 2 * pad, 20), 10_000)
        text = QFontMetricsF(self._label_font()).boundingRect(box, WRAPPED, self._label)
        return ceil(numeral + text.height() + 2 * pad)

    def sizeHint(self) -> QSize:  # Qt's own name
        width = max(self.width(), self._appearance.pixels(60))
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:  # Qt's own name
        return QSize(self._appearance.pixels(36), self.height_for(max(self.width(), 40)))

    # Paint ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's own name
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        # Before a whole room a pointer that was left there would look like a second choice.
        is_pointed_at = self.underMouse() and self.isEnabled() and not self._whole
        fill = "accent" if chosen else "accent_soft" if is_pointed_at else "surface"
        frame = self._shape()
        painter.fillPath(frame, brush_of(theme.color(fill)))
        painter.strokePath(frame, pen_of(theme.color("accent" if chosen else "border_strong")))
        if not self.isEnabled():
            # A score that can only be looked at is as easy to read.
            painter.setPen(theme.color("accent_text" if chosen else "text"))
        self._paint_text(painter)
        if self.hasFocus():
            inset, ring = self._pixels(3), QPainterPath()
            ring.addRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
            colour = theme.color("accent_text" if chosen else "focus")
            painter.strokePath(ring, pen_of(colour, self._pixels(2)))
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        pad = self._pad()
        numeral_font, label_font = self._numeral_font(), self._label_font()
        metrics = QFontMetricsF(numeral_font)
        painter.setFont(numeral_font)
        text = str(self.point.score)
        if self.stacked:
            painter.drawText(QRectF(pad, pad, self.width(), metrics.height()), text)
            painter.setFont(label_font)
            top = pad + metrics.height()
            box = QRectF(pad, top, self.width() - 2 * pad, self.height() - top)
            painter.drawText(box, WRAPPED, self._label)
            return
        middle = MIDDLE | LEFT
        painter.drawText(QRectF(pad, 0, self.width(), self.height()), middle, text)
        left = pad + metrics.horizontalAdvance(text) + pad * 0.6
        painter.setFont(label_font)
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), middle, self._label)

    def _scale(self, large: float) -> float:
        return large * self.scale if self._whole else self._appearance.zoom / 100

    def _pixels(self, length: int) -> int:
        """Return a length in pixels; on the full screen the zoom has no say."""
        return length if self._whole else self._appearance.pixels(length)

    def _pad(self) -> int:
        return round(16 * self.scale) if self._whole else self._appearance.pixels(10)

    def _shape(self) -> QPainterPath:
        path = QPainterPath()
        radius = self._pixels(6)
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return path

    def _numeral_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(_NUMERAL_SIZE * self._scale(_LARGE_NUMERAL))
        font.setBold(True)
        return font

    def _label_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(_LABEL_SIZE * self._scale(_LARGE_LABEL))
        return font


def _breakable(label: str) -> str:
    """The printed descriptors run their readings together with strokes; on screen a line may break there."""
    return label.replace("/", " / ")
