"""How far a run has come, in a file, so that an interrupted one goes on where it was."""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.editor import ROOT
from tests.faults.fault import STORE, Fault
from tests.faults.matrix import Outcome, sources_of
from tests.faults.reach import WINDOW_CHILDREN, reached_from

STATE = ROOT / ".faults" / "state.json"
DEFAULT_SEED = 2026
MOST_LOSSES = 20
"""So many are kept in words; all are counted."""

MUST_LOSE, LOST, PROVES_NOTHING, NO_CONTROL = "not tried", "lost, as it must", "lost nothing", "none"


@dataclass(slots=True)
class RowState:
    """What became of one row so far."""

    code: str = ""
    """Digest of the program and of the row: figures of other code are not figures of this one."""
    next_index: int = 0
    survived: int = 0
    lost: int = 0
    losses: list[list[Any]] = field(default_factory=list)
    """Index and sentence of each."""
    not_run: str = ""
    control: str = MUST_LOSE
    control_words: str = ""

    @property
    def tried(self) -> int:
        """How many trials there were."""
        return self.survived + self.lost

    @property
    def proves_something(self) -> bool:
        """Whether the control was lost, as it must be, or there is none."""
        return self.control in (LOST, NO_CONTROL)

    def take(self, index: int, outcome: Outcome) -> None:
        """Count how a trial ended."""
        self.next_index = max(self.next_index, index + 1)
        if outcome.not_run:
            self.not_run = outcome.not_run
            return
        self.not_run = ""
        self.survived += outcome.survived
        if outcome.lost:
            self.lost += 1
            if len(self.losses) < MOST_LOSSES:
                self.losses.append([index, outcome.lost])

    def take_control(self, outcome: Outcome) -> None:
        """Note how the control ended."""
        if outcome.not_run:
            self.not_run = outcome.not_run
            return
        self.control = LOST if outcome.lost else PROVES_NOTHING
        self.control_words = outcome.lost


@dataclass(slots=True)
class RunState:
    """What became of all rows so far."""

    seed: int = DEFAULT_SEED
    rows: dict[str, RowState] = field(default_factory=dict)

    def row(self, fault: Fault) -> RowState:
        """Return the state of a row, begun anew if the program or the row is another now."""
        code = code_digest(fault)
        known = self.rows.get(fault.name)
        if known is None or known.code != code:
            control = MUST_LOSE if fault.control else NO_CONTROL
            known = self.rows[fault.name] = RowState(code, control=control)
        return known

    def save(self, path: Path = STATE) -> None:
        """Write the state, whole or not at all."""
        path.parent.mkdir(exist_ok=True)
        temporary = path.with_suffix(".new")
        temporary.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        temporary.replace(path)


def load(path: Path = STATE, seed: int | None = None) -> RunState:
    """Return the state of an earlier run, or a new one: also where that one had another seed."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        state = RunState(data["seed"], {name: RowState(**row) for name, row in data["rows"].items()})
    except (OSError, ValueError, KeyError, TypeError):
        return RunState(DEFAULT_SEED if seed is None else seed)
    return state if seed in (None, state.seed) else RunState(seed or 0)


def code_digest(fault: Fault) -> str:
    """Return what tells this row, and all of the program that it puts to the test, from others."""
    tried = reached_from(sources_of(fault), leave_out=WINDOW_CHILDREN if fault.where == STORE else ())
    return _digest_of({*sources_of(fault), *tried})


def program_digest() -> str:
    """Return a digest of what the program does."""
    return _digest_of({*(ROOT / "hsb_desktop").rglob("*.py")})


def _digest_of(files: set[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(hashlib.sha256(code_of(path.read_text(encoding="utf-8")).encode()).digest())
    return digest.hexdigest()[:16]


def code_of(source: str) -> str:
    """Return what a source does, without its remarks, docstrings and line breaks."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            node.body = [each for each in node.body if not _is_remark(each)]
    return ast.dump(tree)


def _is_remark(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
