"""What the report says, before anything is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.analysis.scoring import DomainScore
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, AuditKind
from hsb_desktop.report.composing import report_content, rounded_mean
from hsb_desktop.report.content import ReportContent, excerpt
from hsb_desktop.report.wording import how_to_read, listed
from hsb_desktop.values import Subject
from tests.report.conftest import EVIDENCE, PRINTED_ON, WAVE, audit_of, change, details, response, scores


def content_of(audit: Audit) -> ReportContent:
    return report_content(audit, WAVE, PRINTED_ON)


def explanation(content: ReportContent) -> str:
    return " ".join(passage.text for passage in content.how_to_read)


def test_the_same_audit_and_date_give_an_equal_content(workshop: Audit) -> None:
    assert content_of(workshop) == content_of(workshop)


def test_a_wave_that_is_not_there_is_a_key_error(workshop: Audit) -> None:
    with pytest.raises(KeyError):
        report_content(workshop, "no such wave", PRINTED_ON)


def test_the_cover_says_who_audited_when(workshop: Audit) -> None:
    cover = content_of(workshop).cover
    assert cover.area == "Northmoor Vale"
    assert cover.coordinator == "R. Adeyemi, Head of Safeguarding"
    assert cover.held_on == "4 March 2026"
    assert cover.dates == ("4 March 2026: domains 1 to 3",)
    assert cover.parties == ("Northmoor Police (statutory)", "Youth Justice Service (statutory)")
    assert cover.printed_on == "20 November 2026"


def test_only_agencies_of_this_wave_are_listed(workshop: Audit) -> None:
    absent = Agency("agency-999", "Not There Trust")
    audit = replace(workshop, agencies=(*workshop.agencies, absent))
    assert "Not There Trust" not in content_of(audit).cover.parties


def test_the_wave_s_own_date_stands_before_sittings_on_other_days() -> None:
    audit = audit_of(
        [
            change(Subject.WAVE, (WAVE,), "held_on", "2026-03-01"),
            change(Subject.SITTING, ("s",), "wave_id", WAVE),
            change(Subject.SITTING, ("s",), "held_on", "2026-03-04"),
        ]
    )
    assert content_of(audit).cover.dates == ("1 March 2026", "4 March 2026")


def test_an_audit_without_title_has_one_in_print() -> None:
    assert content_of(audit_of()).cover.title == "Harmful sexual behaviour audit"


@pytest.mark.parametrize(
    ("total", "scored", "mean"),
    [
        (18, 8, "2.3"),
        (21, 10, "2.1"),
        (0, 3, "0.0"),
        (4, 1, "4.0"),
        (0, 0, "–"),
        (2, 3, "0.7"),
        (1, 20, "0.1"),
    ],
)
def test_means_round_halves_up_as_people_do_on_paper(total: int, scored: int, mean: str) -> None:
    assert rounded_mean(DomainScore("1", scored, 20, total)) == mean


def test_not_scored_counts_nowhere(workshop: Audit) -> None:
    content = content_of(workshop)
    fifth = content.domains[4].result
    assert (fifth.mean, fifth.total, fifth.possible, fifth.percent) == ("–", "–", "–", "–")
    assert content.radar.series[0].values["5"] is None
    assert {result.statement_id for result in content.not_scored.statements} >= {"2.3", "2.4", "5.1"}
    assert content.progress == "36 of 46 statements scored"


def test_a_domain_scored_in_part_is_hollow_and_called_so(workshop: Audit) -> None:
    content = content_of(workshop)
    assert content.radar.series[0].hollow == {"2"}
    assert content.domains[1].result.mean_in_words.endswith("part scored")
    assert content.domains[0].result.mean_in_words == content.domains[0].result.mean


def test_a_true_zero_is_a_value() -> None:
    content = content_of(audit_of(scores({"1.1": 0})))
    assert content.radar.series[0].values["1"] == 0
    assert content.domains[0].result.mean == "0.0"
    assert content.domains[0].statements[0].descriptor == "Not at all/never/no evidence for this"


def test_a_high_score_without_evidence_is_a_warning_and_never_a_strength(workshop: Audit) -> None:
    content = content_of(workshop)
    assert [result.statement_id for result in content.high_without_evidence.statements] == ["1.4"]
    assert "1.4" not in [result.statement_id for result in content.strengths.statements]
    assert all(result.evidence for result in content.strengths.statements)
    assert content.evidence_warning == "1 statement scored 3 or 4 without evidence"
    warned = content.domains[0].statements[3]
    assert (warned.remark, warned.is_warning) == ("Scored 3 without evidence", True)


def test_a_low_score_without_evidence_is_a_note(workshop: Audit) -> None:
    content = content_of(workshop)
    assert [result.statement_id for result in content.low_without_evidence.statements] == ["1.5"]
    assert not content.domains[0].statements[4].is_warning


def test_a_zero_without_evidence_is_not_remarked_on() -> None:
    content = content_of(audit_of(scores({"1.1": 0}, evidence="")))
    assert not content.domains[0].statements[0].remark
    assert not content.low_without_evidence.statements


def test_at_most_five_are_listed_weakest_first(workshop: Audit) -> None:
    content = content_of(workshop)
    assert [result.score for result in content.weakest.statements] == [0, 0, 0, 0, 0]
    assert [result.score for result in content.strengths.statements] == [4, 4, 4, 4, 4]


def test_headings_with_parts_are_named_from_the_edition(workshop: Audit) -> None:
    said = explanation(content_of(workshop))
    assert "1.6, 2.1 and 4.1 have three scored parts each, so they weigh three times" in said
    assert "10, 10, 8, 10 and 8 scored statements" in said


def test_an_edition_of_equal_domains_without_parts_is_explained_as_such() -> None:
    instrument = instrument_by_id()
    third = instrument.domains[2]
    plain = replace(instrument, domains=(third, replace(third, domain_id="x")))
    headings = [passage.heading for passage in how_to_read(plain, content_of(audit_of()).words)]
    assert "Statements with parts" not in headings
    one = replace(instrument, domains=instrument.domains[:1])
    said = " ".join(passage.text for passage in how_to_read(one, content_of(audit_of()).words))
    assert "1.6 has three scored parts, so it weighs three times in its domain’s mean." in said


def test_a_missing_date_completed_is_a_note_never_an_error(workshop: Audit) -> None:
    domains = content_of(workshop).domains
    assert domains[0].completed_on == "5 March 2026"
    assert domains[1].completed_on == "not given"


def test_parts_bring_their_heading_once(workshop: Audit) -> None:
    parts = [result for result in content_of(workshop).domains[0].statements if result.heading_id == "1.6"]
    assert [part.opens_heading for part in parts] == [True, False, False]


@pytest.mark.parametrize(
    ("kind", "audit", "parties", "whose"),
    [
        (AuditKind.PARTNERSHIP, "Partnership audit", "Agencies taking part", "the partnership’s own"),
        (AuditKind.SINGLE_AGENCY, "Single-agency audit", "Agency", "one agency’s"),
        (AuditKind.REGION, "Regional audit", "Areas and agencies taking part", "the region’s own"),
    ],
)
def test_words_change_with_the_kind_and_the_arithmetic_does_not(
    workshop: Audit, kind: AuditKind, audit: str, parties: str, whose: str
) -> None:
    content = content_of(workshop.with_changes(details(kind=str(kind))))
    assert (content.cover.kind, content.words.parties) == (audit, parties)
    assert whose in explanation(content)
    assert content.radar == content_of(workshop).radar


def test_target_and_reading_come_with_the_statement(workshop: Audit) -> None:
    content = content_of(workshop)
    assert content.domains[0].statements[4].target.startswith("4 · Always")
    readings = [result for result in content.domains[1].statements if result.reading]
    assert [result.statement_id for result in readings] == ["2.6"]


def test_the_radar_says_in_words_what_it_shows(workshop: Audit) -> None:
    said = content_of(workshop).radar.description
    assert "Responses" in said
    assert "Development nothing scored" in said


def test_an_excerpt_ends_after_a_whole_word() -> None:
    assert excerpt(EVIDENCE) == EVIDENCE
    assert excerpt("one two three four", 12) == "one two …"
    assert excerpt("x" * 50, 12) == "x" * 12 + " …"
    assert excerpt("\n one\n\n two ") == "one two"


def test_dates_are_written_the_british_way() -> None:
    assert written_date("2026-03-04") == "4 March 2026"
    assert written_date("") == ""
    assert written_date("last spring") == "last spring"


def test_lists_are_joined_with_and() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_an_agencys_score_stands_beside_the_agreed_one_and_in_no_result(workshop: Audit) -> None:
    key = (WAVE, "agency-000", "5.1")
    audit = workshop.with_changes([change(Subject.RESPONSE, key, "score", 4)])
    before, after = content_of(workshop), content_of(audit)
    assert [part.result for part in after.domains] == [part.result for part in before.domains]
    assert [part.radar for part in after.domains] == [part.radar for part in before.domains]
    assert after.radar == before.radar
    found = after.domains[4].statements[0].agencies
    assert found is not None
    assert found.recommended == "Recommended 4: Northmoor Police 4 (one score only)"
    assert response("5.1", score=4)[0].address.key != key
