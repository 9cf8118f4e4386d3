"""A program of its own: takes texts that look like markup or formulas through every way out and every screen.

`python show_payloads.py FOLDER URL PIPE NUMBER…` ends with an error where one of them is not taken literally.
Whether the address was asked for is seen by who started it; a pipe that is opened would never let this end.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QTextEdit,
    QWidget,
)

from hsb_desktop.app import WorkshopApplication, open_window
from hsb_desktop.errors import RowProblem, RowsRefused
from hsb_desktop.model import Agency, Audit, AuditDetails, DomainNote, Response, Sitting, Wave
from hsb_desktop.operations.exporting import write_audit
from hsb_desktop.operations.importing import plan_import
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, NoteKey, ResponseKey
from tests.faults.payloads import payload
from tests.interchange.audits import as_rows_carry, empty_audit, instrument

_DAY = "2026-11-20"
_GUARDED = ("=", "+", "-", "@", "\t", "\r")
_ACTIVE = ("/URI", "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/SubmitForm", "/GoToR", "/ImportData")


def audit_of(texts: list[str]) -> Audit:
    """An audit in which these stand wherever a person can enter a text."""
    statements = [statement.statement_id for statement in instrument().statements]
    name = texts[0].strip() or "x"
    agencies = tuple(Agency(f"a{n}", f"{text.strip()} {n}", text, text, n) for n, text in enumerate(texts))
    responses = {
        ResponseKey("w1", PARTNERSHIP, statements[n]): Response(3, evidence=text, assurance=text)
        for n, text in enumerate(texts)
    } | {
        ResponseKey("w1", f"a{n}", statements[n]): Response(no_view=True, no_view_reason=text)
        for n, text in enumerate(texts)
    }
    return Audit(
        "audit-1",
        instrument(),
        made_at="2026-11-20T09:00:00+00:00",
        details=AuditDetails(name, name, coordinator_name=name, coordinator_role=name, marking=name),
        waves=(Wave("w1", name, _DAY),),
        sittings=(Sitting("s1", "w1", _DAY, name),),
        agencies=agencies,
        attendance=frozenset(("w1", agency.agency_id) for agency in agencies),
        responses=responses,
        notes={NoteKey("w1", "1"): DomainNote(name, _DAY)},
        readings={statements[n]: text for n, text in enumerate(texts)},
    )


# Ways out ---------------------------------------------------------------------------------------------------


def through_exports(folder: Path, audit: Audit, texts: list[str]) -> None:
    """Write everything that can be written, and look into it with other programs' eyes."""
    for suffix in (".csv", ".xlsx"):
        out = folder / f"out{suffix}"
        write_audit(audit, out, printed_on=_DAY)
        blank = replace(empty_audit(wave="other"), waves=())
        back = blank.with_changes(plan_import(blank, out).change_set.changes)
        assert as_rows_carry(back) == as_rows_carry(audit), f"{suffix} brings back another audit"
    write_audit(audit, folder / "out.json", printed_on=_DAY)
    assert plan_import(empty_audit(), folder / "out.json").responses_changed == len(audit.responses)
    _look_into_csv(folder / "out.csv")
    _look_into_workbook(folder / "out.xlsx")
    for kind in ("report", "form"):
        out = folder / f"{kind}.pdf"
        write_audit(audit, out, kind="report" if kind == "report" else "form", printed_on=_DAY)
        _look_into_pdf(out, texts)


def _look_into_csv(path: Path) -> None:
    for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.startswith(_GUARDED), f"a cell begins like a formula: {cell!r}"


def _look_into_workbook(path: Path) -> None:
    for sheet in openpyxl.load_workbook(path):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f", f"a formula: {cell.value!r}"
                assert cell.hyperlink is None, f"a link: {cell.value!r}"
                assert not (cell.data_type == "s" and str(cell.value).startswith(_GUARDED)), repr(cell.value)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert b'TargetMode="External"' not in archive.read(name), f"{name} leads outside"


def _look_into_pdf(path: Path, texts: list[str]) -> None:
    document = pypdfium2.PdfDocument(path)
    words = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    words = words.replace("\ufffe", "").replace("-", "")
    for text in texts:
        wanted = "".join(text.split()).replace("-", "")
        assert wanted in words, f"{path.name} does not show {text!r}"
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            keys = thing.keys() if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else ()
            assert not set(_ACTIVE) & set(keys), f"{path.name} does something: {list(keys)}"
            if isinstance(thing, pikepdf.Stream):
                assert thing.get("/Subtype") != "/Image", f"{path.name} holds a picture"


# Screens ----------------------------------------------------------------------------------------------------


def through_window(path: Path, folder: Path, texts: list[str]) -> None:
    """Show every screen and dialog that shows a text of the audit, and look at every widget there is."""
    application = WorkshopApplication(sys.argv[:1])
    window = open_window(path)
    window.resize(1366, 740)
    window.show()
    page = window.page
    assert page is not None
    page.session.author = texts[0].strip() or "x"
    page.build_all()
    page.header.refresh()
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        application.processEvents()
    window.commands.make()
    window.commands.show_undo(texts[0], texts[-1])
    window.say(texts[0])
    page.open_find()
    for text in texts:
        line = window.findChild(QLineEdit, "find_line")
        assert isinstance(line, QLineEdit)
        line.setText(text.strip()[:20])
    page.open_go_to()
    page.toggle_agenda()
    _look(window, texts)
    page.toggle_agenda()
    window.toggle_projection()
    application.processEvents()
    _look(window, texts)
    window.toggle_projection()
    for dialog in _dialogs(window, page.session, folder, texts):
        dialog.show()
        for _ in range(20):
            application.processEvents()
        _look(window, texts)
        dialog.close()
    window.change_settings(window.settings.with_recent(path))
    page.session.discard_unsaved()
    window.close_audit()
    application.processEvents()
    _look(window, texts)
    window.grab()
    window.close()


def _dialogs(window: QWidget, session: object, folder: Path, texts: list[str]) -> Iterator[QWidget]:
    from hsb_desktop.errors import HsbError
    from hsb_desktop.ui.dialogs.crash_dialog import CrashDialog
    from hsb_desktop.ui.dialogs.details_dialog import DetailsDialog
    from hsb_desktop.ui.dialogs.import_dialog import ImportDialog
    from hsb_desktop.ui.dialogs.message_dialog import MessageDialog, MessageKind
    from hsb_desktop.ui.dialogs.movement_dialog import MovementDialog
    from hsb_desktop.ui.dialogs.new_wave_dialog import NewWaveDialog
    from hsb_desktop.ui.dialogs.refused_rows_dialog import RefusedRowsDialog
    from hsb_desktop.ui.paper.paper import PaperKind
    from hsb_desktop.ui.paper.report_preview import ReportPreview
    from hsb_desktop.ui.session import AuditSession

    assert isinstance(session, AuditSession)
    yield DetailsDialog(session, window)
    yield NewWaveDialog(session.shown, window)
    yield MovementDialog(session.shown, session.wave_id, window)
    blank = empty_audit()
    yield ImportDialog(blank, plan_import(blank, folder / "out.json"), window)
    problems = tuple(RowProblem(text, text) for text in texts)
    yield RefusedRowsDialog(RowsRefused(texts[0], problems), window)
    for text in texts:
        yield MessageDialog(MessageKind.WARNING, text, text, parent=window)
        yield CrashDialog(HsbError(text), window)
    preview = ReportPreview(session.shown, session.wave_id, folder, PaperKind.REPORT, window)
    preview.saved_label.setText(texts[0])
    yield preview


def _look(window: QWidget, texts: list[str]) -> None:
    for widget in (*QApplication.allWidgets(), window):
        _look_at_tips(widget, texts)
        if isinstance(widget, QLabel):
            _is_literal(widget, widget.text(), texts, is_plain=widget.textFormat() is Qt.TextFormat.PlainText)
        elif isinstance(widget, QAbstractButton):
            _is_without_keys(widget, widget.text(), texts)
        elif isinstance(widget, QTextEdit):
            html = widget.toHtml()
            assert "<img" not in html.partition("<body")[2], f"{widget.objectName()} holds a picture"
        elif isinstance(widget, QListWidget):
            for row in range(widget.count()):
                _is_literal(widget, widget.item(row).toolTip(), texts, is_plain=False)
    for action in window.findChildren(QAction):
        # Their tips, which are their texts, are shown nowhere: there is no tool bar.
        _is_without_keys(action, action.text(), texts)


def _look_at_tips(widget: QWidget, texts: list[str]) -> None:
    for tip in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
        _is_literal(widget, tip, texts, is_plain=False)


def _is_literal(thing: object, shown: str, texts: list[str], *, is_plain: bool) -> None:
    if is_plain or not QtText.mightBeRichText(shown):
        return
    for text in texts:
        if QtText.mightBeRichText(text.strip()):
            assert text.strip() not in shown, f"{_name(thing)} takes a text for markup: {shown[:200]!r}"


def _is_without_keys(thing: object, shown: str, texts: list[str]) -> None:
    """A single & would be a key to press, and not be shown."""
    for text in texts:
        if "&" in text:
            assert text.strip() not in shown or text.strip().replace("&", "&&") in shown, (
                f"{_name(thing)} takes & for a key: {shown[:200]!r}"
            )


def _name(thing: object) -> str:
    return f"{type(thing).__name__} {getattr(thing, 'objectName', str)()}"


def main() -> None:
    """Take the texts of these numbers through all of it."""
    folder, url, pipe = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    texts = [payload(int(number), url, pipe) for number in sys.argv[4:]]
    audit = audit_of(texts)
    through_exports(folder, audit, texts)
    path = folder / "<b>bold<b> R&D.hsbaudit"
    AuditFile.create(path, audit).close()
    through_window(path, folder, [*texts, path.name, path.stem, str(path)])
    with AuditFile.open(path) as file:
        assert file.check() == ()
        assert file.read() == audit


if __name__ == "__main__":
    main()
