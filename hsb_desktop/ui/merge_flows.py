"""What the window does about other copies of the open audit: merging them, and settling what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from hsb_desktop.errors import HsbError, WrongPassword
from hsb_desktop.operations.merge_preview import Preview, Sources, preview_merge
from hsb_desktop.operations.questions import questions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui import messages
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.flow_host import Teller
from hsb_desktop.ui.merge_words import result_in_words
from hsb_desktop.ui.session import AuditSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from hsb_desktop.analysis.merging import Choice
    from hsb_desktop.operations.merge_plan import MergePlan
    from hsb_desktop.operations.questions import Question
    from hsb_desktop.operations.whence import Whence
    from hsb_desktop.values import Value

AUDIT_SUFFIX = ".hsbaudit"


class MergeFlows(QObject):
    """Asks which files, shows what would change, merges; and lets somebody settle what differs."""

    def __init__(self, host: Teller, window: QWidget) -> None:
        super().__init__(window)
        self._host = host
        self._window = window

    # Merging ----------------------------------------------------------------------------------------------

    def merge_files(self) -> None:
        """Ask for copies of the open audit, show what merging them would change, and merge them."""
        session = self._mergeable_session()
        if session is None:
            return
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Merge files into this audit"),
            str(session.path.parent),
            self.tr("Audits (*.hsbaudit);;All files (*)"),
        )
        if names:
            self.merge_paths([Path(name) for name in names])

    def merge_paths(self, paths: Sequence[Path]) -> None:
        """Show what merging these files into the open audit would change, and merge them if that is wanted.

        Nothing is written before the person agrees; the files are opened for reading only.
        """
        session = self._mergeable_session()
        if session is None or not paths:
            return
        sources = Sources()
        try:
            self._merge(session, self._without_itself(session, paths, sources), sources)
        except HsbError as error:
            if self._is_open(session):
                messages.show_error(self._window, error)
        finally:
            sources.close()

    def _merge(self, session: AuditSession, paths: Sequence[Path], sources: Sources) -> None:
        if not self._open(paths, sources, session.password):
            return
        choices: Mapping[str, Choice] = {}
        preview = self._preview(session, sources, choices)
        while preview is not None:
            if not preview.names:
                why = "\n\n".join(refusal.why for refusal in preview.refusals)
                messages.show_error(self._window, why)
                return
            wanted = self._ask(session, preview)
            if wanted is None:
                return
            chosen = self._preview(session, sources, wanted) if wanted else preview
            if chosen is None:
                return
            if chosen.is_as(preview):
                self.apply(session, chosen.plan)
                return
            messages.warn(
                self._window,
                self.tr("One of the files was changed meanwhile. Nothing was merged yet: look again."),
            )
            preview = self._preview(session, sources, {})

    def _without_itself(self, session: AuditSession, paths: Sequence[Path], sources: Sources) -> list[Path]:
        """Return each file once, without the open audit itself, which is refused."""
        found: list[Path] = []
        for path in paths:
            if _is_same_file(path, session.path):
                words = self.tr("{0} is this audit itself, so there is nothing to merge.")
                sources.refuse(path, words.format(path.name))
            elif not any(_is_same_file(path, other) for other in found):
                found.append(path)
        return found

    def _open(self, paths: Sequence[Path], sources: Sources, password: str | None) -> bool:
        """Open the files, asking for the passwords that are needed; return whether to go on."""
        words = self.tr("Reading {0} file(s)…").format(len(paths)).replace("(s)", "s" * (len(paths) != 1))
        done = self._in_background(words, lambda: sources.open(paths, password))
        for path in list(sources.locked) if done else ():
            self._open_protected(path, sources)
        return done

    def _open_protected(self, path: Path, sources: Sources) -> None:
        from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog

        refused: list[HsbError] = []

        def attempt(password: str) -> None:
            words = self.tr("Opening {0}…").format(path.name)
            try:
                self._in_background(words, lambda: sources.files.append(_opened(path, password)))
            except WrongPassword:
                raise
            except HsbError as error:
                # No other password would help.
                refused.append(error)

        title, go_on = self.tr("Merge a protected file"), self.tr("Open")
        words = self.tr("{0} is protected. Its password opens it; the file is only read.").format(path.name)
        is_open = PasswordDialog.ask(attempt, title, words, go_on, self._window)
        if refused:
            sources.refuse(path, str(refused[0]))
        elif not is_open:
            sources.refuse(path, self.tr("{0}: its password was not given.").format(path.name))

    def _preview(
        self, session: AuditSession, sources: Sources, choices: Mapping[str, Choice]
    ) -> Preview | None:
        found: list[Preview] = []
        author = session.author

        def look(file: AuditFile) -> None:
            found.append(preview_merge(file, sources, choices, author))

        if not self._is_settled(session):
            return None
        done = self._in_background(self.tr("Comparing…"), lambda: session.do_on_file(look))
        return found[0] if done else None

    def _ask(self, session: AuditSession, preview: Preview) -> Mapping[str, Choice] | None:
        from hsb_desktop.ui.dialogs.merge_dialog import MergeDialog

        dialog = MergeDialog(preview, session.path.name, self._window)
        accepted = dialog.exec() == MergeDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.choices if accepted and self._is_open(session) else None

    def apply(self, session: AuditSession, plan: MergePlan) -> None:
        """Merge what was agreed to and, once it is on the disk, say what came of it.

        Raises NotSaved as `AuditSession.merge` does.
        """
        session.merge(plan)
        session.when_saved(lambda: self._tell_merged(session, plan))

    def _tell_merged(self, session: AuditSession, plan: MergePlan) -> None:
        if not self._is_open(session) or session.failure is not None:
            return
        before = {row.conflict_id for row in session.audit.conflicts} - {
            change.address.key[0] for change in plan.change_set.changes
        }
        waiting = [q for q in questions_of(session.audit) if not before.issuperset(q.conflict_ids)]
        words = result_in_words(plan, len(waiting))
        if waiting:
            text = self.tr(
                "Where the answers differ, both are kept. They stay marked on the statements until somebody "
                "settles them. Undo takes the whole merge back."
            )
            self._host.tell(
                words,
                text,
                self.tr("Settle them…"),
                self.show_conflicts,
                until=lambda: not session.questions,
            )
        else:
            self._host.say(words)

    def _mergeable_session(self) -> AuditSession | None:
        session = self._host.session
        if session is None:
            return None
        if session.is_read_only:
            words = self.tr(
                "{0} is open for reading only, so nothing can be merged into it. Save a copy and merge there."
            )
            messages.show_error(self._window, words.format(session.path.name))
            return None
        return session if self._is_settled(session) else None

    def _is_settled(self, session: AuditSession) -> bool:
        """Whether all that was typed is in the file; says so where it is not."""
        if session.settle():
            return True
        words = self.tr("Some changes are only on this screen. Save them first; nothing was merged.")
        messages.show_error(self._window, words)
        return False

    # What differs -----------------------------------------------------------------------------------------

    def show_conflicts(self, statement_id: str = "") -> None:
        """Show what waits to be settled, from a statement on if one is named."""
        from hsb_desktop.ui.dialogs.conflicts_dialog import ConflictsDialog

        session = self._host.session
        if session is None:
            return
        session.flush()
        questions = questions_of(session.shown)
        if not questions:
            self._host.say(self.tr("Nothing waits to be settled."))
            return
        whence = self._whence(session, questions)
        if self._is_open(session):
            ConflictsDialog.settle_in(session, self._window, statement_id, whence)

    def _whence(
        self, session: AuditSession, questions: Sequence[Question]
    ) -> Mapping[tuple[str, Value], Whence]:
        """Return where the answers came from; nothing where the file cannot tell now."""
        from hsb_desktop.operations.whence import whence_of

        found: dict[tuple[str, Value], Whence] = {}

        def look(file: AuditFile) -> None:
            found.update(whence_of(file, questions))

        try:
            self._in_background(self.tr("Reading…"), lambda: session.do_on_file(look))
        except HsbError:
            return {}
        return found

    # Helpers ----------------------------------------------------------------------------------------------

    def _is_open(self, session: AuditSession) -> bool:
        """Whether it is still this audit that is open: the window may be closed while a dialog is shown."""
        return self._host.session is session

    def _in_background(self, words: str, work: Callable[[], object]) -> bool:
        """Do work while the window stays alive; return whether to go on, False where it was cancelled."""

        def act() -> bool:
            work()
            return True

        return bool(run_with_progress(self._window, words, act))


def _opened(path: Path, password: str) -> AuditFile:
    return AuditFile.open(path, read_only=True, password=password)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
