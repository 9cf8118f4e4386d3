"""What a pack says of itself in the window, to those who fill it in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hsb_desktop.model import Audit
from hsb_desktop.values import PARTNERSHIP

_LONGEST_NAME = 50
"""Of the coordinator, in the short line; it is whole in the long one."""


def pack_title(audit: Audit) -> str:
    """Return what a pack is called: "Pack for Northmoor Police · Baseline"."""
    pack = audit.pack
    assert pack is not None  # only packs are asked
    label = next((wave.label for wave in audit.waves if wave.wave_id == pack.wave_id), "")
    if pack.party_id == PARTNERSHIP:
        return _tr("Pack for the table of domain {0} · {1}").format(pack.domain_id, label)
    return _tr("Pack for {0} · {1}").format(audit.party_name(pack.party_id), label)


def how_to_fill_in(audit: Audit, file_name: str) -> str:
    """Return what is to be done with a pack."""
    pack = audit.pack
    if pack is not None and pack.party_id == PARTNERSHIP:
        first = _tr("Agree one score for each statement at your table.")
    else:
        first = _tr("Answer for your own agency. Where it cannot judge a statement, choose No view (X).")
    last = _tr("Everything is saved as you type. When you have finished, send this file back{0}: {1}")
    return f"{first} {last.format(_to_whom(audit), file_name)}"


def how_to_fill_in_short(audit: Audit) -> str:
    """Return the same in a line: who answers, and to whom the file goes."""
    pack = audit.pack
    if pack is not None and pack.party_id == PARTNERSHIP:
        first = _tr("Agree one score for each statement at your table.")
    else:
        first = _tr("Answer for your own agency, or choose No view (X).")
    return f"{first} {_tr('Finished? Send this file back{0}.').format(_shortened(_to_whom(audit)))}"


def what_to_do_when_finished(audit: Audit) -> str:
    """Return what is left to do once everything is answered."""
    return _tr("All answered: close it and send this file back{0}").format(_to_whom(audit))


def _to_whom(audit: Audit) -> str:
    name = audit.details.coordinator_name
    return _tr(" to {0}").format(name) if name else ""


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME].rstrip()}…"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Packs", words)
