"""What an import changes in what agencies do together, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hsb_desktop.values import PARTNERSHIP, Change, Subject

_Name = Callable[[str], str]


def together_sentences(changes: list[Change], wave: _Name, agency: _Name) -> Iterator[str]:
    """Yield sentences on rounds, agreements, conflicts, a pack and what the radar shows.

    `wave` and `agency` give the name of an id as it is to stand in a sentence.
    """
    rounds, votes = _keys(changes, Subject.ROUND), _keys(changes, Subject.VOTE)
    if rounds or votes:
        yield (
            f"Changes {_counted(len(rounds), 'round')} of scoring and "
            f"{_counted(len(votes), 'answer')} in them."
        )
    agreements = _keys(changes, Subject.AGREEMENT)
    for wave_id in dict.fromkeys(key[0] for key in agreements):
        numbers = ", ".join(key[1] for key in agreements if key[0] == wave_id)
        yield f"Changes how the score was agreed for {numbers} in {wave(wave_id)}."
    if conflicts := _keys(changes, Subject.CONFLICT):
        yield f"Changes {_counted(len(conflicts), 'conflict')} between two copies that nobody has settled."
    for change in changes:
        if change.address.subject is Subject.PACK and change.address.field == "party_id" and change.after:
            party = str(change.after)
            name = "the partnership" if party == PARTNERSHIP else agency(party)
            yield f"Marks this audit as one that was sent out to be filled in by {name}."
    if _keys(changes, Subject.SERIES):
        yield "Changes what the radar shows."


def _keys(changes: list[Change], subject: Subject) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(c.address.key for c in changes if c.address.subject is subject))


def _counted(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"
