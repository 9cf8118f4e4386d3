"""The statement on the full screen: whatever is recorded and revealed, nothing stands on anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.model import Agency, Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.agencies_strip import AgenciesStrip
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.statement_screen import StatementScreen
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.examples import cases
from tests.ui.audits_with_agencies import WAVE, audit_with_agencies, write_audit

Key = Qt.Key
Opened = Callable[..., StatementScreen]

NAMES = (
    "Northmoor Vale Children’s Social Care",
    "Northmoor Vale Youth Justice Service",
    "Northmoor Health Trust",
    "Northmoor Police",
    "Northmoor Schools Forum",
    "Northmoor CAMHS",
    "Fernlight Young People’s Project",
    "Northmoor Vale Early Help and Family Support",
    "Northmoor Vale Safeguarding Partnership Team",
    "Northmoor Probation Service",
    "Northmoor Vale Residential Care Providers",
    "Fernlight Victims and Witnesses Service",
)
SCREENS = [(1280, 720), (1366, 768)]
ANSWERS = (Key.Key_3, Key.Key_2, Key.Key_1, Key.Key_X, Key.Key_0, Key.Key_4)
STATEMENTS = ["1.1", "1.2", "2.4"]
"""Two long ones, and one whose reading is asked for."""


class Page:
    """What N and P go along."""

    def neighbour_of(self, statement_id: str, step: int) -> str | None:
        return None

    def agenda_in_words(self, statement_id: str) -> str:
        return ""


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    """Show a statement of an audit with so many agencies, with a score, texts and a target."""
    sessions: list[AuditSession] = []
    frames: list[QWidget] = []

    def open_it(size: tuple[int, int], agencies: int, statement_id: str = "1.1") -> StatementScreen:
        path = write_audit(_audit(agencies, statement_id), tmp_path / "Invented area.hsbaudit")
        session = AuditSession(AuditFile.open(path))
        sessions.append(session)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        frame = QWidget()
        qtbot.addWidget(frame)
        frames.append(frame)
        screen = StatementScreen(session, Appearance(application), Page(), frame)
        screen.resize(*size)
        frame.resize(*size)
        frame.show()
        qtbot.waitExposed(frame)
        screen.show_statement(statement_id)
        QTest.qWait(60)
        return screen

    yield open_it
    for session in sessions:
        session.discard_unsaved()
        session.close()


def _audit(agencies: int, statement_id: str) -> Audit:
    audit = audit_with_agencies(())
    taking_part = tuple(
        Agency(f"20000000-0000-4000-8000-{place:012d}", name, position=place)
        for place, name in enumerate(NAMES[:agencies])
    )
    key = ResponseKey(WAVE, PARTNERSHIP, statement_id)
    text = "We can count what comes through the front door but not what happens next. " * 5
    response = replace(audit.response(key), score=2, target=3, evidence=text, assurance=text)
    return replace(
        audit,
        agencies=taking_part,
        attendance=frozenset((WAVE, agency.agency_id) for agency in taking_part),
        responses={**audit.responses, key: response},
    )


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        QTest.qWait(1)
    QTest.qWait(60)


def answer(agencies: int, *, all_of_them: bool = False) -> None:
    """Record the agencies, all but the last, one after another."""
    for place in range(agencies if all_of_them else agencies - 1):
        press(ANSWERS[place % len(ANSWERS)])


def seen(screen: StatementScreen) -> dict[str, QRect]:
    """Where everything stands that nothing else stands in."""
    found: dict[str, QRect] = {}
    for widget in screen.findChildren(QWidget):
        is_inner = any(isinstance(child, QWidget) and child.isVisible() for child in widget.children())
        is_part = widget.parentWidget() is not None and "scroll" in widget.objectName()
        is_text_box = widget in (screen.evidence_edit, screen.assurance_edit)
        inside = any(box.isAncestorOf(widget) for box in (screen.evidence_edit, screen.assurance_edit))
        agencies = widget.objectName() == "round_agencies"
        in_list = any(up.objectName() == "round_agencies" for up in _above(widget))
        if not widget.isVisible() or is_part or inside or in_list:
            continue
        if is_inner and not (is_text_box or agencies):
            continue
        words = getattr(widget, "text", str)() if not is_text_box else ""
        if isinstance(widget, QLabel | StillLabel) and not words:
            continue
        name = f"{type(widget).__name__} {widget.objectName()} {words[:30]!r} {len(found)}"
        found[name] = QRect(widget.mapTo(screen, QPoint(0, 0)), widget.size())
    return found


def _above(widget: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def wrong(screen: StatementScreen) -> list[str]:
    """Say what stands on something else, off the screen, or is lower than its words."""
    places = seen(screen)
    told = [f"{a} {p} on {b} {q}" for (a, p), (b, q) in combinations(places.items(), 2) if p.intersects(q)]
    told += [f"{name} {place} off" for name, place in places.items() if not screen.rect().contains(place)]
    for widget in screen.findChildren(QWidget):
        if not widget.isVisible() or screen.evidence_edit.isAncestorOf(widget):
            continue
        if isinstance(widget, StillLabel | QLabel) and widget.text():
            needed = widget.heightForWidth(widget.width())
            needed = needed if needed > 0 else widget.sizeHint().height()
            if widget.height() < needed:
                told.append(f"{widget.objectName()} {widget.text()[:30]!r} {widget.height()} < {needed}")
        elif widget.objectName() == "target_button" and widget.height() < widget.sizeHint().height():
            told.append(f"target {widget.height()} < {widget.sizeHint().height()}")
    return told


def size_of_statement(screen: StatementScreen) -> float:
    label = screen.findChild(QLabel, "projected_text")
    assert label is not None
    return label.font().pointSizeF()


def strip_of(screen: StatementScreen) -> AgenciesStrip:
    strip = screen.findChild(AgenciesStrip)
    assert strip is not None
    return strip


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("agencies", cases([3, 7, 12], 7, 12))
@pytest.mark.parametrize("statement_id", cases(STATEMENTS, "1.2"))
def test_nothing_stands_on_anything_else_at_any_step_of_a_round(
    opened: Opened, size: tuple[int, int], agencies: int, statement_id: str
) -> None:
    screen = opened(size, agencies, statement_id)
    found = {"before": wrong(screen)}
    press(Key.Key_B)
    found["opened"] = wrong(screen)
    answer(agencies)
    found["recorded"] = wrong(screen)
    press(Key.Key_V)
    found["asked"] = wrong(screen)
    press(Key.Key_V)
    found["revealed"] = wrong(screen)
    press(Key.Key_V)
    found["named"] = wrong(screen)
    press(Key.Key_E)
    found["written"] = wrong(screen)
    press(Key.Key_Escape)
    found["read again"] = wrong(screen)
    assert not {step: told for step, told in found.items() if told}


@pytest.mark.parametrize("size", cases(SCREENS, SCREENS[0]))
@pytest.mark.parametrize("agencies", cases([3, 7, 12], 12))
def test_a_warning_and_a_refusal_have_their_room(
    opened: Opened, size: tuple[int, int], agencies: int
) -> None:
    screen = opened(size, agencies)
    press(Key.Key_B, Key.Key_3)
    press(Key.Key_V)
    found = {"asked": wrong(screen)}
    press(Key.Key_Escape, Key.Key_V)
    found["asked in the line"] = wrong(screen)
    press(Key.Key_B)
    answer(agencies - 1)
    press(Key.Key_V, Key.Key_V)
    notes = strip_of(screen).findChild(StillLabel, "agreement_notes")
    assert notes is not None
    for step in ("revealed", "named", "hidden again"):
        assert notes.isVisible()
        assert "Reason missing" in notes.text()
        found[step] = wrong(screen)
        press(Key.Key_V)
    assert not {step: told for step, told in found.items() if told}


@pytest.mark.parametrize("agencies", cases([3, 7, 12], 3, 12))
@pytest.mark.parametrize("statement_id", cases(STATEMENTS, "1.2"))
def test_the_statement_is_as_large_before_the_first_answer_as_after_it(
    opened: Opened, agencies: int, statement_id: str
) -> None:
    screen = opened(SCREENS[0], agencies, statement_id)
    press(Key.Key_B)
    at_first = size_of_statement(screen)
    press(Key.Key_3)
    assert abs(size_of_statement(screen) - at_first) <= 1
    assert at_first >= 18


@pytest.mark.parametrize("size", SCREENS)
def test_the_heading_is_whole_where_there_is_room_beside_it(opened: Opened, size: tuple[int, int]) -> None:
    screen = opened(size, 3)
    headings = [label.text() for label in screen.findChildren(QLabel)]
    domain = "A continuum of responses to children and young people displaying HSB"
    assert f"Domain 1 · {domain}" in headings


@pytest.mark.parametrize("agencies", cases([3, 7, 12], 7, 12))
def test_names_under_the_scores_and_in_the_round_are_whole(opened: Opened, agencies: int) -> None:
    screen = opened(SCREENS[0], agencies)
    press(Key.Key_B)
    listed = screen.findChild(QListWidget, "round_agencies")
    assert listed is not None
    room = listed.viewport().width()
    for place in range(listed.count()):
        item = listed.item(place)
        advance = listed.fontMetrics().horizontalAdvance(item.text())
        assert advance < item.sizeHint().width() <= room
        assert listed.viewport().rect().contains(listed.visualItemRect(item))
    answer(agencies, all_of_them=True)
    press(Key.Key_V, Key.Key_V)
    row = screen.findChild(QWidget, "head_count_row")
    assert row is not None
    shown = " ".join(label.text() for label in row.findChildren(StillLabel) if label.isVisible())
    words = " ".join(shown.split())
    scored = [name for place, name in enumerate(NAMES[:agencies]) if ANSWERS[place % 6] is not Key.Key_X]
    assert [name for name in scored if name not in words] == []
    assert not wrong(screen)


@pytest.mark.parametrize("statement_id", cases(STATEMENTS, "1.2"))
def test_a_dozen_names_under_one_score_stand_across_the_screen(opened: Opened, statement_id: str) -> None:
    screen = opened(SCREENS[0], 12, statement_id)
    press(Key.Key_B, *[Key.Key_3] * 12)
    press(Key.Key_V, Key.Key_V)
    row = screen.findChild(QWidget, "head_count_row")
    assert row is not None
    shown = [label.text() for label in row.findChildren(StillLabel) if label.isVisible()]
    assert f"3:  {', '.join(NAMES)}" in shown
    assert not wrong(screen)


def test_a_pointer_left_over_a_score_shades_it_like_no_choice(opened: Opened) -> None:
    screen = opened(SCREENS[0], 3)
    button = screen.score_selector.buttons[4]
    before = button.grab().toImage().pixelColor(button.width() // 2, button.height() - 20)
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    after = button.grab().toImage().pixelColor(button.width() // 2, button.height() - 20)
    assert after == before
