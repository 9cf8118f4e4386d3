"""Another program that has an audit open: locks are kept apart by process, so tests of them need a second."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPENS = """
import sys, time
from pathlib import Path
from hsb_desktop.errors import HsbError
from hsb_desktop.store.audit_file import AuditFile
try:
    file = AuditFile.open(Path(sys.argv[1]), author=sys.argv[2], take_over=sys.argv[3] == "take over")
except HsbError as error:
    print(type(error).__name__, str(error), flush=True)
else:
    print("open", flush=True)
    sys.stdin.readline()
    file.close()
    print("closed", flush=True)
"""


class SecondProcess:
    """A process that has an audit open, or was refused: `said` tells."""

    def __init__(self, path: Path, author: str, *, take_over: bool) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OPENS, str(path), author, "take over" if take_over else "ask"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def said(self) -> str:
        """Its next line."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        """Let it close its file and end."""
        if self.process.poll() is None:
            self.process.communicate("\n")
        self._end()

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self._end()

    def _end(self) -> None:
        self.process.wait()
        for end in (self.process.stdin, self.process.stdout):
            if end is not None and not end.closed:
                end.close()


@contextmanager
def second_process(path: Path, author: str = "", *, take_over: bool = False) -> Iterator[SecondProcess]:
    """Open an audit in another process, which closes it when the block ends."""
    other = SecondProcess(path, author, take_over=take_over)
    try:
        yield other
    finally:
        other.close()
