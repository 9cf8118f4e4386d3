"""What a pack's party answered itself the last time, for the papers that have no other wave in them.

The small audit file of a pack holds one wave and no other: there, nothing of last time is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from hsb_desktop.analysis.last_time import LastTime, last_time
from hsb_desktop.model import Audit
from hsb_desktop.values import ResponseKey, ValueAddress

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
    # One side of an answer that nobody has settled would look as if it were the answer.
    unsettled = frozenset(ValueAddress.parse(each.address).key for each in audit.conflicts if each.address)

    def written(longest: int) -> dict[str, str]:
        return {
            key.statement_id: _in_words(
                last, longest, is_settled=tuple(key._replace(wave_id=last.wave.wave_id)) not in unsettled
            )
            for key, last in found
        }

    return LastTimeWords(written(_LONGEST_IN_SHEET), written(_LONGEST_ON_PAPER))


def with_own_last_time(audit: Audit, part: Audit) -> Audit:
    """Return a pack's part with what its party answered before: everything that its papers print."""
    found = tuple(_before(audit, part))
    earlier = {last.wave.wave_id for _, last in found}
    responses = {key._replace(wave_id=last.wave.wave_id): last.response for key, last in found}
    return replace(
        part,
        waves=(*(wave for wave in audit.waves if wave.wave_id in earlier), *part.waves),
        responses=MappingProxyType({**responses, **part.responses}),
    )


def _before(audit: Audit, part: Audit) -> Iterator[tuple[ResponseKey, LastTime]]:
    for key in _asked(part):
        last = last_time(audit, key)
        if last is not None:
            yield key, last


def _asked(part: Audit) -> Iterator[ResponseKey]:
    """Yield what a pack asks for, in the order of the form."""
    pack, instrument = part.pack, part.instrument
    if pack is None:
        raise ValueError("this is no pack")
    for domain in (instrument.domain(pack.domain_id),) if pack.domain_id else instrument.domains:
        for statement in domain.statements:
            yield ResponseKey(pack.wave_id, pack.party_id, statement.statement_id)


def _in_words(last: LastTime, longest: int, *, is_settled: bool) -> str:
    response = last.response
    answer = "not scored" if response.score is None else str(response.score)
    if response.no_view:
        reason = _shortened(response.no_view_reason, longest)
        answer = f"no view ({reason})" if reason else "no view"
    if not is_settled:
        answer += " (two answers, not settled yet)"
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
