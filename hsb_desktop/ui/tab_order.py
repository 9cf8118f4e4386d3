"""Where the Tab key goes: over everything in the order in which it is read.

Qt has the key follow the order in which widgets were made. Cards are made a few at a time, with other parts
of the window between them, and what stands between a card's score and its boxes is made last of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


@runtime_checkable
class KnowsItsStops(Protocol):
    """A widget of which there are many: asking its layout what is in it takes ten times as long."""

    def stops(self) -> Iterable[QWidget]:
        """Return what can take the keyboard in it, from the top down."""


def put_in_order(stops: Iterable[QWidget]) -> None:
    """Have the Tab key go from each of these to the next, wherever they were; the first stays where it is."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def stops_in(widget: QWidget) -> Iterator[QWidget]:
    """Yield what can take the keyboard in a widget as it is laid out, what is hidden now with the rest.

    Also what Tab passes by: of a row of buttons, the one that it stops at can change.
    """
    if isinstance(widget, KnowsItsStops):
        yield from widget.stops()
        return
    takes_keyboard = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    if takes_keyboard:
        yield widget
        if widget.focusProxy() is not None:
            # It hands the keyboard on to a part of itself: Qt moves all its parts with it.
            return
    layout = widget.layout()
    if layout is not None:
        yield from _stops_laid_out(layout)
    elif isinstance(widget, QScrollArea):
        content = widget.widget()
        if content is not None:
            yield from stops_in(content)
    elif not takes_keyboard:
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from stops_in(child)


def _stops_laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from stops_in(widget)
        elif (inner := item.layout()) is not None:
            yield from _stops_laid_out(inner)
