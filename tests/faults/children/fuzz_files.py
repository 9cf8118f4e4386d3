"""A program of its own: opens one damaged file after the other, and imports others, until one is a fault.

`python fuzz_files.py FOLDER SEED COUNT` ends with an error that tells the number of the case; a case is the
same again with the same seed and number. What ends the whole process is seen by who started it.
"""

from __future__ import annotations

import faulthandler
import random
import sys
import time
from pathlib import Path

from hsb_desktop.errors import HsbError
from hsb_desktop.operations.importing import plan_import
from tests.faults.audits import LONGEST_SECONDS, NAME, look_without_a_trace
from tests.faults.fault import Lost
from tests.faults.mutating import mutated_database, mutated_source, sound_ones
from tests.interchange.audits import empty_audit

_SECONDS_UNTIL_GIVEN_UP = 30.0
_SOURCES = 0.25
"""How many of the cases are files of other programs."""


def case(seed: str, number: int) -> random.Random:
    """Where the randomness of one case comes from."""
    return random.Random(f"{seed} {number}")


def try_database(folder: Path, files: dict[str, bytes]) -> None:
    """Open what lies there; Lost if it is shown other values than it had, or anything else must not be."""
    for end, content in files.items():
        (folder / (NAME + end)).write_bytes(content)
    try:
        seen = look_without_a_trace(folder / NAME)
        if len(files) == 1 and not seen.found and seen not in sound_ones():
            raise Lost("opened with other values or another history than it had")
    finally:
        for end in files:
            (folder / (NAME + end)).unlink(missing_ok=True)


def try_source(folder: Path, suffix: str, content: bytes) -> None:
    """Plan its import; Lost for anything but a plan or a refusal in words."""
    source = folder / f"rows{suffix}"
    source.write_bytes(content)
    worked = time.thread_time()
    try:
        plan_import(empty_audit(), source)
    except HsbError as error:
        if not str(error).strip():
            raise Lost("refused without a word") from error
    except Exception as error:
        raise Lost(f"{suffix}: {type(error).__name__}: {error}") from error
    if time.thread_time() - worked > LONGEST_SECONDS:
        raise Lost(f"{suffix}: took {time.thread_time() - worked:.1f} s")
    if source.read_bytes() != content:
        raise Lost(f"{suffix}: the attempt changed the file")
    source.unlink()


def main() -> None:
    """Try all cases."""
    folder, seed, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for number in range(count):
        (folder.parent / "number").write_text(str(number))
        faulthandler.dump_traceback_later(_SECONDS_UNTIL_GIVEN_UP, exit=True)
        picked = case(seed, number)
        try:
            if picked.random() < _SOURCES:
                try_source(folder, *mutated_source(picked))
            else:
                try_database(folder, mutated_database(picked))
        except Lost as lost:
            raise SystemExit(f"case {number} of seed {seed}: {lost}") from lost
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
