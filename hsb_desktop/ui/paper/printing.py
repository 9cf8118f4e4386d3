"""Puts the pages of a PDF on a printer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QProgressDialog, QWidget

from hsb_desktop.errors import OutputRefused
from hsb_desktop.ui.paper.pdf_document import PdfDocument

FINEST_DPI = 600
"""A page at 1,200 dots an inch is half a gigabyte, and no eye tells it from this."""

_POINTS_PER_INCH = 72


def print_document(document: PdfDocument, printer: QPrinter, on_page: Callable[[int], bool]) -> bool:
    """Print the pages that the printer's settings ask for; return whether it came to the end.

    `on_page` is told before each page how many are done, and returns whether to go on. Raises OutputRefused
    if the printer cannot be started.
    """
    pages = _asked_pages(document, printer)
    printer.setFullPage(True)
    _turn(printer, document.page_sizes[pages[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise OutputRefused("The printer could not be started. Nothing was printed.")
    try:
        for done, page in enumerate(pages):
            if not on_page(done):
                printer.abort()
                return False
            if done:
                _turn(printer, document.page_sizes[page])
                printer.newPage()
            _paint(document, page, printer, painter)
        return True
    finally:
        painter.end()


def print_with_progress(document: PdfDocument, printer: QPrinter, parent: QWidget) -> bool:
    """Print as `print_document` does, showing how far it is, with a way to cancel."""
    progress = QProgressDialog(parent)
    progress.setObjectName("print_progress")
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setLabelText(QCoreApplication.translate("Printing", "Printing…"))
    progress.setCancelButtonText(QCoreApplication.translate("Printing", "Cancel"))
    progress.setMaximum(len(document))

    def on_page(done: int) -> bool:
        progress.setValue(done)  # which lets the window live
        return not progress.wasCanceled()

    try:
        return print_document(document, printer, on_page)
    finally:
        progress.close()
        progress.deleteLater()


def _asked_pages(document: PdfDocument, printer: QPrinter) -> list[int]:
    first, last = 1, len(document)
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = printer.fromPage(), min(printer.toPage() or last, last)
    pages = list(range(first - 1, last)) or [len(document) - 1]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return pages


def _turn(printer: QPrinter, size: QSizeF) -> None:
    is_wide = size.width() > size.height()
    wanted = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(wanted)


def _paint(document: PdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(printer.resolution(), FINEST_DPI) / _POINTS_PER_INCH
    picture = document.picture(page, scale)
    size = QSizeF(picture.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (paper.width() - size.width()) / 2, (paper.height() - size.height()) / 2
    painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)
