"""The line below the tabs: how far the audit is, what lacks evidence, what comes next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from hsb_desktop.analysis.progress import next_of
from hsb_desktop.ui.by_name import set_by_name
from hsb_desktop.ui.row_fit import FittingRow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance


class StatusLine(FittingRow):
    """Shows the session's progress; its buttons lead to what it names."""

    next_wanted = Signal()
    without_evidence_wanted = Signal()
    zoom_reset_wanted = Signal()

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, at_bottom=True)
        self.setObjectName("status_line")
        self._session = session
        self._current: str | None = None
        self._has_bare = False
        self._fitted_for: tuple[bool, tuple[int, ...]] | None = None

        self._bar = QProgressBar(self)
        self._bar.setObjectName("progress_bar")
        self._bar.setTextVisible(False)
        self._count = QLabel(self)
        self._count.setObjectName("progress_text")
        self._bare = QPushButton(self)
        self._bare.setObjectName("without_evidence_button")
        self._bare.setProperty("role", "warning-link")
        self._next = QPushButton(self)
        self._next.setObjectName("next_button")
        self._next.setProperty("role", "link")
        self._note = QLabel(self)
        self._note.setProperty("role", "muted")
        set_by_name(self._note, textFormat="PlainText", alignment="AlignRight|AlignVCenter")
        self._zoom = QPushButton(self)
        self._zoom.setObjectName("zoom_button")
        self._zoom.setProperty("role", "link")
        self._zoom.setToolTip(self.tr("Size of everything; press for 100 %"))

        self.row_layout.addWidget(self._bar)
        for widget in (self._count, self._bare, self._next):
            self.row_layout.addWidget(widget)
        self.row_layout.addWidget(self._note, 1)
        self.row_layout.addWidget(self._zoom)

        self._next.clicked.connect(self.next_wanted)
        self._bare.clicked.connect(self.without_evidence_wanted)
        self._zoom.clicked.connect(self.zoom_reset_wanted)
        session.audit_changed.connect(self.refresh)
        session.wave_changed.connect(self.refresh)
        self.refresh_appearance()

    def refresh(self) -> None:
        """Show what the session has."""
        stand = self._session.standing.progress
        self._bar.setMaximum(stand.statements)
        self._bar.setValue(stand.scored)
        words = self.tr("{0} of {1} scored").format(stand.scored, stand.statements)
        self._count.setText(words)
        self._bar.setAccessibleName(words)
        bare = len(stand.high_without_evidence)
        self._has_bare = bool(bare)
        if not bare:
            self._bare.hide()
        self._bare.setText(self.tr("⚠ {0} scored high without evidence").format(bare))
        following = next_of(stand.not_scored, self._session.audit.instrument, self._current)
        self._next.setEnabled(following is not None)
        self._next.setText(
            self.tr("All scored")
            if following is None
            else self.tr("Next not scored: {0} (F8)").format(following.statement_id)
        )
        lengths = tuple(len(words) for words in (self._count.text(), self._next.text(), self._bare.text()))
        if (bare > 0, lengths) != self._fitted_for:
            self._fitted_for = bare > 0, lengths
            self.fit_again()

    def fit(self) -> None:
        row: list[QWidget] = [self._count, self._next, self._zoom, self._bar, self._note]
        optional: list[QWidget] = [self._note, self._bar]
        if self._has_bare:
            row.append(self._bare)
            optional.append(self._bare)
        self.show_what_fits(row, [*optional, self._zoom, self._next])

    def follow(self, statement_id: str | None) -> None:
        """Count "next" from this statement on."""
        if statement_id != self._current:
            self._current = statement_id
            self.refresh()

    def say(self, words: str) -> None:
        """Show a short note that needs no answer."""
        self._note.setText(words)

    def refresh_appearance(self) -> None:
        """Follow a new zoom."""
        pixels = self._appearance.pixels
        self.row_layout.setContentsMargins(pixels(18), pixels(2), pixels(18), pixels(2))
        self.row_layout.setSpacing(pixels(14))
        self._bar.setFixedWidth(pixels(150))
        self._zoom.setText(f"{self._appearance.zoom} %")
        self._zoom.setAccessibleName(self.tr("Size {0} percent; back to 100").format(self._appearance.zoom))
        self.refresh()
