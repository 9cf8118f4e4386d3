"""The system calls with which an audit is written, each one a place where something can go wrong."""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

from tests.faults.editor import Editor, Tracer
from tests.faults.fault import STORE, NotRun
from tests.faults.story import fresh_audit

CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat"
SEED = 20
"""Of the story that every trial of system calls tells, so that its calls can be counted beforehand."""
STEPS = 20

CALL_IN_LOG = re.compile(r"^(?:\d+\s+)?(\w+)\(", re.MULTILINE)


def paths_of(path: Path) -> tuple[str, ...]:
    """Return the options of strace for the audit, its journal, and the folder of both."""
    journal = path.with_name(path.name + "-journal")
    return tuple(part for each in (path, journal, path.parent) for part in ("-P", str(each)))


@cache
def points(steps: int = STEPS) -> tuple[tuple[str, int], ...]:
    """Return each call of the story (its name, and 1 for the first of the name), in a mixed order.

    Told through the store or in the window, the story makes the same calls: they are the store's.
    """
    with tempfile.TemporaryDirectory(prefix="hsb-faults-") as name:
        folder = Path(name)
        path = fresh_audit(folder)
        with Editor(STORE, path, folder=folder, seed=SEED, steps=steps) as editor:
            editor.start()
            with Tracer(editor, folder, "-e", f"trace={CALLS}", *paths_of(path)) as tracer:
                editor.tell("go")
                editor.to_the_end()
                tracer.wait()
                counted = Counter(CALL_IN_LOG.findall(tracer.log.read_text(errors="replace")))
    found = [(call, number) for call, count in sorted(counted.items()) for number in range(1, count + 1)]
    if not found:
        raise NotRun("strace saw no call that writes")
    random.Random(SEED).shuffle(found)
    return tuple(found)


def injected(path: Path, call: str, what: str) -> tuple[str, ...]:
    """Return the options of strace that do something to a call on the audit, its journal or their folder."""
    return ("-e", f"trace={CALLS}", *paths_of(path), "-e", f"inject={call}:{what}")
