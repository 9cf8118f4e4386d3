"""The window that sets several audits, or the areas of one, beside one another: radars and a table.

They are letters unless named on purpose, stand in the order of their letters or names, and are never ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.analysis.overlays import RadarSeries, domain_axes, mean_series
from hsb_desktop.analysis.several import Grouping
from hsb_desktop.analysis.side_by_side import UNMODERATED, MemberKind, SideBySide, groups_side_by_side
from hsb_desktop.errors import HsbError
from hsb_desktop.model import Audit
from hsb_desktop.operations.comparing import FEWEST_AUDITS, ComparedAudit, refuse_unlike, side_by_side
from hsb_desktop.ui.compare_members import MOST_SHOWN, CompareMembers
from hsb_desktop.ui.compare_table import CompareTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, labelled, plain_label
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.theme import Appearance

_AUDIT_SUFFIX = ".hsbaudit"


class CompareWork(Protocol):
    """What reads and writes for the window."""

    def read(self, paths: Sequence[Path], parent: QWidget) -> tuple[tuple[ComparedAudit, ...], str]:
        """Return those files that can be compared, and in words why the others cannot."""

    def write(self, shown: SideBySide, out: Path, sources: Sequence[Path], parent: QWidget) -> None:
        """Write a comparison to a file, and say how it went."""


class CompareWindow(DialogFrame):
    """Files on the left, radar and table on the right. `shown` is what they show; None for fewer than two."""

    def __init__(
        self,
        appearance: Appearance,
        work: CompareWork,
        open_audit: Audit | None,
        open_wave_id: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "compare_window", "")
        self.setWindowTitle(self.tr("Compare audits"))
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setAcceptDrops(True)
        self._appearance = appearance
        self._work = work
        self._open_audit = open_audit
        self._open_wave_id = open_wave_id
        self._audits: list[ComparedAudit] = []
        self.shown: SideBySide | None = None
        self.characters_wide = 150
        self._create_parts()
        self._assemble_parts()
        self._connect_parts()
        self._show_comparison()

    # Parts ----------------------------------------------------------------------------------------------

    def _create_parts(self) -> None:
        self.what = QComboBox()
        self.what.setObjectName("what_is_compared")
        self.what.addItem(self.tr("Several audits"), MemberKind.AUDITS)
        if self._open_audit is not None:
            for grouping, kind, words in (
                (Grouping.AREA, MemberKind.AREAS, self.tr("The areas in the open audit")),
                (Grouping.SECTOR, MemberKind.SECTORS, self.tr("The sectors in the open audit")),
            ):
                if self._has_groups(grouping):
                    self.what.addItem(words, kind)
        self.files = QListWidget()
        self.files.setObjectName("compared_files")
        self.files.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.add_files_button = QPushButton(self.tr("&Add audits…"))
        self.add_files_button.setObjectName("add_audits_button")
        self.remove_files_button = QPushButton(self.tr("&Take out"))
        self.remove_files_button.setObjectName("take_out_button")
        self.wave = QComboBox()
        self.wave.setObjectName("compared_wave")
        self.names = QCheckBox(self.tr("&Name them (letters otherwise)"))
        self.names.setObjectName("name_them")
        self.members = CompareMembers()
        self.radar = RadarWidget(self._appearance.theme)
        self.radar.set_theme(self._appearance.theme, self._appearance.zoom / 100)
        self.table = CompareTable()
        self.banner = plain_label("unmoderated", role="warning")
        self.banner.setText(self.tr("{0}. No league table.").format(UNMODERATED))
        self.hint = plain_label("compare_hint", role="muted")
        self.save_button = self.add_button(
            "save_comparison_button", self.tr("&Save as PDF, CSV or workbook…"), Role.ActionRole
        )
        self.close_button = self.add_button(
            "close_button", self.tr("Close"), Role.RejectRole, is_primary=True
        )

    def _assemble_parts(self) -> None:
        unit = self.fontMetrics().height()
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_files_button)
        buttons.addWidget(self.remove_files_button)
        buttons.addStretch()
        left = QVBoxLayout()
        left.addWidget(labelled(self.tr("Compare"), self.what))
        self._files_row = labelled(self.tr("Audits (files can be dropped here)"), self.files)
        left.addWidget(self._files_row, stretch=2)
        left.addLayout(buttons)
        self._wave_row = labelled(self.tr("Wave"), self.wave)
        left.addWidget(self._wave_row)
        left.addWidget(self.names)
        left.addWidget(labelled(self.tr("Laid over the radar"), self.members), stretch=3)
        right = QVBoxLayout()
        right.addWidget(self.banner)
        right.addWidget(self.hint)
        right.addWidget(self.radar, stretch=3)
        right.addWidget(self.table, stretch=2)
        columns = QHBoxLayout()
        columns.setSpacing(unit)
        columns.addLayout(left, stretch=2)
        columns.addLayout(right, stretch=5)
        self.body.addLayout(columns, stretch=1)
        self.files.setMinimumHeight(unit * 4)
        self.members.setMinimumHeight(unit * 5)
        self.radar.setMinimumHeight(unit * 14)
        self.table.setMinimumHeight(unit * 8)

    def _connect_parts(self) -> None:
        self.what.currentIndexChanged.connect(self._show_comparison)
        self.wave.currentIndexChanged.connect(self._show_comparison)
        self.names.toggled.connect(self._show_comparison)
        self.members.checked_changed.connect(self._on_checked_changed)
        self.members.too_many.connect(self._say_too_many)
        self.files.itemSelectionChanged.connect(self._show_what_can_be_done)
        self.radar.axis_chosen.connect(self.table.show_domain)
        self.add_files_button.clicked.connect(self._ask_for_files)
        self.remove_files_button.clicked.connect(self._take_out)
        self.save_button.clicked.connect(self._save)
        self.close_button.clicked.connect(self.reject)

    def _has_groups(self, grouping: Grouping) -> bool:
        assert self._open_audit is not None
        shown = groups_side_by_side(self._open_audit, self._open_wave_id, grouping, is_named=True)
        return sum(bool(member.name) for member in shown.comparison.members) > 1

    # Files ----------------------------------------------------------------------------------------------

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read files and set them beside those that are there; say which cannot be, and why."""
        known = {audit.path for audit in self._audits}
        found, problems = self._work.read([path for path in paths if path not in known], self)
        told = [problems] if problems else []
        for audit in found:
            try:
                refuse_unlike([*self._audits, audit])
            except HsbError as error:
                told.append(str(error))
            else:
                self._audits.append(audit)
        self._show_files()
        self.show_problem("\n".join(told))

    def _ask_for_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Add audits"),
            str(self._audits[-1].path.parent) if self._audits else "",
            self.tr("Audits (*.hsbaudit);;All files (*)"),
        )
        if names:
            self.add_files([Path(name) for name in names])

    def _take_out(self) -> None:
        gone = {self.files.row(item) for item in self.files.selectedItems()}
        self._audits = [audit for place, audit in enumerate(self._audits) if place not in gone]
        self.show_problem("")
        self._show_files()

    def _show_files(self) -> None:
        self.files.clear()
        for audit in self._audits:
            item = QListWidgetItem(audit.path.name)
            item.setToolTip(f"<p>{escape(str(audit.path))}</p>")
            self.files.addItem(item)
        self._show_waves()
        self._show_comparison()

    def _show_waves(self) -> None:
        """Offer the labels of waves that every audit has, and keep what was chosen if it is still there."""
        chosen = self.wave.currentData()
        labels = [[wave.label for wave in audit.waves] for audit in self._audits]
        common = [label for label in labels[0] if all(label in each for each in labels)] if labels else []
        with QSignalBlocker(self.wave):
            self.wave.clear()
            self.wave.addItem(self.tr("The latest of each"), None)
            for label in dict.fromkeys(common):
                self.wave.addItem(label, label)
            self.wave.setCurrentIndex(max(self.wave.findData(chosen), 0) if chosen else 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files(self._dropped(event))

    def _dropped(self, event: QDropEvent) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return [path for path in paths if path.suffix.lower() == _AUDIT_SUFFIX]

    # What is shown --------------------------------------------------------------------------------------

    def _show_comparison(self) -> None:
        self.shown = None
        try:
            self.shown = self._compared()
        except HsbError as error:
            self.show_problem(str(error))
        self.members.show_members(
            self.shown.names if self.shown else (), self.shown.details if self.shown else ()
        )
        self._show_radar()
        self.table.show_comparison(self.shown)
        self._show_what_can_be_done()

    @property
    def _kind(self) -> MemberKind:
        # Qt gives back a plain text for what was put in.
        return MemberKind(self.what.currentData())

    def _compared(self) -> SideBySide | None:
        is_named = self.names.isChecked()
        if self._kind is not MemberKind.AUDITS and self._open_audit is not None:
            grouping = Grouping.AREA if self._kind is MemberKind.AREAS else Grouping.SECTOR
            return groups_side_by_side(self._open_audit, self._open_wave_id, grouping, is_named=is_named)
        if len(self._audits) < FEWEST_AUDITS:
            return None
        return side_by_side(self._audits, is_named=is_named, wave_label=self.wave.currentData())

    def _on_checked_changed(self) -> None:
        self.show_problem("")
        self._show_radar()

    def _say_too_many(self) -> None:
        self.show_problem(
            self.tr("{0} at a time can be told apart on the radar. Take one out first.").format(MOST_SHOWN)
        )

    def _show_radar(self) -> None:
        if self.shown is None:
            self.radar.show_radar((), ())
            return
        domains = self.shown.comparison.domains
        median = RadarSeries(
            self.tr("Median"),
            {found.domain.domain_id: found.distribution.median for found in domains},
        )
        chosen = (
            mean_series(self.shown.names[place], [found.scores[place] for found in domains])
            for place in self.members.checked()
        )
        self.radar.show_radar(domain_axes(self.shown.instrument), (median, *chosen))

    def _show_what_can_be_done(self) -> None:
        is_of_audits = self._kind is MemberKind.AUDITS
        for part in (self._files_row, self.add_files_button, self.remove_files_button, self._wave_row):
            part.setVisible(is_of_audits)
        self.remove_files_button.setEnabled(bool(self.files.selectedItems()))
        self.save_button.setEnabled(self.shown is not None)
        too_few = is_of_audits and len(self._audits) < FEWEST_AUDITS
        words = self.tr("Add two audits at least.") if too_few else ""
        self.hint.setText(words or " ".join(self.shown.notes if self.shown else ()))
        self.hint.setVisible(bool(self.hint.text()))

    # Saving ---------------------------------------------------------------------------------------------

    def _save(self) -> None:
        if self.shown is None:
            return
        folder = self._audits[-1].path.parent if self._audits else Path.home()
        name, kind = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the comparison"),
            str(folder / self.tr("Comparison.pdf")),
            self.tr("PDF (*.pdf);;Workbook (*.xlsx);;CSV (*.csv)"),
        )
        if name:
            out = Path(name)
            if not out.suffix:
                out = out.with_suffix(kind.rpartition("*")[2].rstrip(")") or ".pdf")
            self._work.write(self.shown, out, [audit.path for audit in self._audits], self)
