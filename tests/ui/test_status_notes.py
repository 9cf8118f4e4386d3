"""A note on the status line goes with the next thing that is done; a warning stays and can be read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from hsb_desktop.ui.main_window import MainWindow

from .test_workshop import click_score, page_of

pytestmark = pytest.mark.short_form

WARNING = (
    "No backup could be made: the folder /data/hsb-audit-workshop/backups cannot be "
    "written to. Your changes are saved in the audit itself."
)


def note(window: MainWindow) -> QLabel:
    label = page_of(window).status.findChild(QLabel, "status_note")
    assert label is not None
    return label


def test_a_note_ends_with_the_next_edit(window: MainWindow) -> None:
    window.say("Written: report.pdf")
    assert note(window).text() == "Written: report.pdf"
    click_score(window, "1.1", 3)
    assert page_of(window).session.settle()
    assert note(window).text() == ""


def test_what_was_undone_is_told_until_something_else_is_done(window: MainWindow) -> None:
    click_score(window, "1.1", 3)
    assert page_of(window).session.settle()
    page_of(window).session.undo()
    assert page_of(window).session.settle()
    assert "Undone: score of 1.1" in note(window).text()
    page_of(window).session.redo()
    assert page_of(window).session.settle()
    assert "Done again: score of 1.1" in note(window).text()
    click_score(window, "1.2", 2)
    assert page_of(window).session.settle()
    assert note(window).text() == ""


def test_a_note_ends_when_another_tab_is_shown(window: MainWindow) -> None:
    window.say("Written: report.pdf")
    page_of(window).show_domain("3")
    assert note(window).text() == ""


def test_a_note_stays_while_somebody_only_looks(window: MainWindow) -> None:
    window.say("Written: report.pdf")
    window.set_theme("dark")
    window.resize(1500, 800)
    page_of(window).show_statement("1.2")
    QApplication.processEvents()
    assert note(window).text() == "Written: report.pdf"


def test_a_warning_stays_through_edits_and_tabs_and_after_notes(window: MainWindow) -> None:
    page_of(window).session.backup_failed.emit(WARNING)
    click_score(window, "1.1", 3)
    assert page_of(window).session.settle()
    page_of(window).show_domain("3")
    assert (note(window).text(), note(window).property("role")) == (WARNING, "warning")
    window.say("Written: report.pdf")
    assert (note(window).text(), note(window).property("role")) == ("Written: report.pdf", "muted")
    page_of(window).show_domain("1")
    assert (note(window).text(), note(window).property("role")) == (WARNING, "warning")


@pytest.mark.parametrize(("width", "zoom"), [(1366, 100), (1280, 100), (1280, 200), (900, 100)])
def test_a_warning_can_be_read_as_a_whole(window: MainWindow, width: int, zoom: int) -> None:
    window.set_zoom(zoom)
    window.resize(width, 720)
    page_of(window).session.backup_failed.emit(WARNING)
    QApplication.processEvents()
    label = note(window)
    assert label.isVisible()
    assert label.height() >= label.heightForWidth(label.width())
    assert page_of(window).status.rect().contains(label.geometry())
    assert window.width() == width


def test_a_note_for_which_there_is_no_room_is_in_the_tip(window: MainWindow) -> None:
    window.resize(700, 600)
    window.say("Written: " + "a long name " * 20)
    QApplication.processEvents()
    assert not note(window).isVisible()
    assert "a long name" in page_of(window).status.toolTip()
