"""Reads single values out of an audit's JSON document, and notes every place that cannot be taken in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from hsb_desktop.errors import RowProblem
from hsb_desktop.interchange.text import is_date, shown, text_fault, with_line_ends
from hsb_desktop.model import AuditKind, Instrument
from hsb_desktop.values import PARTNERSHIP, SCORES, new_id

_KNOWN = {
    "": "format version audit agencies waves responses domain_notes readings"
    " rounds agreements conflicts pack series instrument",
    "audit": "id title area instrument kind coordinator_name coordinator_role marking is_sample made_at",
    "agencies": "id name sector area",
    "waves": "id label held_on locked agencies sittings",
    "sittings": "id held_on note",
    "responses": "wave agency statement score no_view no_view_reason evidence assurance target",
    "domain_notes": "wave domain comments completed_on",
    "readings": "statement text",
    "rounds": "wave statement number state votes recorded",
    "votes": "agency score no_view",
    "agreements": "wave statement reason agreed_by what_would_help dissent",
    "conflicts": "id address first_revision first_value second_revision second_value",
    "pack": "id wave agency domain",
    "series": "wave agency",
}


class ValuesReader:
    """What the readers of the document's parts share."""

    def __init__(self, instrument: Instrument) -> None:
        self.problems: list[RowProblem] = []
        self.unknown: set[str] = set()
        self.left_out: list[str] = []
        """Sentences about what is not taken in for a reason."""
        self._instrument = instrument
        self._ids: dict[tuple[str, str], str] = {}

    def _rows(
        self, holder: Mapping[str, Any], field: str, where: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for index, row in enumerate(self._list(holder, field, where)):
            place = f"{where}[{index}]"
            if isinstance(row, dict):
                self._note_unknown(field, row)
                yield place, row
            else:
                self._refuse(place, "must be an object")

    # Values ---------------------------------------------------------------------------------------------

    def _list(self, holder: Mapping[str, Any], field: str, where: str) -> list[Any]:
        items = holder.get(field)
        if items is None:
            return []
        if isinstance(items, list):
            return items
        self._refuse(where, "must be a list")
        return []

    def _text(self, row: Mapping[str, Any], field: str, place: str) -> str:
        value = row.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._refuse(f"{place}.{field}", "must be a text")
            return ""
        text = with_line_ends(value)
        if fault := text_fault(text):
            self._refuse(f"{place}.{field}", fault)
        return text

    def _name(self, row: Mapping[str, Any], field: str, place: str) -> str:
        text = self._text(row, field, place)
        if not text.strip():
            self._refuse(f"{place}.{field}", "must not be empty")
        return text

    def _date(self, row: Mapping[str, Any], field: str, place: str) -> str:
        text = self._text(row, field, place)
        if text and not is_date(text):
            self._refuse(f"{place}.{field}", "must be a day written as YYYY-MM-DD, or empty")
        return text

    def _flag(self, row: Mapping[str, Any], field: str, place: str) -> bool:
        value = row.get(field)
        if value is not None and not isinstance(value, bool):
            self._refuse(f"{place}.{field}", "must be true or false")
        return value is True

    def _score(self, row: Mapping[str, Any], field: str, place: str) -> int | None:
        value = row.get(field)
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value in SCORES:
            return int(value)
        self._refuse(f"{place}.{field}", "must be 0, 1, 2, 3, 4 or null")
        return None

    def _kind(self, head: Mapping[str, Any]) -> AuditKind:
        text = self._text(head, "kind", "audit")
        try:
            return AuditKind(text) if text else AuditKind.PARTNERSHIP
        except ValueError:
            self._refuse("audit.kind", f"must be one of: {', '.join(AuditKind)}")
            return AuditKind.PARTNERSHIP

    def _statement(self, row: Mapping[str, Any], place: str) -> str:
        statement_id = self._text(row, "statement", place)
        if not self._instrument.has_statement(statement_id):
            self._refuse(
                f"{place}.statement", f'"{shown(statement_id)}" is no scored statement of this edition'
            )
        return statement_id

    def _domain(self, row: Mapping[str, Any], place: str) -> str:
        domain_id = self._text(row, "domain", place)
        if domain_id not in {domain.domain_id for domain in self._instrument.domains}:
            self._refuse(f"{place}.domain", f'"{shown(domain_id)}" is no domain of this edition')
        return domain_id

    def _wave(self, row: Mapping[str, Any], place: str) -> str:
        return self._known_id(row.get("wave"), "wave", f"{place}.wave")

    def _party(self, row: Mapping[str, Any], place: str) -> str:
        if row.get("agency") is None:
            return PARTNERSHIP
        return self._known_id(row["agency"], "agency", f"{place}.agency")

    def _new_id(self, row: Mapping[str, Any], what: str, place: str) -> str:
        written = self._text(row, "id", place)
        if not written:
            if what == "sitting":
                return new_id()
            self._refuse(f"{place}.id", "must not be empty")
        elif (what, written) in self._ids:
            self._refuse(f"{place}.id", f'"{shown(written)}" stands there twice')
        return self._ids.setdefault((what, written), _own_id(written))

    def _known_id(self, written: Any, what: str, place: str) -> str:
        if isinstance(written, str) and (what, written) in self._ids:
            return self._ids[what, written]
        self._refuse(place, f'"{shown(written)}" is no {what} of this document')
        return ""

    def _note_unknown(self, kind: str, row: Mapping[str, Any]) -> None:
        known = _KNOWN[kind].split()
        self.unknown.update(f"{kind}.{shown(key)}" if kind else shown(key) for key in row if key not in known)

    def _refuse(self, place: str, reason: str) -> None:
        self.problems.append(RowProblem(place, reason))


def _own_id(written: str) -> str:
    """Return a UUID as it is usually written; a new one for any other text, which could name anything."""
    try:
        return str(uuid.UUID(written)) if len(written) == 36 else new_id()
    except ValueError:
        return new_id()
