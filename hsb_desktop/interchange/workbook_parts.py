"""Unpacks the parts of an .xlsx workbook and reads them as XML, within limits that hold beforehand."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from hsb_desktop.errors import InputRefused

_MOST_BYTES = 50_000_000
"""Unpacked, of all parts that are read."""
_MOST_PARTS = 10_000
"""Files in the workbook's zip; a workbook has a dozen."""
_MOST_OF = {b"<si": 250_000, b"<row": 100_000, b"<c": 400_000, b"<": 2_500_000}
"""How often each may begin in one part: shared strings, rows, cells, anything."""
_ENDLESS_TAG = re.compile(rb"<[^!<>][^<>]{65536}")
_READ_ELEMENTS = frozenset(
    (
        *("Relationship", "workbookPr", "sheet", "si", "r", "t", "rPh", "is", "row", "c", "v", "f"),
        *("numFmt", "cellXfs", "xf"),
    )
)
"""All others are passed over."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What every spreadsheet program uses; Python's other ways unpack without a limit."""
_CHUNK = 1 << 20
_PART_MARK = b"PK\x01\x02"

Event = tuple[str, str, Mapping[str, str]]
"""("start", name, attributes), ("end", name, {}) or ("text", text, {}); names without their namespace."""


def refuse_many_parts(content: bytes, name: str) -> None:
    """Raise InputRefused for a zip with more files in it than any workbook has, before one is looked for."""
    if content.count(_PART_MARK) > _MOST_PARTS:
        raise _too_large(name)


class WorkbookParts:
    """The parts of one workbook, which together may be as large as an audit can be."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._bytes_left = _MOST_BYTES

    def events(self, part: str) -> Iterator[Event]:
        """Yield what stands in a part, in its order. Raises InputRefused for more than can be read."""
        content = self._unpacked(part)
        events: list[Event] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declarations

        def start(element: str, attributes: dict[str, str]) -> None:
            if (local := _local(element)) in _READ_ELEMENTS:
                events.append(("start", local, {_local(key): text for key, text in attributes.items()}))

        def end(element: str) -> None:
            if (local := _local(element)) in _READ_ELEMENTS:
                events.append(("end", local, {}))

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = lambda text: events.append(("text", text, {}))
        for place in range(0, len(content), _CHUNK):
            parser.Parse(content[place : place + _CHUNK], False)
            yield from events
            events.clear()
        parser.Parse(b"", True)
        yield from events

    def _unpacked(self, part: str) -> bytes:
        """Return a part's bytes, none of which were looked at but to count what begins in them."""
        if self._archive.getinfo(part).compress_type not in _PACKED:
            raise NotImplementedError("in a way that no spreadsheet program uses")
        with self._archive.open(part) as stream:
            content = stream.read(self._bytes_left + 1)
        self._bytes_left -= len(content)
        if self._bytes_left < 0 or any(content.count(begin) > most for begin, most in _MOST_OF.items()):
            raise _too_large(self._name)
        if b"\0" in content or _ENDLESS_TAG.search(content):
            raise ValueError("a part in another encoding than UTF-8, or no part of a workbook")
        return content


def _too_large(name: str) -> InputRefused:
    return InputRefused(f"{name} unpacks to more than an audit can be. Nothing was changed.")


def _refuse_declarations(*_: object) -> None:
    # No spreadsheet program writes one; entities defined there could grow without end.
    raise ValueError("a document type declaration")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
