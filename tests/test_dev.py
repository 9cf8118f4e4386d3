"""dev.py: what a person sees who has just cloned the project, on whatever Python."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = (ROOT / "dev.py").read_text(encoding="utf-8")

NOT_IN_OLD_PYTHON: tuple[type[ast.AST], ...] = (
    ast.JoinedStr,
    ast.AnnAssign,
    ast.NamedExpr,
    ast.Nonlocal,
    ast.YieldFrom,
    ast.AsyncFunctionDef,
    ast.Await,
    ast.Match,
    ast.MatMult,
    ast.TryStar,
    ast.Starred,  # old in calls, but never needed here
)


@pytest.fixture
def dev() -> Any:
    """A fresh copy of the module, so that what a test replaces in it ends with the test."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "dev.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


def is_new_syntax(node: ast.AST) -> bool:
    """Whether Python 2.7 or an early Python 3 stops at this node with a syntax error."""
    match node:
        case (
            ast.FunctionDef(returns=ast.expr()) | ast.arg(annotation=ast.expr()) | ast.Raise(cause=ast.expr())
        ):
            return True
        case ast.arguments():
            return bool(node.kwonlyargs or node.posonlyargs)
        case ast.ClassDef():
            return bool(node.keywords)
        case ast.Dict():
            return None in node.keys
        case ast.Constant(value=int()):
            return "_" in (ast.get_source_segment(SOURCE, node) or "")
        case _:
            return isinstance(node, NOT_IN_OLD_PYTHON)


def test_it_parses_on_old_pythons() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 4))
    lines = [getattr(node, "lineno", 0) for node in ast.walk(tree) if is_new_syntax(node)]
    assert not lines
    assert SOURCE.isascii(), "a terminal of an old system cannot show more"


@pytest.mark.parametrize(
    "snippet",
    ["f'{x}'", "x: int = 1", "def f(x: int): pass", "def f() -> int: pass", "(x := 1)", "f(*x)", "1_000"],
)
def test_the_check_for_old_syntax_sees_new_syntax(snippet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "SOURCE", snippet)
    assert any(is_new_syntax(node) for node in ast.walk(ast.parse(snippet)))


def test_it_uses_the_standard_library_only() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_help_goes_to_standard_output() -> None:
    result = run_dev("--help")
    assert result.returncode == 0
    assert "dev.py [--verbose] COMMAND" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["run", "more"], ["--verbose"]])
def test_anything_else_shows_the_usage_and_fails(arguments: list[str]) -> None:
    result = run_dev(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "dev.py [--verbose] COMMAND" in result.stderr


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 14, 0)])
def test_supported_pythons(dev: Any, version: tuple[int, int, int]) -> None:
    assert dev.is_supported(version)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 8, 18), (3, 10, 13), (3, 15, 0)])
def test_an_unsupported_python_gets_one_sentence(
    dev: Any,
    version: tuple[int, int, int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dev, "find_supported_python", lambda: None)
    monkeypatch.setattr(dev.sys, "version_info", (*version, "final", 0))
    code = dev.main(["test"])
    monkeypatch.undo()
    printed = capsys.readouterr()
    assert code == 1
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert f"needs Python 3.11 to 3.14; this is {'.'.join(map(str, version))}: install" in printed.err


def test_an_unsupported_python_hands_over_to_a_supported_one(
    dev: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(dev, "find_supported_python", lambda: "somewhere/python3.13")
    monkeypatch.setattr(dev, "is_supported", lambda version: False)
    monkeypatch.setattr(dev.os, "execv", lambda path, command: started.append(command))
    monkeypatch.setattr(dev.subprocess, "call", started.append)
    dev.main(["--verbose", "test", "-k", "radar"])
    monkeypatch.undo()
    assert started[0] == ["somewhere/python3.13", str(ROOT / "dev.py"), "--verbose", "test", "-k", "radar"]
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
def test_a_stand_in_on_path_that_does_not_work_is_passed_over(
    dev: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("python3.14", "exit 127"), ("python3.13", "echo 3.12"), ("python3.12", "echo 3.12")):
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.find_supported_python() == str(tmp_path / "python3.12")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux leaves Qt's libraries to the system"
)
def test_without_administrator_rights_the_one_line_is_printed(
    dev: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "SETUP_LOG", str(tmp_path / "build" / "setup.log"))
    monkeypatch.setattr(dev, "is_loadable", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(dev, "can_make_environments", lambda: False)
    monkeypatch.setattr(dev, "find_on_path", lambda name: "apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    code = dev.main(["test"])
    monkeypatch.undo()
    assert code == 1
    venv = f"python3.{sys.version_info.minor}-venv"
    line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 {venv}\n"
    assert capsys.readouterr().err.endswith(f"\n{line}")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux leaves Qt's libraries to the system"
)
@pytest.mark.parametrize("results", [[0], [100, 0, 0]])
def test_an_administrator_has_the_packages_installed(
    dev: Any, results: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package lists are fetched only when the first try shows that they are needed."""
    left = list(results)
    commands: list[str] = []

    def call_logged(command: list[str]) -> int:
        commands.append(" ".join(command))
        return left.pop(0)

    monkeypatch.setattr(dev, "call_logged", call_logged)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    dev.apt_install(["libegl1"])
    monkeypatch.undo()
    install = "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libegl1"
    update = "env DEBIAN_FRONTEND=noninteractive apt-get update"
    assert commands == ([install] if results == [0] else [install, update, install])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is a tool of Linux")
def test_faults_are_tried_without_strace_too_and_it_is_said(
    dev: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str], _environment: dict[str, str]) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev, "find_on_path", lambda _name: None)
    monkeypatch.setattr(dev, "call", call)
    assert dev.main(["faults", "--rows", "2"]) == 0
    assert commands[0][1:] == ["-m", "tests.faults", "--rows", "2"]
    assert "strace is not installed: the rows that need it are not run." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("WARNING: Retrying (Retry(total=4)) after connection broken by", "No package registry is in reach"),
        ("ERROR: No matching distribution found for nothing", "pip could not install"),
    ],
)
def test_a_failed_installation_says_what_to_do(dev: Any, log: str, words: str) -> None:
    sentence = dev.installation_failure(log)
    assert sentence.startswith(words)
    assert "setup.log" in sentence
    assert sentence.endswith(".")


def test_an_environment_is_remade_when_it_cannot_be_used(
    dev: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "VENV", str(tmp_path))
    monkeypatch.setattr(dev, "STAMP", str(tmp_path / "stamp"))
    assert dev.reason_to_remake() == "it does not work with this Python"
    monkeypatch.setattr(dev, "in_venv", lambda name: sys.executable)
    assert dev.reason_to_remake() is None
    dev.write_stamp(dev.contents_mark("dev"))
    assert dev.reason_to_remake() is None
    dev.write_stamp(dev.UNFINISHED)
    assert dev.reason_to_remake() == "its set-up was interrupted"
    dev.write_stamp(dev.contents_mark("dev"))
    monkeypatch.setattr(dev, "ROOT", str(tmp_path))
    assert dev.reason_to_remake() == "it was made for another Python, system or folder"


def test_every_check_runs_and_the_failed_ones_are_named_last(
    dev: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[list[str]] = []

    def call(command: list[str], environment: dict[str, str]) -> int:
        assert environment["QT_QPA_PLATFORM"]
        commands.append(command)
        return int("mypy" in command)

    monkeypatch.setattr(dev, "call", call)
    assert dev.run_checks() == 1
    assert len(commands) == 5
    assert commands[-1][1:] == ["-m", "pytest", "--numprocesses=3"]
    assert capsys.readouterr().out.splitlines()[-1] == "Failed: mypy (1 of 5)"


@pytest.mark.parametrize(("arguments", "said"), [(["--full"], "full"), ([], None)])
def test_the_full_run_is_every_check_with_all_examples(
    dev: Any, arguments: list[str], said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    environments: list[dict[str, str]] = []

    def call(_command: list[str], environment: dict[str, str]) -> int:
        environments.append(environment)
        return 0

    monkeypatch.delenv("HSB_TESTS", raising=False)
    monkeypatch.setattr(dev, "set_up", lambda *_: None)
    monkeypatch.setattr(dev, "call", call)
    assert dev.run_tests(arguments, False) == 0
    assert len(environments) == len(dev.CHECKS)
    assert {environment.get("HSB_TESTS") for environment in environments} == {said}
