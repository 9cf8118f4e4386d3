"""Edits an audit through the store and acknowledges what was committed."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice

from hsb_desktop.errors import NotSaved
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.children.protocol import hear, say, wanted
from tests.faults.story import Step, entered_in, steps


def main() -> None:
    options = wanted()
    with AuditFile.open(options.path) as file:
        if options.no_sync:
            file.connection.execute("PRAGMA synchronous = OFF")
        say("ready")
        hear()
        for step in islice(steps(options.seed, options.longest), options.steps):
            if options.careless:
                say(f"saved {step.number}")
                with suppress(NotSaved):
                    file.apply(step.change_set)
            elif not _is_applied(file, step):
                break
    say("done")


def _is_applied(file: AuditFile, step: Step) -> bool:
    """Write an edit, as often as whoever started this wants it tried."""
    while True:
        try:
            file.apply(step.change_set)
        except NotSaved as error:
            kept = "kept" if _holds_before(file, step) else "in-the-file"
            say(f"not-saved {step.number} {kept} {error}")
            if hear() == "stop":
                return False
        else:
            say(f"saved {step.number}")
            return True


def _holds_before(file: AuditFile, step: Step) -> bool:
    """Whether the file, where it can be read at all, holds what it did before the edit that failed."""
    try:
        held = entered_in(file.read())
    except Exception:  # a stick that is gone cannot be read either
        return True
    return held.get((step.statement_id, step.field)) == step.before


if __name__ == "__main__":
    main()
