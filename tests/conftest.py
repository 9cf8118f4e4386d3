"""No test touches the folders of the person who runs it."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command_line import Run, run_command
from tests.examples import examples
from tests.keys import FEW_ROUNDS, REAL_ROUNDS, derive_keys_in

# A slow disk is no fault of what is tested.
settings.register_profile("workshop", deadline=None, max_examples=examples())
settings.load_profile("workshop")


def pytest_collection_finish() -> None:
    """What was imported and collected stays for all tests: no collection of rubbish need look at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture, those of a whole module among them."""
    derive_keys_in(REAL_ROUNDS if item.get_closest_marker("real_keys") else FEW_ROUNDS)


@pytest.fixture(autouse=True, scope="session")
def folders_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For what is made once for many tests, before any of them has folders of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSB_AUDIT_HOME", str(tmp_path_factory.mktemp("nobody")))
        yield


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
