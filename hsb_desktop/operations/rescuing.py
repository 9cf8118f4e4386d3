"""Rescuing what can be read of a damaged audit, and saying in words what could not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.model import Audit
from hsb_desktop.store.rescue import rescue
from hsb_desktop.values import KEY_NAMES, PARTNERSHIP, Subject, ValueAddress

_SUBJECTS = tuple(Subject)
_FIELD_WORDS = {
    "no_view_reason": "reason for no view",
    "held_on": "date held",
    "completed_on": "date completed",
    "attends": "takes part",
    "is_locked": "locked",
    "coordinator_name": "coordinator’s name",
    "coordinator_role": "coordinator’s role",
    "marking": "protective marking",
    "position": "place in the list",
    "wave_id": "wave",
    "agreed_by": "who agreed",
    "what_would_help": "what would make every agency confident",
    "party_id": "party",
    "domain_id": "domain",
    "text": "how it is read",
}
_SUBJECT_WORDS = {
    Subject.AUDIT: "the cover",
    Subject.SITTING: "a sitting",
    Subject.CONFLICT: "a conflict between two copies",
    Subject.PACK: "what this file was sent out for",
    Subject.SERIES: "what the radar shows",
}


@dataclass(frozen=True, slots=True)
class RescueReport:
    """What was brought into a new file and what was not, in words."""

    path: Path
    """The new file."""
    taken: int
    """How many values it holds."""
    lost: tuple[str, ...]
    """Places at which something was entered that could not be read: "Baseline, statement 3.2, evidence"."""
    doubtful: tuple[str, ...]
    """Places whose value is in the new file but may not be what was entered."""
    notes: tuple[str, ...]
    """Sentences about the whole."""

    @property
    def outcome(self) -> str:
        """How it went, as a sentence."""
        values = _counted(self.taken, "value")
        if not (self.lost or self.doubtful):
            return f"{values} could be read, each as it was saved."
        unread = f"{_counted(len(self.lost), 'value')} could not be read" if self.lost else ""
        unsure = (
            f"{_counted(len(self.doubtful), 'value')} may not be what was entered" if self.doubtful else ""
        )
        return f"{values} could be read; {' and '.join(filter(None, (unread, unsure)))}."

    def lines(self) -> tuple[str, ...]:
        """Return the whole report, line by line."""
        lines = [self.outcome]
        if self.lost:
            lines += ["Could not be read:", *(f"  {place}" for place in self.lost)]
        if self.doubtful:
            lines += ["Look at these again:", *(f"  {place}" for place in self.doubtful)]
        return (*lines, *self.notes)


def rescue_audit(path: Path, out: Path, password: str | None = None) -> RescueReport:
    """Bring what can be read of a damaged audit into the new file `out`; the damaged one stays as it is.

    Raises FileRefused if `out` exists, or if the file is whole, is no audit, or gives back nothing;
    OutputRefused if `out` cannot be written. Nothing is left behind then.
    """
    rescued = rescue(path, out, password)
    return RescueReport(
        path=out,
        taken=rescued.taken,
        lost=_places(rescued.audit, rescued.lost),
        doubtful=_places(rescued.audit, rescued.doubtful),
        notes=rescued.notes,
    )


def _places(audit: Audit, addresses: tuple[ValueAddress, ...]) -> tuple[str, ...]:
    order = {statement.statement_id: place for place, statement in enumerate(audit.instrument.statements)}

    def in_form_order(address: ValueAddress) -> tuple[int, tuple[str, ...], int]:
        place = order.get(address.key[-1], len(order)) if address.key else 0
        return _SUBJECTS.index(address.subject), address.key[:-1], place

    return tuple(place_in_words(audit, address) for address in sorted(addresses, key=in_form_order))


def place_in_words(audit: Audit, address: ValueAddress) -> str:
    """Return in words which value an address names: "Baseline, Northmoor Police, statement 3.2, evidence"."""
    field = _FIELD_WORDS.get(address.field, address.field.replace("_", " "))
    parts = [
        part
        for name, key in zip(KEY_NAMES[address.subject], address.key, strict=True)
        if (part := _in_words(audit, name, key))
    ]
    return ", ".join(filter(None, (_SUBJECT_WORDS.get(address.subject, ""), *parts, field)))


def _in_words(audit: Audit, name: str, key: str) -> str:
    match name:
        case "wave_id":
            return _wave(audit, key)
        case "party_id" | "agency_id":
            return "" if key == PARTNERSHIP else _agency(audit, key)
        case "statement_id":
            return f"statement {key}"
        case "domain_id":
            return f"domain {key}"
        case "round_number":
            return f"round {key}"
        case _:
            return ""


def _wave(audit: Audit, wave_id: str) -> str:
    return next((wave.label for wave in audit.waves if wave.wave_id == wave_id), "a wave")


def _agency(audit: Audit, agency_id: str) -> str:
    return next((agency.name for agency in audit.agencies if agency.agency_id == agency_id), "an agency")


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
