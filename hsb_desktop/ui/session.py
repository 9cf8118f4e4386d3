"""The one owner of the open audit: its file, its present value, undo, and the signals that tell of changes.

Every edit is written first. Only when it is committed does `audit` change, does undo remember it and are the
widgets told. A write that fails or waits leaves `audit` alone; the edit stays in `unsaved`, and `shown` is
the audit as it stands on the screen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from hsb_desktop.analysis.progress import Progress, progress
from hsb_desktop.analysis.scoring import DomainScore, domain_scores
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
from hsb_desktop.ui.undo_step import NEVER_MERGED, UndoStep, merged
from hsb_desktop.ui.writer import Job, Writer

FileWork = Callable[[AuditFile], object]

WAIT_SECONDS = 0.1
"""How long the window waits for a write before it shows "Saving…" and goes on."""

CLOSE_SECONDS = 8.0
"""How long closing waits for a slow disk: the store itself gives up a lock after five."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How far one party is in one wave of one audit."""

    audit: Audit
    wave_id: str
    party_id: str
    progress: Progress
    domain_scores: tuple[DomainScore, ...]


class _Direction(Enum):
    EDIT = auto()
    UNDO = auto()
    REDO = auto()


@dataclass(slots=True, eq=False)
class _Edit:
    change_set: ChangeSet
    direction: _Direction
    visit: int | None = None
    """The visit to a box in which it was typed."""
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
        self._waiting: deque[Callable[[], None]] = deque()
        self._failure: HsbError | None = None
        self._typing: set[int] = set()
        self._visit = 0
        self._saved_at = datetime.now().astimezone()
        self._stack = QUndoStack(self)
        self._writer = Writer(self)
        self._is_closed = False
        self._standing: Standing | None = None
        self._reread: Audit | None = None
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

    @property
    def standing(self) -> Standing:
        """How far the shown party is in the shown wave; reckoned once for each commit, whoever asks."""
        asked = self.audit, self.wave_id, self.party_id
        known = self._standing
        if known is None or known.audit is not self.audit or (known.wave_id, known.party_id) != asked[1:]:
            self._standing = known = Standing(*asked, progress(*asked), domain_scores(*asked))
        return known

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
        if before is not None and before != score and self._failure is None:
            self.score_replaced.emit(key, before, score)
        self.change(label, [(response_address(key, "score"), score)])

    def set_evidence(self, statement_id: str, text: str) -> None:
        """Enter the evidence for a score."""
        label = self.tr("evidence for {0}").format(statement_id)
        self._type(label, response_address(self.key(statement_id), "evidence"), text)

    def set_assurance(self, statement_id: str, text: str) -> None:
        """Enter which local systems would show that the score is still true."""
        label = self.tr("assurance for {0}").format(statement_id)
        self._type(label, response_address(self.key(statement_id), "assurance"), text)

    def set_comments(self, domain_id: str, text: str) -> None:
        """Enter a domain's comments."""
        address = ValueAddress(Subject.DOMAIN_NOTE, tuple(self.note_key(domain_id)), "comments")
        self._type(self.tr("comments on domain {0}").format(domain_id), address, text)

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
        self.apply(self._change_set(label, values))

    def apply(self, change_set: ChangeSet) -> None:
        """Write a change set, as one undo step of its own. An empty one does nothing."""
        self.end_visit()
        if change_set.changes:
            self._enqueue(_Edit(replace(change_set, author=self.author), _Direction.EDIT))

    def _type(self, label: str, address: ValueAddress, text: str) -> None:
        """Enter what was typed: edits of one visit to a box are one undo step and one line of history."""
        change_set = self._change_set(label, [(address, text)])
        if change_set.changes:
            self._enqueue(_Edit(change_set, _Direction.EDIT, self._visit))

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
        """Take back the last step: write, then move the stack. Waits for its turn behind slower edits."""
        self.flush()
        self._when_written(self._undo_now)

    def redo(self) -> None:
        """Do the last step again that was taken back."""
        self.flush()
        self._when_written(self._redo_now)

    def _undo_now(self) -> None:
        if self._stack.canUndo():
            self._move(self._step(self._stack.index() - 1).change_set.reversed(), _Direction.UNDO)

    def _redo_now(self) -> None:
        if self._stack.canRedo():
            self._move(self._step(self._stack.index()).change_set, _Direction.REDO)

    def _move(self, change_set: ChangeSet, direction: _Direction) -> None:
        self.end_visit()
        self._enqueue(_Edit(replace(change_set, author=self.author), direction))

    def _when_written(self, act: Callable[[], None]) -> None:
        if not self._queue:
            act()
        elif self._failure is None:
            self._waiting.append(act)

    # When the disk refuses ----------------------------------------------------------------------------------

    def retry(self) -> None:
        """Try again to write what could not be written."""
        if self._failure is not None:
            self._failure = None
            self._write_first(wait=True)

    def discard_unsaved(self) -> None:
        """Take back the edits that could not be written: the screen shows what the file holds."""
        self._queue.clear()
        self._waiting.clear()
        self._failure = None
        job = self._writer.submit(self._read_again)
        job.done.wait(WAIT_SECONDS)
        self._on_job_finished(job)
        self.save_state_changed.emit()

    def _read_again(self) -> None:
        self._reread = self._file.read()

    def _take_over(self, audit: Audit) -> None:
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
            held = file.read()
            for edit in self._queue:
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

    def settle(self, seconds: float = CLOSE_SECONDS) -> bool:
        """Commit what is typed and wait for the disk; return whether everything on the screen is on it."""
        self.flush()
        self._wait(seconds)
        return not self._queue

    def do_on_file(self, work: FileWork) -> None:
        """Do something with the open file, after what is queued, on the thread that owns it; wait for it.

        May be called on any thread. Raises what the work raised; NotSaved, with nothing done, while edits
        could not be written: a copy would lack them.
        """
        if self._failure is not None:
            raise NotSaved(
                self.tr(
                    "Some changes are only on this screen, so a copy would lack them. Save elsewhere first."
                )
            )
        job = self._writer.submit(lambda: work(self._file))
        job.done.wait()
        if job.error is not None:
            raise job.error

    def close(self) -> None:
        """Commit what is typed, leave one single file behind and end the writer. Unsaved edits are lost."""
        if self._is_closed:
            return
        self.settle()
        self._is_closed = True
        self._writer.submit(self._file.close)
        self._writer.finish(CLOSE_SECONDS)

    # The queue of edits -----------------------------------------------------------------------------------

    def _enqueue(self, edit: _Edit) -> None:
        last = self._queue[-1] if len(self._queue) > (0 if self._failure else 1) else None
        if last is not None and _is_same_visit(last, edit):
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
        change_set, visit = edit.change_set, edit.visit
        edit.job = self._writer.submit(lambda: self._file.apply(change_set, visit))
        if wait and edit.job.done.wait(WAIT_SECONDS):
            self._settle(edit)
        else:
            self.save_state_changed.emit()

    def _on_job_finished(self, job: Job) -> None:
        if self._queue and self._queue[0].job is job:
            self._settle(self._queue[0])
        elif self._reread is not None:
            audit, self._reread = self._reread, None
            self._take_over(audit)

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
            # A fault of ours: the words stay on the screen, and nobody is told that they are saved.
            self._failure = NotSaved(
                self.tr("Not saved: a fault of this program kept it from the disk. Save elsewhere.")
            )
            self.save_state_changed.emit()
            raise error
        self._queue.popleft()
        self._saved_at = datetime.now().astimezone()
        self._take_in(edit)
        if self._queue:
            self._write_first(wait=False)
        else:
            self.save_state_changed.emit()
            if self._waiting:
                self._waiting.popleft()()

    def _take_in(self, edit: _Edit) -> None:
        self.audit = self.audit.with_changes(edit.change_set.changes)
        match edit.direction:
            case _Direction.EDIT:
                self._stack.push(UndoStep(edit.change_set, _merging_number(edit)))
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


def _is_same_visit(one: _Edit, other: _Edit) -> bool:
    """Whether two edits of one box are one step: typed in the same visit to it."""
    return _merging_number(one) == _merging_number(other) != NEVER_MERGED


def _merging_number(edit: _Edit) -> int:
    if edit.visit is None:
        return NEVER_MERGED
    return hash((edit.change_set.changes[0].address, edit.visit)) & 0x3FFFFFFF


def _entered(value: Value) -> Value:
    return None if value == "" else value
