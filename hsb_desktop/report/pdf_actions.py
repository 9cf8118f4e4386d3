"""Prints what is left to do: suggested actions, and what two copies of the audit say differently."""

from __future__ import annotations

from collections.abc import Sequence

from hsb_desktop.analysis.consensus import QUESTION
from hsb_desktop.report import shapes
from hsb_desktop.report.agencies import ActionLine, ConflictLine
from hsb_desktop.report.flow import Flow
from hsb_desktop.report.labelled_text import GUTTER, labelled
from hsb_desktop.report.page_style import BODY, NUMBER, RULE, SMALL, STRONG
from hsb_desktop.report.pdf_section import begin_section

_REFERENCE_LINES = 3


def print_actions(flow: Flow, actions: Sequence[ActionLine]) -> None:
    """Print every suggested action whole, with the statement that it is for; nothing where there are none."""
    if not actions:
        return
    begin_section(
        flow,
        "Suggested actions",
        subtitle=f"Where agencies differed they were asked: {QUESTION}",
    )
    for action in actions:
        _action(flow, action)
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))


def _action(flow: Flow, action: ActionLine) -> None:
    width = flow.frame.width - GUTTER
    # The statement stands whole on its own page.
    reference = flow.setter.clipped(action.reference, SMALL, width, _REFERENCE_LINES)
    flow.need(len(reference) * SMALL.leading + 3 * BODY.leading + 20)
    flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
    flow.y -= 5
    element = flow.parent.child("H2")
    number = flow.setter.clipped(action.statement_id, NUMBER, GUTTER - 8, 1)
    flow.put(element, flow.document.text(number, NUMBER, flow.frame.left, flow.y + 1))
    flow.lines(reference, SMALL, element, left=GUTTER)
    score = "not scored" if action.score is None else f"Score {action.score}"
    said = " · ".join(filter(None, (score, action.spread)))
    flow.lines(flow.setter.lines(said, SMALL, width), SMALL, flow.parent.child("P"), left=GUTTER)
    flow.y -= 2
    labelled(flow, "Action", action.text, continued=f"{action.statement_id} Action, continued")


def print_conflicts(flow: Flow, conflicts: Sequence[ConflictLine]) -> None:
    """Print both values of every conflict that waits to be settled; nothing where there are none."""
    if not conflicts:
        return
    begin_section(
        flow,
        f"Not settled yet ({len(conflicts)})",
        subtitle="Two copies of this audit say different things here. The value in place is used "
        "everywhere in this report until somebody chooses.",
    )
    for conflict in conflicts:
        flow.need(5 * BODY.leading)
        flow.put(None, shapes.rule(flow.frame.left, flow.frame.right, flow.y, RULE))
        flow.y -= 5
        flow.text(conflict.place, STRONG, kind="H2", keep=2 * BODY.leading)
        flow.y -= 2
        labelled(flow, "In place", conflict.in_place, continued="In place, continued", after=3)
        labelled(flow, "Other copy", conflict.other, continued="Other copy, continued")
