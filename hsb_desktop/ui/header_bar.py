"""The line above the tabs: which audit, which wave, who is typing, project it, and whether it is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.ui.by_name import in_the_middle, set_by_name
from hsb_desktop.ui.choice_box import ChoiceBox
from hsb_desktop.ui.literal import in_tip, on_button
from hsb_desktop.ui.plain_button import plain_button
from hsb_desktop.ui.row_fit import FittingRow
from hsb_desktop.ui.save_state_label import SaveStateLabel
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance


class _WaveBox(ChoiceBox):
    """Leaves letters and digits to the page: B opens a round there, and never goes to the baseline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("wave_box", parent)
        self.was_opened = False
        """Whether the list was opened since a key was pressed at the closed box."""

    def showPopup(self) -> None:  # Qt's own name
        self.was_opened = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's own name
        self.was_opened = False
        if event.text().strip().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class HeaderBar(FittingRow):
    """Shows the session's audit by name and the state of saving."""

    wave_chosen = Signal()
    """A wave was chosen from the opened list: the keyboard is needed there no more."""
    project_wanted = Signal()
    author_wanted = Signal()

    def __init__(self, session: AuditSession, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("header_bar")
        self._session = session

        self._name = QLabel(self)
        self._name.setObjectName("audit_name")
        set_by_name(self._name, textFormat="PlainText")
        self._sample = QLabel(self.tr("SAMPLE"), self)
        self._sample.setObjectName("sample_mark")
        self.wave_box = _WaveBox(self)
        self.wave_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.wave_box.setToolTip(self.tr("Wave: one round of the audit, for example the baseline"))
        self.wave_box.setAccessibleName(self.tr("Wave"))
        set_by_name(self.wave_box, focusPolicy="TabFocus")
        self._project = plain_button(self.tr("Project  F5"), self)
        self._project.setObjectName("project_button")
        self._project.setToolTip(self.tr("One statement, full screen"))
        self._author = QPushButton(self)
        self._author.setObjectName("author_button")
        self._author.setProperty("role", "link")
        self.save_state = SaveStateLabel(session, self)

        self.row_layout.addWidget(self._name)
        self.row_layout.addLayout(in_the_middle(self._sample))
        self.row_layout.addWidget(self.wave_box)
        self.row_layout.addWidget(self._project)
        self.row_layout.addStretch(1)
        self.row_layout.addWidget(self._author)
        self.row_layout.addWidget(self.save_state)

        self._project.clicked.connect(self.project_wanted)
        self._author.clicked.connect(self.author_wanted)
        self.wave_box.activated.connect(self._on_wave_activated)
        session.details_changed.connect(self.refresh)
        session.wave_changed.connect(self.refresh)
        session.file_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the session has."""
        audit = self._session.audit
        self._name.setToolTip(in_tip(str(self._session.path)))
        self._sample.setVisible(audit.is_sample)
        self.wave_box.clear()
        for wave in audit.waves:
            label = " · ".join(filter(None, (wave.label, written_date(wave.held_on))))
            self.wave_box.addItem(label, wave.wave_id)
            if wave.is_locked:
                self._mark_locked(self.wave_box.count() - 1)
        self.wave_box.setCurrentIndex(self.wave_box.findData(self._session.wave_id))
        author = self._session.author
        self._author.setText(
            self.tr("Typing: {0}").format(on_button(author)) if author else self.tr("Who is typing?")
        )
        self._author.setToolTip(self.tr("A name or a role, kept with the history of each change"))
        self.refresh_appearance()

    def _mark_locked(self, place: int) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QIcon

        from hsb_desktop.resources import resource_path

        sign = QIcon(str(resource_path("icons", f"lock-{self._appearance.theme.name}.svg")))
        words = self.tr("{0} (locked)").format(self.wave_box.itemText(place))
        self.wave_box.setItemIcon(place, sign)
        self.wave_box.setItemData(place, words, Qt.ItemDataRole.AccessibleTextRole)
        self.wave_box.setItemData(place, in_tip(words), Qt.ItemDataRole.ToolTipRole)

    def refresh_appearance(self) -> None:
        """Follow a new zoom."""
        pixels = self._appearance.pixels
        self.row_layout.setContentsMargins(pixels(18), pixels(5), pixels(18), pixels(5))
        self.row_layout.setSpacing(pixels(12))
        self.save_state.refresh()
        self.fit_again()

    def fit(self) -> None:
        """Where there is little room the menus still lead to what is hidden here."""
        audit = self._session.audit
        name = audit.details.area or audit.details.title
        if audit.pack is not None:
            from hsb_desktop.ui.pack_words import pack_title

            name = pack_title(audit)
        longest = max(self.room // 3, self._appearance.pixels(80))
        self._name.setText(self._shortened(name, longest))
        optional: list[QWidget] = [self._author, self._project]
        if self.wave_box.count() < 2:
            optional.append(self.wave_box)
        row: list[QWidget] = [self._name, self.wave_box, self._project, self._author, self.save_state]
        if audit.is_sample:
            row.append(self._sample)
            optional.append(self._sample)
        self.show_what_fits(row, optional)

    def _shortened(self, name: str, longest: int) -> str:
        metrics = self._name.fontMetrics()
        if metrics.horizontalAdvance(name) <= longest:
            return name
        from PySide6.QtCore import Qt

        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, longest)

    def _on_wave_activated(self, place: int) -> None:
        wave_id = self.wave_box.itemData(place)
        if wave_id and wave_id != self._session.wave_id:
            self._session.show_wave(wave_id)
        if self.wave_box.was_opened:
            self.wave_box.was_opened = False
            self.wave_chosen.emit()
