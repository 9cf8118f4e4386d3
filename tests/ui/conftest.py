"""What every test of the window stands on: no modal dialog may hang it, and each window is closed."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from sqlite3 import connect

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from hsb_desktop.app import open_window
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup_folder import folder_of
from hsb_desktop.store.backup_note import Note, write_note
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.page_builder import PageBuilder
from tests.short_form import write_short_form

_MOST_RUBBISH = 100_000
_LONGEST_BUILD_MILLISECONDS = 60_000
"""How quick it is, benchmarks say: a computer that is busy with other things is no fault."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def rubbish_is_collected_on_this_thread_only() -> None:
    """As in the program (see `ui/rubbish.py`): a collection on a worker's thread would end the process."""
    gc.disable()
    if gc.get_count()[0] > _MOST_RUBBISH:
        gc.collect()


@pytest.fixture(autouse=True)
def no_modal_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog that nobody answers would wait for ever: it fails the test instead."""

    def refuse(dialog: QDialog) -> int:
        raise AssertionError(f"a modal dialog was shown: {type(dialog).__name__} {dialog.windowTitle()}")

    monkeypatch.setattr(QDialog, "exec", refuse)


@pytest.fixture(scope="session")
def short_resources(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    return write_short_form(tmp_path_factory.mktemp("short-form"))


@pytest.fixture(autouse=True)
def form(
    request: pytest.FixtureRequest,
    short_resources: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The whole audit tool; 18 statements of it where a test is marked `short_form` and not `whole_form`."""
    if not _is_short(request.node):
        return
    for module in ("instrument", "operations.sample"):
        monkeypatch.setattr(f"hsb_desktop.{module}.resource_path", short_resources)
    monkeypatch.setattr(PageBuilder, "_domains_to_build", _domains_in_sight)


def _is_short(test: pytest.Item) -> bool:
    return bool(test.get_closest_marker("short_form")) and not test.get_closest_marker("whole_form")


def _domains_in_sight(builder: PageBuilder) -> list[str]:
    """Return the domain of the tab that is open: cards that nobody sees are most of what a window costs."""
    return [domain_id for domain_id, tab in builder._parts.made_tabs.items() if tab.isVisible()]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where audits lie that many tests begin with: to copy one takes a twentieth of making it."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture
def copied(
    request: pytest.FixtureRequest, templates: Path, form: None
) -> Callable[[Callable[[Path], AuditFile], Path], Path]:
    """Make an audit the first time that one is wanted, on the form of this test; afterwards copy it."""

    def copy(make: Callable[[Path], AuditFile], path: Path) -> Path:
        template = templates / f"{make.__name__}-{'short' if _is_short(request.node) else 'whole'}"
        if not template.exists():
            make(template).close()
        return Path(shutil.copyfile(template, path))

    return copy


def _make_empty(path: Path) -> AuditFile:
    return create_audit_file(path, NewAudit(area="Invented area", held_on="2026-03-12"))


@pytest.fixture
def audit_path(
    tmp_path: Path, copied: Callable[[Callable[[Path], AuditFile], Path], Path], own_folders: Path
) -> Path:
    """An audit in which nothing is entered, of which today's backup is made: the next edit waits for none."""
    path = copied(_make_empty, tmp_path / "Invented area.hsbaudit")
    with closing(connect(path)) as connection:
        (audit_id,) = connection.execute("SELECT audit_id FROM audit").fetchone()
    folder = folder_of(audit_id)
    folder.mkdir(parents=True)
    write_note(folder, Note().with_backup(path, date.today()))
    return path


@pytest.fixture
def sample_path(tmp_path: Path, copied: Callable[[Callable[[Path], AuditFile], Path], Path]) -> Path:
    """The sample audit, fully scored."""
    return copied(create_sample_audit, tmp_path / "Sample.hsbaudit")


@pytest.fixture
def open_shown(qtbot: QtBot) -> Callable[[Path], MainWindow]:
    """Open the real main window on a file, shown, with all its cards."""

    def open_it(path: Path) -> MainWindow:
        window = open_window(path)
        qtbot.addWidget(window, before_close_func=_let_go)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        assert window.page is not None
        page = window.page
        qtbot.waitUntil(lambda: page.is_built, timeout=_LONGEST_BUILD_MILLISECONDS)
        QApplication.processEvents()
        return window

    return open_it


def _let_go(window: MainWindow) -> None:
    """Close without asking about edits that a test kept from the disk."""
    if window.page is not None:
        flows = window.flows
        flows.may_close_unsaved = lambda: True  # type: ignore[method-assign]  # nobody is there to answer
        window.page.session.discard_unsaved()


@pytest.fixture
def window(audit_path: Path, open_shown: Callable[[Path], MainWindow]) -> MainWindow:
    """The window on an audit in which nothing is entered."""
    return open_shown(audit_path)


@pytest.fixture
def sample_window(sample_path: Path, open_shown: Callable[[Path], MainWindow]) -> MainWindow:
    """The window on the sample audit."""
    return open_shown(sample_path)
