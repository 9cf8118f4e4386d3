"""About the program: version, licence, whose words the audit tool is, and the typefaces."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hsb_desktop import __version__
from hsb_desktop.instrument import available_instruments
from hsb_desktop.model import Instrument
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame, Role
from hsb_desktop.ui.dialogs.reading_text import ReadingText


class AboutDialog(DialogFrame):
    """Says what the program is, and acknowledges every edition at hand and that of the open audit."""

    def __init__(self, open_instrument: Instrument | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, "about_dialog", "", is_scrolled=False)
        self.setWindowTitle(self.tr("About HSB Audit Workshop"))
        self.text = ReadingText("about_text", self.tr("About HSB Audit Workshop"))
        self.body.addWidget(self.text)
        close = self.add_button("close_button", self.tr("Close"), Role.RejectRole, is_primary=True)
        close.clicked.connect(self.reject)
        self._write_program()
        self._write_audit_tool(open_instrument)
        self._write_typefaces()
        self.text.show_from_top()
        self.text.setFocus()

    @classmethod
    def show_about(cls, open_instrument: Instrument | None = None, parent: QWidget | None = None) -> None:
        """Show it until it is closed; `open_instrument` is the edition inside the open audit."""
        dialog = cls(open_instrument, parent)
        dialog.exec()
        dialog.deleteLater()

    def _write_program(self) -> None:
        self.text.add_title(self.tr("HSB Audit Workshop"))
        self.text.add_paragraph(self.tr("Version {0}").format(__version__))
        self.text.add_paragraph(
            self.tr(
                "For multi-agency audits of how a local area responds to harmful sexual behaviour by "
                "children and young people. It works without a network, and what is written stays on "
                "this computer."
            )
        )
        self.text.add_paragraph(
            self.tr("The program is free software under the MIT licence. It comes without a warranty.")
        )

    def _write_audit_tool(self, open_instrument: Instrument | None) -> None:
        self.text.add_section(self.tr("The audit tool"))
        self.text.add_paragraph(
            self.tr(
                "The statements, domains and score descriptors are quoted word for word. They are not "
                "covered by the program’s licence. The NSPCC has neither made nor endorsed this program; "
                "whoever distributes it asks the NSPCC for permission."
            )
        )
        at_hand, _ = available_instruments()
        for acknowledgement, editions in _by_acknowledgement(at_hand).items():
            self.text.add_paragraph(acknowledgement, lead="; ".join(editions))
        if open_instrument is not None:
            self.text.add_paragraph(
                f"{open_instrument.edition}. {open_instrument.acknowledgement}",
                lead=self.tr("In the open audit"),
            )

    def _write_typefaces(self) -> None:
        self.text.add_section(self.tr("Typefaces"))
        self.text.add_paragraph(
            self.tr("Copyright 2015 Google LLC, under the SIL Open Font License, version 1.1."),
            lead="Noto Sans",
        )
        self.text.add_paragraph(
            self.tr(
                "Copyright 2003 Bitstream, Inc. and 2006 Tavmjong Bah, under the Bitstream Vera licence; the "
                "changes by the DejaVu project are in the public domain."
            ),
            lead="DejaVu Sans",
        )


def _by_acknowledgement(instruments: tuple[Instrument, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for instrument in instruments:
        found.setdefault(instrument.acknowledgement, []).append(instrument.edition)
    return found
