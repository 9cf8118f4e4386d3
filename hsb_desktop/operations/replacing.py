"""The changes that make one audit say what another says."""

from __future__ import annotations

from hsb_desktop.model import Audit
from hsb_desktop.values import REQUIRED_FIELD, Change, Subject

_ORDER = list(Subject)


def changes_between(audit: Audit, wanted: Audit) -> tuple[Change, ...]:
    """Return the changes after which `audit` holds the values of `wanted`, under its own id.

    A thing that others belong to (a wave, an agency) comes before them when it is added, and goes after them
    when it is taken away; what locks a wave comes last.
    """
    before, after = dict(audit.values()), dict(wanted.values())
    gone = [Change(address, value, None) for address, value in before.items() if address not in after]
    come = [
        Change(address, before.get(address), value)
        for address, value in after.items()
        if before.get(address) != value
    ]
    gone.sort(key=_depth, reverse=True)
    come.sort(key=_depth)
    return tuple(gone + come)


def _depth(change: Change) -> tuple[bool, int, bool]:
    address = change.address
    needed_first = REQUIRED_FIELD.get(address.subject) == address.field
    return address.field == "is_locked", _ORDER.index(address.subject), not needed_first
