"""Collating many audits into tidy tables: streaming, whole or not at all, and no file left out unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hsb_desktop.errors import HsbError, InputRefused, OutputRefused, RowProblem, RowsRefused
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.operations.collated_rows import RESPONSE_COLUMNS, audit_rows, edition_rows, response_rows
from hsb_desktop.operations.comparing import PasswordOf, no_password, refuse_pack
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.whole_file import whole_file

COLLATION_SUFFIXES = (".sqlite", ".csv")


@dataclass(frozen=True, slots=True)
class Collated:
    """What was written."""

    audits: int
    responses: int
    skipped: tuple[RowProblem, ...]
    """The files that were left out, and why."""


class _Output(Protocol):
    def add(self, audit: Audit, file_name: str) -> int:
        """Write one audit, and return how many responses it has."""


def collate(
    paths: Iterable[Path],
    out: Path,
    *,
    password_of: PasswordOf = no_password,
    skip_bad: bool = False,
    read: Callable[[Path], None] | None = None,
    leaves: Callable[[Path, Audit], None] | None = None,
) -> Collated:
    """Write many audits into one database (`.sqlite`) or one table of responses (`.csv`).

    An existing file is replaced, and only by a whole one. `read` is told of each file before it is read,
    and `leaves` of each audit before it is written; what it raises ends it all, with nothing written.
    Nothing that was answered in an open round is written. Raises InputRefused for a suffix that is unknown;
    OutputRefused if `out` cannot be written; RowsRefused with every file that cannot be read, or holds an
    audit that another file holds already, unless bad files are to be skipped; then the result names them.
    """
    if out.suffix.lower() not in COLLATION_SUFFIXES:
        raise InputRefused(
            f"{out.name} does not end in one of {', '.join(COLLATION_SUFFIXES)}. Nothing was written."
        )
    problems: list[RowProblem] = []
    found_in: dict[str, str] = {}
    responses = 0
    with _written(out) as output:
        for path in paths:
            if read is not None:
                read(path)
            try:
                audit = _read(path, password_of)
                _refuse_twice(audit, path, found_in)
            except OutputRefused:
                raise
            except HsbError as error:
                problems.append(RowProblem(path.name, str(error)))
                continue
            if not problems or skip_bad:
                # After a file that stops it, the others are read to name all that are bad at once.
                if leaves is not None:
                    leaves(path, audit)
                responses += output.add(audit, path.name)
        if problems and not skip_bad:
            raise RowsRefused(_not_collated(len(problems)), tuple(problems))
        if not found_in:
            raise InputRefused("None of the files could be collated. Nothing was written.")
    return Collated(len(found_in), responses, tuple(problems))


def _read(path: Path, password_of: PasswordOf) -> Audit:
    with AuditFile.open(path, read_only=True, password=password_of(path)) as file:
        audit = file.read()
    refuse_pack(audit, path)
    return audit


def _refuse_twice(audit: Audit, path: Path, found_in: dict[str, str]) -> None:
    if audit.audit_id in found_in:
        raise InputRefused(f"It holds the same audit as {found_in[audit.audit_id]}, which would count twice.")
    found_in[audit.audit_id] = path.name


def _not_collated(count: int) -> str:
    files = "One file" if count == 1 else f"{count} files"
    return f"{files} could not be collated, so nothing was written. With --skip-bad the others are."


@contextmanager
def _written(out: Path) -> Iterator[_Output]:
    if out.suffix.lower() == ".csv":
        from hsb_desktop.interchange.csv_stream import CsvStream

        with whole_file(out) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as stream:
            yield _Table(CsvStream(stream, RESPONSE_COLUMNS).write)
        return
    from hsb_desktop.store.collation import CollationDatabase

    with CollationDatabase.written(out) as database:
        yield _Tables(database.add)


class _Table:
    """The CSV: one row for each response."""

    def __init__(self, write: Callable[[Iterator[tuple[str | int | None, ...]]], int]) -> None:
        self._write = write

    def add(self, audit: Audit, file_name: str) -> int:
        return self._write(response_rows(audit, file_name))


class _Tables:
    """The database: a table for each kind of thing."""

    def __init__(self, write: Callable[[str, Iterator[tuple[str | int | None, ...]]], int]) -> None:
        self._write = write
        self._editions: dict[Instrument, str] = {}

    def add(self, audit: Audit, file_name: str) -> int:
        edition_id = self._editions.get(audit.instrument) or self._add_edition(audit.instrument)
        written = {
            table: self._write(table, rows) for table, rows in audit_rows(audit, file_name, edition_id)
        }
        return written["response"]

    def _add_edition(self, instrument: Instrument) -> str:
        """Write an edition that was not met before; another of the same id and other words has a number."""
        same = sum(known.instrument_id == instrument.instrument_id for known in self._editions)
        edition_id = f"{instrument.instrument_id} ({same + 1})" if same else instrument.instrument_id
        self._editions[instrument] = edition_id
        for table, rows in edition_rows(instrument, edition_id):
            self._write(table, rows)
        return edition_id
