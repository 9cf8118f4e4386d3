"""What `docs/file-format.md` says is so; and the files of released versions still open."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
from click.testing import CliRunner
from sqlite_utils.cli import cli as sqlite_utils_command

from hsb_desktop.errors import NotSaved
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import memory_connection
from hsb_desktop.store.schema import APPLICATION_ID, USER_VERSION, create_schema, expected_schema
from hsb_desktop.values import FIELDS, Subject, ValueAddress
from tests.store.files import POLICE, WAVE, ask, change_set, digest_in, full_audit, make, of_police

ROOT = Path(__file__).resolve().parents[2]
RELEASED = sorted((ROOT / "tests" / "data" / "audits").glob("*.hsbaudit"))
DOCUMENT = (ROOT / "docs" / "file-format.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("format") / "audit.hsbaudit", full_audit())


@pytest.fixture
def database(path: Path) -> Iterator[sqlite_utils.Database]:
    database = sqlite_utils.Database(path, execute_plugins=False)
    yield database
    database.close()


# Files of released versions ---------------------------------------------------------------------------------


FROZEN = {
    "v1": "bbe673e583baa450ceaa44aec67e9a8aab7e1e486f3c126d3f989302f9f09ef3",
    "v1.1": "6dd9cf0a2e9042fd333663f4a746f61424086c799943bd334a285debcc5c4db2",
}
"""SHA-256 of each file: one that was made again proves nothing."""


def test_no_file_of_a_released_version_was_ever_made_again() -> None:
    assert {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in RELEASED} == FROZEN


@pytest.mark.parametrize("frozen", RELEASED, ids=lambda frozen: frozen.stem)
def test_a_file_of_a_released_version_opens_with_everything_it_held(frozen: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(frozen, tmp_path / "audit.hsbaudit")
    expected: dict[str, Any] = json.loads(frozen.with_suffix(".expected.json").read_text("utf-8"))
    with AuditFile.open(path) as file:
        audit = file.read()
        assert {str(address): value for address, value in audit.values()} == expected["values"]
        assert [[h.address, h.author, h.label, h.before, h.after] for h in file.history()] == expected[
            "history"
        ]
        assert file.check() == ()
    for name in ("audit_id", "made_at", "is_sample"):
        assert getattr(audit, name) == expected[name]
    assert audit.instrument.instrument_id == expected["instrument_id"]
    assert [len(domain.statements) for domain in audit.instrument.domains] == [10, 10, 8, 10, 8]


def test_version_1_says_what_was_entered_when_it_was_made(tmp_path: Path) -> None:
    path = shutil.copyfile(ROOT / "tests/data/audits/v1.hsbaudit", tmp_path / "audit.hsbaudit")
    with AuditFile.open(path) as file:
        audit = file.read()
        assert audit.details.area == "Pendlebury Vale (invented)"
        assert [wave.label for wave in audit.waves] == ["Baseline (T1)", "Six months (T2)"]
        assert [agency.name for agency in audit.agencies] == [
            "Pendlebury Police",
            "Vale Health Trust",
            "Schools’ Forum",
        ]
        first, second = audit.waves
        assert (audit.agreed(first.wave_id, "1.1").score, audit.agreed(second.wave_id, "1.1").score) == (1, 2)
        assert audit.agreed(first.wave_id, "5.8").score is None
        where = ValueAddress(Subject.RESPONSE, (second.wave_id, "partnership", "1.2"), "score")
        file.apply(change_set((where, None, 0)))
        with pytest.raises(NotSaved):
            file.apply(change_set((where, None, 1)))


def test_every_released_version_has_a_line_in_the_changelog() -> None:
    changelog = DOCUMENT.split("## Schema changelog")[1]
    versions = re.findall(r"^### (\d+)\.(\d+)$", changelog, re.MULTILINE)
    assert max(1000 * int(major) + int(minor) for major, minor in versions) == USER_VERSION
    assert {path.stem for path in RELEASED} == {
        f"v{major}" if minor == "0" else f"v{major}.{minor}" for major, minor in versions
    }


# The document -----------------------------------------------------------------------------------------------


def test_the_header_is_as_documented(path: Path) -> None:
    content = path.read_bytes()
    assert content[:16] == b"SQLite format 3\0"
    assert content[68:72] == b"HSBA" == APPLICATION_ID.to_bytes(4)
    assert int.from_bytes(content[60:64]) == USER_VERSION == 1001
    assert f"0x{APPLICATION_ID:X}" in DOCUMENT


def test_every_table_and_column_is_documented() -> None:
    connection = memory_connection()
    create_schema(connection)
    tables = DOCUMENT.split("## Tables")[1].split("## Addresses")[0]
    documented = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", tables, re.MULTILINE))
    names = [row[1] for row in expected_schema() if row[0] in {"table", "view"}]
    assert sorted(documented) == sorted(names)
    for name in names:
        for row in connection.execute(f"PRAGMA table_info({name})"):
            assert f"`{row[1]}`" in documented[name], f"{name}.{row[1]}"
    connection.close()


def test_every_kind_of_address_is_documented(path: Path) -> None:
    for subject in Subject:
        assert f"| `{subject.value}/" in DOCUMENT
    assert "response/WAVE/PARTY/STATEMENT/FIELD" in DOCUMENT
    kept = {row[0] for row in ask(path, "SELECT address FROM value_state")}
    assert kept == {str(address) for address, _ in full_audit().values()}
    assert str(of_police("1.2")) == f"response/{WAVE}/{POLICE}/1.2/score"


def test_the_fields_of_addresses_are_the_columns_that_hold_them(database: sqlite_utils.Database) -> None:
    for subject, fields in FIELDS.items():
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({subject.value})").fetchall()}
        assert set(fields) <= columns, subject


def test_the_program_in_the_document_recomputes_the_digests(path: Path) -> None:
    (program,) = blocks("python")
    names: dict[str, Any] = {"path": path}
    exec(program, names)
    names["database"].close()
    assert names["entered"] == digest_in(path)
    assert names["sound"] is True


def test_the_digest_of_a_row_of_history_is_as_documented(tmp_path: Path) -> None:
    def sha(*parts: bytes) -> bytes:
        return hashlib.sha256(b"\0".join(parts)).digest()

    path = make(tmp_path / "audit.hsbaudit")
    with AuditFile.open(path) as file:
        file.apply(change_set((of_police("1.3"), 2, None), author="Chair"))
    columns = "revision_id, address, author, edited_at, label"
    ((*about, digest),) = ask(path, f"SELECT {columns}, digest FROM history")
    before = sha(about[1].encode(), b"i", b"2")
    assert digest == sha(*(text.encode() for text in about), before, bytes(32))


def test_the_program_in_the_document_finds_a_change(path: Path, tmp_path: Path) -> None:
    copy = shutil.copyfile(path, tmp_path / "audit.hsbaudit")
    database = sqlite_utils.Database(copy, execute_plugins=False)
    database.execute("UPDATE response_score SET score = 4 WHERE statement_id = '2.2'")
    database.conn.commit()
    database.close()
    names: dict[str, Any] = {"path": copy}
    exec(blocks("python")[0], names)
    names["database"].close()
    assert names["sound"] is False


def test_sqlite_utils_lists_the_tables_that_are_documented(database: sqlite_utils.Database) -> None:
    names = {row[1] for row in expected_schema() if row[0] == "table"}
    assert set(database.table_names()) == names
    assert database.view_names() == ["response"]
    assert database.table("statement").count == 46
    assert all(database.table(name).strict for name in names)


@pytest.mark.parametrize("query", blocks("sql"), ids=lambda query: " ".join(query.split()[:4]))
def test_every_query_of_the_document_runs(query: str, database: sqlite_utils.Database) -> None:
    rows = list(database.query(query))
    assert rows or "evidence, '')) = ''" in query or "FROM history" in query or "spread" in query


def test_the_query_for_means_says_what_the_program_says(database: sqlite_utils.Database) -> None:
    from hsb_desktop.analysis.scoring import domain_scores

    rows = list(database.query(blocks("sql")[0]))
    audit = full_audit()
    found = [(row["mean"], row["scored"]) for row in rows if row["label"] == "Baseline"]
    assert found == [
        (pytest.approx(score.mean), score.scored) for score in domain_scores(audit, audit.waves[0].wave_id)
    ]
    assert [row["mean"] for row in rows if row["label"] == "Six months"] == [None] * 5


def test_every_command_of_the_document_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    before = path.read_bytes()
    for line in blocks("sh")[0].splitlines():
        program, *arguments = shlex.split(line)
        assert program == "sqlite-utils"
        result = CliRunner().invoke(sqlite_utils_command, arguments)
        assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.output)))
    assert len(rows) == len(full_audit().responses)
    assert path.read_bytes() == before
