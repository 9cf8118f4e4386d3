"""Until the reveal nothing that is reckoned depends on what was answered: two votes cannot be told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsb_desktop.analysis import consensus, movement, overlays, rounds, scoring, several
from hsb_desktop.analysis.agenda import AgendaOrder, agenda
from hsb_desktop.analysis.progress import progress
from hsb_desktop.analysis.standing import standing
from hsb_desktop.model import Agreement, Answer, Audit
from hsb_desktop.values import NO_VIEW, OPEN, PARTNERSHIP, REVEALED
from tests.analysis.agencies import STATEMENT, answered, with_agreement, with_round
from tests.analysis.audits import AGENCIES, WAVE, instrument

VOTES = st.fixed_dictionaries(dict.fromkeys(AGENCIES, st.one_of(st.integers(0, 4), st.just(NO_VIEW))))
AT = (WAVE, STATEMENT)

RECKONED: dict[str, Callable[[Audit], object]] = {
    "recorded": lambda audit: rounds.state_of_open_round(audit, *AT),
    "record of rounds": lambda audit: rounds.revealed_rounds(audit, *AT),
    "copy without open votes": lambda audit: list(rounds.without_open_votes(audit).values()),
    "head count": lambda audit: consensus.head_count(audit, *AT),
    "recommendation": lambda audit: consensus.recommendation(audit, *AT),
    "standing of the agreement": lambda audit: consensus.standing_of(audit, *AT),
    "suggested actions": lambda audit: consensus.suggested_actions(audit, WAVE),
    "spread": lambda audit: scoring.spread(audit, *AT),
    "weakest": lambda audit: scoring.weakest(audit, WAVE, None),
    "weakest beside strengths": lambda audit: scoring.weakest_besides_strengths(audit, WAVE),
    "strengths": lambda audit: scoring.strengths(audit, WAVE),
    "means": lambda audit: [scoring.domain_scores(audit, WAVE, party) for party in AGENCIES],
    "progress": lambda audit: [progress(audit, WAVE, party) for party in (PARTNERSHIP, *AGENCIES)],
    "standing": lambda audit: standing(audit, WAVE, "police").domain_scores,
    "agenda": lambda audit: [agenda(audit, WAVE, order) for order in AgendaOrder],
    "overlays": lambda audit: [overlays.shown_overlays(audit, WAVE, number) for number in ("", "3")],
    "movement": lambda audit: movement.movement(audit, WAVE, "w2", "police"),
    "areas": lambda audit: several.groups_of(audit, WAVE, several.Grouping.AREA),
    "several": lambda audit: several.compare([several.member_of(audit, WAVE, "police")], instrument()),
}


def room(votes: Mapping[str, Answer], state: str = OPEN) -> Audit:
    """A second round is answered unseen; what was revealed in the first stands in the responses."""
    audit = with_agreement(
        answered({"police": 3, "health": 1}, agreed=1), Agreement(what_would_help="A shared panel")
    )
    audit = with_round(audit, {"police": 3, "health": 1}, REVEALED)
    shown = frozenset((WAVE, party) for party in (PARTNERSHIP, *AGENCIES))
    return replace(with_round(audit, votes, state, "2"), series=shown)


@pytest.mark.parametrize("name", RECKONED)
@given(first=VOTES, second=VOTES)
def test_nothing_that_is_reckoned_tells_two_votes_apart(
    name: str, first: dict[str, Answer], second: dict[str, Answer]
) -> None:
    assert RECKONED[name](room(first)) == RECKONED[name](room(second))


def test_the_record_of_a_revealed_round_does_tell_them_apart() -> None:
    """So that the test above could fail."""
    one, other = ({"police": 0, "health": 0, "education": score} for score in (1, 2))
    record = RECKONED["record of rounds"]
    assert record(room(one, REVEALED)) != record(room(other, REVEALED))
