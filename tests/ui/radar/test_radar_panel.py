from __future__ import annotations

from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.standing import Standing, standing
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Agency, Audit, AuditDetails, Response, Wave
from hsb_desktop.ui.radar.radar_lettering import caption_lines
from hsb_desktop.ui.radar.radar_panel import PICTURE_SIZE, RadarPanel
from hsb_desktop.ui.radar.radar_table import RadarTable
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.theme import Appearance, Theme, load_theme
from hsb_desktop.values import PARTNERSHIP, ChangeSet, ResponseKey

Part = TypeVar("Part", bound=QObject)


class Session(QObject):
    """As much of a session as the panel reads."""

    audit_changed = Signal()
    wave_changed = Signal()
    is_read_only = False
    unnamed: frozenset[tuple[str, str]] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.wave_id, self.party_id = "w2", PARTNERSHIP
        self.path = Path("folder") / "Northmoor.hsbaudit"
        self.audit = Audit(
            "audit",
            instrument_by_id(),
            details=AuditDetails(area="Northmoor Vale", marking="OFFICIAL-SENSITIVE"),
            waves=(Wave("w1", "Baseline"), Wave("w2", "Six months", held_on="2026-09-14")),
            agencies=(Agency("a1", "Police"),),
        )
        self.score("1.1", 2)

    def apply(self, change_set: ChangeSet) -> None:
        self.audit = self.audit.with_changes(change_set.changes)
        self.audit_changed.emit()

    def name_all(self) -> None:
        self.unnamed = frozenset()

    @property
    def standing(self) -> Standing:
        return standing(self.audit, self.wave_id, self.party_id)

    def score(self, statement_id: str, score: int, wave_id: str = "w2", party_id: str = PARTNERSHIP) -> None:
        key = ResponseKey(wave_id, party_id, statement_id)
        responses = {**self.audit.responses, key: Response(score=score)}
        a = self.audit
        self.audit = Audit(
            a.audit_id,
            a.instrument,
            details=a.details,
            waves=a.waves,
            agencies=a.agencies,
            responses=responses,
        )
        self.audit_changed.emit()


class Looks:
    def __init__(self) -> None:
        self.theme: Theme = load_theme("light")
        self.zoom = 100


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> RadarPanel:
    widget = RadarPanel(session, cast(Appearance, Looks()))
    qtbot.addWidget(widget)
    widget.resize(400, 640)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def _part(panel: RadarPanel, kind: type[Part], role: str) -> Part:
    found = panel.findChild(kind, role)
    assert isinstance(found, kind)
    return found


def _radar(panel: RadarPanel) -> RadarWidget:
    return _part(panel, RadarWidget, "radar_widget")


def _table(panel: RadarPanel) -> RadarTable:
    return _part(panel, RadarTable, "radar_table")


def _text(panel: RadarPanel, role: str = "radar_readout") -> str:
    return _part(panel, QLabel, role).text()


def test_it_follows_each_change_by_itself(panel: RadarPanel, session: Session) -> None:
    assert _radar(panel).values() == {"1": 2.0, "2": None, "3": None, "4": None, "5": None}
    session.score("2.1a", 0)
    assert _radar(panel).values()["2"] == 0
    assert _table(panel).model().index(1, 1).data() == "0.0"


def test_it_follows_wave_and_party(panel: RadarPanel, session: Session) -> None:
    session.score("1.1", 4, wave_id="w1")
    session.wave_id = "w1"
    session.wave_changed.emit()
    assert _radar(panel).values()["1"] == 4
    assert _text(panel, "radar_subject") == "Baseline"
    session.party_id = "a1"
    session.score("1.2", 3, "w1", "a1")
    assert _radar(panel).values()["1"] == 3
    assert _text(panel, "radar_subject") == "Baseline · Police"


def test_the_switch_shows_a_domains_statements(panel: RadarPanel, qtbot: QtBot) -> None:
    switch = _part(panel, QComboBox, "radar_switch")
    assert [switch.itemText(row) for row in range(3)] == [
        "All domains",
        "Statements of Responses",
        "Statements of Prevention",
    ]
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Down)
    assert len(_radar(panel).values()) == 10
    assert _radar(panel).values()["1.1"] == 2
    assert _table(panel).model().rowCount() == 10
    panel.show_domain("")
    assert switch.currentIndex() == 0
    assert _table(panel).model().rowCount() == 5


def test_an_axis_or_row_goes_to_its_domain_or_statement(panel: RadarPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.domain_chosen) as chosen:
        _radar(panel).axis_chosen.emit("4")
    assert chosen.args == ["4"]
    panel.show_domain("1")
    with qtbot.waitSignal(panel.statement_chosen) as chosen:
        _table(panel).axis_chosen.emit("1.6a")
    assert chosen.args == ["1.6a"]


def test_the_wheel_does_not_change_the_switch(panel: RadarPanel) -> None:
    switch = _part(panel, QComboBox, "radar_switch")
    here = QPoint(5, 5)
    wheel = QWheelEvent(
        QPointF(here),
        QPointF(switch.mapToGlobal(here)),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(switch, wheel)
    assert switch.currentIndex() == 0


def test_the_readout_tells_what_is_pointed_at(panel: RadarPanel, qtbot: QtBot) -> None:
    assert "Point at" in _text(panel)
    radar = _radar(panel)
    panel.activateWindow()
    radar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(radar.hasFocus)
    assert _text(panel) == "Responses: 2.0 of 4 · 1 of 10 scored"


@pytest.mark.parametrize("size", [(330, 600), (400, 640)])
@pytest.mark.parametrize("domain_id", ["", "1"])
def test_no_horizontal_scroll_bar_in_a_narrow_panel(
    panel: RadarPanel, size: tuple[int, int], domain_id: str
) -> None:
    panel.resize(*size)
    if domain_id:
        panel.show_domain(domain_id)
    table = _table(panel)
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert _part(panel, QPushButton, "save_picture").geometry().right() <= size[0] - 12


def test_another_theme_and_zoom_are_taken_on(session: Session, qtbot: QtBot) -> None:
    looks = Looks()
    panel = RadarPanel(session, cast(Appearance, looks))
    qtbot.addWidget(panel)
    panel.resize(400, 640)
    panel.show()
    before = _radar(panel).grab().toImage()
    looks.theme, looks.zoom = load_theme("dark"), 150
    panel.refresh_appearance()
    after = _radar(panel).grab().toImage()
    assert after.pixelColor(1, 1).name().upper() == looks.theme.tokens["surface"].upper()
    assert before.pixelColor(1, 1) != after.pixelColor(1, 1)


def test_at_a_large_zoom_nothing_is_cut_off_to_the_side(session: Session, qtbot: QtBot) -> None:
    looks = Looks()
    looks.zoom = 300
    panel = RadarPanel(session, cast(Appearance, looks))
    qtbot.addWidget(panel)
    font = panel.font()
    font.setPointSizeF(31)
    panel.setFont(font)
    panel.refresh_appearance()
    panel.resize(420, 640)
    panel.show()
    content = _part(panel, QWidget, "scroll_content")
    viewport = content.parentWidget()
    assert viewport is not None
    assert content.width() <= viewport.width()


def test_the_caption_says_where_when_and_how_protected(panel: RadarPanel) -> None:
    assert panel.caption() == "Northmoor Vale · Six months · Sep 2026 · OFFICIAL-SENSITIVE"
    panel.show_domain("2")
    assert "Prevention" in panel.caption()


def test_a_picture_is_proposed_beside_the_audit(panel: RadarPanel, session: Session) -> None:
    assert panel.proposed_path().parent == Path("folder")
    assert panel.proposed_path().name.startswith("Radar Northmoor Vale · Six months")


def test_a_long_area_does_not_push_out_wave_and_date(qtbot: QtBot) -> None:
    del qtbot
    metrics = QFontMetricsF(QFont("Noto Sans", 12))
    area = "The Partnership for Safeguarding Children and Young People of Northmoor Vale and Southmoor"
    caption = f"SAMPLE · {area} · Six months · Sep 2026 · OFFICIAL"
    first, second = caption_lines(caption, metrics, 400)
    assert first.startswith("SAMPLE · The")
    assert second == "Six months · Sep 2026 · OFFICIAL"
    assert all(metrics.horizontalAdvance(line) <= 400 for line in (first, second))
    assert caption_lines("Northmoor · T1", metrics, 400) == ("Northmoor · T1",)
    assert caption_lines("", metrics, 400) == ()


@pytest.mark.parametrize("size", [(385, 600), (384, 560)])
def test_nothing_scrolls_at_the_panels_usual_size(
    session: Session, qtbot: QtBot, size: tuple[int, int]
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    panel = RadarPanel(session, Appearance(application))
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    qtbot.waitExposed(panel)
    QApplication.processEvents()
    scroll = panel.findChild(QScrollArea)
    assert scroll is not None
    assert scroll.verticalScrollBar().maximum() == 0
    for name in ("copy_picture", "save_picture", "large_radar"):
        assert not _part(panel, QPushButton, name).visibleRegion().isEmpty()


def test_the_large_radar_is_wanted_by_button_and_double_click(panel: RadarPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.large_wanted):
        _part(panel, QPushButton, "large_radar").click()
    with qtbot.waitSignal(panel.large_wanted):
        QTest.mouseDClick(_radar(panel), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_copy_puts_a_picture_on_the_clipboard(panel: RadarPanel, qtbot: QtBot) -> None:
    QTest.mouseClick(_part(panel, QPushButton, "copy_picture"), Qt.MouseButton.LeftButton)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == PICTURE_SIZE
    assert "clipboard" in _text(panel)


def test_save_writes_a_whole_png_or_svg(
    panel: RadarPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("radar.png", "radar.svg"):
        monkeypatch.setattr(panel, "ask_for_path", lambda name=name: tmp_path / name)
        panel.save_picture()
        assert _text(panel) == f"Saved: {name}"
    assert QImage(str(tmp_path / "radar.png")).width() == PICTURE_SIZE[0]
    drawing = (tmp_path / "radar.svg").read_text(encoding="utf-8")
    assert "Responses" in drawing
    assert "<image" not in drawing
    assert sorted(path.name for path in tmp_path.iterdir()) == ["radar.png", "radar.svg"]


def test_a_refused_picture_says_so_and_leaves_nothing(
    panel: RadarPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "ask_for_path", lambda: tmp_path / "missing" / "radar.png")
    panel.save_picture()
    assert "does not exist" in _text(panel)
    monkeypatch.setattr(panel, "ask_for_path", lambda: None)
    panel.save_picture()
    assert not list(tmp_path.iterdir())
