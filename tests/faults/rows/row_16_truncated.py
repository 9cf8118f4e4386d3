"""A file cut off at any length, by a stick pulled out or a download that stopped."""

from __future__ import annotations

from tests.faults.audits import NAME, look_without_a_trace, sound, sound_bytes
from tests.faults.fault import Fault, Lost, Place

_STEP = 512
_AT_ONCE = 60


def _trial(place: Place) -> int:
    content, whole = sound_bytes(), sound()
    lengths = range(0, len(content), _STEP)
    # Neighbouring calls interleave, so that a few of them already cover the whole file.
    calls = -(-len(lengths) // _AT_ONCE)
    mine = lengths[place.index % calls :: calls]
    path = place.folder / NAME
    for length in mine:
        path.write_bytes(content[:length])
        seen = look_without_a_trace(path, read_only=bool(place.random.getrandbits(1)))
        if not seen.found and seen != whole:
            raise Lost(f"cut to {length} bytes it opened with other content")
        if not seen.found and length < len(content) - _STEP:
            raise Lost(f"cut to {length} bytes it opened as if it were whole")
    return len(mine)


FAULT = Fault(
    number=16,
    title="Truncated file",
    must="refused in a sentence, bytes as they were",
    trial=_trial,
    count=400,
    sample=1,
    limits="Lengths in steps of 512 bytes; what a cut sector would hold instead of nothing is row 17.",
)
