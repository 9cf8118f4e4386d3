"""What of an audit goes into the pack for one agency, or for the table that agrees one domain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from hsb_desktop.model import Audit, Pack
from hsb_desktop.values import PARTNERSHIP, ResponseKey, Subject, ValueAddress, new_id

_Thing = TypeVar("_Thing")


def pack_part(audit: Audit, wave_id: str, party_id: str, domain_id: str = "") -> Audit:
    """Return the part of an audit that its pack holds: the cover, one wave, one party and what that entered.

    The partnership's readings come along, so that everybody scores on the same: to be seen, never to be taken
    back from an agency. Of everything else nothing is in it: no other wave, no other party's name or answer,
    no round, no history. The partnership's part is for a table that agrees one domain: its agreed responses,
    how they were agreed and the comments come along, too. Raises KeyError for a wave, party or domain that is
    not there.
    """
    is_table = party_id == PARTNERSHIP
    statements = _statements(audit, domain_id)
    # A reading that waits to be settled is the partnership's to settle, and nobody can score on it yet.
    unsettled = _unsettled_readings(audit)
    responses = {
        key: response
        for key, response in audit.responses.items()
        if (key.wave_id, key.party_id) == (wave_id, party_id) and key.statement_id in statements
    }
    part = replace(
        audit,
        waves=(audit.wave(wave_id),),
        sittings=(),
        agencies=() if is_table else (audit.agency(party_id),),
        attendance=frozenset() if is_table else audit.attendance & {(wave_id, party_id)},
        responses=MappingProxyType(responses),
        notes=MappingProxyType(
            {k: note for k, note in audit.notes.items() if is_table and k == (wave_id, domain_id)}
        ),
        readings=MappingProxyType(
            {
                each: text
                for each, text in audit.readings.items()
                if each in statements and (is_table or each not in unsettled)
            }
        ),
        conflicts=(),
        rounds=MappingProxyType({}),
        votes=MappingProxyType({}),
        agreements=MappingProxyType(
            {
                k: agreement
                for k, agreement in audit.agreements.items()
                if is_table and k.wave_id == wave_id and k.statement_id in statements
            }
        ),
        packs=(Pack(new_id(), wave_id, party_id, domain_id),),
        series=frozenset(),
    )
    held = {str(address) for address, _ in part.values()}
    # An answer that nobody has settled yet comes with both its sides, or one of them would seem settled.
    conflicts = tuple(
        replace(each, first_author="", second_author="") for each in audit.conflicts if each.address in held
    )
    return replace(part, conflicts=conflicts)


def belongs(part: Audit, address: str) -> bool:
    """Whether a value may be remembered in a pack although it is empty now: the party emptied it itself."""
    place = ValueAddress.parse(address)
    pack = part.pack
    if pack is None or place.subject is not Subject.RESPONSE:
        return False
    key = ResponseKey(*place.key)
    is_asked = key.statement_id in _statements(part, pack.domain_id)
    return (key.wave_id, key.party_id) == (pack.wave_id, pack.party_id) and is_asked


def _unsettled_readings(audit: Audit) -> frozenset[str]:
    disputed = (ValueAddress.parse(each.address) for each in audit.conflicts if each.address)
    return frozenset(place.key[0] for place in disputed if place.subject is Subject.READING)


def _statements(audit: Audit, domain_id: str) -> frozenset[str]:
    instrument = audit.instrument
    domains = (instrument.domain(domain_id),) if domain_id else instrument.domains
    return frozenset(each.statement_id for domain in domains for each in domain.statements)


def united(parts: Iterable[Audit]) -> Audit:
    """Return one audit that holds what all these parts of one audit hold: everything that is to leave."""
    first, *others = parts
    for part in others:
        first = replace(
            first,
            waves=_both(first.waves, part.waves),
            agencies=_both(first.agencies, part.agencies),
            attendance=first.attendance | part.attendance,
            responses=MappingProxyType({**first.responses, **part.responses}),
            notes=MappingProxyType({**first.notes, **part.notes}),
            readings=MappingProxyType({**first.readings, **part.readings}),
            agreements=MappingProxyType({**first.agreements, **part.agreements}),
            conflicts=_both(first.conflicts, part.conflicts),
        )
    return first


def _both(one: tuple[_Thing, ...], other: tuple[_Thing, ...]) -> tuple[_Thing, ...]:
    return (*one, *(each for each in other if each not in one))
