"""The report and the forms as they will be printed: to look at, to save, to print."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QDialog, QHBoxLayout, QPushButton, QWidget

from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.errors import HsbError
from hsb_desktop.model import Audit
from hsb_desktop.report.agencies import has_own_words
from hsb_desktop.ui import messages
from hsb_desktop.ui.background import BackgroundWork
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.dialogs.dialog_frame import SHARE_OF_SCREEN, DialogFrame, Role, plain_label
from hsb_desktop.ui.dialogs.file_choice import choose_new_file, safe_file_name
from hsb_desktop.ui.paper.paper import Paper, PaperKind, listed_stand_ins, make_paper
from hsb_desktop.ui.paper.pdf_document import PdfDocument
from hsb_desktop.ui.paper.pdf_pages import PdfPages
from hsb_desktop.ui.paper.printing import print_with_progress
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.whole_file import whole_file

_CHARACTERS_WIDE = 120
_CHARACTERS_IN_ONE_ROW = 84


class ReportPreview(DialogFrame):
    """Shows one wave of an audit on paper. It works on the audit as it was when the preview was opened."""

    def __init__(
        self,
        audit: Audit,
        wave_id: str,
        folder: Path,
        kind: PaperKind = PaperKind.REPORT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "report_preview", "")
        self.setWindowTitle(self.tr("Preview and print"))
        self.characters_wide = _CHARACTERS_WIDE
        self.printed_on = f"{datetime.now().astimezone():%Y-%m-%d}"
        self.saved_path: Path | None = None
        self.place_chosen: Finding | None = None
        """Where the person wants to go, having been asked whether what stands there may leave."""
        self._audit, self._wave_id, self._folder = audit, wave_id, folder
        self._jobs: list[BackgroundWork[Paper]] = []
        self._document: PdfDocument | None = None
        self._create_bar()
        self._create_rest()
        self._assemble_preview()
        self._create_dialog_buttons()
        self._connect()
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.pages.setFocus()
        self._make()

    @classmethod
    def show_for(
        cls, session: AuditSession, parent: QWidget | None = None, *, kind: PaperKind = PaperKind.REPORT
    ) -> Path | None:
        """Show the preview of the wave that the session shows until it is closed.

        Return where the PDF was saved last; None if it was not.
        """
        session.flush()
        if not session.shown.waves:
            words = QCoreApplication.translate(
                "ReportPreview", "The audit has no wave, so nothing can be printed."
            )
            messages.show_error(parent, words)
            return None
        dialog = cls(session.shown, session.wave_id, session.path.parent, kind, parent)
        dialog.exec()
        dialog.deleteLater()
        if dialog.place_chosen is not None:
            session.place_wanted.emit(dialog.place_chosen)
        return dialog.saved_path

    # Contents -------------------------------------------------------------------------------------------

    def _create_bar(self) -> None:
        self.kind = ChoiceBox("paper_choice")
        self.kind.setAccessibleName(self.tr("What to show"))
        for kind, words in (
            (PaperKind.REPORT, self.tr("Report for the board")),
            (PaperKind.FILLED_FORM, self.tr("Form, filled in")),
            (PaperKind.BLANK_FORM, self.tr("Form, blank")),
        ):
            self.kind.addItem(words, kind)
        self.agencies_evidence = QCheckBox(self.tr("With the agencies’ own evidence and assurance"))
        self.agencies_evidence.setObjectName("agencies_evidence_box")
        self.agencies_evidence.setToolTip(
            self.tr("Their scores are printed either way. Leave it out of what is shared more widely.")
        )
        self.zoom_out_button = self._bar_button("zoom_out_button", "−", self.tr("Smaller"))
        self.zoom_label = plain_label("zoom_label")
        self.zoom_label.setWordWrap(False)
        self.zoom_in_button = self._bar_button("zoom_in_button", "+", self.tr("Larger"))
        self.fit_button = self._bar_button("fit_button", self.tr("Fit width"), self.tr("Fit the width"))
        self.page_label = plain_label("page_label", role="muted")
        self.page_label.setWordWrap(False)

    def _bar_button(self, object_name: str, text: str, accessible_name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(object_name)
        button.setAccessibleName(accessible_name)
        button.setAutoDefault(False)
        return button

    def _create_rest(self) -> None:
        self.pages = PdfPages()
        self.notices = plain_label("notices", role="warning")
        self.notices.hide()
        self.saved_label = plain_label("saved_label")
        self.open_folder_button = self._bar_button(
            "open_folder_button", self.tr("Open folder"), self.tr("Open the folder of the saved file")
        )
        self.saved_row = QWidget()
        self.saved_row.setObjectName("saved_row")
        self.saved_row.hide()

    def _assemble_preview(self) -> None:
        label = plain_label("paper_choice_label", self.tr("Show"))
        label.setWordWrap(False)
        label.setBuddy(self.kind)
        choice = _row(label, self.kind)
        choice.setStretchFactor(self.kind, 1)
        look = _row(
            self.zoom_out_button, self.zoom_label, self.zoom_in_button, self.fit_button, self.page_label
        )
        look.addStretch()
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.addLayout(choice, stretch=1)
        self._bar.addLayout(look)
        saved = QHBoxLayout(self.saved_row)
        saved.setContentsMargins(0, 0, 0, 0)
        saved.addWidget(self.saved_label, stretch=1)
        saved.addWidget(self.open_folder_button)
        self.body.addLayout(self._bar)
        self.body.addWidget(self.agencies_evidence)
        self.body.addWidget(self.pages, stretch=1)
        self.body.addWidget(self.notices)
        self.body.addWidget(self.saved_row)

    def _create_dialog_buttons(self) -> None:
        self.print_button = self.add_button("print_button", self.tr("Print…"), Role.ActionRole)
        self.save_button = self.add_button(
            "save_button", self.tr("Save PDF…"), Role.ActionRole, is_primary=True
        )
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole)
        close.clicked.connect(self.reject)

    def _connect(self) -> None:
        self.kind.activated.connect(self._make)
        self.agencies_evidence.toggled.connect(self._make)
        self.zoom_out_button.clicked.connect(self.pages.zoom_out)
        self.zoom_in_button.clicked.connect(self.pages.zoom_in)
        self.fit_button.clicked.connect(self.pages.fit_width)
        self.pages.zoom_changed.connect(lambda percent: self.zoom_label.setText(f"{percent} %"))
        self.pages.page_changed.connect(self._on_page_changed)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.open_folder_button.clicked.connect(self._on_open_folder_clicked)

    # Making the pages -------------------------------------------------------------------------------------

    def _make(self) -> None:
        self._let_go()
        self.show_problem("")
        self.notices.hide()
        self.page_label.clear()
        self.pages.show_message(self.tr("Preparing the pages…"))
        kind, audit, wave_id, day = self.kind.currentData(), self._audit, self._wave_id, self.printed_on
        self.agencies_evidence.setVisible(kind is PaperKind.REPORT and has_own_words(audit, wave_id))
        with_words = self.agencies_evidence.isChecked()
        job = BackgroundWork(lambda: make_paper(kind, audit, wave_id, day, with_agencies_evidence=with_words))
        self._jobs.append(job)
        job.finished.connect(lambda: self._on_made(job))
        job.start()

    def _on_made(self, job: BackgroundWork[Paper]) -> None:
        if not self._jobs or job is not self._jobs[-1]:
            return  # something else was chosen meanwhile
        try:
            paper = job.result()
        except HsbError as error:
            self.pages.show_message(self.tr("There is nothing to show."))
            self.show_problem(str(error))
            return
        self._document = PdfDocument(paper.content)
        self.pages.show_document(self._document)
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(True)
        self._show_stand_ins(paper.missing)

    def _show_stand_ins(self, missing: tuple[str, ...]) -> None:
        words = self.tr(
            "The program’s typefaces lack some of the characters that were typed. They are printed as "
            "stand-ins with their number: {0}. The audit itself keeps them as they are."
        )
        self.notices.setText(words.format(listed_stand_ins(missing)))
        self.notices.setVisible(bool(missing))

    def _let_go(self) -> None:
        """Stop showing the document, which PDFium holds until it is told."""
        self.save_button.setEnabled(False)
        self.print_button.setEnabled(False)
        self.saved_row.hide()
        if self._document is not None:
            self._document.close()
            self._document = None

    def _on_page_changed(self, page: int, pages: int) -> None:
        self.page_label.setText(self.tr("Page {0} of {1}").format(page, pages))

    # Saving and printing ------------------------------------------------------------------------------------

    def proposed_path(self) -> Path:
        """Return the name that saving proposes: area, wave and what it is, beside the audit."""
        words = {
            PaperKind.REPORT: self.tr("report"),
            PaperKind.FILLED_FORM: self.tr("form"),
            PaperKind.BLANK_FORM: self.tr("blank form"),
        }
        wave = self._audit.wave(self._wave_id).label
        stem = safe_file_name(f"{self._audit.details.area} {wave} {words[self.kind.currentData()]}")
        return self._folder / f"{stem}.pdf"

    def _may_leave(self, go_on: str) -> bool:
        from hsb_desktop.operations.privacy_scan import Leaving
        from hsb_desktop.ui.privacy_flows import ask_before_leaving

        is_blank = self.kind.currentData() is PaperKind.BLANK_FORM
        leaving = Leaving.BLANK_FORM if is_blank else Leaving.WHOLE_AUDIT
        answer = ask_before_leaving(self._audit, self._wave_id, self, leaving=leaving, go_on=go_on)
        if isinstance(answer, Finding):
            self.place_chosen = answer
            self.reject()
        return answer is True

    def _on_save_clicked(self) -> None:
        if self._document is None or not self._may_leave(self.tr("Go on and save")):
            return
        title = self.tr("Save PDF")
        out = choose_new_file(self, title, self.proposed_path(), self.tr("PDF files (*.pdf)"))
        if out is None:
            return
        out = out if out.suffix.lower() == ".pdf" else out.with_name(f"{out.name}.pdf")
        try:
            with whole_file(out) as temporary:
                temporary.write_bytes(self._document.content)
        except HsbError as error:
            self.show_problem(str(error))
            return
        self.show_problem("")
        self.saved_path = out
        self.saved_label.setText(self.tr("Saved to {0}").format(out))
        self.saved_row.show()
        self.open_folder_button.setFocus()

    def _on_open_folder_clicked(self) -> None:
        if self.saved_path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved_path.parent)))

    def _on_print_clicked(self) -> None:
        if self._document is None or not self._may_leave(self.tr("Go on and print")):
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.proposed_path().stem)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self._document))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> bool:
        """Print what is shown, with progress and a way to cancel; return whether it came to the end."""
        if self._document is None:
            return False
        try:
            return print_with_progress(self._document, printer, self)
        except HsbError as error:
            self.show_problem(str(error))
            return False

    # Closing ------------------------------------------------------------------------------------------------

    def fit_to(self, available: QSize) -> None:
        """Take the height of the screen, whatever the pages ask for."""
        super().fit_to(available)
        self.resize(self.width(), round(available.height() * SHARE_OF_SCREEN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Large letters need two rows.
        needed = self.fontMetrics().averageCharWidth() * _CHARACTERS_IN_ONE_ROW
        is_wide = self.width() >= needed
        direction = QBoxLayout.Direction
        self._bar.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        super().resizeEvent(event)

    def done(self, result: int) -> None:
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.let_run()  # a long report takes seconds, for which nobody who closes it should wait
        self.pages.show_message("")
        self._let_go()
        super().done(result)


def _row(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    for widget in widgets:
        layout.addWidget(widget)
    return layout
