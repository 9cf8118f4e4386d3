"""Reads a file's bytes as the JSON document of an audit: the frame, before what stands in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hsb_desktop.errors import InputRefused, InstrumentRefused
from hsb_desktop.instrument import instrument_from_data
from hsb_desktop.interchange.json_audit import FORMAT, VERSION
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Instrument

_LONGEST_NUMBER = 20
"""Figures. Python turns 4,300 into a number, slowly, and refuses more in words of its own."""


def parse_json(content: bytes, name: str) -> dict[str, Any]:
    """Return the document's data; `name` is what messages call the file.

    Raises InputRefused for what is not JSON in UTF-8, or not an audit, or written by a newer program.
    """
    try:
        data = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_without_repetition,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
        )
    except RecursionError as error:
        raise InputRefused(f"{name} is nested deeper than an audit. Nothing was changed.") from error
    except ValueError as error:
        raise InputRefused(
            f"{name} is not a JSON document in UTF-8: {_fault(error)}. Nothing was changed."
        ) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputRefused(f'{name} is not an audit: its "format" is not "{FORMAT}". Nothing was changed.')
    if type(data.get("version")) is not int or data["version"] != VERSION:
        raise InputRefused(
            f'{name} has the version "{shown(data.get("version"))}", and this program reads version '
            f"{VERSION}. Nothing was changed. A newer program may read it."
        )
    return data


def instrument_in(data: Mapping[str, Any], name: str) -> Instrument | None:
    """Return the edition that the document carries; None if it carries none.

    Raises InputRefused, with the field, for one that is not whole.
    """
    if data.get("instrument") is None:
        return None
    try:
        return instrument_from_data(data["instrument"], f"{name}, instrument")
    except InstrumentRefused as error:
        raise InputRefused(f"{error} Nothing was changed.") from error


def _fault(error: ValueError) -> str:
    """Return where a document ceases to be one; Python's own words are for programmers."""
    if isinstance(error, UnicodeDecodeError):
        return f"a letter after {error.start} bytes is not written in it"
    if isinstance(error, json.JSONDecodeError):
        return f"it cannot be read on from line {error.lineno}, character {error.colno}"
    return str(error)


def _whole_number(figures: str) -> int:
    if len(figures) > _LONGEST_NUMBER:
        raise ValueError(f"the number {shown(figures)} is longer than any in an audit")
    return int(figures)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f'"{shown(key)}" stands twice in one object')
        found[key] = value
    return found


def _refuse_constant(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number of JSON")
