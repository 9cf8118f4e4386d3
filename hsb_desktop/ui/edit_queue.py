"""Edits on their way to the disk: one after the other, each tried until it is there or taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hsb_desktop.errors import HsbError, NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.backup_keeper import BackupKeeper
from hsb_desktop.ui.edit import Edit, FileWork
from hsb_desktop.ui.undo_step import merged

if TYPE_CHECKING:
    from hsb_desktop.ui.writer import Job, Writer

WAIT_SECONDS = 0.1
"""How long the window waits for a write before it shows "Saving…" and goes on."""

CLOSE_SECONDS = 8.0
"""How long closing waits for a slow disk: the store itself gives up a lock after five."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What to do on the window's thread once work on the file has ended."""

    then: Callable[[], None]
    failed: Callable[[HsbError], None]


class EditQueue(QObject):
    """The only writer to an open file. Never more than one edit is at the disk; those behind it wait."""

    written = Signal(object)
    """An Edit is on the disk."""
    state_changed = Signal()
    """Something began to wait, failed, or is waiting no more."""
    backup_failed = Signal(str)
    """Why no backup could be made; comes from the writer's thread."""

    def __init__(self, file: AuditFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.failure: HsbError | None = None
        self._edits: deque[Edit] = deque()
        self._acts: deque[Callable[[], None]] = deque()
        self._answers: dict[Job, _Answer] = {}
        self._backups = BackupKeeper(self.backup_failed.emit)

    @cached_property
    def _writer(self) -> Writer:
        """Made for the first edit; the first paint needs no thread."""
        from hsb_desktop.ui.writer import Writer

        writer = Writer(self)
        writer.job_finished.connect(self._on_job_finished)
        return writer

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What is not on the disk yet, in the order in which it was made."""
        return tuple(self._edits)

    @property
    def is_at_work(self) -> bool:
        """Whether edits are at the disk, or on their way to it: the file is the writer's then."""
        return bool(self._edits) and self.failure is None

    def add(self, edit: Edit) -> bool:
        """Write an edit after those before it; return whether it is on the disk already."""
        earlier = self._mergeable(edit)
        if earlier is not None:
            self._merge_into(earlier, edit)
            return False
        self._edits.append(edit)
        if len(self._edits) == 1:
            self._write_first(wait=True)
        else:
            self.state_changed.emit()
        return edit not in self._edits

    def _mergeable(self, edit: Edit) -> Edit | None:
        """Return the edit behind the one at the disk that this one goes on from: typed in the same box.

        After a failure nothing is at the disk, and it does not matter in which visit words were typed: a text
        that cannot be written must not stay in the way of the one that replaces it.
        """
        if edit.visit is None:
            return None
        address = edit.change_set.changes[0].address
        for waiting in reversed(self._edits if self.failure else list(self._edits)[1:]):
            if any(change.address == address for change in waiting.change_set.changes):
                is_typed = waiting.visit is not None and waiting.change_set.author == edit.change_set.author
                is_one = self.failure is not None or waiting.visit == edit.visit
                return waiting if is_typed and is_one else None
        return None

    def _merge_into(self, earlier: Edit, edit: Edit) -> None:
        earlier.change_set = merged(earlier.change_set, edit.change_set)
        earlier.visit = edit.visit
        (change,) = earlier.change_set.changes
        if change.before == change.after:
            was_first = self._edits[0] is earlier
            self._edits.remove(earlier)
            if was_first and self.failure is not None:
                self.failure = None
                if self._edits:
                    self._write_first(wait=True)
        self.state_changed.emit()

    def when_written(self, act: Callable[[], None]) -> None:
        """Do something after everything is on the disk; not at all where an edit has failed."""
        if not self._edits:
            act()
        elif self.failure is None:
            self._acts.append(act)

    def retry(self) -> None:
        """Try again what failed."""
        if self.failure is not None and self._edits:
            self.failure = None
            self._write_first(wait=True)

    def drop(self, edits: tuple[Edit, ...]) -> None:
        """Forget edits that failed or wait behind one that did, and go on with any others."""
        self._edits = deque(edit for edit in self._edits if edit not in edits)
        self._acts.clear()
        self.failure = None
        if self._edits:
            self._write_first(wait=True)
        else:
            self.state_changed.emit()

    def wait(self, seconds: float) -> bool:
        """Wait that long for each edit; return whether all are on the disk."""
        # Made here, on the window's thread: work on the file that follows may be asked for on another.
        self._writer.start()
        while self._edits and self.failure is None:
            job = self._edits[0].job
            if job is None or not job.done.wait(seconds):
                break
            self._settle(self._edits[0])
        return not self._edits

    # Other work on the file -------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Make the writer now, on this thread: other threads may hand work over only then."""
        _ = self._writer

    def submit(self, work: FileWork) -> Job:
        """Do something with the file behind the edit that is at the disk."""
        return self._writer.submit(lambda: work(self.file))

    def ask(
        self,
        work: FileWork,
        then: Callable[[], None],
        failed: Callable[[HsbError], None],
        *,
        wait: bool = True,
    ) -> None:
        """Do something with the file and then, on the window's thread, something else.

        Mostly at once: it is waited for a moment, unless told not to `wait`.

        Where the work fails, `failed` is told why instead, and what had failed before still has.
        """
        job = self.submit(work)
        self._answers[job] = _Answer(then, failed)
        if wait and job.done.wait(WAIT_SECONDS):
            self._on_job_finished(job)

    def replace_file(self, file: AuditFile) -> None:
        """Go on with another file; the one from before is let go of in its turn."""
        old, self.file = self.file, file
        self._writer.submit(old.close)

    def finish(self) -> None:
        """Let go of the file and end the writer's thread."""
        self._writer.submit(self.file.close)
        self._writer.finish(CLOSE_SECONDS)

    # Writing ----------------------------------------------------------------------------------------------

    def _write_first(self, *, wait: bool) -> None:
        edit = self._edits[0]
        change_set, visit = edit.change_set, edit.visit
        own_write = edit.writes[edit.direction] if edit.writes is not None else None
        # Trying again needs no second one.
        reason, edit.backup_reason = edit.backup_reason, ""

        def write(file: AuditFile) -> None:
            self._backups.before_edit(file, reason)
            if own_write is not None:
                own_write(file)
            else:
                file.apply(change_set, visit)
            self._backups.after_edit()

        edit.job = self.submit(write)
        if wait and edit.job.done.wait(WAIT_SECONDS):
            self._settle(edit)
        else:
            self.state_changed.emit()

    def _on_job_finished(self, job: Job) -> None:
        answer = self._answers.pop(job, None)
        if answer is not None:
            _give(answer, job.error)
        elif self._edits and self._edits[0].job is job:
            self._settle(self._edits[0])

    def _settle(self, edit: Edit) -> None:
        job, edit.job = edit.job, None
        error = job.error if job else None
        if error is not None:
            self._fail(error)
            return
        self._edits.popleft()
        self.written.emit(edit)
        # Whoever was told may have added an edit, which is at the disk already then.
        if self._edits and self._edits[0].job is None:
            self._write_first(wait=False)
        elif not self._edits:
            self.state_changed.emit()
            if self._acts:
                self._acts.popleft()()

    def _fail(self, error: BaseException) -> None:
        is_known = isinstance(error, HsbError)
        # A fault of ours: the words stay on the screen, and nobody is told that they are saved.
        words = self.tr("Not saved: a fault of this program kept it from the disk. Save elsewhere.")
        self.failure = error if isinstance(error, HsbError) else NotSaved(words)
        self._acts.clear()
        self.state_changed.emit()
        if not is_known:
            raise error


def _give(answer: _Answer, error: BaseException | None) -> None:
    if error is None:
        answer.then()
    elif isinstance(error, HsbError):
        answer.failed(error)
    else:
        # A fault of ours is told as such; nothing on the screen has changed.
        raise error
