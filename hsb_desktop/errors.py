"""Everything that can go wrong and is a person's to mend, in words for that person.

Each message says what happened, what is safe and what to do next. Anything that is not an `HsbError`
is a bug of ours and goes to the crash dialog.
"""

from __future__ import annotations

from dataclasses import dataclass


class HsbError(Exception):
    """A fault that a facilitator can act on; `str()` of it is shown as it stands."""


class FileRefused(HsbError):
    """A file could not be opened as an audit. The file's bytes are as they were."""


class FileDamaged(FileRefused):
    """A file is, or may be, a damaged audit: what can be read of it can be rescued into a new file."""


class PasswordNeeded(FileRefused):
    """The file seems to be protected, and no password was given. Nothing but its outside was looked at."""


class WrongPassword(FileRefused):
    """The password does not open the file; a protected file that is damaged at its start looks the same."""


class FileInUse(FileRefused):
    """Somebody else is working on the file: who (empty if unknown), on which computer, since when (UTC)."""

    def __init__(self, message: str, *, who: str = "", computer: str = "", since: str = "") -> None:
        super().__init__(message)
        self.who = who
        self.computer = computer
        self.since = since


class NotBroughtUpToDate(FileRefused):
    """A file of an earlier version could not be brought up to date. It can be opened for reading as it is."""


class NotSaved(HsbError):
    """A change could not be written. The file holds what it held before the change."""


class FileGone(NotSaved):
    """Nothing stands under the file's name any more. No empty file takes its place."""


class ChangedUnderneath(NotSaved):
    """Under the file's name stands something else than this program last saw. It was not overwritten."""


class TakenOver(NotSaved):
    """Somebody else took over the file and writes to it now: who, on which computer, since when (UTC)."""

    def __init__(self, message: str, *, who: str = "", computer: str = "", since: str = "") -> None:
        super().__init__(message)
        self.who = who
        self.computer = computer
        self.since = since


class OutputRefused(HsbError):
    """An export could not be written. No part of it is left behind; an earlier file there is as it was."""


class NotRemoved(HsbError):
    """A text to be removed for good may still be somewhere. The message says where and what to do."""


class InstrumentRefused(HsbError):
    """An edition's file does not describe an audit tool. The message names the file and the field."""


class InputRefused(HsbError):
    """A value that somebody asked to enter cannot be entered. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row of an import cannot be taken in; `row` counts as the other program counts it."""

    row: str
    reason: str

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class RowsRefused(InputRefused):
    """An import holds rows that cannot be taken in. None of its rows was."""

    def __init__(self, message: str, problems: tuple[RowProblem, ...]) -> None:
        super().__init__(message)
        self.problems = problems
