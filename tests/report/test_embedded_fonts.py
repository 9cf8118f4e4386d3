"""Whoever opens a PDF of the program sees the letters that were printed: every font it names is in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Audit
from hsb_desktop.operations.packs import PackRequest, parts_of
from hsb_desktop.report.comparison_pdf import comparison_pdf
from hsb_desktop.report.composing import report_content
from hsb_desktop.report.document import PrintedPdf
from hsb_desktop.report.form import blank_form_pdf, filled_form_pdf
from hsb_desktop.report.pack_form import pack_form_pdf
from hsb_desktop.report.pdf import report_pdf
from tests.operations import packs
from tests.report.conftest import PRINTED_ON, WAVE, response
from tests.report.test_comparison_pdf import side_by_side


def pack_form(_: Audit) -> PrintedPdf:
    part = parts_of(packs.audit_with_agencies(), PackRequest(wave_id=packs.WAVE))[0]
    return pack_form_pdf(part, printed_on=PRINTED_ON)


KINDS: dict[str, Callable[[Audit], PrintedPdf]] = {
    "report": lambda audit: report_pdf(report_content(audit, WAVE, PRINTED_ON)),
    "blank form": lambda _: blank_form_pdf(instrument_by_id()),
    "filled form": lambda audit: filled_form_pdf(audit, WAVE, PRINTED_ON),
    "form of a pack": pack_form,
    "comparison": lambda _: comparison_pdf(side_by_side(2), PRINTED_ON),
}


def fonts_named(content: bytes) -> list[tuple[str, bool]]:
    """Every font that the file names anywhere, used or not, and whether it is in the file."""
    with pikepdf.open(BytesIO(content)) as pdf:
        fonts: list[Any] = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        ]
        return [
            (str(font.BaseFont), "/FontFile2" in font.get("/FontDescriptor", pikepdf.Dictionary()))
            for font in fonts
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_that_a_pdf_names_is_embedded_as_a_subset(workshop: Audit, kind: str) -> None:
    fonts = fonts_named(KINDS[kind](workshop.with_changes(response("1.1", evidence="≥ 12 ✓"))).content)
    assert fonts
    assert all(is_embedded for _, is_embedded in fonts)
    assert all(re.match(r"/[A-Z]{6}\+", name) for name, _ in fonts)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_printed_twice_is_the_same_to_the_byte(workshop: Audit, kind: str) -> None:
    assert KINDS[kind](workshop).content == KINDS[kind](workshop).content
