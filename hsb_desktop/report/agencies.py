"""What the report says of the agencies' scores, of how a score was agreed, and of what is not settled.

Only responses and revealed rounds are looked at: what was answered in an open round is never printed. Nor is
who typed what; that stays in the audit's own file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hsb_desktop.analysis import attendance, consensus, rounds
from hsb_desktop.analysis.consensus import AgreementStanding, HeadCount, Recommendation, StandingKind
from hsb_desktop.model import Agency, Answer, Audit, Statement
from hsb_desktop.report.wording import listed
from hsb_desktop.values import (
    NO_VIEW,
    PARTNERSHIP,
    AgreementKey,
    ResponseKey,
    Subject,
    Value,
    ValueAddress,
    response_address,
)

_BOTH_MISSING = "Reason missing: nobody has written down why another score was agreed, and who agreed it."
_REASON_MISSING = "Reason missing: nobody has written down why another score was agreed."
_NAME_MISSING = "Name missing: nobody has written down who agreed it."
_IN_DOUBT = "Two copies of the audit differ in what was agreed; it waits to be settled."
_FIELD_WORDS = {
    "score": "Score",
    "no_view_reason": "Reason for no view",
    "evidence": "Evidence",
    "assurance": "Assurance",
    "target": "Target",
    "text": "Reading",
    "comments": "Comments",
    "completed_on": "Date completed",
    "reason": "Reason for another score",
    "agreed_by": "Agreed by",
    "what_would_help": "What would make every agency confident",
    "dissent": "Dissent",
    "name": "Name",
    "sector": "Sector",
    "area": "Area",
    "label": "Label of a wave",
    "held_on": "Date",
    "title": "Title",
}


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What one agency wrote itself beside its answer; either text may be empty."""

    agency: str
    evidence: str
    assurance: str


@dataclass(frozen=True, slots=True)
class AgenciesResult:
    """How the agencies stand to one statement, each line ready to print; empty where there is nothing."""

    head_count: HeadCount
    answers: tuple[str, ...]
    """Who gave which score, where no recommendation names them; who has no view; who has not answered."""
    recommended: str
    """For example "Recommended 1: Health 1, Police 3 (spread 2)"."""
    outcome: str
    is_warning: bool
    """Whether the outcome lacks its reason, or who agreed it, or waits to be settled."""
    reason: str
    """Why another score than the recommended one was agreed; empty where none was."""
    agreed_by: str
    """Who agreed that other score; empty where there is none."""
    what_would_help: str
    dissent: str
    rounds: tuple[str, ...]
    """What was answered in each revealed round, where there was one."""
    own_words: tuple[OwnWords, ...] = ()
    """The agencies' own evidence and assurance, where they are to be printed."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One suggested action: what would make every agency confident of a statement."""

    statement_id: str
    reference: str
    score: int | None
    spread: str
    text: str


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Two values from two copies of the audit between which nobody has chosen yet; without who typed them."""

    place: str
    in_place: str
    other: str


def agencies_result(
    audit: Audit, wave_id: str, statement: Statement, *, with_evidence: bool = False
) -> AgenciesResult | None:
    """Return how the agencies stand to a statement; None where none of them has said anything about it.

    Their own evidence and assurance are in it `with_evidence` only.
    """
    number = statement.statement_id
    standing = consensus.standing_of(audit, wave_id, number)
    count = consensus.head_count(audit, wave_id, number)
    state = rounds.state_of_open_round(audit, wave_id, number)
    revealed = rounds.revealed_rounds(audit, wave_id, number)
    agreement = standing.agreement
    is_in_doubt = _is_in_doubt(audit, wave_id, number)
    # What stayed behind of an earlier agreement is nobody's reason for this one; nor is that of another copy.
    has_reason = standing.is_override and not is_in_doubt
    reason = agreement.reason.strip() if has_reason else ""
    agreed_by = agreement.agreed_by.strip() if has_reason else ""
    written = (reason, agreed_by, agreement.what_would_help.strip(), agreement.dissent.strip())
    own_words = tuple(_own_words(audit, wave_id, number)) if with_evidence else ()
    is_answered = count.scored or count.no_view or own_words or _without_say(audit, wave_id, number)
    if not (is_answered or state or revealed or any(written)):
        return None
    outcome = _doubt(standing) if is_in_doubt else _outcome(standing, count, audit)
    if state is not None:
        outcome = (
            f"Round {state.key.round_number} is open: {len(state.recorded)} of "
            f"{len(state.recorded) + len(state.waited_for)} recorded. Nothing is shown before it is revealed."
        )
    return AgenciesResult(
        head_count=count,
        answers=tuple(_answers(audit, wave_id, number, names_scores=standing.recommendation is None)),
        recommended=recommended_in_words(standing.recommendation) if standing.recommendation else "",
        outcome=outcome,
        is_warning=is_in_doubt or standing.kind is StandingKind.OVERRIDDEN_WITHOUT_REASON,
        reason=reason,
        agreed_by=agreed_by,
        what_would_help=agreement.what_would_help.strip(),
        dissent=agreement.dissent.strip(),
        rounds=tuple(
            f"Round {found.key.round_number}: "
            + (
                "as above"
                if _is_as_now(audit, wave_id, number, found.answers)
                else _round_in_words(found.answers)
            )
            for found in revealed
        ),
        own_words=own_words,
    )


def has_own_words(audit: Audit, wave_id: str) -> bool:
    """Whether any agency has written evidence or assurance of its own in a wave."""
    agencies = {agency.agency_id for agency in audit.agencies}
    return any(
        key.wave_id == wave_id
        and key.party_id in agencies
        and bool(response.evidence.strip() or response.assurance.strip())
        for key, response in audit.responses.items()
    )


def _own_words(audit: Audit, wave_id: str, number: str) -> Iterator[OwnWords]:
    for agency in audit.agencies:
        response = audit.response(ResponseKey(wave_id, agency.agency_id, number))
        evidence, assurance = response.evidence.strip(), response.assurance.strip()
        if evidence or assurance:
            yield OwnWords(agency.name, evidence, assurance)


def recommended_in_words(found: Recommendation) -> str:
    """Return the lower-score rule as a calculation, with the scores it comes from."""
    scores = ", ".join(f"{given.agency.name} {given.score}" for given in found.answers)
    if found.is_agreement:
        later = found.round_number not in {None, "1"}
        where = f" in round {found.round_number}" if later else ""
        return f"Recommended {found.score}: all agree{where} ({scores})"
    if len(found.answers) == 1:
        return f"Recommended {found.score}: {scores} (one score only)"
    return f"Recommended {found.score}: {scores} (spread {found.spread})"


def head_count_in_words(count: HeadCount) -> str:
    """Return what stands beside the boxes of a head-count."""
    parts = []
    if count.spread is not None:
        parts.append(f"spread {count.spread}")
    if count.no_view:
        parts.append(f"no view {count.no_view}")
    if count.not_answered:
        parts.append(f"not answered {count.not_answered}")
    return " · ".join(parts)


def action_lines(audit: Audit, wave_id: str) -> tuple[ActionLine, ...]:
    """Return every suggested action of a wave, in the order of the form."""
    lines = []
    for action in consensus.suggested_actions(audit, wave_id):
        number = action.statement.statement_id
        count = consensus.head_count(audit, wave_id, number)
        lines.append(
            ActionLine(
                statement_id=number,
                reference=action.statement.full_text,
                score=audit.agreed(wave_id, number).score,
                spread="" if count.spread is None else f"spread {count.spread}",
                text=action.text,
            )
        )
    return tuple(lines)


def conflict_lines(audit: Audit) -> tuple[ConflictLine, ...]:
    """Return every conflict that waits to be settled, in the order of the places that it is about.

    What was answered in a round that is not revealed is left out, and so are the names of those who typed.
    """
    found: dict[ConflictLine, None] = {}
    for conflict in audit.conflicts:
        try:
            address = ValueAddress.parse(conflict.address)
        except ValueError:
            continue
        if not rounds.is_hidden(audit, address):
            in_place, other = conflict.first_value, conflict.second_value
            if audit.value(address) == other:
                in_place, other = other, in_place
            # Several copies may differ in the same way.
            found[ConflictLine(_place(audit, address), _shown(in_place), _shown(other))] = None
    return tuple(found)


def _is_in_doubt(audit: Audit, wave_id: str, statement_id: str) -> bool:
    """Whether the agreed score, why, or by whom it was agreed waits to be settled: copies may be mixed."""
    agreement = tuple(AgreementKey(wave_id, statement_id))
    doubted = {
        str(response_address(ResponseKey(wave_id, PARTNERSHIP, statement_id), "score")),
        *(str(ValueAddress(Subject.AGREEMENT, agreement, field)) for field in consensus.REASON_FIELDS),
    }
    return any(conflict.address in doubted for conflict in audit.conflicts)


def _doubt(standing: AgreementStanding) -> str:
    return _IN_DOUBT if standing.agreed_score is None else f"Agreed {standing.agreed_score}. {_IN_DOUBT}"


def _outcome(standing: AgreementStanding, count: HeadCount, audit: Audit) -> str:
    agreed = standing.agreed_score
    match standing.kind:
        case StandingKind.ACCEPTED:
            return f"Agreed {agreed}, as recommended."
        case StandingKind.OVERRIDDEN if standing.recommendation:
            return f"Agreed {agreed} instead of {standing.recommendation.score}, with a reason."
        case StandingKind.OVERRIDDEN_WITHOUT_REASON if standing.recommendation:
            missing = _NAME_MISSING if standing.agreement.reason.strip() else _REASON_MISSING
            if not standing.agreement.reason.strip() and not standing.agreement.agreed_by.strip():
                missing = _BOTH_MISSING
            return f"Agreed {agreed} instead of {standing.recommendation.score}. {missing}"
        case StandingKind.RECOMMENDED:
            return "Nothing agreed yet."
    return "" if count.scored or not audit.agencies else "No agency has given a score."


def _is_as_now(audit: Audit, wave_id: str, number: str, answers: Iterable[tuple[Agency, Answer]]) -> bool:
    """Whether a round's answers are those that the agencies' responses hold, of all that have answered."""
    given = {agency.agency_id: answer for agency, answer in answers}
    now: dict[str, Answer] = {}
    for agency in attendance.taking_part(audit, wave_id):
        response = audit.response(ResponseKey(wave_id, agency.agency_id, number))
        if response.no_view:
            now[agency.agency_id] = NO_VIEW
        elif response.score is not None:
            now[agency.agency_id] = response.score
    return given == now


def _answers(audit: Audit, wave_id: str, number: str, *, names_scores: bool) -> Iterator[str]:
    scored: list[tuple[int, str]] = []
    no_view: list[str] = []
    silent: list[str] = []
    for agency in attendance.taking_part(audit, wave_id):
        response = audit.response(ResponseKey(wave_id, agency.agency_id, number))
        if response.score is not None:
            scored.append((response.score, agency.name))
        elif response.no_view:
            reason = " ".join(response.no_view_reason.split())
            no_view.append(f"{agency.name} ({reason})" if reason else agency.name)
        else:
            silent.append(agency.name)
    if scored and names_scores:
        yield ", ".join(f"{name} {score}" for score, name in sorted(scored, key=lambda given: given[0]))
    if no_view:
        yield f"No view: {listed(no_view)}"
    if silent:
        yield f"Not answered: {listed(silent)}"
    if absent := _without_say(audit, wave_id, number):
        yield f"Not counted, because no part in this wave is noted: {listed(absent)}"


def _without_say(audit: Audit, wave_id: str, number: str) -> list[str]:
    """Return what agencies answered that take no part in the wave."""
    part = {agency.agency_id for agency in attendance.taking_part(audit, wave_id)}
    found = []
    for agency in audit.agencies:
        response = audit.response(ResponseKey(wave_id, agency.agency_id, number))
        if agency.agency_id not in part and (response.no_view or response.score is not None):
            found.append(f"{agency.name} {NO_VIEW if response.no_view else response.score}")
    return found


def _round_in_words(answers: Iterable[tuple[Agency, Answer]]) -> str:
    said = [f"{agency.name} {'no view' if answer == NO_VIEW else answer}" for agency, answer in answers]
    return ", ".join(said) or "nobody answered"


def _place(audit: Audit, address: ValueAddress) -> str:
    """Return where a value belongs, as a reader knows it."""
    what = _FIELD_WORDS.get(address.field, address.field.replace("_", " ").capitalize())
    key = address.key
    parts: tuple[str, ...] = (what,)
    match address.subject:
        case Subject.RESPONSE:
            parts = (key[2], what, _party(audit, key[1]), _wave(audit, key[0]))
        case Subject.DOMAIN_NOTE:
            parts = (f"Domain {key[1]}", what, _wave(audit, key[0]))
        case Subject.AGREEMENT:
            parts = (key[1], what, _wave(audit, key[0]))
        case Subject.ROUND:
            parts = (key[1], f"Round {key[2]}", _wave(audit, key[0]))
        case Subject.VOTE:
            parts = (key[1], f"Round {key[2]}", _party(audit, key[3]), _wave(audit, key[0]))
        case Subject.READING:
            parts = (key[0], what)
        case Subject.AGENCY:
            parts = (_party(audit, key[0]), what)
        case Subject.WAVE:
            parts = (_wave(audit, key[0]), what)
    return " · ".join(parts)


def _party(audit: Audit, party_id: str) -> str:
    try:
        return audit.party_name(party_id)
    except KeyError:
        return "an agency that was taken away"


def _wave(audit: Audit, wave_id: str) -> str:
    try:
        return audit.wave(wave_id).label
    except KeyError:
        return "a wave that was taken away"


def _shown(value: Value) -> str:
    return "–" if value is None or value == "" else str(value)
