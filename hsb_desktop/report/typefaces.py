"""The bundled typefaces, and which of them shows a character.

Text is set in Noto Sans. What it lacks (Hebrew, Arabic, arrows, many symbols) comes from DejaVu Sans. What
neither has is printed as a visible stand-in by `shaping`, never left out. Faces are read once and kept; the
fallback is read only when a text needs it.
"""

from __future__ import annotations

import threading
import unicodedata
from enum import StrEnum
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from hsb_desktop.resources import resource_path

printing_lock = threading.RLock()
"""Held while a document is made: the kept faces remember a reading position, so two cannot share them."""


class Weight(StrEnum):
    """How strong the letters are."""

    REGULAR = "regular"
    BOLD = "bold"


_FILES = {
    Weight.REGULAR: ("NotoSans-Regular.ttf", "DejaVuSans.ttf"),
    Weight.BOLD: ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"),
}


class Face(TTFont):  # type: ignore[misc]  # reportlab has no types
    """One font file, embedded as the subset of its characters that a document uses."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
        """Add the subset to the document, with a table of characters that copying and searching can use.

        reportlab's own table writes characters beyond U+FFFF in a way that readers take for something else,
        and lists joined Arabic letters by their shapes, which nobody searches for.
        """
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("pdfdoc")
            table = doc.idToObject["toUnicodeCMap:" + name]
            table.content = _character_table(name, subset)


def _character_table(name: str, subset: list[int]) -> str:
    rows = [f"<{code:02X}> <{_plain_hex(character)}>" for code, character in enumerate(subset)]
    # The PDF standard allows at most 100 rows in one block.
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _plain_hex(code: int) -> str:
    letter = chr(code)
    if 0xFB50 <= code <= 0xFEFC:  # the shapes of Arabic letters: readers want the letter itself
        plain = unicodedata.normalize("NFKC", letter)
        # Readers reverse what they find, so the two letters of a ligature would come out swapped.
        letter = plain if len(plain) == 1 else letter
    return letter.encode("utf-16-be").hex().upper()


@cache
def _face(file_name: str) -> Face:
    return Face(file_name.removesuffix(".ttf"), str(resource_path("fonts", file_name)))


class _Advances(dict[str, float]):
    """Width of each character in thousandths of the size, from the first face that has it."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface

    def __missing__(self, character: str) -> float:
        face = self._typeface.face_for(character) or self._typeface.primary
        width = float(face.face.charWidths.get(ord(character), face.face.defaultWidth))
        self[character] = width
        return width


class _Faces(dict[str, Face | None]):
    """The first face that has each character; every character is looked for once."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self._files = files

    def __missing__(self, character: str) -> Face | None:
        code = ord(character)
        found = next((face for face in map(_face, self._files) if code in face.face.charToGlyph), None)
        self[character] = found
        return found


class Typeface:
    """One weight: its face, and the faces that stand in for what it lacks."""

    def __init__(self, weight: Weight) -> None:
        self._files = _FILES[weight]
        self._faces = _Faces(self._files)
        self.advances = _Advances(self)
        """Width of a character in thousandths of the size; look it up with `[]`."""

    @cached_property
    def primary(self) -> Face:
        """The face that nearly everything is set in."""
        return _face(self._files[0])

    @cached_property
    def plain(self) -> frozenset[str]:
        """The characters that the face shows as they stand: no joining, no reordering, none invisible."""
        return frozenset(
            character
            for character in map(chr, self.primary.face.charToGlyph)
            if unicodedata.category(character)[0] not in "CM"
            and unicodedata.category(character) not in {"Zl", "Zp"}
            and unicodedata.bidirectional(character) not in {"R", "AL", "AN"}
        )

    def face_for(self, character: str) -> Face | None:
        """Return the first face that has the character; None if no bundled face has."""
        return self._faces[character]

    def runs(self, text: str) -> list[tuple[Face, str]]:
        """Return the text, which must be visible characters in their order on paper, cut by face."""
        if self.plain.issuperset(text):
            return [(self.primary, text)]
        return [
            (face or self.primary, "".join(run)) for face, run in groupby(text, key=self._faces.__getitem__)
        ]


@cache
def typeface(weight: Weight) -> Typeface:
    """Return the one typeface of a weight."""
    return Typeface(weight)


def first_font() -> str:
    """Return the name by which a canvas knows the face that nearly everything is set in.

    A canvas that is told of none names a font of its own in every file, which nothing uses or embeds.
    """
    face = typeface(Weight.REGULAR).primary
    pdfmetrics.registerFont(face)
    return str(face.fontName)


def encoded(face: Face, text: str, document: pdfdoc.PDFDocument) -> list[tuple[str, str]]:
    """Return the text as pairs of a font's name in the document and the inside of a PDF string."""
    return [
        (face.getSubsetInternalName(subset, document), codes.decode("latin-1").translate(_ESCAPES))
        for subset, codes in face.splitString(text, document)
    ]


_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256), ord("("), ord(")"), ord("\\"))}
