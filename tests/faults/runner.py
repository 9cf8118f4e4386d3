"""Makes the trials of the rows: the one that had the least time next, until all counts are reached or time
is up.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.fault import Fault
from tests.faults.matrix import Outcome
from tests.faults.state import MUST_LOSE, RowState, RunState
from tests.faults.workers import Task, Worker, first_to_finish

_CALLS_FOR_NOTHING = 50
"""A row whose trials turn out to be none so many times in a row is not tried further."""
_SECONDS_BETWEEN_SAVES = 5.0


@dataclass(slots=True)
class _Row:
    """A row that is being tried in this run."""

    fault: Fault
    state: RowState
    wanted: int
    """How many calls (in a sample) or trials (in a full run) there must be."""
    seconds: float = 0.0
    calls: int = 0
    under_way: int = 0
    for_nothing: int = 0
    is_stopped: bool = False
    control_under_way: bool = False
    tried: set[int] = field(default_factory=set)


class Runner:
    """One run of some rows."""

    def __init__(
        self,
        state: RunState,
        faults: list[Fault],
        *,
        workers: int = 1,
        sample: bool = False,
        minutes: float | None = None,
        tell: Callable[[str], None] = lambda _line: None,
    ) -> None:
        self._state = state
        self._sample = sample
        self._tell = tell
        self._until = None if minutes is None else time.monotonic() + minutes * 60
        self._rows = [
            _Row(fault, state.row(fault), fault.sample if sample else fault.count) for fault in faults
        ]
        self._by_name = {row.fault.name: row for row in self._rows}
        self._workers = [Worker() for _ in range(workers)]
        self._saved_at = time.monotonic()

    def run(self) -> None:
        """Try until all is tried, time is up or Ctrl-C is pressed; what was tried is kept in any case."""
        try:
            while self._begin_what_can_be() or any(worker.task for worker in self._workers):
                self._take_what_is_done()
        except KeyboardInterrupt:
            self._tell("Stopped. The next run goes on from here.")
        finally:
            for worker in self._workers:
                worker.end()
            self._state.save()

    # What is next -----------------------------------------------------------------------------------------

    def _begin_what_can_be(self) -> bool:
        """Give every idle worker something to do; return whether there was anything."""
        began = False
        for worker in self._workers:
            if worker.task is None and not self._time_is_up:
                task = self._next_task()
                if task is not None:
                    worker.begin(task)
                    began = True
        return began

    @property
    def _time_is_up(self) -> bool:
        return self._until is not None and time.monotonic() > self._until

    def _next_task(self) -> Task | None:
        open_rows = [row for row in self._rows if self._wants_more(row)]
        if not open_rows:
            return None
        row = min(open_rows, key=lambda row: (row.seconds, row.under_way))
        row.under_way += 1
        if row.state.control == MUST_LOSE and not row.control_under_way:
            row.control_under_way = True
            return Task(row.fault.name, None, self._state.seed)
        row.calls += 1
        index = row.state.next_index
        while index in row.tried:
            index += 1
        row.tried.add(index)
        return Task(row.fault.name, index, self._state.seed)

    def _wants_more(self, row: _Row) -> bool:
        if row.is_stopped:
            return False
        if row.state.control == MUST_LOSE and not row.control_under_way:
            return True
        done = row.calls if self._sample else row.state.tried + row.under_way
        return done < row.wanted

    # What came of it --------------------------------------------------------------------------------------

    def _take_what_is_done(self) -> None:
        for worker in first_to_finish(self._workers, 1.0):
            outcome = worker.result()
            if outcome is None:
                self._take(worker, Outcome(lost="the process of the trial died"))
                self._replace(worker)
            else:
                self._take(worker, outcome)
        for worker in list(self._workers):
            if worker.hangs:
                self._take(worker, Outcome(lost="the trial hangs"))
                self._replace(worker)
        if time.monotonic() - self._saved_at > _SECONDS_BETWEEN_SAVES:
            self._saved_at = time.monotonic()
            self._state.save()

    def _replace(self, worker: Worker) -> None:
        worker.task = worker.task or Task("", None, 0)  # whatever it is at is not waited for
        worker.end()
        self._workers[self._workers.index(worker)] = Worker()

    def _take(self, worker: Worker, outcome: Outcome) -> None:
        task, worker.task = worker.task, None
        assert task is not None
        row = self._by_name[task.name]
        row.under_way -= 1
        row.seconds += time.monotonic() - worker.began
        if task.index is None:
            row.state.take_control(outcome)
            if outcome.survived:
                self._tell(f"Row {task.name}: the control lost nothing, so that the row proves nothing.")
        else:
            row.state.take(task.index, outcome)
            if outcome.lost:
                self._tell(f"Row {task.name}, index {task.index}: {outcome.lost}")
            row.for_nothing = 0 if outcome.survived or outcome.lost else row.for_nothing + 1
        if outcome.not_run and not row.is_stopped:
            self._tell(f"Row {task.name}: not run: {outcome.not_run}.")
        row.is_stopped = row.is_stopped or bool(outcome.not_run) or row.for_nothing >= _CALLS_FOR_NOTHING
