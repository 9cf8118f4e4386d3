"""What of a copy is not taken into an audit at all, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass, field

from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit, Pack
from hsb_desktop.values import (
    KEY_NAMES,
    OPEN,
    PARTNERSHIP,
    REQUIRED_FIELD,
    RoundKey,
    Subject,
    Value,
    ValueAddress,
)

NEVER_MERGED = (Subject.CONFLICT, Subject.PACK, Subject.SERIES)
"""What belongs to one file alone. Conflicts come of the values that they are about."""

_OF_A_PARTY = (Subject.RESPONSE,)
_OF_A_TABLE = (Subject.RESPONSE, Subject.DOMAIN_NOTE, Subject.AGREEMENT, Subject.READING)


def part_of(address: ValueAddress, name: str) -> str:
    """Return the part of an address's key of that name; empty if it has none."""
    names = KEY_NAMES[address.subject]
    return address.key[names.index(name)] if name in names else ""


def is_agreed(address: ValueAddress) -> bool:
    """Whether a value is of what the partnership agreed, and no agency's answer."""
    return address.subject in _OF_A_TABLE and part_of(address, "party_id") in ("", PARTNERSHIP)


def round_of(address: ValueAddress) -> RoundKey | None:
    """Return the round of scoring that a value belongs to."""
    if address.subject in (Subject.ROUND, Subject.VOTE):
        return RoundKey(*address.key[:3])
    return None


def wave_of(address: ValueAddress, audits: tuple[Audit, ...]) -> str:
    """Return the wave that a value belongs to; empty for what belongs to none."""
    if address.subject is not Subject.SITTING:
        return part_of(address, "wave_id")
    sittings = (sitting for audit in audits for sitting in audit.sittings)
    return next((sitting.wave_id for sitting in sittings if sitting.sitting_id == address.key[0]), "")


@dataclass(frozen=True, slots=True)
class Scope:
    """What one audit takes from one copy."""

    target: Audit
    source: Audit
    known: dict[tuple[Subject, tuple[str, ...]], str] = field(default_factory=dict, repr=False)
    """What was asked before: it is the same for all fields of a thing."""

    def why_not(self, address: ValueAddress) -> str:
        """Return why a value is not taken, as a sentence; empty if it is."""
        place = address.subject, address.key
        if place not in self.known:
            self.known[place] = (
                self._not_on_the_form(address) or self._not_of_the_pack(address) or self._locked(address)
            )
        return self.known[place]

    def is_blind(self, address: ValueAddress) -> bool:
        """Whether a value belongs to a round that is open in the copy, so that nobody may see it."""
        key = round_of(address)
        return key is not None and self.source.rounds.get(key) == OPEN

    def _not_on_the_form(self, address: ValueAddress) -> str:
        statement_id, domain_id = part_of(address, "statement_id"), part_of(address, "domain_id")
        instrument = self.target.instrument
        if statement_id and not instrument.has_statement(statement_id):
            return f"This audit's edition has no statement {statement_id}."
        if domain_id and all(domain.domain_id != domain_id for domain in instrument.domains):
            return f"This audit's edition has no domain {domain_id}."
        return ""

    def _not_of_the_pack(self, address: ValueAddress) -> str:
        pack = self.source.pack
        if pack is None or self._is_in(pack, address):
            return ""
        if pack.party_id == PARTNERSHIP:
            return "From this pack only what the table answered is taken."
        names = (agency.name for agency in self.source.agencies if agency.agency_id == pack.party_id)
        return f"From this pack only the answers of {shown(next(names, 'its agency'))} are taken."

    def _is_in(self, pack: Pack, address: ValueAddress) -> bool:
        subjects = _OF_A_TABLE if pack.party_id == PARTNERSHIP else _OF_A_PARTY
        if address.subject not in subjects:
            return False
        statement_id, domain_id = part_of(address, "statement_id"), part_of(address, "domain_id")
        if statement_id:
            domain_id = self.target.instrument.statement(statement_id).domain_id
        return (
            part_of(address, "wave_id") in ("", pack.wave_id)
            and part_of(address, "party_id") in ("", pack.party_id)
            and pack.domain_id in ("", domain_id)
        )

    def _locked(self, address: ValueAddress) -> str:
        # A sitting may have been moved in the copy, out of one wave into another.
        wave_ids = {wave_of(address, (self.target,)), wave_of(address, (self.source,))}
        for wave in self.target.waves:
            if wave.wave_id in wave_ids and wave.is_locked:
                return f'The wave "{shown(wave.label)}" is locked. Unlock it and merge again to take this in.'
        return ""


def needed_by(address: ValueAddress, value: Value) -> tuple[ValueAddress, ...]:
    """Return the values that must be there for this one: the wave, the agency, the round it belongs to."""
    needed: list[ValueAddress] = []
    required = REQUIRED_FIELD.get(address.subject)
    if required not in (None, address.field):
        needed.append(ValueAddress(address.subject, address.key, str(required)))
    wave_id = str(value) if address == _wave_of_sitting(address) else part_of(address, "wave_id")
    if wave_id and address.subject is not Subject.WAVE:
        needed.append(ValueAddress(Subject.WAVE, (wave_id,), "label"))
    agency_id = part_of(address, "agency_id") or part_of(address, "party_id")
    if agency_id and agency_id != PARTNERSHIP and address.subject is not Subject.AGENCY:
        needed.append(ValueAddress(Subject.AGENCY, (agency_id,), "name"))
    if address.subject is Subject.VOTE:
        needed.append(ValueAddress(Subject.ROUND, address.key[:3], "state"))
    return tuple(needed)


def _wave_of_sitting(address: ValueAddress) -> ValueAddress | None:
    return address if (address.subject, address.field) == (Subject.SITTING, "wave_id") else None
