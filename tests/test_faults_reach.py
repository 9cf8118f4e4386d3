"""A row's figures stand for the program that it put to the test, and are dropped when that changes."""

from __future__ import annotations

from tests.faults.editor import ROOT
from tests.faults.fault import STORE
from tests.faults.matrix import all_faults, sources_of
from tests.faults.reach import WINDOW_CHILDREN, reached_from


def _reached(name: str) -> set[str]:
    fault = all_faults()[name]
    left_out = WINDOW_CHILDREN if fault.where == STORE else ()
    return {str(path.relative_to(ROOT).as_posix()) for path in reached_from(sources_of(fault), left_out)}


def test_a_row_of_the_store_reaches_the_store_and_not_the_window() -> None:
    reached = _reached("1")
    assert {
        "hsb_desktop/store/audit_file.py",
        "hsb_desktop/store/gate.py",
        "hsb_desktop/model.py",
    } <= reached
    assert not any(name.startswith("hsb_desktop/ui/") for name in reached)


def test_a_row_of_the_window_reaches_the_window_through_its_child() -> None:
    assert {"hsb_desktop/app.py", "hsb_desktop/ui/edit_queue.py"} <= _reached("1 (window)")


def test_what_is_imported_only_when_it_is_needed_is_reached_too() -> None:
    assert "hsb_desktop/store/still_copy.py" in _reached("6")


def test_a_program_that_stands_in_a_text_of_the_row_is_looked_through() -> None:
    assert {"hsb_desktop/app.py", "hsb_desktop/ui/dialogs/crash_dialog.py"} <= _reached("27")


def test_every_row_that_is_tried_reaches_something() -> None:
    assert [name for name in all_faults() if not _reached(name)] == []
