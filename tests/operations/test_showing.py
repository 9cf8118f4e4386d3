"""An audit in a few lines of text."""

from __future__ import annotations

from hsb_desktop.model import Response
from hsb_desktop.operations.showing import audit_in_lines
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.interchange.audits import empty_audit


def test_a_mean_is_written_as_everywhere_else() -> None:
    from dataclasses import replace

    audit = empty_audit()
    scores = dict.fromkeys((f"3.{number}" for number in range(1, 9)), 2) | {"3.1": 3}
    responses = {ResponseKey("wave-1", PARTNERSHIP, key): Response(score=s) for key, s in scores.items()}
    lines = audit_in_lines(replace(audit, responses=responses), audit.waves[0])
    (line,) = [line for line in lines if line.startswith("3 ")]
    assert line.split()[-5:] == ["2.1", "8", "of", "8", "scored"]
