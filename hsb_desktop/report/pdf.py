"""Prints the report as a PDF: tagged, with an outline, and byte for byte the same for the same content."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.report.content import ReportContent
from hsb_desktop.report.document import A4, Document, PrintedPdf, PrintOutcome
from hsb_desktop.report.flow import Flow, Frame
from hsb_desktop.report.page_style import SAMPLE, furniture
from hsb_desktop.report.pdf_actions import print_actions, print_conflicts
from hsb_desktop.report.pdf_body import (
    print_about,
    print_how_to_read,
    print_lists,
    print_radar,
)
from hsb_desktop.report.pdf_front import print_cover, print_summary
from hsb_desktop.report.pdf_moved import print_moved
from hsb_desktop.report.pdf_overlaid import print_overlaid
from hsb_desktop.report.pdf_side_by_side import TITLES, print_side_by_side
from hsb_desktop.report.pdf_statements import print_domains
from hsb_desktop.report.typefaces import printing_lock

_METADATA_TITLE = "Harmful sexual behaviour audit"
_FRAME = Frame(left=57, right=539, top=787, bottom=60)


def write_report_pdf(content: ReportContent, out: Path) -> PrintOutcome:
    """Print the report into a PDF file and return what could not be printed as typed.

    The file appears whole or not at all; OutputRefused says why the disk refused it. The same content gives
    the same bytes, in any process.
    """
    return report_pdf(content).write(out)


def report_pdf(content: ReportContent) -> PrintedPdf:
    """Return the report as a PDF in memory."""
    cover = content.cover
    about = " · ".join(filter(None, (cover.area, cover.wave)))
    with printing_lock:
        document = Document(
            A4,
            title=_METADATA_TITLE,
            subject="Report",
            made_on=content.printed_on,
        )
        flow = Flow(document, _FRAME)
        print_cover(flow, content)
        print_summary(flow, content)
        print_how_to_read(flow, content)
        print_radar(flow, content)
        print_overlaid(flow, content.overlaid)
        for part in content.moved:
            print_moved(flow, part)
        print_lists(flow, content)
        print_actions(flow, content.actions)
        print_conflicts(flow, content.conflicts)
        for shown in content.groups:
            print_side_by_side(flow, shown, TITLES[shown.kind])
        print_domains(flow, content)
        print_about(flow, content)
        head = " · ".join(filter(None, (SAMPLE if cover.is_sample else "", about)))
        return document.save(furniture(document, head=head, foot=cover.title, marking=content.marking))
