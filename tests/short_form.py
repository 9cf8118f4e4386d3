"""The editions and the sample audit with 18 of the 46 statements, for tests that ask for no more.

A window builds a card for each statement, which is most of what a test of the window costs. Such tests are
marked `short_form`; all that they make stands on these editions then, in the words of the whole ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hsb_desktop.resources import resource_path

_HEADINGS = frozenset(
    {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.4", "2.6", "3.1", "3.2", "4.2", "5.2", "5.4"}
)
_SAMPLE = ("sample", "sample_audit.json")


def write_short_form(folder: Path) -> Callable[..., Path]:
    """Write them into a folder, and return what finds them there and every other resource in its place."""
    (folder / "instruments").mkdir()
    for path in resource_path("instruments").glob("*.json"):
        edition = json.loads(path.read_text(encoding="utf-8"))
        for domain in edition["domains"]:
            domain["statements"] = [each for each in domain["statements"] if each["id"] in _HEADINGS]
        _write(folder / "instruments" / path.name, edition)
    sample = json.loads(resource_path(*_SAMPLE).read_text(encoding="utf-8"))
    for rows in ("responses", "readings"):
        sample[rows] = [each for each in sample[rows] if each["statement"].rstrip("abc") in _HEADINGS]
    (folder / "sample").mkdir()
    _write(folder.joinpath(*_SAMPLE), sample)

    def short_resource_path(*parts: str) -> Path:
        short = folder.joinpath(*parts)
        return short if short.exists() else resource_path(*parts)

    return short_resource_path


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
