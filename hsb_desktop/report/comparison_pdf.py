"""Prints several audits beside one another as a PDF of their own."""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.side_by_side import UNMODERATED, SideBySide
from hsb_desktop.report.document import A4, Document, PrintedPdf, PrintOutcome
from hsb_desktop.report.flow import Flow, Frame
from hsb_desktop.report.page_style import BODY, HEADING, SAMPLE, furniture
from hsb_desktop.report.pdf_side_by_side import TITLES, print_side_by_side
from hsb_desktop.report.typefaces import printing_lock
from hsb_desktop.report.wording import INDEPENDENCE

_FRAME = Frame(left=57, right=539, top=787, bottom=60)


def write_comparison_pdf(shown: SideBySide, out: Path, printed_on: str) -> PrintOutcome:
    """Print a comparison into a PDF file and return what could not be printed as typed.

    The file appears whole or not at all; OutputRefused says why the disk refused it. `printed_on` is
    YYYY-MM-DD. The same comparison and day give the same bytes.
    """
    return comparison_pdf(shown, printed_on).write(out)


def comparison_pdf(shown: SideBySide, printed_on: str) -> PrintedPdf:
    """Return a comparison as a PDF in memory."""
    with printing_lock:
        document = Document(
            A4, title="Harmful sexual behaviour audits", subject="Comparison", made_on=printed_on
        )
        flow = Flow(document, _FRAME)
        print_side_by_side(flow, shown, TITLES[shown.kind], new_page=False)
        _about(flow, shown)
        head = " · ".join(filter(None, (SAMPLE if shown.is_sample else "", UNMODERATED)))
        foot = f"{TITLES[shown.kind]} · printed on {written_date(printed_on)}"
        return document.save(furniture(document, head=head, foot=foot, marking=shown.marking))


def _about(flow: Flow, shown: SideBySide) -> None:
    flow.space(10)
    flow.text("The audit tool", HEADING, kind="H2", keep=60)
    for text in (
        f"{shown.instrument.title}: {shown.instrument.edition}",
        shown.instrument.acknowledgement,
        INDEPENDENCE.replace("This report", "This comparison"),
    ):
        flow.text(text, BODY)
        flow.space(5)
