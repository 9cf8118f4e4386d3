"""An editing program under test: started, watched, made to fail, and always ended."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.fault import STORE, WINDOW, Lost, NotRun

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0
"""How long a child is waited for before it counts as hanging."""
LONGEST_FREEZE = 2000
"""Milliseconds."""

OLDER = "an older version"
"""A child that opens a file, which brings it up to date, and edits nothing."""
MERGE = "merge"
"""A child that merges the copies beside a file into it."""
_MODULES = {
    STORE: "tests.faults.children.edit_store",
    WINDOW: "tests.faults.children.edit_window",
    OLDER: "tests.faults.children.open_older",
    MERGE: "tests.faults.children.merge_store",
}


def environment(folder: Path) -> dict[str, str]:
    """Return what a child runs in: offscreen, this checkout, settings of nobody."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
    return {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "HSB_AUDIT_HOME": str(folder / "home"),
    }


def need(*programs: str) -> None:
    """Raise NotRun, naming the first that is missing."""
    if sys.platform == "win32":
        raise NotRun("needs Linux: signals and system calls differ here")
    for program in programs:
        if shutil.which(program) is None:
            raise NotRun(f"needs {program}, which is not installed")


class Editor:
    """One child. `acknowledged` is the last edit that it said was saved."""

    def __init__(
        self,
        where: str,
        path: Path,
        *,
        folder: Path,
        seed: int,
        steps: int = 20,
        longest: int = 200,
        options: Sequence[str] = (),
        before: Sequence[str] = (),
        may_be_there: bool = False,
    ) -> None:
        """`may_be_there`: what was called not saved may be in the file, because its last sync failed."""
        self._may_be_there = may_be_there
        self.acknowledged = 0
        self.slowest = 0
        self._longest_freeze = float(LONGEST_FREEZE)
        self.refusals: list[str] = []
        self._errors = folder / "child-errors.txt"
        command = [sys.executable, "-m", _MODULES[where], str(path)]
        numbers = ["--seed", str(seed), "--steps", str(steps), "--longest", str(longest)]
        with self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*before, *command, *numbers, *options],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment(folder),
                cwd=folder,
                start_new_session=True,
            )
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            # Half a line is no acknowledgement.
            if line.endswith(b"\n"):
                self._lines.put(line.decode().rstrip("\n"))
        self._lines.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._reader.join(SECONDS)
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()

    @property
    def errors(self) -> str:
        """The last lines that the child wrote to its standard error."""
        return " / ".join(self._errors.read_text(errors="replace").splitlines()[-4:])

    def kill(self) -> None:
        """Kill it, and whatever it was started through."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let it stand still for something that has to happen in mid-session, wherever it is."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)
            # What was done to it is no freeze of its own.
            self._longest_freeze += (time.monotonic() - began) * 1000

    def tell(self, line: str) -> None:
        """Say a line to the child; a dead one does not hear it."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write(f"{line}\n".encode())
            self.process.stdin.flush()

    def line(self, seconds: float = SECONDS) -> str | None:
        """Return the next line, or None at its end; what it says is remembered."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise Lost(
                f"it hangs: nothing was heard for {seconds:.0f} s after edit {self.acknowledged}"
                f" {self.errors}"
            ) from None
        if line is None:
            self._lines.put(None)  # the end stays the end
        words = (line or "").split(maxsplit=3)
        match words:
            case ["saved", number]:
                self.acknowledged = int(number)
            case ["slowest", milliseconds]:
                self.slowest = int(milliseconds)
            case ["not-saved", number, kept, *reason]:
                if kept != "kept" and not self._may_be_there:
                    raise Lost(f"edit {number} was called not saved and is {kept}: {' '.join(reason)}")
                self.refusals.append(" ".join(reason))
        return line

    def start(self) -> None:
        """Wait until the audit is open."""
        if self.line() != "ready":
            raise Lost(f"the audit could not be opened: {self.errors}")

    def go(self) -> None:
        """Wait until the audit is open, then let it edit."""
        self.start()
        self.tell("go")

    def next_news(self, seconds: float = SECONDS) -> str | None:
        """Return the first word of the next line; None at the end."""
        line = self.line(seconds)
        return line.split()[0] if line else None

    def to_the_end(self, *, tries: int = 5) -> None:
        """Let it edit until all is done, trying again what fails; raise Lost if that never succeeds."""
        in_a_row = 0
        while (news := self.next_news()) is not None:
            in_a_row = in_a_row + 1 if news == "not-saved" else 0
            if in_a_row > tries:
                raise Lost(
                    f"edit {self.acknowledged + 1} still fails with nothing in its way: {self.refusals[-1]}"
                )
            if news == "not-saved":
                self.tell("retry")
        self.process.wait(SECONDS)
        self.must_not_have_crashed()

    def to_its_death(self) -> None:
        """Read what it says until it is killed; a crash of its own raises Lost."""
        while self.next_news() is not None:
            pass
        self.process.wait(SECONDS)
        self.must_not_have_crashed(killed=True)

    def must_not_have_crashed(self, *, killed: bool = False) -> None:
        """Raise Lost unless it ended well, or was killed if that was wanted, and never froze."""
        code = self.process.returncode
        allowed = (0, -signal.SIGKILL, 128 + signal.SIGKILL) if killed else (0,)
        if code not in allowed:
            raise Lost(f"it crashed with {code}: {self.errors}")
        if self.slowest > self._longest_freeze:
            raise Lost(f"the window stood still for {self.slowest} ms")


class Tracer:
    """strace, attached to a child after it has opened its audit, so that only edits and the close count."""

    def __init__(self, editor: Editor, folder: Path, *options: str) -> None:
        need("strace")
        self.log = folder / "strace.log"
        self._words = folder / "strace-words.txt"
        with self._words.open("wb") as words:
            self._process = subprocess.Popen(
                ["strace", "-f", "-p", str(editor.process.pid), "-o", str(self.log), *options],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )
        until = time.monotonic() + 10
        while "attached" not in (said := self._words.read_text()):
            if self._process.poll() is not None or time.monotonic() > until:
                self.end()
                raise NotRun(f"strace cannot watch a program here: {said.strip()}")
            time.sleep(0.005)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Let go of the child. It goes on, unless something killed it."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def wait(self) -> None:
        """Wait until the child has ended, and the log is whole."""
        self._process.wait(SECONDS)
