"""What `hsb-audit` says, on a console that may lack letters."""

from __future__ import annotations

import sys
from typing import Any

import click

_PLAIN = {"–": "-", "…": "...", "“": '"', "”": '"', "’": "'"}


def say(text: str) -> None:
    """Write a line on standard output."""
    click.echo(printable(text, sys.stdout), file=sys.stdout)


def complain(text: str) -> None:
    """Write a line on standard error."""
    click.echo(printable(text, sys.stderr), file=sys.stderr, err=True)


def printable(text: str, stream: Any) -> str:
    """Return the text on one line, with the marks that a poorer console lacks as plain ones."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        "".join(_PLAIN).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        for mark, plain in _PLAIN.items():
            text = text.replace(mark, plain)
    # A name out of a file must not steer the terminal.
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
