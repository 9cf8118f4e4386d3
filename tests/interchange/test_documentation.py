"""`docs/interchange.md` says what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hsb_desktop.interchange.audit_table import COLUMNS as WRITTEN
from hsb_desktop.interchange.json_audit import audit_to_data
from hsb_desktop.interchange.json_document import parse_json
from hsb_desktop.interchange.json_reader import audit_from_data
from hsb_desktop.interchange.rows import COLUMNS, HELP_COLUMNS
from hsb_desktop.interchange.text import guard, unguard
from tests.interchange.audits import instrument

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "interchange.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("column", [*COLUMNS, *HELP_COLUMNS])
def test_every_column_is_described(column: str) -> None:
    assert f"`{column}`" in TEXT


def test_every_column_that_is_read_is_written() -> None:
    assert set(WRITTEN) == set(COLUMNS)


def test_the_example_is_an_audit_with_every_field_that_is_written() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    audit, notices = audit_from_data(parse_json(example.encode(), "example"), instrument(), "example")
    assert notices == ()
    data, written = json.loads(example), audit_to_data(audit)
    assert set(written) == set(data) | {"instrument"}
    for part in set(data) - {"format", "version"}:
        one, other = (x[part] if isinstance(x[part], dict) else x[part][0] for x in (data, written))
        assert set(one) == set(other), part
    assert set(data["rounds"][0]["votes"][0]) == set(written["rounds"][0]["votes"][0])


def test_the_line_of_python_undoes_the_guard() -> None:
    (line,) = re.findall(r"text = re\.sub\(r\"(.*?)\", \"\", cell\)", TEXT)
    for text in ("=1", "'=1", "''-", "'quoted'", "plain", "\tx", "'"):
        assert re.sub(line, "", guard(text)) == unguard(guard(text)) == text
