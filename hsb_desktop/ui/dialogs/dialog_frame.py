"""What the program's dialogs have in common: a body that scrolls, and buttons that stay in sight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

SHARE_OF_SCREEN = 0.94
"""The part of a screen's width and height that a dialog takes at most."""
_CHARACTERS_WIDE = 88

Role = QDialogButtonBox.ButtonRole


class DialogFrame(QDialog):
    """A dialog that can be used at any zoom on any screen: what does not fit is scrolled to.

    Subclasses fill `body`, and add buttons with `add_button`. A dialog that is one large list or text is not
    scrolled as a whole, because that scrolls itself.
    """

    def __init__(
        self, parent: QWidget | None, object_name: str, title: str, *, is_scrolled: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setWindowTitle(title)
        self.characters_wide = _CHARACTERS_WIDE
        self._is_scrolled = is_scrolled
        self._is_placed = False
        self.problem_field: QWidget | None = None
        self._watched: set[QWidget] = set()
        self._entered: Callable[[], object] | None = None
        self._known: list[object] = []
        """What may be let go: what stood here at first, and what was told to be not saved."""
        self._create()
        self._assemble()

    def _create(self) -> None:
        self.scroll_content = QWidget()
        self.scroll_content.setObjectName("scroll_content")
        self.body = QVBoxLayout(self.scroll_content)
        self.scroll_area = QScrollArea()
        self.scroll_area.setObjectName("scroll_area")
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setWidgetResizable(True)
        # Its controls take the focus; a stop at the area itself would be one key press for nothing.
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._is_scrolled:
            self.scroll_area.setWidget(self.scroll_content)
        self.problem = plain_label("problem_message", role="warning")
        self.problem.setAccessibleName(self.tr("What needs attention"))
        self.problem.hide()
        self.buttons = QDialogButtonBox()
        self.buttons.setObjectName("dialog_buttons")

    def _assemble(self) -> None:
        unit = self.fontMetrics().height()
        self.body.setContentsMargins(unit, unit, unit, unit // 2)
        self.body.setSpacing(unit // 3)
        self._footer = QVBoxLayout()
        self._footer.setContentsMargins(unit, unit // 2, unit, unit)
        self._footer.setSpacing(unit // 2)
        self._footer.addWidget(self.problem)
        self._footer.addWidget(self.buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scroll_area if self._is_scrolled else self.scroll_content, stretch=1)
        whole.addLayout(self._footer)

    # What subclasses put in -----------------------------------------------------------------------------

    def add_button(self, object_name: str, text: str, role: Role, *, is_primary: bool = False) -> QPushButton:
        """Add a button to the foot of the dialog; the primary one is what Enter presses."""
        button = QPushButton(text)
        button.setObjectName(object_name)
        button.setAccessibleName(text.replace("&", ""))
        if is_primary:
            button.setProperty("role", "primary")
        self.buttons.addButton(button, role)
        # Enter presses the button that has the ring, and from anywhere else the primary one.
        button.setAutoDefault(True)
        button.setDefault(is_primary)
        return button

    def add_title(self, text: str) -> QLabel:
        """Add the dialog's own heading."""
        label = plain_label("dialog_title", text, role="title")
        self.body.addWidget(label)
        return label

    def add_section(self, object_name: str, text: str) -> QLabel:
        """Add the heading of a group of fields."""
        label = plain_label(object_name, text, role="section")
        self.body.addSpacing(self.fontMetrics().height() // 2)
        self.body.addWidget(label)
        return label

    def add_text(self, object_name: str, text: str, role: str = "") -> QLabel:
        """Add a paragraph."""
        label = plain_label(object_name, text, role=role)
        self.body.addWidget(label)
        return label

    def add_field(
        self, label_text: str, field: QWidget, hint: str = "", *, row: QWidget | None = None
    ) -> None:
        """Add a field under its label; `row` is what stands there if the field is a part of it."""
        self.body.addWidget(labelled(label_text, field, hint, row=row))

    # Problems -------------------------------------------------------------------------------------------

    def show_problem(self, text: str, field: QWidget | None = None) -> None:
        """Say what is in the way, beside the buttons, and go to the field; an empty text clears it.

        The problem goes as soon as its field changes: whoever mends it must not read that it is still there.
        """
        self.problem_field = field if text else None
        if field is not None:
            self._watch(field)
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text:
            QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scroll_area.ensureWidgetVisible(field)

    def _watch(self, field: QWidget) -> None:
        changed: SignalInstance | None = None
        if isinstance(field, QLineEdit):
            changed = field.textChanged
        elif isinstance(field, QComboBox):
            changed = field.currentTextChanged
        elif isinstance(field, QPlainTextEdit):
            changed = field.textChanged
        if changed is not None and field not in self._watched:
            self._watched.add(field)
            changed.connect(partial(self._on_field_changed, field))

    def _on_field_changed(self, field: QWidget, *_text: object) -> None:
        if field is self.problem_field:
            self.show_problem("")

    # Leaving --------------------------------------------------------------------------------------------

    def guard(self, entered: Callable[[], object]) -> None:
        """Say it, once, before Esc or the window's cross lets go of what was entered here.

        `entered` returns what stands in the dialog; a button that says Cancel asks for `let_go`.
        """
        self._entered = entered
        self._known = [entered()]

    def let_go(self) -> None:
        """Leave, whatever was entered."""
        super().reject()

    def reject(self) -> None:
        """Leave; where something was entered that nobody has seen go yet, say so and stay."""
        if self._entered is None or (entered := self._entered()) in self._known:
            self.let_go()
            return
        self._known.append(entered)
        self.show_problem(
            self.tr("What you entered here is not saved yet: save it, or press Esc once more to let it go.")
        )

    # Size -----------------------------------------------------------------------------------------------

    def fit_to(self, available: QSize) -> None:
        """Take the size that the contents ask for, within a screen of that size."""
        widest = round(available.width() * SHARE_OF_SCREEN)
        tallest = round(available.height() * SHARE_OF_SCREEN)
        asked = max(
            self.scroll_content.sizeHint().width() + self.scroll_area.verticalScrollBar().sizeHint().width(),
            self._footer.sizeHint().width(),
            self.fontMetrics().averageCharWidth() * self.characters_wide,
        )
        width = min(asked, widest)
        self.scroll_content.ensurePolished()
        inner = self.scroll_content.layout()
        assert inner is not None  # `body` is its layout
        height = inner.totalHeightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        self.resize(width, min(height + self._footer.sizeHint().height() + 2, tallest))

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_placed:
            self._is_placed = True
            self.fit_to(self.screen().availableSize())
        super().showEvent(event)
        # Qt makes the primary button the box's stand-in, and Tab then passes over the buttons before it.
        self.buttons.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes none; its stubs do not say so


def labelled(label_text: str, field: QWidget, hint: str = "", *, row: QWidget | None = None) -> QWidget:
    """Return a field under its label, the label being its buddy, with an optional hint below."""
    holder = QWidget()
    holder.setObjectName(f"{field.objectName()}_row")
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, holder.fontMetrics().height() // 4)
    layout.setSpacing(max(2, holder.fontMetrics().height() // 6))
    label = plain_label(f"{field.objectName()}_label", label_text)
    label.setBuddy(field)
    field.setAccessibleName(label_text)
    layout.addWidget(label)
    layout.addWidget(row or field)
    if hint:
        field.setAccessibleDescription(hint)
        layout.addWidget(plain_label(f"{field.objectName()}_hint", hint, role="muted"))
    return holder


def plain_label(object_name: str, text: str = "", role: str = "") -> QLabel:
    """Return a label that shows its text as it is, over as many lines as it needs."""
    label = QLabel(text)
    label.setObjectName(object_name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


def hint_below(hint: str, *fields: QWidget) -> QLabel:
    """Return the hint that several fields share, and give it to them as their description."""
    for field in fields:
        field.setAccessibleDescription(hint)
    label = plain_label(f"{fields[0].objectName()}_hint", hint, role="muted")
    label.setContentsMargins(0, 0, 0, label.fontMetrics().height() // 4)
    return label


def side_by_side(*widgets: QWidget) -> QWidget:
    """Return fields that belong together, in one row of equal shares."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(holder.fontMetrics().height())
    for widget in widgets:
        layout.addWidget(widget, stretch=1)
    return holder
