"""The earlier versions of an audit: look at them, go back to one, save one elsewhere, delete them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hsb_desktop.errors import HsbError
from hsb_desktop.model import Audit
from hsb_desktop.operations.backup_lines import size_of, when_made
from hsb_desktop.operations.restoring import EarlierVersion, look_into
from hsb_desktop.store.backup_expiry import DAYS_KEPT
from hsb_desktop.store.backup_folder import Backup, BackupReason, backups_folder
from hsb_desktop.ui.background import BackgroundWork
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.copied_table import CopiedTable
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role

FilesOf = Callable[[tuple[Backup, ...]], Mapping[Path, str]]

_CHARACTERS_WIDE = 116
_REST_MILLISECONDS = 120
"""How long a row is chosen before it is looked into: arrow keys run past many."""


class EarlierVersionsDialog(DialogFrame):
    """Lists backups. What is wanted with the chosen one is told by signals; nothing is done here."""

    restore_wanted = Signal(object)
    """The chosen Backup is to take the audit's place."""
    save_wanted = Signal(object)
    delete_wanted = Signal(object)
    delete_all_wanted = Signal()

    def __init__(
        self,
        name: str,
        backups: Sequence[Backup],
        present: Audit | None = None,
        *,
        folder: Path | None = None,
        reason_against: str = "",
        password: str | None = None,
        files_of: FilesOf = lambda _: {},
        parent: QWidget | None = None,
    ) -> None:
        """`name` and `folder` say of which file these are, `present` is what versions are compared with, and
        `reason_against` says why none can take its place.

        `files_of` returns of which file a version is, by its path, where that is another copy of the audit.
        """
        super().__init__(parent, "earlier_versions_dialog", "")
        self.setWindowTitle(self.tr("Earlier versions of {0}").format(name).replace("[*]", "[*][*]"))
        self.characters_wide = _CHARACTERS_WIDE
        self._present = present
        self._password = password
        self._files_of = files_of
        self._files: Mapping[Path, str] = {}
        self._is_replaceable = not reason_against
        self._backups: tuple[Backup, ...] = ()
        self._found: dict[Path, str] = {}
        self._looking: tuple[Backup, BackgroundWork[EarlierVersion]] | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MILLISECONDS)
        self._rest.timeout.connect(self._look)
        self._create_contents(name, folder, reason_against)
        self._create_foot()
        self.show_backups(backups)
        self.table.setFocus()

    def _create_contents(self, name: str, folder: Path | None, reason_against: str) -> None:
        self.add_title(self.tr("Earlier versions of {0}").format(name))
        if folder is not None:
            self.add_text("where_the_audit_is", self.tr("Folder of the audit: {0}").format(folder))
        self.note = self.add_text("where_kept", role="muted", text=self._where_kept())
        headers = (self.tr("Made"), self.tr("Why"), self.tr("Size"))
        self.table = _VersionTable("earlier_versions", self.tr("Earlier versions"), headers, ())
        self.table.itemSelectionChanged.connect(self._on_chosen)
        self.save_button = _button("save_version_button", self.tr("&Save it elsewhere…"))
        self.delete_button = _button("delete_version_button", self.tr("&Delete this version…"))
        self.delete_all_button = _button("delete_all_button", self.tr("Delete &all of them…"))
        self.save_button.clicked.connect(lambda: self._tell(self.save_wanted))
        self.delete_button.clicked.connect(lambda: self._tell(self.delete_wanted))
        self.delete_all_button.clicked.connect(self.delete_all_wanted)
        column = QVBoxLayout()
        for button in (self.save_button, self.delete_button, self.delete_all_button):
            column.addWidget(button)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(self.fontMetrics().height())
        row.addWidget(self.table, stretch=1)
        row.addLayout(column)
        self.body.addLayout(row, stretch=1)
        self.preview = self.add_text("version_preview", "")
        self.preview.setMinimumHeight(self.fontMetrics().lineSpacing())
        if reason_against:
            self.add_text("reason_against", reason_against, "warning")

    def _create_foot(self) -> None:
        self.restore_button = self.add_button(
            "restore_button", self.tr("&Restore this version…"), Role.AcceptRole, is_primary=True
        )
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole)
        self.restore_button.clicked.connect(lambda: self._tell(self.restore_wanted))
        close.clicked.connect(self.reject)

    def _where_kept(self) -> str:
        return self.tr(
            "These versions are kept on this computer, in {0}: fewer of them the older they are, and none "
            "once the audit has not been opened for {1} days."
        ).format(self._backups[0].path.parent if self._backups else backups_folder(), DAYS_KEPT)

    # What is shown --------------------------------------------------------------------------------------

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show these, the newest first, and choose the one that stands where the chosen one stood."""
        place = max(self.table.currentRow(), 0)
        self._backups = tuple(backups)
        self.note.setText(self._where_kept())
        files = self._files = self._files_of(self._backups)
        self.table.show_rows(
            (when_made(backup), self._why(backup.reason, files.get(backup.path, "")), size_of(backup))
            for backup in self._backups
        )
        if self._backups:
            self.table.selectRow(min(place, len(self._backups) - 1))
        self._on_chosen()

    @property
    def chosen(self) -> Backup | None:
        """The version that is chosen."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self._backups[rows.pop()] if len(rows) == 1 else None

    def _on_chosen(self) -> None:
        chosen = self.chosen
        for button in (self.save_button, self.delete_button):
            button.setEnabled(chosen is not None)
        is_sound = chosen is not None and chosen.reason is not BackupReason.UNREADABLE
        self.restore_button.setEnabled(is_sound and self._is_replaceable)
        self.delete_all_button.setEnabled(bool(self._backups))
        self._show_preview()
        if chosen is not None and chosen.path not in self._found:
            self._rest.start()

    def _show_preview(self) -> None:
        chosen = self.chosen
        if chosen is None:
            words = self.tr("There are none yet. One is made before the first edit of each day.")
            self.preview.setText("" if self._backups else words)
        else:
            of_file = self._files.get(chosen.path, "")
            whose = f"{of_file[0].upper()}{of_file[1:]}. " if of_file else ""
            self.preview.setText(whose + self._found.get(chosen.path, self.tr("Looking into it…")))

    # Looking into a version, which opens and checks a whole file ----------------------------------------

    def _look(self) -> None:
        chosen, present = self.chosen, self._present
        if chosen is None or chosen.path in self._found or self._looking is not None:
            return
        job = BackgroundWork(lambda: look_into(chosen, present, self._password))
        self._looking = chosen, job
        job.finished.connect(self._on_looked)
        job.start()

    def _on_looked(self) -> None:
        if self._looking is None:
            return
        (backup, job), self._looking = self._looking, None
        try:
            self._found[backup.path] = self._in_words(job.result())
        except HsbError as error:
            self._found[backup.path] = str(error)
        self._show_preview()
        # Another may have been chosen meanwhile.
        self._look()

    def _in_words(self, version: EarlierVersion) -> str:
        words = self.tr("{0} of {1} statements scored.").format(version.scored, version.statements)
        if version.different is None:
            return words
        if not version.different:
            return f"{words} {self.tr('Everything in it is as it is now.')}"
        different = self.tr("%n value(s) in it (is/are) different from now.", "", version.different)
        return f"{words} {counted(different, version.different)}"

    def done(self, result: int) -> None:  # Qt's own name
        if self._looking is not None:
            _, job = self._looking
            self._looking = None
            job.let_run()
        super().done(result)

    # Words ----------------------------------------------------------------------------------------------

    def _tell(self, signal: SignalInstance) -> None:
        if self.chosen is not None:
            signal.emit(self.chosen)

    def _why(self, reason: BackupReason, of_file: str) -> str:
        words = {
            BackupReason.DAY: self.tr("before the first edit of the day"),
            BackupReason.IMPORT: self.tr("before an import"),
            BackupReason.MERGE: self.tr("before a merge"),
            BackupReason.MIGRATION: self.tr("before an update of the file"),
            BackupReason.RESTORE: self.tr("before going back to an earlier version"),
            BackupReason.REMOVE: self.tr("before a removal for good"),
            BackupReason.UNREADABLE: self.tr("could not be opened; kept"),
        }
        why = words.get(reason, self.tr("by a newer version of the program"))
        # In front: the end of a long line is out of sight.
        return f"{of_file}: {why}" if of_file else why


class _VersionTable(CopiedTable):
    """Of its rows one is chosen."""

    def show_rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Show these rows in place of those before."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setRowCount(0)
        for cells in rows:
            self._append(cells)
        # As wide as its words: stretched, it would be scrolled sideways where everything is in sight.
        self.horizontalHeader().setStretchLastSection(False)
        self._take_room()


def _button(object_name: str, words: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(object_name)
    button.setAccessibleName(words.replace("&", ""))
    button.setAutoDefault(False)
    return button
