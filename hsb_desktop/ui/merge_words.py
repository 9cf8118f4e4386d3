"""What a merge is told in: counts, places and values, in the window's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hsb_desktop.analysis.dates import written_date, written_moment
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit
from hsb_desktop.operations.merge_places import Places
from hsb_desktop.operations.merge_plan import MergeEntry, MergePlan
from hsb_desktop.operations.questions import Answer, Question
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.place_words import field_in_words
from hsb_desktop.values import PARTNERSHIP, FieldKind, Subject, Value, ValueAddress

if TYPE_CHECKING:
    from hsb_desktop.operations.whence import Whence

_LONGEST_CELL = 120
_LONGEST_TO_READ = 20_000


class PlaceWords:
    """Says where a value stands: "3.2 evidence · Baseline · Northmoor Police"."""

    def __init__(self, places: Places) -> None:
        self._places = places

    @classmethod
    def of(cls, audit: Audit) -> PlaceWords:
        """Return the words for an audit, with the names of its own waves and agencies."""
        return cls(Places(audit))

    def __call__(self, address: ValueAddress) -> str:
        """Return the place in words, short first."""
        field, key, name = field_in_words(address), address.key, self._places.name
        match address.subject:
            case Subject.RESPONSE:
                party = "" if key[1] == PARTNERSHIP else name(key[1])
                return _joined(f"{key[2]} {field}", name(key[0]), party)
            case Subject.DOMAIN_NOTE:
                return _joined(_tr("Domain {0} {1}").format(key[1], field), name(key[0]))
            case Subject.AGREEMENT:
                return _joined(f"{key[1]} {field}", name(key[0]))
            case Subject.READING:
                return _tr("{0} reading").format(key[0])
            case _:
                place = self._places.place(address)
                return place[:1].upper() + place[1:]


def value_in_words(address: ValueAddress, value: Value) -> str:
    """Return a value whole, as people read it."""
    kind = address.kind
    if kind is FieldKind.FLAG:
        return _tr("yes") if value else _tr("no")
    if value is None:
        return _tr("nothing")
    return written_date(str(value)) if kind is FieldKind.DATE else str(value)


def value_to_read(address: ValueAddress, value: Value) -> str:
    """Return a value as a window can show it at once: of an endless text its beginning, which is said."""
    text = value_in_words(address, value)
    if len(text) <= _LONGEST_TO_READ:
        return text
    words = _tr("This is the beginning of {0} characters; all of them are kept.").format(f"{len(text):,}")
    return f"{words}\n\n{text[:_LONGEST_TO_READ]}…"


def value_in_short(address: ValueAddress, value: Value) -> str:
    """Return a value on one line, short enough for a cell."""
    text = " ".join(value_in_words(address, value)[: 4 * _LONGEST_CELL].split())
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def moment_in_words(author: str, at: str) -> str:
    """Return who entered something and when, as far as that is known; empty where nothing tells."""
    return _joined(shown(author) if author else "", written_moment(at) if at else "")


def counts_in_words(plan: MergePlan, name: str = "") -> str:
    """Return what comes of a merge in numbers, of one copy or, without a name, of all of them."""
    counts = [count for count in plan.counts if name in ("", count.name)]
    taken = [entry for entry in listed(plan.taken) if name in ("", entry.source_name)]
    is_one = len(counts) == 1
    new, newer = (sum((entry.ours is None) is is_new for entry in taken) for is_new in (True, False))
    differ = len({entry.address for entry in plan.conflicts if name in ("", entry.source_name)})
    older = sum(count.older for count in counts)
    stay = _tr("{0} older there stay as they are")
    if older == 1:
        stay = _tr("{0} older there stays as it is")
    parts = (
        (new, _tr("{0} new from them")),
        (newer, _tr("{0} newer there")),
        (differ, _tr("{0} differ") if differ != 1 else _tr("{0} differs")),
        (older, stay),
        (sum(count.cleared for count in counts), _tr("{0} cleared there and kept here")),
        (sum(count.joined for count in counts), _tr("{0} the same in both")),
        (sum(count.left_out for count in counts), _tr("{0} left out")),
    )
    told = [words.format(number) for number, words in parts if number]
    if not told:
        return _tr("nothing that is not here already") if is_one else _tr("nothing new")
    return ", ".join(told)


def listed(entries: tuple[MergeEntry, ...]) -> list[MergeEntry]:
    """Return what a person is shown of these: in which order things stand in a list is no news."""
    return [entry for entry in entries if entry.address.kind is not FieldKind.POSITION]


def result_in_words(plan: MergePlan, waiting: int) -> str:
    """Return what was done, in one sentence with counts; `waiting` questions came of it."""
    names = [count.name for count in plan.counts]
    source = shown(names[0]) if len(names) == 1 else _tr("{0} files").format(len(names))
    changed = plan.values_changed
    words = counted(QCoreApplication.translate("Merging", "%n value(s) changed", "", changed), changed)
    told = _tr("Merged {0}: {1}").format(source, words)
    if waiting:
        told += _tr(", {0} to settle").format(waiting)
    return f"{told}."


def question_in_words(question: Question) -> str:
    """Return how many answers differ: "2 answers differ"."""
    return _tr("{0} answers differ").format(len(question.answers))


def author_of(answer: Answer) -> str:
    """Return who gave an answer; empty where nothing tells."""
    return shown(answer.author) if answer.author else ""


def whence_in_words(whence: Whence | None) -> str:
    """Return where an answer came from: "here · 20 November 2026, 19:13"; empty where nothing tells."""
    if whence is None:
        return ""
    if whence.is_here:
        return _joined(_tr("here"), written_moment(whence.at) if whence.at else "")
    return _tr("from {0}").format(shown(whence.copy_name)) if whence.copy_name else _tr("from a copy")


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Merging", words)
