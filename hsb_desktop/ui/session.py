"""The one owner of the open audit: its file, its present value, undo, and the signals that tell of changes.

Every edit is written first. Only when it is committed does `audit` change, does undo remember it and are the
widgets told. A write that fails or waits leaves `audit` alone; the edit stays in `unsaved`, and `shown` is
the audit as it stands on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from hsb_desktop.analysis.standing import Standing, standing
from hsb_desktop.errors import HsbError, InputRefused, NotSaved, OutputRefused, TakenOver
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.lock_file import Holder
from hsb_desktop.ui.attempt import Attempt, AttemptKind
from hsb_desktop.ui.backup_keeper import keep_house
from hsb_desktop.ui.edit import Direction, Edit, FileWork
from hsb_desktop.ui.edit_queue import CLOSE_SECONDS, WAIT_SECONDS, EditQueue
from hsb_desktop.ui.save_state import SaveKind, SaveState
from hsb_desktop.ui.undo_step import UndoStep
from hsb_desktop.values import (
    NO_VIEW,
    PARTNERSHIP,
    Change,
    ChangeSet,
    NoteKey,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    response_address,
)

if TYPE_CHECKING:
    from hsb_desktop.operations.merge_plan import MergePlan
    from hsb_desktop.operations.questions import Question
    from hsb_desktop.ui.file_watch import FileWatch
    from hsb_desktop.ui.session_rounds import SessionRounds

_STATEMENT_IN_KEY = {
    Subject.RESPONSE: 2,
    Subject.ROUND: 1,
    Subject.VOTE: 1,
    Subject.AGREEMENT: 1,
    Subject.READING: 0,
}
"""Which part of a key is the statement's number."""
_TOLD_BY_THEMSELVES = frozenset({*_STATEMENT_IN_KEY, Subject.DOMAIN_NOTE, Subject.SERIES})
"""What is told by signals of its own, or of any change; all other subjects are details of the audit."""


class AuditSession(QObject):
    """The open audit. Passed to each widget by its constructor; there is no other way to change an audit."""

    audit_changed = Signal()
    """After every commit, undo and redo, and when unsaved edits are taken back."""
    response_changed = Signal(object)
    """The ResponseKey whose response changed."""
    agencies_changed = Signal(str)
    """The number of a statement of which a round, an agency's answer, an agreement or the reading changed."""
    note_changed = Signal(object)
    """The NoteKey whose note changed."""
    details_changed = Signal()
    """The audit's details, waves, sittings or agencies changed."""
    wave_changed = Signal()
    """Another wave is shown."""
    save_state_changed = Signal()
    undo_changed = Signal()
    flush_requested = Signal()
    """Text boxes commit what is typed in them, at once."""
    score_replaced = Signal(object, object, object)
    """ResponseKey, score before, score after: a person changed an existing score."""
    step_moved = Signal(object)
    """After undo or redo: the first ValueAddress that moved, so that the window can show it."""
    step_told = Signal(str)
    """The same in words; and what could not be kept of a paste."""
    edit_refused = Signal(str)
    """Why an edit, an undo or a redo was not made: what it would change belongs to a locked wave."""
    backup_failed = Signal(str)
    """Why no backup could be made before an edit, in words for the status line; the edit went on."""
    place_wanted = Signal(object)
    """Somebody wants to go to a Finding: the window shows the text that holds it, with it selected."""
    settling_wanted = Signal(str)
    """Somebody wants to settle what differs, from this statement on; an empty text is from the beginning."""
    file_changed = Signal()
    """The session goes on in another file."""

    def __init__(self, file: AuditFile, author: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.author = author
        self.audit = _as_asked(file.read())
        self.wave_id = self.audit.waves[-1].wave_id if self.audit.waves else ""
        pack = self.audit.pack
        self.party_id = pack.party_id if pack is not None else PARTNERSHIP
        self._typing: set[int] = set()
        self._visit = 0
        self._saved_at = datetime.now().astimezone()
        self._stack = QUndoStack(self)
        self._queue = EditQueue(file, self)
        self._is_closed = False
        self._standing: Standing | None = None
        self._asked_about: Audit | None = None
        self._known_shown: tuple[Audit, tuple[ChangeSet, ...], Audit] | None = None
        self._questions: tuple[Question, ...] = ()
        self._attempt: Attempt | None = None
        self._watch: FileWatch | None = None
        self._queue.written.connect(self._take_in)
        self._queue.state_changed.connect(self.save_state_changed)
        self._queue.state_changed.connect(self.undo_changed)
        self._queue.backup_failed.connect(self._on_backup_failed)

    # What there is --------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The open file."""
        return self._queue.file.path

    @property
    def is_read_only(self) -> bool:
        """Whether the file can only be looked at."""
        return self._queue.file.is_read_only

    @property
    def is_locked(self) -> bool:
        """Whether the shown wave is locked: it can be read, and is changed only after it was unlocked."""
        return any(wave.is_locked and wave.wave_id == self.wave_id for wave in self.audit.waves)

    @property
    def may_edit(self) -> bool:
        """Whether what belongs to the shown wave can be changed."""
        return not (self.is_read_only or self.is_locked)

    @property
    def is_protected(self) -> bool:
        """Whether the file can be opened with its password only; copies are protected likewise."""
        return self._queue.file.is_protected

    @property
    def password(self) -> str | None:
        """What opens the file and its backups, for other work on them: never shown, kept or written."""
        return self._queue.file.password

    @property
    def other_writer(self) -> Holder | None:
        """Who was working on the file when it was opened here for reading only."""
        return self._queue.file.other_writer

    @property
    def failure(self) -> HsbError | None:
        """What keeps edits from the disk, if anything does."""
        return self._queue.failure

    @property
    def lost(self) -> NotSaved | None:
        """What will keep the next edit from the disk, if that was seen before anybody typed."""
        return self._watch.lost if self._watch is not None else None

    @property
    def attempt(self) -> Attempt | None:
        """What a person tried last against what keeps edits from the disk, in vain."""
        return self._attempt

    @property
    def shown(self) -> Audit:
        """The audit as the screen shows it: with the edits that are not committed yet."""
        waiting = self.unsaved
        if not waiting:
            return self.audit
        # While a disk is slow every box asks, and a merge has thousands of changes.
        known = self._known_shown
        is_known = known is not None and known[0] is self.audit and len(known[1]) == len(waiting)
        if known is None or not is_known or any(a is not b for a, b in zip(known[1], waiting, strict=True)):
            shown = self.audit.with_changes(change for each in waiting for change in each.changes)
            self._known_shown = known = self.audit, waiting, shown
        return known[2]

    @property
    def unsaved(self) -> tuple[ChangeSet, ...]:
        """Edits that wait for the disk, in the order in which they were made."""
        return tuple(edit.change_set for edit in self._queue.edits)

    @property
    def save_state(self) -> SaveState:
        """Whether everything on the screen is on the disk."""
        at = f"{self._saved_at:%H:%M}"
        if self._queue.failure is not None:
            return SaveState(SaveKind.NOT_SAVED, at, str(self._queue.failure))
        if self._queue.edits or self._typing:
            return SaveState(SaveKind.SAVING, at)
        if self.is_read_only or isinstance(self.lost, TakenOver):
            return SaveState(SaveKind.READ_ONLY, at)
        if self.lost is not None:
            from hsb_desktop.ui.lost_words import what_happened

            return SaveState(SaveKind.NOT_SAVED, at, what_happened(self.lost, self.path))
        return SaveState(SaveKind.SAVED, at)

    @property
    def standing(self) -> Standing:
        """How far the shown party is in the shown wave; reckoned once for each commit, whoever asks."""
        asked = self.audit, self.wave_id, self.party_id
        known = self._standing
        if known is None or known.audit is not self.audit or (known.wave_id, known.party_id) != asked[1:]:
            self._standing = known = standing(*asked)
        return known

    @property
    def questions(self) -> tuple[Question, ...]:
        """What copies answered differently and nobody has settled; reckoned once for each set of them."""
        audit, known = self.audit, self._asked_about
        if not audit.conflicts:
            return ()
        is_known = known is not None and known.conflicts is audit.conflicts and known.rounds is audit.rounds
        if not is_known:
            from hsb_desktop.operations.questions import questions_of

            self._asked_about, self._questions = audit, questions_of(audit)
        return self._questions

    @property
    def has_agencies_line(self) -> bool:
        """Whether agencies score here beside the partnership: not where one agency fills in a file alone."""
        audit = self.shown
        is_alone = audit.pack is not None and audit.pack.party_id != PARTNERSHIP
        return bool(audit.agencies) and self.party_id == PARTNERSHIP and not is_alone

    def key(self, statement_id: str) -> ResponseKey:
        """Return the key of the shown party's response to a statement in the shown wave."""
        return ResponseKey(self.wave_id, self.party_id, statement_id)

    def note_key(self, domain_id: str) -> NoteKey:
        """Return the key of a domain's note in the shown wave."""
        return NoteKey(self.wave_id, domain_id)

    # Edits, each one command, one commit, one signal ------------------------------------------------------

    def set_score(self, statement_id: str, score: int | None) -> None:
        """Give the shown party's response a score from 0 to 4, or none."""
        key = self.key(statement_id)
        before = self.shown.response(key).score
        label = self.tr("score of {0}").format(statement_id)
        if before is not None and before != score and self._queue.failure is None:
            self.score_replaced.emit(key, before, score)
        values: list[tuple[ValueAddress, Value]] = [(response_address(key, "score"), score)]
        if self.party_id != PARTNERSHIP:
            # Why an agency has no view is about that answer alone.
            values.append((response_address(key, "no_view_reason"), None))
        elif before is not None and before != score:
            from hsb_desktop.analysis.consensus import REASON_FIELDS

            # Why, and by whom, a score was agreed is about that score alone; history and undo keep it.
            agreement = self.wave_id, statement_id
            values += ((ValueAddress(Subject.AGREEMENT, agreement, field), None) for field in REASON_FIELDS)
        self.change(label, values)

    def set_no_view(self, statement_id: str, reason: str | None = None) -> None:
        """Let the shown agency say that it has no view on a statement; a reason that is given is kept."""
        key = self.key(statement_id)
        label = self.tr("no view on {0}").format(statement_id)
        values: list[tuple[ValueAddress, Value]] = [(response_address(key, "score"), NO_VIEW)]
        if reason is not None:
            values.append((response_address(key, "no_view_reason"), reason))
        self.change(label, values)

    def set_evidence(self, statement_id: str, text: str, wave_id: str = "") -> None:
        """Enter the evidence for a score, in the shown wave or in the one in which it was typed."""
        label = self.tr("evidence for {0}").format(statement_id)
        self._type(label, response_address(self._typed_key(statement_id, wave_id), "evidence"), text)

    def set_assurance(self, statement_id: str, text: str, wave_id: str = "") -> None:
        """Enter which local systems would show that the score is still true, likewise."""
        label = self.tr("assurance for {0}").format(statement_id)
        self._type(label, response_address(self._typed_key(statement_id, wave_id), "assurance"), text)

    def set_agency_text(self, key: ResponseKey, field: str, text: str) -> None:
        """Enter an agency's own evidence, assurance or reason for having no view."""
        label = self.tr("{0}’s words on {1}").format(self.shown.party_name(key.party_id), key.statement_id)
        self._type(label, response_address(key, field), text)

    @cached_property
    def rounds(self) -> SessionRounds:
        """Scoring in the room; what else can be done to rounds, answers of agencies and agreements."""
        from hsb_desktop.ui.session_rounds import SessionRounds

        return SessionRounds(self, self)

    @property
    def unnamed(self) -> frozenset[tuple[str, str]]:
        """Wave and statement of what was revealed, as long as nobody asked for the names."""
        return self.rounds.unnamed

    def name_all(self) -> None:
        """From now on everything may show who answered what, as far as it was revealed."""
        self.rounds.name_all()

    def _typed_key(self, statement_id: str, wave_id: str) -> ResponseKey:
        is_there = any(wave.wave_id == wave_id for wave in self.shown.waves)
        return self.key(statement_id)._replace(wave_id=wave_id) if is_there else self.key(statement_id)

    def set_comments(self, domain_id: str, text: str) -> None:
        """Enter a domain's comments."""
        address = ValueAddress(Subject.DOMAIN_NOTE, tuple(self.note_key(domain_id)), "comments")
        self._type(self.tr("comments on domain {0}").format(domain_id), address, text)

    def set_completed_on(self, domain_id: str, date: str) -> None:
        """Enter the date on which a domain was completed (YYYY-MM-DD, or empty)."""
        address = ValueAddress(Subject.DOMAIN_NOTE, tuple(self.note_key(domain_id)), "completed_on")
        self.change(self.tr("date completed of domain {0}").format(domain_id), [(address, date)])

    def set_target(self, statement_id: str, target: int | None) -> None:
        """Enter which score, from 0 to 4, is aimed at for the next wave, or none."""
        address = response_address(self.key(statement_id), "target")
        self.change(self.tr("target of {0}").format(statement_id), [(address, target)])

    def take_over_text(self, statement_id: str, field_name: str, text: str) -> None:
        """Enter last time's evidence or assurance, as one step, where nothing is entered yet."""
        self.flush()
        address = response_address(self.key(statement_id), field_name)
        if self.shown.value(address) is None:
            words = self.tr("evidence for {0} as last time")
            if field_name == "assurance":
                words = self.tr("assurance for {0} as last time")
            self.change(words.format(statement_id), [(address, text)])

    def set_author(self, author: str) -> None:
        """Keep further edits under this name or role."""
        self.flush()
        self.end_visit()
        self.author = author
        self.sign_lock()
        self.details_changed.emit()

    def sign_lock(self) -> None:
        """Let others who want to open the file see who is typing in it."""
        author = self.author
        self._queue.submit(lambda file: file.sign_lock(author))

    def change(self, label: str, values: Iterable[tuple[ValueAddress, Value]]) -> None:
        """Enter any values together, as one undo step; what is the same already is left out."""
        self.apply(self._change_set(label, values))

    def reason_against(self, values: Iterable[tuple[ValueAddress, Value]]) -> str:
        """Return which locked wave keeps these values from being entered, in words; empty if none does."""
        from hsb_desktop.operations.waves import refuse_locked

        try:
            refuse_locked(self.shown, self._change_set("", values))
        except InputRefused as refused:
            return str(refused)
        return ""

    def apply(self, change_set: ChangeSet, *, backup_reason: str = "") -> None:
        """Write a change set, as one undo step of its own. An empty one does nothing.

        With a `backup_reason` ("import", "merge") a backup is made before it, whatever there is of this day.
        """
        self.end_visit()
        if change_set.changes and self._may_apply(change_set):
            written = replace(change_set, author=self.author)
            self._enqueue(Edit(written, Direction.EDIT, backup_reason=backup_reason))

    def merge(self, plan: MergePlan) -> None:
        """Write what a merge was planned to be, as one undo step, after a backup. An empty one does nothing.

        What only gives values other revisions, with nothing that people see, is no step. Raises NotSaved for
        that, and InputRefused where the audit on the screen is no longer what the merge was planned for: it
        could never be written, and would keep what is typed after it from the disk. All else is tried until
        it is written, as every edit is.
        """
        from hsb_desktop.operations.merging import apply_plan, redo_plan, undo_plan

        self.end_visit()
        shown = self.shown
        if any(shown.value(change.address) != change.before for change in plan.change_set.changes):
            raise InputRefused(
                self.tr("The audit was changed since the merge was prepared. Nothing was merged; try again.")
            )
        if not plan.change_set.changes:
            self.do_on_file(lambda file: apply_plan(file, plan))
            return
        writes: dict[Direction, FileWork] = {
            Direction.EDIT: lambda file: apply_plan(file, plan),
            Direction.UNDO: lambda file: undo_plan(file, plan),
            Direction.REDO: lambda file: redo_plan(file, plan),
        }
        self._enqueue(Edit(plan.change_set, Direction.EDIT, backup_reason="merge", writes=writes))

    def add_wave(self, change_set: ChangeSet) -> None:
        """Begin a wave (see `operations.waves.new_wave`), as one step, and show it once it is there."""
        wave_id = change_set.changes[0].address.key[0]
        self.flush()
        self.apply(change_set)
        self._queue.when_written(lambda: self._show_if_there(wave_id))

    def _show_if_there(self, wave_id: str) -> None:
        if any(wave.wave_id == wave_id for wave in self.audit.waves):
            self.show_wave(wave_id)

    def lock_wave(self, wave_id: str) -> None:
        """Lock a finished wave. Undo leaves it locked. Raises InputRefused while a round is open in it."""
        from hsb_desktop.operations.waves import lock_wave

        self._apply_for_good(lambda: lock_wave(self.shown, wave_id))

    def unlock_wave(self, wave_id: str) -> None:
        """Unlock a wave, which history keeps."""
        from hsb_desktop.operations.waves import unlock_wave

        self._apply_for_good(lambda: unlock_wave(self.shown, wave_id))

    def _apply_for_good(self, reckon: Callable[[], ChangeSet]) -> None:
        """Write what is no step of undo: a wave that was locked is unlocked on purpose only."""
        self.flush()
        self.end_visit()
        change_set = reckon()
        if change_set.changes:
            self._enqueue(Edit(replace(change_set, author=self.author), Direction.FOR_GOOD))

    def _may_apply(self, change_set: ChangeSet) -> bool:
        """Whether no locked wave is in the way; otherwise say so, and let the boxes show what there is."""
        shown = self.shown
        if len(change_set.changes) == 1 and not any(wave.is_locked for wave in shown.waves):
            return True
        from hsb_desktop.operations.waves import refuse_locked

        try:
            refuse_locked(shown, change_set)
        except InputRefused as refused:
            self._tell_shown(change_set)
            self.edit_refused.emit(str(refused))
            return False
        return True

    def _type(self, label: str, address: ValueAddress, text: str) -> None:
        """Enter what was typed: edits of one visit to a box are one undo step and one line of history."""
        change_set = self._change_set(label, [(address, text)])
        if change_set.changes and self._may_apply(change_set):
            self._enqueue(Edit(change_set, Direction.EDIT, self._visit))

    def _change_set(self, label: str, values: Iterable[tuple[ValueAddress, Value]]) -> ChangeSet:
        shown = self.shown
        changes = tuple(
            Change(address, before, after)
            for address, entered in values
            if (before := shown.value(address)) != (after := _entered(entered))
        )
        return ChangeSet(label, changes, self.author)

    def end_visit(self) -> None:
        """A text box was left: the next edit of it is a step and a line of history of its own."""
        self._visit += 1

    def set_typing(self, box: int, typing: bool) -> None:
        """A text box holds (or no longer holds) words that it has not committed."""
        before = self.save_state
        (self._typing.add if typing else self._typing.discard)(box)
        if self.save_state != before:
            self.save_state_changed.emit()
            self.undo_changed.emit()

    def show_wave(self, wave_id: str) -> None:
        """Show another wave."""
        self.flush()
        self.wave_id = self.audit.wave(wave_id).wave_id
        self.wave_changed.emit()

    # Undo and redo ----------------------------------------------------------------------------------------

    @property
    def undo_text(self) -> str:
        """What undo would take back; empty if nothing."""
        if self._typing:
            # It is committed on the way to undo.
            return self._stack.undoText() or self.tr("typing")
        return self._stack.undoText() if not self._queue.edits else ""

    @property
    def redo_text(self) -> str:
        """What redo would do again; empty if nothing."""
        return self._stack.redoText() if not self._queue.edits else ""

    def undo(self) -> None:
        """Take back the last step: write, then move the stack. Waits for its turn behind slower edits."""
        self.flush()
        self._queue.when_written(self._undo_now)

    def redo(self) -> None:
        """Do the last step again that was taken back."""
        self.flush()
        self._queue.when_written(self._redo_now)

    def _undo_now(self) -> None:
        if self._stack.canUndo():
            step = self._step(self._stack.index() - 1)
            self._move(step.change_set.reversed(), Direction.UNDO, step.writes)

    def _redo_now(self) -> None:
        if self._stack.canRedo():
            step = self._step(self._stack.index())
            self._move(step.change_set, Direction.REDO, step.writes)

    def _move(
        self, change_set: ChangeSet, direction: Direction, writes: Mapping[Direction, FileWork] | None
    ) -> None:
        self.end_visit()
        if self._may_apply(change_set):
            self._enqueue(Edit(replace(change_set, author=self.author), direction, writes=writes))

    # When the disk refuses ----------------------------------------------------------------------------------

    def retry(self) -> None:
        """Try again to write what could not be written; where nothing waits, look for the file again."""
        is_lost = self._queue.failure is None and self.lost is not None
        self._attempt = Attempt(AttemptKind.LOOK if is_lost else AttemptKind.WRITE, _time_now())
        if is_lost and self._watch is not None:
            self._watch.look_now(WAIT_SECONDS)
            self.save_state_changed.emit()
        else:
            self._queue.retry()

    def discard_unsaved(
        self, then: Callable[[], None] | None = None, failed: Callable[[HsbError], None] | None = None
    ) -> None:
        """Take back the edits that could not be written: the screen shows what the file holds.

        Then `then` is called. Where the file cannot be read either, everything stays on the screen, `attempt`
        says why, and `failed` is told.
        """
        edits, held, could_write = self._queue.edits, list[Audit](), not self.is_read_only

        def take_over() -> None:
            self._queue.drop(edits)
            self._take_over(held[0])
            if could_write and self.is_read_only:
                # Somebody else has the file: everything is made anew, for reading only.
                self.file_changed.emit()
            if then is not None:
                then()

        def stay(error: HsbError) -> None:
            self._attempt = Attempt(AttemptKind.READ, _time_now(), str(error))
            self.save_state_changed.emit()
            if failed is not None:
                failed(error)

        # Read first: a disk that cannot be read either leaves everything as it stands on the screen.
        self._queue.ask(lambda file: held.append(file.read_anew()), take_over, stay)

    def _take_over(self, audit: Audit) -> None:
        audit = _as_asked(audit)
        self._note_success()
        if audit != self.audit:
            # Somebody else wrote: what undo remembers no longer fits what the file holds.
            self.audit = audit
            self._stack.clear()
        if self.wave_id not in {wave.wave_id for wave in audit.waves} and audit.waves:
            self.wave_id = audit.waves[-1].wave_id
        self.wave_changed.emit()
        self.details_changed.emit()
        self.audit_changed.emit()
        self.undo_changed.emit()

    def go_on_with(self, audit: Audit) -> None:
        """Show what the file holds now that text was removed from it for good; undo forgets all steps."""
        self._stack.clear()
        self._take_over(audit)

    def save_elsewhere(self, path: Path) -> None:
        """Go on in a new file that holds everything on the screen. Raises HsbError, with nothing changed.

        History comes along where the old file can still be read.
        """
        if path.exists():
            raise OutputRefused(
                self.tr("{0} exists already. Choose another name; nothing was changed.").format(path.name)
            )
        file = self._copied_to(path)
        held, edits = file.read(), self._queue.edits
        self._queue.replace_file(file)
        self._queue.drop(edits)
        for edit in edits:
            self._take_in(edit)
        self._take_over(held)
        self._typing.clear()
        self.file_changed.emit()
        self.save_state_changed.emit()

    def save_version(self, path: Path) -> None:
        """Write what is on the screen, and only that, into a new file; the session stays in its own.

        Raises HsbError, with nothing changed.
        """
        from hsb_desktop.operations.keeping_version import save_version

        save_version(self._queue.file, path, self.shown, self.author)

    def _copied_to(self, path: Path) -> AuditFile:
        """Make a file of everything that is on the screen, from the old file or else from memory."""
        if self._queue.is_at_work:
            # A disk that does not answer has the old file on the writer's thread.
            return self._queue.file.create_like(path, self.shown)
        from hsb_desktop.store.share import save_copy

        try:
            save_copy(self._queue.file, path)
        except HsbError:
            return self._queue.file.create_like(path, self.shown)
        file = self._queue.file.open_copy(path)
        try:
            held = file.read()
            for edit in self._queue.edits:
                # The copy may hold what another program wrote meanwhile: ours goes on top of it.
                changes = tuple(
                    replace(change, before=held.value(change.address)) for change in edit.change_set.changes
                )
                file.apply(replace(edit.change_set, changes=changes))
                held = held.with_changes(changes)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)  # made by us, a moment ago
            raise
        return file

    # Closing ------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Commit what is typed. A disk that is slow is not waited for: `shown` has the words all the same."""
        self.flush_requested.emit()

    def when_saved(self, act: Callable[[], None]) -> None:
        """Commit what is typed and do something once everything is on the disk, without waiting for it here.

        At once where nothing waits, or where something could not be written and waits for a person.
        """
        self.flush()
        if self._queue.edits and self._queue.failure is None:
            self._queue.when_written(lambda: QTimer.singleShot(0, self, act))
        else:
            act()

    def settle(self, seconds: float = CLOSE_SECONDS) -> bool:
        """Commit what is typed and wait for the disk; return whether everything on the screen is on it."""
        self.flush()
        self._queue.prepare()
        return self._queue.wait(seconds) and not self._typing

    def do_on_file(self, work: FileWork) -> None:
        """Do something with the open file, after what is queued, on the thread that owns it; wait for it.

        May be called on any thread after `settle`. Raises what the work raised; NotSaved, with nothing done,
        while edits could not be written: a copy would lack them.
        """
        if self._queue.failure is not None:
            raise NotSaved(
                self.tr(
                    "Some changes are only on this screen, so a copy would lack them. Save elsewhere first."
                )
            )
        job = self._queue.submit(work)
        job.done.wait()
        if job.error is not None:
            raise job.error

    def keep_house(self) -> None:
        """Remember that this audit was opened, and let old backups go; nobody waits for it."""
        if not self._is_closed:
            self._queue.submit(keep_house)

    def watch_file(self) -> None:
        """Begin to look every few seconds whether the file is still there and this window's."""
        self._made_watch().start()

    def _made_watch(self) -> FileWatch:
        if self._watch is None:
            from hsb_desktop.ui.file_watch import FileWatch

            self._watch = FileWatch(self._queue, self)
            self._watch.changed.connect(self._on_watch_changed)
        return self._watch

    def _on_watch_changed(self) -> None:
        if self.lost is None and self._queue.failure is None:
            self._attempt = None
        self.save_state_changed.emit()

    def is_kept(self) -> bool:
        """Commit what is typed and wait for the disk; return whether its file holds all of it, there and now.

        Where somebody else took the file over, it does.
        """
        if not self.settle():
            return False
        lost = self._made_watch().look_now(CLOSE_SECONDS)
        return lost is None or isinstance(lost, TakenOver)

    def close(self) -> None:
        """Commit what is typed, leave one single file behind and end the writer. Unsaved edits are lost."""
        if self._is_closed:
            return
        self.settle()
        self._is_closed = True
        if self._watch is not None:
            self._watch.stop()
        self._queue.finish()

    # What was written -------------------------------------------------------------------------------------

    def _on_backup_failed(self, why: str) -> None:
        self.backup_failed.emit(self.tr("{0} Your changes are saved in the audit itself.").format(why))

    def _enqueue(self, edit: Edit) -> None:
        if not self._queue.add(edit):
            self._tell_shown(edit.change_set)

    def _note_success(self) -> None:
        self._attempt = None
        if self._watch is not None:
            self._watch.forget()

    def _take_in(self, edit: Edit) -> None:
        self._note_success()
        self._saved_at = datetime.now().astimezone()
        self.audit = self.audit.with_changes(edit.change_set.changes)
        match edit.direction:
            case Direction.EDIT:
                self._stack.push(UndoStep(edit.change_set, edit.merging_number, edit.writes))
            case Direction.UNDO:
                self._stack.undo()
            case Direction.REDO:
                self._stack.redo()
            case Direction.FOR_GOOD:
                pass
        self._tell({change.address for change in edit.change_set.changes})
        if edit.direction in (Direction.UNDO, Direction.REDO):
            words = self.tr("Undone: {0}") if edit.direction is Direction.UNDO else self.tr("Done again: {0}")
            self.step_moved.emit(edit.change_set.changes[0].address)
            self.step_told.emit(words.format(edit.change_set.label))

    def _tell_shown(self, change_set: ChangeSet) -> None:
        """Let the boxes show an edit that waits for the disk; what is counted and drawn waits with it."""
        for address in {change.address for change in change_set.changes}:
            if address.subject is Subject.RESPONSE:
                self.response_changed.emit(ResponseKey(*address.key))
            elif address.subject is Subject.DOMAIN_NOTE:
                self.note_changed.emit(NoteKey(*address.key))
        self._tell_agencies({change.address for change in change_set.changes})

    def _tell_agencies(self, addresses: set[ValueAddress]) -> None:
        """What only one statement shows is told of that statement alone, however many there are."""
        for statement_id in {
            address.key[_STATEMENT_IN_KEY[address.subject]]
            for address in addresses
            if address.subject in _STATEMENT_IN_KEY
            and not (address.subject is Subject.RESPONSE and address.key[1] == PARTNERSHIP)
        }:
            self.agencies_changed.emit(statement_id)

    def _tell(self, addresses: set[ValueAddress]) -> None:
        for key in {ResponseKey(*a.key) for a in addresses if a.subject is Subject.RESPONSE}:
            self.response_changed.emit(key)
        for note_key in {NoteKey(*a.key) for a in addresses if a.subject is Subject.DOMAIN_NOTE}:
            self.note_changed.emit(note_key)
        self._tell_agencies(addresses)
        if any(a.subject not in _TOLD_BY_THEMSELVES for a in addresses):
            if self.wave_id not in {wave.wave_id for wave in self.audit.waves} and self.audit.waves:
                self.wave_id = self.audit.waves[-1].wave_id
                self.wave_changed.emit()
            self.details_changed.emit()
        self.audit_changed.emit()

    def _step(self, index: int) -> UndoStep:
        step = self._stack.command(index)
        assert isinstance(step, UndoStep)  # nothing else is ever pushed
        return step


def _time_now() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"


def _as_asked(audit: Audit) -> Audit:
    """Return what a pack asks about; any other audit as it is."""
    if audit.pack is None:
        return audit
    from hsb_desktop.analysis.own_answers import asked_in

    return asked_in(audit)


def _entered(value: Value) -> Value:
    return None if value == "" else value
