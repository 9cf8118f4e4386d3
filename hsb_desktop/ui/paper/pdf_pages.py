"""The pages of a PDF below one another, to scroll and to zoom."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from hsb_desktop.ui.paper.pdf_document import PdfDocument

SMALLEST_ZOOM, LARGEST_ZOOM = 25, 300
_ZOOM_STEP = 1.25
_SCREEN_DPI = 96
_POINTS_PER_INCH = 72
_GAP = 14
_PAPER_EDGE = QColor(128, 128, 128)
_NEIGHBOURS = 1
"""Pages kept as pictures on either side of those in sight."""


class PdfPages(QAbstractScrollArea):
    """Shows the pages of a PDF. Only pages in sight are turned into pictures."""

    page_changed = Signal(int, int)
    """The page in sight, counted from 1, and how many there are."""
    zoom_changed = Signal(int)
    """In percent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pdf_pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Preview"))
        # Always there, so that fitting the width does not make it come and go.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._document: PdfDocument | None = None
        self._message = ""
        self._pages: list[QRect] = []
        self._pictures: dict[int, QImage] = {}
        self._zoom = 100
        self._fits_width = True
        self._page = 0
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # What is shown --------------------------------------------------------------------------------------

    def show_document(self, document: PdfDocument) -> None:
        """Show a document from its first page."""
        self._document, self._message, self._page = document, "", -1
        self._pictures.clear()
        self.verticalScrollBar().setValue(0)
        self._lay_out()

    def show_message(self, message: str) -> None:
        """Show words in place of pages."""
        self._document, self._message = None, message
        self._pictures.clear()
        self._pages = []
        self.setAccessibleDescription(message)
        self._lay_out()

    @property
    def page(self) -> int:
        """The page in sight, counted from 0."""
        return max(self._page, 0)

    def go_to_page(self, page: int) -> None:
        """Scroll to the top of a page; beyond the ends to the first or the last."""
        if self._pages:
            place = self._pages[min(max(page, 0), len(self._pages) - 1)]
            self.verticalScrollBar().setValue(place.top() - _GAP)

    # Zoom -----------------------------------------------------------------------------------------------

    @property
    def zoom(self) -> int:
        """The size of the pages in percent of paper."""
        return self._zoom

    def fit_width(self) -> None:
        """Make the pages as wide as the view, and keep them so."""
        self._fits_width = True
        self._lay_out_in_place()

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self._set_zoom(round(self._zoom * _ZOOM_STEP))

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self._set_zoom(round(self._zoom / _ZOOM_STEP))

    def _set_zoom(self, percent: int) -> None:
        self._fits_width = False
        self._zoom = min(max(percent, SMALLEST_ZOOM), LARGEST_ZOOM)
        self._lay_out_in_place()

    def _lay_out_in_place(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._lay_out()
        bar.setValue(round(share * bar.maximum()))

    # Where the pages are ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        view = self.viewport().size()
        sizes = self._document.page_sizes if self._document else ()
        if self._fits_width and sizes:
            widest = max(size.width() for size in sizes) * _SCREEN_DPI / _POINTS_PER_INCH
            fitting = int(100 * (view.width() - 2 * _GAP) / widest)
            self._zoom = min(max(fitting, SMALLEST_ZOOM), LARGEST_ZOOM)
        scale = self._scale()
        in_pixels = [QSize(round(size.width() * scale), round(size.height() * scale)) for size in sizes]
        width = max([view.width(), *(size.width() + 2 * _GAP for size in in_pixels)])
        self._pages, top = [], _GAP
        for size in in_pixels:
            self._pages.append(QRect((width - size.width()) // 2, top, size.width(), size.height()))
            top += size.height() + _GAP
        self._pictures.clear()
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, width - view.width()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(self.fontMetrics().height() * 2)
        self.verticalScrollBar().setRange(0, max(0, top - view.height()))
        self.zoom_changed.emit(self._zoom)
        self._on_scrolled()
        self.viewport().update()

    def _scale(self) -> float:
        return self._zoom / 100 * _SCREEN_DPI / _POINTS_PER_INCH

    def _in_sight(self) -> QRect:
        place = self.viewport().rect()
        return place.translated(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _on_scrolled(self) -> None:
        middle = self._in_sight().center().y()
        page = next((n for n, place in enumerate(self._pages) if place.bottom() + _GAP >= middle), -1)
        if self._document is not None and page not in {-1, self._page}:
            self._page = page
            words = self.tr("Page {0} of {1}").format(page + 1, len(self._pages))
            self.setAccessibleDescription(f"{words}. {self._document.text(page)}")
            self.page_changed.emit(page + 1, len(self._pages))

    # Qt -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event  # whatever part was asked for, the pages in sight are few
        painter = QPainter(self.viewport())
        if self._document is None:
            painter.setPen(self.palette().text().color())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), int(flags), self._message)
            return
        sight = self._in_sight()
        shown = [number for number, place in enumerate(self._pages) if place.intersects(sight)]
        for number in shown:
            place = self._pages[number].translated(-sight.topLeft())
            painter.drawImage(place, self._picture(self._document, number))
            painter.setPen(_PAPER_EDGE)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        kept = range(min(shown, default=0) - _NEIGHBOURS, max(shown, default=0) + _NEIGHBOURS + 1)
        self._pictures = {number: image for number, image in self._pictures.items() if number in kept}

    def _picture(self, document: PdfDocument, number: int) -> QImage:
        if number not in self._pictures:
            self._pictures[number] = document.picture(number, self._scale() * self.devicePixelRatioF())
        return self._pictures[number]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_in_place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go_to_page(self.page + 1)
            case Qt.Key.Key_PageUp:
                self.go_to_page(self.page - 1)
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 24, height * 9)

    def minimumSizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 8, height * 5)
