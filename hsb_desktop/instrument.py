"""Reads an edition of the audit tool from the program's resources or the user's own folder.

Wording is data. An open audit uses only the copy of its edition inside its own file; this module serves the
making of new ones. The format is described in `docs/file-format.md`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from hsb_desktop.errors import HsbError, InstrumentRefused
from hsb_desktop.model import Domain, Instrument, ScalePoint, Statement
from hsb_desktop.resources import resource_path
from hsb_desktop.settings import user_data_folder
from hsb_desktop.values import SCORES

DEFAULT_INSTRUMENT_ID = "nspcc-hsb-2019"
"""The second edition: its 2.1c does not call children perpetrators."""

_LONGEST_IDENTIFIER = 64
_LARGEST_FILE = 2_000_000
"""Bytes; the published editions have 16,000."""


def read_instrument(path: Path) -> Instrument:
    """Return the edition that a file describes.

    Raises InstrumentRefused with the file's name and the field if it is not a whole, consistent edition.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise InstrumentRefused(f"{path.name}: the file is larger than an audit tool can be.")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InstrumentRefused(f"{path.name} could not be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise InstrumentRefused(f"{path.name} is not a JSON file in UTF-8: {error}.") from error
    return instrument_from_data(content, path.name)


def instrument_from_data(content: Any, source: str) -> Instrument:
    """Return the edition that parsed JSON describes; `source` is named in what InstrumentRefused says."""
    return _Reader(source).instrument(content)


def instrument_to_data(instrument: Instrument) -> dict[str, Any]:
    """Return the edition as JSON data that `instrument_from_data` reads back to an equal value."""
    return {
        "format": 1,
        "id": instrument.instrument_id,
        "title": instrument.title,
        "edition": instrument.edition,
        "language": instrument.language,
        "acknowledgement": instrument.acknowledgement,
        "note": instrument.note,
        "scale": [
            {"score": point.score, "label": point.label, "short_label": point.short_label}
            for point in instrument.scale
        ],
        "domains": [
            {
                "id": domain.domain_id,
                "short_title": domain.short_title,
                "title": domain.title,
                "statements": _statements_to_data(domain),
            }
            for domain in instrument.domains
        ],
    }


def available_instruments() -> tuple[tuple[Instrument, ...], tuple[InstrumentRefused, ...]]:
    """Return every edition at hand, the default first, and what was wrong with files that are not one.

    Bundled editions come before those in the user's data folder (`instruments/*.json` there). A file there
    whose id is taken already is refused, so that one id never stands for two wordings.
    """
    found: dict[str, Instrument] = {}
    refused: list[InstrumentRefused] = []
    for path in _edition_files():
        try:
            instrument = read_instrument(path)
            if instrument.instrument_id in found:
                raise InstrumentRefused(
                    f'{path.name}: field "id": "{instrument.instrument_id}" is another edition already.'
                )
            found[instrument.instrument_id] = instrument
        except InstrumentRefused as error:
            refused.append(error)
    in_order = sorted(found.values(), key=lambda edition: edition.instrument_id != DEFAULT_INSTRUMENT_ID)
    return tuple(in_order), tuple(refused)


def instrument_by_id(instrument_id: str = DEFAULT_INSTRUMENT_ID) -> Instrument:
    """Return one edition by its id; HsbError names the ones there are if it is unknown."""
    instruments, refused = available_instruments()
    for instrument in instruments:
        if instrument.instrument_id == instrument_id:
            return instrument
    known = ", ".join(instrument.instrument_id for instrument in instruments)
    faults = "".join(f" ({error})" for error in refused)
    raise HsbError(f'There is no edition called "{instrument_id}". Known editions: {known}.{faults}')


def _edition_files() -> list[Path]:
    bundled = sorted(resource_path("instruments").glob("*.json"))
    own_folder = user_data_folder() / "instruments"
    try:
        return bundled + (sorted(own_folder.glob("*.json")) if own_folder.is_dir() else [])
    except OSError:
        # A folder that this person may not look into holds no editions of theirs.
        return bundled


def _statements_to_data(domain: Domain) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for statement in domain.statements:
        row: dict[str, Any] = {"id": statement.statement_id, "text": statement.text}
        if statement.prompts:
            row["prompts"] = list(statement.prompts)
        if not statement.heading_id:
            rows.append(row)
        elif rows and rows[-1]["id"] == statement.heading_id:
            rows[-1]["parts"].append(row)
        else:
            rows.append({"id": statement.heading_id, "text": statement.heading, "parts": [row]})
    return rows


class _Reader:
    """Reads one file's data and refuses the first thing that is not as an edition has it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen: set[str] = set()

    def instrument(self, content: Any) -> Instrument:
        data = self._object(content, "the file")
        if data.get("format") != 1:
            self._refuse("format", "must be 1")
        return Instrument(
            instrument_id=self._identifier(data, "id", "id"),
            title=self._text(data, "title", "title"),
            edition=self._text(data, "edition", "edition"),
            language=self._text(data, "language", "language"),
            acknowledgement=self._text(data, "acknowledgement", "acknowledgement"),
            note=self._text(data, "note", "note", may_be_empty=True),
            scale=self._scale(data),
            domains=self._domains(data),
        )

    def _scale(self, data: Mapping[str, Any]) -> tuple[ScalePoint, ...]:
        points = []
        for index, item in enumerate(self._list(data, "scale", "scale")):
            where = f"scale[{index}]"
            row = self._object(item, where)
            score = row.get("score")
            if isinstance(score, bool) or score != index:
                self._refuse(f"{where}.score", f"must be {index}: the scale runs 0, 1, 2, 3, 4")
            label = self._text(row, "label", f"{where}.label")
            points.append(ScalePoint(index, label, self._text(row, "short_label", f"{where}.short_label")))
        if len(points) != len(SCORES):
            self._refuse("scale", "must have the five scores 0 to 4")
        return tuple(points)

    def _domains(self, data: Mapping[str, Any]) -> tuple[Domain, ...]:
        domains = []
        for index, item in enumerate(self._list(data, "domains", "domains")):
            where = f"domains[{index}]"
            row = self._object(item, where)
            domain_id = self._new_identifier(row, f"{where}.id")
            domains.append(
                Domain(
                    domain_id=domain_id,
                    short_title=self._text(row, "short_title", f"{where}.short_title"),
                    title=self._text(row, "title", f"{where}.title"),
                    statements=self._statements(row, domain_id, where),
                )
            )
        return tuple(domains)

    def _statements(self, domain: Mapping[str, Any], domain_id: str, where: str) -> tuple[Statement, ...]:
        statements: list[Statement] = []
        for index, item in enumerate(self._list(domain, "statements", f"{where}.statements")):
            place = f"{where}.statements[{index}]"
            row = self._object(item, place)
            if "parts" not in row:
                statements.append(self._statement(row, domain_id, place))
                continue
            heading_id = self._new_identifier(row, f"{place}.id")
            heading = self._text(row, "text", f"{place}.text")
            for number, part in enumerate(self._list(row, "parts", f"{place}.parts")):
                part_place = f"{place}.parts[{number}]"
                part_row = self._object(part, part_place)
                statements.append(self._statement(part_row, domain_id, part_place, heading_id, heading))
        return tuple(statements)

    def _statement(
        self,
        row: Mapping[str, Any],
        domain_id: str,
        where: str,
        heading_id: str = "",
        heading: str = "",
    ) -> Statement:
        prompts: tuple[str, ...] = ()
        if "prompts" in row:
            items = self._list(row, "prompts", f"{where}.prompts")
            if not all(isinstance(prompt, str) and prompt.strip() for prompt in items):
                self._refuse(f"{where}.prompts", "must be a list of texts")
            if not all(prompt.replace("\n", "").isprintable() for prompt in items):
                self._refuse(f"{where}.prompts", "holds a character that cannot be printed")
            prompts = tuple(items)
        return Statement(
            statement_id=self._new_identifier(row, f"{where}.id"),
            domain_id=domain_id,
            text=self._text(row, "text", f"{where}.text"),
            prompts=prompts,
            heading_id=heading_id,
            heading=heading,
        )

    def _new_identifier(self, row: Mapping[str, Any], where: str) -> str:
        identifier = self._identifier(row, "id", where)
        if identifier in self._seen:
            self._refuse(where, f'"{identifier}" stands there twice')
        self._seen.add(identifier)
        return identifier

    def _identifier(self, row: Mapping[str, Any], name: str, where: str) -> str:
        identifier = self._text(row, name, where)
        if not identifier.isascii() or not all(char.isalnum() or char in ".-_" for char in identifier):
            self._refuse(where, "may hold only the letters a to z, figures, full stop, hyphen, underscore")
        if len(identifier) > _LONGEST_IDENTIFIER:
            self._refuse(where, f"may have {_LONGEST_IDENTIFIER} characters at most")
        return identifier

    def _text(self, row: Mapping[str, Any], name: str, where: str, *, may_be_empty: bool = False) -> str:
        text = row.get(name)
        if not isinstance(text, str) or not (text.strip() or may_be_empty):
            self._refuse(where, "must be a text")
        if not text.replace("\n", "").isprintable():
            self._refuse(where, "holds a character that cannot be printed")
        return text

    def _list(self, row: Mapping[str, Any], name: str, where: str) -> list[Any]:
        items = row.get(name)
        if not isinstance(items, list) or not items:
            self._refuse(where, "must be a list with at least one entry")
        return items

    def _object(self, item: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(item, dict):
            self._refuse(where, "must be an object in braces")
        return item

    def _refuse(self, field: str, reason: str) -> NoReturn:
        raise InstrumentRefused(f'{self._source}: field "{field}" {reason}.')


def is_same_instrument(one: Instrument, other: Instrument) -> bool:
    """Whether two are editions of the same audit tool: the same title, whatever the wording of statements."""
    return one.instrument_id == other.instrument_id or _folded(one.title) == _folded(other.title)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
