"""Scoring in the room: rounds that are opened, answered unseen and revealed, and what is agreed in the end.

Each function returns one change set. What undo calls it discloses no answer: only "Police: recorded".
While a round is open its answers are votes only; an agency's response is first touched by the reveal.
"""

from __future__ import annotations

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.analysis.consensus import REASON_FIELDS, Recommendation, recommendation
from hsb_desktop.analysis.rounds import last_revealed_round, last_round, open_round
from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import clean_text, shown
from hsb_desktop.model import Agency, Answer, Audit
from hsb_desktop.operations.waves import known_wave, refuse_locked
from hsb_desktop.values import (
    NO_VIEW,
    OPEN,
    PARTNERSHIP,
    REVEALED,
    ROUND_NUMBERS,
    SCORES,
    AgreementKey,
    Change,
    ChangeSet,
    ResponseKey,
    RoundKey,
    Subject,
    Value,
    ValueAddress,
    VoteKey,
    response_address,
)

# Rounds -------------------------------------------------------------------------------------------------


def start_round(audit: Audit, wave_id: str, statement_id: str) -> ChangeSet:
    """Return the change that opens the next round of a statement, in which agencies answer unseen.

    Raises InputRefused if one is open, nine were held, the audit has no agency, or the wave is locked.
    """
    _known_statement(audit, wave_id, statement_id)
    if open_round(audit, wave_id, statement_id) is not None:
        raise InputRefused(f"Scoring is open for {statement_id} already. Nothing was changed.")
    if not audit.agencies:
        raise InputRefused(
            "The audit has no agencies yet. Add those that take part first; nothing was changed."
        )
    key = _round_after(audit, last_round(audit, wave_id, statement_id), wave_id, statement_id)
    return _checked(
        audit,
        f"opening of round {key.round_number} for {statement_id}",
        [Change(_state_of(key), None, OPEN)],
    )


def record_vote(
    audit: Audit, wave_id: str, statement_id: str, agency_id: str, answer: Answer | None
) -> ChangeSet:
    """Return the change that records what an agency answers in the open round; None takes it back.

    Raises InputRefused where no round is open, the agency takes no part, the answer is neither 0 to 4 nor
    "no view", or the wave is locked.
    """
    _known_statement(audit, wave_id, statement_id)
    agency = _agency_taking_part(audit, wave_id, agency_id)
    _known_answer(answer)
    key = open_round(audit, wave_id, statement_id)
    if key is None:
        raise InputRefused(f"No round is open for {statement_id}. Open one first; nothing was changed.")
    before = audit.votes.get(VoteKey(*key, agency_id))
    changes = [] if before == answer else [Change(_vote_of(key, agency_id), before, answer)]
    word = "recorded" if answer is not None else "taken back"
    return _checked(audit, f"{agency.name}: {word} for {statement_id}", changes)


def reveal(audit: Audit, wave_id: str, statement_id: str) -> ChangeSet:
    """Return the one change that reveals the open round: its votes become the agencies' responses.

    An agency that was not recorded keeps what it had answered before. Where another score is recommended
    afterwards, the reason for agreeing otherwise goes: it was for another case, and history keeps it. Raises
    InputRefused where no round is open, nobody has been recorded in it, or the wave is locked.
    """
    key = _open_round(audit, wave_id, statement_id)
    votes = _votes_in(audit, key)
    if not votes:
        raise InputRefused(
            f"No agency has been recorded for {statement_id} yet, so there is nothing to reveal. "
            "Record an answer, or cancel the round."
        )
    changes = [Change(_state_of(key), OPEN, REVEALED)]
    for agency_id, answer in votes.items():
        changes += _answered(audit, ResponseKey(wave_id, agency_id, statement_id), answer)
    changes += _outdated_reason(audit, changes, wave_id, statement_id)
    return _checked(audit, f"reveal of {statement_id}", changes)


def cancel_round(audit: Audit, wave_id: str, statement_id: str) -> ChangeSet:
    """Return the change that takes the open round away with its votes, unseen.

    Raises InputRefused where no round is open or the wave is locked.
    """
    key = _open_round(audit, wave_id, statement_id)
    changes = [
        Change(_vote_of(key, agency_id), answer, None) for agency_id, answer in _votes_in(audit, key).items()
    ]
    changes.append(Change(_state_of(key), OPEN, None))
    return _checked(audit, f"cancelling of round {key.round_number} for {statement_id}", changes)


def answer(audit: Audit, key: ResponseKey, value: Answer | None) -> ChangeSet:
    """Return the change that an agency's answer makes, whatever the statement's rounds are.

    While a round is open it is a vote in it, unseen. Otherwise it is the agency's response; after a reveal it
    belongs to a further round as well, which is made where it is not there yet. An agency that changes its
    answer again before any other has answered in that round puts its own answer right; after another one has,
    that is one more round, up to the ninth. None takes the answer back: then no further round is made.
    Raises InputRefused as `record_vote` does, and for the partnership, which gives no vote.
    """
    _known_statement(audit, key.wave_id, key.statement_id)
    agency = _agency_taking_part(audit, key.wave_id, key.party_id)
    _known_answer(value)
    if open_round(audit, key.wave_id, key.statement_id) is not None:
        return record_vote(audit, key.wave_id, key.statement_id, key.party_id, value)
    changes = _answered(audit, key, value)
    if changes:
        changes += _recorded_after_reveal(audit, key, value)
    return _checked(audit, f"answer of {agency.name} for {key.statement_id}", changes)


def recorded_after_reveal(audit: Audit, key: ResponseKey, value: Answer | None) -> list[Change]:
    """Return what keeps an answer that changes after a reveal as a further round, as `answer` does.

    The response itself is not among it. There is nothing to keep of the partnership's score, where the answer
    is the same already, where no round was revealed, and while one is open.
    """
    is_same = audit.value(response_address(key, "score")) == value
    if key.party_id == PARTNERSHIP or is_same or open_round(audit, key.wave_id, key.statement_id) is not None:
        return []
    return _recorded_after_reveal(audit, key, value)


# What is agreed -----------------------------------------------------------------------------------------


def accept_recommendation(audit: Audit, wave_id: str, statement_id: str) -> ChangeSet:
    """Return the change that makes the recommended score the agreed one.

    A reason and a name that belonged to another score go; what would help and dissent stay. Raises
    InputRefused where a round is open, no agency has scored, or the wave is locked.
    """
    recommended = _recommended(audit, wave_id, statement_id)
    values: dict[ValueAddress, Value] = {
        _agreed_score(wave_id, statement_id): recommended.score,
        _agreement(wave_id, statement_id, "reason"): None,
        _agreement(wave_id, statement_id, "agreed_by"): None,
    }
    return _set(audit, f"agreed score of {statement_id}", values)


def override(
    audit: Audit, wave_id: str, statement_id: str, score: int, *, reason: str, agreed_by: str
) -> ChangeSet:
    """Return the change that agrees on another score than the recommended one, with why and by whom.

    Raises InputRefused for a score that is not 0 to 4 or is the recommended one, an empty reason or name, a
    text that cannot be kept, an open round, no agency's score, or a locked wave.
    """
    recommended = _recommended(audit, wave_id, statement_id)
    if isinstance(score, bool) or score not in SCORES:
        raise InputRefused(f"A score is 0, 1, 2, 3 or 4, and not {shown(score)}. Nothing was changed.")
    if score == recommended.score:
        raise InputRefused(
            f"{score} is the recommended score for {statement_id}: accept it. Nothing was changed."
        )
    reason, agreed_by = clean_text(reason, "The reason"), clean_text(agreed_by, "Who agreed")
    if not reason.strip() or not agreed_by.strip():
        raise InputRefused(
            "A score other than the recommended one needs a reason and who agreed to it. Nothing was changed."
        )
    values: dict[ValueAddress, Value] = {
        _agreed_score(wave_id, statement_id): score,
        _agreement(wave_id, statement_id, "reason"): reason,
        _agreement(wave_id, statement_id, "agreed_by"): agreed_by,
    }
    return _set(audit, f"agreed score of {statement_id}", values)


def note_reason(audit: Audit, wave_id: str, statement_id: str, *, reason: str, agreed_by: str) -> ChangeSet:
    """Return the change that notes why, and by whom, a score was agreed that stands already; may be empty."""
    _known_statement(audit, wave_id, statement_id)
    values: dict[ValueAddress, Value] = {
        _agreement(wave_id, statement_id, "reason"): clean_text(reason, "The reason"),
        _agreement(wave_id, statement_id, "agreed_by"): clean_text(agreed_by, "Who agreed"),
    }
    return _set(audit, f"reason for the score of {statement_id}", values)


def note_dissent(audit: Audit, wave_id: str, statement_id: str, text: str) -> ChangeSet:
    """Return the change that notes an agency's dissent; an empty text takes it away.

    Raises InputRefused for a text that cannot be kept or a locked wave.
    """
    _known_statement(audit, wave_id, statement_id)
    address = _agreement(wave_id, statement_id, "dissent")
    return _set(audit, f"dissent on {statement_id}", {address: clean_text(text, "The dissent")})


def note_what_would_help(audit: Audit, wave_id: str, statement_id: str, text: str) -> ChangeSet:
    """Return the change that answers "What would make every agency confident?"; empty takes it away.

    Raises InputRefused for a text that cannot be kept or a locked wave.
    """
    _known_statement(audit, wave_id, statement_id)
    address = _agreement(wave_id, statement_id, "what_would_help")
    return _set(audit, f"what would help with {statement_id}", {address: clean_text(text, "The answer")})


# Parts --------------------------------------------------------------------------------------------------


def _answered(audit: Audit, key: ResponseKey, value: Answer | None) -> list[Change]:
    address, reason = (response_address(key, field) for field in ("score", "no_view_reason"))
    before, reason_before = audit.value(address), audit.value(reason)
    if before == value:
        return []
    changes = [Change(address, before, value)]
    if before == NO_VIEW and reason_before is not None:
        # Why an agency has no view is about that answer alone; history keeps it.
        changes.append(Change(reason, reason_before, None))
    return changes


def _recorded_after_reveal(audit: Audit, key: ResponseKey, value: Answer | None) -> list[Change]:
    revealed = last_revealed_round(audit, key.wave_id, key.statement_id)
    if revealed is None:
        return []
    votes = _votes_in(audit, revealed)
    is_first = revealed.round_number == ROUND_NUMBERS[0]
    is_alone = not is_first and set(votes) == {key.party_id}
    if value is None:
        if not is_alone:
            return []
        return [
            Change(_vote_of(revealed, key.party_id), votes[key.party_id], None),
            Change(_state_of(revealed), REVEALED, None),
        ]
    is_last = revealed.round_number == ROUND_NUMBERS[-1]
    if is_alone or is_last or (not is_first and key.party_id not in votes):
        before = votes.get(key.party_id)
        return [] if before == value else [Change(_vote_of(revealed, key.party_id), before, value)]
    further = _round_after(audit, revealed, key.wave_id, key.statement_id)
    return [
        Change(_state_of(further), None, REVEALED),
        Change(_vote_of(further, key.party_id), None, value),
    ]


def _outdated_reason(audit: Audit, changes: list[Change], wave_id: str, statement_id: str) -> list[Change]:
    """Return what takes away why, and by whom, another score was agreed than was recommended until now."""
    before = recommendation(audit, wave_id, statement_id)
    after = recommendation(audit.with_changes(changes), wave_id, statement_id)
    if before is None or after is None or before.score == after.score:
        return []
    return reason_gone(audit, wave_id, statement_id)


def reason_gone(audit: Audit, wave_id: str, statement_id: str) -> list[Change]:
    """Return what takes away why a score was agreed, and who agreed it: both are about that score alone."""
    addresses = [_agreement(wave_id, statement_id, field) for field in REASON_FIELDS]
    return [
        Change(address, value, None) for address in addresses if (value := audit.value(address)) is not None
    ]


def _round_after(audit: Audit, last: RoundKey | None, wave_id: str, statement_id: str) -> RoundKey:
    place = 0 if last is None else ROUND_NUMBERS.index(last.round_number) + 1
    if place == len(ROUND_NUMBERS):
        raise InputRefused(
            f"{statement_id} has had {len(ROUND_NUMBERS)} rounds, which is as many as an audit keeps. "
            "Agree on a score; nothing was changed."
        )
    return RoundKey(wave_id, statement_id, ROUND_NUMBERS[place])


def _votes_in(audit: Audit, key: RoundKey) -> dict[str, Answer]:
    votes = {agency.agency_id: audit.votes.get(VoteKey(*key, agency.agency_id)) for agency in audit.agencies}
    return {agency_id: given for agency_id, given in votes.items() if given is not None}


def _open_round(audit: Audit, wave_id: str, statement_id: str) -> RoundKey:
    _known_statement(audit, wave_id, statement_id)
    key = open_round(audit, wave_id, statement_id)
    if key is None:
        raise InputRefused(f"No round is open for {statement_id}. Nothing was changed.")
    return key


def _recommended(audit: Audit, wave_id: str, statement_id: str) -> Recommendation:
    _known_statement(audit, wave_id, statement_id)
    if open_round(audit, wave_id, statement_id) is not None:
        raise InputRefused(
            f"Scoring is still open for {statement_id}. Reveal it or cancel it first; nothing was changed."
        )
    recommended = recommendation(audit, wave_id, statement_id)
    if recommended is None:
        raise InputRefused(
            f"No agency has scored {statement_id}, so no score is recommended. Nothing was changed."
        )
    return recommended


def _agency_taking_part(audit: Audit, wave_id: str, agency_id: str) -> Agency:
    if agency_id == PARTNERSHIP:
        raise InputRefused("The partnership agrees on a score and does not vote. Nothing was changed.")
    for agency in taking_part(audit, wave_id):
        if agency.agency_id == agency_id:
            return agency
    name = next((a.name for a in audit.agencies if a.agency_id == agency_id), "This agency")
    raise InputRefused(
        f"{shown(name)} takes no part in this wave, so it has no say in it. "
        "Note that it takes part first; nothing was changed."
    )


def _known_statement(audit: Audit, wave_id: str, statement_id: str) -> None:
    known_wave(audit, wave_id)
    if not audit.instrument.has_statement(statement_id):
        raise InputRefused(
            f"This edition has no statement {shown(statement_id)} to score. Nothing was changed."
        )


def _known_answer(value: Answer | None) -> None:
    if value is not None and value != NO_VIEW and (isinstance(value, bool) or value not in SCORES):
        raise InputRefused(
            f'An agency answers 0, 1, 2, 3, 4 or "{NO_VIEW}", and not {shown(value)}. Nothing was changed.'
        )


def _state_of(key: RoundKey) -> ValueAddress:
    return ValueAddress(Subject.ROUND, tuple(key), "state")


def _vote_of(key: RoundKey, agency_id: str) -> ValueAddress:
    return ValueAddress(Subject.VOTE, (*key, agency_id), "answer")


def _agreed_score(wave_id: str, statement_id: str) -> ValueAddress:
    return response_address(ResponseKey(wave_id, PARTNERSHIP, statement_id), "score")


def _agreement(wave_id: str, statement_id: str, field: str) -> ValueAddress:
    return ValueAddress(Subject.AGREEMENT, tuple(AgreementKey(wave_id, statement_id)), field)


def _set(audit: Audit, label: str, values: dict[ValueAddress, Value]) -> ChangeSet:
    changes = [
        Change(address, before, after)
        for address, wanted in values.items()
        if (before := audit.value(address)) != (after := None if wanted == "" else wanted)
    ]
    return _checked(audit, label, changes)


def _checked(audit: Audit, label: str, changes: list[Change]) -> ChangeSet:
    change_set = ChangeSet(label, tuple(changes))
    refuse_locked(audit, change_set)
    return change_set
