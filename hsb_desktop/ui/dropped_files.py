"""What becomes of files that are dropped on the window: opened, taken back, merged or imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hsb_desktop.ui import messages

if TYPE_CHECKING:
    from hsb_desktop.ui.flows import Flows
    from hsb_desktop.ui.session import AuditSession

_AUDIT_SUFFIX = ".hsbaudit"
_IMPORT_SUFFIXES = (".csv", ".xlsx", ".json")


def take_dropped(flows: Flows, session: AuditSession | None, paths: Sequence[Path], window: QWidget) -> None:
    """Open, take back, merge or import files.

    Packs that came back to the open audit are taken in, all together. Other audits are opened or merged,
    whichever the person asks for. A table or a JSON export is imported. Several files that are not all audits
    are refused in words.
    """
    if not paths:
        return
    are_audits = all(path.suffix.lower() == _AUDIT_SUFFIX for path in paths)
    if session is None or _is_itself(session, paths):
        _open_only(flows, paths, window)
    elif flows.packs.are_returned(paths):
        flows.packs.take_in(paths)
    elif are_audits and not session.is_read_only:
        _open_or_merge(flows, session, paths, window)
    elif len(paths) == 1 and paths[0].suffix.lower() in _IMPORT_SUFFIXES:
        flows.import_file(paths[0])
    else:
        _open_only(flows, paths, window)


def _open_only(flows: Flows, paths: Sequence[Path], window: QWidget) -> None:
    if len(paths) == 1:
        flows.open_path(paths[0])
    else:
        messages.show_error(
            window,
            _tr(
                "Only one file can be opened at a time. To merge several copies of an audit, open the audit "
                "that they belong to and drop them on it."
            ),
        )


def _open_or_merge(flows: Flows, session: AuditSession, paths: Sequence[Path], window: QWidget) -> None:
    from hsb_desktop.interchange.text import shown
    from hsb_desktop.ui.dialogs.choice_dialog import Choice

    here = shown(session.path.name)
    name = shown(paths[0].name)
    merge = Choice(
        "merge_dropped",
        _tr("Merge into this audit…"),
        _tr("For a copy of {0}, or a pack that was sent out from it. Shows what would change first.").format(
            here
        ),
    )
    choices = [merge]
    if len(paths) == 1:
        hint = _tr("Closes {0}; everything in it is saved.").format(here)
        choices.append(Choice("open_dropped", _tr("Open it"), hint))
        title = _tr("What is to be done with {0}?").format(name)
    else:
        title = _tr("Merge {0} files into this audit?").format(len(paths))
    chosen = messages.choose(window, title, "", choices, leave=_tr("Leave it"))
    if chosen is merge:
        flows.merging.merge_paths(paths)
    elif chosen is not None:
        flows.open_path(paths[0])


def _is_itself(session: AuditSession, paths: Sequence[Path]) -> bool:
    try:
        return len(paths) == 1 and paths[0].samefile(session.path)
    except OSError:
        return False


def _tr(words: str) -> str:
    return QCoreApplication.translate("DroppedFiles", words)
