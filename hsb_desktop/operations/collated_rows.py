"""The rows that one audit gives to a collation, table by table. Of an open round there is nothing in them."""

from __future__ import annotations

from collections.abc import Iterator

from hsb_desktop.analysis.rounds import without_open_votes
from hsb_desktop.interchange.unsettled import unsettled_places
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, REVEALED, RoundKey, Subject, ValueAddress

Row = tuple[str | int | None, ...]

RESPONSE_COLUMNS = (
    "audit_id", "file", "area", "title", "kind", "is_sample", "marking", "edition", "wave_id", "wave_number",
    "wave", "wave_date", "is_latest_wave", "party_id", "party", "sector", "party_area", "domain_id", "domain",
    "statement", "score", "no_view", "no_view_reason", "target", "evidence", "assurance",
    "unsettled",
)  # fmt: skip
"""Of the CSV: one row for each response. Described in `docs/interchange.md`."""


def edition_rows(instrument: Instrument, edition_id: str) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the rows of one edition, by table."""
    yield (
        "edition",
        iter(
            [
                (
                    edition_id,
                    instrument.instrument_id,
                    instrument.title,
                    instrument.edition,
                    instrument.language,
                    instrument.acknowledgement,
                )
            ]
        ),
    )
    titles = {domain.domain_id: domain.short_title for domain in instrument.domains}
    yield (
        "statement",
        (
            (
                edition_id,
                statement.statement_id,
                statement.domain_id,
                titles[statement.domain_id],
                position,
                statement.heading_id or None,
                statement.heading or None,
                " ".join(filter(None, (statement.text, "; ".join(statement.prompts)))),
            )
            for position, statement in enumerate(instrument.statements, 1)
        ),
    )


def audit_rows(audit: Audit, file_name: str, edition_id: str) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the rows of one audit, by table, in an order in which each row's audit is there already.

    The coordinator, the authors of conflicts and all history stay in the audit's own file.
    """
    audit = without_open_votes(audit)
    key, details = audit.audit_id, audit.details
    head: Row = (
        key, file_name, edition_id, audit.made_at or None, int(audit.is_sample), details.title or None,
        details.area or None, details.kind.value, details.marking or None,
    )  # fmt: skip
    yield "audit", iter([head])
    last = len(audit.waves)
    yield (
        "wave",
        (
            (
                key,
                wave.wave_id,
                number,
                wave.label or None,
                wave.held_on or None,
                int(wave.is_locked),
                int(number == last),
            )
            for number, wave in enumerate(audit.waves, 1)
        ),
    )
    yield "party", _parties(audit)
    yield "attendance", ((key, *pair) for pair in sorted(audit.attendance))
    yield "response", _responses(audit)
    yield (
        "domain_note",
        (
            (key, *place, note.comments or None, note.completed_on or None)
            for place, note in audit.notes.items()
        ),
    )
    yield (
        "agreement",
        (
            (
                key,
                *place,
                found.reason or None,
                found.agreed_by or None,
                found.what_would_help or None,
                found.dissent or None,
            )
            for place, found in audit.agreements.items()
        ),
    )
    yield "reading", ((key, number, text) for number, text in audit.readings.items())
    yield "revealed_vote", _votes(audit)
    yield "unsettled", ((key, *_place(address)) for address in unsettled_places(audit))


def response_rows(audit: Audit, file_name: str) -> Iterator[Row]:
    """Yield one row for each response, with all that it belongs to, as `RESPONSE_COLUMNS` names them."""
    details, last = audit.details, len(audit.waves)
    head: Row = (
        audit.audit_id, file_name, details.area, details.title, details.kind.value, int(audit.is_sample),
        details.marking, audit.instrument.edition,
    )  # fmt: skip
    waves = {
        wave.wave_id: (wave.wave_id, number, wave.label, wave.held_on, int(number == last))
        for number, wave in enumerate(audit.waves, 1)
    }
    parties: dict[str, Row] = {str(row[1]): row[1:] for row in _parties(audit)}
    domains = {domain.domain_id: domain.short_title for domain in audit.instrument.domains}
    unsettled: dict[tuple[str, ...], list[str]] = {}
    for address in unsettled_places(audit):
        if address.subject is Subject.RESPONSE:
            unsettled.setdefault(address.key, []).append(address.field)
    for row in _responses(audit):
        _, wave_id, party_id, statement_id, *answer = row
        domain_id = audit.instrument.statement(str(statement_id)).domain_id
        yield (
            *head,
            *waves[str(wave_id)],
            *parties[str(party_id)],
            domain_id,
            domains[domain_id],
            statement_id,
            *answer,
            ", ".join(sorted(unsettled.get((str(wave_id), str(party_id), str(statement_id)), ()))) or None,
        )


def _parties(audit: Audit) -> Iterator[Row]:
    yield audit.audit_id, PARTNERSHIP, audit.party_name(PARTNERSHIP), None, None
    for agency in audit.agencies:
        yield audit.audit_id, agency.agency_id, agency.name, agency.sector or None, agency.area or None


def _responses(audit: Audit) -> Iterator[Row]:
    waves = {wave.wave_id for wave in audit.waves}
    parties = {PARTNERSHIP, *(agency.agency_id for agency in audit.agencies)}
    for place, response in audit.responses.items():
        # What is left of a wave or an agency that was taken away belongs to nobody.
        if place.wave_id in waves and place.party_id in parties:
            yield (
                audit.audit_id,
                *place,
                response.score,
                int(response.no_view),
                (response.no_view_reason or None) if response.no_view else None,
                response.target,
                response.evidence or None,
                response.assurance or None,
            )


def _place(address: ValueAddress) -> Row:
    """Return the kind of thing that a value belongs to, wave, party, statement or domain, and the field."""
    key = address.key
    match address.subject:
        case Subject.RESPONSE:
            places: Row = (key[0], key[1], key[2], None)
        case Subject.AGREEMENT | Subject.ROUND:
            places = (key[0], None, key[1], None)
        case Subject.VOTE:
            places = (key[0], key[3], key[1], None)
        case Subject.DOMAIN_NOTE:
            places = (key[0], None, None, key[1])
        case Subject.READING:
            places = (None, None, key[0], None)
        case Subject.WAVE:
            places = (key[0], None, None, None)
        case Subject.AGENCY:
            places = (None, key[0], None, None)
        case Subject.ATTENDANCE:
            places = (key[0], key[1], None, None)
        case _:
            places = (None, None, None, None)
    return address.subject.value, *places, address.field


def _votes(audit: Audit) -> Iterator[Row]:
    for key, answer in audit.votes.items():
        wave_id, statement_id, number, agency_id = key
        if audit.rounds.get(RoundKey(wave_id, statement_id, number)) != REVEALED:
            continue
        no_view = answer == NO_VIEW
        score = None if no_view else int(answer)
        yield audit.audit_id, wave_id, agency_id, statement_id, number, score, int(no_view)
