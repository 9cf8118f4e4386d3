"""Where a value stands and what it is, in the words of a merge."""

from __future__ import annotations

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit
from hsb_desktop.values import FIELDS, PARTNERSHIP, FieldKind, Subject, Value, ValueAddress

_FIELDS_IN_WORDS = {
    "held_on": "date",
    "completed_on": "date completed",
    "coordinator_name": "coordinator's name",
    "coordinator_role": "coordinator's role",
    "marking": "protective marking",
    "is_locked": "lock",
    "no_view_reason": "reason for no view",
    "position": "place in the list",
    "agreed_by": "who agreed the score",
    "what_would_help": "what would make every agency confident",
    "wave_id": "wave",
    "attends": "takes part",
}


class Places:
    """The names of waves and agencies in several copies of an audit; the first that has one gives it."""

    def __init__(self, *audits: Audit) -> None:
        self._names: dict[str, str] = {PARTNERSHIP: "partnership"}
        for audit in audits:
            self.also(audit)

    def also(self, audit: Audit) -> None:
        """Take the names of what only this copy has, too."""
        for wave in audit.waves:
            if wave.wave_id not in self._names:
                self._names[wave.wave_id] = shown(wave.label or "no name")
        for agency in audit.agencies:
            if agency.agency_id not in self._names:
                self._names[agency.agency_id] = shown(agency.name or "no name")

    def name(self, identifier: str) -> str:
        """Return what a wave, an agency or the partnership is called."""
        return self._names.get(identifier, "no name")

    def place(self, address: ValueAddress) -> str:
        """Return where a value stands, for example "Baseline, 3.2, Police: score"."""
        field = _FIELDS_IN_WORDS.get(address.field, address.field)
        thing = self._thing(address)
        return f"{thing}: {field}" if thing else f"the audit's {field}"

    def _thing(self, address: ValueAddress) -> str:
        key, names = address.key, [self.name(part) for part in address.key]
        match address.subject:
            case Subject.AUDIT:
                thing = ""
            case Subject.AGENCY | Subject.WAVE:
                thing = f'{address.subject} "{names[0]}"'
            case Subject.SITTING:
                thing = "a sitting"
            case Subject.ATTENDANCE:
                thing = f"{names[0]}, {names[1]}"
            case Subject.RESPONSE:
                thing = f"{names[0]}, {key[2]}" + ("" if key[1] == PARTNERSHIP else f", {names[1]}")
            case Subject.DOMAIN_NOTE:
                thing = f"{names[0]}, domain {key[1]}"
            case Subject.READING:
                thing = f"reading of {key[0]}"
            case Subject.ROUND:
                thing = f"{names[0]}, {key[1]}, round {key[2]}"
            case Subject.VOTE:
                thing = f"{names[0]}, {key[1]}, round {key[2]}, {names[3]}"
            case _:
                thing = f"{names[0]}, {key[-1]}"
        return thing


def in_words(address: ValueAddress, value: Value) -> str:
    """Return a value as a sentence can quote it, short and on one line."""
    if value is None:
        return "nothing"
    if FIELDS[address.subject][address.field] is FieldKind.DATE:
        return written_date(str(value))
    return str(value) if isinstance(value, int) else f'"{shown(value)}"'
