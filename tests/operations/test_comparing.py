"""Several audits beside one another: who may stand there, what is shown, and that nobody is ranked."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from hsb_desktop.analysis.several import Grouping
from hsb_desktop.analysis.side_by_side import UNMODERATED, SideBySide
from hsb_desktop.errors import FileRefused, InputRefused, OutputRefused, PasswordNeeded, RowsRefused
from hsb_desktop.model import Agency, Pack
from hsb_desktop.operations.collating import collate
from hsb_desktop.operations.comparing import (
    compare_groups,
    read_all,
    refuse_overwriting,
    side_by_side,
    write_comparison,
)
from hsb_desktop.report.wording import STRICTEST_MARKING
from hsb_desktop.values import Change, Subject, ValueAddress
from tests.operations.several_files import FIRST, audit_of, with_agencies, with_rounds, written

PRINTED_ON = "2026-11-20"


def three(folder: Path) -> list[Path]:
    return [
        written(folder, "one", audit_of("audit-1", "Northmoor", {"1.1": 4, "1.2": 4, "3.2": 1})),
        written(folder, "two", audit_of("audit-2", "Eastvale", {"1.1": 2, "3.2": 3})),
        written(folder, "three", audit_of("audit-3", "Wold", {"1.1": 0, "1.2": 1})),
    ]


def table(shown: SideBySide, folder: Path) -> tuple[list[str], dict[str, list[str]]]:
    out = folder / "comparison.csv"
    write_comparison(shown, out, PRINTED_ON)
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    return rows[0], {f"{row[0]} {row[1]}": row[3:] for row in rows[1:]}


def all_words(out: Path) -> str:
    """Everything that stands in a file that was written, of whatever kind."""
    content = out.read_bytes()
    if out.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


# What is shown ------------------------------------------------------------------------------------------


def test_lowest_median_highest_and_how_many_scored_stand_by_domain_and_statement(tmp_path: Path) -> None:
    columns, rows = table(side_by_side(read_all(three(tmp_path))), tmp_path)
    assert columns[3:8] == ["lowest", "median", "highest", "scored by", "of"]
    assert rows["statement 1.1"][:5] == ["0", "2", "4", "3", "3"]
    assert rows["statement 1.2"][:5] == ["1", "2.5", "4", "2", "3"]
    assert rows["domain 1"][:5] == ["0.5", "2", "4", "3", "3"]
    assert rows["statement 5.1"][:5] == ["", "", "", "0", "3"]


def test_the_latest_wave_of_each_is_compared_unless_one_is_named(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "one", audit_of("audit-1", "Northmoor", {"1.1": 1}, later={"1.1": 4})),
        written(tmp_path, "two", audit_of("audit-2", "Eastvale", {"1.1": 2})),
    ]
    assert table(side_by_side(read_all(paths)), tmp_path)[1]["statement 1.1"][:3] == ["2", "3", "4"]
    named = side_by_side(read_all(paths), wave_label="baseline")
    assert table(named, tmp_path)[1]["statement 1.1"][:3] == ["1", "1.5", "2"]


def test_a_latest_wave_in_which_nothing_is_scored_is_passed_over_and_that_is_said(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "one", audit_of("audit-1", "Northmoor", {"1.1": 0}, later={})),
        written(tmp_path, "two", audit_of("audit-2", "Eastvale", {"1.1": 2}, later={"1.1": 4})),
    ]
    shown = side_by_side(read_all(paths), is_named=True)
    assert table(shown, tmp_path)[1]["statement 1.1"][:3] == ["0", "2", "4"]
    assert any("1 of the audits has nothing scored in the latest wave yet" in note for note in shown.notes)
    assert shown.details == ("Six months, 12 September 2026", "Baseline, 12 March 2026")
    named = side_by_side(read_all(paths), wave_label="Six months")
    assert table(named, tmp_path)[1]["statement 1.1"][:5] == ["4", "4", "4", "1", "2"]
    assert not any("latest wave" in note for note in named.notes)


def test_an_audit_in_which_nothing_is_scored_at_all_stands_there_with_its_latest_wave(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "one", audit_of("audit-1", "Northmoor", {}, later={})),
        written(tmp_path, "two", audit_of("audit-2", "Eastvale", {"1.1": 2})),
    ]
    shown = side_by_side(read_all(paths), is_named=True)
    assert shown.details == ("Baseline, 12 March 2026", "Six months, 12 September 2026")
    assert not any("latest wave" in note for note in shown.notes)


def test_areas_are_compared_in_the_latest_wave_in_which_an_agency_scored(tmp_path: Path) -> None:
    audit = with_agencies(audit_of("audit-1", "Northmoor", {}, later={"1.1": 2}), {"North": 1, "South": 3})
    path = written(tmp_path, "region", audit)
    shown = compare_groups(path, Grouping.AREA)
    assert shown.wave == "Baseline"
    assert table(shown, tmp_path)[1]["statement 3.2"][:3] == ["1", "2", "3"]
    assert (
        'No agency has scored anything in the wave "Six months" yet; "Baseline" is compared.' in shown.notes
    )
    named = compare_groups(path, Grouping.AREA, wave_label="Six months")
    assert (named.wave, len(named.notes)) == ("Six months", len(shown.notes) - 1)


def test_a_wave_that_an_audit_lacks_is_refused_with_the_audit_and_its_waves(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "one", audit_of("audit-1", "Northmoor", {}, later={})),
        written(tmp_path, "two", audit_of("audit-2", "Eastvale", {})),
    ]
    with pytest.raises(InputRefused, match=r'two\.hsbaudit has no wave called "Six months".*"Baseline"'):
        side_by_side(read_all(paths), wave_label="Six months")


# Nobody is ranked ---------------------------------------------------------------------------------------


def test_areas_are_letters_unless_they_are_named_on_purpose(tmp_path: Path) -> None:
    audits = read_all(three(tmp_path))
    assert table(side_by_side(audits), tmp_path)[0][8:11] == ["A", "B", "C"]
    assert table(side_by_side(audits, is_named=True), tmp_path)[0][8:11] == ["Eastvale", "Northmoor", "Wold"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".pdf"])
def test_nothing_that_is_written_under_letters_says_who_it_is(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"comparison{suffix}"
    write_comparison(side_by_side(read_all(three(tmp_path))), out, PRINTED_ON)
    words = all_words(out)
    if suffix == ".pdf":
        from tests.report.conftest import page_texts

        words = "".join(page_texts(out))
    for name in ("Northmoor", "Eastvale", "Wold", "one.hsbaudit", "audit-1", "2026-03-12", "12 March"):
        assert name not in words
    assert UNMODERATED in words


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".pdf"])
def test_a_marking_is_written_beside_names_only_because_it_may_name_its_area(
    tmp_path: Path, suffix: str
) -> None:
    for name in ("Northmoor", "Eastvale"):
        audit = audit_of(f"audit-{name}", name, {"1.1": 1})
        marking = ValueAddress(Subject.AUDIT, (), "marking")
        written(tmp_path, name, audit.with_changes([Change(marking, None, f"{name} SCP OFFICIAL")]))
    audits = read_all(sorted(tmp_path.glob("*.hsbaudit")))
    for is_named in (False, True):
        out = tmp_path / f"comparison{suffix}"
        write_comparison(side_by_side(audits, is_named=is_named), out, PRINTED_ON)
        words = all_words(out)
        if suffix == ".pdf":
            from tests.report.conftest import page_texts

            for page in page_texts(out):
                assert (STRICTEST_MARKING in page) is not is_named
            words = "".join(page_texts(out))
        assert ("Northmoor" in words) is is_named
        if suffix != ".csv":
            assert ("Eastvale SCP OFFICIAL / Northmoor SCP OFFICIAL" in words) is is_named
            assert (STRICTEST_MARKING in words) is not is_named


def test_audits_without_a_marking_are_not_said_to_have_one(tmp_path: Path) -> None:
    assert side_by_side(read_all(three(tmp_path))).marking == ""


def test_the_order_is_that_of_letters_whatever_the_scores_and_the_order_of_the_files(tmp_path: Path) -> None:
    """There is no league table: who has the highest score stands where its letter says."""
    paths = three(tmp_path)
    orders = {
        tuple(member.name for member in side_by_side(read_all(order)).comparison.members)
        for order in permutations(paths)
    }
    assert len(orders) == 1
    highest, lowest = audit_of("audit-1", "Northmoor", {"1.1": 0}), audit_of("audit-3", "Wold", {"1.1": 4})
    turned = [written(tmp_path, "one-turned", highest), paths[1], written(tmp_path, "three-turned", lowest)]
    assert {tuple(m.name for m in side_by_side(read_all(turned)).comparison.members)} == orders


def test_named_areas_stand_in_the_order_of_their_names_whatever_their_scores(tmp_path: Path) -> None:
    for place, scores in enumerate(permutations((0, 2, 4))):
        folder = tmp_path / str(place)
        folder.mkdir()
        paths = [
            written(folder, name, audit_of(name, name, {"1.1": score}))
            for name, score in zip(("Wold", "Eastvale", "northmoor"), scores, strict=True)
        ]
        assert side_by_side(read_all(paths), is_named=True).names == ("Eastvale", "northmoor", "Wold")


def test_two_areas_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = [written(tmp_path, key, audit_of(key, "Northmoor", {})) for key in ("a", "b")]
    assert side_by_side(read_all(paths), is_named=True).names == ("Northmoor (1)", "Northmoor (2)")


def test_a_name_that_begins_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    paths = [written(tmp_path, key, audit_of(key, f"=1+{key}", {})) for key in ("1", "2")]
    shown = side_by_side(read_all(paths), is_named=True)
    assert table(shown, tmp_path)[0][8:10] == ["'=1+1", "'=1+2"]
    out = tmp_path / "c.xlsx"
    write_comparison(shown, out, PRINTED_ON)
    assert "<f>" not in all_words(out)


# Who may stand beside whom ------------------------------------------------------------------------------


def test_editions_of_one_audit_tool_are_compared_by_the_numbers_of_statements(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "one", audit_of("audit-1", "Northmoor", {"2.1c": 1})),
        written(tmp_path, "two", audit_of("audit-2", "Eastvale", {"2.1c": 3}, edition="nspcc-hsb-form")),
    ]
    shown = side_by_side(read_all(paths))
    assert table(shown, tmp_path)[1]["statement 2.1c"][:3] == ["1", "2", "3"]
    assert any("2 editions" in note for note in shown.notes)


def test_another_audit_tool_is_refused(tmp_path: Path) -> None:
    other = audit_of("audit-2", "Eastvale", {})
    other = replace(other, instrument=replace(other.instrument, instrument_id="x", title="Another tool"))
    paths = [written(tmp_path, "one", audit_of("audit-1", "Wold", {})), written(tmp_path, "two", other)]
    with pytest.raises(InputRefused, match=r'two\.hsbaudit .*another audit tool \("Another tool"\)'):
        read_all(paths)


def test_the_same_audit_twice_is_refused_because_it_would_count_twice(tmp_path: Path) -> None:
    audit = audit_of("audit-1", "Northmoor", {"1.1": 2})
    paths = [written(tmp_path, "one", audit), written(tmp_path, "copy", audit)]
    with pytest.raises(InputRefused, match=r"one\.hsbaudit and copy\.hsbaudit are the same audit"):
        read_all(paths)


def test_a_pack_is_no_area_and_is_refused_by_name(tmp_path: Path) -> None:
    pack = replace(
        audit_of("audit-1", "Northmoor", {"1.1": 1}),
        agencies=(Agency("police", "Police"),),
        packs=(Pack("pack-1", FIRST, "police"),),
    )
    paths = [written(tmp_path, "Police - Baseline", pack), *three(tmp_path)]
    with pytest.raises(InputRefused, match=r"Police - Baseline\.hsbaudit is a pack of Police"):
        read_all(paths)
    with pytest.raises(RowsRefused) as refused:
        collate(paths, tmp_path / "r.sqlite")
    assert "is a pack of Police" in str(refused.value.problems[0])


def test_one_audit_alone_is_no_comparison(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="two audits"):
        side_by_side(read_all(three(tmp_path)[:1]))


def test_a_protected_audit_is_opened_with_its_password_and_refused_without(tmp_path: Path) -> None:
    secret = "correct horse battery"
    paths = [
        written(tmp_path, "one", audit_of("audit-1", "Northmoor", {"1.1": 1}), secret),
        written(tmp_path, "two", audit_of("audit-2", "Eastvale", {"1.1": 3})),
    ]
    with pytest.raises(PasswordNeeded, match=r"one\.hsbaudit"):
        read_all(paths)
    assert len(read_all(paths, password_of=lambda path: secret)) == 2


def test_files_are_left_as_they_were(tmp_path: Path) -> None:
    paths = three(tmp_path)
    before = [path.read_bytes() for path in paths]
    write_comparison(side_by_side(read_all(paths)), tmp_path / "c.pdf", PRINTED_ON)
    assert [path.read_bytes() for path in paths] == before


def test_an_audit_is_never_overwritten_by_its_comparison(tmp_path: Path) -> None:
    (path, *_) = three(tmp_path)
    with pytest.raises(OutputRefused, match="one of the audits"):
        refuse_overwriting(path, [path])


def test_what_is_no_audit_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.hsbaudit").write_text("no audit")
    with pytest.raises(FileRefused):
        read_all([*three(tmp_path), tmp_path / "bad.hsbaudit"])


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    shown = side_by_side(read_all(three(tmp_path)))
    with pytest.raises(InputRefused, match=r"\.pdf, \.csv, \.xlsx"):
        write_comparison(shown, tmp_path / "c.docx", PRINTED_ON)
    assert not (tmp_path / "c.docx").exists()


# Areas of one audit -------------------------------------------------------------------------------------


def test_areas_of_one_audit_stand_beside_one_another_by_the_lowest_score_of_their_agencies(
    tmp_path: Path,
) -> None:
    audit = with_agencies(audit_of("audit-1", "County", {}), {"North": 1, "South": 3, "West": "no view"})
    path = written(tmp_path, "region", audit)
    shown = compare_groups(path, Grouping.AREA, is_named=True)
    columns, rows = table(shown, tmp_path)
    assert columns[8:11] == ["North side", "South side", "West side"]
    assert rows["statement 3.2"] == ["1", "2", "3", "2", "3", "1", "3", "", UNMODERATED]


def test_what_was_answered_in_an_open_round_is_in_no_comparison(tmp_path: Path) -> None:
    audit = with_agencies(audit_of("audit-1", "County", {}), {"North": 1, "South": 3})
    audit = with_rounds(audit, {"North": 1, "South": 3}, {"North": 4, "South": 0})
    shown = compare_groups(written(tmp_path, "region", audit), Grouping.AREA)
    assert table(shown, tmp_path)[1]["statement 3.3"][:5] == ["", "", "", "0", "2"]


def test_agencies_that_name_no_areas_give_nothing_to_compare(tmp_path: Path) -> None:
    path = written(tmp_path, "one", audit_of("audit-1", "County", {"1.1": 1}))
    with pytest.raises(InputRefused, match="fewer than two areas"):
        compare_groups(path, Grouping.AREA)
