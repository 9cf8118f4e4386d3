"""What can be printed from an audit, made as a PDF in memory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from hsb_desktop.model import Audit

_MOST_LISTED = 12


class PaperKind(Enum):
    """What the paper shows."""

    REPORT = auto()
    FILLED_FORM = auto()
    BLANK_FORM = auto()


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, and the characters in it that no typeface of the program has."""

    content: bytes
    missing: tuple[str, ...]


def make_paper(
    kind: PaperKind,
    audit: Audit,
    wave_id: str,
    printed_on: str,
    *,
    with_agencies_evidence: bool = False,
) -> Paper:
    """Print into memory; `printed_on` is YYYY-MM-DD. A report alone can hold the agencies' own evidence.

    Raises KeyError if the audit has no such wave."""
    match kind:
        case PaperKind.REPORT:
            from hsb_desktop.report.composing import report_content
            from hsb_desktop.report.pdf import report_pdf

            content = report_content(
                audit, wave_id, printed_on, with_agencies_evidence=with_agencies_evidence
            )
            printed = report_pdf(content)
        case PaperKind.FILLED_FORM:
            from hsb_desktop.report.form import filled_form_pdf

            printed = filled_form_pdf(audit, wave_id, printed_on)
        case PaperKind.BLANK_FORM:
            from hsb_desktop.report.form import blank_form_pdf

            details = audit.details
            printed = blank_form_pdf(
                audit.instrument,
                area=details.area,
                wave_label=audit.wave(wave_id).label,
                marking=details.marking,
                printed_on=printed_on,
            )
    return Paper(printed.content, printed.missing)


def listed_stand_ins(missing: tuple[str, ...]) -> str:
    """Return what is printed in place of these characters; of many, the first."""
    listed = ", ".join(f"[U+{ord(character[0]):04X}]" for character in missing[:_MOST_LISTED])
    return listed if len(missing) <= _MOST_LISTED else f"{listed}, … ({len(missing)})"
