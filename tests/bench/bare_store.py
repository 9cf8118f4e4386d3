"""One table of scores, one UPDATE in a transaction: the least that a committed score can cost."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.store.connection import open_for_writing

STATEMENTS = 46


class BareStore:
    """A database of 46 scores, opened with the settings that the program opens its files with."""

    def __init__(self, path: Path) -> None:
        self._connection = open_for_writing(path, new=True)
        self._connection.execute("CREATE TABLE score (number INTEGER PRIMARY KEY, score INTEGER) STRICT")
        self._scores = [2] * STATEMENTS
        rows = list(enumerate(self._scores))
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO score VALUES (?, ?)", rows)
        self._connection.execute("COMMIT")

    def write_score(self, number: int, score: int) -> None:
        """Commit another score than the present one: where nothing changes SQLite writes nothing."""
        score = score if score != self._scores[number] else (score + 1) % 5
        self._scores[number] = score
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        execute("UPDATE score SET score = ? WHERE number = ?", (score, number))
        execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
