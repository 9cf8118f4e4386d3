"""What is left out of a row that has become too narrow for everything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget


def show_what_fits(row: Sequence[QWidget], optional: Sequence[QWidget], room: int, spacing: int) -> None:
    """Hide optional widgets, the least missed first, until the rest of the row fits into `room` pixels."""
    shown = list(row)
    for widget in optional:
        needed = sum(max(one.sizeHint().width(), one.minimumWidth()) + spacing for one in shown)
        fits = needed <= room
        widget.setVisible(fits)
        if not fits:
            shown.remove(widget)
