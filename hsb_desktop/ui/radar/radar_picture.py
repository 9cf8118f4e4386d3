"""The radar as a picture to take away: what it says about itself, and how it is copied and saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from hsb_desktop.errors import OutputRefused
from hsb_desktop.ui.dialogs.file_choice import safe_file_name
from hsb_desktop.ui.radar.radar_content import RadarContent, RadarSession, subject_words
from hsb_desktop.ui.radar.radar_lettering import SEPARATOR
from hsb_desktop.ui.radar.radar_widget import RadarWidget
from hsb_desktop.ui.theme import load_theme
from hsb_desktop.whole_file import whole_file

PICTURE_SIZE = (1280, 1120)
"""Pixels of a copied or saved picture: twice what a page shows, so that it prints sharply. A long legend
makes it higher."""


class RadarPicture(QObject):
    """Draws pictures of a radar in the light theme: they go into documents and on paper."""

    def __init__(self, radar: RadarWidget, session: RadarSession) -> None:
        super().__init__(radar)
        self._radar = radar
        self._session = session

    def caption(self, content: RadarContent, domain_id: str) -> str:
        """Return what a picture says about itself: area, waves, what is shown, and the protective marking."""
        audit = self._session.audit
        shown = audit.instrument.domain(domain_id).short_title if domain_id else ""
        sample = self.tr("SAMPLE") if audit.is_sample else ""
        area = audit.details.area or audit.details.title
        parts = (sample, area, subject_words(audit, content.keys), shown, audit.details.marking)
        return SEPARATOR.join(" ".join(part.split()) for part in parts if part.strip())

    def copy(self, caption: str) -> None:
        """Put the radar on the clipboard."""
        image = self._radar.to_image(*self._size(), caption, load_theme("light"))
        QGuiApplication.clipboard().setImage(image)

    def write(self, path: Path, caption: str) -> None:
        """Write the radar as PNG or SVG, whole or not at all. Raises OutputRefused."""
        with whole_file(path) as temporary:
            if path.suffix.lower() == ".svg":
                self._radar.write_svg(temporary, *self._size(), caption, load_theme("light"))
                return
            image = self._radar.to_image(*self._size(), caption, load_theme("light"))
            # The stub wants bytes here; PySide6 itself refuses them.
            if not image.save(str(temporary), "PNG"):  # type: ignore[call-overload]
                raise OutputRefused(self.tr("The picture could not be written. Choose another place."))

    def proposed_path(self, caption: str) -> Path:
        """Return what saving proposes: what the picture says about itself, beside the audit."""
        return self._session.path.parent / safe_file_name(self.tr("Radar {caption}").format(caption=caption))

    def ask_for_path(self, caption: str, parent: QWidget) -> Path | None:
        """Return where a person wants the picture, or None; the dialog asks before it replaces a file."""
        dialog = QFileDialog(parent, self.tr("Save picture"), str(self.proposed_path(caption)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Picture (*.png)"), self.tr("Drawing (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("svg" if "svg" in kind else "png"))
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def _size(self) -> tuple[int, int]:
        width, height = PICTURE_SIZE
        return width, height + self._radar.room_for_legend(width, height)
