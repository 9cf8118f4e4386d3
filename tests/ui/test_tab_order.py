"""The Tab key goes over a page in the order in which it is read, then to the radar, then to the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.model import Pack
from hsb_desktop.ui.agencies_strip import AgenciesStrip
from hsb_desktop.ui.conflict_mark import ConflictMark
from hsb_desktop.ui.domain_end import DomainEnd
from hsb_desktop.ui.domain_tab import DomainTab
from hsb_desktop.ui.last_time_line import LastTimeLine
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.radar.radar_panel import RadarPanel
from hsb_desktop.ui.round_panel import RoundPanel
from hsb_desktop.ui.statement_card import StatementCard
from hsb_desktop.ui.status_line import StatusLine
from hsb_desktop.values import Subject, ValueAddress
from tests.bench.overlays import write_with_agencies
from tests.ui.audits_with_agencies import WAVE, agency_id, audit_with_agencies, write_audit

from .test_workshop import card_of, click_score, focused, page_of

pytestmark = pytest.mark.short_form

OpenShown = Callable[[Path], MainWindow]
DOMAINS = ("1", "2", "3", "4", "5")
_MOST_STOPS = 500


@pytest.fixture
def agencies_window(tmp_path: Path, open_shown: OpenShown) -> MainWindow:
    """Three waves and twelve agencies that answered everything: every companion is on the cards."""
    return open_shown(write_with_agencies(tmp_path / "Agencies.hsbaudit"))


def shown_domain(window: MainWindow, domain_id: str) -> DomainTab:
    page_of(window).show_domain(domain_id)
    QTest.qWait(20)
    return page_of(window).domain_tab(domain_id)


def following(widget: QWidget) -> QWidget:
    found = widget.nextInFocusChain()
    assert found is not None
    return found


def chain_of(window: MainWindow) -> list[QWidget]:
    """Where Tab stops now, once round the window."""
    found, widget = list[QWidget](), following(window)
    while widget is not window:
        takes_tab = Qt.FocusPolicy.TabFocus in widget.focusPolicy() and widget.focusProxy() is None
        if takes_tab and widget.isVisible() and widget.isEnabled():
            found.append(widget)
        widget = following(widget)
    return found


def pressed_from(first: QWidget) -> list[QWidget]:
    """Where Tab stops when it is pressed from a stop on, until it is back there."""
    first.setFocus()
    found = [first]
    for _ in range(_MOST_STOPS):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if focused() is first:
            return found
        found.append(focused())
    pytest.fail("Tab never came back to where it began")


def part_of(stop: QWidget) -> str:
    """The part of the window that a stop is in: a card, the end of a domain, the radar or the rest."""
    widget: QWidget | None = stop
    while widget is not None:
        if isinstance(widget, StatementCard | DomainEnd | RadarPanel):
            return widget.objectName()
        widget = widget.parentWidget()
    return "rest"


def without_repeats(names: list[str]) -> list[str]:
    """One name for stops of the same part that follow each other."""
    return [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]


def expected_parts(tab: DomainTab) -> list[str]:
    cards = [f"statement_card_{statement.statement_id}" for statement in tab.domain.statements]
    return [*cards, f"domain_end_{tab.domain.domain_id}", "radar_panel", "rest"]


def assert_as_read(stops: list[QWidget], around: QWidget) -> None:
    """Each stop is below the one before, or in the same line on its right."""
    for before, after in pairwise(stops):
        if part_of(before) == part_of(after):
            first, second = rect_in(before, around), rect_in(after, around)
            is_below = second.center().y() > first.bottom()
            is_beside = second.left() > first.left() and second.bottom() > first.top()
            names = f"{part_of(before)}: {before.objectName()} {first}, {after.objectName()} {second}"
            assert is_below or is_beside, names


def rect_in(widget: QWidget, around: QWidget) -> QRect:
    return QRect(widget.mapTo(around, QPoint(0, 0)), widget.size())


def assert_in_order(window: MainWindow, domain_id: str) -> None:
    tab = shown_domain(window, domain_id)
    first = card_of(window, tab.domain.statements[0].statement_id)
    ring = chain_of(window)
    start = next(place for place, stop in enumerate(ring) if first.isAncestorOf(stop))
    ring = [*ring[start:], *ring[:start]]
    parts = [part_of(stop) for stop in ring]
    assert without_repeats(parts) == expected_parts(tab)
    content = tab.widget()
    assert content is not None
    assert_as_read([stop for stop in ring if tab.isAncestorOf(stop)], content)
    assert pressed_from(ring[0]) == ring


def stops_on(window: MainWindow, statement_id: str) -> list[str]:
    return [stop.objectName() for stop in chain_on(window, statement_id)]


def chain_on(window: MainWindow, statement_id: str) -> list[QWidget]:
    card = card_of(window, statement_id)
    return [stop for stop in chain_of(window) if card.isAncestorOf(stop)]


# What is there once everything is built ---------------------------------------------------------------------


@pytest.mark.whole_form
def test_every_page_of_the_sample_is_gone_over_as_it_is_read_then_the_radar(
    sample_window: MainWindow,
) -> None:
    for domain_id in DOMAINS:
        assert_in_order(sample_window, domain_id)


@pytest.mark.whole_form
def test_so_is_every_page_of_an_audit_with_waves_and_agencies(agencies_window: MainWindow) -> None:
    for domain_id in DOMAINS:
        assert_in_order(agencies_window, domain_id)
    assert "last_time_button" in stops_on(agencies_window, "5.1")


def test_the_order_is_there_as_soon_as_everything_is(sample_path: Path, qtbot: QtBot) -> None:
    from hsb_desktop.app import open_window

    window = open_window(sample_path)
    qtbot.addWidget(window)
    page = page_of(window)
    page.build_all()
    window.show()
    assert page.is_built
    assert_in_order(window, "2")


def test_a_card_is_gone_over_from_help_over_the_score_to_the_boxes(sample_window: MainWindow) -> None:
    shown_domain(sample_window, "1")
    stops = stops_on(sample_window, "1.6a")
    score = next(stop for stop in stops if stop.startswith("score_"))
    places = [
        stops.index(name)
        for name in (
            "help_button",
            score,
            "history_button",
            "edit_reading",
            "evidence_edit",
            "assurance_edit",
        )
    ]
    assert places == sorted(places)


def test_the_page_comes_after_its_title_and_the_status_last(sample_window: MainWindow) -> None:
    shown_domain(sample_window, "1")
    ring = chain_of(sample_window)
    tab_bar, status = page_of(sample_window).tabs.tabBar(), sample_window.findChild(StatusLine)
    assert status is not None
    assert part_of(ring[ring.index(tab_bar) + 1]) == "statement_card_1.1"
    after_radar = max(place for place, stop in enumerate(ring) if part_of(stop) == "radar_panel") + 1
    assert status.isAncestorOf(ring[after_radar])


def test_the_overview_is_gone_over_before_the_radar(sample_window: MainWindow) -> None:
    page = page_of(sample_window)
    page.tabs.setCurrentIndex(0)
    QTest.qWait(20)
    ring = chain_of(sample_window)
    inside = [place for place, stop in enumerate(ring) if page.overview.isAncestorOf(stop)]
    radar = [place for place, stop in enumerate(ring) if part_of(stop) == "radar_panel"]
    assert ring[inside[0] - 1] is page.tabs.tabBar()
    assert inside == list(range(inside[0], radar[0]))
    content = page.overview.widget()
    assert content is not None
    assert_as_read([ring[place] for place in inside], content)


# What comes later -------------------------------------------------------------------------------------------


def test_a_stop_moves_with_the_score_and_stays_in_its_place(sample_window: MainWindow) -> None:
    click_score(sample_window, "1.3", 0)
    click_score(sample_window, "1.4", 4)
    QTest.qWait(20)
    assert_in_order(sample_window, "1")


def test_the_way_back_from_a_score_stands_before_the_links_behind_it(sample_window: MainWindow) -> None:
    click_score(sample_window, "1.3", 0)
    QTest.qWait(20)
    assert stops_on(sample_window, "1.3")[1:3] == ["score_0", "undo_score"]
    assert_in_order(sample_window, "1")


@pytest.mark.whole_form
def test_the_agencies_line_comes_between_score_and_boxes(window: MainWindow, qtbot: QtBot) -> None:
    page, session = page_of(window), page_of(window).session
    name = ValueAddress(Subject.AGENCY, (agency_id("Police"),), "name")
    session.change("agency", [(name, "Police")])
    qtbot.waitUntil(lambda: len(window.findChildren(AgenciesStrip)) == 46 and page.is_built)
    for domain_id in DOMAINS:
        assert_in_order(window, domain_id)


def test_links_that_are_first_offered_later_have_their_place(tmp_path: Path, open_shown: OpenShown) -> None:
    window = open_shown(write_audit(audit_with_agencies(), tmp_path / "Agencies.hsbaudit"))
    shown_domain(window, "1")
    strip = card_of(window, "1.6b").findChild(AgenciesStrip)
    assert strip is not None
    for agency, answer in zip(page_of(window).session.audit.agencies, (3, 1, 2), strict=True):
        page_of(window).session.rounds.answer("1.6b", agency.agency_id, answer)
    QTest.qWait(100)
    assert "accept" in stops_on(window, "1.6b")
    assert_in_order(window, "1")
    strip.record()
    QTest.qWait(100)
    panel = strip.findChild(RoundPanel)
    assert panel is not None
    assert panel.list in chain_of(window)
    ring = chain_of(window)
    assert part_of(ring[ring.index(panel.list) - 1]) == "statement_card_1.6b"
    assert_in_place(window, "1")


def test_an_agencys_own_answers_are_gone_over_as_they_are_read(tmp_path: Path, open_shown: OpenShown) -> None:
    pack = Pack("40000000-0000-4000-8000-000000000001", WAVE, agency_id("Police"))
    window = open_shown(
        write_audit(replace(audit_with_agencies(), packs=(pack,)), tmp_path / "Police.hsbaudit")
    )
    click_score(window, "1.2", 3)
    click_score(window, "1.2", 2)
    QTest.qWait(20)
    stops = ["help_button", "score_2", "undo_score", "no_view_button", "clear_score", "history_button"]
    boxes = ["evidence_edit", "assurance_edit"]
    assert stops_on(window, "1.2") == [*stops, *boxes]
    page_of(window).session.set_no_view("1.3")
    QTest.qWait(20)
    without_score = ["help_button", "score_0", "clear_score", "history_button", "no_view_reason_edit"]
    assert stops_on(window, "1.3") == [*without_score, *boxes]
    assert_as_read(chain_on(window, "1.3"), card_of(window, "1.3"))


@pytest.mark.whole_form
def test_last_times_texts_come_after_the_line_that_opens_them(agencies_window: MainWindow) -> None:
    shown_domain(agencies_window, "2")
    line = card_of(agencies_window, "2.1b").findChild(LastTimeLine)
    assert line is not None
    line.toggle()
    QTest.qWait(100)
    assert "last_evidence" in stops_on(agencies_window, "2.1b")
    assert_in_place(agencies_window, "2")


def test_marks_of_what_differs_have_their_place(sample_window: MainWindow) -> None:
    tab = shown_domain(sample_window, "1")
    card = card_of(sample_window, "1.6a")
    on_card, on_end = (ConflictMark(page_of(sample_window).session, parent) for parent in (card, tab.end))
    card.add_below_score(on_card)
    tab.end.add_below_heading(on_end)
    for mark in (on_card, on_end):
        mark.setText("Answers differ")
        mark.show()
    QTest.qWait(20)
    assert_in_order(sample_window, "1")
    assert stops_on(sample_window, "1.6a")[-3] == "conflict_mark"


@pytest.mark.whole_form
def test_a_locked_wave_is_gone_over_in_the_same_order_and_so_after_unlocking(
    sample_window: MainWindow,
) -> None:
    session = page_of(sample_window).session
    session.lock_wave(session.wave_id)
    QTest.qWait(100)
    assert_in_place(sample_window, "2")
    session.unlock_wave(session.wave_id)
    QTest.qWait(100)
    assert_in_place(sample_window, "2")


def assert_in_place(window: MainWindow, domain_id: str) -> None:
    """As `assert_in_order`, but without pressing the key where it means something else in a list."""
    tab = shown_domain(window, domain_id)
    ring = chain_of(window)
    inside = [stop for stop in ring if tab.isAncestorOf(stop)]
    content = tab.widget()
    assert content is not None
    assert_as_read(inside, content)
    assert without_repeats([part_of(stop) for stop in inside]) == expected_parts(tab)[:-2]
