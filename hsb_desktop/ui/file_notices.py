"""Quiet lines under the header about where the open audit lies and what lies beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.operations.conflict_copies import ConflictCopy, find_conflict_copies
from hsb_desktop.store.places import PlaceKind, place_of
from hsb_desktop.ui.background import BackgroundWork
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.session import AuditSession

_dismissed: set[tuple[Path, str]] = set()
"""Which lines somebody has put away, for as long as the program runs."""


@dataclass(frozen=True, slots=True)
class FileSurroundings:
    """Where a file lies, and the conflict copies beside it."""

    place: PlaceKind
    copies: tuple[ConflictCopy, ...]


def surroundings_of(path: Path, audit_id: str, password: str | None = None) -> FileSurroundings:
    """Look around a file. It may take long on a network: not on the window's thread."""
    return FileSurroundings(place_of(path), find_conflict_copies(path, audit_id, password))


class FileNotices(QWidget):
    """Looks around the session's file, on a thread of its own, and says what it found.

    Hidden as long as there is nothing to say; each line can be put away. While conflict copies are named, it
    looks again whenever somebody comes back to the program, because they may have been deleted meanwhile.
    """

    conflict_copies_wanted = Signal(object)
    """The ConflictCopies that somebody wants to see."""

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("file_notices")
        self._path = session.path
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.hide()
        self._session = session
        self._found: FileSurroundings | None = None
        self._work: BackgroundWork[FileSurroundings] | None = None
        self.look()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._on_state_changed)

    def look(self) -> None:
        """Look around, unless that is being done already."""
        if self._work is not None:
            return
        path, audit_id, password = self._path, self._session.audit.audit_id, self._session.password
        self._work = BackgroundWork(lambda: surroundings_of(path, audit_id, password))
        self._work.finished.connect(self._on_finished)
        # A slow network drive is not waited for when the window closes.
        self._work.let_run()
        self._work.start()

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self._found is not None and self._found.copies:
            self.look()

    def _on_finished(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            self.show_surroundings(work.result())

    def show_surroundings(self, found: FileSurroundings) -> None:
        """Say what was found, but for what somebody has put away."""
        if found == self._found:
            return
        self._found = found
        while (item := self._lines.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        self.hide()
        copies = found.copies
        if copies:
            count = len(copies)
            words = self.tr("%n conflict cop(y/ies) of this audit beside this file.", "", count)
            button = QPushButton(self.tr("Show them…"))
            button.setObjectName("conflict_copies_button")
            button.setProperty("role", "link")
            button.clicked.connect(partial(self._on_show_wanted, copies))
            self._add_line("conflict_copies_notice", counted(words, count), button)
        place = self._place_sentence(found.place)
        if place:
            self._add_line("place_notice", place)

    def _on_show_wanted(self, copies: tuple[ConflictCopy, ...]) -> None:
        self.conflict_copies_wanted.emit(copies)
        # Another audit may be open now; else what was shown may have been dealt with.
        if self._session.path == self._path and self.isVisible():
            self.look()

    def _place_sentence(self, place: PlaceKind) -> str:
        if place.is_synchronised:
            return self.tr(
                "This folder is synchronised by {0}: close the audit before somebody else opens it, and wait "
                "until it is uploaded."
            ).format(place.value)
        if place is PlaceKind.NETWORK:
            return self.tr(
                "This folder is on a network drive: saving needs the connection, and only one window at a "
                "time can write."
            )
        if place is PlaceKind.REMOVABLE:
            return self.tr(
                "This audit is on a stick or disk that can be pulled out: close the audit before you do so, "
                "and keep a copy elsewhere."
            )
        return ""

    def _add_line(self, object_name: str, words: str, button: QPushButton | None = None) -> None:
        key = self._path, object_name
        if key in _dismissed:
            return
        line = QWidget(self)
        line.setObjectName("file_notice")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        label = QLabel(words)
        label.setObjectName(object_name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        away = QPushButton(self.tr("Put away"))
        away.setObjectName(f"{object_name}_dismiss")
        away.setAccessibleName(self.tr("Put away: {0}").format(words))
        away.setProperty("role", "link")
        away.clicked.connect(partial(self._dismiss, line, key))
        row = QHBoxLayout(line)
        unit = self.fontMetrics().height()
        row.setContentsMargins(unit, unit // 8, unit, unit // 8)
        row.addWidget(label, 1)
        if button is not None:
            row.addWidget(button)
        row.addWidget(away)
        self._lines.addWidget(line)
        self.show()

    def _dismiss(self, line: QWidget, key: tuple[Path, str]) -> None:
        _dismissed.add(key)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.setVisible(self._lines.count() > 0)
