"""What an import changes besides responses, in sentences: none of it happens in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit
from hsb_desktop.operations.together_sentences import together_sentences
from hsb_desktop.values import REQUIRED_FIELD, Change, FieldKind, Subject

_MOST_NAMED = 12
"""Longer lists are cut off with how many more there are; the dialog's table has them all."""

_FIELDS_IN_WORDS = {
    "held_on": "date",
    "completed_on": "date completed",
    "coordinator_name": "coordinator's name",
    "coordinator_role": "coordinator's role",
}
_UNTOLD = frozenset({"position"})
"""Where something stands in a list is no news to a person."""
_PARTS = frozenset({Subject.WAVE, Subject.AGENCY, Subject.ATTENDANCE})

Sentences = Iterable[str]


def sentences_on(audit: Audit, changes: Iterable[Change]) -> tuple[str, ...]:
    """Return a sentence for every change that is not a score, evidence, assurance or reason for no view.

    Waves and agencies that are added are told by ImportPlan itself; their date and attendance are told here.
    """
    changes = list(changes)
    told = list(_worth_telling(changes))
    names = _Names(audit, audit.with_changes(changes))
    return (
        *_audit_sentences(told),
        *_wave_sentences(told, names),
        *_sitting_sentences(told),
        *_agency_sentences(told, names),
        *_attendance_sentences(told, names),
        *_note_sentences(told, names),
        *_target_sentences(told, names),
        *_reading_sentences(told),
        *together_sentences(told, names.wave, names.agency),
    )


def _worth_telling(changes: list[Change]) -> Iterable[Change]:
    """Leave out places in lists, and all that belongs to a wave or an agency that is told to go."""
    gone = {
        change.address
        for change in changes
        if change.address.subject in {Subject.WAVE, Subject.AGENCY} and _takes_away(change)
    }
    gone_ids = {address.key[0] for address in gone}
    for change in changes:
        subject, key, field = change.address
        is_part = change.after is None and subject in _PARTS and not gone_ids.isdisjoint(key)
        if field not in _UNTOLD and (change.address in gone or not is_part):
            yield change


def _takes_away(change: Change) -> bool:
    return change.after is None and REQUIRED_FIELD[change.address.subject] == change.address.field


class _Names:
    """How waves and agencies are called after the import or, where it takes them away, before."""

    def __init__(self, before: Audit, after: Audit) -> None:
        audits = (before, after)
        self._waves = {wave.wave_id: wave.label for audit in audits for wave in audit.waves}
        self._agencies = {agency.agency_id: agency.name for audit in audits for agency in audit.agencies}
        self._held_before = {agency.agency_id for agency in before.agencies}

    def wave(self, wave_id: str) -> str:
        return f'"{shown(self._waves.get(wave_id, wave_id))}"'

    def agency(self, agency_id: str) -> str:
        return f'"{shown(self._agencies.get(agency_id, agency_id))}"'

    def is_new_agency(self, agency_id: str) -> bool:
        return agency_id not in self._held_before


def _audit_sentences(changes: list[Change]) -> Sentences:
    return [_from_to(change, f"the audit's {_field(change)}") for change in _of(changes, Subject.AUDIT)]


def _wave_sentences(changes: list[Change], names: _Names) -> Sentences:
    for change in _of(changes, Subject.WAVE):
        wave = names.wave(change.address.key[0])
        if change.address.field == "held_on":
            yield _from_to(change, f"the date of the wave {wave}")
        elif change.address.field == "is_locked":
            yield f"{'Locks' if change.after else 'Unlocks'} the wave {wave}."
        elif change.after is None:
            # Only an audit in which nothing was entered makes room for another's waves.
            yield f"Takes this audit's own wave {wave} away; nothing was entered in it."
        elif change.before is not None:
            yield _from_to(change, f"the {_field(change)} of the wave {wave}")


def _sitting_sentences(changes: list[Change]) -> Sentences:
    sittings = {change.address.key[0] for change in _of(changes, Subject.SITTING)}
    if sittings:
        yield f"Changes {len(sittings)} {'sitting' if len(sittings) == 1 else 'sittings'}."


def _agency_sentences(changes: list[Change], names: _Names) -> Sentences:
    for change in _of(changes, Subject.AGENCY):
        agency_id, field = change.address.key[0], change.address.field
        if names.is_new_agency(agency_id):
            continue
        if field == "name" and change.after is None:
            yield f"Takes the agency {names.agency(agency_id)} away."
        else:
            yield _from_to(change, f"the {_field(change)} of {names.agency(agency_id)}")


def _attendance_sentences(changes: list[Change], names: _Names) -> Sentences:
    attendance = list(_of(changes, Subject.ATTENDANCE))
    for comes, words in ((True, "Taking part in {0} from now on: {1}."), (False, "No longer in {0}: {1}.")):
        found = [change for change in attendance if bool(change.after) is comes]
        for wave_id, group in _grouped(found, lambda change: change.address.key[0]):
            agencies = [names.agency(change.address.key[1]) for change in group]
            yield words.format(names.wave(wave_id), _listed(agencies))


def _note_sentences(changes: list[Change], names: _Names) -> Sentences:
    notes = list(_of(changes, Subject.DOMAIN_NOTE))
    comments = [change for change in notes if change.address.field == "comments"]
    for verb, found in _by_verb(comments):
        for wave_id, group in _grouped(found, lambda change: change.address.key[0]):
            domains = [change.address.key[1] for change in group]
            what = "domain" if len(domains) == 1 else "domains"
            yield f"{verb} the comments on {what} {_listed(domains)} in {names.wave(wave_id)}."
    for change in notes:
        if change.address.field != "comments":
            wave_id, domain_id = change.address.key
            yield _from_to(change, f"the {_field(change)} of domain {domain_id} in {names.wave(wave_id)}")


def _target_sentences(changes: list[Change], names: _Names) -> Sentences:
    targets = [change for change in _of(changes, Subject.RESPONSE) if change.address.field == "target"]
    for verb, found in _by_verb(targets):
        for wave_id, group in _grouped(found, lambda change: change.address.key[0]):
            numbers = [change.address.key[2] for change in group]
            what = "target" if len(numbers) == 1 else "targets"
            yield f"{verb} the {what} of {_listed(numbers)} in {names.wave(wave_id)}."


def _reading_sentences(changes: list[Change]) -> Sentences:
    for verb, found in _by_verb(list(_of(changes, Subject.READING))):
        yield f"{verb} how the partnership reads {_listed([change.address.key[0] for change in found])}."


# Words --------------------------------------------------------------------------------------------------


def _of(changes: list[Change], subject: Subject) -> Iterable[Change]:
    return (change for change in changes if change.address.subject is subject)


def _by_verb(changes: list[Change]) -> Iterable[tuple[str, list[Change]]]:
    for verb, found in (
        ("Adds", [change for change in changes if change.before is None]),
        ("Replaces", [change for change in changes if None not in (change.before, change.after)]),
        ("Takes away", [change for change in changes if change.after is None]),
    ):
        if found:
            yield verb, found


def _grouped(changes: list[Change], key: Callable[[Change], str]) -> Iterable[tuple[str, list[Change]]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(key(change), []).append(change)
    return groups.items()


def _field(change: Change) -> str:
    return _FIELDS_IN_WORDS.get(change.address.field, change.address.field)


def _from_to(change: Change, what: str) -> str:
    if change.before is None:
        return f"Sets {what} to {_value(change, change.after)}."
    if change.after is None:
        return f"Takes {what} away; it was {_value(change, change.before)}."
    return f"Changes {what} from {_value(change, change.before)} to {_value(change, change.after)}."


def _value(change: Change, value: object) -> str:
    return written_date(str(value)) if change.address.kind is FieldKind.DATE else f'"{shown(value)}"'


def _listed(items: list[str]) -> str:
    more = len(items) - _MOST_NAMED
    return ", ".join(items) if more <= 0 else f"{', '.join(items[:_MOST_NAMED])} and {more} more"
