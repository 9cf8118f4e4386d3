"""Shows what returned packs would change, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QCheckBox, QWidget

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.operations.merge_plan import MergeEntry, SourceCount
from hsb_desktop.operations.returning import ReturnPlan, refusal_in_words
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.values import FieldKind, Value, ValueAddress

_ROWS_SHOWN = 200
_ROWS_AT_ONCE = 8
"""So that three packs fit a small projector and one bar scrolls, not two."""
_LONGEST_CELL = 160
_CHARACTERS_WIDE = 116


class ReturnDialog(DialogFrame):
    """Counts file by file, conflicts, changes, and the files that cannot be taken in."""

    def __init__(self, plan: ReturnPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent, "return_dialog", "")
        self.setWindowTitle(self.tr("Take in returned packs"))
        self.characters_wide = _CHARACTERS_WIDE
        self._plan = plan
        self.leave_out: QCheckBox | None = None
        self.add_title(self.tr("What the returned packs would change"))
        self._add_counts()
        self._add_refused()
        self._add_entries(
            "return_conflicts",
            self.tr("Answered differently here meanwhile. Both are kept until somebody settles them:"),
            plan.merge.conflicts,
        )
        self._add_entries("return_changes", self.tr("New or changed:"), plan.merge.taken)
        self._add_entries("return_cleared", self.tr("Emptied in a pack, and kept here:"), plan.merge.cleared)
        self._add_left_out()
        for number, notice in enumerate(plan.merge.notices):
            self.add_text(f"return_notice_{number}", notice)
        self._add_dialog_buttons()

    @classmethod
    def agree(cls, plan: ReturnPlan, parent: QWidget | None = None) -> bool:
        """Show what would change; return whether to change it."""
        dialog = cls(plan, parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def _add_counts(self) -> None:
        for number, count in enumerate(self._plan.merge.counts):
            self.add_text(f"return_count_{number}", self._count(count))

    def _count(self, count: SourceCount) -> str:
        parts = (
            (count.taken, self.tr("{0} new or changed")),
            (count.conflicts, self.tr("{0} answered differently here")),
            (count.joined, self.tr("{0} the same here")),
            (count.older, self.tr("{0} older than here")),
            (count.cleared, self.tr("{0} emptied, kept here")),
            (count.left_out, self.tr("{0} left out")),
        )
        told = ", ".join(words.format(number) for number, words in parts if number)
        return f"{count.name}: {told or self.tr('nothing new')}."

    def _add_refused(self) -> None:
        refused = self._plan.refused
        if not refused:
            return
        count = len(refused)
        words = counted(self.tr("%n file(s) cannot be taken in:", "", count), count)
        self.add_text("refused_title", words, "warning")
        for number, each in enumerate(refused):
            self.add_text(f"refused_{number}", refusal_in_words(each))
        if not self._plan.merge.is_empty:
            self.leave_out = QCheckBox(self.tr("&Leave these out and take in the others"))
            self.leave_out.setObjectName("leave_out_box")
            self.leave_out.setAccessibleName(self.tr("Leave these out and take in the others"))
            self.body.addWidget(self.leave_out)

    def _add_entries(self, object_name: str, words: str, entries: Iterable[MergeEntry]) -> None:
        # Where something stands in a list is no news to a person.
        found = [entry for entry in entries if entry.address.kind is not FieldKind.POSITION]
        if not found:
            return
        rows = [
            (
                entry.place,
                self._value(entry.address, entry.ours),
                self._value(entry.address, entry.theirs),
                entry.source_name,
            )
            for entry in found[:_ROWS_SHOWN]
        ]
        if len(found) > _ROWS_SHOWN:
            words = self.tr("{0} The first {1} of {2}:").format(words, _ROWS_SHOWN, len(found))
        headers = (self.tr("What"), self.tr("Here"), self.tr("In the pack"), self.tr("File"))
        table = CopiedTable(object_name, words, headers, rows, rows_shown=_ROWS_AT_ONCE)
        label = self.add_text(f"{object_name}_label", words)
        label.setBuddy(table)
        self.body.addWidget(table, stretch=1)

    def _add_left_out(self) -> None:
        reasons = dict.fromkeys((entry.source_name, entry.reason) for entry in self._plan.merge.left_out)
        for number, (name, reason) in enumerate(reasons):
            entries = [e for e in self._plan.merge.left_out if (e.source_name, e.reason) == (name, reason)]
            count = len(entries)
            words = counted(self.tr("{0}: %n value(s) left out.", "", count), count)
            self.add_text(f"left_out_{number}", f"{words.format(name)} {reason}")

    def _add_dialog_buttons(self) -> None:
        if self._plan.merge.is_empty:
            for number, words in enumerate(self._why_nothing()):
                self.add_text(f"nothing_new_{number}" if number else "nothing_new", words)
            close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
            close.clicked.connect(self.reject)
            return
        self.add_text("undo_hint", self.tr("It is one step: Undo takes all of it back."), "muted")
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        self.take_in = self.add_button("take_in_button", self.tr("Take in"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        self.take_in.clicked.connect(self._on_take_in_clicked)
        self.take_in.setFocus()

    def _why_nothing(self) -> Iterator[str]:
        plan = self._plan
        if plan.refused:
            yield self.tr(
                "Nothing of a file that cannot be taken in was taken. Mend what is named above, save the "
                "file, and drop it in again."
            )
        if plan.merge.counts and plan.refused:
            yield self.tr("The other files bring nothing new: what is here is the same, or newer.")
        elif plan.merge.notices:
            yield self.tr("What can be taken in is here already, the same or newer.")
        elif plan.merge.counts:
            yield self.tr("There is nothing to take in: what is here is the same, or newer.")

    def _on_take_in_clicked(self) -> None:
        if self.leave_out is not None and not self.leave_out.isChecked():
            self.show_problem(self.tr("Some files cannot be taken in. Tick the box above to leave them out."))
            self.leave_out.setFocus()
            return
        self.accept()

    def _value(self, address: ValueAddress, value: Value) -> str:
        """Return a value on one line, short enough for a cell; it is taken in whole."""
        if value is None:
            return "–"
        if address.kind is FieldKind.FLAG:
            return self.tr("yes")
        if address.kind is FieldKind.DATE:
            return written_date(str(value))
        text = " ".join(str(value).split())
        return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"
