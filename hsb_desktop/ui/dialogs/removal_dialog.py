"""Asks which text is to be removed for good, shows where it stands, and tells how it went."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QWidget

from hsb_desktop.errors import HsbError
from hsb_desktop.model import Audit
from hsb_desktop.operations.removing import OUT_OF_REACH, RemovalReport, report_sentences
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.place_words import place_in_words

Work = Callable[[str, str, bool], RemovalReport | None]
"""Does something with a text, who the note is to name, and whether whole words are meant; None if stopped.

Raises HsbError.
"""

_LINES_SHOWN = 5


class RemovalDialog(DialogFrame):
    """First looks for the text, then removes it: the button for that is there only after a look."""

    def __init__(
        self,
        audit: Audit,
        find: Work,
        remove: Work,
        *,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "removal_dialog", "")
        self.setWindowTitle(self.tr("Remove text for good"))
        self._audit, self._find, self._remove = audit, find, remove
        self.report: RemovalReport | None = None
        """What was removed; None while nothing was."""
        self._create_fields(text)
        self._assemble_parts()
        self._connect()
        self._forget_look()
        self.text_line.setFocus()

    def _create_fields(self, text: str) -> None:
        self.text_line = QLineEdit(" ".join(text.split()))
        self.text_line.setObjectName("text_to_remove")
        self.name_line = QLineEdit()
        self.name_line.setObjectName("removed_by")
        self.whole_words = QCheckBox(self.tr("Only as whole words, not inside longer ones"))
        self.whole_words.setObjectName("whole_words")
        self.whole_words.setAccessibleName(self.whole_words.text())
        self.places = QListWidget()
        self.places.setObjectName("found_places")
        self.places.setAccessibleName(self.tr("Where it stands now"))
        self.places.setWordWrap(True)
        self.places.setMinimumHeight(_LINES_SHOWN * self.fontMetrics().height())
        self.look_button = self.add_button(
            "look_button", self.tr("Look for it"), Role.ActionRole, is_primary=True
        )
        self.remove_button = self.add_button("remove_button", self.tr("Remove for good"), Role.ActionRole)
        self.close_button = self.add_button("close_button", self.tr("Close"), Role.RejectRole)

    def _assemble_parts(self) -> None:
        self.add_title(self.tr("Remove text for good"))
        self.add_text(
            "what_happens",
            self.tr(
                "The text is removed from everything entered, from its history, from conflicts, and from the "
                "backups and copies that this program knows. A note takes its place. This cannot be undone, "
                "and no earlier step can be undone afterwards."
            ),
        )
        self.add_field(
            self.tr("The text, for example a name"),
            self.text_line,
            self.tr("Capitals and small letters make no difference, nor do spaces between words."),
        )
        self.body.addWidget(self.whole_words)
        self.add_field(
            self.tr("Who the note names (a role, for example; may be empty)"),
            self.name_line,
            self.tr(
                "The note reads “[removed by …, date]” and goes into shared copies and exports. Left empty, "
                "it names nobody; who removed the text stands in this file’s history only."
            ),
        )
        self.found = self.add_text("found_summary", "")
        self.body.addWidget(self.places, stretch=1)
        self.add_text("out_of_reach", self.tr(OUT_OF_REACH), "muted")

    def _connect(self) -> None:
        self.text_line.textChanged.connect(self._forget_look)
        self.name_line.textChanged.connect(self._forget_look)
        self.whole_words.toggled.connect(self._forget_look)
        self.look_button.clicked.connect(self._on_look)
        self.remove_button.clicked.connect(self._on_remove)
        self.close_button.clicked.connect(self.reject)

    def _forget_look(self, *_: object) -> None:
        """What is removed is what was looked for: another text is looked for first."""
        self.remove_button.setEnabled(False)
        self.found.hide()
        self.places.hide()
        self.show_problem("")

    def _on_look(self) -> None:
        report = self._done(self._find)
        if report is None:
            return
        self._show(report, done=False)
        # Also where nothing stands: what an interrupted removal left in a file's bytes goes, too.
        self.remove_button.setEnabled(True)

    def _on_remove(self) -> None:
        self.remove_button.setEnabled(False)
        report = self._done(self._remove)
        if report is None:
            return
        self.report = report
        self.text_line.clear()
        self.text_line.setEnabled(False)
        self.name_line.setEnabled(False)
        self.whole_words.setEnabled(False)
        self.look_button.hide()
        self.remove_button.hide()
        self._show(report, done=True)
        self.close_button.setFocus()

    def _done(self, work: Work) -> RemovalReport | None:
        self.show_problem("")
        try:
            return work(self.text_line.text(), self.name_line.text().strip(), self.whole_words.isChecked())
        except HsbError as error:
            self.show_problem(str(error), self.text_line)
            return None

    def _show(self, report: RemovalReport, *, done: bool) -> None:
        self.found.setText("\n".join(report_sentences(report, done=done)))
        self.found.show()
        self.places.clear()
        if not done:
            for place in report.removal.places:
                self.places.addItem(f"{place_in_words(self._audit, place.address)}:  {place.excerpt}")
        self.places.setVisible(self.places.count() > 0)
        self.fit_to(self.screen().availableSize())
