"""Which values wait to be settled, because two copies of the audit gave different answers."""

from __future__ import annotations

from hsb_desktop.model import Audit
from hsb_desktop.values import ValueAddress


def unsettled_places(audit: Audit) -> tuple[ValueAddress, ...]:
    """Return the address of each value that waits to be settled, once, in the order of the conflicts.

    What was answered in a round that is not revealed is left out.
    """
    found: dict[ValueAddress, None] = {}
    for conflict in audit.conflicts:
        try:
            address = ValueAddress.parse(conflict.address)
        except (ValueError, KeyError):
            continue
        if not audit.is_unseen(address):
            found[address] = None
    return tuple(found)


def unsettled_in_words(audit: Audit) -> str:
    """Return how many values wait to be settled, as a sentence; an empty text for none."""
    count = len(unsettled_places(audit))
    if not count:
        return ""
    values, wait = ("1 value", "waits") if count == 1 else (f"{count} values", "wait")
    return f"{values} {wait} to be settled: two copies of the audit gave different answers."
