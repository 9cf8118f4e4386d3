"""Finding a wave or an agency by the name that somebody typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

_Thing = TypeVar("_Thing")


def called(things: Iterable[_Thing], name: str, name_of: Callable[[_Thing], str]) -> list[_Thing]:
    """Return those of that name exactly; where there is none, those that differ in capitals or spaces only.

    One that is found is meant; several are for whoever asked to tell apart.
    """
    known = list(things)
    exact = [thing for thing in known if name_of(thing) == name]
    return exact or [thing for thing in known if folded(name_of(thing)) == folded(name)]


def folded(name: str) -> str:
    """Return what two names have in common that differ in capitals or spaces only."""
    return " ".join(name.split()).casefold()
