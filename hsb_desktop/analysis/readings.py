"""The statements whose wording invites differing readings: about a word, not about practice.

Source: the lower-score rule of the framework, second edition 2019, "How to use the audit tool": where
agencies still differ about how to read a word like "confident" or "high quality", the lowest score is
recommended. The numbers are those of the audit tool, the same in both editions.
"""

from __future__ import annotations

from hsb_desktop.model import Audit

DIFFERING_READINGS = frozenset(
    {"1.6a", "1.6b", "1.6c", "2.1a", "2.1b", "2.1c", "2.4", "2.6", "4.8", "5.8"},
)
"""Their numbers."""


def invites_differing_readings(statement_id: str) -> bool:
    """Whether a statement is marked, so that the partnership writes down how it reads it."""
    return statement_id in DIFFERING_READINGS


def lacks_reading(audit: Audit, statement_id: str) -> bool:
    """Whether a statement is marked and the partnership has not written down how it reads it."""
    return invites_differing_readings(statement_id) and not audit.readings.get(statement_id, "").strip()
