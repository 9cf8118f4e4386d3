"""What `dev.py bench` measures, in the order of the document; a sample of each is in the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tests.bench import (
    first_paint,
    key_press,
    long_texts,
    memory,
    merging,
    overlays,
    protection,
    report,
    several,
    store,
    waves,
)
from tests.bench.figures import Result

MEASUREMENTS: Mapping[str, Callable[[Path, bool], Result]] = MappingProxyType(
    {
        "first-paint": first_paint.measure,
        "key-press": key_press.measure,
        "store": store.measure,
        "report": report.measure,
        "memory": memory.measure,
        "long-texts": long_texts.measure,
        "protection": protection.measure,
        "merge": merging.measure,
        "overlays": overlays.measure,
        "waves": waves.measure,
        "several": several.measure,
    }
)
"""Each takes a folder of its own files, and whether a few samples do."""
