"""Text that somebody chose to have found, in whichever way it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from hsb_desktop.errors import InputRefused

_SHORTEST = 2
_SPACES = re.compile(r"\s+")
_RUNS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class ChosenText:
    """Finds a text in others whatever its case, its accents' encoding (NFC or NFD) and its spaces.

    Any run of spaces and line ends counts as one space, and characters that nobody sees (soft hyphens,
    joiners of width zero) do not count. With `whole_words` it is not found inside a longer word.
    """

    text: str
    """As it was chosen, without spaces around it."""
    whole_words: bool
    _folded: str

    @classmethod
    def of(cls, text: str, *, whole_words: bool = False) -> ChosenText:
        """Return the finder of a text. Raises InputRefused for fewer than two characters besides spaces."""
        folded = _folded(text).strip()
        if len(folded.replace(" ", "")) < _SHORTEST:
            raise InputRefused(
                "Text to be removed has at least two characters that can be seen. Nothing was changed."
            )
        return cls(text.strip(), whole_words, folded)

    def is_in(self, text: str) -> bool:
        """Whether the chosen text stands in another."""
        folded = _folded(text)
        # All but a few texts are told by this, at the speed of a plain search.
        return self._folded in folded and any(True for _ in self._places(folded))

    def spans_in(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return start and end of each place at which it stands in another, one after the other.

        A letter of which only a part belongs to it (the accent does not) belongs to it whole.
        """
        if not self.is_in(text):
            return ()
        folded, starts, ends = _folded_with_places(text)
        spans: list[tuple[int, int]] = []
        for place in self._places(folded):
            start, end = starts[place], ends[place + len(self._folded) - 1]
            if spans and start < spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
        return tuple(spans)

    def _places(self, folded: str) -> Iterator[int]:
        place = folded.find(self._folded)
        while place >= 0:
            if not self.whole_words or self._is_whole(folded, place):
                yield place
                place = folded.find(self._folded, place + len(self._folded))
            else:
                place = folded.find(self._folded, place + 1)

    def _is_whole(self, folded: str, place: int) -> bool:
        end = place + len(self._folded)
        goes_on_before = place > 0 and _in_one_word(folded[place - 1], folded[place])
        goes_on_after = end < len(folded) and _in_one_word(folded[end - 1], folded[end])
        return not (goes_on_before or goes_on_after)


def _in_one_word(one: str, next_one: str) -> bool:
    return _is_of_word(one) and _is_of_word(next_one)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


def _folded(text: str) -> str:
    if not text.isascii():
        seen = text if _all_seen(text) else "".join(filter(_is_seen, text))
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFD", seen).casefold())
    else:
        text = text.casefold()
    return _SPACES.sub(" ", text)


def _all_seen(text: str) -> bool:
    return text.isprintable() or all(map(_is_seen, text))


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) != "Cf"


def _folded_with_places(text: str) -> tuple[str, list[int], list[int]]:
    """Return what `_folded` does, with start and end in the text of what each character comes from."""
    if text.isascii():
        return _ascii_with_places(text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, cluster in _clusters(text):
        for character in cluster.lower() if cluster.isascii() and not cluster.isspace() else _folded(cluster):
            if character == " " and characters and characters[-1] == " ":
                ends[-1] = end
                continue
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return "".join(characters), starts, ends


def _ascii_with_places(text: str) -> tuple[str, list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for run in _RUNS.finditer(text):
        start, end = run.span()
        if run.group().isspace():
            starts.append(start)
            ends.append(end)
        else:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
    return _folded(text), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each character with the accents that follow it: what normalising can never tear apart."""
    start = end = 0
    cluster = ""
    for place, character in enumerate(text):
        if not _is_seen(character):
            continue
        if cluster and not unicodedata.combining(character):
            yield start, end, cluster
            cluster = ""
        if not cluster:
            start = place
        cluster += character
        end = place + 1
    if cluster:
        yield start, end, cluster
