"""Where the Tab key goes: over everything in the order in which it is read.

Qt has the key follow the order in which widgets were made. Cards are made a few at a time, with other parts
of the window between them, and what stands between a card's score and its boxes is made last of all. So each
part says what can take the keyboard in it. Asking its layout would take ten times as long, and would leave
Python with items of layouts that Qt deletes.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget


@runtime_checkable
class KnowsItsStops(Protocol):
    """A widget with several parts that can take the keyboard."""

    def stops(self) -> Iterable[QWidget]:
        """Return what can take the keyboard in it, from the top down, what is hidden now with the rest."""


def stops_in(widget: QWidget) -> Iterable[QWidget]:
    """Return what can take the keyboard in a widget: it itself where it has no parts."""
    return widget.stops() if isinstance(widget, KnowsItsStops) else (widget,)


def put_in_order(stops: Iterable[QWidget]) -> None:
    """Have the Tab key go from each of these to the next, wherever they were; the first stays where it is.

    One that hands the keyboard on to a part of itself takes all its parts with it, if it takes it itself.
    """
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
