"""What the commands of the File and Audit menus do: ask, then hand on to the operations and the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from hsb_desktop.errors import (
    FileDamaged,
    FileInUse,
    FileRefused,
    HsbError,
    NotBroughtUpToDate,
    PasswordNeeded,
)
from hsb_desktop.settings import user_data_folder
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.edit import FileWork
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.typist import typist_key, typist_of

if TYPE_CHECKING:
    from hsb_desktop.analysis.privacy import Finding
    from hsb_desktop.operations.conflict_copies import ConflictCopy
    from hsb_desktop.ui.backup_flows import BackupFlows
    from hsb_desktop.ui.dialogs.new_audit_dialog import NewAuditAnswer
    from hsb_desktop.ui.flow_host import Host
    from hsb_desktop.ui.lock_flows import LockFlows
    from hsb_desktop.ui.merge_flows import MergeFlows
    from hsb_desktop.ui.pack_flows import PackFlows
    from hsb_desktop.ui.protect_flows import ProtectFlows
    from hsb_desktop.ui.wave_flows import WaveFlows

AUDIT_SUFFIX = ".hsbaudit"

# Dialogs and what lies behind them are imported when they are asked for: none is needed for the first paint.


class Flows(QObject):
    """Asks people what they want done with files. Every fault that is theirs to mend is told in one place."""

    def __init__(self, host: Host, window: QWidget) -> None:
        super().__init__(window)
        self._host = host
        self._window = window

    @cached_property
    def protection(self) -> ProtectFlows:
        """What is done about passwords."""
        from hsb_desktop.ui.protect_flows import ProtectFlows

        return ProtectFlows(self._host, self._window)

    @cached_property
    def merging(self) -> MergeFlows:
        """What is done about other copies of the open audit."""
        from hsb_desktop.ui.merge_flows import MergeFlows

        return MergeFlows(self._host, self._window)

    def merge_files(self) -> None:
        """Ask for copies of the open audit, show what merging them would change, and merge them."""
        self.merging.merge_files()

    def show_conflicts(self, statement_id: str = "") -> None:
        """Show what copies answered differently and waits to be settled."""
        self.merging.show_conflicts(statement_id)

    @cached_property
    def waves(self) -> WaveFlows:
        """What is done about waves."""
        from hsb_desktop.ui.wave_flows import WaveFlows

        return WaveFlows(self._host, self._window, self.preview_report)

    # Opening ---------------------------------------------------------------------------------------------

    def new_audit(self) -> None:
        """Ask for a new audit and show it."""
        from hsb_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog

        made: list[AuditFile] = []
        wanted = NewAuditDialog.ask(self._window, make=lambda answer: made.append(self._created(answer)))
        if wanted is not None:
            self._show(made[0], wanted.author)

    def _created(self, answer: NewAuditAnswer) -> AuditFile:
        from hsb_desktop.operations.creating import create_audit_file

        path, request, password = answer.path, answer.request, answer.password
        if password is None:
            return create_audit_file(path, request)
        words = self.tr("Writing {0}…").format(path.name)
        return self.protection.in_background(words, lambda: create_audit_file(path, request, password))

    def open_audit(self) -> None:
        """Ask which audit to open, and show it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open an audit"),
            self._last_folder(),
            self.tr("Audits (*.hsbaudit);;All files (*)"),
        )
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path, password: str | None = None) -> None:
        """Show the audit in a file, or say why not; its password is asked for unless it is known."""
        session = self._session
        if session is not None and _is_same_file(path, session.path):
            session.flush()
            return
        file = self._opened(path, password)
        if file is not None:
            self._show(file)

    def _opened(self, path: Path, password: str | None = None) -> AuditFile | None:
        """Open a file, with its password where it has one; None if it was refused or the person cancelled."""
        try:
            return AuditFile.open(path, password=password)
        except PasswordNeeded:
            return self.protection.open_protected(
                path, self._lock_flows.open_in_use, self._rescued, self.backups.offer_for
            )
        except FileInUse as in_use:
            return self._lock_flows.open_in_use(path, in_use)
        except FileDamaged as damage:
            return self._rescued(path, damage)
        except NotBroughtUpToDate as refused:
            from hsb_desktop.ui.older_flows import offer_reading

            return offer_reading(self._window, path, refused, password)
        except HsbError as error:
            # What is gone, or is no audit any more, may have been one that was open here.
            if not (type(error) is FileRefused and self.backups.offer_for(path, str(error))):
                self._show_error(error)
            return None

    def _is_open(self, path: Path) -> bool:
        session = self._session
        return session is not None and _is_same_file(path, session.path)

    @cached_property
    def _lock_flows(self) -> LockFlows:
        from hsb_desktop.ui.lock_flows import LockFlows

        return LockFlows(self._window, self._ask_where)

    def open_conflict_copies(self, copies: tuple[ConflictCopy, ...]) -> None:
        """Show the conflict copies that lie beside the open audit, and merge or open one if asked to."""
        session = self._session
        may_merge = session is not None and not session.is_read_only
        path, merges = self._lock_flows.ask_conflict_copy(copies, may_merge=may_merge)
        if path is not None and merges:
            self.merging.merge_paths([path])
        elif path is not None:
            self.open_path(path)

    def keep_both(self) -> None:
        """Save what is on the screen as a copy, show what stands in the file now, and say where both are."""
        session = self._session
        if session is None:
            return

        def tell(kept: Path, title: str, text: str) -> None:
            words = self.tr("Open my version")
            merge = self.tr("Merge my version…"), lambda: self.merging.merge_paths([kept])
            also = None if session.is_read_only else merge
            self._host.tell(title, text, words, lambda: self.open_path(kept, session.password), also=also)

        self._lock_flows.keep_both(session, tell)

    def _rescued(self, path: Path, damage: FileDamaged, password: str | None = None) -> AuditFile | None:
        """Offer what can be done about a damaged file; return the audit that was rescued from it, or None."""
        from hsb_desktop.ui.rescue_flows import offer_ways_out

        def show_earlier() -> bool:
            self.backups.offer_for(path, password=password)
            return self._is_open(path)

        rescued = offer_ways_out(self._window, path, damage, show_earlier, password)
        try:
            return None if rescued is None else AuditFile.open(rescued, password=password)
        except HsbError as error:
            self._show_error(error)
            return None

    def open_sample(self) -> None:
        """Show the sample audit, in a file of this person's own."""
        from hsb_desktop.operations.sample import create_sample_audit

        path = user_data_folder() / "sample" / f"Sample audit{AUDIT_SUFFIX}"
        try:
            if path.exists():
                self.open_path(path)
                return
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = create_sample_audit(path)
        except OSError as error:
            self._show_error(self.tr("The sample audit could not be made: {0}.").format(error.strerror))
            return
        except HsbError as error:
            self._show_error(error)
            return
        self._show(file)

    @cached_property
    def packs(self) -> PackFlows:
        """What is done with agency packs."""
        from hsb_desktop.ui.pack_flows import PackFlows

        return PackFlows(self._host, self._window, self.merging.apply)

    def send_packs(self) -> None:
        """Ask who gets a pack, and write the packs into a folder."""
        self.packs.send()

    def take_in_packs(self) -> None:
        """Ask for packs that came back, and take them in."""
        self.packs.ask_and_take_in()

    def import_file(self, path: Path) -> None:
        """Show what importing a table or a JSON export would change, and take it in."""
        self._import(path)

    def _show(self, file: AuditFile, author: str = "") -> None:
        if not self._host.close_audit():
            file.close()
            return
        try:
            session = AuditSession(file)
        except HsbError as error:
            file.close()
            self._show_error(error)
            return
        settings = self._host.settings
        session.author = author or typist_of(session.audit, settings)
        if author:
            self._host.change_settings(settings.with_author(typist_key(session.audit), author))
        self._host.show_audit(session)

    # Copies ----------------------------------------------------------------------------------------------

    def save_copy(self) -> None:
        """Ask for a place and write everything, history too, there."""
        from hsb_desktop.store.share import save_copy

        session = self._session
        if session is None:
            return
        path = self._ask_where(self.tr("Save a copy"), f"{session.path.stem} copy{AUDIT_SUFFIX}")
        if path is not None:
            self._write(lambda file: save_copy(file, path), path)

    def share(self, out: Path | None = None) -> None:
        """Ask what is to be in a copy, for a password and a place, and write it there.

        History and authors are in it only where they were asked for. Where the place is chosen already, it is
        `out`.
        """
        from hsb_desktop.store.share import share_copy
        from hsb_desktop.ui.privacy_flows import may_leave

        session = self._session
        # Whoever chose the place before was asked before.
        if session is None or (out is None and not may_leave(session, self._window)):
            return
        wanted = self.protection.ask_what_to_share()
        if wanted is None:
            return
        if out is None:
            out = self._ask_where(self.tr("Export to share"), f"{session.path.stem} shared{AUDIT_SUFFIX}")
        if out is not None:
            path, password, with_history = out, wanted.password, wanted.with_history
            self._write(
                lambda file: share_copy(file, path, with_history=with_history, password=password), path
            )

    def save_elsewhere(self) -> None:
        """Ask for a place and go on there with everything that is on the screen."""
        session = self._session
        if session is None:
            return
        path = self._ask_where(self.tr("Save elsewhere"), f"{session.path.stem} rescued{AUDIT_SUFFIX}")
        if path is None:
            return
        try:
            session.save_elsewhere(path)
        except HsbError as error:
            self._show_error(error)

    @cached_property
    def backups(self) -> BackupFlows:
        """What is done with earlier versions."""
        from hsb_desktop.ui.backup_flows import BackupFlows

        return BackupFlows(self._host, self._window, self.open_path, self._ask_where)

    def show_earlier_versions(self) -> None:
        """Show the earlier versions of the open audit, and go back to one if that is wanted."""
        self.backups.show_earlier_versions()

    def delete_audit(self) -> None:
        """Ask once, and delete the open audit with its backups."""
        self.backups.delete_audit()

    def discard_unsaved(self) -> None:
        """Ask, and let go of the changes that could not be saved: the screen shows what the file holds."""
        from hsb_desktop.ui.leaving import may_discard

        session = self._session
        if session is not None and may_discard(session, self._window):
            session.discard_unsaved()

    def may_close_unsaved(self) -> bool:
        """Ask what becomes of edits that could not be written; return whether to close now."""
        from hsb_desktop.ui.leaving import may_leave_unsaved

        session = self._session
        return session is None or may_leave_unsaved(session, self._window, self.save_elsewhere)

    # In and out ------------------------------------------------------------------------------------------

    def import_scores(self) -> None:
        """Ask for a table or a JSON export, show what it would change, and take it in."""
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Import scores"),
            self._last_folder(),
            self.tr("Scores (*.csv *.xlsx *.json)"),
        )
        if path:
            self._import(Path(path))

    def _import(self, path: Path) -> None:
        from hsb_desktop.ui.dialogs.import_dialog import ImportDialog

        session = self._session
        if session is not None:
            session.flush()
            ImportDialog.import_into(session, path, self._window)

    def export_data(self) -> None:
        """Ask for a place and write the audit for other programs there."""
        from hsb_desktop.operations.exporting import write_audit
        from hsb_desktop.ui.privacy_flows import may_leave

        session = self._session
        if session is None or not may_leave(session, self._window):
            return
        path = self._ask_where(
            self.tr("Export data"),
            f"{session.path.stem}.xlsx",
            self.tr("Workbook (*.xlsx);;CSV (*.csv);;JSON (*.json);;PDF report (*.pdf)"),
        )
        if path is None:
            return
        session.flush()
        audit, wave_id, today = session.shown, session.wave_id, date.today().isoformat()
        if path.suffix.lower() == AUDIT_SUFFIX:
            self.share(path)
            return
        self._run(lambda: write_audit(audit, path, wave_id=wave_id, printed_on=today), path)

    def preview_report(self) -> None:
        """Show the report and the forms as they print."""
        from hsb_desktop.ui.paper.report_preview import ReportPreview

        session = self._session
        if session is not None:
            session.flush()
            ReportPreview.show_for(session, self._window)

    # The audit -------------------------------------------------------------------------------------------

    def edit_details(self) -> None:
        """Show and edit the audit's details, dates and agencies."""
        self._edit_details()

    def show_in_details(self, finding: Finding) -> None:
        """Show and edit the details where this was found."""
        self._edit_details(finding)

    def _edit_details(self, at: Finding | None = None) -> None:
        from hsb_desktop.ui.dialogs.details_dialog import DetailsDialog

        session = self._session
        if session is not None:
            session.flush()
            DetailsDialog.edit(session, self._window, at=at)
            self._remember_author()

    def ask_author(self) -> None:
        """Ask who is typing: a name or a role, never taken from the computer's account."""
        session = self._session
        if session is None:
            return
        author, given = QInputDialog.getText(
            self._window,
            self.tr("Who is typing?"),
            self.tr("A name or a role. It is kept in this file with the history of each change:"),
            text=session.author,
        )
        if given:
            session.set_author(author.strip())
            self._remember_author()

    def _remember_author(self) -> None:
        session = self._session
        if session is not None:
            settings = self._host.settings.with_author(typist_key(session.audit), session.author)
            self._host.change_settings(settings)

    # History ---------------------------------------------------------------------------------------------

    def show_history(self, statement_id: str | None) -> None:
        """Show who changed the response to a statement, when and how; nothing where none is in view."""
        from hsb_desktop.ui.history_flows import show_response_history

        if statement_id is None:
            self._host.say(self.tr("Choose a statement first: then its history can be shown."))
        elif self._session is not None:
            show_response_history(self._session, statement_id, self._window)

    def show_note_history(self, domain_id: str) -> None:
        """Show who changed a domain's comments, when and how."""
        from hsb_desktop.ui.history_flows import show_note_history

        if self._session is not None:
            show_note_history(self._session, domain_id, self._window)

    def remove_text(self) -> None:
        """Ask which text is to be removed for good, and remove it."""
        from hsb_desktop.ui.removal_flows import remove_text_for_good

        remove_text_for_good(self._host, self._window)

    # Help ------------------------------------------------------------------------------------------------

    def show_help(self, statement_id: str | None) -> None:
        """Show what a statement asks, or the sheet of keys where none is in view."""
        session = self._session
        if session is None or statement_id is None:
            self.show_shortcuts()
            return
        from hsb_desktop.ui.dialogs.help_dialog import HelpDialog

        HelpDialog.show_for(session.audit.instrument, statement_id, self._window)

    def show_shortcuts(self) -> None:
        """Show the sheet of keys."""
        from hsb_desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog

        ShortcutsDialog.show_sheet(self._window)

    def show_about(self) -> None:
        """Show what this program is and whose words the statements are."""
        from hsb_desktop.ui.dialogs.about_dialog import AboutDialog

        session = self._session
        AboutDialog.show_about(session.audit.instrument if session else None, self._window)

    def forget_recent(self) -> None:
        """Forget which files were open, and where the file dialog was; a file stays where it is."""
        from hsb_desktop.last_session import forget_left_open
        from hsb_desktop.ui.dialogs.file_dialog_memory import forget_folders

        forget_left_open()
        forget_folders()
        self._host.change_settings(self._host.settings.without_recent())

    # Asking ----------------------------------------------------------------------------------------------

    @property
    def _session(self) -> AuditSession | None:
        return self._host.session

    def _ask_where(self, title: str, name: str, filters: str = "") -> Path | None:
        chosen, chosen_filter = QFileDialog.getSaveFileName(
            self._window,
            title,
            str(Path(self._last_folder()) / name),
            filters or self.tr("Audits (*.hsbaudit)"),
        )
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix:
            return path
        path = path.with_suffix(chosen_filter.rpartition("*")[2].rstrip(")") or AUDIT_SUFFIX)
        # The dialog asked about the name without its ending.
        return path if not path.exists() or self._may_replace(path) else None

    def _may_replace(self, path: Path) -> bool:
        from hsb_desktop.ui import messages

        return messages.confirm(
            self._window,
            self.tr("{0} exists already.").format(path.name),
            go_on=self.tr("Replace it"),
            leave=self.tr("Leave it"),
        )

    def _write(self, work: FileWork, path: Path) -> None:
        session = self._session
        if session is None:
            return
        if session.settle():
            self._run(lambda: session.do_on_file(work), path)
        else:
            self._show_error(
                self.tr("Some changes are only on this screen: a copy would lack them. Nothing was written.")
            )

    def _run(self, work: Callable[[], object], path: Path) -> None:
        """Do something that writes a file, with progress where it takes long, and say how it went."""
        from hsb_desktop.ui.background import run_with_progress

        try:
            outcome = run_with_progress(self._window, self.tr("Writing {0}…").format(path.name), work)
        except HsbError as error:
            self._show_error(error)
            return
        self._host.say(self.tr("Written: {0}").format(path.name))
        notices = getattr(outcome, "notices", ())
        if notices:
            from hsb_desktop.ui import messages

            messages.warn(self._window, "\n".join(notices))

    def _show_error(self, error: HsbError | str) -> None:
        from hsb_desktop.ui import messages

        messages.show_error(self._window, error)

    def _last_folder(self) -> str:
        session = self._session
        if session is not None:
            return str(session.path.parent)
        recent = self._host.settings.recent
        return str(Path(recent[0]).parent) if recent else str(Path.home())


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
