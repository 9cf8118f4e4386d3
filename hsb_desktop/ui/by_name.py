"""What Qt's namespace of enumerations is for, without that namespace: for whatever the first paint shows.

PySide6 makes all of the 130 enumerations in `Qt`, with more than 1,000 members, when the first of them is
asked for. That takes a fifteenth of the time to the first paint, so until then nobody may ask: whoever needs
one for a key or a turn of the wheel imports `Qt` there, and the first paint does with what stands here.

These ask, too, because PySide6 looks whether what it was given is one of Qt's styles or colours: `setPen`,
`setBrush`, `fillRect`, making a pen or a brush of a colour, and comparing colours. Filling and stroking a
path does not; and words are painted in the colour of their widget's foreground role if no pen is set.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QBrush, QColor, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

WRAPPED = 0x1000
LEFT, TOP, MIDDLE = 0x01, 0x20, 0x80
"""The numbers of `Qt.TextFlag` and `Qt.AlignmentFlag` that words are painted with."""


def set_by_name(widget: QObject, **values: str) -> None:
    """Set properties that are enumerations, as in `focusPolicy="TabFocus"`; flags are joined by a stroke.

    Raises ValueError for a property that Qt does not know, or a value that it cannot have.
    """
    for name, value in values.items():
        if not widget.setProperty(name, value):
            raise ValueError(f"{name}={value}")


def brush_of(colour: QColor) -> QBrush:
    """Return a brush that fills with a colour."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, colour)
    return palette.window()


def pen_of(colour: QColor, width: float = 1) -> QPen:
    """Return a pen for lines of a width in pixels."""
    pen = QPen()
    pen.setColor(colour)
    pen.setWidthF(width)
    return pen


def write_in(widget: QWidget, colour: QColor) -> None:
    """Have a widget's words in a colour."""
    palette = widget.palette()
    palette.setColor(widget.foregroundRole(), colour)
    widget.setPalette(palette)


def at_top(widget: QWidget) -> QVBoxLayout:
    """Return a layout that keeps a widget at the top of the room that it is given."""
    column = QVBoxLayout()
    column.addWidget(widget)
    column.addStretch(1)
    return column


def in_the_middle(widget: QWidget) -> QVBoxLayout:
    """Return a layout that keeps a widget half-way down the room that it is given, no higher than it asks."""
    column = QVBoxLayout()
    column.addStretch(1)
    column.addWidget(widget)
    column.addStretch(1)
    return column
