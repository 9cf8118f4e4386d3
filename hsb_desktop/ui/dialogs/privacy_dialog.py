"""Lists what may identify somebody in what is about to leave; in the open audit with a way to each place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hsb_desktop.analysis.identifiers import Identifier
from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.model import Audit
from hsb_desktop.operations.comparison_scan import FoundInComparison
from hsb_desktop.operations.privacy_scan import place_of
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role

_PLACE, _KIND, _EXCERPT = range(3)
_MOST_SHOWN = 200
_ROWS_SHOWN = 6
_FEWEST_ROWS = 2
_LINES_OF_A_ROW = 2.6
_SHARE_OF_PLACE, _SHARE_OF_KIND = 0.3, 0.26
"""The most of the table's width that these take; the text has the rest."""
_CHARACTERS_WIDE = 116


class PrivacyDialog(DialogFrame):
    """Goes on when told to. Esc and Cancel let nothing leave; a place that is clicked is gone to instead.

    A comparison is of several files: without an audit there is no place to go to.
    """

    def __init__(
        self,
        audit: Audit | None,
        findings: Sequence[Finding] | Sequence[FoundInComparison],
        parent: QWidget | None = None,
        *,
        go_on: str = "",
    ) -> None:
        super().__init__(parent, "privacy_dialog", "")
        self.setWindowTitle(self.tr("Before it leaves"))
        self.characters_wide = _CHARACTERS_WIDE
        self.place_chosen: Finding | None = None
        self._audit = audit
        self._findings: tuple[Finding | FoundInComparison, ...] = tuple(findings[:_MOST_SHOWN])
        self._create_texts(len(findings))
        self._create_dialog_buttons(go_on or self.tr("Go on and export"))
        self._connect()
        self.table.setCurrentCell(0, _PLACE)
        self.table.setFocus()

    @classmethod
    def ask(
        cls, audit: Audit, findings: Sequence[Finding], parent: QWidget | None = None, *, go_on: str = ""
    ) -> bool | Finding:
        """Show what was found; return whether to go on, or the finding to go to instead.

        `go_on` is the word on the button. `findings` is not empty.
        """
        dialog = cls(audit, findings, parent, go_on=go_on)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.place_chosen or accepted

    @classmethod
    def ask_of_comparison(
        cls, findings: Sequence[FoundInComparison], parent: QWidget | None = None, *, go_on: str = ""
    ) -> bool:
        """Show what was found in a comparison; return whether to go on. `findings` is not empty."""
        dialog = cls(None, findings, parent, go_on=go_on)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return bool(accepted)

    # Contents -------------------------------------------------------------------------------------------

    def _create_texts(self, count: int) -> None:
        title = self.tr("%n place(s) may identify somebody", "", count)
        self.add_title(counted(title, count))
        words = (
            self.tr(
                "They stand in the audits that are compared, and are changed there. Nothing is written "
                "before you go on."
            )
            if self._audit is None
            else self.tr("Click a place to go there and change it. Nothing leaves before you go on.")
        )
        self.add_text("what_was_found", words)
        self.table = self._table()
        self.body.addWidget(self.table, stretch=1)
        if count > len(self._findings):
            words = self.tr("The first {0} are listed. Once they are changed, the others follow.")
            self.add_text("not_listed", words.format(len(self._findings)), "muted")
        self.add_text(
            "what_is_not_found",
            self.tr(
                "This finds numbers and addresses by their form, and not all of them. It cannot find names, "
                "ages or what only people who know the child would recognise: somebody still has to read it "
                "through."
            ),
            "muted",
        )

    def _table(self) -> QTableWidget:
        table = _FindingsTable(len(self._findings))
        table.setAccessibleName(self.tr("Places found"))
        if self._audit is not None:
            table.setAccessibleDescription(self.tr("Enter goes to the chosen place."))
        table.setHorizontalHeaderLabels([self.tr("Place"), self.tr("Looks like"), self.tr("Text")])
        for row, finding in enumerate(self._findings):
            self._fill(table, row, finding)
        return table

    def _fill(self, table: QTableWidget, row: int, finding: Finding | FoundInComparison) -> None:
        place = self._place(finding)
        link = QTableWidgetItem(place[:1].upper() + place[1:])
        if self._audit is not None:
            font = link.font()
            font.setUnderline(True)
            link.setFont(font)
        kind = QTableWidgetItem(_in_words(self, finding.kind))
        for column, item in ((_PLACE, link), (_KIND, kind), (_EXCERPT, QTableWidgetItem(finding.excerpt))):
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            table.setItem(row, column, item)

    def _place(self, finding: Finding | FoundInComparison) -> str:
        if isinstance(finding, FoundInComparison):
            return finding.place
        assert self._audit is not None
        return place_of(self._audit, finding.address)

    def _create_dialog_buttons(self, go_on: str) -> None:
        self.go_on_button = self.add_button("go_on_button", go_on, Role.AcceptRole)
        # Enter does what lets nothing leave.
        self.go_there_button = self.add_button(
            "go_there_button", self.tr("Go there"), Role.ActionRole, is_primary=self._audit is not None
        )
        self.go_there_button.setVisible(self._audit is not None)
        self.cancel_button = self.add_button(
            "cancel_button", self.tr("Cancel"), Role.RejectRole, is_primary=self._audit is None
        )

    def _connect(self) -> None:
        self.table.cellClicked.connect(self._on_cell_clicked)
        self.table.cellDoubleClicked.connect(self._go_to_current)
        self.go_there_button.clicked.connect(self._go_to_current)
        self.go_on_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)

    # What people do -------------------------------------------------------------------------------------

    def _on_cell_clicked(self, _row: int, column: int) -> None:
        if column == _PLACE:
            self._go_to_current()

    def _go_to_current(self) -> None:
        row = self.table.currentRow()
        chosen = self._findings[row] if row >= 0 else None
        if self.place_chosen is None and isinstance(chosen, Finding):
            self.place_chosen = chosen
            self.reject()


class _FindingsTable(QTableWidget):
    """Rows as high as their words: what was found is never cut off."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows, 3)
        self.setObjectName("findings")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        self.setColumnWidth(_PLACE, round(width * _SHARE_OF_PLACE))
        longest = self.sizeHintForColumn(_KIND) + self.fontMetrics().height()
        self.setColumnWidth(_KIND, min(longest, round(width * _SHARE_OF_KIND)))
        self.resizeRowsToContents()

    def sizeHint(self) -> QSize:
        rows = min(max(self.rowCount(), _FEWEST_ROWS), _ROWS_SHOWN)
        return QSize(super().sizeHint().width(), self._height_of(rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height_of(_FEWEST_ROWS))

    def _height_of(self, rows: int) -> int:
        line = self.fontMetrics().height()
        return self.horizontalHeader().sizeHint().height() + round(rows * line * _LINES_OF_A_ROW)


def _in_words(widget: QWidget, kind: Identifier) -> str:
    return {
        Identifier.NHS_NUMBER: widget.tr("NHS number"),
        Identifier.DATE_OF_BIRTH: widget.tr("date of birth"),
        Identifier.POSTCODE: widget.tr("postcode"),
        Identifier.TELEPHONE: widget.tr("telephone number"),
        Identifier.E_MAIL: widget.tr("e-mail address"),
    }[kind]
