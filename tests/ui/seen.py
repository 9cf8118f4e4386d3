"""Everything that somebody can see, hear or copy of a window: what tests of blindness compare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAction, QUndoStack
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.still_label import StillLabel

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.CheckStateRole,
    *(Qt.ItemDataRole(Qt.ItemDataRole.UserRole + number) for number in range(1)),
)
_TIME = re.compile(r"\b\d\d:\d\d(:\d\d)?\b")
_ACCESSIBLE = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
    QAccessible.Text.Accelerator,
)


def everything_seen(root: QWidget, private: str = "") -> list[str]:
    """Return all there is of a window and what is in it; times of day and the `private` text are left out."""
    QApplication.processEvents()
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        words = [*_words_of(widget)]
        place = f"{type(widget).__name__} {widget.objectName()} {'hidden' if widget.isHidden() else ''}"
        found.append(f"{place}: {' | '.join(words)}")
    for action in root.findChildren(QAction):
        found.append(f"action {action.text()} | {action.toolTip()} | {action.statusTip()}")
    for stack in root.findChildren(QUndoStack):
        steps = [stack.text(number) for number in range(stack.count())]
        found.append(f"undo {stack.index()} {stack.undoText()} | {stack.redoText()} | {steps}")
    focus = QApplication.focusWidget()
    found.append(f"focus {focus.objectName() if focus is not None else None}")
    return [_TIME.sub("00:00", line.replace(private, "…") if private else line) for line in found]


def _words_of(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    yield str(widget.styleSheet())
    match widget:
        case QLabel() | QLineEdit() | StillLabel():
            yield widget.text()
        case QAbstractButton():
            yield f"{widget.text()} {widget.isChecked()} {widget.isEnabled()}"
        case QPlainTextEdit() | QTextEdit():
            yield widget.toPlainText()
        case QProgressBar():
            yield f"{widget.value()} of {widget.maximum()} {widget.text()}"
        case QAbstractSlider():
            yield str(widget.maximum())
        case QComboBox():
            yield str([widget.itemText(place) for place in range(widget.count())])
            yield str(widget.currentIndex())
        case QTabWidget():
            places = range(widget.count())
            yield str([(widget.tabText(place), widget.tabToolTip(place)) for place in places])
        case RadarWidget():
            yield str(widget.values())
            yield widget.readout()
        case QAbstractItemView() if widget.model() is not None:
            yield from _cells(widget.model(), QModelIndex())
            yield str(widget.currentIndex().row())
    yield from _told(widget)


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        # A list's is private.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield str([str(index.data(role)) for role in _ROLES])
            if column == 0:
                yield from _cells(model, index)


def _told(widget: QObject) -> Iterator[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None:
        yield str([interface.text(kind) for kind in _ACCESSIBLE])
