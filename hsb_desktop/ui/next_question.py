"""The way from one statement that copies answered differently to the next."""

from __future__ import annotations

from hsb_desktop.operations.questions import Question
from hsb_desktop.ui.audit_page import AuditPage
from hsb_desktop.ui.projection import Projection
from hsb_desktop.ui.session import AuditSession


def show_next_question(page: AuditPage, projection: Projection) -> None:
    """Go to the next statement whose answers differ, round from the last to the first, in whichever wave.

    What belongs to no statement is shown where it is settled.
    """
    session = page.session
    session.flush()
    question = _next(session, projection.statement_id or page.current_statement_id or "")
    if question is None:
        page.status.say(page.tr("Nothing waits to be settled."))
        return
    if not session.audit.instrument.has_statement(question.statement_id):
        session.settling_wanted.emit("")
        return
    if question.wave_id not in ("", session.wave_id):
        session.show_wave(question.wave_id)
    if not projection.show_statement(question.statement_id):
        page.show_statement(question.statement_id)


def _next(session: AuditSession, statement_id: str) -> Question | None:
    audit = session.audit
    waves = {wave.wave_id: place for place, wave in enumerate(audit.waves)}
    order = {each.statement_id: place for place, each in enumerate(audit.instrument.statements)}

    def place(wave_id: str, of_statement: str) -> tuple[int, int]:
        return waves.get(wave_id, waves.get(session.wave_id, -1)), order.get(of_statement, -1)

    now = place(session.wave_id, statement_id)
    questions = [each for each in session.questions if each.wave_id in ("", *waves)]
    after = [each for each in questions if place(each.wave_id, each.statement_id) > now]
    return next(iter(after or questions), None)
