"""Opens an audit that may only be read, tries to change it all the same, and saves a copy elsewhere.

`PATH OWN`, a folder of this user's own; ends with a sentence and status 2 where something is not as it must
be.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hsb_desktop.errors import NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy
from tests.faults.story import steps


def main() -> None:
    path, own = Path(sys.argv[1]), Path(sys.argv[2])
    step = next(steps(7))
    with AuditFile.open(path) as file:
        if not file.is_read_only:
            sys.exit("it was opened for writing")
        try:
            file.apply(step.change_set)
        except NotSaved:
            pass
        else:
            sys.exit("an edit was taken that could not be kept")
        save_copy(file, own / "copy.hsbaudit")
        held = file.read()
    with AuditFile.open(own / "copy.hsbaudit") as copy:
        if copy.read() != held:
            sys.exit("the copy is not the same")
        copy.apply(step.change_set)
    sys.stdout.write("survived\n")


if __name__ == "__main__":
    main()
