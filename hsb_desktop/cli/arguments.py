"""Arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hsb_desktop.errors import HsbError, OutputRefused

if TYPE_CHECKING:
    from hsb_desktop.model import Audit, Wave

_Command = TypeVar("_Command", bound=Callable[..., Any])


class SuffixedPath(click.Path):
    """A file's name with one of these suffixes; any other is wrong usage.

    What is wrong with the path itself comes first, and is no wrong usage: a folder, or a source to read that
    is missing or cannot be read.
    """

    def __init__(self, suffixes: tuple[str, ...], *, is_read: bool) -> None:
        super().__init__(path_type=Path)
        self._suffixes = suffixes
        self._is_read = is_read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path, or refuse it in words."""
        path = Path(value)
        if path.suffix.lower() in self._suffixes:
            return path
        if self._is_read:
            from hsb_desktop.operations.source_file import read_source

            read_source(path)
        elif path.is_dir():
            raise OutputRefused(f"{path} is a folder. Give the name of a file; nothing was written.")
        raise click.BadParameter(f'"{path.name}" does not end in {", ".join(self._suffixes)}.', ctx, param)


def a_day(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Refuse what is no day."""
    from hsb_desktop.interchange.text import is_date

    if value and not is_date(value):
        raise click.BadParameter(f"{value!r} is not a day written as YYYY-MM-DD, from 1900 to 2100.")
    return value


def some_text(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse an empty text."""
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty.")
    return value


FILE = click.argument("file", type=click.Path(path_type=Path))
WAVE = click.option("--wave", metavar="LABEL", help="The wave to show; the latest if none is named.")


def descriptor_option(*names: str, words: str) -> Callable[[_Command], _Command]:
    """Return an option that names an open file descriptor to read one line from."""
    return click.option(
        *names,
        type=click.IntRange(min=0),
        metavar="N",
        help=f"{words}: one line in UTF-8 from this open file descriptor.",
    )


PASSWORD = descriptor_option("--password-fd", words="The password of a protected FILE")
"""For every command that opens a file."""
NEW_PASSWORD = descriptor_option("--new-password-fd", words="The new password")


def wave_named(audit: Audit, label: str | None) -> Wave:
    """Return the wave of this label, or the latest; HsbError if there is none or more than one.

    Capitals and spaces count only where two waves would be told apart by nothing else.
    """
    if not audit.waves:
        raise HsbError("The audit has no wave yet. Add one first.")
    if label is None:
        return audit.waves[-1]
    from hsb_desktop.operations.by_name import called

    found = called(audit.waves, label, lambda wave: wave.label)
    if len(found) == 1:
        return found[0]
    known = ", ".join(f'"{wave.label}"' for wave in audit.waves)
    raise HsbError(
        f'There is {"more than one" if found else "no"} wave called "{label}". The waves are: {known}.'
    )
