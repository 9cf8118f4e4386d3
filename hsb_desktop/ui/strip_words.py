"""What the agencies strip says of one statement, in words; nothing in it comes from an open round's votes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.analysis.consensus import (
    AgreementStanding,
    HeadCount,
    Recommendation,
    StandingKind,
    head_count,
    standing_of,
)
from hsb_desktop.analysis.rounds import OpenRound, state_of_open_round
from hsb_desktop.model import Agency, Audit
from hsb_desktop.ui.counted import counted
from hsb_desktop.values import SCORES, ResponseKey

_MOST_NAMES = 6
"""How many names stand in one sentence before "and 3 more"."""
_FEW_NAMES = 3
"""The same in a calculation of many scores, that has all of them above it."""


@dataclass(frozen=True, slots=True)
class StripContent:
    """What there is to say, and which steps make sense now."""

    open_round: OpenRound | None
    counts: HeadCount
    standing: AgreementStanding
    is_locked: bool
    names: tuple[tuple[str, ...], ...]
    """Who gave 0, 1, 2, 3 and 4."""
    without_view: tuple[str, ...]
    not_answered: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many agencies have answered openly."""
        return self.counts.scored + self.counts.no_view

    @property
    def has_answers(self) -> bool:
        """Whether there are answers to show: never while a round is open."""
        return self.open_round is None and bool(self.answered)


def strip_content(audit: Audit, wave_id: str, statement_id: str) -> StripContent:
    """Return what there is to say of a statement in a wave."""
    by_score: list[list[str]] = [[] for _ in SCORES]
    without_view, not_answered = [], []
    for agency in taking_part(audit, wave_id):
        response = audit.response(ResponseKey(wave_id, agency.agency_id, statement_id))
        if response.score is not None:
            by_score[response.score].append(agency.name)
        elif response.no_view:
            without_view.append(agency.name)
        else:
            not_answered.append(agency.name)
    return StripContent(
        open_round=state_of_open_round(audit, wave_id, statement_id),
        counts=head_count(audit, wave_id, statement_id),
        standing=standing_of(audit, wave_id, statement_id),
        is_locked=any(wave.is_locked for wave in audit.waves if wave.wave_id == wave_id),
        names=tuple(tuple(names) for names in by_score),
        without_view=tuple(without_view),
        not_answered=tuple(not_answered),
    )


# The first line -------------------------------------------------------------------------------------------


def state_in_words(content: StripContent, *, with_names: bool = True) -> str:
    """Return how complete the vote is; `with_names` says of an open round who has been recorded."""
    if content.open_round is not None:
        return round_in_words(content.open_round, with_names=with_names)
    total = content.answered + content.counts.not_answered
    return _tr("Agencies: {0} of {1} answered").format(content.answered, total)


def round_in_words(state: OpenRound, *, with_names: bool = True) -> str:
    """Return who has been recorded in an open round, and how many have not."""
    total = len(state.recorded) + len(state.waited_for)
    words = _tr("Round {0} · {1} of {2} recorded").format(state.key.round_number, len(state.recorded), total)
    if state.is_complete or not state.recorded or not with_names:
        return words
    return f"{words}: {_names(state.recorded)}"


def waited_for_in_words(state: OpenRound) -> str:
    """Return whom a round still waits for: "Not recorded yet: Health, Police"."""
    return _tr("Not recorded yet: {0}").format(_names(state.waited_for))


def reveal_anyway_in_words(audit: Audit, state: OpenRound) -> str:
    """Return whom a reveal would do without, and that what some of them answered before goes on counting."""
    missing = waited_for_in_words(state)
    before = (
        audit.response(ResponseKey(state.key.wave_id, agency.agency_id, state.key.statement_id))
        for agency in state.waited_for
    )
    if any(response.no_view or response.score is not None for response in before):
        return _tr("{0}. V once more reveals without them; what they answered before still counts.").format(
            missing
        )
    return _tr("{0}. V once more reveals without them.").format(missing)


def head_count_in_words(content: StripContent, *, with_names: bool) -> str:
    """Return how many gave which score, as dots: "0: –   1: ●●   2: –   3: ●   4: – · spread 2".

    With names they stand behind the dots, and behind "no view" and "not answered" as well.
    """
    given = [f"{score}: {dots(count)}" for score, count in enumerate(content.counts.by_score)]
    if not with_names:
        return " · ".join(("   ".join(given), *beside_the_count(content)))
    given = [
        f"{words} {', '.join(names)}".rstrip() for words, names in zip(given, content.names, strict=True)
    ]
    others = beside_in_names(content)
    if content.counts.spread is not None:
        others = (*others, _tr("spread {0}").format(content.counts.spread))
    return " · ".join(("   ".join(given), *others))


def dots(count: int) -> str:
    """Return a dot for each agency."""
    return "●" * count or "–"


def beside_the_count(content: StripContent) -> tuple[str, ...]:
    """Return what stands behind the head-count: no view, not answered, spread."""
    counts, words = content.counts, []
    if counts.no_view:
        words.append(_tr("no view {0}").format(counts.no_view))
    if counts.not_answered:
        words.append(_tr("not answered {0}").format(counts.not_answered))
    if counts.spread is not None:
        words.append(_tr("spread {0}").format(counts.spread))
    return tuple(words)


def head_count_told(content: StripContent) -> str:
    """Return the head-count as a screen reader says it."""
    told = [
        counted(_agencies(count), count) + " " + _tr("scored {0}").format(score)
        for score, count in enumerate(content.counts.by_score)
        if count
    ]
    return ", ".join((*told, *beside_the_count(content)))


def names_told(content: StripContent) -> str:
    """Return who gave which score as a screen reader says it: "Health scored 1, Police scored 3"."""
    told = [
        _tr("{0} scored {1}").format(", ".join(names), score)
        for score, names in enumerate(content.names)
        if names
    ]
    return "; ".join((*told, *beside_in_names(content)))


def reveal_told(content: StripContent) -> str:
    """Return what a reveal brought, as a screen reader says it: the head-count, and no name."""
    recommended = recommendation_in_words(content, with_names=False)
    words = _tr("Revealed: {0}").format(head_count_told(content))
    return f"{words}. {recommended}" if recommended else words


def beside_in_names(content: StripContent) -> tuple[str, ...]:
    """Return who has no view and who has not answered."""
    words = []
    if content.without_view:
        words.append(_tr("no view: {0}").format(", ".join(content.without_view)))
    if content.not_answered:
        words.append(_tr("not answered: {0}").format(", ".join(content.not_answered)))
    return tuple(words)


# What is recommended and agreed ---------------------------------------------------------------------------


def recommendation_in_words(content: StripContent, *, with_names: bool) -> str:
    """Return the recommendation as a calculation and what became of it; empty where there is none."""
    standing, recommended = content.standing, content.standing.recommendation
    if recommended is None:
        return ""
    why = _why(recommended, with_names=with_names)
    match standing.kind:
        case StandingKind.RECOMMENDED:
            return _tr("Recommended {0}: {1}").format(recommended.score, why)
        case StandingKind.ACCEPTED if recommended.is_agreement:
            return _tr("Agreed {0}: {1}").format(recommended.score, why)
        case StandingKind.ACCEPTED:
            return _tr("Agreed {0}, as recommended: {1}").format(recommended.score, why)
        case _:
            return _tr("Agreed {0}; recommended {1}: {2}").format(
                standing.agreed_score, recommended.score, why
            )


def _why(recommended: Recommendation, *, with_names: bool) -> str:
    if recommended.is_agreement:
        if recommended.round_number not in (None, "1"):
            return _tr("all {0} agree in round {1}").format(
                len(recommended.answers), recommended.round_number
            )
        return _tr("all {0} agree").format(len(recommended.answers))
    if with_names:
        given = _scores_by_name(recommended)
    elif len(recommended.answers) == 1:
        given = _tr("the only score")
    else:
        given = _tr("the lowest of {0}").format(len(recommended.answers))
    return _tr("{0} (spread {1})").format(given, recommended.spread) if recommended.spread else given


def _scores_by_name(recommended: Recommendation) -> str:
    answers = recommended.answers
    given = [f"{answer.agency.name} {answer.score}" for answer in answers]
    if len(given) <= _MOST_NAMES + 1:
        return ", ".join(given)
    shown = ", ".join(given[:_FEW_NAMES])
    return _tr("{0} and {1} more up to {2}").format(shown, len(given) - _FEW_NAMES, answers[-1].score)


def notes_in_words(content: StripContent) -> tuple[str, ...]:
    """Return the lines beneath: reason and who agreed, what would help, dissent."""
    standing, agreement = content.standing, content.standing.agreement
    if content.open_round is not None:
        return ()
    lines = []
    if standing.is_override:
        lines.append(_reason_in_words(_line(agreement.reason), _line(agreement.agreed_by)))
    if agreement.what_would_help.strip():
        lines.append(_tr("Suggested action: {0}").format(_line(agreement.what_would_help)))
    if agreement.dissent.strip():
        lines.append(_tr("Dissent: {0}").format(_line(agreement.dissent)))
    return tuple(lines)


def _reason_in_words(reason: str, agreed_by: str) -> str:
    if reason and agreed_by:
        return _tr("Reason: {0} · Agreed by: {1}").format(reason, agreed_by)
    if reason:
        return _tr("⚠ Name missing: who agreed? Reason: {0}").format(reason)
    if agreed_by:
        words = _tr("⚠ Reason missing: why another score than the recommended one? Agreed by: {0}")
        return words.format(agreed_by)
    return _tr("⚠ Reason missing: why another score than the recommended one, and who agreed?")


def asks_what_would_help(content: StripContent) -> bool:
    """Whether agencies still differ and nobody has said what would make every one of them confident."""
    recommended = content.standing.recommendation
    has_answer = bool(content.standing.agreement.what_would_help.strip())
    return recommended is not None and recommended.asks_what_would_help and not has_answer


def _line(text: str) -> str:
    return " ".join(text.split())


def _names(agencies: Iterable[Agency]) -> str:
    names = [agency.name for agency in agencies]
    if len(names) <= _MOST_NAMES + 1:
        return ", ".join(names)
    return _tr("{0} and {1} more").format(", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES)


def _agencies(count: int) -> str:
    return QCoreApplication.translate("Strip", "%n agenc(y/ies)", "", count)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Strip", words)
