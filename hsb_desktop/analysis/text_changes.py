"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto
from itertools import takewhile

_WORDS = re.compile(r"\S+\s*|\s+")
_MOST_PAIRS = 50_000
"""Of equal words in a part that changed: more are not compared one by one, which would take too long."""


class Fate(Enum):
    """What became of a part of the earlier text, or where a part of the later one comes from."""

    KEPT = auto()
    TAKEN_OUT = auto()
    PUT_IN = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the earlier text, of the later one, or of both."""

    fate: Fate
    text: str


def text_changes(before: str, after: str) -> tuple[Part, ...]:
    """Return the parts of both texts in their order.

    All but those put in make up the earlier text, all but those taken out the later one.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _length_of_same(zip(old, new, strict=False))
    rest = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    end = _length_of_same(rest)
    changed_old, changed_new = old[start : len(old) - end], new[start : len(new) - end]
    parts = [
        Part(Fate.KEPT, "".join(old[:start])),
        *_changed_parts(changed_old, changed_new),
        Part(Fate.KEPT, "".join(old[len(old) - end :])),
    ]
    return tuple(part for part in parts if part.text)


def _length_of_same(pairs: zip[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _changed_parts(old: list[str], new: list[str]) -> list[Part]:
    counts = Counter(new)
    if sum(counts[word] for word in old) > _MOST_PAIRS:
        return [Part(Fate.TAKEN_OUT, "".join(old)), Part(Fate.PUT_IN, "".join(new))]
    parts = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            parts.append(Part(Fate.KEPT, "".join(old[old_from:old_to])))
        else:
            parts.append(Part(Fate.TAKEN_OUT, "".join(old[old_from:old_to])))
            parts.append(Part(Fate.PUT_IN, "".join(new[new_from:new_to])))
    return parts
