"""An agency's pack on the full screen, what stands above it, and under whose name it is filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLabel, QLineEdit, QPushButton, QWidget

from hsb_desktop.operations.packs import PackKind
from hsb_desktop.settings import Settings, load_settings, save_settings
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.statement_screen import StatementScreen
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.values import NO_VIEW
from tests.operations.packs import NAMES, POLICE, held, made_audit, of, pack_of, sent

from .test_workshop import OpenShown, focused, page_of

pytestmark = pytest.mark.short_form

Found = TypeVar("Found", bound=QWidget)

_TWO_LINES = 64
"""Pixels, on the smallest projector."""


@pytest.fixture
def whole_path(tmp_path: Path) -> Path:
    return made_audit(tmp_path / "audit.hsbaudit")


@pytest.fixture
def pack_path(whole_path: Path, tmp_path: Path) -> Path:
    return pack_of(sent(whole_path, tmp_path / "packs", kinds=(PackKind.AUDIT,)), POLICE, PackKind.AUDIT)


@pytest.fixture
def pack_window(pack_path: Path, open_shown: OpenShown) -> MainWindow:
    window = open_shown(pack_path)
    window.resize(1280, 720)
    return window


def settled(window: MainWindow) -> None:
    """Everything on the screen is on the disk: the first edit of a day makes a backup before."""
    assert page_of(window).session.settle()


def screen_of(window: MainWindow, statement_id: str) -> StatementScreen:
    """The full screen, at that statement."""
    page_of(window).show_statement(statement_id)
    window.toggle_projection()
    screen = next(each for each in all_screens() if each.isVisible())
    assert screen.statement_id == statement_id
    return screen


def all_screens() -> list[StatementScreen]:
    from PySide6.QtWidgets import QApplication

    return [each for each in QApplication.allWidgets() if isinstance(each, StatementScreen)]


def part(kind: type[Found], window: QWidget, name: str) -> Found:
    found = window.findChild(kind, name)
    assert found is not None
    return found


# No view on the full screen ---------------------------------------------------------------------------------


@pytest.mark.whole_form
def test_what_is_answered_is_counted_alike_wherever_a_pack_counts_it(
    pack_window: MainWindow, pack_path: Path
) -> None:
    page = page_of(pack_window)
    page.show_statement("1.5")
    QTest.keyClick(focused(), Qt.Key.Key_X)
    QTest.keyClick(focused(), Qt.Key.Key_N)
    QTest.keyClick(focused(), Qt.Key.Key_2)
    settled(pack_window)
    answered = page.session.standing.answered_in("1")
    assert answered == page.session.standing.progress.scored + 1
    place = next(n for n in range(page.tabs.count()) if page.tabs.tabText(n).startswith("1 "))
    assert f"{answered} of 10" in page.tabs.tabText(place)
    assert f"{answered} of 10 answered" in part(StillLabel, page.domain_tab("1"), "domain_summary").text()
    page.overview.refresh()
    assert f"{answered} of 10 answered" in [label.text() for label in page.overview.findChildren(QLabel)]
    assert part(QLabel, pack_window, "progress_text").text() == f"{answered} of 46 answered"


@pytest.mark.whole_form
def test_no_view_is_chosen_on_the_full_screen_too_with_its_reason(
    pack_window: MainWindow, pack_path: Path
) -> None:
    screen = screen_of(pack_window, "1.2")
    reason = part(QLineEdit, screen, "no_view_reason_edit")
    assert not reason.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_X)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) == NO_VIEW
    assert reason.isVisible()
    assert "no view" in screen.score_selector.accessibleName()
    assert "2 of 46 answered" in [label.text() for label in screen.findChildren(QLabel)]
    reason.setFocus()
    QTest.keyClicks(reason, "Not in our remit, except x.")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2", "no_view_reason")) == "Not in our remit, except x."
    QTest.keyClick(reason, Qt.Key.Key_Escape)
    QTest.keyClick(focused(), Qt.Key.Key_X)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) is None
    assert not reason.isVisible()


def test_a_reason_is_kept_with_its_own_statement_when_the_next_is_shown(
    pack_window: MainWindow, pack_path: Path
) -> None:
    screen = screen_of(pack_window, "1.2")
    part(QPushButton, screen, "no_view_button").click()
    settled(pack_window)
    reason = part(QLineEdit, screen, "no_view_reason_edit")
    reason.setFocus()
    QTest.keyClicks(reason, "Not ours.")
    screen.show_statement("1.3")
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2", "no_view_reason")) == "Not ours."
    assert held(pack_path).value(of(POLICE, "1.3")) is None
    assert not reason.isVisible()
    screen.show_statement("1.2")
    assert (reason.isVisible(), reason.text()) == (True, "Not ours.")


def test_a_score_on_the_full_screen_takes_the_place_of_no_view(
    pack_window: MainWindow, pack_path: Path
) -> None:
    screen_of(pack_window, "1.2")
    QTest.keyClick(focused(), Qt.Key.Key_X)
    QTest.keyClick(focused(), Qt.Key.Key_3)
    settled(pack_window)
    assert held(pack_path).value(of(POLICE, "1.2")) == 3


def test_the_partnership_has_no_such_answer_on_the_full_screen(window: MainWindow) -> None:
    screen = screen_of(window, "1.2")
    assert screen.findChild(QPushButton, "no_view_button") is None
    QTest.keyClick(focused(), Qt.Key.Key_X)
    settled(window)
    assert not page_of(window).session.audit.responses


# What stands above a pack -----------------------------------------------------------------------------------


def test_what_is_to_be_done_takes_two_lines_at_most_and_more_tells_the_rest(
    pack_window: MainWindow, pack_path: Path
) -> None:
    notice = part(QWidget, pack_window, "pack_notice")
    text = part(QLabel, notice, "notice_text")
    assert notice.height() <= _TWO_LINES
    assert "Send this file back to R. Adeyemi" in text.text()
    assert pack_path.name not in text.text()
    assert pack_path.name in notice.accessibleName()
    part(QPushButton, notice, "notice_more_button").click()
    assert pack_path.name in text.text()
    part(QPushButton, notice, "notice_more_button").click()
    assert pack_path.name not in text.text()
    part(QPushButton, notice, "notice_away_button").click()
    assert not notice.isVisible()


# Who is typing ----------------------------------------------------------------------------------------------


def test_what_is_typed_in_a_pack_is_its_agency_s(pack_window: MainWindow, pack_path: Path) -> None:
    assert part(QPushButton, pack_window, "author_button").text() == f"Typing: {NAMES[POLICE]}"
    page_of(pack_window).session.set_score("1.2", 3)
    settled(pack_window)
    page_of(pack_window).session.close()
    with AuditFile.open(pack_path) as file:
        (entry,) = file.history(of(POLICE, "1.2"))
    assert (entry.author, entry.after) == (NAMES[POLICE], 3)


def test_who_types_in_the_audit_is_not_who_types_in_its_packs(
    whole_path: Path, pack_path: Path, open_shown: OpenShown
) -> None:
    audit_id = held(whole_path).audit_id
    save_settings(Settings().with_author(audit_id, "Facilitator"))
    assert page_of(open_shown(whole_path)).session.author == "Facilitator"
    assert page_of(open_shown(pack_path)).session.author == NAMES[POLICE]


def test_another_name_that_was_chosen_in_a_pack_is_kept_for_it_alone(
    whole_path: Path, pack_path: Path, open_shown: OpenShown, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_shown(pack_path)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Sgt Example", True))
    window.flows.ask_author()
    assert part(QPushButton, window, "author_button").text() == "Typing: Sgt Example"
    save_settings(window.settings)
    assert page_of(open_shown(pack_path)).session.author == "Sgt Example"
    assert page_of(open_shown(whole_path)).session.author == ""
    assert load_settings().authors_of(held(whole_path).audit_id) == ("Sgt Example",)
