"""Reads the cells of one sheet of an .xlsx workbook as texts, without trusting the file.

openpyxl writes our workbooks, and does not read them: it changes texts such as `x005F_`, leaves `_x0041_` as
it stands, stumbles over parts of foreign workbooks that nobody asked for, and unpacks whatever it is given.
Here a workbook is a zip of XML parts that are read as a stream, within limits; formulas are never worked out.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from xml.parsers import expat

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.rows import TableRow
from hsb_desktop.interchange.workbook_formats import date_styles
from hsb_desktop.interchange.workbook_parts import Event, WorkbookParts, refuse_many_parts

_OLE_MARK = bytes.fromhex("d0cf11e0")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, ValueError)
_UNPACKING_REFUSED = (RuntimeError, NotImplementedError)


def read_cells(content: bytes, sheet: str, name: str) -> tuple[TableRow, ...]:
    """Return the rows of a sheet that hold anything, each called by its number in the sheet.

    `name` is what messages call the file. Numbers come as figures, dates as YYYY-MM-DD, formulas as the
    result that the file keeps. Raises InputRefused for what is not a workbook, has no such sheet, or is too
    large.
    """
    try:
        refuse_many_parts(content, name)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Workbook(archive, name).rows(sheet)
    except _BROKEN as error:
        if content.startswith(_OLE_MARK):
            raise InputRefused(
                f"{name} is protected with a password, or is in the older .xls format. Nothing was changed. "
                "Save it as an .xlsx workbook without a password and import that."
            ) from error
        raise InputRefused(
            f"{name} is not a whole .xlsx workbook. Nothing was changed. Open it in your spreadsheet "
            "program, save it as .xlsx, and import that."
        ) from error
    except _UNPACKING_REFUSED as error:
        raise InputRefused(
            f"{name} is packed in a way that the program does not read ({error}). Nothing was changed."
        ) from error


class _Workbook:
    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._parts = WorkbookParts(archive, name)
        self._name = name

    def rows(self, sheet: str) -> tuple[TableRow, ...]:
        (workbook, *_) = self._related("", "officeDocument").values()
        sheet_parts = self._related(workbook, "worksheet")
        sheets: dict[str, str] = {}
        starts_1904 = False
        for kind, element, attributes in self._parts.events(workbook):
            if kind == "start" and element == "workbookPr":
                starts_1904 = attributes.get("date1904", "0") in {"1", "true"}
            elif kind == "start" and element == "sheet" and attributes["id"] in sheet_parts:
                sheets.setdefault(attributes["name"].strip().casefold(), sheet_parts[attributes["id"]])
        part = sheets.get(sheet.casefold())
        if part is None:
            raise InputRefused(
                f'{self._name} has no sheet called "{sheet}", which is the one that is read. Nothing was '
                "changed."
            )
        strings = [
            text for found in self._related(workbook, "sharedStrings").values() for text in self._texts(found)
        ]
        styles = self._related(workbook, "styles").values()
        dates = frozenset(index for found in styles for index in date_styles(self._parts.events(found)))
        return tuple(_SheetReader(strings, dates, starts_1904).rows(self._parts.events(part)))

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts that a part points to with this kind of relationship, by relationship id."""
        folder = PurePosixPath(part).parent
        relationships = str(folder / "_rels" / f"{PurePosixPath(part).name}.rels")
        found = {}
        for event, element, attributes in self._parts.events(relationships):
            if event == "start" and element == "Relationship" and attributes["Type"].endswith(f"/{kind}"):
                target = attributes["Target"]
                path = target[1:] if target.startswith("/") else str(folder / target)
                found[attributes["Id"]] = posixpath.normpath(path)
        return found

    def _texts(self, part: str) -> Iterator[str]:
        reader = TextReader()
        for event in self._parts.events(part):
            if event[:2] == ("start", "si"):
                reader = TextReader()
            reader.take(event)
            if event[:2] == ("end", "si"):
                yield reader.text


class TextReader:
    """Puts together the runs of one text, without what is written above letters to help with reading them."""

    def __init__(self) -> None:
        self._runs: list[list[str]] = []
        self._inside: list[str] = []

    def take(self, event: Event) -> None:
        """Take the next event of the text's element."""
        kind, what, _ = event
        if kind == "start":
            self._inside.append(what)
            if what == "t":
                self._runs.append([])
        elif kind == "end":
            if self._inside:
                self._inside.pop()
        elif self._inside[-1:] == ["t"] and self._inside[-2:] != ["rPh", "t"]:
            self._runs[-1].append(what)

    @property
    def text(self) -> str:
        """The text so far, with the format's own escapes (`_x0041_`) undone."""
        return "".join(_unescaped("".join(run)) for run in self._runs)


class _SheetReader:
    def __init__(self, strings: list[str], dates: frozenset[int], starts_1904: bool) -> None:
        self._strings = strings
        self._dates = dates
        first_day = "1904-01-01" if starts_1904 else "1899-12-30"
        self._first_day = datetime.fromisoformat(first_day)

    def rows(self, events: Iterator[Event]) -> Iterator[TableRow]:
        number = 0
        for kind, element, attributes in events:
            if (kind, element) == ("start", "row"):
                number = int(attributes.get("r", number + 1))
                row = self._row(number, events)
                if row.cells or row.faults:
                    yield row

    def _row(self, number: int, events: Iterator[Event]) -> TableRow:
        cells: dict[int, str] = {}
        faults: dict[int, str] = {}
        numbers: set[int] = set()
        column = -1
        for kind, element, attributes in events:
            if (kind, element) == ("end", "row"):
                break
            if (kind, element) != ("start", "c"):
                continue
            column = _column(attributes["r"]) if "r" in attributes else column + 1
            try:
                text = self._cell(attributes, events)
            except _CellRefusedError as refused:
                faults[column] = str(refused)
                continue
            if text:
                cells[column] = text
                if attributes.get("t", "n") == "n":
                    numbers.add(column)
        return TableRow(f"row {number}", cells, faults, numbers=frozenset(numbers))

    def _cell(self, attributes: Mapping[str, str], events: Iterator[Event]) -> str:
        inline = TextReader()
        value: list[str] | None = None
        inside = ""
        is_formula = False
        for event in events:
            kind, what, _ = event
            if (kind, what) == ("end", "c"):
                break
            inline.take(event)
            if kind == "start":
                inside = what
                is_formula = is_formula or what == "f"
                value = [] if what == "v" else value
            elif kind == "end":
                inside = ""
            elif inside == "v" and value is not None:
                value.append(what)
        # A formula that comes to an empty text says so by its type; any other empty result was never saved.
        is_saved = value is not None and (bool(value) or attributes.get("t") == "str")
        if is_formula and not is_saved:
            raise _CellRefusedError(
                "the cell holds a formula whose result is not in the file; save the workbook in a "
                "spreadsheet program first"
            )
        return self._text(attributes.get("t", "n"), "".join(value or ()), inline, int(attributes.get("s", 0)))

    def _text(self, kind: str, value: str, inline: TextReader, style: int) -> str:
        match kind:
            case "inlineStr":
                return inline.text
            case "s":
                return self._strings[int(value)] if value and int(value) < len(self._strings) else ""
            case "b":
                return "TRUE" if value == "1" else "FALSE"
            case "e":
                raise _CellRefusedError(f"the cell holds the error {value}")
            case "d":
                return value.removesuffix("T00:00:00").replace("T", " ")
            case "n":
                return self._number(value.strip(), style)
            case _:
                return _unescaped(value)

    def _number(self, value: str, style: int) -> str:
        if not value:
            return ""
        number = float(value)
        if style in self._dates:
            try:
                day = self._first_day + timedelta(days=number)
            except OverflowError:
                raise _CellRefusedError(f"the cell holds a date that no calendar has ({value})") from None
            return day.isoformat(sep=" ", timespec="minutes").removesuffix(" 00:00")
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


class _CellRefusedError(Exception):
    """One cell cannot be read; the rest of the sheet can."""


def _column(reference: str) -> int:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text
