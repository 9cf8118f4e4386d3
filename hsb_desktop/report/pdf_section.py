"""How a section of a printed report begins."""

from __future__ import annotations

from hsb_desktop.report.flow import Flow
from hsb_desktop.report.page_style import SUBTITLE, TITLE


def begin_section(flow: Flow, title: str, *, subtitle: str = "", new_page: bool = True) -> None:
    """Print the title of a section, on a new page unless told otherwise, and enter it in the outline."""
    if new_page:
        flow.start_sheet()
    flow.section()
    flow.bookmark(title, 0)
    flow.text(title, TITLE, kind="H1", keep=80)
    if subtitle:
        flow.text(subtitle, SUBTITLE)
    flow.space(12)
