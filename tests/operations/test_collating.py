"""Collating: tidy tables of many audits, whole or not at all, and no file left out unsaid."""

from __future__ import annotations

import csv
import io
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from hsb_desktop.errors import InputRefused, OutputRefused, RowsRefused
from hsb_desktop.model import Agreement
from hsb_desktop.operations.collated_rows import RESPONSE_COLUMNS
from hsb_desktop.operations.collating import collate
from hsb_desktop.values import AgreementKey
from tests.operations.several_files import FIRST, audit_of, with_agencies, with_rounds, written


def two(folder: Path) -> list[Path]:
    agreed = {AgreementKey(FIRST, "3.2"): Agreement(reason="Seen since", agreed_by="Chair")}
    first = replace(
        with_agencies(audit_of("audit-1", "Northmoor", {"3.2": 2}), {"Police": 2, "Health": "no view"}),
        agreements=agreed,
    )
    second = audit_of("audit-2", "Eastvale", {"1.1": 0}, later={"1.1": 3}, edition="nspcc-hsb-form")
    return [written(folder, "one", first), written(folder, "two", second)]


def rows(out: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(out)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def csv_rows(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline="")))


# What is written ----------------------------------------------------------------------------------------


def test_tables_are_keyed_by_audit_wave_party_and_statement(tmp_path: Path) -> None:
    out = tmp_path / "region.sqlite"
    done = collate(two(tmp_path), out)
    assert (done.audits, done.responses, done.skipped) == (2, 5, ())
    assert rows(
        out, "SELECT area, wave, party, statement_id, score, no_view FROM tidy_response ORDER BY 1, 2, 3"
    ) == [
        ("Eastvale", "Baseline", "Partnership", "1.1", 0, 0),
        ("Eastvale", "Six months", "Partnership", "1.1", 3, 0),
        ("Northmoor", "Baseline", "Health", "3.2", None, 1),
        ("Northmoor", "Baseline", "Partnership", "3.2", 2, 0),
        ("Northmoor", "Baseline", "Police", "3.2", 2, 0),
    ]
    assert rows(out, "SELECT count(*) FROM statement") == [(92,)]
    assert rows(out, "SELECT reason, agreed_by FROM agreement") == [("Seen since", "Chair")]
    assert rows(out, "PRAGMA integrity_check") == [("ok",)]
    assert rows(out, "PRAGMA foreign_key_check") == []


def test_csv_is_one_row_for_each_response_with_all_that_it_belongs_to(tmp_path: Path) -> None:
    out = tmp_path / "region.csv"
    collate(two(tmp_path), out)
    found = csv_rows(out)
    assert tuple(found[0]) == RESPONSE_COLUMNS
    assert sorted(
        (row["area"], row["wave"], row["party"], row["statement"], row["score"]) for row in found
    ) == [
        ("Eastvale", "Baseline", "Partnership", "1.1", "0"),
        ("Eastvale", "Six months", "Partnership", "1.1", "3"),
        ("Northmoor", "Baseline", "Health", "3.2", ""),
        ("Northmoor", "Baseline", "Partnership", "3.2", "2"),
        ("Northmoor", "Baseline", "Police", "3.2", "2"),
    ]


def test_both_say_the_same(tmp_path: Path) -> None:
    paths = two(tmp_path)
    collate(paths, tmp_path / "region.csv")
    collate(paths, tmp_path / "region.sqlite")
    names = [
        name.replace("is_latest_wave", "is_latest").replace("statement", "statement_id")
        for name in RESPONSE_COLUMNS
    ]
    tidy = rows(tmp_path / "region.sqlite", f"SELECT {', '.join(names)} FROM tidy_response")
    from_csv = [tuple(row.values()) for row in csv_rows(tmp_path / "region.csv")]
    assert sorted(tuple("" if cell is None else str(cell) for cell in row) for row in tidy) == sorted(
        from_csv
    )


def test_a_text_that_begins_like_a_formula_is_guarded_in_csv_and_as_typed_in_the_database(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "one", audit_of("audit-1", '=HYPERLINK("x")', {"1.1": 1}))
    collate([path], tmp_path / "a.csv")
    collate([path], tmp_path / "a.sqlite")
    assert csv_rows(tmp_path / "a.csv")[0]["area"] == '\'=HYPERLINK("x")'
    assert rows(tmp_path / "a.sqlite", "SELECT area FROM audit") == [('=HYPERLINK("x")',)]


@pytest.mark.parametrize("suffix", [".sqlite", ".csv"])
def test_nothing_that_was_answered_in_an_open_round_is_written(tmp_path: Path, suffix: str) -> None:
    answers = {"Police": 1, "Health": 3}
    audit = with_agencies(audit_of("audit-1", "County", {}), answers)
    path = written(tmp_path, "one", with_rounds(audit, answers, {"Police": 4, "Health": 0}))
    out = tmp_path / f"region{suffix}"
    collate([path], out)
    if suffix == ".csv":
        assert {row["statement"] for row in csv_rows(out)} == {"3.2"}
    else:
        assert rows(out, "SELECT statement_id, party_id, score FROM revealed_vote ORDER BY 2") == [
            ("3.2", "health", 3),
            ("3.2", "police", 1),
        ]
        assert rows(out, "SELECT DISTINCT statement_id FROM response") == [("3.2",)]


def test_two_wordings_under_one_id_are_two_editions(tmp_path: Path) -> None:
    one, other = audit_of("audit-1", "A", {"1.1": 1}), audit_of("audit-2", "B", {"1.1": 1})
    other = replace(other, instrument=replace(other.instrument, edition="Our own wording"))
    out = tmp_path / "region.sqlite"
    collate([written(tmp_path, "one", one), written(tmp_path, "two", other)], out)
    assert rows(out, "SELECT edition_id, edition FROM edition ORDER BY 1") == [
        ("nspcc-hsb-2019", "Second edition, 2019"),
        ("nspcc-hsb-2019 (2)", "Our own wording"),
    ]


# Bad files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".sqlite", ".csv"])
def test_bad_files_are_all_named_and_nothing_is_written(tmp_path: Path, suffix: str) -> None:
    for name in ("bad", "worse"):
        (tmp_path / f"{name}.hsbaudit").write_text("no audit")
    out = tmp_path / f"region{suffix}"
    out.write_text("an earlier one")
    with pytest.raises(RowsRefused, match="2 files could not be collated") as refused:
        collate([tmp_path / "bad.hsbaudit", *two(tmp_path), tmp_path / "worse.hsbaudit"], out)
    assert [problem.row for problem in refused.value.problems] == ["bad.hsbaudit", "worse.hsbaudit"]
    assert out.read_text() == "an earlier one"
    assert len(list(tmp_path.iterdir())) == 5


def test_a_bad_file_is_skipped_and_named_only_when_told_to(tmp_path: Path) -> None:
    (tmp_path / "bad.hsbaudit").write_text("no audit")
    done = collate([tmp_path / "bad.hsbaudit", *two(tmp_path)], tmp_path / "r.sqlite", skip_bad=True)
    assert (done.audits, [problem.row for problem in done.skipped]) == (2, ["bad.hsbaudit"])


def test_the_same_audit_twice_is_noticed_and_never_counts_twice(tmp_path: Path) -> None:
    audit = audit_of("audit-1", "Northmoor", {"1.1": 2})
    paths = [written(tmp_path, "one", audit), written(tmp_path, "copy", audit)]
    with pytest.raises(RowsRefused) as refused:
        collate(paths, tmp_path / "r.sqlite")
    assert [str(problem) for problem in refused.value.problems] == [
        "copy.hsbaudit: It holds the same audit as one.hsbaudit, which would count twice."
    ]
    done = collate(paths, tmp_path / "r.sqlite", skip_bad=True)
    assert (done.audits, done.responses) == (1, 1)


def test_nothing_is_written_where_every_file_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "bad.hsbaudit").write_text("no audit")
    with pytest.raises(InputRefused, match="None of the files"):
        collate([tmp_path / "bad.hsbaudit"], tmp_path / "r.sqlite", skip_bad=True)
    assert not (tmp_path / "r.sqlite").exists()


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"\.sqlite, \.csv"):
        collate(two(tmp_path), tmp_path / "r.db")


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused):
        collate(two(tmp_path), tmp_path / "nowhere" / "r.sqlite")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.hsbaudit", "two.hsbaudit"]


# As described -------------------------------------------------------------------------------------------


def test_every_table_and_column_is_described(tmp_path: Path) -> None:
    out = tmp_path / "region.sqlite"
    collate(two(tmp_path), out)
    text = (Path(__file__).parents[2] / "docs" / "interchange.md").read_text(encoding="utf-8")
    described = {line.split("|")[1].strip(" `"): line for line in text.splitlines() if line.startswith("| `")}
    tables = [str(name) for (name,) in rows(out, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert tables
    for table in tables:
        for (column,) in rows(out, f"SELECT name FROM pragma_table_info('{table}')"):
            assert f"`{column}`" in described[table], (table, column)
    for column in RESPONSE_COLUMNS:
        assert f"`{column}`" in text


def test_the_documents_query_runs(tmp_path: Path) -> None:
    out = tmp_path / "region.sqlite"
    collate(two(tmp_path), out)
    text = (Path(__file__).parents[2] / "docs" / "interchange.md").read_text(encoding="utf-8")
    query = text.split("## Many audits")[1].split("```sql\n")[1].split("```")[0]
    assert rows(out, query) == [("Northmoor", "Assessment", 2.0, 1), ("Eastvale", "Responses", 3.0, 1)]


@pytest.mark.parametrize("suffix", [".csv", ".sqlite"])
def test_two_answers_in_an_open_round_cannot_be_told_apart(tmp_path: Path, suffix: str) -> None:
    answers = {"Police": 1, "Health": 3}
    audit = with_agencies(audit_of("audit-1", "County", {}), answers)
    found = []
    for name, votes in (("one", {"Police": 4}), ("two", {"Police": 0})):
        folder = tmp_path / name
        folder.mkdir()
        out = folder / f"region{suffix}"
        collate([written(folder, "audit", with_rounds(audit, answers, votes))], out)
        found.append(out.read_bytes())
    assert found[0] == found[1]
