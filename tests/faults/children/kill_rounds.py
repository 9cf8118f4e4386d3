"""Forks writers of one audit, kills each at some moment, and looks for every edit that was acknowledged.

`FILE --seed N --steps ROUNDS`; ends with status 2 and a sentence where an edit is lost. `--careless` writers
acknowledge before they write.
"""

from __future__ import annotations

import os
import random
import signal
import struct
import sys
import time
from itertools import islice
from pathlib import Path

from hsb_desktop.store.audit_file import AuditFile
from tests.faults.children.protocol import Wanted, wanted
from tests.faults.fault import Lost
from tests.faults.story import must_hold, steps

_NUMBER = struct.Struct("<I")
_LONGEST_SECONDS = 0.03


def main() -> None:
    options = wanted()
    chance = random.Random(options.seed)
    held = 0
    for _ in range(options.steps):
        acknowledged = _write_until_killed(options, held, chance.uniform(0, _LONGEST_SECONDS))
        held = must_hold(options.path, options.seed, acknowledged, acknowledged + 1)


def _write_until_killed(options: Wanted, held: int, seconds: float) -> int:
    """Return the last edit that the writer acknowledged before it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            _write(options, held, writing)
        finally:
            os._exit(1)
    os.close(writing)
    first = os.read(reading, _NUMBER.size)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    rest = os.read(reading, 1 << 20)
    os.close(reading)
    if not os.WIFSIGNALED(status):
        raise Lost(f"a writer crashed with {status}")
    numbers = [number for (number,) in _NUMBER.iter_unpack(first + rest)]
    return max(numbers, default=held)


def _write(options: Wanted, held: int, acknowledging: int) -> None:
    with AuditFile.open(options.path) as file:
        os.write(acknowledging, _NUMBER.pack(held))
        for step in islice(steps(options.seed, options.longest), held, None):
            if options.careless:
                os.write(acknowledging, _NUMBER.pack(step.number))
            file.apply(step.change_set)
            if not options.careless:
                os.write(acknowledging, _NUMBER.pack(step.number))


if __name__ == "__main__":
    try:
        main()
    except Lost as lost:
        sys.stderr.write(f"{lost}\n")
        Path(sys.argv[1]).with_suffix(".lost").touch()
        sys.exit(2)
