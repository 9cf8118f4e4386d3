"""Every way out of the window looks at the texts first, and leads to what it found."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

import hsb_desktop
from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.operations import privacy_scan
from hsb_desktop.ui import privacy_flows
from hsb_desktop.ui.dialogs.agency_answers_dialog import AgencyAnswersDialog
from hsb_desktop.ui.dialogs.details_dialog import DetailsDialog
from hsb_desktop.ui.dialogs.privacy_dialog import PrivacyDialog
from hsb_desktop.ui.dialogs.share_protection_dialog import (
    ShareAnswer,
    ShareProtection,
    ShareProtectionDialog,
)
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.paper import report_preview
from hsb_desktop.ui.paper.paper import PaperKind
from hsb_desktop.ui.paper.report_preview import ReportPreview
from hsb_desktop.ui.privacy_flows import may_leave
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import (
    PARTNERSHIP,
    ResponseKey,
    Subject,
    ValueAddress,
    new_id,
    response_address,
)

pytestmark = pytest.mark.short_form

NUMBER = "01632 960001"


class Answers:
    """Stands for the person before the dialog: counts how often it was asked, and answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.goes_on = False
        self.goes_to: int | None = None

    def give(self, dialog: PrivacyDialog) -> int:
        self.asked.append((dialog.go_on_button.text(), dialog.table.rowCount()))
        if self.goes_to is not None:
            dialog.table.setCurrentCell(self.goes_to, 0)
            dialog.go_there_button.click()
        return int(self.goes_on and self.goes_to is None)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    answers = Answers()

    def give(dialog: PrivacyDialog) -> int:
        return answers.give(dialog)

    monkeypatch.setattr(PrivacyDialog, "exec", give)
    return answers


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what leaves, and a file dialog that names `out` in it."""
    folder = tmp_path / "out"
    folder.mkdir()

    def named(*given: object, **_options: object) -> tuple[str, str]:
        suffix = ".hsbaudit" if "hsbaudit" in str(given[3]) else str(given[2])[-4:]
        return str(folder / f"out{suffix}"), str(given[3])

    monkeypatch.setattr(QFileDialog, "getSaveFileName", named)
    unprotected = ShareAnswer(ShareProtection.NONE)
    monkeypatch.setattr(ShareProtectionDialog, "ask", lambda **_options: unprotected)
    return folder


def session_of(window: MainWindow) -> AuditSession:
    assert window.session is not None
    return window.session


WAYS_OUT = {
    "share": lambda window: window.flows.share(),
    "export": lambda window: window.flows.export_data(),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_nobody_is_asked_where_nothing_is_found(
    sample_window: MainWindow, way: str, answers: Answers, out: Path
) -> None:
    WAYS_OUT[way](sample_window)
    assert answers.asked == []
    assert len(list(out.iterdir())) == 1


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("goes_on", [True, False])
def test_it_leaves_only_when_told_to(
    window: MainWindow, way: str, goes_on: bool, answers: Answers, out: Path
) -> None:
    answers.goes_on = goes_on
    session_of(window).set_evidence("3.2", f"Ring {NUMBER}")
    WAYS_OUT[way](window)
    assert answers.asked == [("Go on and export", 1)]
    assert len(list(out.iterdir())) == int(goes_on)


def test_words_that_are_still_being_typed_are_looked_at(window: MainWindow, answers: Answers) -> None:
    assert window.page is not None
    window.page.domain_tab("3").card("3.2").evidence_edit.insertPlainText(NUMBER)
    assert not may_leave(session_of(window), window)
    assert answers.asked == [("Go on and export", 1)]


def test_a_copy_for_oneself_is_not_asked_about(window: MainWindow, answers: Answers, out: Path) -> None:
    session_of(window).set_evidence("3.2", NUMBER)
    window.flows.save_copy()
    assert answers.asked == []
    assert len(list(out.iterdir())) == 1


# The places -----------------------------------------------------------------------------------------------


def fill(session: AuditSession) -> None:
    """Enter a number in every text of the window; characters that count twice for Qt stand before it."""
    wave_id, text = session.wave_id, f"🙂 é Ring {NUMBER} now"
    sitting, agency, later = new_id(), new_id(), new_id()
    session.change("fill", [
        (ValueAddress(Subject.AUDIT, (), "title"), text),
        (ValueAddress(Subject.AUDIT, (), "area"), text),
        (ValueAddress(Subject.AUDIT, (), "coordinator_name"), text),
        (ValueAddress(Subject.AUDIT, (), "coordinator_role"), text),
        (ValueAddress(Subject.AUDIT, (), "marking"), text),
        (ValueAddress(Subject.AGENCY, (agency,), "name"), text),
        (ValueAddress(Subject.AGENCY, (agency,), "sector"), text),
        (ValueAddress(Subject.AGENCY, (agency,), "area"), text),
        (ValueAddress(Subject.WAVE, (wave_id,), "label"), text),
        (ValueAddress(Subject.WAVE, (later,), "label"), "Later"),
        (ValueAddress(Subject.WAVE, (later,), "position"), 1),
        (ValueAddress(Subject.SITTING, (sitting,), "wave_id"), wave_id),
        (ValueAddress(Subject.SITTING, (sitting,), "note"), text),
        (response_address(ResponseKey(wave_id, PARTNERSHIP, "1.2"), "evidence"), "line\n" * 60 + text),
        (response_address(ResponseKey(wave_id, PARTNERSHIP, "4.8"), "assurance"), text),
        (ValueAddress(Subject.DOMAIN_NOTE, (wave_id, "5"), "comments"), text),
        (response_address(ResponseKey(later, PARTNERSHIP, "2.4"), "evidence"), text),
    ])  # fmt: skip
    assert session.settle()


@pytest.mark.whole_form
def test_each_place_is_gone_to_with_what_was_found_selected(
    qtbot: QtBot, window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(window)
    fill(session)
    found = privacy_scan.scan(session.shown, today=date.today())
    assert len(found) == 14
    selected: dict[str, str] = {}

    def look_and_close(dialog: DetailsDialog) -> int:
        dialog.show()
        qtbot.waitExposed(dialog)
        QApplication.processEvents()
        focused = dialog.focusWidget()
        line = focused.lineEdit() if isinstance(focused, QComboBox) else focused
        assert isinstance(line, QLineEdit)
        selected[str(found[answers.goes_to or 0].address)] = line.selectedText()
        place = line.mapTo(dialog.scroll_area.viewport(), line.rect().center())
        assert dialog.scroll_area.viewport().rect().contains(place)
        dialog.reject()
        return 0

    monkeypatch.setattr(DetailsDialog, "exec", look_and_close)
    for row, finding in enumerate(found):
        answers.goes_to = row
        assert not may_leave(session, window)
        address = finding.address
        if address.subject in (Subject.RESPONSE, Subject.DOMAIN_NOTE):
            box = window.focusWidget()
            assert isinstance(box, QPlainTextEdit)
            assert session.wave_id == address.key[0]
            selected[str(address)] = box.textCursor().selectedText()
            assert window.page is not None
            tabs = window.page.tabs
            assert tabs.isAncestorOf(box)
            place = box.viewport().mapTo(tabs, box.cursorRect().center())
            assert tabs.rect().contains(place)
    assert len(selected) == len(found)
    assert set(selected.values()) == {NUMBER}


def test_a_place_leads_out_of_the_full_screen(window: MainWindow, answers: Answers) -> None:
    session = session_of(window)
    session.set_evidence("3.2", NUMBER)
    window.toggle_projection()
    answers.goes_to = 0
    assert not may_leave(session, window)
    assert window.page is not None
    assert window.page.isVisible()
    assert window.focusWidget() is window.page.domain_tab("3").card("3.2").evidence_edit


@pytest.mark.whole_form
def test_a_text_without_a_box_leads_to_its_statement(window: MainWindow, answers: Answers) -> None:
    session = session_of(window)
    agency = new_id()
    evidence = response_address(ResponseKey(session.wave_id, PARTNERSHIP, "2.4"), "evidence")
    session.change("x", [
        (ValueAddress(Subject.AGENCY, (agency,), "name"), "Police"),
        (response_address(ResponseKey(session.wave_id, agency, "1.3"), "evidence"), NUMBER),
        (ValueAddress(Subject.READING, ("4.8",), "text"), NUMBER),
        (ValueAddress(Subject.CONFLICT, ("c",), "address"), str(evidence)),
        (ValueAddress(Subject.CONFLICT, ("c",), "first_value"), NUMBER),
    ])  # fmt: skip
    assert session.settle()
    assert window.page is not None
    for row, statement_id in enumerate(("4.8", "2.4"), start=1):
        answers.goes_to = row
        assert not may_leave(session, window)
        assert window.page.current_statement_id == statement_id
        assert window.page.domain_tab(statement_id[0]).isVisible()


@pytest.mark.whole_form
def test_a_text_of_an_agency_is_shown_in_the_dialog_that_holds_it(
    window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(window)
    agency, other = new_id(), new_id()
    session.change("x", [
        (ValueAddress(Subject.AGENCY, (other,), "name"), "Health"),
        (ValueAddress(Subject.AGENCY, (agency,), "name"), "Police"),
        (response_address(ResponseKey(session.wave_id, agency, "1.3"), "evidence"), NUMBER),
    ])  # fmt: skip
    assert session.settle()
    seen: list[tuple[str, str]] = []

    def look(dialog: AgencyAnswersDialog) -> int:
        seen.append((dialog.agency.currentText(), dialog.evidence.textCursor().selectedText()))
        return 0

    monkeypatch.setattr(AgencyAnswersDialog, "exec", look)
    answers.goes_to = 0
    assert not may_leave(session, window)
    assert seen == [("Police", NUMBER)]
    assert window.page is not None
    assert window.page.current_statement_id == "1.3"


# On paper -------------------------------------------------------------------------------------------------


@pytest.fixture
def preview(window: MainWindow, qtbot: QtBot) -> Iterator[ReportPreview]:
    session = session_of(window)
    session.set_evidence("3.2", f"Ring {NUMBER}")
    dialog = ReportPreview(session.shown, session.wave_id, session.path.parent)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    yield dialog
    dialog.reject()


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_saved_pdf_leaves_only_when_told_to(
    preview: ReportPreview,
    goes_on: bool,
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = tmp_path / "saved.pdf"
    monkeypatch.setattr(report_preview, "choose_new_file", lambda *_given: chosen)
    answers.goes_on = goes_on
    preview.save_button.click()
    assert answers.asked == [("Go on and save", 1)]
    assert chosen.exists() is goes_on


@pytest.mark.parametrize("goes_on", [True, False])
def test_the_printer_is_asked_for_only_when_told_to(
    preview: ReportPreview, goes_on: bool, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    printers: list[QPrintDialog] = []

    def turned_down(dialog: QPrintDialog) -> int:
        printers.append(dialog)
        return 0

    monkeypatch.setattr(QPrintDialog, "exec", turned_down)
    answers.goes_on = goes_on
    preview.print_button.click()
    assert answers.asked == [("Go on and print", 1)]
    assert len(printers) == int(goes_on)


def test_a_blank_form_has_nothing_of_the_evidence(
    qtbot: QtBot, preview: ReportPreview, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_preview, "choose_new_file", lambda *_given: tmp_path / "blank.pdf")
    preview.kind.setCurrentIndex(preview.kind.findData(PaperKind.BLANK_FORM))
    preview._make()
    qtbot.waitUntil(preview.save_button.isEnabled, timeout=20_000)
    preview.save_button.click()
    assert answers.asked == []
    assert (tmp_path / "blank.pdf").exists()


def test_a_place_chosen_in_the_preview_closes_it_and_is_shown(
    qtbot: QtBot, window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(window)
    session.set_evidence("3.2", f"Ring {NUMBER}")
    answers.goes_to = 0

    def save(dialog: ReportPreview) -> int:
        dialog.show()
        qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
        dialog.save_button.click()
        assert not dialog.isVisible()
        return 0

    monkeypatch.setattr(ReportPreview, "exec", save)
    assert ReportPreview.show_for(session, window) is None
    assert window.page is not None
    box = window.page.domain_tab("3").card("3.2").evidence_edit
    assert window.focusWidget() is box
    assert box.textCursor().selectedText() == NUMBER


# Without a freeze, and without a gap ----------------------------------------------------------------------


@pytest.mark.whole_form
def test_the_window_lives_while_long_texts_are_looked_at(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_on: list[threading.Thread] = []
    ticks: list[int] = []
    may_end = threading.Event()

    def slow(*_given: object, **_options: object) -> tuple[Finding, ...]:
        looked_on.append(threading.current_thread())
        assert may_end.wait(20)
        return ()

    def tick() -> None:
        ticks.append(1)
        may_end.set()

    monkeypatch.setattr(privacy_flows, "scan", slow)
    QTimer.singleShot(100, tick)
    assert may_leave(session_of(window), window)
    assert ticks
    assert looked_on != [threading.main_thread()]


ASKED = {
    "ui/flows.py": "share and export_data ask",
    "ui/paper/report_preview.py": "saving and printing ask",
    "ui/pack_flows.py": "packs ask",
    "cli/packs.py": "packs list",
    "cli/audits.py": "export lists",
    "cli/comparing.py": "compare and collate list",
    "ui/compare_flows.py": "saving a comparison asks",
}
NOT_ASKED = {
    "ui/session.py": "save_elsewhere goes on in another file of the same person",
    "ui/lock_flows.py": "a copy of the same person's, of what somebody else has open",
    "ui/radar/radar_picture.py": "a picture of scores, without texts",
    "ui/without_display.py": "the sample, which is made up",
}
WRITERS = {
    "whole_file", "share_copy", "save_copy", "write_audit", "export_audit", "print_with_progress",
    "print_document", "write_report_pdf", "write_filled_form_pdf", "report_pdf", "filled_form_pdf",
    "write_csv", "write_json", "write_workbook", "write_packs", "write_comparison", "collate",
    "collating",
}  # fmt: skip
MAKERS = {"ui/paper/paper.py": "made in memory, for the preview"}


def test_whoever_adds_a_way_out_says_whether_it_asks() -> None:
    root = Path(hsb_desktop.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in (*(root / "cli").glob("*.py"), *(root / "ui").rglob("*.py"))
        if imported(path) & WRITERS
    }
    assert found == {*ASKED, *NOT_ASKED, *MAKERS}
    for name in ASKED:
        assert imported(root / name) & {
            "may_leave",
            "ask_before_leaving",
            "may_write_comparison",
            "in_log_lines",
            "list_identifiers",
        }, name


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
