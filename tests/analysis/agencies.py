"""Invented audits with agencies that score, vote and agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hsb_desktop.model import Agreement, Answer, Audit, Response, Wave
from hsb_desktop.values import (
    NO_VIEW,
    OPEN,
    PARTNERSHIP,
    AgreementKey,
    ChangeSet,
    ResponseKey,
    RoundKey,
    VoteKey,
)
from tests.analysis.audits import WAVE, audit_with

STATEMENT = "3.2"


def response_to(answer: Answer) -> Response:
    return Response(no_view=True) if answer == NO_VIEW else Response(score=int(answer))


def answered(answers: Mapping[str, Answer], agreed: int | None = None, statement: str = STATEMENT) -> Audit:
    """Police, health and education, of whom these have answered."""
    audit = audit_with({})
    responses = {ResponseKey(WAVE, name, statement): response_to(given) for name, given in answers.items()}
    if agreed is not None:
        responses[ResponseKey(WAVE, PARTNERSHIP, statement)] = Response(score=agreed)
    return replace(audit, responses=responses)


def attended_by(audit: Audit, *agencies: str) -> Audit:
    return replace(audit, attendance=frozenset((WAVE, name) for name in agencies))


def with_round(
    audit: Audit,
    votes: Mapping[str, Answer],
    state: str = OPEN,
    number: str = "1",
    statement: str = STATEMENT,
) -> Audit:
    """The audit with one more round. A revealed round made so leaves the responses as they are."""
    key = RoundKey(WAVE, statement, number)
    given = {VoteKey(*key, name): answer for name, answer in votes.items()}
    return replace(audit, rounds={**audit.rounds, key: state}, votes={**audit.votes, **given})


def with_agreement(audit: Audit, agreement: Agreement, statement: str = STATEMENT) -> Audit:
    return replace(audit, agreements={**audit.agreements, AgreementKey(WAVE, statement): agreement})


def locked(audit: Audit, wave_id: str = WAVE) -> Audit:
    waves: tuple[Wave, ...] = tuple(
        replace(wave, is_locked=wave.is_locked or wave.wave_id == wave_id) for wave in audit.waves
    )
    return replace(audit, waves=waves)


def after(audit: Audit, *change_sets: ChangeSet) -> Audit:
    for change_set in change_sets:
        for change in change_set.changes:
            assert audit.value(change.address) == change.before
            audit = audit.with_changes([change])
    return audit
