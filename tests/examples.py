"""How many invented examples a test tries: enough for every day, or all of them in `dev.py test --full`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

FULL = os.environ.get("HSB_TESTS") == "full"
_USUAL = 100
_FEWEST = 15

Case = TypeVar("Case")


def cases(every: Sequence[Case], *few: Case) -> list[Case]:
    """Return every case for the full run; for every day the few that go furthest."""
    return list(every if FULL else few)


def examples(count: int = _USUAL) -> int:
    """Return the number of examples for a test that tries `count` of them in the full run."""
    return count if FULL else max(count // 3, min(count, _FEWEST))
