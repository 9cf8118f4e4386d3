"""Which files of the program a row puts to the test: all that it, its children and they import in turn.

A change elsewhere in the program leaves a row's figures what they are.
"""

from __future__ import annotations

import ast
import functools
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from tests.faults.editor import ROOT

_PROGRAM, _FAULTS = "hsb_desktop", "tests.faults"
_CHILDREN = {path.stem: path for path in (ROOT / "tests" / "faults" / "children").glob("*.py")}
WINDOW_CHILDREN = ("edit_window", "read_only_window")
"""Children that a row names together with their fellows that try the store."""


def reached_from(sources: Iterable[Path], leave_out: Iterable[str] = ()) -> set[Path]:
    """Return the program's files that these files reach, also through the children that they name.

    `leave_out` are names of children that are not started.
    """
    children = {name: path for name, path in _CHILDREN.items() if name not in leave_out}
    seen: set[Path] = set()
    waiting = list(sources)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        imported, words = _imports_and_words(path)
        waiting.extend(imported)
        if ROOT / "tests" in path.parents:
            waiting.extend(child for name, child in children.items() if name in words)
    return {path for path in seen if (ROOT / _PROGRAM) in path.parents}


@functools.cache
def _imports_and_words(path: Path) -> tuple[frozenset[Path], frozenset[str]]:
    """Return the files that one imports, at its head or later, and the words of its constant texts."""
    names, texts = _names_and_texts(path.read_text(encoding="utf-8"))
    files = frozenset(file for name in names if (file := _file_of(name)) is not None)
    return files, frozenset(word for text in texts for word in re.findall(r"\w+", text))


def _names_and_texts(source: str) -> tuple[set[str], set[str]]:
    """Return the modules that a source may import, and its constant texts: also of programs in a text."""
    names: set[str] = set()
    texts: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.update({node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)})
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
            if f"import {_PROGRAM}" in node.value or f"from {_PROGRAM}" in node.value:
                names.update(_names_and_texts(textwrap.dedent(node.value))[0])
    return names, texts


def _file_of(module: str) -> Path | None:
    if not module.startswith((_PROGRAM, _FAULTS)):
        return None
    place = ROOT.joinpath(*module.split("."))
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)
