"""What the program shows before an audit is open: new, open, recent, sample."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hsb_desktop.ui.literal import in_tip
from hsb_desktop.ui.theme import Appearance

_MOST_SHOWN = 8


class StartPage(QWidget):
    """Offers the ways to begin. It opens nothing itself."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_chosen = Signal(str)
    forget_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._appearance = appearance
        self._create()
        self._assemble()
        self._connect()

    def _create(self) -> None:
        self._title = QLabel(self.tr("HSB Audit Workshop"), self)
        self._title.setProperty("role", "title")
        self._words = QLabel(
            self.tr(
                "Audit how well your area responds to children and young people displaying harmful sexual "
                "behaviour: 46 statements, one agreed score each, with evidence and assurance. "
                "Everything stays on this computer, in one file that you keep."
            ),
            self,
        )
        self._words.setWordWrap(True)
        self.new_button = QPushButton(self.tr("&New audit…"), self)
        self.new_button.setObjectName("new_button")
        self.new_button.setProperty("role", "primary")
        self.open_button = QPushButton(self.tr("&Open an audit…"), self)
        self.open_button.setObjectName("open_button")
        self.sample_button = QPushButton(self.tr("Look at the &sample audit"), self)
        self.sample_button.setObjectName("sample_button")
        self._recent_label = QLabel(self.tr("&Recent audits"), self)
        self._recent_label.setProperty("role", "section")
        self.recent_list = QListWidget(self)
        self.recent_list.setObjectName("recent_list")
        self.recent_list.setAccessibleName(self.tr("Recent audits"))
        self._recent_label.setBuddy(self.recent_list)
        self.forget_button = QPushButton(self.tr("Forget recent files"), self)
        self.forget_button.setObjectName("forget_button")
        self.forget_button.setProperty("role", "link")

    def _assemble(self) -> None:
        for button in (self.new_button, self.open_button, self.sample_button, self.forget_button):
            # So that Enter presses the one that has the ring.
            button.setAutoDefault(True)
        buttons = QHBoxLayout()
        for button in (self.new_button, self.open_button, self.sample_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column = QVBoxLayout()
        self._column.addStretch(1)
        for widget in (self._title, self._words):
            self._column.addWidget(widget)
        self._column.addLayout(buttons)
        self._column.addWidget(self._recent_label)
        self._column.addWidget(self.recent_list, 3)
        self._column.addWidget(self.forget_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._holder = QWidget(self)
        self._holder.setLayout(self._column)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._holder, 8)
        layout.addStretch(1)
        self.refresh_appearance()

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_wanted)
        self.open_button.clicked.connect(self.open_wanted)
        self.sample_button.clicked.connect(self.sample_wanted)
        self.forget_button.clicked.connect(self.forget_wanted)
        self.recent_list.itemActivated.connect(
            lambda item: self.recent_chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        self.recent_list.itemClicked.connect(
            lambda item: self.recent_chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        )

    def show_recent(self, paths: tuple[str, ...], due: Mapping[str, str]) -> None:
        """List audits that were open before, the latest first, and when the next wave of each is due."""
        self.recent_list.clear()
        for path in paths[:_MOST_SHOWN]:
            lines = [Path(path).stem, str(Path(path).parent)]
            if path in due:
                lines.insert(1, _due_words(due[path]))
            item = QListWidgetItem("\n".join(filter(None, lines)))
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(in_tip(path))
            self.recent_list.addItem(item)
        for widget in (self._recent_label, self.recent_list, self.forget_button):
            widget.setVisible(bool(paths))

    def refresh_appearance(self) -> None:
        """Follow a new zoom."""
        self._column.setSpacing(self._appearance.pixels(14))
        self._holder.setMaximumWidth(self._appearance.pixels(820))


def _due_words(due_on: str) -> str:
    """Return when the next wave is due: marked where that is near or past; empty for what is no date."""
    from hsb_desktop.analysis.wave_dates import NEAR_DAYS
    from hsb_desktop.ui.due_words import due_on_in_words

    with suppress(ValueError):
        day, today = date.fromisoformat(due_on), date.today()
        words = QCoreApplication.translate("StartPage", "Next wave {0}").format(due_on_in_words(day, today))
        return f"⚠ {words}" if day - today <= timedelta(days=NEAR_DAYS) else words
    return ""
