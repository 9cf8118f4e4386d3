"""The report and the forms on screen, saved and on a printer."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QDesktopServices, QImage, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from hsb_desktop.errors import OutputRefused
from hsb_desktop.model import Audit, Response
from hsb_desktop.operations.creating import NewAudit, new_audit
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui import background, messages
from hsb_desktop.ui.paper import report_preview
from hsb_desktop.ui.paper.paper import Paper, PaperKind, listed_stand_ins, make_paper
from hsb_desktop.ui.paper.pdf_document import PdfDocument
from hsb_desktop.ui.paper.printing import print_document
from hsb_desktop.ui.paper.report_preview import ReportPreview
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import PARTNERSHIP, ResponseKey
from tests.ui.audits_with_agencies import NAMES, WAVE, agency_id, audit_with_agencies


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


@pytest.fixture
def preview(qtbot: QtBot, audit: Audit, tmp_path: Path) -> Iterator[ReportPreview]:
    dialog = shown_preview(qtbot, audit, tmp_path)
    yield dialog
    dialog.reject()


@pytest.fixture
def form(audit: Audit) -> Iterator[PdfDocument]:
    paper = make_paper(PaperKind.BLANK_FORM, audit, audit.waves[0].wave_id, "2026-03-12")
    document = PdfDocument(paper.content)
    yield document
    document.close()


def shown_preview(qtbot: QtBot, audit: Audit, folder: Path) -> ReportPreview:
    dialog = ReportPreview(audit, audit.waves[0].wave_id, folder)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(900, 700)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    return dialog


def press(dialog: ReportPreview, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def has_ink(image: QImage) -> bool:
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    return len(colours) > 1


def test_only_pages_in_sight_are_pictures(preview: ReportPreview) -> None:
    QApplication.processEvents()
    assert has_ink(preview.pages.viewport().grab().toImage())
    assert preview.page_label.text().startswith("Page 1 of ")
    # Held to a few, however many pages there are.
    preview.pages.go_to_page(20)
    QApplication.processEvents()
    assert len(preview.pages._pictures) <= 4


def test_the_keyboard_turns_pages(qtbot: QtBot, preview: ReportPreview) -> None:
    assert preview.focusWidget() is preview.pages
    QTest.keyClick(preview.pages, Qt.Key.Key_PageDown)
    assert preview.page_label.text().startswith("Page 2 of ")
    QTest.keyClick(preview.pages, Qt.Key.Key_PageUp)
    assert preview.page_label.text().startswith("Page 1 of ")
    QTest.keyClick(preview.pages, Qt.Key.Key_End)
    last = preview.page_label.text().split()
    assert last[1] == last[3]
    QTest.keyClick(preview.pages, Qt.Key.Key_Home)
    assert preview.page_label.text().startswith("Page 1 of ")


def test_a_screen_reader_is_told_the_words_of_the_page(preview: ReportPreview) -> None:
    words = preview.pages.accessibleDescription()
    assert words.startswith("Page 1 of ")
    assert "Northmoor Vale" in words


def test_zoom(qtbot: QtBot, preview: ReportPreview) -> None:
    fitting = preview.pages.zoom
    press(preview, "zoom_in_button")
    larger = preview.pages.zoom
    assert larger > fitting
    assert preview.zoom_label.text() == f"{larger} %"
    press(preview, "zoom_out_button")
    assert preview.pages.zoom < larger
    for _ in range(12):
        press(preview, "zoom_in_button")
    assert preview.pages.zoom == 300
    assert preview.pages.horizontalScrollBar().maximum() > 0
    press(preview, "fit_button")
    assert preview.pages.zoom == fitting
    assert preview.pages.horizontalScrollBar().maximum() == 0
    wheel = QWheelEvent(
        QPointF(50, 50),
        preview.pages.mapToGlobal(QPointF(50, 50)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    preview.pages.wheelEvent(wheel)
    assert preview.pages.zoom > fitting


def test_another_paper_can_be_chosen(qtbot: QtBot, preview: ReportPreview) -> None:
    report = preview.page_label.text()
    preview.kind.setCurrentIndex(preview.kind.findData(PaperKind.BLANK_FORM))
    preview.kind.activated.emit(preview.kind.currentIndex())
    assert not preview.save_button.isEnabled()
    qtbot.waitUntil(preview.save_button.isEnabled, timeout=20_000)
    assert preview.page_label.text() != report
    assert preview.proposed_path().name == "Northmoor Vale Baseline blank form.pdf"


def test_choosing_quickly_shows_the_last_choice(qtbot: QtBot, preview: ReportPreview) -> None:
    for kind in (PaperKind.FILLED_FORM, PaperKind.REPORT, PaperKind.BLANK_FORM):
        preview.kind.setCurrentIndex(preview.kind.findData(kind))
        preview.kind.activated.emit(preview.kind.currentIndex())
    qtbot.waitUntil(preview.save_button.isEnabled, timeout=30_000)
    words = preview.pages.accessibleDescription()
    pages = int(words.split()[3].rstrip("."))
    blank = make_paper(
        PaperKind.BLANK_FORM, preview._audit, preview._audit.waves[0].wave_id, preview.printed_on
    )
    assert pages == len(pypdfium2.PdfDocument(blank.content))


def test_saving(preview: ReportPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_preview, "choose_new_file", lambda *_a, **_k: tmp_path / "report")
    press(preview, "save_button")
    saved = tmp_path / "report.pdf"
    assert saved.read_bytes().startswith(b"%PDF-")
    assert preview.saved_path == saved
    assert preview.saved_label.text() == f"Saved to {saved}"
    assert preview.saved_row.isVisible()

    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    press(preview, "open_folder_button")
    assert [Path(folder) for folder in opened] == [tmp_path]


def test_saving_where_it_cannot_be(
    preview: ReportPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_preview, "choose_new_file", lambda *_a, **_k: tmp_path / "no" / "x.pdf")
    press(preview, "save_button")
    assert "does not exist" in preview.problem.text()
    assert preview.saved_path is None
    assert preview.save_button.isEnabled()


def test_stand_ins_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    audit = new_audit(NewAudit(area="Northmoor"))
    key = ResponseKey(audit.waves[0].wave_id, PARTNERSHIP, "1.1")
    audit = replace(audit, responses={key: Response(score=1, evidence="Shrugs: \U0001f937")})
    dialog = shown_preview(qtbot, audit, tmp_path)
    assert dialog.notices.isVisible()
    assert "[U+1F937]" in dialog.notices.text()
    dialog.reject()


def test_nothing_is_left_running_or_lying_about(
    qtbot: QtBot, audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dialog = ReportPreview(audit, audit.waves[0].wave_id, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    qtbot.waitUntil(nothing_is_running, timeout=20_000)
    assert list(tmp_path.iterdir()) == []


def nothing_is_running() -> bool:
    return not [thread for thread in threading.enumerate() if thread.name == "background-work"]


def test_closing_does_not_wait_for_the_pages(
    qtbot: QtBot, audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def slow(*_given: object) -> Paper:
        may_end.wait(20)
        raise OutputRefused("Nobody is to see this.")

    monkeypatch.setattr(report_preview, "make_paper", slow)
    dialog = ReportPreview(audit, audit.waves[0].wave_id, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert not dialog.isVisible()
    assert len(background._left_alone) == 1
    may_end.set()
    qtbot.waitUntil(lambda: not background._left_alone, timeout=20_000)
    assert nothing_is_running()
    assert dialog.problem.text() == ""


def test_it_fits_the_laptop(preview: ReportPreview) -> None:
    preview.fit_to(QSize(1366, 768))
    assert preview.width() <= 1366
    assert preview.height() <= 768


def test_printing_prints_every_page(form: PdfDocument, qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    out = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(100)
    told: list[int] = []

    def on_page(done: int) -> bool:
        told.append(done)
        return True

    assert print_document(form, printer, on_page)
    printed = pypdfium2.PdfDocument(out.read_bytes())
    assert len(printed) == len(form)
    assert told == list(range(len(form)))
    width, height = printed.get_page_size(0)
    assert width > height  # the form lies on its side
    pages = PdfDocument(out.read_bytes())
    assert has_ink(pages.picture(0, 1))
    pages.close()
    printed.close()


def test_printing_some_pages(form: PdfDocument, qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    out = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(72)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert print_document(form, printer, lambda _done: True)
    assert len(pypdfium2.PdfDocument(out.read_bytes())) == 2


def test_printing_can_be_stopped(form: PdfDocument, qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(72)
    assert not print_document(form, printer, lambda done: done < 1)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_start(form: PdfDocument, qtbot: QtBot, tmp_path: Path) -> None:
    del qtbot
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    with pytest.raises(OutputRefused, match="could not be started"):
        print_document(form, printer, lambda _done: True)


def test_printing_from_the_preview(preview: ReportPreview, tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(72)
    assert preview.print_on(printer)
    assert preview.page_label.text().endswith(f" of {len(pypdfium2.PdfDocument(out.read_bytes()))}")


def test_an_audit_without_a_wave_has_nothing_to_print(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    told: list[str] = []
    monkeypatch.setattr(messages, "show_error", lambda _parent, error: told.append(str(error)))
    without = replace(new_audit(NewAudit(area="Northmoor")), waves=())
    session = AuditSession(AuditFile.create(tmp_path / "x.hsbaudit", without))
    assert ReportPreview.show_for(session) is None
    session.close()
    assert "no wave" in told[0]


def test_many_stand_ins_are_counted() -> None:
    assert listed_stand_ins(("\U0001f937",)) == "[U+1F937]"
    assert listed_stand_ins(("\U0001f937",) * 30).endswith("… (30)")


def pdf_text(content: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_the_agencies_evidence_is_printed_only_where_it_is_ticked(qtbot: QtBot, tmp_path: Path) -> None:
    words = "Constables keep a register"
    key = ResponseKey(WAVE, agency_id(NAMES[0]), "1.1")
    audit = replace(audit_with_agencies(), responses=MappingProxyType({key: Response(3, evidence=words)}))
    dialog = shown_preview(qtbot, audit, tmp_path)
    box = dialog.agencies_evidence
    assert (box.isVisible(), box.isChecked()) == (True, False)
    assert dialog._document is not None
    assert words not in pdf_text(dialog._document.content)
    box.setChecked(True)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    assert dialog._document is not None
    assert words in pdf_text(dialog._document.content)
    dialog.kind.setCurrentIndex(dialog.kind.findData(PaperKind.BLANK_FORM))
    dialog.kind.activated.emit(dialog.kind.currentIndex())
    assert not box.isVisible()
    dialog.reject()


def test_where_no_agency_has_written_anything_there_is_no_such_choice(preview: ReportPreview) -> None:
    assert not preview.agencies_evidence.isVisible()
