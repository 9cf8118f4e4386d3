"""The choice of what a radar shows: all domains, or one domain's statements."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hsb_desktop.model import Domain
from hsb_desktop.ui.choice_box import ChoiceBox

ALL_DOMAINS = ""


class RadarSwitch(ChoiceBox):
    """Lists the domains of the open audit's instrument."""

    domain_switched = Signal(str)
    """Somebody chose: a domain's number, or ALL_DOMAINS."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("radar_switch", parent)
        self.setAccessibleName(self.tr("What the radar shows"))
        self.setMinimumContentsLength(9)
        self.activated.connect(lambda row: self.domain_switched.emit(self.itemData(row)))

    def show_choice(self, domains: tuple[Domain, ...], domain_id: str) -> None:
        """Show what is chosen; the list is filled anew only for another instrument."""
        if [self.itemData(row) for row in range(1, self.count())] != [each.domain_id for each in domains]:
            self.clear()
            self.addItem(self.tr("All domains"), ALL_DOMAINS)
            for domain in domains:
                words = self.tr("Statements of {domain}").format(domain=domain.short_title)
                self.addItem(words, domain.domain_id)
        self.setCurrentIndex(self.findData(domain_id))
