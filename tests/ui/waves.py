"""Audits of two waves for the tests of the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from hsb_desktop.model import Agency, Agreement, Audit, Response, Wave
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup_folder import folder_of
from hsb_desktop.store.backup_note import Note, write_note
from hsb_desktop.values import PARTNERSHIP, AgreementKey, ResponseKey

BASELINE, NOW = "wave-baseline", "wave-now"
POLICE, HEALTH = "agency-police", "agency-health"

BEFORE = {
    "1.1": Response(score=2, evidence="Ten files audited.", assurance="Quarterly dashboard.", target=3),
    "1.2": Response(score=3, evidence="Training log.", target=3),
    "1.3": Response(score=1, evidence="Minutes."),
    "2.1a": Response(score=4, evidence="Survey."),
}
AFTER = {
    "1.2": Response(score=1, evidence="Training log of this year."),
    "1.3": Response(score=3),
    "2.1a": Response(score=4),
    "3.1": Response(score=2),
}
AGENCIES_NOW = {
    (POLICE, "1.2"): Response(score=4),
    (HEALTH, "1.2"): Response(score=1),
    (POLICE, "3.1"): Response(score=2),
    (HEALTH, "3.1"): Response(score=3),
    (POLICE, "4.2"): Response(score=3),
    (HEALTH, "4.2"): Response(score=1),
}


def two_waves(audit: Audit) -> Audit:
    """The audit with a baseline and a wave half a year later, in which police and health take part."""
    responses = {ResponseKey(BASELINE, PARTNERSHIP, number): given for number, given in BEFORE.items()}
    responses |= {ResponseKey(NOW, PARTNERSHIP, number): given for number, given in AFTER.items()}
    responses |= {ResponseKey(NOW, party, number): given for (party, number), given in AGENCIES_NOW.items()}
    return replace(
        audit,
        waves=(
            Wave(BASELINE, "Baseline", "2026-03-12"),
            Wave(NOW, "Six months", "2026-09-14", position=1),
        ),
        agencies=(Agency(POLICE, "Police"), Agency(HEALTH, "Health", position=1)),
        attendance=frozenset({(NOW, POLICE), (NOW, HEALTH)}),
        responses=MappingProxyType(responses),
        agreements=MappingProxyType(
            {
                AgreementKey(BASELINE, "1.1"): Agreement(
                    what_would_help="Audit ten more files.", dissent="Health would have said 1."
                )
            }
        ),
        readings=MappingProxyType({"1.1": "High quality means seen in eight of ten files."}),
    )


def write_two_waves(folder: Path) -> Path:
    """Write such an audit, of which today's backup is made already."""
    with create_audit_file(folder / "empty.hsbaudit", NewAudit(area="Invented area")) as empty:
        audit = two_waves(empty.read())
    path = folder / "Two waves.hsbaudit"
    AuditFile.create(path, audit).close()
    backups = folder_of(audit.audit_id)
    backups.mkdir(parents=True, exist_ok=True)
    write_note(backups, Note().with_backup(path, date.today()))
    return path
