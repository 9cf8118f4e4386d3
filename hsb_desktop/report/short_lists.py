"""The two short lists of the report, beside one another: the weakest statements and the strengths."""

from __future__ import annotations

from collections.abc import Mapping

from hsb_desktop.analysis.scoring import strengths, weakest, weakest_besides_strengths
from hsb_desktop.model import Audit
from hsb_desktop.report.content import StatementList, StatementResult


def weakest_list(audit: Audit, wave_id: str, results: Mapping[str, StatementResult]) -> StatementList:
    """Return up to five of the weakest, without those that `strengths_list` holds.

    `results` are the statements' by their identifiers.
    """
    lowest, listed = weakest(audit, wave_id), weakest_besides_strengths(audit, wave_id)
    intro = (
        "Lowest score first; then the widest spread between agencies, then no evidence, "
        "then the order of the form."
    )
    if listed != lowest:
        intro += " A statement that is listed as a strength is not listed here."
    return StatementList(
        "Weakest statements",
        intro,
        "Every statement that is scored is listed as a strength." if lowest else "Nothing is scored yet.",
        tuple(results[statement.statement_id] for statement in listed),
    )


def strengths_list(audit: Audit, wave_id: str, results: Mapping[str, StatementResult]) -> StatementList:
    """Return up to five strengths; `results` are the statements' by their identifiers."""
    return StatementList(
        "Strengths",
        "Scored 3 or 4 with evidence, highest first. A high score without evidence is not listed here.",
        "No statement is scored 3 or 4 with evidence.",
        tuple(results[statement.statement_id] for statement in strengths(audit, wave_id)),
    )
