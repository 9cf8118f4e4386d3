"""The printed comparison: whole, tagged, unmoderated on every page, and no league table."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from hsb_desktop.analysis.several import Member, compare
from hsb_desktop.analysis.side_by_side import UNMODERATED, MemberKind, SideBySide, lettered, named
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.report.comparison_pdf import comparison_pdf, write_comparison_pdf
from hsb_desktop.report.document import A4, Document
from hsb_desktop.report.flow import Flow, Frame
from hsb_desktop.report.page_style import furniture
from hsb_desktop.report.pdf_table import Column, print_table
from hsb_desktop.report.typefaces import printing_lock
from tests.report.conftest import PRINTED_ON, outline, page_texts, squeezed, tags

LONG = "The Safeguarding Partnership of the Northmoor, Eastvale and Wold Districts " * 3


def side_by_side(count: int, *, is_named: bool = False, name: str = "Area") -> SideBySide:
    """So many audits; of each every statement has a score but those that its number divides."""
    instrument = instrument_by_id()
    members = [
        Member(
            f"audit-{number}",
            f"{name} {number}",
            {
                statement.statement_id: (place * number) % 5
                for place, statement in enumerate(instrument.statements, 1)
                if place % (number + 2)
            },
        )
        for number in range(count)
    ]
    ordered, names = (named if is_named else lettered)(compare(members, instrument))
    return SideBySide(
        comparison=ordered,
        names=names,
        kind=MemberKind.AUDITS,
        is_named=is_named,
        instrument=instrument,
        wave="the latest wave of each",
        marking="OFFICIAL-SENSITIVE",
        details=tuple(f"Baseline {place}" for place in range(count)) if is_named else (),
    )


def printed(shown: SideBySide, folder: Path) -> Path:
    out = folder / "comparison.pdf"
    write_comparison_pdf(shown, out, PRINTED_ON)
    return out


def test_every_page_says_that_it_is_unmoderated(tmp_path: Path) -> None:
    for text in page_texts(printed(side_by_side(4), tmp_path)):
        assert UNMODERATED in text
        assert "OFFICIAL-SENSITIVE" in text


def test_it_says_what_it_is_and_that_it_is_no_league_table(tmp_path: Path) -> None:
    first = page_texts(printed(side_by_side(4), tmp_path))[0]
    assert "Audits side by side" in first
    assert "4 audits · the latest wave of each" in first
    assert "No league table" in first
    assert "in the order of their letters, which say nothing about them" in " ".join(first.split())


def test_lowest_median_highest_and_how_many_scored_stand_for_every_statement(tmp_path: Path) -> None:
    shown = side_by_side(5)
    text = squeezed("".join(page_texts(printed(shown, tmp_path))))
    for found in shown.comparison.statements:
        values = (found.distribution.lowest, found.distribution.median, found.distribution.highest)
        said = "".join(f"{value:g}" for value in values if value is not None)
        count = f"{found.distribution.scored}of{found.distribution.members}"
        assert f"{said}{count}" in text, found.statement.statement_id


def test_every_statement_is_printed_whole(tmp_path: Path) -> None:
    shown = side_by_side(3)
    text = squeezed("".join(page_texts(printed(shown, tmp_path))))
    for statement in shown.instrument.statements:
        # A text that runs over a page has the headings of the table in it.
        assert squeezed(statement.text)[:40] in text
        assert squeezed(statement.text)[-20:] in text


def test_the_outline_leads_to_its_parts(tmp_path: Path) -> None:
    titles = [title for _, title in outline(printed(side_by_side(3), tmp_path))]
    assert titles[:5] == [
        "Audits side by side",
        "Domains",
        "Lowest, median and highest",
        "Each audit over the others",
        "The audits",
    ]
    assert titles[5:] == [
        f"Domain {domain.domain_id} · {domain.short_title}" for domain in instrument_by_id().domains
    ]


def test_tables_and_radars_are_tagged(tmp_path: Path) -> None:
    kinds = [kind for _, kind in tags(printed(side_by_side(7), tmp_path))]
    assert kinds.count("Figure") == 3  # lowest, median, highest; five audits; two audits
    assert kinds.count("Table") == 2 + len(instrument_by_id().domains)


@pytest.mark.parametrize("count", [2, 30])
def test_each_audit_stands_in_one_radar_and_one_row(tmp_path: Path, count: int) -> None:
    shown = side_by_side(count, is_named=True, name="Shire")
    text = "\n".join(page_texts(printed(shown, tmp_path)))
    for number in range(count):
        # In a legend and in the table.
        assert len(re.findall(rf"Shire {number}(?!\d)", text)) == 2


def test_long_names_are_whole_in_the_table_and_inside_the_page(tmp_path: Path) -> None:
    shown = side_by_side(6, is_named=True, name=LONG)
    out = printed(shown, tmp_path)
    assert squeezed("".join(page_texts(out))).count(squeezed(f"{LONG} 3")) == 1
    with pypdfium2.PdfDocument(out) as pdf:
        for page in pdf:
            text = page.get_textpage()
            assert text.get_text_bounded(left=page.get_width() - 40) == ""


def test_names_show_which_wave_and_letters_do_not(tmp_path: Path) -> None:
    assert "Baseline 1" in "".join(page_texts(printed(side_by_side(3, is_named=True), tmp_path)))
    assert "Baseline" not in "".join(page_texts(printed(side_by_side(3), tmp_path)))


def test_what_nobody_scored_is_a_dash_and_never_a_0(tmp_path: Path) -> None:
    instrument = instrument_by_id()
    empty = compare([Member("a", "", {}), Member("b", "", {})], instrument)
    shown = replace(side_by_side(2), comparison=empty)
    text = squeezed("".join(page_texts(printed(shown, tmp_path))))
    assert "–––0of2" in text
    assert "0.0" not in text


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert comparison_pdf(side_by_side(3), PRINTED_ON) == comparison_pdf(side_by_side(3), PRINTED_ON)


# The table ----------------------------------------------------------------------------------------------


def test_a_cell_longer_than_pages_loses_no_word_and_headings_stand_again(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(6_000))
    with printing_lock:
        document = Document(A4, title="t", subject="s", made_on=PRINTED_ON)
        flow = Flow(document, Frame(left=57, right=539, top=787, bottom=60))
        print_table(flow, [Column("Name", 120), Column("Long", 300)], [("one", words), ("two", "short")])
        made = document.save(furniture(document, head="", foot="", marking=""))
    out = tmp_path / "table.pdf"
    made.write(out)
    pages = page_texts(out)
    assert len(pages) > 2
    assert all("Name Long" in text for text in pages)
    assert re.findall(r"word\d+", "".join(pages)) == words.split()
    assert sum(text.count("\none") + text.startswith("one") for text in pages) == 1
