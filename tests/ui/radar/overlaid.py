"""An invented audit of three waves and twelve agencies, for the radar's overlays."""

from __future__ import annotations

from types import MappingProxyType

from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, AuditDetails, Response, Wave
from hsb_desktop.values import PARTNERSHIP, ResponseKey

WAVES = (("w1", "Baseline"), ("w2", "Six months"), ("w3", "Twelve months"))
AGENCIES = tuple(f"a{number:02}" for number in range(1, 13))
BASELINE, SIX, TWELVE = (SeriesKey(wave_id, PARTNERSHIP) for wave_id, _ in WAVES)
POLICE = SeriesKey("w3", "a01")
EVERYTHING = tuple(SeriesKey(wave_id, party) for wave_id, _ in WAVES for party in (PARTNERSHIP, *AGENCIES))


def overlaid_audit(*chosen: SeriesKey) -> Audit:
    """Everybody scored everything, but: the baseline has nothing in domain 3 and half of domain 2, and the
    first agency gives 0 throughout domain 4."""
    instrument = instrument_by_id()
    responses = {}
    for at_wave, (wave_id, _) in enumerate(WAVES):
        for at_party, party_id in enumerate((PARTNERSHIP, *AGENCIES)):
            for place, statement in enumerate(instrument.statements):
                if wave_id == "w1" and (
                    statement.domain_id == "3" or (statement.domain_id == "2" and place % 2)
                ):
                    continue
                score = (at_wave + at_party + place) % 5
                if party_id == "a01" and statement.domain_id == "4":
                    score = 0
                responses[ResponseKey(wave_id, party_id, statement.statement_id)] = Response(score=score)
    return Audit(
        "audit",
        instrument,
        details=AuditDetails(area="Invented area", marking="OFFICIAL"),
        waves=tuple(
            Wave(wave_id, label, held_on=f"2026-0{3 * number + 1}-12")
            for number, (wave_id, label) in enumerate(WAVES)
        ),
        agencies=(
            Agency("a01", "Police", position=1),
            *(
                Agency(agency_id, f"Agency {agency_id}", position=number)
                for number, agency_id in enumerate(AGENCIES[1:], 2)
            ),
        ),
        attendance=frozenset((wave_id, agency_id) for wave_id, _ in WAVES for agency_id in AGENCIES),
        responses=MappingProxyType(responses),
        series=frozenset((key.wave_id, key.party_id) for key in chosen),
    )
