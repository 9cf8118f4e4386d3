"""How many invented examples a test tries: enough for every day, or all of them in `dev.py test --full`."""

from __future__ import annotations

import os

FULL = os.environ.get("HSB_TESTS") == "full"
_USUAL = 100
_FEWEST = 15


def examples(count: int = _USUAL) -> int:
    """Return the number of examples for a test that tries `count` of them in the full run."""
    return count if FULL else max(count // 3, min(count, _FEWEST))
