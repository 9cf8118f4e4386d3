"""A program of its own: edits one text without end, by a clock that jumps, and says what is saved.

`python keep_editing.py FILE SEED` writes the number of each edit on a line of its own once it is on the disk.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hsb_desktop.store import audit_file
from hsb_desktop.store.audit_file import AuditFile
from tests.store.files import EVIDENCE, change_set


def jumping_clock(picked: random.Random) -> str:
    """The time that a clock says which somebody keeps setting anew: any, of the past or of the future."""
    moment = datetime(2026, 11, 20, tzinfo=UTC) + timedelta(seconds=picked.randrange(-(10**9), 10**9))
    return moment.isoformat(timespec="seconds")


def main() -> None:
    """Edit until killed."""
    path, picked = Path(sys.argv[1]), random.Random(sys.argv[2])
    audit_file._now = lambda: jumping_clock(picked)
    number = 0
    with AuditFile.open(path) as file:
        before = file.read().value(EVIDENCE)
        while True:
            number += 1
            text = f"{number} words"
            file.apply(change_set((EVIDENCE, before, text)))
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            before = text


if __name__ == "__main__":
    main()
