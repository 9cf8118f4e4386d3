"""Who changed a response, when, from what and to what; an earlier value can be put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from hsb_desktop.analysis.dates import written_moment
from hsb_desktop.analysis.text_changes import text_changes
from hsb_desktop.store.audit_file import HistoryEntry
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.reading_text import ReadingText
from hsb_desktop.ui.place_words import field_in_words
from hsb_desktop.values import Change, Value, ValueAddress

_LINES_AT_LEAST = 4
_CHARACTERS_WIDE = 120
_LONGEST_EXCERPT = 60


class HistoryDialog(DialogFrame):
    """Lists the visits to some boxes, the latest first, and tells the chosen one whole."""

    def __init__(
        self,
        title: str,
        entries: Sequence[HistoryEntry],
        present: Callable[[ValueAddress], Value],
        *,
        may_restore: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`entries` are in the order in which they were made; `present` tells what a box holds now."""
        super().__init__(parent, "history_dialog", title, is_scrolled=False)
        self.characters_wide = _CHARACTERS_WIDE
        self._entries = tuple(reversed(entries))
        self._present = present
        self._may_restore = may_restore
        self.restored: Change | None = None
        """What the person asked to put back: from the present value to an earlier one."""
        self.add_title(title)
        self._create_lists()
        self.before_button = self.add_button("restore_before", self.tr("Restore “before”"), Role.ActionRole)
        self.after_button = self.add_button("restore_after", self.tr("Restore “after”"), Role.ActionRole)
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        close.clicked.connect(self.reject)
        self.before_button.clicked.connect(lambda: self._restore(self._chosen.before))
        self.after_button.clicked.connect(lambda: self._restore(self._chosen.after))
        self.table.currentCellChanged.connect(self._show_chosen)
        self.table.selectRow(0)
        self._show_chosen()
        self.table.setFocus()

    def _create_lists(self) -> None:
        self.table = CopiedTable(
            "history_table",
            self.tr("Changes, the latest first"),
            (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("From → to")),
            [self._row(entry) for entry in self._entries],
        )
        self.detail = ReadingText("history_detail", self.tr("The chosen change, whole"))
        line = self.fontMetrics().height()
        for part in (self.table, self.detail):
            part.setMinimumHeight(_LINES_AT_LEAST * line)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setObjectName("history_parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.detail)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        parts.setSizes([2, 3])
        self.body.addWidget(parts, stretch=1)

    # What is shown ----------------------------------------------------------------------------------------

    def _row(self, entry: HistoryEntry) -> tuple[str, str, str, str]:
        return (
            written_moment(entry.edited_at),
            entry.author or self.tr("no name given"),
            field_in_words(ValueAddress.parse(entry.address)),
            self._in_short(entry),
        )

    def _in_short(self, entry: HistoryEntry) -> str:
        if entry.before == entry.after:
            return entry.label
        before, after = self._in_words(entry.before), self._in_words(entry.after)
        same = 0
        if entry.before is not None and entry.after is not None:
            same = before.rfind(" ", 0, _length_of_same(before, after)) + 1
        short = f"{_cut(before, same)} → {_cut(after, same)}"
        return " ".join(short.split())

    def _in_words(self, value: Value) -> str:
        return self.tr("nothing") if value is None else str(value)

    @property
    def _chosen(self) -> HistoryEntry:
        return self._entries[max(self.table.currentRow(), 0)]

    def _show_chosen(self, *_cells: int) -> None:
        self.detail.begin_anew()
        if not self._entries:
            self.detail.add_paragraph(
                self.tr(
                    "Nothing was changed here since this file was made, or its history was left out of it."
                )
            )
            self.before_button.setEnabled(False)
            self.after_button.setEnabled(False)
            return
        entry = self._chosen
        when, who, what, _ = self._row(entry)
        self.detail.add_title(f"{what[:1].upper()}{what[1:]}")
        self.detail.add_paragraph(self.tr("{0}, {1}: {2}").format(when, who, entry.label))
        if isinstance(entry.before, str) and isinstance(entry.after, str) and entry.before != entry.after:
            self.detail.add_section(self.tr("What changed (taken out is struck through, put in underlined)"))
            self.detail.add_changes(text_changes(entry.before, entry.after))
        self.detail.add_section(self.tr("Before"))
        self.detail.add_paragraph(self._in_words(entry.before))
        self.detail.add_section(self.tr("After"))
        self.detail.add_paragraph(self._in_words(entry.after))
        self.detail.show_from_top()
        now = self._present(ValueAddress.parse(entry.address))
        self.before_button.setEnabled(self._may_restore and entry.before != now)
        self.after_button.setEnabled(self._may_restore and entry.after != now)

    def _restore(self, value: Value) -> None:
        address = ValueAddress.parse(self._chosen.address)
        self.restored = Change(address, self._present(address), value)
        self.accept()


def _length_of_same(one: str, other: str) -> int:
    """Return how many characters at the beginning are the same; quick also for long texts."""
    same, most = 0, min(len(one), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _cut(text: str, start: int) -> str:
    end = start + _LONGEST_EXCERPT
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
