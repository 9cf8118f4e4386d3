"""In an agency's pack the partnership's reading is shown, on card and full screen, and not edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.operations.packs import PackKind
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.reading_line import ReadingLine
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.values import Subject, ValueAddress
from tests.operations.packs import POLICE, SECRETS, made_audit, pack_of, sent, type_into

from .test_pack_screen import part, screen_of
from .test_workshop import OpenShown, page_of

READING = f"◆ The partnership reads it so: {SECRETS['reading']}"


@pytest.fixture
def pack_path(tmp_path: Path) -> Path:
    whole = made_audit(tmp_path / "audit.hsbaudit")
    unmarked = ValueAddress(Subject.READING, ("1.2",), "text")
    type_into(whole, {unmarked: "Known means <b>written</b> down."})
    outcome = sent(whole, tmp_path / "packs", kinds=(PackKind.AUDIT,))
    return pack_of(outcome, POLICE, PackKind.AUDIT)


@pytest.fixture
def pack_window(pack_path: Path, open_shown: OpenShown) -> MainWindow:
    window = open_shown(pack_path)
    window.resize(1280, 720)
    return window


def words_in(widget: QWidget) -> list[str]:
    """What the lines about readings say that are seen in a widget."""
    found = []
    for line in widget.findChildren(ReadingLine):
        if line.isVisible():
            assert not part(QPushButton, line, "edit_reading").isVisible()
            found.append(part(StillLabel, line, "reading_words").text())
    return found


def test_the_card_shows_the_partnership_s_reading_and_lets_nobody_edit_it(
    pack_window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(pack_window)
    page.show_statement("2.6")
    qtbot.waitUntil(lambda: READING in words_in(page.domain_tab("2")))
    # A marked statement of which nothing is written down asks an agency for no reading.
    assert len(words_in(page.domain_tab("2"))) == 1


def test_a_reading_of_any_statement_is_shown_literally(pack_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(pack_window)
    page.show_statement("1.2")
    expected = ["◆ The partnership reads it so: Known means <b>written</b> down."]
    qtbot.waitUntil(lambda: words_in(page.domain_tab("1")) == expected)


@pytest.mark.whole_form
def test_the_full_screen_shows_it_beside_the_statement_it_belongs_to(pack_window: MainWindow) -> None:
    screen = screen_of(pack_window, "2.6")
    assert words_in(screen) == [READING]
    screen.show_statement("2.7")
    assert words_in(screen) == []
