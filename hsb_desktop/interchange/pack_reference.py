"""What a pack's worksheet belongs to, written on a sheet of its own and read from it when it comes back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import unguard, with_line_ends
from hsb_desktop.interchange.workbook_cells import read_cells
from hsb_desktop.model import Audit, Pack
from hsb_desktop.values import PARTNERSHIP, Value

SHEET = "Reference"

_HEADING = "Leave this sheet as it is: by it the answers find their place when they come back."
_KEYS = ("audit", "wave", "party", "domain", "wave label", "party name")
_NEEDED = ("audit", "wave", "party")
_ANSWER = "answer"
_REVISION = re.compile("[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class SentValue:
    """A value that stood in a worksheet when it was sent out."""

    revision_id: str
    mark: str
    """A digest of the value, by which one that was left as it was is known."""


@dataclass(frozen=True, slots=True)
class PackReference:
    """What a worksheet was sent out for."""

    audit_id: str
    wave_id: str
    party_id: str
    domain_id: str
    wave_label: str
    """As it was when the worksheet was sent; so is the party's name, which is empty for a table."""
    party_name: str
    sent: Mapping[str, SentValue]
    """By address, as text."""


def reference_rows(part: Audit, pack: Pack, base: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the sheet for a pack; `base` has the revisions of the values inside, by address."""
    yield (_HEADING,)
    party = "" if pack.party_id == PARTNERSHIP else part.agency(pack.party_id).name
    label = part.wave(pack.wave_id).label
    values = (part.audit_id, pack.wave_id, pack.party_id, pack.domain_id, label, party)
    yield from zip(_KEYS, values, strict=True)
    held = {str(address): value for address, value in part.values()}
    for address, revision_id in base.items():
        if address.startswith(("response/", "domain_note/")):
            yield _ANSWER, address, revision_id, mark_of(held.get(address))


def read_reference(content: bytes, name: str) -> PackReference | None:
    """Return what a worksheet says that it belongs to; None where it says nothing that can be used.

    `name` is what messages call the file. Raises InputRefused for what is not a workbook.
    """
    try:
        rows = read_cells(content, SHEET, name)
    except InputRefused:
        # Whether it is a workbook at all, reading its answers will say.
        return None
    values: dict[str, str] = {}
    sent: dict[str, SentValue] = {}
    for row in rows:
        cells = [unguard(row.cells.get(index, "")) for index in range(4)]
        if cells[0] == _ANSWER and _REVISION.fullmatch(cells[2]):
            sent[cells[1]] = SentValue(cells[2], cells[3])
        elif cells[0] in _KEYS:
            values.setdefault(cells[0], cells[1])
    if any(not values.get(key) for key in _NEEDED):
        return None
    audit_id, wave_id, party_id, domain_id, wave_label, party_name = (values.get(key, "") for key in _KEYS)
    return PackReference(audit_id, wave_id, party_id, domain_id, wave_label, party_name, sent)


def mark_of(value: Value) -> str:
    """Return a short digest of a value, which does not depend on how a program writes line ends."""
    text = "" if value is None else with_line_ends(str(value)).strip()
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
