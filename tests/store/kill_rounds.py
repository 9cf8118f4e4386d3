"""A program of its own: forks writers of one file, kills each at some moment, looks for what it was told.

`python kill_rounds.py FILE ROUNDS SEED` prints how many edits were acknowledged; it ends with an error where
one of them is lost.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, response_address

WHERE = response_address(ResponseKey("w1", PARTNERSHIP, "1.1"), "evidence")


def write_until_killed(path: Path, acknowledged: int) -> None:
    with AuditFile.open(path) as file:
        before = file.read().value(WHERE)
        number = int(str(before).split()[0]) if before else 0
        while True:
            number += 1
            text = f"{number} " + "words " * (number % 400)
            file.apply(ChangeSet("typing", (Change(WHERE, before, text),), "scribe"), visit=1)
            os.write(acknowledged, number.to_bytes(4))
            before = text


def one_round(path: Path, seconds: float) -> int:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            write_until_killed(path, writing)
        finally:
            os._exit(1)
    os.close(writing)
    first = os.read(reading, 4)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    rest = os.read(reading, 1 << 20)
    os.close(reading)
    last = int.from_bytes((first + rest)[-4:])
    with AuditFile.open(path) as file:
        assert file.check() == ()
        held = int(str(file.read().value(WHERE)).split()[0])
        newest = str(file.history(WHERE)[-1].after).split()[0]
    # The very last one may be on the disk although its word of it did not come out.
    if held not in (last, last + 1) or int(newest) != held:
        raise SystemExit(f"acknowledged {last}, found {held}, history says {newest}")
    return last


def main() -> None:
    path, rounds, picked = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    last = 0
    for _ in range(rounds):
        last = one_round(path, picked.uniform(0, 0.03))
    sys.stdout.write(f"{last}\n")


if __name__ == "__main__":
    main()
