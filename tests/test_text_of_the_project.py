"""What no file of the project may say: where packages come from, and on whose computer it was written.

And what must be said: why a check is silenced or a test skipped.
"""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
import tempfile
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Put together here, so that this file does not say them either.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("anaconda", "org"),
        ("pkg", "dev"),
        ("jfrog", "io"),
    )
]
REGISTRY_OPTION = re.compile(
    "-{2}(?:extra-)?index-" + r"url\b|^\s*(?:extra-)?index-" + r"url\s*=", re.MULTILINE
)
HOME_OF_SOMEBODY = re.compile(r"(?<![\w.~}/-])(?:/home/|/Users/|[A-Z]:\\{1,2}Users\\{1,2})\w+")

SILENCER = re.compile(
    r"#\s*(?:type:\s*ignore(?:\[[^\]]*\])?|noqa(?::\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?)(?P<rest>.*)"
)
SHORTEST_REASON = 8


def project_files() -> list[Path]:
    """Every file that is in the repository or would go into it."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("which files belong to the project is known only in a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def project_texts() -> Iterator[tuple[str, str]]:
    for path in project_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        try:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8")
        except UnicodeDecodeError:
            continue


def python_texts() -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in project_texts() if name.endswith(".py"))


def is_reason(text: str) -> bool:
    return len(text.strip(" #-–:()")) >= SHORTEST_REASON


def unexplained_silencers(text: str) -> list[int]:
    """Return the lines that silence a check without a reason, beside it or in a comment just above."""
    if not SILENCER.search(text):
        return []  # most files: to take them to pieces takes a second
    comments = {
        token.start[0]: token
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    }
    unexplained = []
    for line, token in comments.items():
        silencer = SILENCER.search(token.string)
        if silencer is None:
            continue
        above = comments.get(line - 1)
        stands_alone = above is not None and not above.line[: above.start[1]].strip()
        explained_above = above is not None and stands_alone and not SILENCER.search(above.string)
        if not is_reason(silencer["rest"]) and not explained_above:
            unexplained.append(line)
    return unexplained


def unexplained_skips(text: str) -> list[int]:
    """Return the lines that skip a test, or expect it to fail, without saying why."""
    if not re.search(r"skip|xfail", text):
        return []
    tree = ast.parse(text)
    explained = {
        id(call.func)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and (
            any(keyword.arg == "reason" for keyword in call.keywords)
            or (call.args and isinstance(call.func, ast.Attribute) and call.func.attr in ("skip", "xfail"))
        )
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("skip", "skipif", "xfail", "importorskip")
        and ast.unparse(node.value) in ("pytest", "pytest.mark")
        and id(node) not in explained
    ]


def test_no_registry_is_named() -> None:
    found = [
        f"{name}: {host}" for name, text in project_texts() for host in REGISTRY_HOSTS if host in text.lower()
    ]
    found += [name for name, text in project_texts() if REGISTRY_OPTION.search(text)]
    assert not found


def test_no_path_of_somebodys_computer_is_named() -> None:
    nobodys = {Path(ROOT.anchor), Path(tempfile.gettempdir())}
    here = [re.escape(folder.as_posix()) for folder in {Path.home(), ROOT.parent} - nobodys]
    pattern = re.compile(rf"(?<![\w.}}])(?:{'|'.join(here)})/" if here else r"(?!)")
    found = [
        f"{name}: {match[0]}"
        for name, text in project_texts()
        for match in (HOME_OF_SOMEBODY.search(text), pattern.search(text))
        if match
    ]
    assert not found


def test_every_silenced_check_has_a_reason() -> None:
    found = [f"{name}:{line}" for name, text in python_texts() for line in unexplained_silencers(text)]
    assert not found


def test_every_skipped_test_has_a_reason() -> None:
    found = [f"{name}:{line}" for name, text in python_texts() for line in unexplained_skips(text)]
    assert not found


@pytest.mark.parametrize(
    "text, lines",
    [
        ("x = 1  # noqa: E501\n", [1]),
        ("x = 1  # type: ignore[misc]\n", [1]),
        ("x = 1  # noqa: S603, S607 - fixed words only\n", []),
        ("x = 1  # type: ignore[misc]  # the stubs lack it\n", []),
        ("# the stubs lack it\nx = 1  # type: ignore[misc]\n", []),
        ("x = 1  # type: ignore[misc]\ny = 2  # type: ignore[misc]\n", [1, 2]),
        ("text = '# noqa'\n", []),
    ],
)
def test_the_search_for_silencers(text: str, lines: list[int]) -> None:
    assert unexplained_silencers(text) == lines


@pytest.mark.parametrize(
    "text, lines",
    [
        ("@pytest.mark.skip\ndef f(): ...\n", [1]),
        ("@pytest.mark.skipif(x)\ndef f(): ...\n", [1]),
        ("@pytest.mark.xfail\ndef f(): ...\n", [1]),
        ("pytest.skip()\n", [1]),
        ("pytest.skip('no display')\n", []),
        ("@pytest.mark.skipif(x, reason='no display')\ndef f(): ...\n", []),
        ("pytest.importorskip('numpy')\n", [1]),
    ],
)
def test_the_search_for_skips(text: str, lines: list[int]) -> None:
    assert unexplained_skips(text) == lines
