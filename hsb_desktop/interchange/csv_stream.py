"""CSV that is written row by row, so that its length takes no memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import IO

from hsb_desktop.interchange.text import guard


class CsvStream:
    """Writes rows into an open text stream, guarded against formulas as every other CSV is."""

    def __init__(self, stream: IO[str], columns: Sequence[str]) -> None:
        """Write the headings; the stream is opened with `newline=""` and, for spreadsheets, "utf-8-sig"."""
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow(columns)

    def write(self, rows: Iterable[Sequence[str | int | None]]) -> int:
        """Write rows, and return how many; None is an empty cell."""
        count = 0
        for row in rows:
            self._writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
            count += 1
        return count
