"""Five buttons 0–4 that show and choose the score of one response."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from hsb_desktop.model import Instrument
from hsb_desktop.ui.by_name import set_by_name
from hsb_desktop.ui.score_button import ScoreButton
from hsb_desktop.ui.theme import Appearance


class ScoreSelector(QWidget):
    """Chooses a score by click, by digit while it has the focus, or by arrow and Space; never by the wheel.

    One stop for Tab: the chosen button, or the first.
    """

    score_chosen = Signal(object)
    """The score that a person chose, or None when they cleared it; never emitted by `show_score`."""

    def __init__(
        self,
        instrument: Instrument,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        whole: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("score_selector")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._score: int | None = None
        self._tab_stop: int | None = None
        self._spacing = 12 if whole else 6
        self._appearance = appearance
        self._whole = whole
        self.buttons = tuple(ScoreButton(point, appearance, self, whole=whole) for point in instrument.scale)

        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for button in self.buttons:
            self._layout.addWidget(button, 1)

        for button in self.buttons:
            button.clicked.connect(self._on_button_clicked)
        self._move_tab_stop(0)
        self.refresh_appearance()

    @property
    def score(self) -> int | None:
        """The score that is shown."""
        return self._score

    def show_score(self, score: int | None) -> None:
        """Show a score without telling anybody."""
        self._score = score
        had_focus = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            button.show_chosen(button.point.score == score)
        self._move_tab_stop(score or 0)
        if had_focus:
            # The ring goes with the score, or Space would choose the one from before.
            self._focus(score or 0)

    def set_enabled(self, enabled: bool) -> None:
        """Let people choose, or only look; the keys that lead elsewhere work either way."""
        if enabled == self.buttons[0].isEnabled():
            return
        had_focus = self.hasFocus() or any(button.hasFocus() for button in self.buttons)
        place = self._score or 0
        if not enabled:
            self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none; its stubs do not say so
            set_by_name(self, focusPolicy="StrongFocus")
            if had_focus:
                self.setFocus()
        for button in self.buttons:
            button.setEnabled(enabled)
        self._move_tab_stop(place)
        if enabled and had_focus:
            self._focus(place)

    def set_scale(self, scale: float) -> None:
        """Make whole buttons that much larger than they are on a screen of 1280 × 720."""
        for button in self.buttons:
            button.scale = scale
        self._fit()

    def refresh_appearance(self) -> None:
        """Follow a new zoom or theme."""
        self._layout.setSpacing(self._spacing if self._whole else self._appearance.pixels(self._spacing))
        self._fit()
        self.update()

    # Keys -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        from PySide6.QtCore import Qt

        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_4:
            self._choose(key - Qt.Key.Key_0)
        elif plain and key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._choose(None)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move_focus(-1 if key == Qt.Key.Key_Left else 1)
        else:
            event.ignore()

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ScoreButton):
            self._choose(button.point.score)

    def _choose(self, score: int | None) -> None:
        # Without a score there may be the answer that there is no view, which is cleared likewise.
        if self.buttons[0].isEnabled() and (score is None or score != self._score):
            self.score_chosen.emit(score)

    def _move_focus(self, step: int) -> None:
        focused = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), 0)
        place = min(max(focused + step, 0), len(self.buttons) - 1)
        self._move_tab_stop(place)
        self._focus(place)

    def _move_tab_stop(self, place: int) -> None:
        button = self.buttons[place]
        if place != self._tab_stop:
            if self._tab_stop is not None:
                set_by_name(self.buttons[self._tab_stop], focusPolicy="ClickFocus")
            self._tab_stop = place
            set_by_name(button, focusPolicy="StrongFocus")
        if button.isEnabled() and self.focusProxy() is not button:
            if self.focusProxy() is None:
                # With a proxy, it would be the proxy's that is set. Without it, the row could not be given
                # another place in the way of the Tab key.
                set_by_name(self, focusPolicy="TabFocus")
            self.setFocusProxy(button)

    def _focus(self, place: int) -> None:
        from PySide6.QtCore import Qt

        self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)

    # Size -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # Qt's own name
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # Qt's own name
        return QSize(self._appearance.pixels(400), self._height())

    def _fit(self) -> None:
        width = self._button_width()
        stacked = self._whole or not all(button.fits_in_one_line(width) for button in self.buttons)
        for button in self.buttons:
            button.stacked = stacked
        height = self._height()
        for button in self.buttons:
            button.setFixedHeight(height)
        if self.height() != height:
            self.setFixedHeight(height)

    def _height(self) -> int:
        width = self._button_width()
        return max(button.height_for(width) for button in self.buttons)

    def _button_width(self) -> int:
        gaps = (len(self.buttons) - 1) * self._layout.spacing()
        return max((self.width() - gaps) // len(self.buttons), 40)
