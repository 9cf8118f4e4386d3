"""A pack as the audit of the agency that fills it in: what is printed of it are that agency's answers."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from hsb_desktop.model import Audit, AuditKind
from hsb_desktop.values import PARTNERSHIP, ResponseKey


def as_own_audit(audit: Audit) -> Audit:
    """Return an agency's pack with its answers where an audit has the agreed ones; any other as it is.

    Only to be printed and looked at: the answers stand where nobody agreed them.
    """
    pack = audit.pack
    if pack is None or pack.party_id == PARTNERSHIP:
        return audit
    answers = {
        ResponseKey(key.wave_id, PARTNERSHIP, key.statement_id): response
        for key, response in audit.responses.items()
        if key.party_id == pack.party_id
    }
    return replace(
        audit,
        details=replace(audit.details, kind=AuditKind.SINGLE_AGENCY),
        responses=MappingProxyType(answers),
    )


def asked_in(audit: Audit) -> Audit:
    """Return a pack with the statements only that it asks about; any other audit as it is."""
    pack = audit.pack
    if pack is None or not pack.domain_id:
        return audit
    domain = audit.instrument.domain(pack.domain_id)
    return replace(audit, instrument=replace(audit.instrument, domains=(domain,)))
