"""The overview: each mean on its scale, and lines that tell statements apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.elided_link import ElidedLink
from hsb_desktop.ui.mean_bar import MeanBar
from hsb_desktop.ui.overview_tab import OverviewTab
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance


@pytest.fixture
def appearance(qtbot: QtBot) -> Appearance:
    del qtbot
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Appearance(application)


@pytest.fixture
def session(sample_path: Path, qtbot: QtBot) -> Iterator[AuditSession]:
    del qtbot
    session = AuditSession(AuditFile.open(sample_path))
    yield session
    session.close()


@pytest.fixture
def overview(session: AuditSession, appearance: Appearance, qtbot: QtBot) -> OverviewTab:
    session.set_score("1.6b", None)
    session.set_score("1.6c", None)
    tab = OverviewTab(session, appearance)
    qtbot.addWidget(tab)
    tab.resize(700, 600)
    tab.show()
    qtbot.waitExposed(tab)
    return tab


def accent_width(bar: MeanBar, appearance: Appearance) -> int:
    image: QImage = bar.grab().toImage()
    accent = appearance.theme.color("accent").rgb()
    middle = image.height() // 2 + 2
    return sum(image.pixel(x, middle) == accent for x in range(image.width()))


def test_a_bar_is_as_long_as_its_mean(qtbot: QtBot, appearance: Appearance) -> None:
    widths = []
    for mean in (None, 0.0, 1.0, 2.0, 4.0):
        bar = MeanBar("Responses", mean, appearance)
        qtbot.addWidget(bar)
        bar.resize(400, 22)
        widths.append(accent_width(bar, appearance))
    assert widths[0] == 0
    assert 0 < widths[1] < 16  # a mean of 0 is a point
    assert widths[2] == pytest.approx(100, abs=12)
    assert widths[3] == pytest.approx(200, abs=12)
    assert widths[4] > 380


def test_a_bar_says_its_mean(overview: OverviewTab) -> None:
    said = [bar.accessibleName() for bar in overview.findChildren(MeanBar) if bar.isVisible()]
    assert said[0].startswith("Responses: mean ")
    assert said[0].endswith(" of 4, part scored")
    assert said[1].endswith(" of 4")
    labels = [label.text() for label in overview.findChildren(QLabel) if label.isVisible()]
    assert "8 of 10: part scored" in labels
    assert "10 of 10 scored" in labels


def test_parts_are_told_apart_and_nothing_is_wider_than_the_page(overview: OverviewTab) -> None:
    lines = [line for line in overview.findChildren(ElidedLink) if line.isVisible()]
    parts = [line for line in lines if line.text().startswith("1.6")]
    assert parts[0].text().startswith("1.6b   [–]   … Children and young people in care")
    assert parts[1].text().startswith("1.6c   [–]   … Children and young people in secure")
    assert "We are confident" in parts[0].accessibleName()
    content = overview.widget()
    assert content is not None
    assert content.width() <= overview.viewport().width()
