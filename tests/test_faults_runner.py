"""The run of the fault matrix: nothing untried is counted, nothing lost is hidden, and it can go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import __main__ as command
from tests.faults import matrix, runner
from tests.faults import state as state_module
from tests.faults.document import document
from tests.faults.fault import WINDOW, Fault, Lost, NotRun, Place
from tests.faults.matrix import Outcome
from tests.faults.runner import Runner
from tests.faults.state import NO_CONTROL, PROVES_NOTHING, RowState, RunState, code_of, load
from tests.faults.workers import Task, Worker


def survive(_place: Place) -> int:
    return 2


def lose(place: Place) -> int:
    raise Lost(f"edit {place.index}\nis gone")


def crash(_place: Place) -> int:
    raise ZeroDivisionError("a bug of ours")


def have_no_strace(_place: Place) -> int:
    raise NotRun("needs strace")


def lose_without_protection(_place: Place) -> None:
    raise Lost("as it must")


def fault(number: int, trial: Callable[[Place], int], **more: object) -> Fault:
    about: dict[str, object] = {"control": lose_without_protection, "count": 10, "sample": 1, **more}
    return Fault(number, f"fault {number}", "nothing lost", trial, limits="Made up.", **about)  # type: ignore[arg-type]  # made up, too


class WorkerHere:
    """Makes the calls in this process."""

    def __init__(self) -> None:
        self.task: Task | None = None
        self.began = 0.0
        self.hangs = False

    def begin(self, task: Task) -> None:
        self.task = task

    def result(self) -> Outcome:
        assert self.task is not None
        if self.task.index is None:
            return matrix.try_control(self.task.name, self.task.seed)
        return matrix.try_once(self.task.name, self.task.index, self.task.seed)

    def end(self) -> None:
        """Nothing is running."""


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Fault]:
    """The rows that there are, made up by each test."""
    made_up: dict[str, Fault] = {}
    monkeypatch.setattr(matrix, "all_faults", lambda: made_up)
    monkeypatch.setattr(state_module, "code_digest", lambda fault: f"code of {fault.title}")
    monkeypatch.setattr(runner, "Worker", WorkerHere)
    monkeypatch.setattr(runner, "first_to_finish", lambda workers, _seconds: [w for w in workers if w.task])
    monkeypatch.setattr(RunState.save, "__defaults__", (tmp_path / "state" / "state.json",))
    return made_up


def run(
    rows: dict[str, Fault], *faults: Fault, state: RunState | None = None, sample: bool = False
) -> RunState:
    rows.update({fault.name: fault for fault in faults})
    state = state or RunState()
    Runner(state, list(faults), sample=sample).run()
    return state


def test_a_row_is_tried_up_to_its_count_and_its_control_once(rows: dict[str, Fault]) -> None:
    state = run(rows, fault(1, survive))
    row = state.rows["1"]
    assert (row.tried, row.survived, row.lost, row.next_index) == (10, 10, 0, 5)
    assert row.proves_something


def test_a_sample_makes_its_calls_only(rows: dict[str, Fault]) -> None:
    assert run(rows, fault(1, survive), sample=True).rows["1"].tried == 2


def test_what_is_lost_is_counted_with_its_index_and_one_line(rows: dict[str, Fault]) -> None:
    state = run(rows, fault(1, lose, count=2), fault(2, crash, count=1))
    assert state.rows["1"].losses == [[0, "edit 0 is gone"], [1, "edit 1 is gone"]]
    ((_, words),) = state.rows["2"].losses
    assert "ZeroDivisionError" in words
    text = document(state, list(rows.values()))
    assert "**3 trials, 3 lost.**" in text
    assert "- Row 1, index 1: edit 1 is gone" in text


def test_a_row_that_cannot_be_run_says_so_and_passes_nothing(rows: dict[str, Fault]) -> None:
    state = run(rows, fault(1, have_no_strace))
    assert state.rows["1"].tried == 0
    text = document(state, list(rows.values()))
    assert "| 0 (not run) | 10 | 0 | 0 |" in text
    assert "- Row 1: needs strace." in text


def test_a_control_that_loses_nothing_is_told(rows: dict[str, Fault]) -> None:
    state = run(rows, fault(1, survive, control=lambda _place: None), fault(2, survive, control=None))
    assert state.rows["1"].control == PROVES_NOTHING
    assert not state.rows["1"].proves_something
    assert state.rows["2"].control == NO_CONTROL
    assert "these prove nothing: row 1." in document(state, list(rows.values()))


def test_a_row_tried_less_often_than_wanted_is_named(rows: dict[str, Fault]) -> None:
    state = run(rows, fault(1, survive), sample=True)
    rows["2 (window)"] = fault(2, survive, where=WINDOW)
    text = document(state, list(rows.values()))
    assert "Tried less often than wanted: row 1." in text
    assert "Not tried: row 2 (window)." in text


def test_an_interrupted_run_goes_on_where_it_was(rows: dict[str, Fault], tmp_path: Path) -> None:
    run(rows, fault(1, survive), sample=True)
    again = load(tmp_path / "state" / "state.json")
    assert again.rows["1"].next_index == 1
    run(rows, rows["1"], state=again)
    assert (again.rows["1"].tried, again.rows["1"].next_index) == (10, 5)


def test_figures_of_another_program_or_seed_are_not_taken_over(
    rows: dict[str, Fault], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(rows, fault(1, survive))
    path = tmp_path / "state" / "state.json"
    assert load(path, seed=7) == RunState(7)
    monkeypatch.setattr(state_module, "code_digest", lambda _fault: "other code")
    assert load(path).row(rows["1"]) == RowState("other code")


def test_figures_outlive_new_remarks_and_fall_with_a_new_step_of_the_program() -> None:
    plain = "def save():\n    write()\n"
    remarked = '"""Saves."""\n\n# Once is enough.\ndef save():\n    """Save."""\n    write()\n'
    assert code_of(remarked) == code_of(plain)
    assert code_of(plain.replace("write()", "write('')")) != code_of(plain)


def test_a_state_that_cannot_be_read_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"seed": 3}', encoding="utf-8")
    assert load(path) == RunState()


def test_a_trial_with_the_same_index_and_seed_is_the_same_again() -> None:
    some = fault(1, survive)
    drawn = []
    for index, seed in ((4, 1), (4, 1), (5, 1), (4, 2)):
        with matrix.place_for(some, index, seed) as place:
            drawn.append(place.random.random())
        assert not place.folder.exists()
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) == 3


def test_a_worker_that_dies_in_a_call_is_noticed() -> None:
    worker = Worker()
    try:
        worker.begin(Task("no such row", 0, 1))
        assert worker.result() is None
    finally:
        worker.end()


def test_a_row_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--rows", "99"]) == 2
    assert "There are these rows: 1, 1 (window), 2" in capsys.readouterr().err
