"""Which cell formats of a workbook show their number as a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_A_DATE_PART = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_PART = re.compile(r"[dmyhs]", re.IGNORECASE)


def date_styles(events: Iterable[tuple[str, str, Mapping[str, str]]]) -> frozenset[int]:
    """Return the numbers of the cell formats that show a date, from the events of the styles part."""
    own_dates: set[int] = set()
    found: set[int] = set()
    in_cell_formats = False
    index = 0
    for kind, element, attributes in events:
        if element == "cellXfs":
            in_cell_formats = kind == "start"
        elif kind == "start" and element == "numFmt" and _is_date_code(attributes.get("formatCode", "")):
            own_dates.add(int(attributes["numFmtId"]))
        elif kind == "start" and element == "xf" and in_cell_formats:
            number_format = int(attributes.get("numFmtId", 0))
            if number_format in _BUILT_IN_DATES or number_format in own_dates:
                found.add(index)
            index += 1
    return frozenset(found)


def _is_date_code(code: str) -> bool:
    return bool(_DATE_PART.search(_NOT_A_DATE_PART.sub("", code))) and code.casefold() != "general"
