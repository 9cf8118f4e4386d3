"""What becomes of the backups that do not simply get an audit's new password; shown before it is set."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from hsb_desktop.operations.backup_lines import when_made
from hsb_desktop.operations.reprotecting import BackupChoice, BackupPlan
from hsb_desktop.ui.counted import counted
from hsb_desktop.ui.dialogs.dialog_frame import plain_label

_MOST_NAMED = 12


class BackupChoiceFields(QWidget):
    """Says which backups cannot be protected or may be of another copy, and takes the decisions."""

    def __init__(self, plan: BackupPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backup_choice_fields")
        self.keep_box: QCheckBox | None = None
        self.elsewhere_box: QCheckBox | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if plan.unreadable:
            self.keep_box = _box("keep_unreadable_box", self.tr("&Keep what cannot be opened, as it is"))
            layout.addWidget(plain_label("unreadable_backups", self._unreadable(plan), "warning"))
            layout.addWidget(self.keep_box)
        if plan.elsewhere:
            words = self.tr("&They are of this file, which was moved: give them the password, too")
            self.elsewhere_box = _box("also_elsewhere_box", words)
            layout.addWidget(plain_label("backups_elsewhere", self._elsewhere(plan), "warning"))
            layout.addWidget(self.elsewhere_box)

    def choice(self) -> BackupChoice:
        """Return what was decided."""
        return BackupChoice(
            also_elsewhere=self.elsewhere_box is not None and self.elsewhere_box.isChecked(),
            keeps_unreadable=self.keep_box is not None and self.keep_box.isChecked(),
        )

    def _unreadable(self, plan: BackupPlan) -> str:
        count = len(plan.unreadable)
        words = self.tr(
            "%n backup(s) cannot be opened, so this password cannot protect (it/them). Deleted with "
            "this: {0}.",
            "",
            count,
        )
        named = [when_made(backup) for backup in plan.unreadable[:_MOST_NAMED]]
        more = [self.tr("and {0} more").format(count - _MOST_NAMED)] if count > _MOST_NAMED else []
        return counted(words, count).format("; ".join([*named, *more]))

    def _elsewhere(self, plan: BackupPlan) -> str:
        count = len(plan.elsewhere)
        words = self.tr(
            "%n backup(s) of this audit (was/were) made from a file in another place. (It/They) may be of "
            "another copy, and (stays/stay) without this password.",
            "",
            count,
        )
        return counted(words, count)


def _box(object_name: str, words: str) -> QCheckBox:
    box = QCheckBox(words)
    box.setObjectName(object_name)
    box.setAccessibleName(words.replace("&", ""))
    return box
