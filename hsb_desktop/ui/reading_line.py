"""The mark of a statement whose words invite differing readings, with how the partnership reads it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hsb_desktop.ui.plain_button import plain_button
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.still_label import StillLabel
from hsb_desktop.ui.theme import BASE_POINT_SIZE, Appearance
from hsb_desktop.values import PARTNERSHIP


class ReadingLine(QWidget):
    """Shows the partnership's reading, kept across waves, and lets the partnership edit it.

    An agency that answers alone scores on it: it is shown there, and not edited.
    """

    left = Signal()
    """The keyboard is needed here no more."""

    def __init__(
        self,
        session: AuditSession,
        appearance: Appearance,
        statement_id: str,
        parent: QWidget | None = None,
        *,
        large: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reading_line")
        self._session = session
        self._appearance = appearance
        self._statement_id = statement_id
        self._large = large
        self._scale = 1.0
        self._words = StillLabel(self)
        self._words.setObjectName("reading_words")
        self._edit = plain_button(self.tr("Our reading…"), self)
        self._edit.setObjectName("edit_reading")
        self._edit.setProperty("role", "link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words, 1)
        layout.setAlignment(self._words, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._edit)
        self._edit.clicked.connect(self._on_edit_clicked)
        session.agencies_changed.connect(self._on_changed)
        self.refresh_appearance()

    def show_statement(self, statement_id: str) -> None:
        """Be about another statement."""
        self._statement_id = statement_id
        self.refresh()

    def refresh(self) -> None:
        """Show what the session has."""
        reading = " ".join(self._session.shown.readings.get(self._statement_id, "").split())
        is_ours = self._session.party_id == PARTNERSHIP
        if reading and not is_ours:
            words = self.tr("◆ The partnership reads it so: {0}").format(reading)
        elif reading:
            words = self.tr("◆ Our reading: {0}").format(reading)
        elif not self._session.may_edit:
            words = self.tr("◆ Its words can be read differently; no reading is written down.")
        else:
            words = self.tr("◆ Its words can be read differently: write down your reading.")
        self._words.show_words(words, self._appearance.theme.color("text" if reading else "text_muted"))
        self._edit.setHidden(self._session.is_read_only or not is_ours)
        self._edit.setAccessibleName(self.tr("Our reading of {0}").format(self._statement_id))

    def stops(self) -> list[QWidget]:
        """Return where Tab stops in it."""
        return [self._edit]

    def take_key(self, _event: QKeyEvent) -> bool:
        """It has no key of its own."""
        return False

    def set_scale(self, scale: float) -> None:
        """On the full screen: make it that much larger than on a screen of 1280 × 720."""
        self._scale = scale
        self._fit_fonts()

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._fit_fonts()
        self.refresh()

    def _fit_fonts(self) -> None:
        font = QFont(self.font())
        usual = BASE_POINT_SIZE * 0.95 * self._appearance.zoom / 100
        font.setPointSizeF(max(12 * self._scale, 6.0) if self._large else usual)
        self._words.setFont(font)
        self._edit.setFont(font)

    def _on_edit_clicked(self) -> None:
        from hsb_desktop.ui.dialogs.reading_dialog import ReadingDialog

        ReadingDialog.ask(self._session, self._statement_id, self.window())
        self.left.emit()

    def _on_changed(self, statement_id: str) -> None:
        if statement_id == self._statement_id:
            self.refresh()
