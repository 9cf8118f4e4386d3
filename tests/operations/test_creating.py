"""A new audit, and the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.analysis.progress import progress
from hsb_desktop.errors import FileRefused, HsbError, InputRefused
from hsb_desktop.model import AuditKind
from hsb_desktop.operations.checking import check_audit_file
from hsb_desktop.operations.creating import NewAudit, create_audit_file, new_audit
from hsb_desktop.operations.sample import create_sample_audit, sample_audit
from hsb_desktop.store.audit_file import AuditFile


def test_a_new_audit_has_one_wave_and_nothing_entered() -> None:
    audit = new_audit(NewAudit(area="Northmoor"))
    assert audit.is_empty
    assert [wave.label for wave in audit.waves] == ["Baseline"]
    assert audit.details.title == "Harmful sexual behaviour audit"
    assert audit.instrument.instrument_id == "nspcc-hsb-2019"
    assert not audit.is_sample


def test_everything_asked_for_stands_in_the_file(tmp_path: Path) -> None:
    request = NewAudit(
        area="Ŵ\r\nside", title="T", kind=AuditKind.REGION, instrument_id="nspcc-hsb-form", wave="T1",
        held_on="2026-03-12", coordinator_name="N", coordinator_role="R", marking="M",
    )  # fmt: skip
    with create_audit_file(tmp_path / "a.hsbaudit", request) as file:
        audit = file.read()
    details = audit.details
    assert (details.area, details.kind, details.coordinator_role) == ("Ŵ\nside", AuditKind.REGION, "R")
    assert (audit.waves[0].label, audit.waves[0].held_on) == ("T1", "2026-03-12")
    assert audit.instrument.instrument_id == "nspcc-hsb-form"
    assert check_audit_file(tmp_path / "a.hsbaudit") == ()


@pytest.mark.parametrize(
    "request_",
    [
        NewAudit(area=" "),
        NewAudit(area="A", title=""),
        NewAudit(area="A", wave="\n"),
        NewAudit(area="A\x00"),
        NewAudit(area="A", marking="\ud800"),
        NewAudit(area="A", held_on="2026-02-30"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_a_file_is_made(request_: NewAudit, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        create_audit_file(tmp_path / "a.hsbaudit", request_)
    assert list(tmp_path.glob("*.hsbaudit")) == []


def test_an_unknown_edition_is_answered_with_the_known_ones() -> None:
    with pytest.raises(HsbError, match="nspcc-hsb-2019"):
        new_audit(NewAudit(area="A", instrument_id="other"))


def test_a_taken_path_is_refused_and_left_as_it_is(audit_file: AuditFile) -> None:
    with pytest.raises(FileRefused):
        create_audit_file(audit_file.path, NewAudit(area="Other"))
    assert audit_file.read().details.area == "Northmoor"


def test_the_sample_is_whole_and_says_that_it_is_one(tmp_path: Path) -> None:
    with create_sample_audit(tmp_path / "sample.hsbaudit") as file:
        audit = file.read()
    assert audit.is_sample
    assert progress(audit, audit.waves[0].wave_id).not_scored == ()
    assert audit.audit_id != sample_audit().audit_id
    assert check_audit_file(tmp_path / "sample.hsbaudit") == ()
