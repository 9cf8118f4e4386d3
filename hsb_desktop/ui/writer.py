"""The one thread that writes to the open audit, so that a slow disk never freezes the window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from hsb_desktop.errors import NotSaved


@dataclass(slots=True, eq=False)
class Job:
    """Something to do on the writer's thread; `error` tells how it went once `done` is set."""

    work: Callable[[], object]
    done: threading.Event = field(default_factory=threading.Event)
    error: BaseException | None = None


class Writer(QObject):
    """Does jobs one after the other on a thread of its own and reports each, in order."""

    job_finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._has_finished = False
        self._thread = threading.Thread(target=self._run, name="audit-writer", daemon=True)

    def start(self) -> None:
        """Begin, if it has not begun."""
        if self._thread.ident is None:
            self._thread.start()

    def submit(self, work: Callable[[], object]) -> Job:
        """Queue a job. `job_finished` brings it back on the window's thread."""
        self.start()
        job = Job(work)
        if self._has_finished:
            # Whoever waits for it would wait for ever.
            job.error = NotSaved("Nothing was done: the audit has been closed.")
            job.done.set()
        else:
            self._jobs.put(job)
        return job

    def finish(self, seconds: float) -> bool:
        """Do what is queued, then end the thread; return whether it ended within that time."""
        if self._thread.ident is None:
            return True
        self._has_finished = True
        self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.work()
            except BaseException as error:  # reported to whoever asked for the job
                job.error = error
            job.done.set()
            # At the very end the window may be gone before a slow disk is done.
            with suppress(RuntimeError):
                self.job_finished.emit(job)
