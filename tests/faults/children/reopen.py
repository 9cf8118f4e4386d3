"""Opens an audit, which plays back what a killed program left half done, and closes it."""

from __future__ import annotations

from hsb_desktop.store.audit_file import AuditFile
from tests.faults.children.protocol import say, wanted


def main() -> None:
    with AuditFile.open(wanted().path):
        say("opened")


if __name__ == "__main__":
    main()
