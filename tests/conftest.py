"""No test touches the folders of the person who runs it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command_line import Run, run_command

# A slow disk is no fault of what is tested.
settings.register_profile("workshop", deadline=None)
settings.load_profile("workshop")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's settings and own editions are."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HSB_AUDIT_HOME", str(home))
    # The command line, called in this process, gives the process a folder of its own for temporary files.
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
    return home


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, called in this process, in an empty folder."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return run_command
