"""A workshop start to end in the real window: packs, a blind round, what is agreed, the next wave, paper."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QTableWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.overlays import SeriesKey
from hsb_desktop.model import Audit, Response
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.agencies_strip import AgenciesStrip
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.agreement_dialog import AgreementDialog
from hsb_desktop.ui.dialogs.details_dialog import DetailsDialog
from hsb_desktop.ui.dialogs.movement_dialog import MovementDialog
from hsb_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog
from hsb_desktop.ui.dialogs.new_wave_dialog import NewWaveDialog
from hsb_desktop.ui.dialogs.packs_dialog import PacksDialog
from hsb_desktop.ui.dialogs.return_dialog import ReturnDialog
from hsb_desktop.ui.last_time_line import LastTimeLine
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.paper import report_preview
from hsb_desktop.ui.paper.report_preview import ReportPreview
from hsb_desktop.ui.radar.radar_legend import RadarLegend
from hsb_desktop.ui.radar.radar_panel import RadarPanel
from hsb_desktop.ui.radar.series_chooser import SeriesChooser
from hsb_desktop.values import NO_VIEW, PARTNERSHIP, ResponseKey, VoteKey
from tests.operations.packs import fill_sheet

from .scripted import Room

Key = Qt.Key
POLICE, HEALTH, SCHOOLS = AGENCIES = ("Northmoor Police", "Fernlight Health Trust", "Ashgrove Schools")
REASON = "The clinic log shown in the room covers the whole year"
LATER_REASON = "Eight of the ten files that were drawn show it"
AGREED_BY = "Police, Schools; Health after seeing the log"
HELP = "A dip sample of ten files in May"
DISSENT = "Health would have said 1"
_DIGITS = (Key.Key_0, Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4)

ANSWERS: dict[str, dict[str, tuple[int | str, str]]] = {
    POLICE: {"1.2": (3, "A rota of trained officers."), "1.4": (2, ""), "5.2": (4, "Joint log.")},
    HEALTH: {"1.2": (1, "One clinic in two."), "1.4": (2, "Minutes of March."), "5.2": (NO_VIEW, "")},
    SCHOOLS: {"1.2": (2, ""), "1.4": (2, ""), "5.2": (1, "Two schools of nine.")},
}
"""What each agency fills in before the workshop; 1.1 is left for the room."""


@pytest.fixture
def room(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(window, qtbot, monkeypatch)


def test_a_workshop_from_packs_to_the_report(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_audit(room, tmp_path)
    audit_path, baseline = room.session.path, room.session.wave_id
    packs = send_packs(room, tmp_path / "packs")
    for agency in AGENCIES:
        fill_pack(room, packs / f"{agency} - Baseline.hsbaudit", agency)
    room.open(audit_path)
    take_in(room, [packs / f"{agency} - Baseline.hsbaudit" for agency in AGENCIES])
    score_blind(room)
    accept_agreement(room)
    agree_otherwise(room, "1.2", 2, REASON)
    room.fill("2.4", Key.Key_3, "A register of referrals.")
    room.fill("3.1", Key.Key_2, "Ten files.")
    lock(room)
    begin_next_wave(room)
    what_moved(room)
    lay_over_one_another(room, baseline)
    printed = report(room, tmp_path / "report.pdf", monkeypatch)
    for words in (
        f"Recommended 1: {HEALTH} 1, {POLICE} 3, {SCHOOLS} 3 (spread 2)",
        LATER_REASON,
        AGREED_BY,
        HELP,
        DISSENT,
        "Losses (1)",
        "No longer evidenced (1)",
        "Gains (1)",
        "Baseline",
        "Six months",
    ):
        assert words in printed, words
    final = saved(audit_path)
    assert room.session.audit == final
    assert [final.agreed(baseline, statement).score for statement in ("1.1", "1.2", "1.4")] == [1, 2, 2]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_packs_returned_as_worksheets_that_libreoffice_saved(room: Room, tmp_path: Path) -> None:
    begin_audit(room, tmp_path)
    packs = send_packs(room, tmp_path / "packs")
    sheets = [packs / f"{agency} - Baseline.xlsx" for agency in AGENCIES]
    for agency, sheet in zip(AGENCIES, sheets, strict=True):
        rows: dict[str, dict[str, object]] = {
            statement: {"score": answer, "evidence": evidence or None}
            for statement, (answer, evidence) in ANSWERS[agency].items()
        }
        fill_sheet(sheet, rows)
    take_in(room, saved_by_libreoffice(sheets, tmp_path))
    score_blind(room)
    accept_agreement(room)
    agree_otherwise(room, "1.2", 2, REASON)
    assert room.session.audit == saved(room.session.path)


# Stations -------------------------------------------------------------------------------------------------


def begin_audit(room: Room, folder: Path) -> None:
    """Make a new audit with three agencies."""

    def name_it(dialog: QDialog) -> None:
        assert isinstance(dialog, NewAuditDialog)
        QTest.keyClicks(dialog.details.area, "Northmoor Vale")
        dialog.held_on.setText("12 March 2026")
        dialog.author.setText("Facilitator")
        dialog.path.setText(str(folder / "Northmoor Vale.hsbaudit"))
        room.click(dialog, "create_button")

    def add_agencies(dialog: QDialog) -> None:
        assert isinstance(dialog, DetailsDialog)
        for agency in AGENCIES:
            room.push(dialog.agencies.add_button)
            room.type_and_enter(agency)
        room.look("agencies added", dialog)
        room.click(dialog, "save_button")

    room.will("new_audit_dialog", name_it)
    room.command(Command.NEW)
    room.wait_until_built()
    room.will("details_dialog", add_agencies)
    room.command(Command.DETAILS)
    room.settle()
    assert [agency.name for agency in room.session.audit.agencies] == list(AGENCIES)
    room.go_to("1.1")
    assert "Agencies: 0 of 3 answered" in room.says("1.1")
    room.look("new audit")


def send_packs(room: Room, folder: Path) -> Path:
    """Write a pack of each kind for each agency."""
    folder.mkdir()
    room.chosen_file("getExistingDirectory", folder)

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, PacksDialog)
        assert [box.text() for box in dialog.agencies.values()] == list(AGENCIES)
        dialog.return_to.setText("The safeguarding office")
        room.click(dialog, "go_on_button")

    def look(dialog: QDialog) -> None:
        assert "9 files are in" in room.words(dialog)
        room.click(dialog, "close_button")

    room.will("packs_dialog", choose)
    room.will("packs_written_dialog", look)
    room.command(Command.SEND_PACKS)
    kinds = (".hsbaudit", ".xlsx", ".pdf")
    written = {path.name for path in folder.iterdir()}
    assert written == {f"{agency} - Baseline{kind}" for agency in AGENCIES for kind in kinds}
    return folder


def fill_pack(room: Room, path: Path, agency: str) -> None:
    """Be one agency, alone, before the workshop."""
    room.open(path)
    assert room.window.windowTitle().startswith(f"Pack for {agency} · Baseline")
    for statement, (answer, evidence) in ANSWERS[agency].items():
        key = Key.Key_X if answer == NO_VIEW else _DIGITS[int(answer)]
        room.fill(statement, key, evidence)
    room.settle()
    room.look(f"pack of {agency}")
    others = set(AGENCIES) - {agency}
    assert not [name for name in others if name in room.words()]


def take_in(room: Room, paths: list[Path]) -> None:
    """Drop the packs together: what they hold is counted before, and open afterwards."""

    def agree(dialog: QDialog) -> None:
        told = room.words(dialog)
        for path in paths:
            assert path.name in told
        assert "cannot be taken in" not in told
        assert isinstance(dialog, ReturnDialog)
        dialog.fit_to(QSize(1280, 672))
        assert dialog.scroll_area.verticalScrollBar().maximum() == 0
        room.click(dialog, "take_in_button")

    room.will("return_dialog", agree)
    room.drop(*paths)
    room.wait_until(lambda: answer_of(room, SCHOOLS, "5.2") == 1)
    room.wait_until(lambda: "Merged 3 files: 14 values changed." in room.words())
    for agency, answers in ANSWERS.items():
        for statement, (answer, evidence) in answers.items():
            assert answer_of(room, agency, statement) == answer
            assert response_of(room, agency, statement).evidence == evidence
    room.go_to("1.2")
    assert "1: ●   2: ●   3: ●" in room.says("1.2")
    assert "Recommended 1: the lowest of 3 (spread 2)" in room.says("1.2")
    assert not [agency for agency in AGENCIES if agency in room.says("1.2")]
    room.look("packs are in")
    room.press(Key.Key_V)
    assert f"Recommended 1: {HEALTH} 1, {SCHOOLS} 2, {POLICE} 3 (spread 2)" in room.says("1.2")
    room.press(Key.Key_V)


def score_blind(room: Room) -> None:
    """Three votes keyed with nothing to see of them, revealed together, names on the second key; accepted."""
    wave = room.session.wave_id
    room.go_to("1.1")
    room.press(Key.Key_B)
    room.look("recording")
    room.press(Key.Key_3, Key.Key_1)
    assert "Round 1 · 2 of 3 recorded" in room.says("1.1")
    assert "Recommended" not in room.says("1.1")
    assert "●" not in room.says("1.1")
    room.press(Key.Key_X)
    assert all(answer_of(room, agency, "1.1") is None for agency in AGENCIES)
    assert "Every agency has been recorded" in room.says("1.1")
    room.look("all recorded")
    room.press(Key.Key_V)
    revealed = room.says("1.1")
    assert "0: –   1: ●   2: –   3: ●   4: – · no view 1 · spread 2" in revealed
    assert not [agency for agency in AGENCIES if agency in revealed]
    room.look("revealed")
    room.press(Key.Key_V)
    assert f"3: ● {POLICE}" in room.says("1.1")
    assert f"Recommended 1: {HEALTH} 1, {POLICE} 3 (spread 2)" in room.says("1.1")
    room.look("names")
    room.press(Key.Key_Y)
    room.settle()
    assert "Agreed 1, as recommended" in room.says("1.1")
    assert room.page.domain_tab("1").card("1.1").score_selector.score == 1
    room.look("accepted")
    votes = {key.agency_id: answer for key, answer in room.session.audit.votes.items()}
    assert votes == dict(zip(ids_of(room), (3, 1, NO_VIEW), strict=True))
    assert VoteKey(wave, "1.1", "1", ids_of(room)[0]) in room.session.audit.votes


def accept_agreement(room: Room) -> None:
    """All three said the same before: one key makes it the agreed score."""
    room.go_to("1.4")
    assert "Recommended 2: all 3 agree" in room.says("1.4")
    room.press(Key.Key_Y)
    room.settle()
    assert "Agreed 2: all 3 agree" in room.says("1.4")


def agree_otherwise(room: Room, statement_id: str, score: int, reason: str) -> None:
    """Another score than the lowest needs a reason and who agreed, and both are shown."""
    room.go_to(statement_id)

    def override(dialog: QDialog) -> None:
        assert isinstance(dialog, AgreementDialog)
        dialog.score.setCurrentIndex(dialog.score.findData(score))
        room.click(dialog, "save_button")
        assert "needs a reason" in dialog.problem.text()
        QTest.keyClicks(dialog.reason, reason)
        room.click(dialog, "save_button")
        assert "who agreed" in dialog.problem.text()
        QTest.keyClicks(dialog.agreed_by, AGREED_BY)
        QTest.keyClicks(dialog.what_would_help, HELP)
        QTest.keyClicks(dialog.dissent, DISSENT)
        room.look("override", dialog)
        room.click(dialog, "save_button")

    room.will("agreement_dialog", override)
    strip = room.page.domain_tab(statement_id[0]).card(statement_id).findChild(AgenciesStrip)
    assert strip is not None
    room.click(strip, "agree_otherwise")
    room.settle()
    told = room.says(statement_id)
    assert f"Agreed {score}; recommended 1" in told
    assert f"Reason: {reason} · Agreed by: {AGREED_BY}" in told
    assert f"Suggested action: {HELP}" in told
    assert f"Dissent: {DISSENT}" in told
    room.look("overridden")


def lock(room: Room) -> None:
    """The finished wave can be read, and not scored any more."""
    room.will_agree("Lock Baseline?")
    room.command(Command.LOCK_WAVE)
    room.settle()
    assert "Baseline is locked" in room.words()
    before = room.session.audit
    room.go_to("1.1")
    room.press(Key.Key_4, Key.Key_B)
    assert room.session.audit == before
    room.look("locked")


def begin_next_wave(room: Room) -> None:
    """Everything is empty with last time beside it; some of it is scored anew."""

    def begin(dialog: QDialog) -> None:
        assert isinstance(dialog, NewWaveDialog)
        assert dialog.label.currentText() == "Six months"
        dialog.held_on.setText("14 September 2026")
        room.click(dialog, "begin_button")

    room.will("new_wave_dialog", begin)
    room.command(Command.NEW_WAVE)
    room.settle()
    room.go_to("1.2")
    assert "Last time (Baseline, March 2026): 2" in told_last_time(room, "1.2")
    assert room.page.domain_tab("1").card("1.2").score_selector.score is None
    room.look("new wave")
    room.press(Key.Key_L)
    assert HEALTH not in room.says("1.2")
    room.look("last time open")
    room.press(Key.Key_L)
    room.press(Key.Key_B, Key.Key_0, Key.Key_1, Key.Key_2, Key.Key_V, Key.Key_Y)
    room.go_to("1.1")
    reveal_on_the_full_screen(room)
    agree_otherwise(room, "1.1", 3, LATER_REASON)
    room.fill("1.4", Key.Key_2, "Minutes of September.")
    room.fill("2.4", Key.Key_3)
    room.settle()


def reveal_on_the_full_screen(room: Room) -> None:
    """The moment of the meeting: columns of dots under the five scores, names on the second key."""
    room.command(Command.PROJECT)
    room.press(Key.Key_B, Key.Key_3, Key.Key_1)
    room.look("full screen, recording")
    assert "●" not in room.words()
    room.press(Key.Key_3, Key.Key_V)
    assert "3:  ●●  2" in room.words()
    assert not [agency for agency in AGENCIES if agency in room.words()]
    room.look("full screen, revealed")
    room.press(Key.Key_V)
    assert all(agency in room.words() for agency in AGENCIES)
    room.look("full screen, names")
    room.command(Command.PROJECT)


def what_moved(room: Room) -> None:
    """Losses first, like for like."""

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MovementDialog)
        assert dialog.summary.text().startswith("4 of 46 statements were scored in both")
        rows = {text_of(dialog.moves, row, 0).split()[0]: row for row in range(dialog.moves.rowCount())}
        assert [*rows] == ["1.2", "2.4", "1.1", "1.4", "3.1"]
        assert text_of(dialog.moves, rows["1.2"], 1) == "2 lower"
        assert text_of(dialog.moves, rows["2.4"], 1) == "no longer evidenced"
        assert text_of(dialog.moves, rows["1.1"], 1) == "2 higher"
        room.click(dialog, "go_button")

    room.will("movement_dialog", look)
    room.command(Command.MOVEMENT)
    room.look("after what moved")


def lay_over_one_another(room: Room, baseline: str) -> None:
    """Both waves and one agency on the radar, in the legend and in the file."""
    police = ids_of(room)[0]
    wanted = (
        SeriesKey(baseline, PARTNERSHIP),
        SeriesKey(baseline, police),
        SeriesKey(room.session.wave_id, PARTNERSHIP),
    )

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, SeriesChooser)
        room.click(dialog, "preset_waves")
        box = next(
            each for each in dialog.findChildren(QCheckBox) if each.accessibleName() == f"Baseline · {POLICE}"
        )
        box.click()
        assert dialog.chosen() == wanted
        room.click(dialog, "show_button")

    (panel,) = room.window.findChildren(RadarPanel)
    room.will("series_chooser", choose)
    room.click(panel, "compare_series")
    room.settle()
    names = ["Baseline · Partnership", f"Baseline · {POLICE}", "Six months · Partnership"]
    assert [each.name for each in panel.content.series] == names
    (legend,) = panel.findChildren(RadarLegend)
    assert legend.isVisible()
    assert room.session.audit.series == {tuple(key) for key in wanted}
    room.look("overlaid")


def report(room: Room, out: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Preview the report, save it, and return all its words."""
    monkeypatch.setattr(report_preview, "choose_new_file", lambda *_given, **_options: out)

    def save(dialog: QDialog) -> None:
        assert isinstance(dialog, ReportPreview)
        room.wait_until(dialog.save_button.isEnabled)
        room.look("report", dialog)
        room.click(dialog, "save_button")
        assert dialog.saved_path == out
        room.click(dialog, "close_button")

    room.will("report_preview", save)
    room.command(Command.REPORT)
    room.keep(out)
    document = pypdfium2.PdfDocument(out.read_bytes())
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


# Small things ---------------------------------------------------------------------------------------------


def saved(path: Path) -> Audit:
    """What the file holds, read beside the window that has it open."""
    with AuditFile.open(path, read_only=True) as file:
        return file.read()


def ids_of(room: Room) -> list[str]:
    """The agencies' ids in their order."""
    return [agency.agency_id for agency in room.session.audit.agencies]


def response_of(room: Room, agency: str, statement_id: str) -> Response:
    """What an agency answers in the shown wave."""
    agency_id = ids_of(room)[AGENCIES.index(agency)]
    return room.session.audit.response(ResponseKey(room.session.wave_id, agency_id, statement_id))


def answer_of(room: Room, agency: str, statement_id: str) -> int | str | None:
    """An agency's score, or that it has no view."""
    response = response_of(room, agency, statement_id)
    return NO_VIEW if response.no_view else response.score


def text_of(table: QTableWidget, row: int, column: int) -> str:
    """A cell's text."""
    item = table.item(row, column)
    assert item is not None
    return item.text()


def told_last_time(room: Room, statement_id: str) -> str:
    """What the line of last time says on a card."""
    line = room.page.domain_tab(statement_id[0]).card(statement_id).findChild(LastTimeLine)
    assert line is not None
    assert line.isVisible()
    return line.button.accessibleName()


def saved_by_libreoffice(sheets: list[Path], folder: Path) -> list[Path]:
    """The worksheets as LibreOffice writes them once somebody has saved them there."""
    out = folder / "saved"
    profile = (folder / "office").as_uri()
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx",
         "--outdir", str(out), *map(str, sheets)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return [out / sheet.name for sheet in sheets]
