"""Merging twice, in any order, with conflicts, stopped half-way."""

from __future__ import annotations

from tests.faults.fault import Fault, NotRun, Place


def _merge(_place: Place) -> int:
    raise NotRun("there is no merge in this version yet")


FAULT = Fault(
    number=28,
    title="merge twice, in any order, with conflicts, stopped half-way",
    must="same result, both sides kept and named, atomic",
    trial=_merge,
    count=2000,
    sample=1,
    limits="Not tried yet.",
)
