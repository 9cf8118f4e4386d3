"""The words at the top right that say whether everything on the screen is on the disk."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from hsb_desktop.ui.save_state import SaveKind
from hsb_desktop.ui.session import AuditSession


class SaveStateLabel(QLabel):
    """Begins "All changes saved" exactly when everything on the screen is committed to the disk."""

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("save_state")
        self.setAccessibleDescription(self.tr("Whether your changes are on the disk"))
        self._session = session
        self._kind = ""
        session.save_state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the session says."""
        state = self._session.save_state
        words = {
            SaveKind.SAVED: self.tr("All changes saved {0}").format(state.at),
            SaveKind.SAVING: self.tr("Saving…"),
            SaveKind.NOT_SAVED: self.tr("⚠ Not saved"),
            SaveKind.READ_ONLY: self.tr("All changes saved · for reading only"),
        }[state.kind]
        self.setText(words)
        kind = state.kind.name.lower()
        if self._kind != kind:
            was_known, self._kind = bool(self._kind), kind
            self.setProperty("kind", kind)
            # As it is made there is nothing to restyle; and the first touch of a style costs Python ten
            # milliseconds, for which the first paint does not wait.
            if was_known:
                self.style().unpolish(self)
                self.style().polish(self)
