"""The window that compares: files in, radar and table, letters or names, out as a file; nobody is ranked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.side_by_side import UNMODERATED, MemberKind
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.compare_reading import read_each
from hsb_desktop.ui.compare_window import CompareWindow
from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog
from hsb_desktop.ui.dialogs.privacy_dialog import PrivacyDialog
from hsb_desktop.ui.main_window import MainWindow
from tests.operations.several_files import audit_of, with_agencies, with_rounds, written

pytestmark = pytest.mark.short_form

Opened = Callable[[Path], MainWindow]


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return [
        written(tmp_path, "one", audit_of("audit-1", "Northmoor", {"1.1": 1, "1.2": 4}, later={"1.1": 3})),
        written(tmp_path, "two", audit_of("audit-2", "Eastvale", {"1.1": 2})),
        written(tmp_path, "three", audit_of("audit-3", "Wold", {"1.1": 4}, later={"1.1": 0})),
    ]


@pytest.fixture
def compare(paths: list[Path], open_shown: Opened) -> CompareWindow:
    """The window, opened from the menu over the first of three audits."""
    window = open_shown(paths[0])
    window.commands[Command.COMPARE_AUDITS].trigger()
    (shown,) = window.findChildren(CompareWindow)
    assert isinstance(shown, CompareWindow)
    return shown


def rows(window: CompareWindow) -> dict[str, list[str]]:
    table = window.table
    found = {}
    for row in range(table.rowCount()):
        cells = [table.item(row, column) for column in range(table.columnCount())]
        texts = [cell.text() for cell in cells if cell is not None]
        found[texts[0]] = texts[2:]
    return found


def members(window: CompareWindow) -> list[str]:
    return [window.members.item(row).text() for row in range(window.members.count())]


def check(window: CompareWindow, row: int, *, is_checked: bool) -> None:
    state = Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked
    window.members.item(row).setCheckState(state)


def save_to(monkeypatch: pytest.MonkeyPatch, out: Path, kind: str = "PDF (*.pdf)") -> None:
    def named(*_given: object, **_options: object) -> tuple[str, str]:
        return str(out), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", named)


# What is compared ---------------------------------------------------------------------------------------


def test_the_open_audit_is_the_first_and_one_alone_is_no_comparison(compare: CompareWindow) -> None:
    assert [compare.files.item(row).text() for row in range(compare.files.count())] == ["one.hsbaudit"]
    assert compare.shown is None
    assert not compare.save_button.isEnabled()
    assert compare.hint.text() == "Add two audits at least."


def test_lowest_median_and_highest_stand_in_the_table(compare: CompareWindow, paths: list[Path]) -> None:
    compare.add_files(paths[1:])
    assert rows(compare)["1.1"] == ["0", "2", "3", "3 / 3"]
    assert rows(compare)["1.2"] == ["–", "–", "–", "0 / 3"]
    assert rows(compare)["1"] == ["0.0", "2.0", "3.0", "3 / 3"]


def test_files_are_chosen_or_dropped(
    compare: CompareWindow, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(*_given: object, **_options: object) -> tuple[list[str], str]:
        return [str(paths[1])], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    compare.add_files_button.click()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(paths[2])), QUrl.fromLocalFile(str(paths[2].parent / "x.txt"))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    compare.dropEvent(event)
    assert compare.files.count() == 3
    compare.files.item(0).setSelected(True)
    compare.remove_files_button.click()
    assert compare.files.count() == 2


def test_only_waves_that_every_audit_has_can_be_chosen(compare: CompareWindow, paths: list[Path]) -> None:
    compare.add_files([paths[2]])
    labels = [compare.wave.itemText(row) for row in range(compare.wave.count())]
    assert labels == ["The latest of each", "Baseline", "Six months"]
    compare.wave.setCurrentIndex(1)
    assert rows(compare)["1.1"] == ["1", "2.5", "4", "2 / 2"]
    compare.add_files([paths[1]])
    labels = [compare.wave.itemText(row) for row in range(compare.wave.count())]
    assert labels == ["The latest of each", "Baseline"]
    assert compare.wave.currentText() == "Baseline"


def test_the_same_audit_twice_is_left_out_and_said(compare: CompareWindow, tmp_path: Path) -> None:
    copy = written(tmp_path, "copy", audit_of("audit-1", "Northmoor", {}))
    compare.add_files([copy])
    assert compare.files.count() == 1
    assert "the same audit" in compare.problem.text()


def test_what_is_no_audit_is_left_out_and_said(
    compare: CompareWindow, paths: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "bad.hsbaudit").write_text("no audit")
    compare.add_files([tmp_path / "bad.hsbaudit", paths[1]])
    assert compare.files.count() == 2
    assert "bad.hsbaudit" in compare.problem.text()


def test_a_protected_audit_asks_for_its_password(
    compare: CompareWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "correct horse battery"
    locked = written(tmp_path, "locked", audit_of("audit-4", "Fen", {"1.1": 2}), secret)

    def give(dialog: PasswordDialog) -> int:
        dialog.password.setText(secret)
        dialog.go_on_button.click()
        return dialog.result()

    monkeypatch.setattr(PasswordDialog, "exec", give)
    compare.add_files([locked])
    assert compare.shown is not None


@pytest.mark.whole_form
def test_of_the_open_audit_what_is_on_the_screen_counts(compare: CompareWindow, paths: list[Path]) -> None:
    window = compare.parent()
    assert isinstance(window, MainWindow)
    session = window.session
    assert session is not None
    compare.close_button.click()
    session.set_score("2.2", 4)
    anew = window.comparing.compare_audits()
    anew.add_files([paths[1]])
    assert rows(anew)["2.2"] == ["4", "4", "4", "1 / 2"]


# Nobody is ranked ---------------------------------------------------------------------------------------


def test_it_says_that_the_scores_are_unmoderated(compare: CompareWindow) -> None:
    assert compare.banner.text() == f"{UNMODERATED}. No league table."


def test_members_are_letters_until_they_are_named(compare: CompareWindow, paths: list[Path]) -> None:
    compare.add_files(paths[1:])
    assert members(compare) == ["A", "B", "C"]
    said = compare.radar.accessibleName() + compare.radar.accessibleDescription() + str(rows(compare))
    said += "".join(compare.members.item(row).toolTip() for row in range(3))
    assert not any(name in said for name in ("Northmoor", "Eastvale", "Wold", "hsbaudit"))
    compare.names.setChecked(True)
    assert members(compare) == ["Eastvale", "Northmoor", "Wold"]
    assert compare.members.item(1).toolTip() == "<p>Six months, 12 September 2026</p>"


def test_nothing_sorts_the_table(compare: CompareWindow, paths: list[Path]) -> None:
    compare.add_files(paths[1:])
    assert not compare.table.isSortingEnabled()
    assert not compare.table.horizontalHeader().sectionsClickable()


def test_an_axis_of_the_radar_leads_to_its_statements(compare: CompareWindow, paths: list[Path]) -> None:
    compare.add_files(paths[1:])
    compare.radar.axis_chosen.emit("3")
    item = compare.table.currentItem()
    assert item is not None
    assert item.text() == "3"


def test_a_statement_is_whole_in_its_tip_and_never_markup(compare: CompareWindow, paths: list[Path]) -> None:
    compare.add_files(paths[1:])
    item = compare.table.item(1, 1)
    assert item is not None
    assert item.toolTip() == f"<p>{escape(item.text())}</p>"


def test_the_radar_shows_what_is_checked_and_no_more_than_can_be_told_apart(
    compare: CompareWindow, paths: list[Path], tmp_path: Path
) -> None:
    more = [written(tmp_path, f"m{n}", audit_of(f"more-{n}", f"Area {n}", {"1.1": n})) for n in range(4)]
    compare.add_files([*paths[1:], *more])
    assert compare.radar.accessibleName() == "Radar: Median, A, B, C, D, E"
    check(compare, 6, is_checked=True)
    assert compare.members.item(6).checkState() == Qt.CheckState.Unchecked
    assert "told apart" in compare.problem.text()
    check(compare, 0, is_checked=False)
    check(compare, 6, is_checked=True)
    assert compare.radar.accessibleName() == "Radar: Median, B, C, D, E, G"


# Areas of one audit -------------------------------------------------------------------------------------


@pytest.mark.whole_form
def test_the_areas_of_the_open_audit_stand_side_by_side(tmp_path: Path, open_shown: Opened) -> None:
    answers = {"North": 1, "South": 3}
    audit = with_rounds(with_agencies(audit_of("audit-1", "County", {}), answers), answers, {"North": 4})
    window = open_shown(written(tmp_path, "region", audit))
    compare = window.comparing.compare_audits()
    compare.what.setCurrentIndex(compare.what.findData(MemberKind.AREAS))
    compare.names.setChecked(True)
    assert members(compare) == ["North side", "South side"]
    assert rows(compare)["3.2"] == ["1", "2", "3", "2 / 2"]
    # What was answered in the open round is nowhere.
    assert rows(compare)["3.3"] == ["–", "–", "–", "0 / 2"]


# Out ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names", [("c.pdf", "", "c.pdf"), ("c", "Workbook (*.xlsx)", "c.xlsx"), ("c", "CSV (*.csv)", "c.csv")]
)
def test_it_is_saved_as_pdf_workbook_or_csv(
    compare: CompareWindow,
    paths: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    names: tuple[str, str, str],
) -> None:
    compare.add_files(paths[1:])
    chosen, kind, written_name = names
    save_to(monkeypatch, tmp_path / chosen, kind)
    compare.save_button.click()
    assert (tmp_path / written_name).stat().st_size > 0


@pytest.mark.parametrize("goes_on", [True, False])
def test_names_that_may_identify_somebody_are_written_only_when_told_to(
    compare: CompareWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, goes_on: bool
) -> None:
    asked: list[tuple[str, list[str], bool]] = []

    def give(dialog: PrivacyDialog) -> int:
        dialog.show()
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        cells = [dialog.table.item(0, column) for column in range(3)]
        texts = [cell.text() for cell in cells if cell is not None]
        asked.append((dialog.go_on_button.text(), texts, dialog.go_there_button.isVisible()))
        return int(goes_on)

    monkeypatch.setattr(PrivacyDialog, "exec", give)
    number = "01632 960001"
    compare.add_files([written(tmp_path, "four", audit_of("audit-4", f"Ring {number}", {"1.1": 2}))])
    save_to(monkeypatch, tmp_path / "letters.csv", "CSV (*.csv)")
    compare.save_button.click()
    assert asked == []
    assert (tmp_path / "letters.csv").exists()
    compare.names.setChecked(True)
    save_to(monkeypatch, tmp_path / "names.csv", "CSV (*.csv)")
    compare.save_button.click()
    place = ["Name “Ring 016…”", "telephone number", f"Ring [{number}]"]
    assert asked == [("Go on and save", place, False)]
    assert (tmp_path / "names.csv").exists() is goes_on


def test_closed_it_is_gone_and_opens_anew(compare: CompareWindow, qtbot: QtBot) -> None:
    window = compare.parent()
    assert isinstance(window, MainWindow)
    assert window.comparing.compare_audits() is compare
    with qtbot.waitSignal(compare.destroyed):
        compare.close_button.click()
    assert window.comparing.compare_audits() is not compare


def test_it_opens_without_an_audit(qtbot: QtBot, window: MainWindow, paths: list[Path]) -> None:
    assert window.close_audit()
    compare = window.comparing.compare_audits()
    assert compare.files.count() == 0
    compare.add_files(paths)
    assert compare.shown is not None


# Reading ------------------------------------------------------------------------------------------------


def test_reading_can_be_cancelled_between_two_files(window: MainWindow, qtbot: QtBot) -> None:
    gate, begun = threading.Event(), []

    def read(path: Path) -> str:
        begun.append(path)
        gate.wait(20)
        return path.name

    def cancel() -> None:
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, QProgressDialog) and shown.isVisible():
                button = shown.findChild(QPushButton)
                assert button is not None
                button.click()
                gate.set()
                look.stop()

    look = QTimer(interval=20)
    look.timeout.connect(cancel)
    look.start()
    assert read_each(window, [Path("one"), Path("two")], read) is None
    assert begun == [Path("one")]


def test_what_a_read_raises_is_raised(window: MainWindow) -> None:
    def read(path: Path) -> str:
        raise ValueError(path.name)

    with pytest.raises(ValueError, match="one"):
        read_each(window, [Path("one")], read)
