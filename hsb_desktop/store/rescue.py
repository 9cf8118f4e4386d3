"""Brings what can be read of a damaged audit into a new file. The damaged one stays as it is.

A plain file is read page by page without SQLite, so nothing that somebody put into it is ever run, and a page
that is gone takes nothing along but itself. A write that was left half done is tried both ways, finished in a
private copy and not at all, and what gives more back is taken.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.errors import FileDamaged, FileRefused, HsbError, InputRefused
from hsb_desktop.model import Audit
from hsb_desktop.process import private_temporary_folder
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import (
    Connection,
    DatabaseError,
    is_held_by_another,
    journal_of,
    open_for_reading,
    open_for_writing,
)
from hsb_desktop.store.found_rows import Findings
from hsb_desktop.store.gate import MAGIC, judge
from hsb_desktop.store.proving import Proof, prove
from hsb_desktop.store.rescued_audit import rescued_audit
from hsb_desktop.store.rescued_edition import RescuedEdition, rescued_edition
from hsb_desktop.store.salvage import page_sizes, salvaged_rows
from hsb_desktop.store.surviving_rows import surviving_rows
from hsb_desktop.values import ValueAddress

_MOST_BYTES = 1 << 30
"""Of a file that is looked through; an audit of a thousand pages of text has a fiftieth of it."""
_SECONDS = 10.0
"""Of the processor's time, for the rows of a protected file."""
_STEPS_BETWEEN_LOOKS = 1000


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

    `password` is that of a protected file; the new one is protected with it, too. The file and what lies
    beside it keep every byte. Raises FileRefused if `out` exists or the file is whole, is no audit file or
    gives back nothing; OutputRefused if `out` cannot be written. Nothing is left then.
    """
    if os.path.lexists(out):
        raise FileRefused(f"{out} exists already. Choose another name; nothing was changed.")
    refusal = _refusal(path, password)
    proof, edition, is_plain = _best_reading(path, refusal, password)
    if not _is_damage(refusal, proof, is_plain=is_plain):
        raise refusal
    if not proof.values:
        raise FileRefused(
            f"Nothing that was entered could be read in {path.name}. It was left as it is, and nothing was "
            "written; open an earlier copy of it."
        )
    audit, placeholders = rescued_audit(edition, proof.values)
    try:
        # What was protected stays so.
        with AuditFile.create(out, audit, None if is_plain else password) as file:
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
    try:
        judge(path, password)
    except FileRefused as refusal:
        if isinstance(refusal.__cause__, OSError):
            raise
        return refusal
    raise FileRefused(f"{path.name} is whole and needs no rescue: open it. Nothing was written.")


def _is_damage(refusal: FileRefused, proof: Proof, *, is_plain: bool) -> bool:
    """Whether what was read shows that the file is refused because it is damaged."""
    if is_held_by_another(refusal.__cause__ if isinstance(refusal.__cause__, Exception) else refusal):
        # Damage can look so; but where nothing is missing, another program really holds it.
        return not proof.is_whole
    # Else it may be another program's, of a newer version, or protected and without its password.
    return isinstance(refusal, FileDamaged) or proof.is_whole or (proof.sound > 0 and not is_plain)


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _best_reading(
    path: Path, refusal: FileRefused, password: str | None
) -> tuple[Proof, RescuedEdition, bool]:
    """Return the best reading of the file, and whether it was begun as a plain database."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileRefused(f"{path.name} is larger than an audit can be. It was left as it is.")
        is_plain = _is_plain(path)
        with _variants(path, password) as variants:
            readings = [_reading(_findings(variant, password)) for variant in variants]
    except OSError as error:
        raise refusal from error
    best = max(readings, key=lambda reading: (reading[0].is_whole, reading[0].sound, len(reading[0].values)))
    return *best, is_plain


@contextmanager
def _variants(path: Path, password: str | None) -> Iterator[tuple[Path, ...]]:
    """Yield the file and, if a write was left half done, a private copy of it in which that is finished."""
    real = path.resolve(strict=True)
    leftovers = [name for name in (journal_of(real), real.with_name(real.name + "-wal")) if name.is_file()]
    if not leftovers:
        yield (real,)
        return
    with tempfile.TemporaryDirectory(prefix="hsb-audit-", dir=private_temporary_folder()) as folder:
        copy = Path(folder) / "audit.hsbaudit"
        shutil.copyfile(real, copy)
        for name in leftovers:
            shutil.copyfile(name, copy.with_name(copy.name + name.name.removeprefix(real.name)))
        # What is wrong with the rest of the file does not matter: the journal is played back first.
        with suppress(*DatabaseError, HsbError):
            open_for_writing(copy, password).close()
        yield real, copy


def _findings(path: Path, password: str | None) -> Iterator[Findings]:
    """Yield what is found in one file, and more of it for as long as more is asked for."""
    findings = Findings()
    if password is not None and not _is_plain(path):
        end = time.thread_time() + _SECONDS

        def connect() -> Connection:
            connection = open_for_reading(path, password)
            connection.set_progress_handler(lambda: int(time.thread_time() > end), _STEPS_BETWEEN_LOOKS)
            return connection

        with suppress(*DatabaseError):
            findings.take(surviving_rows(connect))
        yield findings
        if findings.readings:
            return
        # A password was given for a plain file of which the very start was hit.
    content = path.read_bytes()
    for size in page_sizes(content):
        findings.take(salvaged_rows(content, size))
        yield findings


def _reading(found: Iterable[Findings]) -> tuple[Proof, RescuedEdition]:
    for findings in found:
        edition = rescued_edition(findings)
        statement_ids = [statement.statement_id for statement in edition.instrument.statements]
        proof = prove(findings, statement_ids, [domain.domain_id for domain in edition.instrument.domains])
        if proof.is_whole:
            break
    return proof, edition


def _notes_on(proof: Proof) -> Iterator[str]:
    yield "Its history stays in the damaged file."
    if not proof.lists_all:
        yield (
            "The file’s own list of what was entered is not whole: more may be missing than is listed here."
        )
