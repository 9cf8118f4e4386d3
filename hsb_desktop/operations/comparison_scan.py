"""What may identify somebody in a comparison that is about to be written: in names, waves and markings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hsb_desktop.analysis.identifiers import Identifier, find_in
from hsb_desktop.analysis.privacy import words_around
from hsb_desktop.analysis.side_by_side import SideBySide
from hsb_desktop.operations.privacy_scan import masked, shortened


@dataclass(frozen=True, slots=True)
class FoundInComparison:
    """One identifier in what a comparison writes."""

    kind: Identifier
    place: str
    """Where it stands, without what was found, for example "name “Ring 016…”"."""
    found: str
    excerpt: str
    """What was found, in square brackets, with the words around it."""


def scan_comparison(shown: SideBySide, *, today: date) -> tuple[FoundInComparison, ...]:
    """Return what may identify somebody in what people typed and a comparison prints; letters hide names."""
    return tuple(
        FoundInComparison(found.kind, place, found.text, words_around(text, found))
        for place, text in _written(shown, today)
        for found in find_in(text, as_of=today)
    )


def comparison_in_log_lines(found: tuple[FoundInComparison, ...]) -> tuple[str, ...]:
    """Return a heading with the number of places and a line for each, fit for a log; nothing for nothing."""
    if not found:
        return ()
    count = "1 place" if len(found) == 1 else f"{len(found)} places"
    heading = f"Look at {count} that may identify somebody (names cannot be found this way):"
    return heading, *(f"  {each.place}: {each.kind} “{shortened(each.found)}”" for each in found)


def _written(shown: SideBySide, today: date) -> Iterator[tuple[str, str]]:
    """Yield every typed text that is written, with where it stands."""
    yield "protective marking", shown.marking
    yield "wave", shown.wave
    for note in shown.notes:
        yield "note", note
    if shown.is_named:
        for name in shown.names:
            yield f"name “{masked(name, today=today)}”", name
        for name, detail in zip(shown.names, shown.details, strict=False):
            yield f"wave of “{masked(name, today=today)}”", detail
