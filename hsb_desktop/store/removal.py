"""Removing a text for good: from the values, from history, and from every byte of one audit file.

The values are changed in one transaction. The file is then built anew, because pages that were moved about
may hold old words in their unused parts, and what was done is checked against the file's own bytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from hsb_desktop.errors import InputRefused, NotRemoved, NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.chosen_text import ChosenText
from hsb_desktop.store.connection import Connection, DatabaseError, in_plain_words
from hsb_desktop.store.digest import history_digest, replaced, value_digest
from hsb_desktop.store.residue import is_in_bytes
from hsb_desktop.store.tables import fixed_values, read_audit, write_value
from hsb_desktop.store.value_rules import LONGEST_TEXT, refuse_unkeepable
from hsb_desktop.values import ChangeSet, FieldKind, Value, ValueAddress, new_id

LABEL = "text removed for good"
"""What the history says of it."""

_TEXT_KINDS = (FieldKind.TEXT, FieldKind.ANY)
_AROUND = 40
"""Characters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Place:
    """A present value that holds the text."""

    address: ValueAddress
    excerpt: str


@dataclass(frozen=True, slots=True)
class Removal:
    """Where a text stood in one file."""

    places: tuple[Place, ...]
    """Present values, those of conflicts among them."""
    history: int
    """Rows of history."""

    @property
    def is_empty(self) -> bool:
        """Whether it stood nowhere."""
        return not (self.places or self.history)


class _Row(NamedTuple):
    """What people wrote in one row of history, and what stands around it."""

    history_id: int
    revision_id: str
    address: str
    author: str
    edited_at: str
    label: str
    before: Value
    after: Value


def find_text(file: AuditFile, chosen: ChosenText) -> Removal:
    """Return where a text stands in a file. Nothing is changed. Raises FileRefused if the disk fails."""
    with file.reading() as connection:
        places = tuple(
            Place(address, _excerpt(str(value), chosen))
            for address, value in _values_with(connection, chosen)
        )
        return Removal(places, sum(1 for _ in _rows_with(connection, chosen)))


def refuse_common(file: AuditFile, chosen: ChosenText, marker: str) -> None:
    """Raise InputRefused for a text that must stay: the edition's own words, or the note left behind."""
    whole = ChosenText.of(chosen.text, whole_words=True)
    with file.reading() as connection:
        fixed = [
            str(value) for address, value in fixed_values(connection) if not address.startswith("audit/")
        ]
    if any(map(whole.is_in, fixed)):
        raise InputRefused(
            "These words stand in the audit tool's own statements, so they cannot be removed. "
            "Choose more of the text around them; nothing was changed."
        )
    if not chosen.whole_words and any(map(chosen.is_in, fixed)):
        raise InputRefused(
            "This text is a part of words in the audit tool's own statements. "
            "Remove it as whole words; nothing was changed."
        )
    if chosen.is_in(marker) or chosen.is_in(LABEL):
        raise InputRefused(
            "This text stands in the note that is left where text was removed, so it cannot be removed. "
            "Choose more of the text around it; nothing was changed."
        )


def remove_text(file: AuditFile, chosen: ChosenText, marker: str, author: str = "") -> Removal:
    """Put a note in the place of a text everywhere in a file, and return where it stood.

    Values and history are changed in one transaction, the file is built anew, and every byte of it is looked
    through. Removing the same text again finishes what was interrupted. `author` is who removes it.

    Raises InputRefused for a text that cannot be removed and NotSaved, with the file as it was; NotRemoved
    where the text is gone from values and history, but something of it may be left in the file's bytes.
    """
    if file.is_read_only:
        raise NotSaved(f"Nothing was removed: {file.path.name} is open for reading only.")
    author = "" if chosen.is_in(author) else author
    refuse_unkeepable(ChangeSet(marker, (), author))
    refuse_common(file, chosen, marker)
    file.end_visit()
    found = find_text(file, chosen)
    spellings = _spellings(file, chosen)
    with file.transaction() as connection:
        _clean_history(connection, chosen, marker)
        _clean_values(connection, chosen, marker, author)
    _build_anew(file)
    _verify(file, chosen, spellings)
    return found


# What people typed --------------------------------------------------------------------------------------


def typed_texts(connection: Connection) -> Iterator[str]:
    """Yield every text in a file that somebody typed: values, conflicts, and all of history."""
    for _, value in _text_values(connection):
        yield str(value)
    for row in _rows(connection):
        yield from _texts_of(row)


def _text_values(connection: Connection) -> Iterator[tuple[ValueAddress, Value]]:
    audit = read_audit(connection)
    for address, value in audit.values():
        if isinstance(value, str) and address.kind in _TEXT_KINDS:
            if address.kind is FieldKind.ANY and not _holds_text(
                str(audit.value(address._replace(field="address")) or "")
            ):
                continue
            yield address, value


def _values_with(connection: Connection, chosen: ChosenText) -> Iterator[tuple[ValueAddress, Value]]:
    return ((where, value) for where, value in _text_values(connection) if chosen.is_in(str(value)))


def _rows(connection: Connection) -> Iterator[_Row]:
    for row in connection.execute(
        "SELECT history_id, revision_id, address, author, edited_at, label, value_before, value_after"
        " FROM history"
    ):
        yield _Row(*row)


def _rows_with(connection: Connection, chosen: ChosenText) -> Iterator[_Row]:
    return (row for row in _rows(connection) if any(map(chosen.is_in, _texts_of(row))))


def _texts_of(row: _Row) -> Iterator[str]:
    yield from (row.author, row.label)
    if _holds_text(row.address):
        yield from (value for value in (row.before, row.after) if isinstance(value, str))


def _holds_text(address: str) -> bool:
    """Whether what stands at an address was typed freely: a date or "no view" holds nobody's name."""
    try:
        return ValueAddress.parse(address).kind in _TEXT_KINDS
    except (ValueError, KeyError):
        return True


# Change -------------------------------------------------------------------------------------------------


def without(text: str, chosen: ChosenText, marker: str) -> str:
    """Return a text with a note in each place of the chosen one; never one that is too long to be kept."""
    for first, further in ((marker, marker), (marker, "…"), ("…", "…")):
        result = _exchanged(text, chosen, first, further)
        if len(result) <= LONGEST_TEXT and not chosen.is_in(result):
            return result
    return marker


def _exchanged(text: str, chosen: ChosenText, first: str, further: str) -> str:
    # What stands on both sides of a note may be the chosen text again, so it is looked for once more.
    for _ in range(3):
        spans = chosen.spans_in(text)
        if not spans:
            break
        parts, end = [], 0
        for number, (start, next_end) in enumerate(spans):
            parts += [text[end:start], further if number else first]
            end = next_end
        text = "".join((*parts, text[end:]))
    return text


def _clean_history(connection: Connection, chosen: ChosenText, marker: str) -> None:
    cleaned = [_clean_row(row, chosen, marker) for row in _rows_with(connection, chosen)]
    for row in cleaned:
        about = (row.revision_id, row.address, row.author, row.edited_at, row.label)
        ends = (value_digest(row.address, value) for value in (row.before, row.after))
        connection.execute(
            "UPDATE history SET author = ?, label = ?, value_before = ?, value_after = ?, digest = ?"
            " WHERE history_id = ?",
            (row.author, row.label, row.before, row.after, history_digest(about, *ends), row.history_id),
        )


def _clean_row(row: _Row, chosen: ChosenText, marker: str) -> _Row:
    before, after = row.before, row.after
    if _holds_text(row.address):
        before, after = (
            without(value, chosen, marker) if isinstance(value, str) else value for value in (before, after)
        )
    author, label = (without(text, chosen, marker) for text in (row.author, row.label))
    return row._replace(author=author, label=label, before=before, after=after)


def _clean_values(connection: Connection, chosen: ChosenText, marker: str, author: str) -> None:
    (total,) = connection.execute("SELECT digest FROM seal").fetchone()
    for address, value in tuple(_values_with(connection, chosen)):
        after = without(str(value), chosen, marker)
        total = replaced(total, *_write_cleaned(connection, address, after, author))
    connection.execute("UPDATE seal SET digest = ?", (total,))


def _write_cleaned(
    connection: Connection, address: ValueAddress, after: str, author: str
) -> tuple[bytes, bytes]:
    """Write a value as a new revision with a row of history that does not tell what it was before."""
    place, revision_id = str(address), new_id()
    parent_id, digest_before = connection.execute(
        "SELECT revision_id, digest FROM value_state WHERE address = ?", (place,)
    ).fetchone()
    digest_after = value_digest(place, after)
    connection.execute("INSERT INTO revision VALUES (?, ?, NULL)", (revision_id, parent_id))
    write_value(connection, address, after)
    connection.execute(
        "UPDATE value_state SET revision_id = ?, digest = ? WHERE address = ?",
        (revision_id, digest_after, place),
    )
    about = (revision_id, place, author, datetime.now(UTC).isoformat(timespec="seconds"), LABEL)
    connection.execute(
        "INSERT INTO history (revision_id, address, author, edited_at, label,"
        " value_before, value_after, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*about, after, after, history_digest(about, digest_after, digest_after)),
    )
    return digest_before, digest_after


def _build_anew(file: AuditFile) -> None:
    try:
        file.connection.execute("VACUUM")
    except DatabaseError as error:
        reason = str(in_plain_words(error, file.path)).removeprefix("Not saved: ")
        raise NotRemoved(
            f"The text is gone from all that {file.path.name} shows, but parts of it may still be in its "
            f"bytes: {reason} Then remove the same text once more."
        ) from error


# Look whether it is gone --------------------------------------------------------------------------------


def _spellings(file: AuditFile, chosen: ChosenText) -> frozenset[str]:
    """Return the ways in which the text stands in the file, and those in which it could."""
    ways = {chosen.text, chosen.text.lower(), chosen.text.upper(), chosen.text.title()}
    with file.reading() as connection:
        for text in typed_texts(connection):
            ways.update(text[start:end] for start, end in chosen.spans_in(text))
    return frozenset(unicodedata.normalize(form, way) for way in ways for form in ("NFC", "NFD")) | ways


def _verify(file: AuditFile, chosen: ChosenText, spellings: frozenset[str]) -> None:
    with file.reading() as connection:
        is_typed = any(map(chosen.is_in, typed_texts(connection)))
        (free_pages,) = connection.execute("PRAGMA freelist_count").fetchone()
        if is_typed or free_pages or is_in_bytes(file, spellings):
            raise NotRemoved(
                f"The text was removed from {file.path.name}, but something of it is still there. "
                "Remove the same text once more; if this comes again, export the data into a new audit."
            )


def _excerpt(text: str, chosen: ChosenText) -> str:
    start, end = chosen.spans_in(text)[0]
    first, last = max(start - _AROUND, 0), end + _AROUND
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"
