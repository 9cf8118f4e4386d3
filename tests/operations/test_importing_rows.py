"""The rules by which rows of a CSV file or a workbook are taken in, each by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.errors import InputRefused, RowsRefused
from hsb_desktop.model import Agency, Audit, Response, Wave
from hsb_desktop.operations.importing import ImportPlan, plan_import
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, Change, NoteKey, ResponseKey, response_address
from tests.interchange.audits import empty_audit

HEADING = "statement,score,evidence,assurance,wave,agency,comments\n"


@pytest.fixture
def audit() -> Audit:
    return empty_audit()


def planned(audit: Audit, tmp_path: Path, text: str | bytes, name: str = "rows.csv") -> ImportPlan:
    source = tmp_path / name
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    return plan_import(audit, source)


def after(audit: Audit, tmp_path: Path, text: str | bytes) -> Audit:
    return audit.with_changes(planned(audit, tmp_path, text).change_set.changes)


def problems(audit: Audit, tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(RowsRefused) as refused:
        planned(audit, tmp_path, text)
    assert "nothing was changed" in str(refused.value).casefold()
    return [str(problem) for problem in refused.value.problems]


def agreed(audit: Audit, statement_id: str) -> Response:
    return audit.agreed(audit.waves[-1].wave_id, statement_id)


def test_the_four_columns_are_enough(audit: Audit, tmp_path: Path) -> None:
    result = after(audit, tmp_path, "statement,score,evidence,assurance\n1.1,3,Seen,Quarterly\n5.8,0,,\n")
    assert agreed(result, "1.1") == Response(score=3, evidence="Seen", assurance="Quarterly")
    assert agreed(result, "5.8").score == 0
    assert len(result.responses) == 2


def test_it_is_one_change_set_named_after_the_file(audit_file: AuditFile, tmp_path: Path) -> None:
    plan = planned(audit_file.read(), tmp_path, HEADING + "1.1,3,,,,,\n")
    assert plan.change_set.label == "Import of rows.csv"
    audit_file.apply(plan.change_set)
    assert agreed(audit_file.read(), "1.1").score == 3
    audit_file.apply(plan.change_set.reversed())
    assert audit_file.read().is_empty


def test_headings_match_in_any_case_with_spaces_and_underscores(audit: Audit, tmp_path: Path) -> None:
    result = after(audit, tmp_path, " Statement , SCORE,Completed_On\n 1.6A , 2 ,\n1,,2026-03-12\n")
    assert agreed(result, "1.6a").score == 2
    assert result.note(NoteKey("wave-1", "1")).completed_on == "2026-03-12"


def test_an_unknown_column_is_named_and_not_passed_over_in_silence(audit: Audit, tmp_path: Path) -> None:
    plan = planned(audit, tmp_path, "statement,score,Colour\n1.1,3,red\n")
    assert '"Colour"' in plan.notices[0]


def test_an_empty_cell_changes_nothing(audit: Audit, tmp_path: Path) -> None:
    before = after(audit, tmp_path, HEADING + "1.1,3,Seen,Quarterly,,,Good\n")
    plan = planned(before, tmp_path, HEADING + "1.1,,,Monthly,,,\n1.2,,,,,,\n")
    assert [str(change.address.field) for change in plan.change_set.changes] == ["assurance"]
    assert agreed(before.with_changes(plan.change_set.changes), "1.1").score == 3


def test_what_is_there_already_is_counted_and_not_written_again(audit: Audit, tmp_path: Path) -> None:
    text = HEADING + "1.1,3,Seen,,,,\n1.2,2,,,,,\n"
    plan = planned(after(audit, tmp_path, text), tmp_path, text + "1.3,1,,,,,\n")
    assert (plan.responses_changed, plan.responses_unchanged) == (1, 2)
    assert len(plan.change_set.changes) == 1


def test_without_a_column_statement_nothing_is_taken_in(audit: Audit, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match='no column called "statement"'):
        planned(audit, tmp_path, "score,evidence\n3,x\n")


def test_a_column_twice_is_refused(audit: Audit, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="two columns"):
        planned(audit, tmp_path, "statement,score,Score\n1.1,3,4\n")


@pytest.mark.parametrize("score", ["5", "-1", "3.5", "true", "TRUE", "three", "3,0", "٣", "1e0", "no  idea"])
def test_a_score_is_0_to_4_and_nothing_else(score: str, audit: Audit, tmp_path: Path) -> None:
    assert "is not 0, 1, 2, 3 or 4" in problems(audit, tmp_path, f'statement,score\n1.1,"{score}"\n')[0]


@pytest.mark.parametrize("score", ["3", " 3 ", "3.0"])
def test_a_score_may_come_as_a_spreadsheet_writes_numbers(score: str, audit: Audit, tmp_path: Path) -> None:
    assert agreed(after(audit, tmp_path, f"statement,score\n1.1,{score}\n"), "1.1").score == 3


def test_no_view_is_an_answer_of_agencies_only(audit: Audit, tmp_path: Path) -> None:
    result = after(audit, tmp_path, HEADING + "1.1,No View,,,,Police,\n")
    (key,) = result.responses
    assert result.responses[key] == Response(no_view=True)
    assert result.agency(key.party_id).name == "Police"
    (problem,) = problems(audit, tmp_path, HEADING + "1.1,no view,,,,,\n")
    assert problem.startswith("row 2: ")
    assert "names none" in problem


def test_every_bad_row_is_listed_as_a_spreadsheet_counts_them_and_none_is_taken_in(
    audit: Audit, tmp_path: Path
) -> None:
    text = HEADING + '1.1,3,"two\nlines",,,,\n\n9.9,1,,,,,\n,2,,,,,\n1.2,7,,,,,\n'
    listed = problems(audit, tmp_path, text)
    assert [problem.split(":")[0] for problem in listed] == ["row 4", "row 5", "row 6"]


def test_a_heading_is_not_scored_and_the_reason_names_its_parts(audit: Audit, tmp_path: Path) -> None:
    assert "1.6a, 1.6b, 1.6c" in problems(audit, tmp_path, "statement,score\n1.6,3\n")[0]


def test_the_same_statement_twice_for_one_wave_and_party_is_refused(audit: Audit, tmp_path: Path) -> None:
    (problem,) = problems(audit, tmp_path, HEADING + "1.1,3,,,,,\n1.1,3,,,Baseline,,\n")
    assert problem.startswith("row 3")
    assert "row 2" in problem
    after(audit, tmp_path, HEADING + "1.1,3,,,,,\n1.1,3,,,,Police,\n1.1,3,,,T2,,\n")


@pytest.mark.parametrize(("first", "second"), [("9", "3"), ("3", "9"), ("9", "9")])
def test_a_row_that_stands_there_again_is_listed_with_the_bad_row_and_not_after_it_is_mended(
    first: str, second: str, audit: Audit, tmp_path: Path
) -> None:
    found = problems(audit, tmp_path, HEADING + f"1.1,{first},,,,,\n1.2,3,,,,,\n1.1,{second},,,,,\n")
    bad = [f"row {row}: score" for row, score in ((2, first), (4, second)) if score == "9"]
    assert [each.split(":")[0] + ": score" for each in found if "score:" in each] == bad
    (again,) = [each for each in found if "score:" not in each]
    assert again == "row 4: is about statement 1.1 for the same wave and party as row 2"
    assert found == sorted(found, key=lambda each: int(each.split()[1].rstrip(":")))


def test_what_clashes_with_the_other_cells_of_a_bad_row_is_listed_at_once(
    audit: Audit, tmp_path: Path
) -> None:
    rows = "1.1,9,,,,,One comment\n1.2,3,,,,,Another\n1.3,x,,,,Police,\n1.3,2,,,,Police,\n"
    assert [each.split(":")[0] for each in problems(audit, tmp_path, HEADING + rows)] == [
        "row 2", "row 3", "row 4", "row 5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        "9.9,3,,,,,", "1.6,3,,,,,", ",3,,,,,",  # names no statement
        "1.1,3,,,,Pol\x07ice,", "1.1,3,,,T\x072,,",  # nobody can tell whose row it is
        "1.1,3,,,,,,more",  # nobody can tell which cell is which
    ],
)  # fmt: skip
def test_nothing_clashes_with_a_row_of_which_nobody_can_tell_what_it_is_about(
    row: str, audit: Audit, tmp_path: Path
) -> None:
    found = problems(audit, tmp_path, HEADING + f"{row}\n1.1,3,,,,,\n")
    assert {each.split(":")[0] for each in found} == {"row 2"}


def test_what_cannot_be_read_of_a_bad_row_clashes_with_nothing(audit: Audit, tmp_path: Path) -> None:
    rows = ("1.1,Police,He\x07re,12 March,9", "1.2,Police,There,2026-03-12,3")
    text = "\n".join(("statement,agency,sector,wave date,score", *rows))
    assert {each.split(":")[0] for each in problems(audit, tmp_path, text)} == {"row 2"}


def test_an_agency_and_a_wave_that_are_missing_are_added_and_said(audit: Audit, tmp_path: Path) -> None:
    plan = planned(audit, tmp_path, HEADING + "1.1,3,,,T2,Police,\n1.2,3,,,T2,Police,\n1.1,2,,,T2,Health,\n")
    assert plan.added_agencies == ("Police", "Health")
    assert plan.added_waves == ("T2",)
    assert 'Adds the wave "T2".' in plan.sentences
    result = audit.with_changes(plan.change_set.changes)
    assert [wave.label for wave in result.waves] == ["Baseline", "T2"]
    assert [agency.name for agency in result.agencies_in(result.waves[1].wave_id)] == ["Police", "Health"]
    assert result.agencies_in("wave-1") == ()


def test_an_agency_in_a_table_throws_none_out_of_a_wave_in_which_all_take_part(
    audit: Audit, tmp_path: Path
) -> None:
    both = replace(audit, agencies=(Agency("p", "Police"), Agency("h", "Health", position=1)))
    wave_id = both.waves[0].wave_id
    one_row = after(both, tmp_path, HEADING + "1.1,3,,,,Health,\n")
    assert one_row.attendance == frozenset()
    assert taking_part(one_row, wave_id) == both.agencies
    noted = replace(both, attendance=frozenset({(wave_id, "p")}))
    added = after(noted, tmp_path, HEADING + "1.1,3,,,,Health,\n")
    assert [agency.name for agency in taking_part(added, wave_id)] == ["Police", "Health"]


def test_rows_that_name_no_wave_belong_to_the_latest(audit: Audit, tmp_path: Path) -> None:
    later = replace(audit, waves=(*audit.waves, Wave("wave-2", "T2", position=1)))
    assert list(after(later, tmp_path, "statement,score\n1.1,3\n").responses) == [
        ResponseKey("wave-2", PARTNERSHIP, "1.1")
    ]


def test_a_name_that_differs_in_capitals_only_is_pointed_out(audit: Audit, tmp_path: Path) -> None:
    with_police = replace(audit, agencies=(Agency("agency-1", "Police"),))
    plan = planned(with_police, tmp_path, HEADING + "1.1,3,,,,police ,\n")
    assert 'differs from "Police"' in plan.notices[0]


WIDE = "statement,score,wave date,completed on,comments,agency,sector,target,reading\n"


def test_every_change_that_is_no_response_is_said(audit: Audit, tmp_path: Path) -> None:
    before = after(audit, tmp_path, WIDE + "1.1,2,2026-03-12,,Good,,,,\n1.2,2,,,,Police,Police,,\n")
    rows = (
        "1.1,2,2026-04-01,2026-04-02,Better,,,4,\n"
        "1.3,2,,,,,,3,So\n"
        "1.2,2,,,,Police,Justice,,\n"
        "2.2,,,,New,,,,\n"
    )
    plan = planned(before, tmp_path, WIDE + rows)
    assert plan.sentences == (
        "rows.csv: 2 responses new or changed, 1 response as before.",
        'Changes the date of the wave "Baseline" from 12 March 2026 to 1 April 2026.',
        'Changes the sector of "Police" from "Police" to "Justice".',
        'Adds the comments on domain 2 in "Baseline".',
        'Replaces the comments on domain 1 in "Baseline".',
        'Sets the date completed of domain 1 in "Baseline" to 2 April 2026.',
        'Adds the targets of 1.1, 1.3 in "Baseline".',
        "Adds how the partnership reads 1.3.",
    )


def test_a_new_agency_is_said_with_where_it_takes_part(audit: Audit, tmp_path: Path) -> None:
    plan = planned(audit, tmp_path, HEADING + "1.1,3,,,,Fire service,\n")
    assert plan.sentences[1:] == (
        'Adds the agency "Fire service".',
        'Taking part in "Baseline" from now on: "Fire service".',
    )


def test_two_agencies_of_one_name_cannot_be_told_apart(audit: Audit, tmp_path: Path) -> None:
    twins = replace(audit, agencies=(Agency("a", "Police"), Agency("b", "Police")))
    assert "more than one" in problems(twins, tmp_path, HEADING + "1.1,3,,,,Police,\n")[0]


@pytest.mark.parametrize("name", ["Partnership", "partnership", " The  Partnership "])
def test_the_partnership_is_never_made_an_agency(name: str, audit: Audit, tmp_path: Path) -> None:
    (problem,) = problems(audit, tmp_path, HEADING + f"1.1,3,,,,{name},\n")
    assert "is no agency of the audit; leave the cell empty" in problem


def test_rows_of_an_agency_that_is_called_so_already_come_in(audit: Audit, tmp_path: Path) -> None:
    named = replace(audit, agencies=(Agency("a1", "Partnership"),))
    result = after(named, tmp_path, HEADING + "1.1,3,,,,Partnership,\n")
    key = ResponseKey(audit.waves[-1].wave_id, "a1", "1.1")
    assert (result.responses[key].score, len(result.agencies)) == (3, 1)


def test_comments_are_those_of_the_statements_domain(audit: Audit, tmp_path: Path) -> None:
    result = after(audit, tmp_path, HEADING + "1.1,3,,,,,Good\n2,,,,,,Better\n")
    assert result.note(NoteKey("wave-1", "1")).comments == "Good"
    assert result.note(NoteKey("wave-1", "2")).comments == "Better"


def test_two_different_comments_for_one_domain_are_refused(audit: Audit, tmp_path: Path) -> None:
    assert "row 2" in problems(audit, tmp_path, HEADING + "1.1,3,,,,,Good\n1,,,,,,Bad\n")[0]
    after(audit, tmp_path, HEADING + "1.1,3,,,,,Good\n1,,,,,,Good\n")


def test_a_domain_has_no_score(audit: Audit, tmp_path: Path) -> None:
    assert '"1" is a domain' in problems(audit, tmp_path, "statement,score\n1,3\n")[0]


def test_targets_belong_to_the_agreed_response_and_reasons_to_agencies(audit: Audit, tmp_path: Path) -> None:
    listed = problems(
        audit, tmp_path, "statement,agency,target,no view reason\n1.1,Police,4,\n1.2,,,Why\n1.3,,9,\n"
    )
    assert [problem.split(":")[1].strip() for problem in listed] == ["target", "no view reason", "target"]


REASONS = "statement,agency,score,no view reason\n"


def test_a_reason_for_no_view_is_taken_with_no_view_only(audit: Audit, tmp_path: Path) -> None:
    plan = planned(
        audit, tmp_path, REASONS + "1.1,Police,2,Why\n1.2,Police,no view,Not ours\n1.3,Police,,Alone\n"
    )
    found = audit.with_changes(plan.change_set.changes).responses
    assert {key.statement_id: (r.score, r.no_view_reason) for key, r in found.items()} == {
        "1.1": (2, ""),
        "1.2": (None, "Not ours"),
    }
    said = "Not taken in, because the answer is not no view: the reason for no view in"
    assert [notice for notice in plan.notices if "reason" in notice] == [f"{said} row 2.", f"{said} row 4."]


def test_a_reason_may_follow_an_answer_and_goes_with_it(audit: Audit, tmp_path: Path) -> None:
    audit = after(audit, tmp_path, REASONS + "1.1,Police,no view,\n")
    audit = after(audit, tmp_path, REASONS + "1.1,Police,,Not ours\n")
    (response,) = audit.responses.values()
    assert (response.no_view, response.no_view_reason) == (True, "Not ours")
    audit = after(audit, tmp_path, REASONS + "1.1,Police,3,\n")
    (response,) = audit.responses.values()
    assert (response.score, response.no_view_reason) == (3, "")


def test_dates_are_days_of_the_calendar(audit: Audit, tmp_path: Path) -> None:
    listed = problems(audit, tmp_path, "statement,completed on,wave date\n1,12/03/2026,\n2,,2026-02-30\n")
    assert len(listed) == 2
    assert "YYYY-MM-DD" in listed[0]


def test_a_locked_wave_is_not_changed(audit: Audit, tmp_path: Path) -> None:
    text = "statement,score\n1.1,3\n"
    locked = after(audit, tmp_path, text)
    locked = replace(locked, waves=(replace(locked.waves[0], is_locked=True),))
    assert "locked" in problems(locked, tmp_path, "statement,score\n1.1,4\n")[0]
    assert planned(locked, tmp_path, text).change_set.changes == ()


def test_line_ends_become_equal_and_spaces_stay(audit: Audit, tmp_path: Path) -> None:
    result = after(audit, tmp_path, 'statement,evidence\n1.1,"  a\r\nb\rc\n "\n')
    assert agreed(result, "1.1").evidence == "  a\nb\nc\n "


def test_characters_that_cannot_be_kept_are_refused_by_row(audit: Audit, tmp_path: Path) -> None:
    (problem,) = problems(audit, tmp_path, "statement,evidence\n1.1,fine\n1.2,a\x00b\n")
    assert problem.startswith("row 3: evidence")
    assert "U+0000" in problem


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_marks_and_line_ends_of_every_spreadsheet(
    separator: str, mark: bytes, line_end: str, audit: Audit, tmp_path: Path
) -> None:
    lines = [
        separator.join(cells) for cells in (["statement", "score", "evidence"], ["1.1", "3", '"ŵ, ; x"'])
    ]
    result = after(audit, tmp_path, mark + line_end.join([*lines, ""]).encode())
    assert agreed(result, "1.1") == Response(score=3, evidence="ŵ, ; x")


def test_the_line_that_excel_puts_first_is_understood(audit: Audit, tmp_path: Path) -> None:
    assert agreed(after(audit, tmp_path, "sep=;\r\nstatement;score\r\n1.1;3\r\n"), "1.1").score == 3


def test_windows_letters_are_refused_with_the_way_out(audit: Audit, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r'line 2.*"CSV UTF-8"'):
        planned(audit, tmp_path, "statement,evidence\n1.1,caf\xe9\n".encode("cp1252"))


def test_a_comma_in_a_text_without_quotation_marks_is_refused(audit: Audit, tmp_path: Path) -> None:
    assert "more cells" in problems(audit, tmp_path, "statement,evidence\n1.1,one, two\n")[0]


def test_quotation_marks_that_do_not_close_are_refused_by_row(audit: Audit, tmp_path: Path) -> None:
    assert problems(audit, tmp_path, 'statement,evidence\n1.1,fine\n1.2,"open\n')[0].startswith("row 3")


def test_a_text_of_a_million_characters_comes_in_whole(audit: Audit, tmp_path: Path) -> None:
    text = "ŵ" * 1_000_000
    assert agreed(after(audit, tmp_path, f"statement,evidence\n1.1,{text}\n"), "1.1").evidence == text


@pytest.mark.parametrize("content", ["", "\n\n", "statement,score\n"])
def test_a_file_without_rows_changes_nothing(content: str, audit: Audit, tmp_path: Path) -> None:
    try:
        assert planned(audit, tmp_path, content).change_set.changes == ()
    except InputRefused as refused:
        assert "holds no rows" in str(refused)  # noqa: PT017  (both answers are right, by content)


def test_missing_files_folders_and_other_kinds_get_a_sentence(audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name, words in (("none.csv", "does not exist"), ("folder.csv", "is a folder"), ("x.docx", "kind")):
        with pytest.raises(InputRefused, match=words):
            plan_import(audit, tmp_path / name)


def test_a_plan_for_an_audit_that_has_changed_since_is_refused_whole(
    audit_file: AuditFile, tmp_path: Path
) -> None:
    from hsb_desktop.errors import NotSaved
    from hsb_desktop.values import ChangeSet

    audit = audit_file.read()
    plan = planned(audit, tmp_path, HEADING + "1.1,3,,,,,\n1.2,3,,,,,\n")
    address = response_address(ResponseKey(audit.waves[0].wave_id, PARTNERSHIP, "1.2"), "score")
    audit_file.apply(ChangeSet("Score", (Change(address, None, 1),)))
    with pytest.raises(NotSaved):
        audit_file.apply(plan.change_set)
    assert agreed(audit_file.read(), "1.1").score is None
