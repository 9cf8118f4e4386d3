"""`docs/rules.md` names the tests that state each rule; they are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "rules.md"
NAMED = sorted(set(re.findall(r"`([\w/]+\.py(?:::\w+)?)`", DOCUMENT.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_is_named_for_a_rule_is_there(name: str) -> None:
    file, _, function = name.partition("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert function in names or (not function and any(each.startswith("test_") for each in names))


def test_every_rule_names_a_test() -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    rules = [row for row in rows if not row.startswith(("| rule", "| ---"))]
    assert rules
    assert not [row for row in rules if ".py" not in row.split("|")[2]]
