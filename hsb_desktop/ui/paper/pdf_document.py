"""A PDF in memory, its pages as pictures."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage


class PdfDocument:
    """Pages of a PDF. Used on the window's thread only, because PDFium knows one thread."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2

        self.content = content
        self._document = pypdfium2.PdfDocument(content)
        self.page_sizes = tuple(
            QSizeF(*self._document.get_page_size(page)) for page in range(len(self._document))
        )
        """Width and height of each page in points."""

    def __len__(self) -> int:
        return len(self.page_sizes)

    def picture(self, page: int, scale: float) -> QImage:
        """Return a page as a picture; at a scale of 1 a point is a pixel."""
        opened = self._document[page]
        bitmap = opened.render(scale=scale, prefer_bgrx=True, may_draw_forms=False)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        ).copy()  # the bitmap's memory goes with the bitmap
        bitmap.close()
        opened.close()
        return image

    def text(self, page: int) -> str:
        """Return the words of a page, for those who do not see it."""
        opened = self._document[page]
        text_page = opened.get_textpage()
        words = str(text_page.get_text_range())
        text_page.close()
        opened.close()
        return words

    def close(self) -> None:
        """Let go of the document. A second call does nothing."""
        self._document.close()
