"""Audits with odd texts in them, made up by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.interchange.text import kept_text, with_line_ends
from hsb_desktop.model import (
    Agency,
    Agreement,
    Audit,
    AuditDetails,
    AuditKind,
    Conflict,
    DomainNote,
    Instrument,
    Pack,
    Response,
    Sitting,
    Wave,
)
from hsb_desktop.values import (
    NO_VIEW,
    PARTNERSHIP,
    REVEALED,
    ROUND_NUMBERS,
    AgreementKey,
    NoteKey,
    ResponseKey,
    RoundKey,
    Value,
    VoteKey,
    response_address,
)

ODD_TEXTS = (
    "=1+1", "'=1+1",
    "''@x", "-", "+44", "@SUM(A1)", "\tindented", "'", "''", "  both ends  ", "\n", "a\n\nb\n",
    "_x0041_", "_x005F_", "x005F_", "_x000D_", "__x0041__", "#N/A", "TRUE", "1.10", "007", "2026-03-12",
    "ŵ ŷ “quoted” – …", "👩‍👩‍👧 family", "مرحبا بالعالم", "\u200frtl\u202e", "\ufeff", "\ufffd",
    "\ue000", "\U0010fffd", "\N{NO-BREAK SPACE}", 'say "so", they said', ";,\t|", "<b>&amp;</b>", "no view",
    "é" * 3, "x" * 40_000, "😀" * 20_000, "=" * 33_000, "_x0041_" * 9_000, "a" + "😀" * 16_384,
    "'" * 32_768 + "=",
)  # fmt: skip

_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"]).filter(
    lambda character: kept_text(character) == (character, 0)
) | st.sampled_from("\n\t'=+-@_x041")
TEXTS = st.sampled_from(ODD_TEXTS) | st.text(_CHARACTERS, max_size=40)
"""Texts as an audit keeps them."""

NAMES = TEXTS.map(lambda text: text[:200]).filter(lambda text: bool(text.strip()))
DATES = st.just("") | st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat())
_IDS = st.uuids(version=4).map(str)
_SCORES = st.none() | st.integers(0, 4)


@cache
def instrument() -> Instrument:
    return instrument_by_id()


def _agreed() -> st.SearchStrategy[Response]:
    return st.builds(Response, score=_SCORES, evidence=TEXTS, assurance=TEXTS, target=_SCORES)


@st.composite
def _of_agency(draw: Any) -> Response:
    no_view = draw(st.booleans())
    return Response(
        score=None if no_view else draw(_SCORES),
        no_view=no_view,
        no_view_reason=draw(TEXTS),
        evidence=draw(TEXTS),
        assurance=draw(TEXTS),
    )


@st.composite
def audits(draw: Any) -> Audit:
    """One or two waves, up to two agencies, a handful of responses, comments, rounds and the rest."""
    edition = instrument()
    wave_ids = draw(st.lists(_IDS, min_size=1, max_size=2, unique=True))
    labels = draw(st.lists(NAMES, min_size=2, max_size=2, unique=True))
    waves = tuple(
        Wave(wave_id, label, draw(DATES), position=place)
        for place, (wave_id, label) in enumerate(zip(wave_ids, labels, strict=False))
    )
    agency_ids = draw(st.lists(_IDS, max_size=2, unique=True))
    names = draw(st.lists(NAMES, min_size=2, max_size=2, unique=True))
    agencies = tuple(
        Agency(agency_id, name, draw(TEXTS), draw(TEXTS), place)
        for place, (agency_id, name) in enumerate(zip(agency_ids, names, strict=False))
    )
    wave_of = st.sampled_from(wave_ids)
    statement_of = st.sampled_from([statement.statement_id for statement in edition.statements])
    keys = st.builds(ResponseKey, wave_of, st.just(PARTNERSHIP), statement_of)
    responses = draw(st.dictionaries(keys, _agreed(), max_size=4))
    if agency_ids:
        keys = st.builds(ResponseKey, wave_of, st.sampled_from(agency_ids), statement_of)
        responses |= draw(st.dictionaries(keys, _of_agency(), max_size=4))
    notes = draw(
        st.dictionaries(
            st.builds(NoteKey, wave_of, st.sampled_from([domain.domain_id for domain in edition.domains])),
            st.builds(DomainNote, TEXTS, DATES),
            max_size=3,
        )
    )
    sittings = draw(
        st.lists(
            st.builds(Sitting, _IDS, wave_of, DATES, TEXTS), max_size=2, unique_by=lambda s: s.sitting_id
        )
    )
    readings = draw(st.dictionaries(statement_of, TEXTS.filter(bool), max_size=2))
    rounds = draw(
        st.sets(st.builds(RoundKey, wave_of, statement_of, st.sampled_from(ROUND_NUMBERS)), max_size=2)
    )
    answers = st.integers(0, 4) | st.just(NO_VIEW)
    votes = {
        VoteKey(key.wave_id, key.statement_id, key.round_number, agency_id): draw(answers)
        for key in sorted(rounds)
        for agency_id in agency_ids
        if draw(st.booleans())
    }
    agreements = draw(
        st.dictionaries(
            st.builds(AgreementKey, wave_of, statement_of),
            st.builds(Agreement, TEXTS, TEXTS, TEXTS, TEXTS),
            max_size=2,
        )
    )
    parties = st.sampled_from([PARTNERSHIP, *agency_ids])
    conflicts = draw(
        st.lists(
            st.builds(
                _conflict,
                st.uuids(version=4),
                st.builds(ResponseKey, wave_of, parties, statement_of),
                st.sampled_from(["evidence", "score"]),
                st.tuples(*[st.none() | st.integers(0, 4)] * 2),
                st.tuples(*[st.none() | TEXTS.filter(bool)] * 2),
            ),
            max_size=2,
            unique_by=lambda conflict: conflict.conflict_id,
        )
    )
    domain_of = st.sampled_from(["", *(domain.domain_id for domain in edition.domains)])
    return Audit(
        audit_id=draw(_IDS),
        instrument=edition,
        made_at="2026-11-20T09:00:00+00:00",
        details=AuditDetails(
            draw(TEXTS), draw(TEXTS), draw(st.sampled_from(AuditKind)), draw(TEXTS), draw(TEXTS), draw(TEXTS)
        ),
        waves=waves,
        sittings=tuple(sorted(sittings, key=lambda sitting: (sitting.held_on, sitting.sitting_id))),
        agencies=agencies,
        attendance=frozenset((key.wave_id, key.party_id) for key in responses if key.party_id != PARTNERSHIP)
        | frozenset(
            (wave_id, agency_id) for wave_id in wave_ids for agency_id in agency_ids if draw(st.booleans())
        ),
        responses={key: response for key, response in responses.items() if response != Response()},
        notes={key: note for key, note in notes.items() if note != DomainNote()},
        readings=readings,
        rounds=dict.fromkeys(rounds, REVEALED),
        votes=votes,
        agreements={key: agreement for key, agreement in agreements.items() if agreement != Agreement()},
        conflicts=tuple(sorted(conflicts, key=lambda each: (each.address, each.conflict_id))),
        packs=tuple(draw(st.lists(st.builds(Pack, _IDS, wave_of, parties, domain_of), max_size=1))),
        series=draw(st.frozensets(st.tuples(wave_of, parties), max_size=2)),
    )


def _conflict(
    name: UUID,
    key: ResponseKey,
    field: str,
    scores: tuple[Value, Value],
    texts: tuple[Value, Value],
) -> Conflict:
    place = str(response_address(key, field))
    first, second = scores if field == "score" else texts
    return Conflict(str(name), place, f"r-{name}", first, "", f"s-{name}", second, "")


def empty_audit(*, wave: str = "Baseline") -> Audit:
    """A new audit in which nothing has been entered."""
    return Audit("00000000-0000-4000-8000-000000000000", instrument(), waves=(Wave("wave-1", wave),))


def as_rows_carry(audit: Audit) -> dict[str, Any]:
    """What CSV and workbook promise to bring back, with names instead of identifiers."""
    names = {agency.agency_id: agency.name for agency in audit.agencies} | {PARTNERSHIP: ""}
    labels = {wave.wave_id: wave.label for wave in audit.waves}
    present = {agency_id for _, agency_id in audit.attendance}
    return {
        "waves": {wave.label: wave.held_on for wave in audit.waves},
        "agencies": {a.name: (a.sector, a.area) for a in audit.agencies if a.agency_id in present},
        "attendance": {(labels[wave_id], names[agency_id]) for wave_id, agency_id in audit.attendance},
        "responses": {
            (labels[key.wave_id], names[key.party_id], key.statement_id): carried
            for key, response in audit.responses.items()
            # A reason for no view is carried with no view only.
            if (carried := response if response.no_view else replace(response, no_view_reason=""))
            != Response()
        },
        "notes": {(labels[key.wave_id], key.domain_id): note for key, note in audit.notes.items()},
        "readings": dict(audit.readings),
    }


__all__ = ["ODD_TEXTS", "TEXTS", "as_rows_carry", "audits", "empty_audit", "instrument", "with_line_ends"]
