"""Two programs open one audit at the same moment: one writes, the other is told who, and may take over."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hsb_desktop.store.audit_file import AuditFile
from tests.faults.editor import ROOT, SECONDS, environment
from tests.faults.fault import Fault, Lost, Place
from tests.faults.story import fresh_audit

_RACES = 10
"""In one trial, by the same two programs."""

_PROGRAM = """
import sys
from pathlib import Path
from hsb_desktop.errors import FileInUse, NotSaved
from hsb_desktop.store import audit_file
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, response_address
from tests.store.files import WAVE

if sys.argv[1] == "careless":
    audit_file.Lock.take = classmethod(lambda cls, *_asked, **_more: None)
file = None
print("ready", flush=True)
for line in sys.stdin:
    asked, _, path = line.strip().partition(" ")
    try:
        if asked in ("open", "take"):
            file = audit_file.AuditFile.open(Path(path), take_over=asked == "take", author="Scribe")
        elif asked == "read":
            file = audit_file.AuditFile.open(Path(path), read_only=True)
        elif asked == "score":
            address = response_address(ResponseKey(WAVE, PARTNERSHIP, sys.argv[2]), "score")
            before = file.read().value(address)
            file.apply(ChangeSet("an edit", (Change(address, before, ((before or 0) + 1) % 5),), "Scribe"))
        elif asked == "close":
            file.close()
            file = None
        print("done", flush=True)
    except FileInUse:
        print("in use", flush=True)
    except NotSaved:
        print("not saved", flush=True)
"""


class _Program:
    """One of the two."""

    def __init__(self, place: Place, statement_id: str, kind: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, kind, statement_id],
            env=environment(place.folder),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, words: str) -> str:
        """Tell it what to do and return how that went."""
        self.tell(words)
        return self.answer()

    def tell(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        assert self._process.stdout is not None
        answer = self._process.stdout.readline().strip()
        if not answer:
            raise Lost("one of the programs ended")
        return answer

    def end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(SECONDS)
        finally:
            self._process.kill()
            self._process.stdout.close()


@contextmanager
def _two_programs(place: Place, kind: str) -> Iterator[tuple[_Program, _Program]]:
    programs = _Program(place, "1.1", kind), _Program(place, "1.2", kind)
    try:
        for program in programs:
            program.answer()
        yield programs
    finally:
        for program in programs:
            program.end()


def _race(place: Place, kind: str = "careful") -> int:
    path = fresh_audit(place.folder, "raced.hsbaudit")
    with _two_programs(place, kind) as programs:
        for _ in range(_RACES):
            _one_race(path, programs)
    return _RACES


def _one_race(path: Path, programs: tuple[_Program, _Program]) -> None:
    for program in programs:
        program.tell(f"open {path}")
    answers = [program.answer() for program in programs]
    if sorted(answers) != ["done", "in use"]:
        raise Lost(f"two programs opened one audit: {answers}")
    winner, other = programs if answers[0] == "done" else programs[::-1]
    before = _scores(path)
    _must(winner.ask("score"), "done")
    _must(other.ask(f"read {path}"), "done")
    _must(other.ask("score"), "not saved")
    _must(other.ask("close"), "done")
    _must(other.ask(f"take {path}"), "done")
    _must(winner.ask("score"), "not saved")
    _must(other.ask("score"), "done")
    for program in (winner, other):
        _must(program.ask("close"), "done")
    if sum(was != now for was, now in zip(before, _scores(path), strict=True)) != len(before):
        raise Lost("an acknowledged score is gone, or one that was refused is there")


def _scores(path: Path) -> tuple[int | None, ...]:
    with AuditFile.open(path, read_only=True) as file:
        audit = file.read()
        return tuple(audit.agreed(audit.waves[0].wave_id, number).score for number in ("1.1", "1.2"))


def _control(place: Place) -> None:
    """Without the lock both open it."""
    _race(place, "careless")


def _must(answer: str, expected: str) -> None:
    if answer != expected:
        raise Lost(f"expected {expected}, found {answer}")


FAULT = Fault(
    number=9,
    title="the same file in two programs",
    must="one writes; the other reads, or takes over knowingly",
    trial=_race,
    control=_control,
    count=200,
    sample=1,
    limits="Two processes of one computer. The lock of another computer is a file like any other (row 10); "
    "how soon a network or a cloud shows it there is theirs.",
)
