"""What may identify somebody in an audit that is about to leave, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum, auto
from functools import partial

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.identifiers import find_in
from hsb_desktop.analysis.privacy import Finding, disputed, findings, wave_of
from hsb_desktop.model import Audit
from hsb_desktop.values import PARTNERSHIP, Subject, ValueAddress

_LETTERS_IN_LOGS = 3
_LONGEST_NAME = 40
_PACK_FIELDS = {"wave_id": "wave", "party_id": "whose it is", "domain_id": "domain"}
_SIDES = {
    "first_value": "first value",
    "second_value": "second value",
    "first_author": "author of the first value",
    "second_author": "author of the second value",
    "first_revision_id": "edit of the first value",
    "second_revision_id": "edit of the second value",
}
_DETAILS = {
    "title": "title of the audit",
    "area": "area of the audit",
    "coordinator_name": "coordinator’s name",
    "coordinator_role": "coordinator’s role",
    "marking": "protective marking",
    "kind": "kind of audit",
}
_THING_FIELDS = {
    "label": "name",
    "held_on": "date",
    "is_locked": "lock",
    "position": "place in the list",
    "wave_id": "wave",
}
_RESPONSE_FIELDS = {"no_view_reason": "reason for no view"}
_AGREEMENT_FIELDS = {
    "reason": "reason for the agreed score",
    "agreed_by": "who agreed the score",
    "what_would_help": "what would make every agency confident",
}


class Leaving(Enum):
    """What is about to leave."""

    WHOLE_AUDIT = auto()
    """Every text may be in it: a report, a filled form, a table, a copy to share."""
    BLANK_FORM = auto()
    """Only the area, the wave's name and the protective marking are printed on it."""


def scan(
    audit: Audit, *, leaving: Leaving = Leaving.WHOLE_AUDIT, wave_id: str = "", today: date
) -> tuple[Finding, ...]:
    """Return what may identify somebody in what leaves, in the order of the form.

    `wave_id` is the wave of a blank form. The report and the filled form count as the whole audit: what is
    typed where today's report does not print it is found all the same.
    """
    if leaving is Leaving.WHOLE_AUDIT:
        return findings(audit, today=today)
    printed = frozenset(
        (
            ValueAddress(Subject.AUDIT, (), "area"),
            ValueAddress(Subject.AUDIT, (), "marking"),
            ValueAddress(Subject.WAVE, (wave_id,), "label"),
        )
    )
    return findings(audit, today=today, leaves=lambda address: address in printed)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def place_of(audit: Audit, address: ValueAddress, written: Callable[[str], str] = _short) -> str:
    """Return where a value stands, for example "Baseline, 3.2 evidence".

    `written` gives a name that somebody typed, of a wave or an agency, as it is to stand there.
    """
    key, field = address.key, address.field
    # A conflict may be about a wave or an agency that is here no more, so no name is taken for granted.
    names = {wave.wave_id: wave.label for wave in audit.waves}
    names |= {agency.agency_id: agency.name for agency in audit.agencies}
    match address.subject:
        case Subject.AUDIT:
            place = _DETAILS.get(field, field)
        case Subject.AGENCY:
            place = f"agency “{written(names.get(key[0], ''))}”, {_THING_FIELDS.get(field, field)}"
        case Subject.WAVE:
            place = f"wave “{written(names.get(key[0], ''))}”, {_THING_FIELDS.get(field, field)}"
        case Subject.SITTING:
            held_on = next((each.held_on for each in audit.sittings if each.sitting_id == key[0]), "")
            sitting = f"sitting on {written_date(held_on)}" if held_on else "sitting"
            place = f"{sitting}, {_THING_FIELDS.get(field, field)}"
        case Subject.RESPONSE:
            party = "" if key[1] == PARTNERSHIP else f" of {written(names.get(key[1], 'an agency'))}"
            place = f"{key[2]} {_RESPONSE_FIELDS.get(field, field)}{party}"
        case Subject.DOMAIN_NOTE:
            what = "comments on" if field == "comments" else "date of completion of"
            place = f"{what} domain {key[1]}"
        case Subject.READING:
            place = f"reading of {key[0]}"
        case Subject.AGREEMENT:
            place = f"{key[1]} {_AGREEMENT_FIELDS.get(field, field)}"
        case Subject.CONFLICT:
            about = place_of(audit, disputed(audit, address), written)
            return f"conflict about {about}, {_SIDES.get(field, field)}"
        case _:
            place = _place_together(address, names, written)
    wave_id = "" if address.subject is Subject.WAVE else wave_of(audit, address)
    wave_name = (written(names.get(wave_id, "")) or "wave without a name") if wave_id else ""
    return ", ".join(filter(None, (wave_name, place)))


def _place_together(address: ValueAddress, names: Mapping[str, str], written: Callable[[str], str]) -> str:
    """Return where a value stands of what agencies do together, without its wave."""
    key, field = address.key, address.field
    match address.subject:
        case Subject.ATTENDANCE:
            return f"attendance of {written(names.get(key[1], 'an agency'))}"
        case Subject.ROUND:
            return f"{key[1]} round {key[2]} of scoring"
        case Subject.VOTE:
            return f"{key[1]} round {key[2]} of scoring, answer of {written(names.get(key[3], 'an agency'))}"
        case Subject.PACK:
            return f"pack, {_PACK_FIELDS.get(field, field)}"
        case _:
            party = "the partnership" if key[1] == PARTNERSHIP else written(names.get(key[1], "an agency"))
            return f"overlay of {party}"


def in_log_lines(audit: Audit, found: tuple[Finding, ...], *, today: date) -> tuple[str, ...]:
    """Return a heading with the number of places and a line for each, fit for a log; nothing for nothing.

    Logs are kept and read by others, so a line says where and of what kind, and shows the first letters only.
    """
    if not found:
        return ()
    count = "1 place" if len(found) == 1 else f"{len(found)} places"
    heading = f"Look at {count} that may identify somebody (names cannot be found this way):"
    without = partial(masked, today=today)
    return heading, *(
        f"  {place_of(audit, each.address, without)}: {each.kind} “{shortened(each.found)}”" for each in found
    )


def masked(name: str, *, today: date) -> str:
    """Return a name without what it holds, should that be a number or an address too."""
    for found in reversed(find_in(name, as_of=today)):
        name = name[: found.start] + shortened(found.text) + name[found.end :]
    return _short(name)


def shortened(text: str) -> str:
    """Return the first letters of what was found, as a log may show it."""
    return f"{text[:_LETTERS_IN_LOGS]}…"
