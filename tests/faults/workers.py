"""Processes that make trials, so that one that crashes or hangs is counted instead of ending the run."""

from __future__ import annotations

import multiprocessing
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import FrameType

from tests.faults.matrix import Outcome, try_control, try_once

LONGEST_SECONDS = 300.0
"""A call of a trial that takes longer hangs."""
_SECONDS_TO_TIDY = 5.0


@dataclass(frozen=True, slots=True)
class Task:
    """One call of a row's trial, or of its control where the index is None."""

    name: str
    index: int | None
    seed: int


class Worker:
    """One process, which makes one call after the other."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.task: Task | None = None
        self.began = 0.0
        self.connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=False)
        self._process.start()
        other.close()

    def begin(self, task: Task) -> None:
        """Give it something to do."""
        self.task, self.began = task, time.monotonic()
        self.connection.send(task)

    @property
    def hangs(self) -> bool:
        """Whether its call takes longer than any may."""
        return self.task is not None and time.monotonic() - self.began > LONGEST_SECONDS

    def result(self) -> Outcome | None:
        """Return how its call ended; None if the process died with it."""
        try:
            outcome = self.connection.recv()
        except (EOFError, OSError):
            return None
        assert isinstance(outcome, Outcome)
        return outcome

    def end(self) -> None:
        """End the process, whatever it is doing; it puts away what it has begun, if it still can."""
        self.connection.close()
        if self.task is not None:
            self._process.terminate()
            self._process.join(_SECONDS_TO_TIDY)
            self._process.kill()
        self._process.join()


def first_to_finish(workers: list[Worker], seconds: float) -> list[Worker]:
    """Return the workers that have something to tell, after at most that time."""
    busy = {worker.connection: worker for worker in workers if worker.task}
    return [busy[ready] for ready in wait(list(busy), seconds) if isinstance(ready, Connection)]


def _serve(connection: Connection[Outcome, Task]) -> None:
    # Ctrl-C is for the run, which lets each worker finish what it is at.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        if task.index is None:
            connection.send(try_control(task.name, task.seed))
        else:
            connection.send(try_once(task.name, task.index, task.seed))


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End as from within, so that children are ended and folders removed."""
    raise SystemExit(1)
