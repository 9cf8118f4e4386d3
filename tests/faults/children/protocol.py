"""What an editing child says and is told, one line each.

It says `ready` and waits for `go`; then for each edit `saved N`, or `not-saved N kept REASON` (another word
than `kept` where something is not as it must be) and waits: `retry` tries again, `stop` ends without more
edits. Its last words are `slowest MILLISECONDS` and `done`. With `--pending` the window then types one more
text, says `typed N` and leaves it in its box until told `close`.
"""

from __future__ import annotations

import argparse
import ctypes
import faulthandler
import os
import sys
from pathlib import Path

_SET_PTRACER = 0x59616D61
"""The kernel's number for who may watch this process."""

LONGEST_LIFE = 90
"""Seconds after which a child ends by itself, whatever became of whoever started it."""


class Wanted(argparse.Namespace):
    """What a child is started with."""

    path: Path
    seed: int
    steps: int
    longest: int
    careless: bool
    no_sync: bool
    pending: bool


def wanted() -> Wanted:
    """Return what the command line asks for, with the clock running that ends this process."""
    faulthandler.dump_traceback_later(LONGEST_LIFE, exit=True)
    _allow_watching()
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--longest", type=int, default=200)
    parser.add_argument("--careless", action="store_true")
    parser.add_argument("--no-sync", action="store_true")
    parser.add_argument("--pending", action="store_true")
    return parser.parse_args(namespace=Wanted())


def _allow_watching() -> None:
    """Let strace of the same user attach, which some systems allow only to a program's own parent."""
    if sys.platform.startswith("linux"):
        any_process = ctypes.c_ulong(-1)
        ctypes.CDLL(None).prctl(_SET_PTRACER, any_process, 0, 0, 0)


def say(words: str) -> None:
    """Say one line, at once: a killed process keeps nothing back."""
    os.write(1, f"{words}\n".encode())


def hear() -> str:
    """Wait for a line; end the process if nobody is there any more."""
    line = sys.stdin.readline()
    if not line:
        os._exit(3)
    return line.strip()
