"""What the report prints of agencies, rounds, agreements, conflicts, waves, overlays and areas."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from hsb_desktop.analysis.legend import series_look
from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.analysis.side_by_side import UNMODERATED
from hsb_desktop.model import Audit, AuditKind
from hsb_desktop.report.agencies import AgenciesResult
from hsb_desktop.report.composing import report_content
from hsb_desktop.report.content import ReportContent
from hsb_desktop.report.pdf import report_pdf, write_report_pdf
from hsb_desktop.report.radar_layout import look_of, printed_look
from hsb_desktop.values import OPEN, PARTNERSHIP, Subject
from tests.report.conftest import (
    PRINTED_ON,
    WAVE,
    agencies,
    change,
    details,
    outline,
    page_texts,
    squeezed,
    tags,
)
from tests.report.several import (
    HEALTH,
    POLICE,
    SCHOOLS,
    SECOND,
    THIRD,
    agreement,
    answers,
    conflict,
    round_of,
    with_agencies,
    with_waves,
)

GOLDEN = Path(__file__).parent / "golden"


def content_of(audit: Audit, wave_id: str = WAVE) -> ReportContent:
    return report_content(audit, wave_id, PRINTED_ON)


def standing(audit: Audit, statement_id: str, wave_id: str = WAVE) -> AgenciesResult:
    for part in content_of(audit, wave_id).domains:
        for result in part.statements:
            if result.statement_id == statement_id:
                assert result.agencies is not None
                return result.agencies
    raise KeyError(statement_id)


def printed(audit: Audit, folder: Path, wave_id: str = WAVE) -> str:
    out = folder / "report.pdf"
    write_report_pdf(content_of(audit, wave_id), out)
    return squeezed("".join(page_texts(out)))


def shown(audit: Audit, *pairs: tuple[str, str]) -> Audit:
    return audit.with_changes([change(Subject.SERIES, pair, "is_shown", 1) for pair in pairs])


# As agreed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "wave_id"), [("agencies", WAVE), ("waves", THIRD)])
def test_text_and_structure_are_as_agreed(workshop: Audit, tmp_path: Path, name: str, wave_id: str) -> None:
    """Written anew with HSB_WRITE_GOLDEN=1, for a change of the report that is meant."""
    audit = shown(
        with_waves(with_agencies(workshop)), (WAVE, PARTNERSHIP), (THIRD, PARTNERSHIP), (WAVE, POLICE)
    )
    out = tmp_path / "report.pdf"
    write_report_pdf(content_of(audit, wave_id), out)
    parts = ["OUTLINE", *("  " * level + title for level, title in outline(out))]
    parts += ["", "STRUCTURE", *("  " * depth + kind for depth, kind in tags(out))]
    for number, text in enumerate(page_texts(out), 1):
        parts += ["", f"PAGE {number}", *(line.rstrip() for line in text.split("\n"))]
    found = "\n".join(parts) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("HSB_WRITE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_an_audit_without_any_of_it_has_none_of_its_pages(workshop: Audit) -> None:
    content = content_of(workshop)
    assert (content.overlaid, content.moved, content.actions, content.conflicts, content.groups) == ((),) * 5
    assert all(result.agencies is None for part in content.domains for result in part.statements)


# Agencies and agreement ---------------------------------------------------------------------------------


def test_the_lower_score_rule_is_printed_as_a_calculation(workshop: Audit) -> None:
    found = standing(with_agencies(workshop), "1.2")
    assert found.recommended == "Recommended 1: Health 1, Police 3 (spread 2)"
    assert found.outcome == "Agreed 1, as recommended."
    assert found.head_count.by_score == (0, 1, 0, 1, 0)
    assert found.answers == ("Not answered: Schools",)


def test_a_second_round_in_which_all_agree_is_agreement_and_no_override(workshop: Audit) -> None:
    found = standing(with_agencies(workshop), "1.1")
    assert found.recommended == "Recommended 2: all agree in round 2 (Police 2, Health 2)"
    assert found.outcome == "Agreed 2, as recommended."
    assert found.answers == ("No view: Schools (Not our work)",)
    assert found.rounds == ("Round 1: Police 3, Health 1", "Round 2: as above")


def test_another_score_is_printed_with_its_reason_and_who_agreed_it(workshop: Audit) -> None:
    found = standing(with_agencies(workshop), "1.3")
    assert found.outcome == "Agreed 2 instead of 1, with a reason."
    assert (found.reason, found.agreed_by) == ("The pathway began in May.", "Chair of the board")
    assert not found.is_warning


def test_a_reason_that_is_missing_is_a_warning(workshop: Audit, tmp_path: Path) -> None:
    audit = with_agencies(workshop)
    assert standing(audit, "1.7").is_warning
    assert squeezed("Warning: Agreed 4 instead of 1. Reason missing") in printed(audit, tmp_path)


def test_a_reason_without_a_name_is_a_warning_too_and_so_is_a_name_without_a_reason(workshop: Audit) -> None:
    audit = with_agencies(workshop).with_changes(agreement("1.7", reason="Seen since."))
    found = standing(audit, "1.7")
    assert (found.is_warning, found.reason) == (True, "Seen since.")
    assert found.outcome == "Agreed 4 instead of 1. Name missing: nobody has written down who agreed it."
    audit = with_agencies(workshop).with_changes(agreement("1.7", agreed_by="Chair"))
    found = standing(audit, "1.7")
    assert (found.is_warning, found.agreed_by) == (True, "Chair")
    assert found.outcome == (
        "Agreed 4 instead of 1. Reason missing: nobody has written down why another score was agreed."
    )


@pytest.mark.parametrize("statement", ["1.1", "1.2", "1.8"])
def test_a_reason_for_another_score_is_printed_beside_another_score_only(
    workshop: Audit, statement: str, tmp_path: Path
) -> None:
    """One that stayed behind, from another copy or an earlier round, is nobody's reason for this score."""
    left = agreement(statement, reason="Data is newer.", agreed_by="Ann Chair")
    audit = with_agencies(workshop).with_changes(left)
    found = standing(audit, statement)
    assert (found.reason, found.agreed_by) == ("", "")
    text = printed(audit, tmp_path)
    assert squeezed("Data is newer.") not in text
    assert squeezed("Ann Chair") not in text


def test_a_reason_that_stayed_behind_alone_makes_no_agencies_part(workshop: Audit) -> None:
    changes = [*agencies(["Police"]), *agreement("2.1a", reason="Old.", agreed_by="Ann Chair")]
    content = content_of(workshop.with_changes(changes))
    by_number = {r.statement_id: r for part in content.domains for r in part.statements}
    assert by_number["2.1a"].agencies is None


def test_dissent_is_printed_as_such_and_what_would_help_as_a_suggested_action(
    workshop: Audit, tmp_path: Path
) -> None:
    audit = with_agencies(workshop)
    text = printed(audit, tmp_path)
    assert squeezed("Dissent Police: we see a 3.") in text
    assert squeezed("What would make every agency confident? One list that all see every month.") in text
    assert [(line.statement_id, line.text) for line in content_of(audit).actions] == [
        ("1.2", "One list that all see every month.")
    ]


def test_agencies_with_no_view_or_no_answer_have_no_say(workshop: Audit) -> None:
    audit = with_agencies(workshop).with_changes(answers("1.2", {SCHOOLS: "no view"}))
    assert standing(audit, "1.2").recommended == standing(with_agencies(workshop), "1.2").recommended


# Blindness ----------------------------------------------------------------------------------------------


def test_what_was_answered_in_an_open_round_changes_no_byte_of_the_report(workshop: Audit) -> None:
    audit = with_agencies(workshop)
    other = audit.with_changes(round_of("1.8", {POLICE: 1, HEALTH: 3}, OPEN))
    assert report_pdf(content_of(audit)).content == report_pdf(content_of(other)).content


def test_of_an_open_round_it_is_said_how_many_are_recorded(workshop: Audit) -> None:
    found = standing(with_agencies(workshop), "1.8")
    assert found.outcome == "Round 1 is open: 2 of 3 recorded. Nothing is shown before it is revealed."
    assert (found.recommended, found.rounds, found.head_count.scored) == ("", (), 0)


def test_a_conflict_about_an_answer_in_an_open_round_is_not_printed(workshop: Audit) -> None:
    audit = with_agencies(workshop)
    address = f"vote/{WAVE}/1.8/1/{POLICE}/answer"
    key = ("conflict-vote",)
    hidden = audit.with_changes(
        [
            change(Subject.CONFLICT, key, "address", address),
            change(Subject.CONFLICT, key, "first_value", 4),
            change(Subject.CONFLICT, key, "second_value", 1),
        ]
    )
    assert content_of(hidden).conflicts == content_of(audit).conflicts


# Conflicts ----------------------------------------------------------------------------------------------


def test_a_conflict_is_listed_with_both_values_and_without_who_typed_them(
    workshop: Audit, tmp_path: Path
) -> None:
    audit = with_agencies(workshop)
    (line,) = content_of(audit).conflicts
    assert line.place == "1.2 · Evidence · Partnership · Baseline (T1)"
    assert {line.in_place, line.other} == {"Text of the first copy.", "Text of the other copy."}
    text = printed(audit, tmp_path)
    assert squeezed("Text of the other copy.") in text
    assert "Typist" not in text


def test_the_value_in_place_is_the_one_that_the_audit_holds(workshop: Audit) -> None:
    held = workshop.agreed(WAVE, "1.1").evidence
    (line,) = content_of(workshop.with_changes(conflict("1.1", "Another", held))).conflicts
    assert (line.in_place, line.other) == (held, "Another")


# Waves --------------------------------------------------------------------------------------------------


def test_the_first_wave_has_not_moved(workshop: Audit) -> None:
    assert content_of(with_waves(workshop)).moved == ()


def test_what_moved_is_like_for_like_and_says_how_many_statements(workshop: Audit) -> None:
    (part,) = content_of(with_waves(with_agencies(workshop)), SECOND).moved
    assert part.about == "Baseline (T1) (4 March 2026) → Six months (4 June 2026)"
    assert "only the 4 of 46 statements that are scored in both waves" in part.like_for_like
    first = part.domains[0]
    assert (first.before, first.now, first.change, first.shared) == ("1.7", "2.0", "+0.3", "3 of 10")
    assert first.only == "7 before only"


def test_losses_stand_before_lost_evidence_and_that_before_gains(workshop: Audit) -> None:
    (part,) = content_of(with_waves(with_agencies(workshop)), SECOND).moved
    found = {moved.heading: [each.statement_id for each in moved.statements] for moved in part.lists}
    assert list(found)[:3] == ["Losses (1)", "No longer evidenced (1)", "Gains (1)"]
    assert (found["Losses (1)"], found["No longer evidenced (1)"], found["Gains (1)"]) == (
        ["1.1"],
        ["1.3"],
        ["1.2"],
    )


def test_a_statement_that_moved_shows_its_evidence_before_and_now_and_its_progress(workshop: Audit) -> None:
    (part,) = content_of(with_waves(with_agencies(workshop)), SECOND).moved
    gain = next(each for moved in part.lists for each in moved.statements if each.statement_id == "1.2")
    assert gain.from_to == "1 → 3"
    assert gain.progress == "Target 3; 100% of the way from the baseline"
    assert gain.evidence_before.startswith("A sample of twelve cases")
    assert gain.evidence_now == "The list is read every month."


def test_a_third_wave_is_compared_with_the_one_before_and_with_the_baseline(workshop: Audit) -> None:
    parts = content_of(with_waves(with_agencies(workshop)), THIRD).moved
    assert [part.title for part in parts] == ["What moved and why", "Since Baseline (T1)"]
    assert parts[0].about.startswith("Six months")
    assert parts[1].about.startswith("Baseline")


# Overlays -----------------------------------------------------------------------------------------------


def test_chosen_series_are_printed_as_radars_and_tables(workshop: Audit, tmp_path: Path) -> None:
    audit = shown(with_waves(with_agencies(workshop)), (WAVE, PARTNERSHIP), (WAVE, POLICE))
    content = content_of(audit, SECOND)
    domains = content.overlaid[0]
    assert [row.name for row in domains.rows] == ["Baseline (T1) · Partnership", "Baseline (T1) · Police"]
    assert domains.rows[1].values[0] == "3.0 · 4 of 10"
    assert [series.name for series in domains.radars[0].series] == [row.name for row in domains.rows]
    assert squeezed("Waves and agencies over one another") in printed(audit, tmp_path, SECOND)


def test_what_the_other_pages_show_by_themselves_needs_no_page(workshop: Audit) -> None:
    audit = shown(with_waves(workshop), (SECOND, PARTNERSHIP))
    assert content_of(audit, SECOND).overlaid == ()
    assert content_of(audit, THIRD).overlaid != ()


def test_series_are_told_apart_by_more_than_hue(workshop: Audit) -> None:
    looks = [look_of(number) for number in range(125)]
    assert len({(look.dashes, look.marker, look.colour) for look in looks}) == 125
    for hue in {look.colour for look in looks}:
        alike = [(look.dashes, look.marker) for look in looks if look.colour == hue]
        assert len(set(alike)) == len(alike)


def test_each_series_has_the_look_that_it_has_in_the_window(workshop: Audit) -> None:
    audit = with_waves(with_agencies(workshop))
    pairs = [(wave, party) for wave in (WAVE, SECOND, THIRD) for party in (PARTNERSHIP, POLICE, HEALTH)]
    domains = content_of(shown(audit, *pairs)).overlaid[0]
    assert [len(radar.series) for radar in domains.radars] == [5, 4]
    looks = [series.look for radar in domains.radars for series in radar.series]
    assert looks == [row.look for row in domains.rows]
    assert looks == [series_look(audit, SeriesKey(*pair)) for pair in pairs]
    printed_looks = [printed_look(look) for look in looks if look is not None]
    assert len({(look.dashes, look.marker) for look in printed_looks}) == len(pairs)


# Kinds of audit -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(AuditKind))
def test_the_kind_of_audit_changes_words_only(workshop: Audit, kind: AuditKind) -> None:
    audit = with_waves(with_agencies(workshop))
    found, usual = content_of(replace(audit, details=replace(audit.details, kind=kind))), content_of(audit)
    assert found.domains == usual.domains
    assert (found.moved, found.overlaid, found.actions) == (usual.moved, usual.overlaid, usual.actions)


def test_a_regions_areas_stand_side_by_side_and_are_no_league_table(workshop: Audit, tmp_path: Path) -> None:
    areas = [
        change(Subject.AGENCY, (agency,), "area", area)
        for agency, area in ((POLICE, "Northmoor; Eastvale"), (HEALTH, "Eastvale"), (SCHOOLS, "Wold"))
    ]
    audit = with_agencies(workshop).with_changes([*areas, *details(kind="region")])
    (shown_areas,) = content_of(audit).groups
    assert shown_areas.names == ("Eastvale", "Northmoor", "Wold")
    found = next(s for s in shown_areas.comparison.statements if s.statement.statement_id == "1.2")
    assert found.scores == (1, 3, None)
    text = printed(audit, tmp_path)
    assert squeezed(f"{UNMODERATED}. No league table.") in text


def test_only_a_region_is_set_side_by_side(workshop: Audit) -> None:
    areas = [
        change(Subject.AGENCY, (agency,), "area", area)
        for agency, area in ((POLICE, "Northmoor"), (HEALTH, "Eastvale"))
    ]
    assert content_of(with_agencies(workshop).with_changes(areas)).groups == ()
