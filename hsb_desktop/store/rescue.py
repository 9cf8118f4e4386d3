"""Brings what can be read of a damaged audit into a new file. The damaged one stays as it is.

A plain file is read page by page without SQLite, so nothing that somebody put into it is ever run, and a page
that is gone takes nothing along but itself. A write that was left half done is tried both ways, finished in a
private copy and not at all, and what gives more back is taken.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.errors import FileDamaged, FileRefused, InputRefused
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import DatabaseError, is_held_by_another, journal_of, open_for_writing
from hsb_desktop.store.found_rows import Findings
from hsb_desktop.store.gate import MAGIC, judge
from hsb_desktop.store.proving import Proof, prove
from hsb_desktop.store.rescued_audit import rescued_audit
from hsb_desktop.store.rescued_edition import RescuedEdition, rescued_edition
from hsb_desktop.store.salvage import page_sizes, salvaged_rows
from hsb_desktop.values import ValueAddress

_MOST_BYTES = 1 << 30
"""Of a file that is looked through; an audit of a thousand pages of text has a fiftieth of it."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue brought into the new file."""

    audit: Audit
    taken: int
    """How many values were taken in, the doubtful ones too."""
    doubtful: tuple[ValueAddress, ...]
    """Values that are taken in but may not be what was saved."""
    lost: tuple[ValueAddress, ...]
    """Where something was entered that could not be read."""
    notes: tuple[str, ...]
    """Sentences about the whole."""
    is_complete: bool
    """Whether every value is there as it was saved."""


def rescue(path: Path, out: Path, password: str | None = None) -> Rescued:
    """Read what can be read of a damaged audit, write it to the new file `out`, and say what could not.

    The file and what lies beside it keep every byte. Raises FileRefused if `out` exists or the file is whole,
    is no audit file or gives back nothing; OutputRefused if `out` cannot be written. Nothing is left then.
    """
    if os.path.lexists(out):
        raise FileRefused(f"{out} exists already. Choose another name; nothing was changed.")
    refusal = _refusal(path, password)
    proof, edition = _best_reading(path, refusal)
    if not (isinstance(refusal, FileDamaged) or proof.is_whole or (proof.sound and not _begins_well(path))):
        # Another program's file, or one of a newer version, of which this program knows a part only.
        raise refusal
    if not proof.values:
        raise FileRefused(
            f"Nothing that was entered could be read in {path.name}. It was left as it is, and nothing was "
            "written; open an earlier copy of it."
        )
    audit, placeholders = rescued_audit(edition, proof.values)
    try:
        with AuditFile.create(out, audit) as file:
            written = file.read()
    except InputRefused as error:
        raise FileRefused(
            f"{path.name} holds more than an audit can, or what an audit cannot. It was left as it is, and "
            "nothing was written."
        ) from error
    return Rescued(
        audit=written,
        taken=len(proof.values),
        doubtful=tuple(sorted(proof.doubtful, key=str)),
        lost=proof.lost,
        notes=(*edition.notes, *placeholders, *_notes_on(proof)),
        is_complete=proof.is_whole and not edition.notes,
    )


def _refusal(path: Path, password: str | None) -> FileRefused:
    """Return why the file is not opened; raise if it is whole, or if that is no fault of the file."""
    del password
    try:
        judge(path)
    except FileRefused as refusal:
        if isinstance(refusal.__cause__, OSError) or _is_held(refusal):
            raise
        return refusal
    raise FileRefused(f"{path.name} is whole and needs no rescue: open it. Nothing was written.")


def _begins_well(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _is_held(refusal: FileRefused) -> bool:
    return isinstance(refusal.__cause__, Exception) and is_held_by_another(refusal.__cause__)


def _best_reading(path: Path, refusal: FileRefused) -> tuple[Proof, RescuedEdition]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileRefused(f"{path.name} is larger than an audit can be. It was left as it is.")
        readings = [_reading(content) for content in _contents(path)]
    except OSError as error:
        raise refusal from error
    return max(readings, key=lambda reading: (reading[0].is_whole, reading[0].sound, len(reading[0].values)))


def _contents(path: Path) -> Iterator[bytes]:
    """Yield the bytes of the file and, if a write was left half done, those it would have when finished."""
    real = path.resolve(strict=True)
    yield real.read_bytes()
    leftovers = [name for name in (journal_of(real), real.with_name(real.name + "-wal")) if name.is_file()]
    if not leftovers:
        return
    with tempfile.TemporaryDirectory(prefix="hsb-audit-") as folder:
        copy = Path(folder) / "audit.hsbaudit"
        shutil.copyfile(real, copy)
        for name in leftovers:
            shutil.copyfile(name, copy.with_name(copy.name + name.name.removeprefix(real.name)))
        # What is wrong with the rest of the file does not matter: the journal is played back first.
        with suppress(*DatabaseError, FileRefused):
            connection = open_for_writing(copy)
            connection.close()
        yield copy.read_bytes()


def _reading(content: bytes) -> tuple[Proof, RescuedEdition]:
    findings = Findings()
    proof: Proof | None = None
    for size in page_sizes(content):
        findings.take(salvaged_rows(content, size))
        edition = rescued_edition(findings)
        statement_ids = [statement.statement_id for statement in edition.instrument.statements]
        proof = prove(findings, statement_ids, [domain.domain_id for domain in edition.instrument.domains])
        if proof.is_whole:
            break
    assert proof is not None  # there is always the usual size
    return proof, edition


def _notes_on(proof: Proof) -> Iterator[str]:
    yield "Its history stays in the damaged file."
    if not proof.lists_all:
        yield (
            "The file’s own list of what was entered is not whole: more may be missing than is listed here."
        )
