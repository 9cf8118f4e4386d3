"""What two copies recorded differently in a round that nobody may see is in no document."""

from __future__ import annotations

import pytest

from hsb_desktop.interchange.json_audit import audit_to_data
from hsb_desktop.values import Change, Subject, Value, ValueAddress
from tests.store.files import POLICE, WAVE, bare_audit


@pytest.mark.parametrize("state, is_told", [("revealed", True), ("open", False), (None, False)])
def test_conflict_about_a_vote_is_in_the_document_of_a_revealed_round_only(
    state: str | None, is_told: bool
) -> None:
    row: dict[str, Value] = {
        "address": f"vote/{WAVE}/1.1/1/{POLICE}/answer",
        "first_value": 1,
        "second_value": 3,
    }
    changes = [
        Change(ValueAddress(Subject.CONFLICT, ("c1",), field), None, value) for field, value in row.items()
    ]
    changes.append(Change(ValueAddress(Subject.ROUND, (WAVE, "1.1", "1"), "state"), None, state))
    found = audit_to_data(bare_audit().with_changes(changes))["conflicts"]
    assert [conflict["first_value"] for conflict in found] == ([1] if is_told else [])
