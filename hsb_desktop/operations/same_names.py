"""The waves and agencies of an audit under the ids that another audit has for those of the same names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hsb_desktop.model import Audit


def under_ids_of(other: Audit, audit: Audit) -> Audit:
    """Return an audit in which nothing was entered with the ids that `other` has for the same names.

    What differs between the two is then what a person sees differ: a wave that both call "Baseline" is one
    wave to whoever reads of it, whatever its id.
    """
    waves = _ids(
        ((wave.wave_id, wave.label) for wave in audit.waves),
        ((wave.wave_id, wave.label) for wave in other.waves),
    )
    agencies = _ids(
        ((agency.agency_id, agency.name) for agency in audit.agencies),
        ((agency.agency_id, agency.name) for agency in other.agencies),
    )
    return replace(
        audit,
        waves=tuple(replace(wave, wave_id=waves[wave.wave_id]) for wave in audit.waves),
        sittings=tuple(replace(s, wave_id=waves.get(s.wave_id, s.wave_id)) for s in audit.sittings),
        agencies=tuple(replace(agency, agency_id=agencies[agency.agency_id]) for agency in audit.agencies),
        attendance=frozenset(
            (waves.get(wave, wave), agencies.get(agency, agency)) for wave, agency in audit.attendance
        ),
        series=frozenset((waves.get(wave, wave), agencies.get(party, party)) for wave, party in audit.series),
    )


def _ids(ours: Iterable[tuple[str, str]], theirs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each of our ids the one to use; each of theirs stands for one of ours at the most."""
    named, known = dict(ours), dict(theirs)
    free: dict[str, list[str]] = {}
    for each, name in known.items():
        if each not in named:
            free.setdefault(name, []).append(each)
    return {
        each: free[name].pop(0) if each not in known and free.get(name) else each
        for each, name in named.items()
    }
