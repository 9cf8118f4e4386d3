"""Under whose name edits are kept when a file is opened: a chosen one, or in a pack its agency's."""

from __future__ import annotations

from hsb_desktop.model import Audit
from hsb_desktop.settings import Settings
from hsb_desktop.values import PARTNERSHIP


def typist_of(audit: Audit, settings: Settings) -> str:
    """Return the name or role chosen for this file on this computer, else the agency that answers in it.

    Empty where nobody has chosen and no agency answers alone: it is asked.
    """
    chosen = settings.authors.get(typist_key(audit))
    if chosen is not None:
        return chosen
    pack = audit.pack
    return "" if pack is None or pack.party_id == PARTNERSHIP else audit.party_name(pack.party_id)


def typist_key(audit: Audit) -> str:
    """Return what the chosen name is remembered under: a pack has its own beside that of its audit."""
    return audit.audit_id if audit.pack is None else f"{audit.audit_id} {audit.pack.pack_id}"
