"""The line below the tabs: how far the audit is, what lacks evidence, what comes next, and short notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from hsb_desktop.analysis.progress import next_of
from hsb_desktop.ui.by_name import set_by_name
from hsb_desktop.ui.literal import in_tip
from hsb_desktop.ui.row_fit import FittingRow
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP


class StatusLine(FittingRow):
    """Shows the session's progress; its buttons lead to what it names.

    A note goes with the next thing that somebody does to the audit, because it tells of the last one. A
    warning stays, and is there again when a note that was shown in its place has gone.
    """

    next_wanted = Signal()
    without_evidence_wanted = Signal()
    settling_wanted = Signal()
    zoom_reset_wanted = Signal()

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, at_bottom=True)
        self.setObjectName("status_line")
        self._session = session
        self._current: str | None = None
        self._has_bare = False
        self._differ: QPushButton | None = None
        self._told = self._warning = self._following = ""
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
        self._note.setObjectName("status_note")
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
        for changed in (session.audit_changed, session.wave_changed, session.details_changed):
            changed.connect(self.end_note)
        self.refresh_appearance()

    def refresh(self) -> None:
        """Show what the session has."""
        stand = self._session.standing.progress
        self._bar.setMaximum(stand.statements)
        self._bar.setValue(stand.answered)
        is_agency = self._session.party_id != PARTNERSHIP
        words = self.tr("{0} of {1} answered") if is_agency else self.tr("{0} of {1} scored")
        words = words.format(stand.answered, stand.statements)
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
            self._all_done()
            if following is None
            else self.tr("Next not scored: {0} (F8)").format(following.statement_id)
        )
        lengths = tuple(len(words) for words in (self._count.text(), self._next.text(), self._bare.text()))
        if (bare > 0, lengths) != self._fitted_for:
            self._fitted_for = bare > 0, lengths
            self.fit_again()

    def stops(self) -> list[QWidget]:
        """Return what can take the keyboard in it, from the left."""
        return [self._bare, self._next, self._zoom]

    def show_differing(self, count: int) -> None:
        """Say how many answers differ and wait to be settled; nothing where none do."""
        if self._differ is None:
            if not count:
                return
            self._differ = QPushButton(self)
            self._differ.setObjectName("differing_button")
            self._differ.setProperty("role", "warning-link")
            self._differ.setToolTip(self.tr("Two copies answered differently; press to settle it"))
            self._differ.clicked.connect(self.settling_wanted)
            self.row_layout.insertWidget(self.row_layout.indexOf(self._bare), self._differ)
        self._differ.setText(self.tr("⚠ {0} to settle").format(count))
        self._differ.setVisible(bool(count))
        self.fit_again()

    def _all_done(self) -> str:
        audit = self._session.audit
        if audit.pack is None:
            return self.tr("All scored")
        from hsb_desktop.ui.pack_words import what_to_do_when_finished

        return what_to_do_when_finished(audit)

    def fit(self) -> None:
        row: list[QWidget] = [self._count, self._next, self._zoom, self._bar, self._note]
        # A warning is not what is left out: it takes more lines instead.
        optional: list[QWidget] = [self._bar] if self._is_warning else [self._note, self._bar]
        if self._differ is not None and not self._differ.isHidden():
            # Never left out: it waits for somebody.
            row.append(self._differ)
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
        """Show a short note that needs no answer, until the audit changes or another tab is shown."""
        self._told = words
        self._show_note()

    def warn(self, words: str) -> None:
        """Show a warning that needs no answer, for as long as the audit is open."""
        self._warning = words
        self._show_note()

    def follow_agenda(self, words: str) -> None:
        """Say which agenda the keys follow; an empty text for none."""
        if words != self._following:
            self._following = words
            self._show_note()

    def end_note(self) -> None:
        """Let go of the note: what it tells of is not the last thing that was done any more."""
        if self._told:
            self._told = ""
            self._show_note()

    @property
    def _is_warning(self) -> bool:
        return bool(self._warning) and not self._told

    def _show_note(self) -> None:
        words = self._told or self._warning or self._following
        role = "warning" if self._is_warning else "muted"
        if self._note.property("role") != role:
            self._note.setProperty("role", role)
            self._note.style().unpolish(self._note)
            self._note.style().polish(self._note)
        self._note.setWordWrap(self._is_warning)
        self._note.setText(words)
        self._note.show()
        # Where there is no room for a note, it is there all the same.
        self.setToolTip(in_tip(words))
        self.fit_again()

    def refresh_appearance(self) -> None:
        """Follow a new zoom."""
        pixels = self._appearance.pixels
        self.row_layout.setContentsMargins(pixels(18), pixels(2), pixels(18), pixels(2))
        self.row_layout.setSpacing(pixels(14))
        self._bar.setFixedWidth(pixels(150))
        self._zoom.setText(f"{self._appearance.zoom} %")
        self._zoom.setAccessibleName(self.tr("Size {0} percent; back to 100").format(self._appearance.zoom))
        self.refresh()
