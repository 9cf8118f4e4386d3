"""The paper form: the printed tool to write on, and filled with nothing lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hsb_desktop.instrument import available_instruments, instrument_by_id
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.report.form import write_blank_form_pdf, write_filled_form_pdf
from hsb_desktop.values import Subject
from tests.report.conftest import (
    PRINTED_ON,
    WAVE,
    audit_of,
    change,
    details,
    outline,
    page_texts,
    response,
    squeezed,
    tags,
)


def blank(folder: Path, instrument: Instrument | None = None, **fields: str) -> list[str]:
    out = folder / "form.pdf"
    outcome = write_blank_form_pdf(instrument or instrument_by_id(), out, **fields)
    assert outcome.missing == ()
    return page_texts(out)


def filled(audit: Audit, folder: Path) -> list[str]:
    write_filled_form_pdf(audit, WAVE, folder / "form.pdf", PRINTED_ON)
    return page_texts(folder / "form.pdf")


@pytest.mark.parametrize("instrument", available_instruments()[0], ids=lambda edition: edition.instrument_id)
def test_the_blank_form_has_every_word_of_the_edition(tmp_path: Path, instrument: Instrument) -> None:
    found = squeezed("".join(blank(tmp_path, instrument)))
    for statement in instrument.statements:
        assert squeezed(statement.statement_id + statement.text) in found
        assert squeezed(statement.heading) in found
        assert all(squeezed(prompt) in found for prompt in statement.prompts)
    assert all(squeezed(point.label) in found for point in instrument.scale)
    assert all(squeezed(domain.title) in found for domain in instrument.domains)


def test_the_columns_are_those_of_the_printed_tool(tmp_path: Path) -> None:
    with_statements = [text for text in blank(tmp_path) if re.search(r"^\d\.\d", text, re.MULTILINE)]
    assert len(with_statements) >= 12
    for text in with_statements:
        found = squeezed(text)
        assert squeezed("Score Evidence supporting this score") in found
        assert squeezed("Assurance systems in place locally for QA/evidencing this statement") in found


def test_every_page_has_the_acknowledgement_its_number_and_the_marking(tmp_path: Path) -> None:
    pages = blank(tmp_path, marking="OFFICIAL", area="Northmoor Vale", wave_label="Baseline (T1)")
    for number, text in enumerate(pages, 1):
        assert "Hackett, S, Branigan, P and Holmes, D (2019)" in text
        assert f"Page {number} of {len(pages)}" in text
        assert text.count("OFFICIAL") == 2
    assert "Northmoor Vale" in pages[0]
    assert "Baseline (T1)" in pages[0]


def test_each_domain_ends_with_comments_and_date_completed(tmp_path: Path) -> None:
    text = "".join(blank(tmp_path))
    assert text.count("Comments") == text.count("Date completed") == 5


def test_a_heading_over_parts_stands_once_above_them(tmp_path: Path) -> None:
    text = squeezed("".join(blank(tmp_path)))
    heading = squeezed(instrument_by_id().statement("1.6a").heading)
    assert text.count(heading) == 1
    assert text.index(heading) < text.index("1.6a")


def test_the_blank_form_is_landscape_with_room_to_write(tmp_path: Path) -> None:
    blank(tmp_path)
    pages = page_texts(tmp_path / "form.pdf")
    assert 14 <= len(pages) <= 18
    # At most four statements a page leave a quarter of its height for each.
    assert all(len(re.findall(r"^\d\.\d[a-c]? ", text, re.MULTILINE)) <= 5 for text in pages)


def test_the_outline_has_the_domains(tmp_path: Path) -> None:
    blank(tmp_path)
    assert [title for _, title in outline(tmp_path / "form.pdf")][1:] == [
        "1 Responses",
        "2 Prevention",
        "3 Assessment",
        "4 Interventions",
        "5 Development",
    ]


def test_the_tables_are_tagged(tmp_path: Path) -> None:
    blank(tmp_path)
    kinds = [kind for _, kind in tags(tmp_path / "form.pdf")]
    assert kinds.count("Table") == 5
    assert kinds.count("TD") == 46 * 3


def test_the_filled_form_has_what_was_agreed(workshop: Audit, tmp_path: Path) -> None:
    pages = filled(workshop, tmp_path)
    found = squeezed("".join(pages))
    assert "Northmoor Police (statutory)" in pages[0]
    assert "R. Adeyemi, Head of Safeguarding" in pages[0].replace("\n", " ")
    assert squeezed("The data subgroup takes 1.1 and 1.2 together.") in found
    assert "5March2026" in found
    assert found.count("notscored") == 10
    assert all(text.count("OFFICIAL-SENSITIVE") == 2 for text in pages)


def test_a_text_too_long_for_its_cell_goes_on_whole(workshop: Audit, tmp_path: Path) -> None:
    text = " ".join(f"word{number:05}" for number in range(2_000))
    pages = filled(workshop.with_changes(response("1.2", score=1, evidence=text)), tmp_path)
    found = squeezed("".join(pages))
    start = found.index("Continuationsheets")
    assert squeezed("goes on, whole, on the continuation sheets") in found[:start]
    assert "1.2Evidence" in found[start:]
    assert set(re.findall(r"word\d{5}", found[start:])) == set(text.split())


def test_many_short_lines_go_on_too(workshop: Audit, tmp_path: Path) -> None:
    text = "\n".join(f"line{number:03}" for number in range(80))
    found = squeezed("".join(filled(workshop.with_changes(response("1.2", assurance=text)), tmp_path)))
    assert all(f"line{number:03}" in found for number in range(80))


def test_long_comments_and_names_go_on_too(workshop: Audit, tmp_path: Path) -> None:
    comments = " ".join(f"note{number:04}" for number in range(400))
    area = " ".join(f"place{number:03}" for number in range(150))
    audit = workshop.with_changes(
        [*details(area=area), change(Subject.DOMAIN_NOTE, (WAVE, "5"), "comments", comments)]
    )
    found = squeezed("".join(filled(audit, tmp_path)))
    assert all(word in found for word in (*comments.split(), *area.split()))


def test_texts_that_fit_need_no_continuation_sheets(workshop: Audit, tmp_path: Path) -> None:
    assert "ontinuation sheets" not in "".join(filled(workshop, tmp_path))


def test_an_empty_audit_fills_nothing_in(tmp_path: Path) -> None:
    assert squeezed("".join(filled(audit_of(), tmp_path))).count("notscored") == 46


def test_markup_prints_literally_and_stand_ins_are_reported(workshop: Audit, tmp_path: Path) -> None:
    audit = workshop.with_changes(response("1.2", evidence="<b>never closed &amp; \U0001f937"))
    outcome = write_filled_form_pdf(audit, WAVE, tmp_path / "form.pdf", PRINTED_ON)
    assert outcome.missing == ("\U0001f937",)
    assert squeezed("<b>never closed &amp; [U+1F937]") in squeezed("".join(page_texts(tmp_path / "form.pdf")))


@pytest.mark.parametrize("instrument", available_instruments()[0], ids=lambda edition: edition.instrument_id)
def test_comments_stand_below_a_statement(tmp_path: Path, instrument: Instrument) -> None:
    for text in blank(tmp_path, instrument):
        if "Date completed" in text:
            assert re.search(r"^\d\.\d[a-c]? ?", text, re.MULTILINE), text
