"""From typed text to characters that can be printed: whole, literal, and in the right order.

Nothing typed is dropped except characters that are invisible by their nature. What no bundled face has is
printed as a stand-in such as `[U+1F937]` and reported. Right-to-left text is ordered line by line, after the
lines are broken (Unicode Bidirectional Algorithm, rules L1 to L4); python-bidi finds the levels.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from hsb_desktop.report.typefaces import Typeface

TAB = "    "

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})

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
    # Composed letters look the same as decomposed ones and are drawn better than overlaid marks.
    line = unicodedata.normalize("NFC", line)
    levels: list[int] = []
    base_level = 0
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line):
        line = _joined(line, typeface).translate(_ISOLATES_AS_EMBEDDINGS)
        line, levels, base_level = _with_levels(line)
    shown: list[str] = []
    shown_levels: list[int] = []
    for index, character in enumerate(line):
        visible = _visible(character, typeface, missing)
        shown.append(visible)
        if levels:
            # A stand-in is Latin: it runs rightwards within whatever surrounds it.
            level = levels[index] + (levels[index] % 2 if len(visible) > 1 else 0)
            shown_levels.extend([level] * len(visible))
    text = "".join(shown)
    return ShapedParagraph(text, typeface.plain.issuperset(text), tuple(shown_levels), base_level)


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
    algorithm.get_embedding_levels(line, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    characters = storage["chars"]
    return "".join(c["ch"] for c in characters), [c["level"] for c in characters], base_level


def _reordered(characters: list[str], levels: list[int]) -> str:
    for index, level in enumerate(levels):  # L4: brackets in leftward text turn round
        if level % 2:
            characters[index] = _mirror_images().get(characters[index], characters[index])
    order = list(range(len(characters)))
    for level in range(max(levels, default=0), 0, -1):  # L2: reverse every run of this level or higher
        position = 0
        for is_at_level, run in groupby(order.copy(), key=lambda index: levels[index] >= level):
            length = len(list(run))
            if is_at_level:
                order[position : position + length] = reversed(order[position : position + length])
            position += length
    return "".join(characters[index] for index in _marks_after_bases(order, characters, levels))


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


def _joined(line: str, typeface: Typeface) -> str:
    """Return the line with each Arabic letter in the shape that its neighbours call for."""
    forms = _joined_forms()
    units = _letters_and_ligatures(line, forms)
    joins = [index for index, unit in enumerate(units) if not _is_transparent(unit)]
    shaped = list(units)
    for place, index in enumerate(joins):
        of_letter = forms.get(units[index])
        if of_letter is None:
            continue
        before = units[joins[place - 1]] if place else ""
        after = units[joins[place + 1]] if place + 1 < len(joins) else ""
        joins_before = "<final>" in of_letter and _joins_forwards(before, forms)
        joins_after = "<initial>" in of_letter and _joins_backwards(after, forms)
        form = _FORMS[joins_before + 2 * joins_after]
        shape_of_it = of_letter.get(form, units[index])
        # A face without this shape may still have the letter itself.
        shaped[index] = shape_of_it if typeface.face_for(shape_of_it) else units[index]
    return "".join(shaped)


def _letters_and_ligatures(line: str, forms: dict[str, dict[str, str]]) -> list[str]:
    units: list[str] = []
    for character in line:
        if units and units[-1] + character in forms:  # lam and alef are always written as one
            units[-1] += character
        else:
            units.append(character)
    return units


def _is_transparent(unit: str) -> bool:
    return unicodedata.category(unit[0]) in {"Mn", "Me"}


def _joins_forwards(unit: str, forms: dict[str, dict[str, str]]) -> bool:
    return unit in {"\u0640", "\u200d"} or "<initial>" in forms.get(unit, {})


def _joins_backwards(unit: str, forms: dict[str, dict[str, str]]) -> bool:
    return unit in {"\u0640", "\u200d"} or "<final>" in forms.get(unit, {})
