"""Puts single values together to an audit that a file can hold, whatever else is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from hsb_desktop.model import (
    Agency,
    Agreement,
    Audit,
    AuditDetails,
    AuditKind,
    Conflict,
    DomainNote,
    Pack,
    Response,
    Sitting,
    Wave,
)
from hsb_desktop.store.rescued_edition import RescuedEdition
from hsb_desktop.store.value_rules import can_dispute
from hsb_desktop.values import (
    NO_VIEW,
    OPEN,
    PARTNERSHIP,
    REQUIRED_FIELD,
    AgreementKey,
    NoteKey,
    ResponseKey,
    RoundKey,
    Subject,
    Value,
    ValueAddress,
    VoteKey,
)

_Fields = dict[str, Any]

_OF_A_WAVE = (
    Subject.RESPONSE,
    Subject.ATTENDANCE,
    Subject.DOMAIN_NOTE,
    Subject.ROUND,
    Subject.VOTE,
    Subject.AGREEMENT,
    Subject.SERIES,
)
"""What has the id of a wave first in its key."""


def rescued_audit(
    edition: RescuedEdition, values: Mapping[ValueAddress, Value]
) -> tuple[Audit, tuple[str, ...]]:
    """Return the audit with these values, and sentences about what it had to be given besides.

    Waves and agencies that something belongs to are made anew if they could not be read, so that nothing that
    was entered is dropped for want of a name.
    """
    things: dict[Subject, dict[tuple[str, ...], _Fields]] = {subject: {} for subject in Subject}
    for address, value in sorted(values.items(), key=lambda item: str(item[0])):
        things[address.subject].setdefault(address.key, {})[address.field] = value
    for subject in (Subject.CONFLICT, Subject.PACK):
        things[subject] = {
            key: fields for key, fields in things[subject].items() if REQUIRED_FIELD[subject] in fields
        }
    notes = (
        *_add_waves(things),
        *_add_agencies(things),
        *_settle_sittings(things),
        *_settle_rounds(things),
    )
    audit = Audit(
        audit_id=edition.audit_id,
        instrument=edition.instrument,
        made_at=edition.made_at,
        is_sample=edition.is_sample,
        details=_details(things[Subject.AUDIT].get((), {})),
        waves=tuple(_wave(key[0], fields) for key, fields in things[Subject.WAVE].items()),
        sittings=tuple(Sitting(key[0], **fields) for key, fields in things[Subject.SITTING].items()),
        agencies=tuple(Agency(key[0], **fields) for key, fields in things[Subject.AGENCY].items()),
        attendance=frozenset((key[0], key[1]) for key in things[Subject.ATTENDANCE]),
        responses=MappingProxyType(
            {ResponseKey(*key): _response(fields) for key, fields in things[Subject.RESPONSE].items()}
        ),
        notes=MappingProxyType(
            {NoteKey(*key): DomainNote(**fields) for key, fields in things[Subject.DOMAIN_NOTE].items()}
        ),
        readings=MappingProxyType(
            {key[0]: fields["text"] for key, fields in things[Subject.READING].items()}
        ),
        # Of what is left of a conflict, its answers may not be those of the place that it names.
        conflicts=tuple(
            row
            for key, fields in things[Subject.CONFLICT].items()
            if can_dispute(row := Conflict(key[0], **fields))
        ),
        rounds=MappingProxyType(
            {RoundKey(*key): fields["state"] for key, fields in things[Subject.ROUND].items()}
        ),
        votes=MappingProxyType(
            {VoteKey(*key): fields["answer"] for key, fields in things[Subject.VOTE].items()}
        ),
        agreements=MappingProxyType(
            {AgreementKey(*key): Agreement(**fields) for key, fields in things[Subject.AGREEMENT].items()}
        ),
        packs=tuple(Pack(key[0], **fields) for key, fields in things[Subject.PACK].items()),
        series=frozenset((key[0], key[1]) for key in things[Subject.SERIES]),
    )
    return audit, notes


def _details(fields: _Fields) -> AuditDetails:
    return AuditDetails(**{**fields, "kind": AuditKind(fields.get("kind") or AuditKind.PARTNERSHIP)})


def _wave(wave_id: str, fields: _Fields) -> Wave:
    return Wave(wave_id, **{**fields, "is_locked": bool(fields.get("is_locked"))})


def _response(fields: _Fields) -> Response:
    no_view = fields.get("score") == NO_VIEW
    return Response(**{**fields, "score": None if no_view else fields.get("score"), "no_view": no_view})


def _add_waves(things: Mapping[Subject, dict[tuple[str, ...], _Fields]]) -> tuple[str, ...]:
    needed = [key[0] for subject in _OF_A_WAVE for key in things[subject]]
    needed += [
        fields["wave_id"]
        for subject in (Subject.SITTING, Subject.PACK)
        for fields in things[subject].values()
        if "wave_id" in fields
    ]
    return _name_all(things[Subject.WAVE], needed, "label", "Wave")


def _add_agencies(things: Mapping[Subject, dict[tuple[str, ...], _Fields]]) -> tuple[str, ...]:
    needed = [
        key[1]
        for subject in (Subject.RESPONSE, Subject.ATTENDANCE, Subject.SERIES)
        for key in things[subject]
    ]
    needed += [key[3] for key in things[Subject.VOTE]]
    needed += [fields["party_id"] for fields in things[Subject.PACK].values()]
    return _name_all(
        things[Subject.AGENCY], [party for party in needed if party != PARTNERSHIP], "name", "Agency"
    )


def _name_all(
    known: dict[tuple[str, ...], _Fields], needed: Iterable[str], name: str, word: str
) -> tuple[str, ...]:
    for identifier in needed:
        known.setdefault((identifier,), {})
    sentences = []
    in_order = sorted(known.items(), key=lambda item: (item[1].get("position", 0), item[0]))
    for number, (_, fields) in enumerate(in_order, 1):
        if name not in fields:
            fields[name] = f"{word} {number} (name not readable)"
            sentences.append(f'A name could not be read; it stands as "{fields[name]}" until it is changed.')
    return tuple(sentences)


def _settle_sittings(things: Mapping[Subject, dict[tuple[str, ...], _Fields]]) -> tuple[str, ...]:
    """Put sittings of which the wave is not known under the first: what is noted of them must not go."""
    homeless = [fields for fields in things[Subject.SITTING].values() if "wave_id" not in fields]
    if not homeless:
        return ()
    if not things[Subject.WAVE]:
        things[Subject.WAVE][("wave-1",)] = {"label": "Wave 1 (name not readable)"}
    wave_key, wave = next(iter(things[Subject.WAVE].items()))
    for fields in homeless:
        fields["wave_id"] = wave_key[0]
    return (f'The wave of a sitting could not be read; it stands under "{wave["label"]}".',)


def _settle_rounds(things: Mapping[Subject, dict[tuple[str, ...], _Fields]]) -> tuple[str, ...]:
    """Keep votes whose round cannot be read as votes that nobody sees yet: it may not have been revealed."""
    homeless = {key[:3] for key in things[Subject.VOTE]} - things[Subject.ROUND].keys()
    for key in homeless:
        things[Subject.ROUND][key] = {"state": OPEN}
    return tuple(
        f"Whether round {number} on statement {statement_id} was revealed could not be read; it is open."
        for _, statement_id, number in sorted(homeless)
    )
