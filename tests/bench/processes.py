"""Starts the programs that are measured, one after the other, never two that work at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent.parent
_CHILDREN = Path(__file__).resolve().parent / "children"
_LONGEST_SECONDS = 120


def environment(folder: Path) -> dict[str, str]:
    """Return what every child runs in: offscreen, this checkout, settings of nobody, and Python as it comes.

    A variable like PYTHONDONTWRITEBYTECODE would have every start compile the program anew.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
    return {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "HSB_AUDIT_HOME": str(folder / "home"),
    }


def child_command(name: str, *arguments: object) -> list[str]:
    """Return the command line of one of the programs in `children/`."""
    return [sys.executable, "-P", str(_CHILDREN / f"{name}.py"), *map(str, arguments)]


def run_child(folder: Path, name: str, *arguments: object) -> dict[str, float]:
    """Run a child to its end; the times it tells become milliseconds since the process was started."""
    command = child_command(name, *arguments)
    began = time.monotonic()
    done = subprocess.run(
        command,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{name} failed:\n{done.stderr}")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {key: (value - began) * 1000 if key.endswith("_at") else value for key, value in told.items()}


def time_command(command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None) -> float:
    """Run a whole program and return its milliseconds from start to end."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        env={**environment(folder), **(variables or {})},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    took = (time.monotonic() - began) * 1000
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
    return took


class Server:
    """A child that waits for a line, does one thing, and answers with what it measured.

    Two of them, asked in turn, are measured side by side without sharing a process.
    """

    def __init__(self, folder: Path, name: str, *arguments: object) -> None:
        self._name = name
        self._process = subprocess.Popen(
            child_command(name, *arguments),
            env=environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._answer()

    def ask(self, line: str) -> dict[str, Any]:
        """Have one thing done and return the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended by itself")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(_LONGEST_SECONDS)
        self._process.stdout.close()
