"""What agencies did together is put back where waves, agencies or rounds cannot be read any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.errors import HsbError
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import ConstraintError
from hsb_desktop.store.rescued_audit import rescued_audit
from hsb_desktop.store.rescued_edition import RescuedEdition
from hsb_desktop.values import NO_VIEW, OPEN, RoundKey, Subject, Value, ValueAddress, VoteKey
from tests.store.files import HEALTH, POLICE, WAVE, address, bare_audit, change_set, make

EDITION = RescuedEdition(
    instrument=instrument_by_id(),
    audit_id="audit-1",
    made_at="2026-11-20T09:00:00+00:00",
    is_sample=False,
    notes=(),
)
ROUND = address(Subject.ROUND, (WAVE, "1.3", "1"), "state")
VOTE = address(Subject.VOTE, (WAVE, "1.3", "1", POLICE), "answer")


def test_votes_whose_round_cannot_be_read_are_kept_as_votes_that_nobody_sees(tmp_path: Path) -> None:
    audit, notes = rescued_audit(EDITION, {VOTE: NO_VIEW})
    assert audit.rounds == {RoundKey(WAVE, "1.3", "1"): OPEN}
    assert audit.votes == {VoteKey(WAVE, "1.3", "1", POLICE): NO_VIEW}
    assert "Whether round 1 on statement 1.3 was revealed could not be read; it is open." in notes
    with AuditFile.open(make(tmp_path / "audit.hsbaudit", audit)) as file:
        assert file.check() == ()


@pytest.mark.parametrize(
    "values",
    [
        {ROUND: "revealed", VOTE: 3},
        {address(Subject.AGREEMENT, ("lost", "1.3"), "dissent"): "Police would have said 1."},
        {address(Subject.SERIES, ("lost", "gone"), "is_shown"): 1},
        {
            address(Subject.PACK, ("p",), "party_id"): "gone",
            address(Subject.PACK, ("p",), "wave_id"): "lost",
            address(Subject.PACK, ("p",), "domain_id"): "2",
        },
    ],
)
def test_waves_and_agencies_that_cannot_be_read_are_made_anew(
    values: dict[ValueAddress, Value], tmp_path: Path
) -> None:
    audit, notes = rescued_audit(EDITION, values)
    assert any("name could not be read" in note for note in notes)
    assert values.items() <= dict(audit.values()).items()
    with AuditFile.open(make(tmp_path / "audit.hsbaudit", audit)) as file:
        assert dict(file.read().values()) == dict(audit.values())


def test_a_pack_of_nobody_is_no_pack() -> None:
    audit, _ = rescued_audit(EDITION, {address(Subject.PACK, ("p",), "domain_id"): "2"})
    assert audit.pack is None


# What the file refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        [(ROUND, None, OPEN), (address(Subject.VOTE, (WAVE, "1.3", "1", "nobody"), "answer"), None, 2)],
        [(VOTE, None, 2)],
        [(address(Subject.SERIES, (WAVE, "nobody"), "is_shown"), None, 1)],
        [(address(Subject.PACK, ("p",), "party_id"), None, "nobody")],
        [(address(Subject.AGREEMENT, ("nowhen", "1.3"), "reason"), None, "words")],
        [
            (address(Subject.PACK, ("p",), "party_id"), None, POLICE),
            (address(Subject.PACK, ("q",), "party_id"), None, HEALTH),
        ],
    ],
    ids=[
        "a vote of an unknown agency",
        "a vote in no round",
        "a series of nobody",
        "a pack for nobody",
        "an agreement in no wave",
        "two packs",
    ],
)
def test_what_belongs_to_nothing_is_not_written(
    changes: list[tuple[ValueAddress, Value, Value]], tmp_path: Path
) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    before = path.read_bytes()
    with AuditFile.open(path) as file:
        with pytest.raises((HsbError, ConstraintError)):
            file.apply(change_set(*changes))
        assert file.read() == bare_audit()
    assert path.read_bytes() == before


def test_an_agency_with_votes_or_a_pack_is_not_taken_away(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    name = address(Subject.AGENCY, (POLICE,), "name")
    for changes in (
        [(ROUND, None, OPEN), (VOTE, None, 2)],
        [(address(Subject.PACK, ("p",), "party_id"), None, POLICE)],
    ):
        with AuditFile.open(path) as file:
            entered = change_set(*changes)
            file.apply(entered)
            with pytest.raises((HsbError, ConstraintError)):
                file.apply(change_set((name, "Northmoor Police", None)))
            file.apply(entered.reversed())
