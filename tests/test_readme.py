"""What the README prints can be followed: line by line, from an empty folder, in this order."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hsb_desktop.cli import main
from hsb_desktop.store.audit_file import AuditFile
from tests.command_line import Run

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "nine loud geese fly"
SHELL = shutil.which("sh")


def blocks() -> list[list[str]]:
    """The lines of each block of commands below the heading about the command line."""
    text = (ROOT / "README.md").read_text("utf-8")
    section = text.split("## Without a window", 1)[1].split("\n## ", 1)[0]
    return [block.strip().splitlines() for block in re.findall(r"^```\n(.*?)^```", section, re.M | re.S)]


@pytest.mark.real_keys  # the password is set in a process of its own
@pytest.mark.skipif(
    os.name == "nt" or SHELL is None, reason="the lines are written for a POSIX shell, and there is none"
)
def test_the_first_block_can_be_followed_line_by_line_from_an_empty_folder(tmp_path: Path) -> None:
    programs, folder = tmp_path / "bin", tmp_path / "work"
    programs.mkdir()
    folder.mkdir()
    program = programs / "hsb-audit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hsb_desktop.cli "$@"\n', "utf-8")
    program.chmod(0o755)
    reached = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    for printed in blocks()[0]:
        line, given = printed, None
        if printed.startswith("hsb-audit protect"):
            # Only at a terminal is a password asked for; a script gives it as the README says.
            line, given = printed.split("#")[0] + "--password-fd 0", f"{PASSWORD}\n"
        done = subprocess.run(
            [str(SHELL), "-c", line], cwd=folder, env=os.environ | reached, input=given,
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    (path,) = folder.glob("*.hsbaudit")
    with AuditFile.open(path, read_only=True, password=PASSWORD) as file:
        audit = file.read()
    assert audit.agencies
    packs = {pack.name for pack in (folder / "packs").iterdir()}
    for agency in audit.agencies:
        assert any(name.startswith(agency.name) and name.endswith(".xlsx") for name in packs)


def test_every_command_and_option_that_is_printed_exists() -> None:
    lines = [line for block in blocks() for line in block if line.startswith("hsb-audit ")]
    assert len(lines) > 10
    for line in lines:
        _, name, *words = shlex.split(line, comments=True)
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, line


def test_packs_of_an_audit_without_agencies_name_the_import_that_brings_them(run: Run) -> None:
    run("new", "a.hsbaudit", "--area", "Northmoor Vale")
    refused = run("pack", "a.hsbaudit", "-o", "packs")
    assert refused.exit_code == 1
    assert "No agency takes part" in refused.output
    assert "hsb-audit import" in refused.output
    assert "Audit, Details" in refused.output
    Path("agencies.csv").write_text("statement,agency\n1.1,Northmoor Police\n", "utf-8")
    assert run("import", "a.hsbaudit", "agencies.csv").exit_code == 0
    assert run("pack", "a.hsbaudit", "-o", "packs").exit_code == 0
