"""What the agenda says of each statement. Only responses stand behind it, never an open round's answers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hsb_desktop.analysis.agenda import AgendaItem, AgendaOrder
from hsb_desktop.analysis.consensus import recommendation
from hsb_desktop.analysis.last_time import previous_wave_id
from hsb_desktop.analysis.scoring import has_evidence
from hsb_desktop.model import Audit


def order_in_words(order: AgendaOrder) -> str:
    """Return how an order is called: "by spread"."""
    return {
        AgendaOrder.SPREAD: _tr("by spread"),
        AgendaOrder.WEAKEST: _tr("weakest first"),
        AgendaOrder.NO_EVIDENCE: _tr("without evidence"),
        AgendaOrder.BIGGEST_DROP: _tr("biggest drop since last time"),
        AgendaOrder.NOT_SCORED: _tr("not yet scored"),
    }[order]


def nothing_in_words(order: AgendaOrder) -> str:
    """Return why there is nothing in an order."""
    return {
        AgendaOrder.SPREAD: _tr("Nowhere do agencies’ scores differ, as far as they are known."),
        AgendaOrder.WEAKEST: _tr("No statement has an agreed score yet."),
        AgendaOrder.NO_EVIDENCE: _tr("Every score from 1 to 4 has evidence."),
        AgendaOrder.BIGGEST_DROP: _tr("No score is lower than in the wave before."),
        AgendaOrder.NOT_SCORED: _tr("Every statement has an agreed score."),
    }[order]


def reason_in_words(audit: Audit, wave_id: str, item: AgendaItem) -> str:
    """Return why a statement stands where it does: "spread 3 · agencies 1 to 4"; nobody is named."""
    match item.order:
        case AgendaOrder.SPREAD:
            words = f"{_spread(item)} · {_agencies(item)}"
            return _tr("✓ agreed {0} · {1}").format(item.score, words) if item.is_settled else words
        case AgendaOrder.WEAKEST:
            parts = [_score(item.score)]
            if item.spread:
                parts.append(_spread(item))
            if not has_evidence(audit.agreed(wave_id, item.statement.statement_id).evidence):
                parts.append(_tr("no evidence"))
            return " · ".join(parts)
        case AgendaOrder.NO_EVIDENCE:
            return _tr("{0} without evidence").format(_score(item.score))
        case AgendaOrder.BIGGEST_DROP:
            before_id = previous_wave_id(audit, wave_id)
            label = audit.wave(before_id).label if before_id else ""
            words = _tr("{0} → {1} since {2}").format(item.score_before, item.score_now, label)
            return words if item.score is not None else f"{words} · {_tr('recommended, not agreed yet')}"
        case AgendaOrder.NOT_SCORED:
            return _tr("no score yet") if item.lowest is None else _agencies(item)


def _score(score: int | None) -> str:
    return _tr("score {0}").format("–" if score is None else score)


def _spread(item: AgendaItem) -> str:
    return _tr("spread {0}").format(item.spread)


def scores_in_words(audit: Audit, wave_id: str, item: AgendaItem) -> str:
    """Return the agencies' scores without names, the lowest first: "Agencies’ scores: 1, 2, 4"."""
    found = recommendation(audit, wave_id, item.statement.statement_id)
    given = ", ".join(str(each.score) for each in found.answers) if found else ""
    return _tr("Agencies’ scores: {0}").format(given) if given else ""


def _agencies(item: AgendaItem) -> str:
    """Return between which scores the agencies are: "agencies 1 to 4". Cards name them when asked to."""
    if item.spread and item.lowest is not None:
        return _tr("agencies {0} to {1}").format(item.lowest, item.lowest + item.spread)
    return _tr("agencies {0}").format(item.lowest)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Agenda", words)
