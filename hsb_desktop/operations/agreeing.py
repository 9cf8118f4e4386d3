"""What was agreed on a statement as one person writes it down: score, reason, who agreed, and the rest.

Everything that stands in one form is one change set, so that undo takes it back at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.analysis.consensus import recommendation
from hsb_desktop.errors import InputRefused
from hsb_desktop.interchange.text import clean_text, shown
from hsb_desktop.model import Audit
from hsb_desktop.operations import rounds
from hsb_desktop.values import Change, ChangeSet, Subject, ValueAddress


@dataclass(frozen=True, slots=True)
class Wish:
    """What the partnership wants to agree on. Empty texts mean that nothing was said."""

    score: int | None
    reason: str = ""
    agreed_by: str = ""
    what_would_help: str = ""
    dissent: str = ""


def agree(audit: Audit, wave_id: str, statement_id: str, wish: Wish) -> ChangeSet:
    """Return the one change that agrees on a score and notes what was said about it.

    A score of None leaves the agreed score and its reason as they are. Raises InputRefused as
    `rounds.accept_recommendation` and `rounds.override` do.
    """
    changes: list[Change] = []
    reckoned = audit

    def take(change_set: ChangeSet) -> None:
        nonlocal reckoned
        changes.extend(change_set.changes)
        reckoned = reckoned.with_changes(change_set.changes)

    if wish.score is not None:
        recommended = recommendation(audit, wave_id, statement_id)
        if recommended is not None and wish.score == recommended.score:
            take(rounds.accept_recommendation(reckoned, wave_id, statement_id))
        else:
            take(
                rounds.override(
                    reckoned,
                    wave_id,
                    statement_id,
                    wish.score,
                    reason=wish.reason,
                    agreed_by=wish.agreed_by,
                )
            )
    take(rounds.note_what_would_help(reckoned, wave_id, statement_id, wish.what_would_help))
    take(rounds.note_dissent(reckoned, wave_id, statement_id, wish.dissent))
    return ChangeSet(f"agreement on {statement_id}", tuple(changes))


def note_reading(audit: Audit, statement_id: str, text: str) -> ChangeSet:
    """Return the change that notes how the partnership reads a statement; an empty text takes it away.

    It belongs to no wave: the next one is scored on the same reading. Raises InputRefused for a text that
    cannot be kept, or a statement that the edition does not score.
    """
    if not audit.instrument.has_statement(statement_id):
        raise InputRefused(f"This edition has no statement {shown(statement_id)}. Nothing was changed.")
    address = ValueAddress(Subject.READING, (statement_id,), "text")
    before, after = audit.value(address), clean_text(text, "The reading") or None
    changes = () if before == after else (Change(address, before, after),)
    return ChangeSet(f"reading of {statement_id}", changes)
