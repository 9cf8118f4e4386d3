"""The one owner of the open audit: its file, its present value, undo, and the signals that tell of changes.

Every edit is written first. Only when it is committed does `audit` change, does undo remember it and are the
widgets told. A write that fails or waits leaves `audit` alone; the edit stays in `unsaved`, and `shown` is
the audit as it stands on the screen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from hsb_desktop.errors import HsbError, NotSaved, OutputRefused
from hsb_desktop.model import (
    PARTNERSHIP,
    Audit,
    Change,
    ChangeSet,
    NoteKey,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    response_address,
)
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy
from hsb_desktop.ui.save_state import SaveKind, SaveState
from hsb_desktop.ui.undo_step import UndoStep, merged
from hsb_desktop.ui.writer import Job, Writer

FileWork = Callable[[AuditFile], object]

WAIT_SECONDS = 0.1
"""How long the window waits for a write before it shows "Saving…" and goes on."""

CLOSE_SECONDS = 8.0
"""How long closing waits for a slow disk: the store itself gives up a lock after five."""


class _Direction(Enum):
    EDIT = auto()
    UNDO = auto()
    REDO = auto()


@dataclass(slots=True, eq=False)
class _Edit:
    change_set: ChangeSet
    direction: _Direction
    visit: int
    job: Job | None = None


class AuditSession(QObject):
    """The open audit. Passed to each widget by its constructor; there is no other way to change an audit."""

    audit_changed = Signal()
    """After every commit, undo and redo, and when unsaved edits are taken back."""
    response_changed = Signal(object)
    """The ResponseKey whose response changed."""
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
    file_changed = Signal()
    """The session goes on in another file."""

    def __init__(self, file: AuditFile, author: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.author = author
        self.audit = file.read()
        self.wave_id = self.audit.waves[-1].wave_id if self.audit.waves else ""
        self.party_id = PARTNERSHIP
        self._queue: deque[_Edit] = deque()
        self._failure: HsbError | None = None
        self._typing: set[int] = set()
        self._visit = 0
        self._saved_at = datetime.now().astimezone()
        self._stack = QUndoStack(self)
        self._writer = Writer(self)
        self._is_closed = False
        self._stack.indexChanged.connect(self.undo_changed)
        self._writer.job_finished.connect(self._on_job_finished)

    # What there is --------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The open file."""
        return self._file.path

    @property
    def is_read_only(self) -> bool:
        """Whether the file can only be looked at."""
        return self._file.is_read_only

    @property
    def shown(self) -> Audit:
        """The audit as the screen shows it: with the edits that are not committed yet."""
        return self.audit.with_changes(change for edit in self._queue for change in edit.change_set.changes)

    @property
    def unsaved(self) -> tuple[ChangeSet, ...]:
        """Edits that wait for the disk, in the order in which they were made."""
        return tuple(edit.change_set for edit in self._queue)

    @property
    def save_state(self) -> SaveState:
        """Whether everything on the screen is on the disk."""
        at = f"{self._saved_at:%H:%M}"
        if self._failure is not None:
            return SaveState(SaveKind.NOT_SAVED, at, str(self._failure))
        if self._queue or self._typing:
            return SaveState(SaveKind.SAVING, at)
        if self.is_read_only:
            return SaveState(SaveKind.READ_ONLY, at)
        return SaveState(SaveKind.SAVED, at)

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
        self.change(label, [(response_address(key, "score"), score)])
        if before is not None and before != score and self._failure is None:
            self.score_replaced.emit(key, before, score)

    def set_evidence(self, statement_id: str, text: str) -> None:
        """Enter the evidence for a score."""
        label = self.tr("evidence for {0}").format(statement_id)
        self.change(label, [(response_address(self.key(statement_id), "evidence"), text)])

    def set_assurance(self, statement_id: str, text: str) -> None:
        """Enter which local systems would show that the score is still true."""
        label = self.tr("assurance for {0}").format(statement_id)
        self.change(label, [(response_address(self.key(statement_id), "assurance"), text)])

    def set_comments(self, domain_id: str, text: str) -> None:
        """Enter a domain's comments."""
        address = ValueAddress(Subject.DOMAIN_NOTE, tuple(self.note_key(domain_id)), "comments")
        self.change(self.tr("comments on domain {0}").format(domain_id), [(address, text)])

    def set_completed_on(self, domain_id: str, date: str) -> None:
        """Enter the date on which a domain was completed (YYYY-MM-DD, or empty)."""
        address = ValueAddress(Subject.DOMAIN_NOTE, tuple(self.note_key(domain_id)), "completed_on")
        self.change(self.tr("date completed of domain {0}").format(domain_id), [(address, date)])

    def set_author(self, author: str) -> None:
        """Keep further edits under this name or role."""
        self.flush()
        self.author = author
        self.details_changed.emit()

    def change(self, label: str, values: Iterable[tuple[ValueAddress, Value]]) -> None:
        """Enter any values together, as one undo step; what is the same already is left out."""
        shown = self.shown
        changes = tuple(
            Change(address, before, after)
            for address, entered in values
            if (before := shown.value(address)) != (after := _entered(entered))
        )
        self.apply(ChangeSet(label, changes, self.author))

    def apply(self, change_set: ChangeSet) -> None:
        """Write a change set, as one undo step. An empty one does nothing."""
        if change_set.changes:
            self._enqueue(_Edit(change_set, _Direction.EDIT, self._visit_of(change_set)))

    def end_visit(self) -> None:
        """A text box was left: the next edit of it is a step and a line of history of its own."""
        self._visit += 1
        if not self.is_read_only and not self._is_closed:
            self._writer.submit(self._file.end_visit)

    def set_typing(self, box: int, typing: bool) -> None:
        """A text box holds (or no longer holds) words that it has not committed."""
        before = self.save_state
        (self._typing.add if typing else self._typing.discard)(box)
        if self.save_state != before:
            self.save_state_changed.emit()

    def show_wave(self, wave_id: str) -> None:
        """Show another wave."""
        self.flush()
        self.wave_id = self.audit.wave(wave_id).wave_id
        self.wave_changed.emit()

    # Undo and redo ----------------------------------------------------------------------------------------

    @property
    def undo_text(self) -> str:
        """What undo would take back; empty if nothing."""
        return self._stack.undoText() if not self._queue else ""

    @property
    def redo_text(self) -> str:
        """What redo would do again; empty if nothing."""
        return self._stack.redoText() if not self._queue else ""

    def undo(self) -> None:
        """Take back the last step: write, then move the stack."""
        self.flush()
        if self._stack.canUndo() and not self._queue:
            step = self._step(self._stack.index() - 1)
            self._visit += 1
            self._enqueue(_Edit(step.change_set.reversed(), _Direction.UNDO, 0))

    def redo(self) -> None:
        """Do the last step again that was taken back."""
        self.flush()
        if self._stack.canRedo() and not self._queue:
            step = self._step(self._stack.index())
            self._visit += 1
            self._enqueue(_Edit(step.change_set, _Direction.REDO, 0))

    # When the disk refuses ----------------------------------------------------------------------------------

    def retry(self) -> None:
        """Try again to write what could not be written."""
        if self._failure is not None:
            self._failure = None
            self._write_first(wait=True)

    def discard_unsaved(self) -> None:
        """Take back the edits that could not be written: the screen shows what the file holds."""
        addresses = {change.address for edit in self._queue for change in edit.change_set.changes}
        self._queue.clear()
        self._failure = None
        self._tell(addresses)
        self.save_state_changed.emit()

    def save_elsewhere(self, path: Path) -> None:
        """Go on in a new file that holds everything on the screen. Raises HsbError, with nothing changed.

        History comes along where the old file can still be read.
        """
        if path.exists():
            raise OutputRefused(
                self.tr("{0} exists already. Choose another name; nothing was changed.").format(path.name)
            )
        file = self._copied_to(path)
        old, self._file = self._file, file
        self._writer.submit(old.close)
        waiting, self._failure = list(self._queue), None
        self._queue.clear()
        for edit in waiting:
            self._take_in(edit)
        self.file_changed.emit()
        self.save_state_changed.emit()

    def _copied_to(self, path: Path) -> AuditFile:
        """Make a file of everything that is on the screen, from the old file or else from memory."""
        try:
            save_copy(self._file, path)
        except HsbError:
            return AuditFile.create(path, self.shown)
        file = AuditFile.open(path)
        try:
            for edit in self._queue:
                file.apply(edit.change_set)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)  # made by us, a moment ago
            raise
        return file

    # Closing ------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Commit what is typed and wait, for a short while, until it is on the disk."""
        self.flush_requested.emit()
        if self._queue and self._failure is None:
            self._wait(CLOSE_SECONDS)

    def run_on_file(self, work: FileWork, seconds: float = CLOSE_SECONDS) -> None:
        """Do something with the file on the thread that owns it, and wait. Raises what the work raised."""
        self.flush()
        job = self._writer.submit(lambda: work(self._file))
        if not job.done.wait(seconds):
            raise NotSaved(self.tr("The disk did not answer in time. Nothing was changed; try again."))
        if job.error is not None:
            raise job.error

    def close(self) -> None:
        """Commit what is typed, leave one single file behind and end the writer. Unsaved edits are lost."""
        if self._is_closed:
            return
        self.flush()
        self._is_closed = True
        self._writer.submit(self._file.close)
        self._writer.finish(CLOSE_SECONDS)

    # The queue of edits -----------------------------------------------------------------------------------

    def _visit_of(self, change_set: ChangeSet) -> int:
        """Edits with the same number merge into one undo step: one box, one visit."""
        (first, *others) = change_set.changes
        is_text = not others and isinstance(first.after or first.before, str)
        return hash((first.address, self._visit)) & 0x3FFFFFFF if is_text else -1

    def _enqueue(self, edit: _Edit) -> None:
        last = self._queue[-1] if len(self._queue) > (0 if self._failure else 1) else None
        if last is not None and edit.visit > 0 and last.visit == edit.visit:
            last.change_set = merged(last.change_set, edit.change_set)
            return
        self._queue.append(edit)
        if len(self._queue) == 1:
            self._write_first(wait=True)
        else:
            self.save_state_changed.emit()
        if edit in self._queue:
            self._tell_shown(edit)

    def _write_first(self, *, wait: bool) -> None:
        edit = self._queue[0]
        change_set = edit.change_set
        edit.job = self._writer.submit(lambda: self._file.apply(change_set))
        if wait and edit.job.done.wait(WAIT_SECONDS):
            self._settle(edit)
        else:
            self.save_state_changed.emit()

    def _on_job_finished(self, job: Job) -> None:
        if self._queue and self._queue[0].job is job:
            self._settle(self._queue[0])

    def _wait(self, seconds: float) -> None:
        while self._queue and self._failure is None:
            job = self._queue[0].job
            if job is None or not job.done.wait(seconds):
                return
            self._settle(self._queue[0])

    def _settle(self, edit: _Edit) -> None:
        job, edit.job = edit.job, None
        error = job.error if job else None
        if isinstance(error, HsbError):
            self._failure = error
            self.save_state_changed.emit()
            self.undo_changed.emit()
            return
        if error is not None:
            self._queue.clear()
            raise error
        self._queue.popleft()
        self._saved_at = datetime.now().astimezone()
        self._take_in(edit)
        if self._queue:
            self._write_first(wait=False)
        else:
            self.save_state_changed.emit()

    def _take_in(self, edit: _Edit) -> None:
        self.audit = self.audit.with_changes(edit.change_set.changes)
        match edit.direction:
            case _Direction.EDIT:
                self._stack.push(UndoStep(edit.change_set, edit.visit))
            case _Direction.UNDO:
                self._stack.undo()
            case _Direction.REDO:
                self._stack.redo()
        self._tell({change.address for change in edit.change_set.changes})
        if edit.direction is not _Direction.EDIT:
            self.step_moved.emit(edit.change_set.changes[0].address)

    def _tell_shown(self, edit: _Edit) -> None:
        """Let the boxes show an edit that waits for the disk; what is counted and drawn waits with it."""
        for address in {change.address for change in edit.change_set.changes}:
            if address.subject is Subject.RESPONSE:
                self.response_changed.emit(ResponseKey(*address.key))
            elif address.subject is Subject.DOMAIN_NOTE:
                self.note_changed.emit(NoteKey(*address.key))

    def _tell(self, addresses: set[ValueAddress]) -> None:
        for key in {ResponseKey(*a.key) for a in addresses if a.subject is Subject.RESPONSE}:
            self.response_changed.emit(key)
        for note_key in {NoteKey(*a.key) for a in addresses if a.subject is Subject.DOMAIN_NOTE}:
            self.note_changed.emit(note_key)
        if any(a.subject not in {Subject.RESPONSE, Subject.DOMAIN_NOTE} for a in addresses):
            if self.wave_id not in {wave.wave_id for wave in self.audit.waves} and self.audit.waves:
                self.wave_id = self.audit.waves[-1].wave_id
                self.wave_changed.emit()
            self.details_changed.emit()
        self.audit_changed.emit()
        self.undo_changed.emit()

    def _step(self, index: int) -> UndoStep:
        step = self._stack.command(index)
        assert isinstance(step, UndoStep)  # nothing else is ever pushed
        return step


def _entered(value: Value) -> Value:
    return None if value == "" else value
