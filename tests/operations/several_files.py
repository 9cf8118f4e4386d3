"""Files of invented audits that are compared and collated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Answer, Audit, AuditDetails, Response, Wave
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import NO_VIEW, OPEN, PARTNERSHIP, REVEALED, ResponseKey, RoundKey, VoteKey

FIRST, SECOND = "wave-1", "wave-2"


def response_to(answer: Answer) -> Response:
    return Response(no_view=True) if answer == NO_VIEW else Response(score=int(answer))


def audit_of(
    audit_id: str,
    area: str,
    scores: Mapping[str, int],
    later: Mapping[str, int] | None = None,
    edition: str = "nspcc-hsb-2019",
) -> Audit:
    """An area's audit: agreed scores of its baseline and, if there is one, of a second wave."""
    responses = {
        ResponseKey(FIRST, PARTNERSHIP, number): Response(score=score, evidence=f"Seen in {area}.")
        for number, score in scores.items()
    }
    waves = [Wave(FIRST, "Baseline", "2026-03-12")]
    if later is not None:
        waves.append(Wave(SECOND, "Six months", "2026-09-12", position=1))
        responses |= {
            ResponseKey(SECOND, PARTNERSHIP, number): Response(score=score) for number, score in later.items()
        }
    return Audit(
        audit_id=audit_id,
        instrument=instrument_by_id(edition),
        made_at="2026-03-01T09:00:00+00:00",
        details=AuditDetails(title=f"Audit of {area}", area=area),
        waves=tuple(waves),
        responses=responses,
    )


def with_agencies(audit: Audit, answers: Mapping[str, Answer], statement: str = "3.2") -> Audit:
    """The audit with these agencies, of an area each, that answered a statement."""
    return replace(
        audit,
        agencies=tuple(
            Agency(name.lower(), name, sector="Police", area=f"{name} side", position=place)
            for place, name in enumerate(answers)
        ),
        attendance=frozenset((FIRST, name.lower()) for name in answers),
        responses={
            **audit.responses,
            **{
                ResponseKey(FIRST, name.lower(), statement): response_to(answer)
                for name, answer in answers.items()
            },
        },
    )


def with_rounds(audit: Audit, revealed: Mapping[str, Answer], still_open: Mapping[str, Answer]) -> Audit:
    """The audit with a round on 3.2 that was revealed, and one on 3.3 that is open."""
    one, other = RoundKey(FIRST, "3.2", "1"), RoundKey(FIRST, "3.3", "1")
    votes = {VoteKey(*one, name.lower()): answer for name, answer in revealed.items()}
    votes |= {VoteKey(*other, name.lower()): answer for name, answer in still_open.items()}
    return replace(audit, rounds={one: REVEALED, other: OPEN}, votes=votes)


def written(folder: Path, name: str, audit: Audit, password: str | None = None) -> Path:
    path = folder / f"{name}.hsbaudit"
    AuditFile.create(path, audit, password).close()
    return path
