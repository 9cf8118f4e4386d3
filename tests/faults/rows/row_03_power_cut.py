"""Power cuts: the recorded writes of 25 edits, with those that were not synced dropped, reordered or torn."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.faults.editor import need
from tests.faults.fault import Fault, Lost, Place
from tests.faults.power import cut_power, record
from tests.faults.story import must_hold

_STEPS = 25
_CUTS = 25


def _trial(place: Place) -> int:
    _cut(place, _CUTS)
    return _CUTS


def _control(place: Place) -> None:
    _cut(place, 20 * _CUTS, "--no-sync")


def _cut(place: Place, cuts: int, *options: str) -> None:
    need("strace")
    seed = place.random.randrange(1 << 30)
    recorded = record(place.folder, seed, _STEPS, *options)
    for _ in range(cuts):
        cut = place.random.randint(0, len(recorded.events))
        acknowledged = recorded.acknowledged(cut)
        with tempfile.TemporaryDirectory(dir=place.folder) as disk:
            path = cut_power(recorded, cut, place.random, Path(disk))
            try:
                must_hold(path, seed, acknowledged, acknowledged + 1)
            except Lost as lost:
                raise Lost(f"cut after event {cut}: {lost}") from lost


FAULT = Fault(
    number=3,
    title="power cut",
    must="no acknowledged edit lost",
    trial=_trial,
    count=20_000,
    sample=1,
    limits=(
        f"Not a real cut: every write, sync and truncation of {_STEPS} edits is recorded with `strace`, and "
        "disks are made of it on which what was not synced is there, missing, out of order, or there in "
        "some of its sectors of 512 bytes. A disk that says it has synced and has not, or that damages "
        "what it was not writing, is beyond any program. The control edits with syncing switched off."
    ),
    control=_control,
)
