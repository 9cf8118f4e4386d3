"""Which vote stands where a person chose an answer: the one that the answer came of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hsb_desktop.analysis.merging import Choice, Decision, Outcome, Side, held_to
from hsb_desktop.values import PARTNERSHIP, ResponseKey, Subject, Value, ValueAddress, response_address


def answer_of(vote: ValueAddress) -> ValueAddress:
    """Return where the answer stands that a vote became when its round was revealed."""
    wave_id, statement_id, _, agency_id = vote.key
    return response_address(ResponseKey(wave_id, agency_id, statement_id), "score")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose of an agency's answers."""

    choice: Choice
    value: Value


class ChosenAnswers:
    """The answers that were chosen in a merge so far."""

    def __init__(self) -> None:
        self._chosen: dict[str, Chosen] = {}

    def note(self, address: ValueAddress, choice: Choice, decision: Decision) -> None:
        """Note what came of a value, if it was an agency's answer and a person chose between two."""
        is_answer = address.subject is Subject.RESPONSE and address.field == "score"
        is_chosen = choice is not Choice.BOTH and decision.outcome is Outcome.CONFLICT
        if is_answer and is_chosen and address.key[1] != PARTNERSHIP:
            self._chosen[str(address)] = Chosen(choice, decision.after.value)

    def decide_vote(
        self,
        address: ValueAddress,
        ours: Side,
        theirs: Side,
        decided: Callable[[Choice], Decision],
        *,
        choice: Choice,
        answer: Side,
    ) -> Decision:
        """Return what comes of a vote: it goes with the answer in place, if that was one of these two.

        `choice` is what was asked for the vote itself, and counts where both answers were kept; `decided`
        says what comes of the vote by a choice.
        """
        chosen = self._chosen.get(str(answer_of(address)))
        if chosen is None:
            return decided(choice if answer.conflicts else _choice_of(answer.value, ours, theirs, choice))
        decision, side = decided(chosen.choice), ours if chosen.choice is Choice.OURS else theirs
        if side.value != chosen.value or decision.after.value in (None, chosen.value):
            return decision
        # The vote was changed after this answer came of it: in the copy whose answer was not chosen.
        return held_to(address, chosen.value, decision)


def _choice_of(answer: Value, ours: Side, theirs: Side, asked: Choice) -> Choice:
    if asked is Choice.BOTH:
        return asked
    by_value: Mapping[Value, Choice] = {theirs.value: Choice.THEIRS, ours.value: Choice.OURS}
    return by_value.get(answer, Choice.BOTH)
