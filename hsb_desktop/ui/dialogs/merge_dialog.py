"""Shows what a merge would change, before anything is changed; where answers differ a person may choose."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from hsb_desktop.analysis.merging import Choice
from hsb_desktop.interchange.text import shown
from hsb_desktop.operations.merge_plan import MergeEntry
from hsb_desktop.operations.merge_preview import Moment, Preview
from hsb_desktop.ui.button_rows import ButtonRows
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role, side_by_side
from hsb_desktop.ui.dialogs.merge_question import MergeQuestion, questions_in
from hsb_desktop.ui.dialogs.reading_text import ReadingText
from hsb_desktop.ui.merge_words import (
    PlaceWords,
    counts_in_words,
    listed,
    moment_in_words,
    value_in_short,
    value_to_read,
)

_CHARACTERS_WIDE = 132
_MOST_OF_A_GROUP = 500
"""Lines of what needs no choice; how many more there are is said."""
_LINES_AT_LEAST = 5
_LINES_WANTED = 16
_WHERE, _HERE, _THERE, _AFTER = range(4)
_SHARES = {_WHERE: 0.3, _HERE: 0.22, _THERE: 0.22}
"""Of the width; the last column takes the rest."""

_KEYS = {
    Qt.Key.Key_B: Choice.BOTH,
    Qt.Key.Key_T: Choice.THEIRS,
    Qt.Key.Key_O: Choice.OURS,
}


class MergeDialog(DialogFrame):
    """`choices` says what is wanted where answers differ; both are kept wherever nobody chose."""

    def __init__(self, preview: Preview, target: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, "merge_dialog", "")
        self.setWindowTitle(self.tr("Merge into {0}").format(shown(target)))
        self.characters_wide = _CHARACTERS_WIDE
        self._preview = preview
        self._questions = questions_in(preview)
        self._lines: dict[str, QTreeWidgetItem] = {}
        self.choices: dict[str, Choice] = {}
        """By address, as text; what is not in it keeps both."""
        self._tell_counts()
        self._create_parts()
        self._fill()
        self._create_buttons()
        self.list.currentItemChanged.connect(self._show_chosen)
        self.list.choose_first(next(iter(self._lines.values()), None))
        self._show_chosen()
        self.list.setFocus()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to merge."""
        return self._preview.plan.is_empty

    # What is told -----------------------------------------------------------------------------------------

    def _tell_counts(self) -> None:
        preview = self._preview
        self.add_title(self.tr("What the merge would change"))
        if preview.names:
            source = shown(preview.names[0])
            if len(preview.names) > 1:
                source = self.tr("{0} files").format(len(preview.names))
            counts = counts_in_words(preview.plan)
            self.add_text("merge_counts", self.tr("{0}: {1}.").format(source, counts))
        if preview.refusals:
            words = self.tr("⚠ {0} of {1} files cannot be merged and is left as it is: the list says why.")
            if len(preview.refusals) > 1:
                words = self.tr(
                    "⚠ {0} of {1} files cannot be merged and are left as they are: the list says why."
                )
            count = len(preview.refusals)
            self.add_text("merge_refusals", words.format(count, count + len(preview.names)), "warning")

    def _create_parts(self) -> None:
        self.list = _Lines(self)
        self.list.setHeaderLabels(
            [self.tr("Where"), self.tr("Here"), self.tr("There"), self.tr("After the merge")]
        )
        self.list.setAccessibleName(self.tr("What the merge would change"))
        self.here = ReadingText("merge_here", self.tr("What stands here"))
        self.there = ReadingText("merge_there", self.tr("What stands in the other file"))
        self._texts = side_by_side(self.here, self.there)
        line = self.fontMetrics().height()
        for part in (self.list, self._texts):
            part.setMinimumHeight(_LINES_AT_LEAST * line)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setObjectName("merge_parts")
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(self._texts)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([3 * line, 2 * line])
        parts.setMinimumHeight(2 * _LINES_AT_LEAST * line)
        self.body.addWidget(parts, stretch=1)
        self._create_choices()

    def _create_choices(self) -> None:
        words = {
            Choice.BOTH: (self.tr("Keep both (B)"), self.tr("Until somebody settles it")),
            Choice.THEIRS: (self.tr("Take theirs (T)"), self.tr("What stands in the other file")),
            Choice.OURS: (self.tr("Keep ours (O)"), self.tr("What stands here")),
        }
        self.choice_buttons: dict[Choice, QPushButton] = {}
        for choice, (label, tip) in words.items():
            button = QPushButton(label)
            button.setObjectName(f"choose_{choice}")
            button.setToolTip(tip)
            button.setAccessibleName(label)
            button.setAccessibleDescription(tip)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "choice")
            button.clicked.connect(partial(self._on_choice_clicked, choice))
            self.choice_buttons[choice] = button
        self.for_all_button = QPushButton()
        self.for_all_button.setObjectName("for_all_button")
        self.for_all_button.setAutoDefault(False)
        self.for_all_button.clicked.connect(self._on_for_all)
        self._rows = ButtonRows([*self.choice_buttons.values(), self.for_all_button])
        self._rows.setVisible(bool(self._questions))
        self.body.addWidget(self._rows)
        if self._questions:
            self.add_text(
                "choice_hint",
                self.tr(
                    "Where answers differ both are kept until somebody settles it, unless you choose here. "
                    "With Shift the key counts for all of them."
                ),
                "muted",
            )

    def _create_buttons(self) -> None:
        if self.is_empty:
            words = self.tr("This audit holds all of it already. There is nothing to merge.")
            self.add_text("nothing_to_merge", words)
            close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
            close.clicked.connect(self.reject)
            return
        words = self.tr(
            "Nothing is written before you press Merge. A backup is made first, and Undo takes the whole "
            "merge back."
        )
        self.add_text("undo_hint", words, "muted")
        cancel = self.add_button("cancel_button", self.tr("Cancel"), Role.RejectRole)
        merge = self.add_button("merge_button", self.tr("Merge"), Role.AcceptRole, is_primary=True)
        cancel.clicked.connect(self.reject)
        merge.clicked.connect(self.accept)

    # The list ---------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        plan = self._preview.plan
        self._add_refusals()
        if self._questions:
            group = self.list.add_group(self.tr("Answered differently ({0})").format(len(self._questions)))
            for text, question in self._questions.items():
                cells = self._cells(question.first)
                theirs = [value_in_short(entry.address, entry.theirs) for entry in question.entries]
                cells = (*cells[:_THERE], " / ".join(theirs), "")
                self._lines[text] = self.list.add_line(group, cells, question.first)
                self._show_after(text)
        taken = listed(plan.taken)
        for title, entries in (
            (self.tr("New from them ({0})"), [entry for entry in taken if entry.ours is None]),
            (self.tr("Newer there ({0})"), [entry for entry in taken if entry.ours is not None]),
            (self.tr("Cleared there and kept here ({0})"), listed(plan.cleared)),
        ):
            self._add_entries(title, entries)
        for reason in dict.fromkeys(entry.reason for entry in plan.left_out):
            left_out = [entry for entry in listed(plan.left_out) if entry.reason == reason]
            self._add_entries(self.tr("Left out ({0}): {1}").replace("{1}", reason), left_out)
        self._add_notes()

    def _add_refusals(self) -> None:
        refusals = self._preview.refusals
        if refusals:
            group = self.list.add_group(self.tr("Cannot be merged ({0})").format(len(refusals)))
            for refusal in refusals:
                # The sentence names the file.
                self.list.add_note(group, refusal.why)

    def _add_entries(self, title: str, entries: Iterable[MergeEntry]) -> None:
        found = list(entries)
        if not found:
            return
        group = self.list.add_group(title.replace("{0}", str(len(found))))
        for entry in found[:_MOST_OF_A_GROUP]:
            self.list.add_line(group, self._cells(entry), entry)
        if len(found) > _MOST_OF_A_GROUP:
            self.list.add_note(group, self.tr("and {0} more").format(len(found) - _MOST_OF_A_GROUP))

    def _add_notes(self) -> None:
        preview = self._preview
        notes = list(preview.plan.notices)
        if len(preview.names) > 1:
            notes = [
                *(
                    self.tr("{0}: {1}.").format(shown(name), counts_in_words(preview.plan, name))
                    for name in preview.names
                ),
                *notes,
            ]
        if notes:
            group = self.list.add_group(self.tr("To know ({0})").format(len(notes)))
            for note in notes:
                self.list.add_note(group, note)

    def _cells(self, entry: MergeEntry) -> tuple[str, ...]:
        address = entry.address
        values = (value_in_short(address, value) for value in (entry.ours, entry.theirs, entry.after))
        return PlaceWords(entry.places)(address), *values

    # The choice -------------------------------------------------------------------------------------------

    @property
    def chosen_question(self) -> MergeQuestion | None:
        """The question whose line is chosen in the list."""
        entry = self.list.chosen_entry
        return self._questions.get(str(entry.address)) if entry is not None else None

    def choose(self, choice: Choice, *, for_all: bool = False) -> None:
        """Take a choice for the chosen line, or for all lines whose answers differ."""
        chosen = self.chosen_question
        questions = self._questions.values() if for_all else [chosen] if chosen is not None else []
        for question in questions:
            if question.can_be(choice):
                self.choices[question.address] = choice
                self._show_after(question.address)
        self._show_choice()

    def _choice_for(self, address: str) -> Choice:
        return self.choices.get(address, Choice.BOTH)

    def _show_after(self, address: str) -> None:
        question, choice = self._questions[address], self._choice_for(address)
        value = value_in_short(question.first.address, question.after(choice))
        words = {
            Choice.BOTH: self.tr("Both kept; for now: {0}"),
            Choice.THEIRS: self.tr("Theirs: {0}"),
            Choice.OURS: self.tr("Ours: {0}"),
        }
        self._lines[address].setText(_AFTER, words[choice].replace("{0}", value))

    def _on_choice_clicked(self, choice: Choice, _checked: bool = False) -> None:
        self.choose(choice)

    def _on_for_all(self) -> None:
        question = self.chosen_question
        if question is not None:
            self.choose(self._choice_for(question.address), for_all=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        choice = _KEYS.get(Qt.Key(event.key()))
        is_shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if choice is not None and self._questions and (is_shifted or not event.modifiers()):
            self.choose(choice, for_all=is_shifted)
        else:
            super().keyPressEvent(event)

    # The chosen line, whole -------------------------------------------------------------------------------

    def _show_chosen(self, *_items: object) -> None:
        entry = self.list.chosen_entry
        for text in (self.here, self.there):
            text.begin_anew()
        if entry is not None:
            question = self.chosen_question
            here = self._preview.moment_here(entry) if question else (entry.our_author, "")
            self._tell(self.here, self.tr("Here"), entry, here, is_here=True)
            for each in question.entries if question else (entry,):
                moment = self._preview.moment_there(each) if question else (each.their_author, "")
                self._tell(self.there, self.tr("In {0}").format(shown(each.source_name)), each, moment)
        for text in (self.here, self.there):
            text.show_from_top()
        self._show_choice()

    def _tell(
        self, text: ReadingText, place: str, entry: MergeEntry, moment: Moment, *, is_here: bool = False
    ) -> None:
        who = moment_in_words(*moment)
        text.add_section(f"{place} · {who}" if who else place)
        text.add_paragraph(value_to_read(entry.address, entry.ours if is_here else entry.theirs))

    def _show_choice(self) -> None:
        question = self.chosen_question
        choice = self._choice_for(question.address) if question else None
        for each, button in self.choice_buttons.items():
            button.setEnabled(question is not None and question.can_be(each))
            # While they exclude each other one of them stays chosen.
            button.setAutoExclusive(False)
            button.setChecked(each is choice)
        for button in self.choice_buttons.values():
            button.setAutoExclusive(question is not None)
        count = len(self._questions)
        self.for_all_button.setText(self.tr("The same for all {0}").format(count))
        self.for_all_button.setAccessibleName(self.for_all_button.text())
        self.for_all_button.setEnabled(question is not None and count > 1)


class _Lines(QTreeWidget):
    """The groups of the list and their lines; keys that choose go on to the dialog."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("merge_list")
        self.setColumnCount(4)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setRootIsDecorated(True)
        self._entries: list[MergeEntry] = []

    @property
    def chosen_entry(self) -> MergeEntry | None:
        """The compared value whose line is chosen; None for a heading or a note."""
        item = self.currentItem()
        place = item.data(_WHERE, Qt.ItemDataRole.UserRole) if item is not None else None
        return None if place is None else self._entries[place]

    def add_group(self, title: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem(self, [title])
        font = self.font()
        font.setBold(True)
        group.setFont(0, font)
        group.setFirstColumnSpanned(True)
        group.setExpanded(True)
        return group

    def add_line(self, group: QTreeWidgetItem, cells: tuple[str, ...], entry: MergeEntry) -> QTreeWidgetItem:
        line = QTreeWidgetItem(group, list(cells))
        line.setData(_WHERE, Qt.ItemDataRole.UserRole, len(self._entries))
        self._entries.append(entry)
        return line

    def add_note(self, group: QTreeWidgetItem, words: str) -> None:
        note = QTreeWidgetItem(group, [words])
        note.setToolTip(0, words)
        note.setFirstColumnSpanned(True)

    def choose_first(self, line: QTreeWidgetItem | None) -> None:
        """Choose this line, else the first that there is."""
        first = self.topLevelItem(0)
        wanted = line or (first.child(0) if first is not None else None)
        if wanted is not None:
            self.setCurrentItem(wanted)
            self.scrollToItem(wanted)

    def sizeHint(self) -> QSize:  # Qt's own name
        return QSize(super().sizeHint().width(), _LINES_WANTED * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        for column, share in _SHARES.items():
            self.setColumnWidth(column, round(self.viewport().width() * share))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        if event.text().lower() in ("b", "t", "o"):
            event.ignore()
        else:
            super().keyPressEvent(event)
