"""Where answers that differ came from, as far as the history of the open file tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hsb_desktop.operations.merge_copy import MERGED_FROM
from hsb_desktop.operations.questions import Question
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Value

_ADDRESSES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Whence:
    """Where one answer came from."""

    is_here: bool
    """Whether it was entered in this file; otherwise it came from a copy."""
    at: str = ""
    """When it was entered here (UTC, ISO 8601)."""
    copy_name: str = ""
    """The copy that it came from; empty where nothing tells."""


def whence_of(file: AuditFile, questions: Iterable[Question]) -> Mapping[tuple[str, Value], Whence]:
    """Return by address, as text, and value where the answers to these questions came from.

    What stands in the file and is in no history is not among them. Raises HsbError where the file cannot be
    read.
    """
    asked = {str(question.address): question for question in questions}
    addresses = [question.address for question in asked.values()]
    found: dict[tuple[str, Value], Whence] = {}
    for begin in range(0, len(addresses), _ADDRESSES_AT_ONCE):
        for visit in file.history(*addresses[begin : begin + _ADDRESSES_AT_ONCE]):
            is_merged = visit.label.startswith(MERGED_FROM)
            copy_name = visit.label.removeprefix(MERGED_FROM) if is_merged else ""
            whence = Whence(not is_merged, "" if is_merged else visit.edited_at, copy_name)
            # The latest visit that left this value is the one that is meant.
            found[visit.address, visit.after] = whence
    for text, question in asked.items():
        for answer in question.answers[1:]:
            found.setdefault((text, answer.value), Whence(is_here=False))
    return found
