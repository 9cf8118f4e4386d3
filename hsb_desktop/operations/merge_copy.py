"""What one copy of an audit brings to a merge, read once and looked up where it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hsb_desktop.analysis.merging import NOTHING, Side, side_of
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit, Conflict
from hsb_desktop.store.ancestry import ancestry_of, authors_of, revisions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.value_rules import can_dispute
from hsb_desktop.values import Subject, ValueAddress

MERGED_FROM = "merged from "
"""How history begins to call what came from a copy; the copy's name follows."""


class Copy:
    """A copy that is being merged: what it holds, read once."""

    def __init__(self, file: AuditFile, audit: Audit) -> None:
        self.file = file
        self.audit = audit
        self.name = file.path.name
        self.label = f"{MERGED_FROM}{shown(self.name)}"
        self.revisions = revisions_of(file)
        self.conflicts = _by_address(audit)
        self.settled = _settled(audit, self.revisions)
        self.ancestry: dict[str, tuple[str, ...]] = {}
        self.authors: dict[str, str] = {}

    def look_up(self, addresses: list[str]) -> dict[str, tuple[str, ...]]:
        """Read what these values go back to, and who entered them; return the former."""
        wanted = [self.revisions[each] for each in addresses if each in self.revisions]
        if not wanted:
            return {}
        found = ancestry_of(self.file, wanted)
        self.ancestry |= found
        self.authors |= authors_of(self.file, found)
        return found

    def side(self, address: ValueAddress, text: str) -> Side:
        """Return what it holds at an address."""
        revision_id = self.revisions.get(text)
        if revision_id is None:
            return NOTHING
        rows = self.conflicts.get(text, ())
        return side_of(self.audit.value(address), revision_id, self.ancestry, rows, self.authors)


def address_in(text: str) -> ValueAddress | None:
    """Return the address that a copy remembers; None where it is none: of an empty value nobody proved it."""
    try:
        return ValueAddress.parse(text)
    except ValueError:
        return None


def named(rows: tuple[Conflict, ...], authors: Mapping[str, str]) -> tuple[Conflict, ...]:
    """Return conflicts with the authors, by their revisions, that they do not name yet."""
    return tuple(
        replace(
            row,
            first_author=row.first_author or authors.get(row.first_revision_id, ""),
            second_author=row.second_author or authors.get(row.second_revision_id, ""),
        )
        for row in rows
    )


def _by_address(audit: Audit) -> dict[str, tuple[Conflict, ...]]:
    found: dict[str, tuple[Conflict, ...]] = {}
    for row in filter(can_dispute, audit.conflicts):
        found[row.address] = (*found.get(row.address, ()), row)
    return found


def _settled(audit: Audit, revisions: Mapping[str, str]) -> frozenset[str]:
    """Return the conflicts that a copy had once and has no more: their values are empty, and remembered."""
    waiting = {row.conflict_id for row in audit.conflicts}
    start, end = f"{Subject.CONFLICT}/", "/address"
    had = (text.removeprefix(start).removesuffix(end) for text in revisions if text.startswith(start))
    return frozenset(had) - waiting
