"""The report's own words: what changes with the kind of audit, dates, and the explanation of the scores."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hsb_desktop.model import AuditKind, Instrument

NOT_GIVEN = "not given"
INDEPENDENCE = (
    "The statements and the scale are the words of the NSPCC framework named above. This report was "
    "printed by HSB Audit Workshop, which is not made or endorsed by the NSPCC."
)
STRICTEST_MARKING = "Each audit has its own protective marking: keep this page by the strictest of them."
"""Stands in the place of the markings where nobody is to be named."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


@dataclass(frozen=True, slots=True)
class KindWords:
    """How the report speaks of who audits. The arithmetic is the same for every kind."""

    audit: str
    parties: str
    area: str
    score: str
    self_assessed: str
    lower_score: str
    lower_score_shown: str
    """The same where the agencies' scores are printed, too."""
    parties_in_margin: str
    """What stands beside the scores of those who take part."""


WORDS = {
    AuditKind.PARTNERSHIP: KindWords(
        audit="Partnership audit",
        parties="Agencies taking part",
        area="Area",
        score="Agreed score",
        self_assessed=(
            "The scores are the partnership’s own assessment of itself, agreed by the agencies that took "
            "part. They are not an inspection, and nobody outside the partnership has verified them."
        ),
        lower_score=(
            "The framework asks the agencies to discuss each statement and, where they still differ, "
            "recommends the lowest of their scores. The scores here are those that they agreed; how they "
            "came to them is not part of this report."
        ),
        lower_score_shown=(
            "The framework asks the agencies to discuss each statement. If all with a view then give the "
            "same score, that is agreement; where they still differ, the lowest of their scores is "
            "recommended. Beside each statement stand the agencies’ scores and what the rule recommends. "
            "Agencies with no view or no answer have no say. Where another score was agreed, the reason "
            "stands there, and who agreed it."
        ),
        parties_in_margin="Agencies",
    ),
    AuditKind.SINGLE_AGENCY: KindWords(
        audit="Single-agency audit",
        parties="Agency",
        area="Area",
        score="Score",
        self_assessed=(
            "The scores are one agency’s assessment of itself. They are not an inspection, nobody outside "
            "the agency has verified them, and they do not speak for its partners."
        ),
        lower_score=(
            "The framework asks those who take part to discuss each statement and, where they still differ, "
            "recommends the lowest of their scores. The scores here are those that they agreed; how they "
            "came to them is not part of this report."
        ),
        lower_score_shown=(
            "The framework asks those who take part to discuss each statement. If all with a view then give "
            "the same score, that is agreement; where they still differ, the lowest of their scores is "
            "recommended. Beside each statement stand their scores and what the rule recommends. Those with "
            "no view or no answer have no say. Where another score was agreed, the reason stands there, and "
            "who agreed it."
        ),
        parties_in_margin="Taking part",
    ),
    AuditKind.REGION: KindWords(
        audit="Regional audit",
        parties="Areas and agencies taking part",
        area="Region",
        score="Agreed score",
        self_assessed=(
            "The scores are the region’s own assessment of itself, agreed by the areas and agencies that "
            "took part. They are not an inspection, nobody outside the region has verified them, and one "
            "score may stand for areas that differ."
        ),
        lower_score=(
            "The framework asks areas and agencies to discuss each statement and, where they still differ, "
            "recommends the lowest of their scores. The scores here are those that they agreed; how they "
            "came to them is not part of this report."
        ),
        lower_score_shown=(
            "The framework asks areas and agencies to discuss each statement. If all with a view then give "
            "the same score, that is agreement; where they still differ, the lowest of their scores is "
            "recommended. Beside each statement stand their scores and what the rule recommends. Those with "
            "no view or no answer have no say. Where another score was agreed, the reason stands there, and "
            "who agreed it."
        ),
        parties_in_margin="Agencies",
    ),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A short heading and the text below it."""

    heading: str
    text: str


def in_words(count: int) -> str:
    """Return a small number as a word, "three"; a larger one in figures."""
    return _NUMBERS.get(count, str(count))


def listed(items: list[str] | tuple[str, ...]) -> str:
    """Return "a, b and c"."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def how_to_read(
    instrument: Instrument, words: KindWords, *, shows_agencies: bool = False
) -> tuple[Passage, ...]:
    """Return what a board needs to know about the scores; the counts come from the edition itself."""
    return (
        Passage("Means, not totals", _means(instrument)),
        *(Passage("Statements with parts", text) for text in [_parts(instrument)] if text),
        Passage(
            "Not scored is not 0",
            "A statement that is not scored counts nowhere: not in a mean, not in the radar. A score of 0 "
            "is an answer (not at all, never, no evidence) and counts like any other.",
        ),
        Passage(
            "Gaps and hollow points",
            "A domain with nothing scored is a gap in the radar. A domain that is part scored, with some "
            "of its statements still not scored, has a hollow point; its mean may move when the rest is "
            "scored.",
        ),
        Passage(
            "Scores need evidence",
            "A 3 or 4 without evidence contradicts its own descriptor: it is a warning, and never listed "
            "as a strength. A 1 or 2 without evidence is a note. A 0 needs none.",
        ),
        Passage("Self-assessed", words.self_assessed),
        Passage("How a score is agreed", words.lower_score_shown if shows_agencies else words.lower_score),
    )


def _means(instrument: Instrument) -> str:
    counts = [len(domain.statements) for domain in instrument.domains]
    text = (
        "A domain’s score is the mean of its scored statements, from 0 to 4, and is always shown with how "
        "many of its statements are scored. "
    )
    if len(set(counts)) > 1:
        numbers = listed([str(count) for count in counts])
        text += (
            f"The domains have {numbers} scored statements, so their totals cannot be compared; total, "
            "possible and percent stand beside the mean and speak only of their own domain."
        )
    else:
        text += "Total, possible and percent stand beside the mean and speak only of their own domain."
    return text


def _parts(instrument: Instrument) -> str:
    parts = Counter(statement.heading_id for statement in instrument.statements if statement.heading_id)
    sentences = []
    for count in sorted(set(parts.values())):
        headings = [heading for heading in parts if parts[heading] == count]
        number = in_words(count)
        times = {1: "once", 2: "twice"}.get(count, f"{number} times")
        parts_of_it = f"{number} scored {'part' if count == 1 else 'parts'}"
        sentences.append(
            f"{headings[0]} has {parts_of_it}, so it weighs {times} in its domain’s mean."
            if len(headings) == 1
            else f"{listed(headings)} have {parts_of_it} each, so they weigh {times} in their domain’s mean."
        )
    return " ".join(sentences)
