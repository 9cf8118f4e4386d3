"""What is edited in a trial, and what the file must hold afterwards: the same for the same seed."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from hsb_desktop.errors import HsbError
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, Value, response_address
from tests.faults.fault import Lost
from tests.store.files import WAVE, bare_audit, make

Entered = dict[tuple[str, str], Value]
"""Statement id and field to what is entered there, for the partnership."""

_WORDS = ("visited", "agreed", "pathway", "ŵythnos", "review", "carers", "school", "records")


@dataclass(frozen=True, slots=True)
class Step:
    """One edit; the first has number 1."""

    number: int
    statement_id: str
    field: str
    before: Value
    after: Value

    @property
    def change_set(self) -> ChangeSet:
        """The edit as the store takes it."""
        address = response_address(ResponseKey(WAVE, PARTNERSHIP, self.statement_id), self.field)
        return ChangeSet("an edit", (Change(address, self.before, self.after),), "Scribe Quillfeather")


def steps(seed: int, longest: int = 200) -> Iterator[Step]:
    """Yield edits without end: scores, and texts of at most about that many characters."""
    chance = random.Random(f"story {seed}")
    statement_ids = [statement.statement_id for statement in instrument_by_id().statements]
    held: Entered = {}
    number = 0
    while True:
        number += 1
        place = (chance.choice(statement_ids), chance.choice(("score", "evidence", "assurance")))
        before = held.get(place)
        after: Value
        if place[1] == "score":
            after = chance.choice([score for score in range(5) if score != before])
        else:
            after = f"edit {number}"
            for _ in range(chance.randrange(1, longest // 8 + 2)):
                after += f" {chance.choice(_WORDS)}"
        held[place] = after
        yield Step(number, *place, before, after)


def entered_after(seed: int, number: int, longest: int = 200) -> Entered:
    """Return what is entered after that many edits."""
    return {
        (step.statement_id, step.field): step.after for step in islice(steps(seed, longest), max(number, 0))
    }


def entered_in(audit: Audit) -> Entered:
    """Return what the partnership has entered."""
    return {
        (address.key[2], address.field): value
        for address, value in audit.values()
        if address.subject.value == "response" and address.key[1] == PARTNERSHIP
    }


def fresh_audit(folder: Path, name: str = "audit.hsbaudit") -> Path:
    """Return a new audit in that folder, with nothing scored in it yet."""
    path = folder / name
    path.write_bytes(_bare_bytes())
    return path


@cache
def _bare_bytes() -> bytes:
    with tempfile.TemporaryDirectory(prefix="hsb-faults-") as folder:
        return make(Path(folder) / "audit.hsbaudit", bare_audit()).read_bytes()


def must_hold(path: Path, seed: int, acknowledged: int, begun: int, longest: int = 200) -> int:
    """Return how many edits the file holds; raise Lost unless all that were acknowledged are in it.

    An edit that had begun and was not acknowledged may be there or not, but whole.
    """
    try:
        with AuditFile.open(path) as file:
            held, problems = entered_in(file.read()), file.check()
    except HsbError as error:
        raise Lost(f"the file cannot be opened after {acknowledged} acknowledged edits: {error}") from error
    if problems:
        raise Lost(f"the file has changed silently: {' '.join(problems)}")
    for number in range(acknowledged, max(begun, acknowledged) + 1):
        if held == entered_after(seed, number, longest):
            return number
    missing = {
        place: value
        for place, value in entered_after(seed, acknowledged, longest).items()
        if held.get(place) != value
    }
    raise Lost(
        f"{acknowledged} edits were acknowledged and {len(missing)} of their values are not in the file, "
        f"at {', '.join(' '.join(place) for place in list(missing)[:3]) or 'other places'}"
    )
