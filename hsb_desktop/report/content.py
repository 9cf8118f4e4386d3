"""The content of the report, in its words and in its order; printers of any kind know only this.

`composing` makes it from an audit.
"""

from __future__ import annotations

from dataclasses import dataclass

from hsb_desktop.analysis.side_by_side import SideBySide
from hsb_desktop.model import ScalePoint
from hsb_desktop.report.agencies import ActionLine, AgenciesResult, ConflictLine
from hsb_desktop.report.content_radar import Radar, RadarAxis, RadarSeries
from hsb_desktop.report.moved import MovedPart
from hsb_desktop.report.overlaid import OverlaidAxes
from hsb_desktop.report.wording import KindWords, Passage, in_words

__all__ = [
    "Cover",
    "DomainPart",
    "DomainResult",
    "Radar",
    "RadarAxis",
    "RadarSeries",
    "ReportContent",
    "StatementList",
    "StatementResult",
    "excerpt",
]

_LONGEST_EXCERPT = 260


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover, each line ready to print; empty where nothing was entered."""

    title: str
    area: str
    kind: str
    coordinator: str
    wave: str
    held_on: str
    """The day of the wave or of its first sitting."""
    dates: tuple[str, ...]
    """All days, with what the sittings were about."""
    parties: tuple[str, ...]
    is_sample: bool
    printed_on: str


@dataclass(frozen=True, slots=True)
class DomainResult:
    """One line of the domain table."""

    domain_id: str
    short_title: str
    title: str
    scored: int
    statements: int
    mean: str
    """To one decimal place, halves rounded up; "–" where nothing is scored."""
    total: str
    possible: str
    percent: str

    @property
    def scored_of(self) -> str:
        """For example "7 of 10 scored"."""
        return f"{self.scored} of {self.statements} scored"

    @property
    def mean_in_words(self) -> str:
        """The mean, and whether it speaks of all statements."""
        if not self.scored:
            return "nothing scored"
        return f"{self.mean} · part scored" if self.is_part_scored else self.mean

    @property
    def is_part_scored(self) -> bool:
        """Whether some, and not all, of its statements are scored."""
        return 0 < self.scored < self.statements


@dataclass(frozen=True, slots=True)
class StatementResult:
    """One statement with everything that was entered for it. A score of None is not scored."""

    statement_id: str
    domain: str
    heading_id: str
    heading: str
    opens_heading: bool
    """Whether it is the first part below its heading."""
    text: str
    prompts: tuple[str, ...]
    score: int | None
    descriptor: str
    evidence: str
    assurance: str
    target: str
    reading: str
    remark: str
    """What is to be said about missing evidence; empty where nothing is."""
    is_warning: bool
    agencies: AgenciesResult | None = None
    """How the agencies stand to it; None where none of them has said anything about it."""

    @property
    def excerpt(self) -> str:
        """The beginning of the evidence, on one line; the whole stands with the statement."""
        return excerpt(self.evidence)

    @property
    def reference(self) -> str:
        """The statement on one line, as the lists name it: a part brings its heading."""
        return " ".join(part for part in (self.heading, self.text, "; ".join(self.prompts)) if part)


@dataclass(frozen=True, slots=True)
class DomainPart:
    """One domain: its result, its statements, and what was written at its end."""

    result: DomainResult
    radar: Radar
    statements: tuple[StatementResult, ...]
    comments: str
    completed_on: str
    """A date in words, or "not given"."""


@dataclass(frozen=True, slots=True)
class StatementList:
    """Statements under a heading; `if_none` stands there when there are none."""

    heading: str
    intro: str
    if_none: str
    statements: tuple[StatementResult, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The whole report."""

    printed_on: str
    """YYYY-MM-DD; the cover has it in words."""
    marking: str
    words: KindWords
    cover: Cover
    scored: int
    statements: int
    radar: Radar
    weakest: StatementList
    strengths: StatementList
    high_without_evidence: StatementList
    low_without_evidence: StatementList
    not_scored: StatementList
    scale: tuple[ScalePoint, ...]
    how_to_read: tuple[Passage, ...]
    domains: tuple[DomainPart, ...]
    acknowledgement: str
    edition: str
    independence: str
    overlaid: tuple[OverlaidAxes, ...] = ()
    """The series that the radar lays over one another, where others than the usual one were chosen."""
    moved: tuple[MovedPart, ...] = ()
    """What moved since earlier waves."""
    actions: tuple[ActionLine, ...] = ()
    """What would make every agency confident."""
    conflicts: tuple[ConflictLine, ...] = ()
    """What two copies of the audit answered differently and nobody has settled."""
    groups: tuple[SideBySide, ...] = ()
    """Of a regional audit: its areas, and its sectors, beside one another."""

    @property
    def progress(self) -> str:
        """For example "31 of 46 statements scored"."""
        return f"{self.scored} of {self.statements} statements scored"

    @property
    def weakest_heading(self) -> str:
        """What the summary calls the weakest: how many there are, in words."""
        count = len(self.weakest.statements)
        if not count:
            return self.weakest.heading
        return "The weakest statement" if count == 1 else f"{in_words(count).title()} weakest statements"

    @property
    def evidence_warning(self) -> str:
        """What the summary says about high scores without evidence."""
        count = len(self.high_without_evidence.statements)
        if not count:
            return "No statement scored 3 or 4 lacks evidence"
        return f"{count} {'statement' if count == 1 else 'statements'} scored 3 or 4 without evidence"


def excerpt(text: str, longest: int = _LONGEST_EXCERPT) -> str:
    """Return the beginning of a text on one line, cut after a whole word where there is one."""
    line = " ".join(text[: 4 * longest].split())
    if len(line) <= longest and len(text) <= 4 * longest:
        return line
    cut = line[:longest]
    return (cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut).rstrip(" ,;:") + " …"
