"""The agencies' own evidence and assurance in print: there if asked for, and otherwise nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pypdfium2
import pytest
from click.testing import CliRunner

from hsb_desktop import cli
from hsb_desktop.model import Audit, Response
from hsb_desktop.report.agencies import OwnWords, has_own_words
from hsb_desktop.report.composing import report_content
from hsb_desktop.report.pdf import report_pdf
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import ResponseKey
from tests.ui.audits_with_agencies import NAMES, WAVE, agency_id, audit_with_agencies

POLICE, HEALTH = NAMES[:2]
EVIDENCE, ASSURANCE = "Constables Thistledown keep a register.", "The quarterly <b>return</b>."


@pytest.fixture
def audit() -> Audit:
    responses = {
        ResponseKey(WAVE, agency_id(POLICE), "1.1"): Response(3, evidence=EVIDENCE, assurance=ASSURANCE),
        ResponseKey(WAVE, agency_id(HEALTH), "1.1"): Response(1),
        ResponseKey(WAVE, agency_id(HEALTH), "2.4"): Response(evidence="Only words so far."),
    }
    return replace(audit_with_agencies(), responses=MappingProxyType(responses))


def own_words(audit: Audit, *, with_agencies_evidence: bool) -> dict[str, tuple[OwnWords, ...]]:
    content = report_content(audit, WAVE, "2026-11-20", with_agencies_evidence=with_agencies_evidence)
    return {
        result.statement_id: result.agencies.own_words
        for part in content.domains
        for result in part.statements
        if result.agencies is not None and result.agencies.own_words
    }


def printed(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_they_are_in_the_report_only_if_asked_for(audit: Audit) -> None:
    assert own_words(audit, with_agencies_evidence=False) == {}
    assert own_words(audit, with_agencies_evidence=True) == {
        "1.1": (OwnWords(POLICE, EVIDENCE, ASSURANCE),),
        "2.4": (OwnWords(HEALTH, "Only words so far.", ""),),
    }


def test_what_is_printed_without_them_holds_the_scores_and_none_of_their_words(audit: Audit) -> None:
    text = printed(report_pdf(report_content(audit, WAVE, "2026-11-20")).content)
    assert f"{HEALTH} 1, {POLICE} 3" in text
    for words in (EVIDENCE, "quarterly", "Only words"):
        assert words not in text


def test_with_them_each_stands_under_its_agency_s_name_as_typed(audit: Audit) -> None:
    content = report_content(audit, WAVE, "2026-11-20", with_agencies_evidence=True)
    text = printed(report_pdf(content).content)
    assert f"{POLICE}: {EVIDENCE}" in text
    assert f"{POLICE}: {ASSURANCE}" in text
    assert f"{HEALTH}: Only words so far." in text


def test_a_long_text_of_an_agency_is_printed_whole(audit: Audit) -> None:
    long = " ".join(f"word{number}" for number in range(2_500))
    key = ResponseKey(WAVE, agency_id(POLICE), "1.1")
    responses = {**audit.responses, key: Response(3, evidence=long)}
    longer = replace(audit, responses=MappingProxyType(responses))
    content = report_content(longer, WAVE, "2026-11-20", with_agencies_evidence=True)
    text = printed(report_pdf(content).content)
    assert "word0 " in text
    assert "word1234 " in text
    assert "word2499" in text


def test_whether_there_is_a_choice_is_asked_of_the_wave(audit: Audit) -> None:
    assert has_own_words(audit, WAVE)
    assert not has_own_words(audit, "another wave")
    assert not has_own_words(audit_with_agencies(), WAVE)


def test_the_command_prints_them_only_if_asked_to(audit: Audit, tmp_path: Path) -> None:
    path, out = tmp_path / "a.hsbaudit", tmp_path / "report.pdf"
    AuditFile.create(path, audit).close()
    for options, is_there in (((), False), (("--with-agencies-evidence",), True)):
        done = CliRunner().invoke(cli.main, ["export", str(path), "-o", str(out), *options])
        assert done.exit_code == 0, done.output
        assert (EVIDENCE in printed(out.read_bytes())) == is_there
    refused = CliRunner().invoke(
        cli.main, ["export", str(path), "-o", str(tmp_path / "a.csv"), "--with-agencies-evidence"]
    )
    assert refused.exit_code != 0
    assert "only a report has a choice" in refused.output
