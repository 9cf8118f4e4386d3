"""Goes to the text of an audit that holds what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsb_desktop.analysis.privacy import disputed, wave_of
from hsb_desktop.values import PARTNERSHIP, Subject, ValueAddress

if TYPE_CHECKING:
    from hsb_desktop.analysis.privacy import Finding
    from hsb_desktop.model import Audit
    from hsb_desktop.ui.audit_page import AuditPage
    from hsb_desktop.ui.domain_tab import DomainTab
    from hsb_desktop.ui.text_box import TextBox

_IN_DETAILS = (Subject.AUDIT, Subject.WAVE, Subject.SITTING, Subject.AGENCY)


def is_in_details(audit: Audit, address: ValueAddress) -> bool:
    """Return whether a value is changed in the dialog of the audit's details."""
    return _about(audit, address).subject in _IN_DETAILS


def show_place(page: AuditPage, finding: Finding) -> None:
    """Show the wave, the domain and the box that hold what was found, with it selected there.

    An agency's answer is shown in its dialog. Where a text has no box (a reading, a side of a conflict), its
    statement is shown. A value of the audit's details has its wave shown: its place is in a dialog.
    """
    session = page.session
    address = _about(session.shown, finding.address)
    wave_id = wave_of(session.shown, address)
    if wave_id != session.wave_id and any(wave.wave_id == wave_id for wave in session.audit.waves):
        session.show_wave(wave_id)
    match address.subject:
        case Subject.RESPONSE:
            _show_response(page, finding, address)
        case Subject.READING:
            page.show_statement(address.key[0])
        case Subject.AGREEMENT:
            page.show_statement(address.key[1])
        case Subject.DOMAIN_NOTE:
            page.show_domain(address.key[1])
            tab = page.domain_tab(address.key[1])
            if address == finding.address:
                _select(tab, tab.end.comments_edit, finding)


def _about(audit: Audit, address: ValueAddress) -> ValueAddress:
    return disputed(audit, address) if address.subject is Subject.CONFLICT else address


def _show_response(page: AuditPage, finding: Finding, address: ValueAddress) -> None:
    _, party_id, statement_id = address.key
    page.show_statement(statement_id)
    tab = page.domain_tab(page.session.audit.instrument.statement(statement_id).domain_id)
    card = tab.card(statement_id)
    boxes = {"evidence": card.evidence_edit, "assurance": card.assurance_edit}
    if address == finding.address and party_id == page.session.party_id and address.field in boxes:
        _select(tab, boxes[address.field], finding)
    elif address == finding.address and party_id != PARTNERSHIP:
        from hsb_desktop.ui.dialogs.agency_answers_dialog import AgencyAnswersDialog

        AgencyAnswersDialog.show_for(
            page.session, page.appearance, statement_id, page.window(), finding=finding
        )


def _select(tab: DomainTab, box: TextBox, finding: Finding) -> None:
    box.select(finding.start, finding.end)
    tab.show_cursor(box)
