"""Before anything leaves: looks for what may identify somebody, and asks.

Every way out asks here: copies to share, data, the report and the forms, saved or printed, and comparisons.
A copy of the whole file stays with whoever has the file; pictures of the radar and copied tables hold no such
text.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.analysis.side_by_side import SideBySide
from hsb_desktop.model import Audit
from hsb_desktop.operations.comparison_scan import scan_comparison
from hsb_desktop.operations.privacy_scan import Leaving, scan
from hsb_desktop.ui.background import run_with_progress
from hsb_desktop.ui.dialogs.privacy_dialog import PrivacyDialog
from hsb_desktop.ui.session import AuditSession


def may_leave(
    session: AuditSession,
    window: QWidget | None,
    *,
    leaving: Leaving = Leaving.WHOLE_AUDIT,
    go_on: str = "",
) -> bool:
    """Commit what is typed, look through it, ask if something is found; return whether to go on.

    Whoever chose a place instead is taken there, and nothing leaves. `go_on` is the word on the button.
    """
    session.flush()
    answer = ask_before_leaving(session.shown, session.wave_id, window, leaving=leaving, go_on=go_on)
    if isinstance(answer, Finding):
        session.place_wanted.emit(answer)
    return answer is True


def ask_before_leaving(
    audit: Audit,
    wave_id: str,
    window: QWidget | None,
    *,
    leaving: Leaving = Leaving.WHOLE_AUDIT,
    go_on: str = "",
) -> bool | Finding:
    """Return whether an audit may leave, or the Finding to which the person wants to go instead.

    Nobody is asked where nothing is found. Long texts are searched while the window stays alive.
    """
    words = QCoreApplication.translate("PrivacyFlows", "Looking for what may identify somebody…")
    today = date.today()
    found = run_with_progress(
        window, words, lambda: scan(audit, leaving=leaving, wave_id=wave_id, today=today)
    )
    if found is None:
        return False
    return PrivacyDialog.ask(audit, found, window, go_on=go_on) if found else True


def may_write_comparison(shown: SideBySide, window: QWidget | None) -> bool:
    """Look through what a comparison writes, ask if something is found, and return whether to write it."""
    found = scan_comparison(shown, today=date.today())
    go_on = QCoreApplication.translate("PrivacyFlows", "Go on and save")
    return not found or PrivacyDialog.ask_of_comparison(found, window, go_on=go_on)
