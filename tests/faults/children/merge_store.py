"""Merges copies into an audit once it is told to; the copies lie beside it."""

from __future__ import annotations

from contextlib import ExitStack

from hsb_desktop.operations.merging import apply_plan, plan_merge
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.children.protocol import hear, say, wanted


def main() -> None:
    path = wanted().path
    with ExitStack() as stack:
        target = stack.enter_context(AuditFile.open(path))
        sources = [
            stack.enter_context(AuditFile.open(source, read_only=True))
            for source in sorted(path.parent.glob("closed-*.hsbaudit"))
        ]
        say("ready")
        hear()
        apply_plan(target, plan_merge(target, sources))
        say("saved 1")
    say("done")


if __name__ == "__main__":
    main()
