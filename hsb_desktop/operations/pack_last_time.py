"""What a pack's party answered itself the last time, for the papers that have no other wave in them.

The small audit file of a pack holds one wave and no other: there, nothing of last time is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from hsb_desktop.analysis.last_time import LastTime, last_time
from hsb_desktop.model import Audit
from hsb_desktop.values import ResponseKey

_LONGEST_IN_SHEET, _LONGEST_ON_PAPER = 400, 150
"""Characters of evidence and of assurance, each: it jogs the memory, and the audit holds the whole."""


@dataclass(frozen=True, slots=True)
class LastTimeWords:
    """By statement, what its party answered in the last wave in which it answered, shortened."""

    in_sheet: Mapping[str, str]
    on_paper: Mapping[str, str]


def own_last_time(audit: Audit, part: Audit) -> LastTimeWords:
    """Return what the party of a pack answered before, and nobody else; `part` is what the pack holds."""
    found = tuple(_before(audit, part))
    return LastTimeWords(
        {statement_id: _in_words(last, _LONGEST_IN_SHEET) for statement_id, last in found},
        {statement_id: _in_words(last, _LONGEST_ON_PAPER) for statement_id, last in found},
    )


def with_own_last_time(audit: Audit, part: Audit) -> Audit:
    """Return a pack's part with what its party answered before: everything that its papers print."""
    found = dict(_before(audit, part))
    earlier = {last.wave.wave_id for last in found.values()}
    responses = {
        key._replace(wave_id=found[key.statement_id].wave.wave_id): found[key.statement_id].response
        for key in _asked(part)
        if key.statement_id in found
    }
    return replace(
        part,
        waves=(*(wave for wave in audit.waves if wave.wave_id in earlier), *part.waves),
        responses=MappingProxyType({**responses, **part.responses}),
    )


def _before(audit: Audit, part: Audit) -> Iterator[tuple[str, LastTime]]:
    for key in _asked(part):
        last = last_time(audit, key)
        if last is not None:
            yield key.statement_id, last


def _asked(part: Audit) -> Iterator[ResponseKey]:
    """Yield what a pack asks for, in the order of the form."""
    pack, instrument = part.pack, part.instrument
    if pack is None:
        raise ValueError("this is no pack")
    for domain in (instrument.domain(pack.domain_id),) if pack.domain_id else instrument.domains:
        for statement in domain.statements:
            yield ResponseKey(pack.wave_id, pack.party_id, statement.statement_id)


def _in_words(last: LastTime, longest: int) -> str:
    response = last.response
    answer = "not scored" if response.score is None else str(response.score)
    if response.no_view:
        reason = _shortened(response.no_view_reason, longest)
        answer = f"no view ({reason})" if reason else "no view"
    texts = (("Evidence", response.evidence), ("Assurance", response.assurance))
    return "\n".join(
        (
            f"{last.wave.label}: {answer}",
            *(f"{name}: {_shortened(text, longest)}" for name, text in texts if text.strip()),
        )
    )


def _shortened(text: str, longest: int) -> str:
    """Return a text on one line, cut between words where it is too long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest + 1].rpartition(" ")[0] or line[:longest]
    return f"{cut} …"
