"""How the place of a value is called where people read it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hsb_desktop.model import Audit
from hsb_desktop.values import PARTNERSHIP, Subject, ValueAddress


def field_in_words(address: ValueAddress) -> str:
    """Return what a field is called: "evidence"."""
    return {
        "score": _tr("score"),
        "evidence": _tr("evidence"),
        "assurance": _tr("assurance"),
        "target": _tr("target"),
        "no_view_reason": _tr("reason for no view"),
        "comments": _tr("comments"),
        "completed_on": _tr("date completed"),
        "reason": _tr("reason for the agreed score"),
        "agreed_by": _tr("who agreed the score"),
        "what_would_help": _tr("what would make every agency confident"),
        "dissent": _tr("dissent"),
    }.get(address.field, address.field.replace("_", " "))


def place_in_words(audit: Audit, address: ValueAddress) -> str:
    """Return where a value stands: "evidence for 3.2 · Baseline · Northmoor Police"."""
    field, key = field_in_words(address), address.key
    waves = {wave.wave_id: wave.label for wave in audit.waves}
    if address.subject is Subject.RESPONSE:
        party = "" if key[1] == PARTNERSHIP else audit.party_name(key[1])
        words = (_tr("{0} for {1}").format(field, key[2]), waves.get(key[0], ""), party)
        return " · ".join(filter(None, words))
    if address.subject is Subject.DOMAIN_NOTE:
        return " · ".join(
            filter(None, (_tr("{0} on domain {1}").format(field, key[1]), waves.get(key[0], "")))
        )
    if address.subject is Subject.AGREEMENT:
        return " · ".join(filter(None, (_tr("{0} for {1}").format(field, key[1]), waves.get(key[0], ""))))
    names = {
        Subject.READING: _tr("reading of {0}").format("".join(key)),
        Subject.CONFLICT: _tr("conflict: {0}"),
        Subject.AGENCY: _tr("agency: {0}"),
        Subject.WAVE: _tr("wave: {0}"),
        Subject.SITTING: _tr("sitting: {0}"),
    }
    return names.get(address.subject, _tr("details: {0}")).format(field)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Places", words)
