"""Statements whose wording invites differing readings: 1.6a-c, 2.1a-c, 2.4, 2.6, 4.8, 5.8 (domain.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsb_desktop.analysis.readings import DIFFERING_READINGS, invites_differing_readings, lacks_reading
from hsb_desktop.instrument import instrument_by_id
from tests.analysis.audits import audit_with

EDITIONS = ("nspcc-hsb-2019", "nspcc-hsb-form")


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_marked_statements_are_scored_in_both_editions(edition: str) -> None:
    instrument = instrument_by_id(edition)
    marked = [s.statement_id for s in instrument.statements if invites_differing_readings(s.statement_id)]
    assert marked == ["1.6a", "1.6b", "1.6c", "2.1a", "2.1b", "2.1c", "2.4", "2.6", "4.8", "5.8"]
    assert set(marked) == DIFFERING_READINGS


def test_a_marked_statement_lacks_its_reading_until_one_is_written() -> None:
    audit = audit_with({})
    assert lacks_reading(audit, "2.6")
    assert not lacks_reading(audit, "2.5")
    assert lacks_reading(replace(audit, readings={"2.6": " "}), "2.6")
    assert not lacks_reading(replace(audit, readings={"2.6": "High quality means reviewed"}), "2.6")
