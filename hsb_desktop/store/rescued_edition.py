"""The wording and the identity of a damaged audit: what was fixed when its file was made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hsb_desktop.errors import InstrumentRefused
from hsb_desktop.instrument import (
    DEFAULT_INSTRUMENT_ID,
    available_instruments,
    instrument_by_id,
    instrument_from_data,
    instrument_to_data,
)
from hsb_desktop.model import Domain, Instrument, ScalePoint, Statement
from hsb_desktop.store.connection import memory_connection
from hsb_desktop.store.digest import digest_of
from hsb_desktop.store.found_rows import Findings
from hsb_desktop.store.salvage import Cell
from hsb_desktop.store.schema import create_schema
from hsb_desktop.store.tables import fixed_values, write_instrument
from hsb_desktop.store.value_rules import is_identifier
from hsb_desktop.values import Subject, Value, new_id

_UNREADABLE = "(not readable)"


@dataclass(frozen=True, slots=True)
class RescuedEdition:
    """What the new file begins with."""

    instrument: Instrument
    audit_id: str
    made_at: str
    """Empty if it could not be read."""
    is_sample: bool
    notes: tuple[str, ...] = ()
    """Sentences about what is not certain."""


def rescued_edition(findings: Findings) -> RescuedEdition:
    """Return the wording and identity that the file was sealed over, or else the best that there is."""
    own = _own_instrument(findings)
    at_hand = {edition.instrument_id: edition for edition in available_instruments()[0]}
    origins = list(_origins(findings))
    seals = {fixed for _, fixed in findings.seals}
    for origin in origins:
        for instrument in (own, at_hand.get(origin.instrument_id)):
            is_named = instrument is not None and instrument.instrument_id == origin.instrument_id
            if instrument is not None and is_named and _fixed_digest(instrument, origin) in seals:
                return RescuedEdition(instrument, origin.audit_id, origin.made_at, origin.is_sample)
    instrument, notes = _likeliest(findings, own, at_hand, [origin.instrument_id for origin in origins])
    if not origins:
        no_name = (
            "Its own identifier could not be read, so the new file counts as a new audit: "
            "it cannot be merged with copies of the old one."
        )
        return RescuedEdition(instrument, new_id(), "", False, (*notes, no_name))
    return RescuedEdition(instrument, origins[0].audit_id, origins[0].made_at, origins[0].is_sample, notes)


@dataclass(frozen=True, slots=True)
class _Origin:
    """The row of the audit itself, but for what people entered in it."""

    audit_id: str
    instrument_id: str
    made_at: str
    is_sample: bool


def _origins(findings: Findings) -> Iterator[_Origin]:
    for audit_id, instrument_id, made_at, is_sample, *_ in findings.fixed.get("audit", ()):
        texts = str(audit_id), str(instrument_id), str(made_at)
        if is_identifier(texts[0]) and texts[2].isascii() and texts[2].isprintable():
            yield _Origin(*texts, bool(is_sample))


def _fixed_digest(instrument: Instrument, origin: _Origin) -> bytes:
    connection = memory_connection()
    try:
        create_schema(connection)
        write_instrument(connection, instrument)
        connection.execute(
            "INSERT INTO audit (audit_id, instrument_id, made_at, is_sample) VALUES (?, ?, ?, ?)",
            (origin.audit_id, origin.instrument_id, origin.made_at, int(origin.is_sample)),
        )
        return digest_of(fixed_values(connection))
    finally:
        connection.close()


def _likeliest(
    findings: Findings, own: Instrument | None, at_hand: dict[str, Instrument], claimed: list[str]
) -> tuple[Instrument, tuple[str, ...]]:
    if own is not None and own in at_hand.values():
        return own, ()
    claimed += [str(row[0]) for row in findings.fixed.get("instrument", ())]
    found = _statement_texts(findings)
    for instrument_id in claimed:
        if instrument_id in at_hand:
            return at_hand[instrument_id], (
                "The wording of its edition could not be checked; it is taken from this program.",
            )
    alike = max(at_hand.values(), key=lambda edition: len(found & _texts_of(edition)))
    if 2 * len(found & _texts_of(alike)) > len(alike.statements):
        return alike, (f"Which edition it is could not be read; its words are those of {alike.title}.",)
    if own is not None:
        return own, ("The wording of its edition is what could be read of it and could not be checked.",)
    return instrument_by_id(DEFAULT_INSTRUMENT_ID), (
        "Its edition could not be read; the second edition (2019) is used.",
    )


def _statement_texts(findings: Findings) -> set[tuple[str, str]]:
    return {(str(row[0]), str(row[3])) for row in findings.fixed.get("statement", ())}


def _texts_of(instrument: Instrument) -> set[tuple[str, str]]:
    return {(statement.statement_id, statement.text) for statement in instrument.statements}


# What could be read of the edition --------------------------------------------------------------------------


def _own_instrument(findings: Findings) -> Instrument | None:
    """Return the edition as its rows say it, with stand-ins for what is missing; None if that is none."""
    statements = sorted(findings.fixed.get("statement", ()), key=lambda row: _place(row[2]))
    if not statements:
        return None
    referred = {text.split("/")[3] for text, _ in findings.states if _is_of_response(text)}
    name = next(iter(findings.fixed.get("instrument", ())), None)
    unnamed = ("edition", _UNREADABLE, _UNREADABLE, "en", _UNREADABLE, "")
    instrument_id, title, edition, language, acknowledgement, note = map(_words, name or unnamed)
    whole = Instrument(
        instrument_id,
        title,
        edition,
        language,
        acknowledgement,
        note,
        _scale(findings),
        tuple(_domains(findings, statements, referred)),
    )
    try:
        return instrument_from_data(instrument_to_data(whole), "its edition")
    except InstrumentRefused:
        return None


def _is_of_response(address: str) -> bool:
    return address.startswith(f"{Subject.RESPONSE.value}/") and address.count("/") == 4


def _scale(findings: Findings) -> tuple[ScalePoint, ...]:
    usual = {point.score: point for point in instrument_by_id(DEFAULT_INSTRUMENT_ID).scale}
    for score, label, short_label in findings.fixed.get("scale_point", ()):
        if isinstance(score, int) and score in usual:
            usual[score] = ScalePoint(score, _words(label), _words(short_label))
    return tuple(usual.values())


def _domains(
    findings: Findings, rows: Iterable[tuple[Cell, ...]], referred: Collection[str]
) -> Iterator[Domain]:
    titles = {
        _words(domain_id): (_place(place), _words(short_title), _words(title))
        for domain_id, place, short_title, title in findings.fixed.get("domain", ())
    }
    prompts: dict[str, list[tuple[int, str]]] = {}
    for statement_id, place, text in findings.fixed.get("prompt", ()):
        prompts.setdefault(_words(statement_id), []).append((_place(place), _words(text)))
    statements: dict[str, list[Statement]] = {domain_id: [] for domain_id in titles}
    seen: set[str] = set()
    for statement_id, domain_id, _, text, heading_id, heading in rows:
        number = _words(statement_id)
        asked = tuple(prompt for _, prompt in sorted(prompts.get(number, ())))
        if number not in seen:
            seen.add(number)
            statements.setdefault(_words(domain_id), []).append(
                Statement(number, _words(domain_id), _words(text), asked, _words(heading_id), _words(heading))
            )
    for number in sorted(set(referred) - seen):
        home = number.split(".")[0]
        domain_id = home if home in statements else next(iter(statements))
        statements[domain_id].append(Statement(number, domain_id, _UNREADABLE))
    for domain_id in sorted(statements, key=lambda key: titles.get(key, (len(titles) + 1,))[0]):
        _, short_title, title = titles.get(domain_id, (0, _UNREADABLE, _UNREADABLE))
        if statements[domain_id]:
            yield Domain(domain_id, short_title, title, tuple(statements[domain_id]))


def _place(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _words(cell: Any) -> Any:
    """Return a text with marks in place of what is no text in it."""
    value: Value = cell
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return value
