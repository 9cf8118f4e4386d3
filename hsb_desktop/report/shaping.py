"""From typed text to characters that can be printed: whole, literal, and in the right order.

Nothing typed is dropped except characters that are invisible by their nature. What no bundled face has is
printed as a stand-in such as `[U+1F937]` and reported. Right-to-left text is ordered line by line, after the
lines are broken (Unicode Bidirectional Algorithm, rules L1 to L4); python-bidi finds the levels.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from hsb_desktop.report.composed_letters import composed
from hsb_desktop.report.typefaces import Typeface

TAB = "    "

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_ALIKE_TOGETHER = frozenset({"L", "R", "AL", "EN", "AN", "ET", "NSM", "WS", "ON"})
"""Kinds of which neighbours are always treated alike; a comma between figures is another thing than two."""

# Characters that have nothing to show: joiners and non-joiners (after they have joined), marks and controls
# of direction (after they have ordered), zero-width and soft break points, byte-order mark, variation
# selectors (they choose between shapes that the bundled faces do not have), invisible operators. Tag
# characters (U+E0020 to U+E007F) spell words, so they are not among them and print as stand-ins.
_INVISIBLE = frozenset(
    map(
        chr,
        (
            *(0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF),
            *range(0x180B, 0x180E),
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
_LINE_ENDS = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)
# python-bidi knows embeddings, not isolates, which came to Unicode later; inside one line they order alike.
_ISOLATES_AS_EMBEDDINGS = str.maketrans(
    {"\u2066": "\u202a", "\u2067": "\u202b", "\u2068": "\u202a", "\u2069": "\u202c"}
)


@dataclass(frozen=True, slots=True)
class ShapedParagraph:
    """One typed line: visible characters in the order of reading, with their levels if any runs leftwards."""

    text: str
    is_plain: bool = True
    """Whether the primary face shows all of it."""
    levels: tuple[int, ...] = ()
    """One embedding level for each character; empty where everything runs rightwards."""
    base_level: int = 0
    """1 where the paragraph itself runs leftwards and so is set to the right."""

    def on_paper(self, start: int, end: int) -> str:
        """Return a line of it, as its characters stand from left to right on paper."""
        line = self.text[start:end]
        if not self.levels:
            return line
        line = line.rstrip(" ")  # L1: spaces at a line's end belong outside the text
        return _reordered(list(line), list(self.levels[start : start + len(line)]))


def shape(text: str, typeface: Typeface, missing: set[str]) -> list[ShapedParagraph]:
    """Return a text's lines as typed, ready to be broken; adds characters that no face has to `missing`."""
    if typeface.plain.issuperset(text):
        return [ShapedParagraph(text)]
    lines = text.replace("\r\n", "\n").translate(_LINE_ENDS).split("\n")
    return [_shape_line(line, typeface, missing) for line in lines]


def shape_line(text: str, typeface: Typeface, missing: set[str]) -> ShapedParagraph:
    """Return a text as a single line: line ends become spaces."""
    return _shape_line(" ".join(text.translate(_LINE_ENDS).split("\n")), typeface, missing)


def _shape_line(line: str, typeface: Typeface, missing: set[str]) -> ShapedParagraph:
    line = line.replace("\t", TAB)
    if typeface.plain.issuperset(line):
        return ShapedParagraph(line)
    line = composed(line)
    levels: list[int] = []
    base_level = 0
    # A text has few distinct characters: whatever can be is asked once for each of those.
    if not _RIGHT_TO_LEFT.isdisjoint(map(unicodedata.bidirectional, set(line))):
        line = _joined(line, typeface).translate(_ISOLATES_AS_EMBEDDINGS)
        line, levels, base_level = _with_levels(line)
    visible = {character: _visible(character, typeface, missing) for character in set(line)}
    text = "".join(map(visible.__getitem__, line))
    if levels and any(len(shown) != 1 for shown in visible.values()):
        levels = _levels_of_visible(line, levels, visible)
    return ShapedParagraph(text, typeface.plain.issuperset(text), tuple(levels), base_level)


def _levels_of_visible(line: str, levels: list[int], visible: dict[str, str]) -> list[int]:
    """Return a level for each character that stands on paper for one of the line, or none."""
    shown_levels: list[int] = []
    for character, level in zip(line, levels, strict=True):
        length = len(visible[character])
        # A stand-in is Latin: it runs rightwards within whatever surrounds it.
        shown_levels += [level + level % 2 if length > 1 else level] * length
    return shown_levels


def _visible(character: str, typeface: Typeface, missing: set[str]) -> str:
    if character in _INVISIBLE:
        return ""
    if unicodedata.category(character) not in {"Cc", "Cs", "Cn"} and typeface.face_for(character):
        return character
    missing.add(character)
    return f"[U+{ord(character):04X}]"


# The order on paper -------------------------------------------------------------------------------------


def _with_levels(line: str) -> tuple[str, list[int], int]:
    """Return the characters that the algorithm keeps, a level for each, and the paragraph's own level."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    base_level = algorithm.get_base_level(line)
    storage["base_level"] = base_level
    storage["base_dir"] = "LR"[base_level]
    runs = _runs_of_one_kind(line)
    algorithm.get_embedding_levels([_as_ordered(run[0]) for run in runs], storage)
    for first, run in zip(storage["chars"], runs, strict=True):
        first["ch"] = run
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    kept = storage["chars"]
    levels = [level for run in kept for level in (run["level"],) * len(run["ch"])]
    return "".join([run["ch"] for run in kept]), levels, base_level


def _as_ordered(character: str) -> str:
    """Return what the algorithm is to take a character for.

    It leaves out controls and tag characters, as the standard has it, and fails at what is in no table yet.
    All of those stand on paper as a stand-in, which is Latin.
    """
    kind = unicodedata.bidirectional(character)
    if character in _INVISIBLE:
        return character if kind else "\u200b"
    return "A" if kind in {"BN", ""} else character


def _runs_of_one_kind(line: str) -> list[str]:
    """Return the parts of a line that come out with one level each, so that the algorithm has less to do."""
    runs: list[str] = []
    for kind, characters in groupby(line, key=unicodedata.bidirectional):
        if kind in _ALIKE_TOGETHER:
            runs.append("".join(characters))
        else:
            runs += characters
    return runs


def _reordered(characters: list[str], levels: list[int]) -> str:
    images = _mirror_images()
    runs: list[tuple[int, list[int]]] = []  # of one level each, as indices from left to right on paper
    start = 0
    for level, same in groupby(levels):
        end = start + len(list(same))
        order = range(start, end)
        if level % 2:
            for index in order:  # L4: brackets in leftward text turn round
                characters[index] = images.get(characters[index], characters[index])
            order = order[::-1]
        runs.append((level, list(order)))
        start = end
    # L2: reverse whatever is of this level or higher; each run was turned in itself already.
    for level in range(max(levels, default=0), 0, -1):
        turned: list[tuple[int, list[int]]] = []
        for is_at_level, neighbours in groupby(runs, key=lambda run: run[0] >= level):
            together = list(neighbours)
            turned += reversed(together) if is_at_level else together
        runs = turned
    order_on_paper = [index for _, run in runs for index in run]
    if any(map(unicodedata.combining, characters)):
        order_on_paper = _marks_after_bases(order_on_paper, characters, levels)
    return "".join([characters[index] for index in order_on_paper])


def _marks_after_bases(order: list[int], characters: list[str], levels: list[int]) -> list[int]:
    """Put combining marks of leftward text back behind their letter (L3), where the faces expect them."""
    result: list[int] = []
    waiting: list[int] = []
    for index in order:
        if levels[index] % 2 and unicodedata.combining(characters[index]):
            waiting.append(index)
            continue
        result.append(index)
        result.extend(reversed(waiting))
        waiting.clear()
    return result + waiting


@cache
def _mirror_images() -> dict[str, str]:
    from bidi.mirror import MIRRORED

    return dict(MIRRORED)


# Joined letters -----------------------------------------------------------------------------------------

_FORMS = ("<isolated>", "<final>", "<initial>", "<medial>")


@cache
def _joined_forms() -> dict[str, dict[str, str]]:
    """Return the shapes of each Arabic letter or ligature, as Unicode's table of compatibility has them."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if form in _FORMS and (len(letters) == 1 or code >= 0xFEF5):  # the last eight are lam with alef
            forms.setdefault("".join(chr(int(letter, 16)) for letter in letters), {})[form] = chr(code)
    return forms


@cache
def _ligatures() -> re.Pattern[str]:
    """Return what finds the letters of a line: lam and alef are always written as one."""
    pairs = (re.escape(letters) for letters in _joined_forms() if len(letters) > 1)
    return re.compile("|".join([*pairs, "."]), re.DOTALL)


def _joined(line: str, typeface: Typeface) -> str:
    """Return the line with each Arabic letter in the shape that its neighbours call for."""
    forms = _joined_forms()
    units: list[str] = _ligatures().findall(line)
    distinct = set(units)
    transparent = {unit for unit in distinct if _is_transparent(unit)}
    forwards = {unit for unit in distinct if _joins_forwards(unit, forms)}
    backwards = {unit for unit in distinct if _joins_backwards(unit, forms)}
    opaque = [unit for unit in units if unit not in transparent]
    neighbours = zip(["", *opaque], opaque, [*opaque[1:], ""], strict=False)
    shaped = iter(
        [
            (_form_of(unit, before in forwards, after in backwards, typeface) if unit in forms else unit)
            for before, unit, after in neighbours
        ]
    )
    return "".join([unit if unit in transparent else next(shaped) for unit in units])


@cache
def _form_of(unit: str, follows_a_joiner: bool, precedes_a_joiner: bool, typeface: Typeface) -> str:
    """Return the shape of an Arabic letter; a face without this shape may still have the letter itself."""
    forms = _joined_forms()[unit]
    joins_before = "<final>" in forms and follows_a_joiner
    joins_after = "<initial>" in forms and precedes_a_joiner
    shape_of_it = forms.get(_FORMS[joins_before + 2 * joins_after], unit)
    return shape_of_it if typeface.face_for(shape_of_it) else unit


def _is_transparent(unit: str) -> bool:
    return unicodedata.category(unit[0]) in {"Mn", "Me"}


def _joins_forwards(unit: str, forms: dict[str, dict[str, str]]) -> bool:
    return unit in {"\u0640", "\u200d"} or "<initial>" in forms.get(unit, {})


def _joins_backwards(unit: str, forms: dict[str, dict[str, str]]) -> bool:
    return unit in {"\u0640", "\u200d"} or "<final>" in forms.get(unit, {})
