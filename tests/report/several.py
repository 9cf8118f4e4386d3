"""An invented audit of three waves in which agencies scored, differed and agreed."""

from __future__ import annotations

from collections.abc import Mapping

from hsb_desktop.model import Audit
from hsb_desktop.values import (
    NO_VIEW,
    OPEN,
    PARTNERSHIP,
    REVEALED,
    Change,
    ResponseKey,
    Subject,
    Value,
    response_address,
)
from tests.report.conftest import WAVE, agencies, change, response

SECOND, THIRD = "wave-2", "wave-3"
POLICE, HEALTH, SCHOOLS = "agency-000", "agency-001", "agency-002"


def answers(statement: str, given: Mapping[str, Value], wave_id: str = WAVE) -> list[Change]:
    """What agencies answered, as everybody may see it."""
    return [
        change(Subject.RESPONSE, (wave_id, agency_id, statement), "score", answer)
        for agency_id, answer in given.items()
    ]


def round_of(
    statement: str, given: Mapping[str, Value], state: str, number: str = "1", wave_id: str = WAVE
) -> list[Change]:
    key = (wave_id, statement, number)
    votes = [change(Subject.VOTE, (*key, agency_id), "answer", answer) for agency_id, answer in given.items()]
    return [change(Subject.ROUND, key, "state", state), *votes]


def agreement(statement: str, wave_id: str = WAVE, **fields: Value) -> list[Change]:
    return [change(Subject.AGREEMENT, (wave_id, statement), field, value) for field, value in fields.items()]


def agreed(wave_id: str, statement: str, **fields: Value) -> list[Change]:
    key = (wave_id, PARTNERSHIP, statement)
    return [change(Subject.RESPONSE, key, field, value) for field, value in fields.items()]


def waves(*labels: str) -> list[Change]:
    """Further waves, the second and so on."""
    changes = []
    for place, label in enumerate(labels, 2):
        key = (f"wave-{place}",)
        changes.append(change(Subject.WAVE, key, "label", label))
        changes.append(change(Subject.WAVE, key, "held_on", f"2026-{3 * place:02}-04"))
        changes.append(change(Subject.WAVE, key, "position", place - 1))
    return changes


def with_agencies(workshop: Audit) -> Audit:
    """Three agencies: agreement in a second round, overrides with and without a reason, an open round."""
    return workshop.with_changes(
        [
            *agencies(["Police", "Health", "Schools"]),
            # All agree in the second round.
            *answers("1.1", {POLICE: 2, HEALTH: 2, SCHOOLS: NO_VIEW}),
            change(Subject.RESPONSE, (WAVE, SCHOOLS, "1.1"), "no_view_reason", "Not our work"),
            *round_of("1.1", {POLICE: 3, HEALTH: 1}, REVEALED),
            *round_of("1.1", {POLICE: 2, HEALTH: 2, SCHOOLS: NO_VIEW}, REVEALED, "2"),
            *response("1.1", score=2),
            # They differ, and the lowest is accepted.
            *answers("1.2", {POLICE: 3, HEALTH: 1}),
            *response("1.2", score=1),
            *agreement(
                "1.2", what_would_help="One list that all see every month.", dissent="Police: we see a 3."
            ),
            # An override with its reason, and one without.
            *answers("1.3", {POLICE: 3, HEALTH: 1}),
            *response("1.3", score=2),
            *agreement("1.3", reason="The pathway began in May.", agreed_by="Chair of the board"),
            *answers("1.7", {POLICE: 4, HEALTH: 1}),
            *response("1.7", score=4),
            # Of an open round nobody sees an answer.
            *round_of("1.8", {POLICE: 4, HEALTH: 0}, OPEN),
            *conflict("1.2", "Text of the first copy.", "Text of the other copy."),
        ]
    )


def conflict(statement: str, first: str, second: str) -> list[Change]:
    key = (f"conflict-{statement}",)
    address = str(response_address(ResponseKey(WAVE, PARTNERSHIP, statement), "evidence"))
    values = {
        "address": address,
        "first_value": first,
        "first_author": "Ann Typist",
        "second_value": second,
        "second_author": "Ben Typist",
    }
    return [change(Subject.CONFLICT, key, field, value) for field, value in values.items()]


def with_waves(audit: Audit) -> Audit:
    """Two later waves: a loss, evidence lost, gains, and statements that were left out."""
    return audit.with_changes(
        [
            *waves("Six months", "Twelve months"),
            *agreed(WAVE, "1.2", target=3),
            *agreed(SECOND, "1.1", score=1, evidence="Fewer records were whole."),
            *agreed(SECOND, "1.2", score=3, evidence="The list is read every month."),
            *agreed(SECOND, "1.3", score=2),
            *agreed(SECOND, "2.1a", score=0, evidence="Nothing yet."),
            *agreed(THIRD, "1.1", score=1, evidence="As in the summer."),
            *agreed(THIRD, "1.2", score=2, evidence="The list was not kept up."),
            *agreed(THIRD, "5.1", score=3, evidence="New."),
        ]
    )
