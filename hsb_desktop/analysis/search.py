"""Finding words in statements and in what people entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hsb_desktop.model import Audit
from hsb_desktop.values import PARTNERSHIP, NoteKey, ResponseKey

_BEFORE, _AFTER = 30, 70
"""Characters shown on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place that holds what was looked for."""

    domain_id: str
    statement_id: str
    """Empty for a domain's comments."""
    field: str
    """`statement`, `evidence`, `assurance` or `comments`."""
    excerpt: str


def find_text(audit: Audit, wave_id: str, wanted: str, party_id: str = PARTNERSHIP) -> tuple[Match, ...]:
    """Return every box and statement that holds the words, whatever their case, in the order of the form."""
    words = wanted.strip().casefold()
    return tuple(_matches(audit, wave_id, party_id, words)) if words else ()


def statement_for_number(audit: Audit, typed: str) -> str | None:
    """Return the scored statement meant by "3.2", "1.6b" or "1.6" (its first part); None if there is none."""
    number = typed.strip().lower().replace(",", ".")
    for statement in audit.instrument.statements:
        if number and number in (statement.statement_id.lower(), statement.heading_id.lower()):
            return statement.statement_id
    return next(
        (d.statements[0].statement_id for d in audit.instrument.domains if d.domain_id.lower() == number),
        None,
    )


def _matches(audit: Audit, wave_id: str, party_id: str, words: str) -> Iterator[Match]:
    for domain in audit.instrument.domains:
        for statement in domain.statements:
            response = audit.response(ResponseKey(wave_id, party_id, statement.statement_id))
            for field, text in (
                ("statement", f"{statement.statement_id} {statement.full_text}"),
                ("evidence", response.evidence),
                ("assurance", response.assurance),
            ):
                if words in text.casefold():
                    yield Match(domain.domain_id, statement.statement_id, field, _excerpt(text, words))
        comments = audit.note(NoteKey(wave_id, domain.domain_id)).comments
        if words in comments.casefold():
            yield Match(domain.domain_id, "", "comments", _excerpt(comments, words))


def _excerpt(text: str, words: str) -> str:
    place = max(text.casefold().find(words), 0)
    start, end = max(place - _BEFORE, 0), place + len(words) + _AFTER
    shown = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}"
