"""Prints the audit tool as a paper form, laid out as the printed tool: blank to write on, or filled.

In the filled form a text that is too long for its cell goes on, whole, on continuation sheets at the end, and
the cell says so: nothing that was typed is lost.
"""

from __future__ import annotations

from pathlib import Path

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.own_answers import as_own_audit, asked_in
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.report.composing import report_content
from hsb_desktop.report.document import A4_LANDSCAPE, Document, Furniture, PrintedPdf, PrintOutcome
from hsb_desktop.report.form_layout import FormEntries, FormPages
from hsb_desktop.report.page_style import MUTED, SAMPLE, furniture
from hsb_desktop.report.text_setting import Style
from hsb_desktop.report.typefaces import printing_lock
from hsb_desktop.report.wording import NOT_GIVEN

_ACKNOWLEDGEMENT = Style(6.5, 8.5, colour=MUTED)


def write_blank_form_pdf(
    instrument: Instrument,
    out: Path,
    *,
    area: str = "",
    wave_label: str = "",
    marking: str = "",
    printed_on: str = "",
) -> PrintOutcome:
    """Print an empty form to write on; `printed_on` is YYYY-MM-DD or empty.

    The file appears whole or not at all; OutputRefused says why the disk refused it.
    """
    form = blank_form_pdf(
        instrument, area=area, wave_label=wave_label, marking=marking, printed_on=printed_on
    )
    return form.write(out)


def blank_form_pdf(
    instrument: Instrument,
    *,
    area: str = "",
    wave_label: str = "",
    marking: str = "",
    printed_on: str = "",
) -> PrintedPdf:
    """Return an empty form to write on, in memory; `printed_on` is YYYY-MM-DD or empty."""
    fields = (
        ("Area", area),
        ("Agency", ""),
        ("Filled in by (name, role)", ""),
        ("Date", ""),
        ("Wave", wave_label),
        ("Facilitator", ""),
    )
    entries = FormEntries(fields, area=area, wave=wave_label, marking=marking.strip(), printed_on=printed_on)
    return print_form(instrument, entries)


def write_filled_form_pdf(audit: Audit, wave_id: str, out: Path, printed_on: str) -> PrintOutcome:
    """Print the form with the agreed responses of one wave; `printed_on` is YYYY-MM-DD.

    Raises KeyError if the audit has no such wave. The file appears whole or not at all; OutputRefused says
    why the disk refused it.
    """
    return filled_form_pdf(audit, wave_id, printed_on).write(out)


def filled_form_pdf(audit: Audit, wave_id: str, printed_on: str) -> PrintedPdf:
    """Return the form with the agreed responses of one wave, in memory; `printed_on` is YYYY-MM-DD.

    Raises KeyError if the audit has no such wave.
    """
    audit = as_own_audit(asked_in(audit))
    content = report_content(audit, wave_id, printed_on)
    cover = content.cover
    fields = (
        (content.words.area, cover.area or NOT_GIVEN),
        (content.words.parties, "\n".join(cover.parties) or "none entered"),
        ("Coordinator", cover.coordinator or NOT_GIVEN),
        ("Held on", "\n".join(cover.dates) or NOT_GIVEN),
        ("Wave", cover.wave),
        ("Kind", cover.kind),
    )
    entries = FormEntries(
        fields,
        title=cover.title,
        area=cover.area,
        wave=cover.wave,
        marking=content.marking,
        printed_on=printed_on,
        is_sample=audit.is_sample,
        audit=audit,
        wave_id=wave_id,
    )
    return print_form(audit.instrument, entries)


def print_form(instrument: Instrument, entries: FormEntries) -> PrintedPdf:
    """Return the form with these entries, in memory."""
    with printing_lock:
        document = Document(
            A4_LANDSCAPE,
            title=instrument.title,
            subject="Audit form",
            made_on=entries.printed_on or "2000-01-01",
        )
        form = FormPages(document, instrument, entries)
        form.first_page()
        for domain in instrument.domains:
            form.domain(domain)
        form.continuation_sheets()
        return document.save(_furniture(document, instrument, entries))


def _furniture(document: Document, instrument: Instrument, entries: FormEntries) -> Furniture:
    sample = SAMPLE if entries.is_sample else ""
    head = " · ".join(filter(None, (sample, instrument.title, entries.area, entries.wave)))
    printed = f"Printed on {written_date(entries.printed_on)}" if entries.printed_on else ""
    plain = furniture(document, head=head, foot=printed, marking=entries.marking, edge=40)
    width = document.size[0] - 80
    lines = document.setter.clipped(instrument.acknowledgement, _ACKNOWLEDGEMENT, width, 1)

    def draw(number: int, total: int) -> str:
        return plain(number, total) + "\n" + document.text(lines, _ACKNOWLEDGEMENT, 40, 52)

    return draw
