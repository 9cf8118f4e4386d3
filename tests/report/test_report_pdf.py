"""The printed report: whole, literal, tagged, paged, and the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from hsb_desktop.errors import OutputRefused
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.report.composing import report_content
from hsb_desktop.report.document import PrintOutcome
from hsb_desktop.report.pdf import write_report_pdf
from hsb_desktop.values import Change, Subject
from tests.examples import FULL
from tests.report.conftest import (
    PRINTED_ON,
    WAVE,
    agencies,
    audit_of,
    change,
    details,
    outline,
    page_texts,
    response,
    scores,
    squeezed,
    tags,
)

GOLDEN = Path(__file__).parent / "golden"


def printed(audit: Audit, folder: Path) -> tuple[Path, PrintOutcome]:
    out = folder / "report.pdf"
    return out, write_report_pdf(report_content(audit, WAVE, PRINTED_ON), out)


def whole_text(out: Path) -> str:
    """All text without head and foot of the pages, where a text runs over them."""
    pages = page_texts(out)
    furniture = re.compile(r"Page \d+ of \d+|\d\.\w+ \w+,\s+continued")
    return squeezed(furniture.sub("", "\n".join(pages)))


def statement_text(audit: Audit, folder: Path, text: str) -> tuple[str, PrintOutcome]:
    """What a report prints when this is the evidence for 1.1."""
    out, outcome = printed(audit.with_changes(response("1.1", score=2, evidence=text)), folder)
    return whole_text(out), outcome


def test_text_and_structure_are_as_agreed(workshop: Audit, tmp_path: Path) -> None:
    """Compares what a person reads and what a screen reader finds, not bytes.

    Written anew with HSB_WRITE_GOLDEN=1, for a change of the report that is meant.
    """
    out, _ = printed(workshop, tmp_path)
    parts = ["OUTLINE", *("  " * level + title for level, title in outline(out))]
    parts += ["", "STRUCTURE", *("  " * depth + kind for depth, kind in tags(out))]
    for number, text in enumerate(page_texts(out), 1):
        parts += ["", f"PAGE {number}", *(line.rstrip() for line in text.split("\n"))]
    found = "\n".join(parts) + "\n"
    golden = GOLDEN / "report.txt"
    if os.environ.get("HSB_WRITE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_every_page_says_which_of_how_many_it_is(workshop: Audit, tmp_path: Path) -> None:
    pages = page_texts(printed(workshop, tmp_path)[0])
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text


def test_the_marking_stands_at_head_and_foot_of_every_page(workshop: Audit, tmp_path: Path) -> None:
    out, _ = printed(workshop, tmp_path)
    with pypdfium2.PdfDocument(out) as pdf:
        for page in pdf:
            text = page.get_textpage()
            height = page.get_height()
            assert "OFFICIAL-SENSITIVE" in text.get_text_bounded(bottom=height - 34)
            assert "OFFICIAL-SENSITIVE" in text.get_text_bounded(top=28)


def test_without_a_marking_no_page_has_one(workshop: Audit, tmp_path: Path) -> None:
    out, _ = printed(workshop.with_changes(details(marking=None)), tmp_path)
    assert "OFFICIAL" not in "".join(page_texts(out))


def test_a_sample_says_so_on_every_page(workshop: Audit, tmp_path: Path) -> None:
    pages = page_texts(printed(replace(workshop, is_sample=True), tmp_path)[0])
    assert all("SAMPLE" in text for text in pages)
    assert not any("SAMPLE" in text for text in page_texts(printed(workshop, tmp_path)[0]))


def test_the_outline_has_every_section_domain_and_statement(workshop: Audit, tmp_path: Path) -> None:
    entries = outline(printed(workshop, tmp_path)[0])
    sections = [title for level, title in entries if level == 0]
    assert sections == [
        "Cover",
        "Summary",
        "How to read the scores",
        "The five domains",
        "Weakest and strongest",
        "Evidence and scores still missing",
        *(f"{domain.domain_id} {domain.short_title}" for domain in workshop.instrument.domains),
        "About this audit",
    ]
    below = [title.split()[0] for level, title in entries if level > 0]
    assert set(below) >= {statement.statement_id for statement in workshop.instrument.statements}
    assert {"1.6", "2.1", "4.1"} <= set(below)


def test_metadata_hold_no_word_that_people_typed(workshop: Audit, tmp_path: Path) -> None:
    typed = replace(workshop.details, title="Typed title", coordinator_name="Adeyemi")
    out, _ = printed(replace(workshop, details=typed), tmp_path)
    with pikepdf.open(out) as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
        assert str(pdf.Root.Lang) == "en-GB"
        assert info["/Title"] == "Harmful sexual behaviour audit"
        assert info["/Author"] == "HSB Audit Workshop"
        assert info["/CreationDate"] == info["/ModDate"] == "D:20261120"
        told = " ".join(info.values())
        assert not [word for word in ("Adeyemi", "Northmoor", "Typed", "Baseline") if word in told]
        assert "/Metadata" not in pdf.Root


def test_every_font_is_embedded_as_a_subset(workshop: Audit, tmp_path: Path) -> None:
    out, _ = printed(workshop.with_changes(response("1.1", evidence="≥ 12 ✓")), tmp_path)
    with pikepdf.open(out) as pdf:
        fonts: list[Any] = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        ]
        names = {str(font.BaseFont) for font in fonts}
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)
    assert {name.split("+")[1] for name in names} == {"NotoSans-Regular", "NotoSans-Bold", "DejaVuSans"}
    assert out.stat().st_size < 400_000


def test_the_structure_tree_tells_headings_figures_and_tables(workshop: Audit, tmp_path: Path) -> None:
    out, _ = printed(workshop, tmp_path)
    kinds = [kind for _, kind in tags(out)]
    assert {"Document", "Sect", "H1", "H2", "H3", "P", "Figure", "Table", "TR", "TH", "TD"} == set(kinds)
    assert kinds.count("Figure") == 2 + len(workshop.instrument.domains)
    with pikepdf.open(out) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        figures = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert all(str(figure.Alt).startswith("Radar graph") for figure in figures)
        for index, page in enumerate(pdf.pages):
            assert int(page.obj.StructParents) == index


def test_all_page_content_is_tagged_or_an_artifact(workshop: Audit, tmp_path: Path) -> None:
    out, _ = printed(workshop, tmp_path)
    with pikepdf.open(out) as pdf:
        for page in pdf.pages:
            depth = 0
            for instruction in pikepdf.parse_content_stream(page):
                name = str(instruction.operator)
                depth += (name in {"BDC", "BMC"}) - (name == "EMC")
                assert depth in {0, 1}
                assert depth == 1 or name not in {"Tj", "S", "s", "f", "b", "B"}, instruction


@pytest.mark.parametrize(
    "text",
    [
        "<b>never closed <img src='file:///etc/passwd'/> &amp; <para>{x}</para> <!-- --> \\n \\( )",
        "=HYPERLINK(1) %PDF-1.7 endstream endobj /Launch (JavaScript)",
        "Ŵyn, ŷd, Siân; “quotes” – dashes … ½ € ≥ ✓ → 😀",
    ],
)
def test_whatever_was_typed_prints_literally(workshop: Audit, tmp_path: Path, text: str) -> None:
    found, outcome = statement_text(workshop, tmp_path, text)
    assert squeezed(text) in found
    assert outcome.missing == ()


def test_20000_characters_in_one_box_are_all_there(workshop: Audit, tmp_path: Path) -> None:
    text = " ".join(f"word{number:05}" for number in range(2_000))
    assert len(text) > 19_000
    found, _ = statement_text(workshop, tmp_path, text)
    assert set(re.findall(r"word\d{5}", found)) == set(text.split())
    assert found.count("word01999") == 1


def test_a_word_of_20000_characters_breaks_over_lines_and_pages(workshop: Audit, tmp_path: Path) -> None:
    found, _ = statement_text(workshop, tmp_path, "Q" * 20_000)
    assert found.count("Q") >= 20_000


def test_many_empty_lines_flow_on(workshop: Audit, tmp_path: Path) -> None:
    found, _ = statement_text(workshop, tmp_path, "first" + "\n" * 300 + "last")
    assert "first" in found
    assert "last" in found


def test_what_no_face_has_is_shown_by_its_number_and_reported_once(workshop: Audit, tmp_path: Path) -> None:
    found, outcome = statement_text(workshop, tmp_path, "wave \U0001f937 and \U0001f937, 日")
    assert outcome.missing == ("日", "\U0001f937")
    assert "wave[U+1F937]and[U+1F937],[U+65E5]" in found


@pytest.mark.parametrize(
    "text",
    [
        "בדיקה של שנים עשר תיקים במרץ מצאה כרונולוגיה משותפת בתשעה מהם. " * 6,
        "وجدت مراجعة اثنتي عشرة حالة في مارس مشتركة في تسع منها. " * 6,
    ],
)
def test_right_to_left_text_reads_in_order_also_over_several_lines(
    workshop: Audit, tmp_path: Path, text: str
) -> None:
    """A reader puts the lines on paper back into reading order; only then are they what was typed."""
    found, outcome = statement_text(workshop, tmp_path, text)
    assert outcome.missing == ()
    # The label in the margin stands on the text's first line, so a reader may put it after that line.
    assert squeezed(text) in unicodedata.normalize("NFKC", found).replace("Evidence", "")


def test_names_from_people_are_shaped_in_every_place(workshop: Audit, tmp_path: Path) -> None:
    """Title, area, wave, agencies and marking take the same way as evidence."""
    audit = workshop.with_changes(
        [*details(title="T \U0001f937", area="A \U0001f938"), *agencies(["N \U0001f939"])]
    ).with_changes([change(Subject.WAVE, (WAVE,), "label", "W \U0001f93a")])
    out, outcome = printed(audit, tmp_path)
    assert outcome.missing == ("\U0001f937", "\U0001f938", "\U0001f939", "\U0001f93a")
    assert "N[U+1F939]" in whole_text(out)


# The summary ---------------------------------------------------------------------------------------------


def is_summary(text: str) -> bool:
    return "Five weakest statements" in text


def test_the_summary_is_page_two_and_only_that(workshop: Audit, tmp_path: Path) -> None:
    pages = page_texts(printed(workshop, tmp_path)[0])
    assert [number for number, text in enumerate(pages, 1) if is_summary(text)] == [2]
    assert "36 of 46 statements scored" in pages[1]
    assert "1 statement scored 3 or 4 without evidence" in pages[1].replace("\n", " ").replace("  ", " ")
    assert "How to read the scores" in pages[2]


def long_edition() -> Instrument:
    instrument = instrument_by_id()
    domains = tuple(
        replace(
            domain,
            short_title="A domain with a very long short title " * 4,
            title="A title that goes on " * 12,
            statements=tuple(replace(s, text=s.text * 12) for s in domain.statements),
        )
        for domain in instrument.domains
    )
    return replace(instrument, domains=domains)


def test_long_names_and_statements_keep_the_summary_on_its_page(tmp_path: Path) -> None:
    changes: list[Change] = [
        *details(
            title="Title " * 400, area="Llanfairpwllgwyngyll and the Vale of " * 60, marking="MARKING " * 90
        ),
        *details(coordinator_name="Name " * 200, coordinator_role="Role " * 200),
        *agencies([f"Agency number {number} with a long name " * 4 for number in range(60)]),
        change(Subject.WAVE, (WAVE,), "label", "Wave " * 300),
        *scores({s.statement_id: 3 for s in instrument_by_id().statements}),
    ]
    for number in range(20):
        changes.append(change(Subject.SITTING, (f"s{number:02}",), "wave_id", WAVE))
        changes.append(change(Subject.SITTING, (f"s{number:02}",), "held_on", f"2026-03-{number + 1:02}"))
        changes.append(
            change(
                Subject.SITTING,
                (f"s{number:02}",),
                "note",
                " ".join(f"{number:02}x{word:02}" for word in range(60)),
            )
        )
    out, _ = printed(audit_of(changes, instrument=long_edition()), tmp_path)
    pages = page_texts(out)
    assert [number for number, text in enumerate(pages, 1) if is_summary(text)] == [2]
    assert "How to read the scores" in pages[2]
    about = squeezed("".join(pages[-12:]))
    assert all(squeezed(f"Agency number {number} with a long name") in about for number in range(60))
    assert all(f"{number:02}x{word:02}" in about for number in range(20) for word in range(60))


def test_an_empty_audit_prints_and_says_so(tmp_path: Path) -> None:
    out, outcome = printed(audit_of(), tmp_path)
    pages = page_texts(out)
    assert outcome.missing == ()
    assert "0 of 46 statements scored" in pages[1]
    assert "Nothing is scored yet." in pages[1]
    assert "0.0" not in "".join(pages)


def test_a_single_score_prints_as_one(tmp_path: Path) -> None:
    out, _ = printed(audit_of(scores({"3.1": 0})), tmp_path)
    pages = page_texts(out)
    assert "1 of 46 statements scored" in pages[1]
    assert "0.0 · part scored" in pages[1]


def test_an_edition_of_one_s_own_prints(tmp_path: Path) -> None:
    instrument = instrument_by_id()
    domains = tuple(
        replace(
            instrument.domains[2],
            domain_id=f"d{number}",
            statements=tuple(
                replace(s, statement_id=f"d{number}.{place}", domain_id=f"d{number}")
                for place, s in enumerate(instrument.domains[2].statements[: 1 + number % 3])
            ),
        )
        for number in range(12)
    )
    out, _ = printed(audit_of(instrument=replace(instrument, domains=domains)), tmp_path)
    pages = page_texts(out)
    assert "and 5 more, see the domain table" in pages[1]
    assert "How to read the scores" in pages[2]


# How it is written --------------------------------------------------------------------------------------

_WRITE = """
import sys
from pathlib import Path
from typing import Any
from hsb_desktop.model import AuditDetails, Agency, Audit, Response, ResponseKey, Wave, PARTNERSHIP
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.report.composing import report_content
from hsb_desktop.report.form import write_filled_form_pdf
from hsb_desktop.report.pdf import write_report_pdf
instrument = instrument_by_id()
audit = Audit(
    "a", instrument, details=AuditDetails(area="Vale", marking="OFFICIAL"), waves=(Wave("w", "T1"),),
    agencies=(Agency("x", "Police"), Agency("y", "Health")), attendance=frozenset({("w", "y"), ("w", "x")}),
    responses={
        ResponseKey("w", PARTNERSHIP, s.statement_id): Response(score=n % 5, evidence="Ŵ ✓ אב " * 9)
        for n, s in enumerate(instrument.statements)
    },
)
write_report_pdf(report_content(audit, "w", "2026-11-20"), Path(sys.argv[1]))
write_filled_form_pdf(audit, "w", Path(sys.argv[2]), "2026-11-20")
"""


def test_the_same_audit_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    written = []
    for seed in ("1", "4242"):
        outs = [tmp_path / f"{name}-{seed}.pdf" for name in ("report", "form")]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", _WRITE, *map(str, outs)], check=True, env=environment)
        written.append([out.read_bytes() for out in outs])
    assert written[0] == written[1]


def test_printing_again_in_the_same_process_gives_the_same_bytes(workshop: Audit, tmp_path: Path) -> None:
    first = printed(workshop, tmp_path)[0].read_bytes()
    statement_text(workshop, tmp_path, "other letters: Ελληνικά ✓")
    assert printed(workshop, tmp_path)[0].read_bytes() == first


def test_two_reports_at_once_do_not_disturb_each_other(workshop: Audit, tmp_path: Path) -> None:
    """Reports are printed in a worker while the window may ask for another; the faces are shared."""
    folders = [tmp_path / str(number) for number in range(4)]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(4) as workers:
        outs = list(workers.map(lambda folder: printed(workshop, folder)[0], folders))
    assert len({out.read_bytes() for out in outs}) == 1


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(workshop: Audit, tmp_path: Path) -> None:
    with pytest.raises(OutputRefused):
        printed(workshop, tmp_path / "no such folder")
    assert list(tmp_path.iterdir()) == []


def test_no_heading_stands_alone_at_the_foot_of_a_page(workshop: Audit, tmp_path: Path) -> None:
    """With texts of every length, a statement's number, score and first lines stay together."""
    changes = []
    for place, statement in enumerate(workshop.instrument.statements):
        changes += response(
            statement.statement_id, score=2, evidence=f"BEGIN{place} " + "evidence " * (place * 9)
        )
    pages = page_texts(printed(workshop.with_changes(changes), tmp_path)[0])
    first = next(number for number, text in enumerate(pages) if "Domain 1 ·" in text)
    for place, statement in enumerate(workshop.instrument.statements):
        begins = [text for text in pages[first:] if re.search(rf"BEGIN{place}\b", text)]
        assert len(begins) == 1
        assert squeezed(statement.text)[:60] in squeezed(begins[0])


@pytest.mark.parametrize("weakest", range(0, 41, 1 if FULL else 6))
def test_no_list_begins_with_its_heading_alone_at_the_foot_of_a_page(
    workshop: Audit, tmp_path: Path, weakest: int
) -> None:
    """Whichever statements come first, however long, the first of a list is under its heading."""
    statements = workshop.instrument.statements
    low, high = statements[weakest : weakest + 5], (*statements[:weakest], *statements[weakest + 5 :])
    changes = []
    for place, statement in enumerate(statements):
        score = 0 if statement in low else 4 if place % 2 else None
        evidence = "evidence " * (5 + 7 * (place % 9)) if place % 3 else ""
        changes += response(statement.statement_id, score=score, evidence=evidence)
    pages = page_texts(printed(workshop.with_changes(changes), tmp_path)[0])
    lists = pages[next(n for n, text in enumerate(pages) if "Weakest and strongest" in text) :]
    strong = next(s for n, s in enumerate(statements) if s in high and n % 2 and n % 3)
    missing = next(s for n, s in enumerate(statements) if s in high and not n % 2)
    for heading, first in (("Strengths", strong), ("Statements not scored", missing)):
        page = next(text for text in lists if re.search(rf"^{heading}", text, re.MULTILINE))
        assert squeezed(first.text)[:40] in squeezed(page.split(heading, 1)[1]), heading


@pytest.mark.parametrize("lines", range(0, 41, 1 if FULL else 3))
def test_the_end_of_a_domain_never_stands_alone_on_a_page(
    workshop: Audit, tmp_path: Path, lines: int
) -> None:
    """Whatever the texts above it are long, it follows a statement unless it fills a page itself."""
    statements = [statement.statement_id for statement in workshop.instrument.statements]
    longer = [
        change
        for statement_id in statements
        for change in response(statement_id, evidence="One line of evidence.\n" * lines + "The last.")
    ]
    out, _ = printed(workshop.with_changes(longer), tmp_path)
    ends = [text for text in page_texts(out) if "At the end of this domain" in text]
    assert len(ends) == 5
    for text in ends:
        above = text.split("At the end of this domain")[0]
        assert len(above.splitlines()) > 4 or len(text.splitlines()) > 30, text
    for text in page_texts(out):
        assert len(text.splitlines()) > 10 or "completed" not in text, text
    assert whole_text(out).count("Thelast.") >= len(statements)
