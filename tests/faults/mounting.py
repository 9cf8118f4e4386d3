"""Small disks, sticks and read-only media: mounts in a namespace of their own, which ends with its holder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.editor import SECONDS, need
from tests.faults.fault import NotRun

ORDINARY_USER = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


@dataclass(frozen=True, slots=True)
class Namespace:
    """Where mounts are made that nobody else sees; a process that has ended with the trial holds it."""

    holder: int

    @property
    def enter(self) -> tuple[str, ...]:
        """What starts a program inside when put before it."""
        return ("nsenter", f"--target={self.holder}", "--mount", "--")

    def run(self, *command: str) -> None:
        """Run a program inside. Raises NotRun if it fails, with its words."""
        done = subprocess.run(
            [*self.enter, *command], capture_output=True, text=True, check=False, timeout=SECONDS
        )
        if done.returncode:
            raise NotRun(f"{command[0]} is not allowed here: {done.stderr.strip()}")

    def seen(self, path: Path) -> Path:
        """Return where the files at this path of the namespace can be reached from outside."""
        return Path(f"/proc/{self.holder}/root{path}")

    def copy_out(self, path: Path, out: Path) -> Path:
        """Copy an audit, and its journal if there is one, out of the namespace; return the copy."""
        for ending in ("", "-journal"):
            source = self.seen(path.with_name(path.name + ending))
            if source.exists():
                shutil.copyfile(source, out.with_name(out.name + ending))
        return out


@contextmanager
def namespace() -> Iterator[Namespace]:
    """Yield a namespace for mounts. It goes with its holder, even where the trial is killed."""
    need("unshare", "nsenter", "mount", "umount", "setpriv")
    if not sys.platform.startswith("linux"):
        raise NotRun("needs Linux: mounts in a namespace of their own")
    # The holder ends when its input does, which is when this process ends, however it does.
    holder = subprocess.Popen(
        ["unshare", "--mount", "--propagation=private", "sh", "-c", "echo held; exec cat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stderr is not None
    try:
        if holder.stdout.readline() != b"held\n":
            raise NotRun(f"needs the right to mount: {holder.stderr.read().decode().strip()}")
        yield Namespace(holder.pid)
    finally:
        holder.kill()
        holder.wait()
        for pipe in (holder.stdin, holder.stdout, holder.stderr):
            pipe.close()
