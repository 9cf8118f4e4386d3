"""Removing a text for good from an audit and from the other files that hold copies of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.errors import HsbError
from hsb_desktop.operations.conflict_copies import find_conflict_copies
from hsb_desktop.settings import Settings, load_settings, save_settings
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import backups_of
from hsb_desktop.store.backup_folder import delete_unfinished
from hsb_desktop.store.chosen_text import ChosenText
from hsb_desktop.store.removal import Removal, find_text, refuse_common, remove_text

OUT_OF_REACH = (
    "Copies that were shared or printed, earlier versions that a cloud service keeps, the clipboard, and "
    "what a disk keeps of deleted files are out of reach of this program."
)


def known_copies(file: AuditFile) -> tuple[Path, ...]:
    """Return the other files from which a text is to go: backups, and conflict copies beside the audit."""
    audit_id = file.read().audit_id
    copies = find_conflict_copies(file.path, audit_id, file.password)
    return (*(backup.path for backup in backups_of(audit_id)), *(copy.path for copy in copies))


_STILL_AUTHOR = (
    "The name that your edits of this audit are kept under holds the text, and the settings of this program "
    "could not be written: remove the text again once they can be."
)


@dataclass(frozen=True, slots=True)
class OtherFile:
    """How it went with a backup or another copy."""

    path: Path
    removal: Removal | None
    """None where the file could not be opened, or not be cleaned."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RemovalReport:
    """Where a text stood, or was removed from."""

    path: Path
    removal: Removal
    """In the audit itself."""
    others: tuple[OtherFile, ...] = ()
    named: tuple[Path, ...] = ()
    """Files whose own names hold the text."""
    is_still_author: bool = False
    """Whether it is in the name that this person's edits are kept under, which could not be forgotten."""

    @property
    def is_empty(self) -> bool:
        """Whether it stood nowhere, in all files that could be looked through."""
        return self.removal.is_empty and all(
            other.removal is None or other.removal.is_empty for other in self.others
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """What is left for people to do, a sentence for each file."""
        return (
            *(
                f"{other.path.name} could not be cleaned: {other.problem} "
                "If it is a copy of this audit, delete it or, once it can be opened, remove the text again."
                for other in self.others
                if other.removal is None
            ),
            *(f"The name of the file {path.name} holds the text: rename it." for path in self.named),
            *((_STILL_AUTHOR,) if self.is_still_author else ()),
        )


def find_for_removal(
    file: AuditFile,
    text: str,
    removed_by: str,
    on: date,
    others: Iterable[Path] = (),
    *,
    whole_words: bool = False,
) -> RemovalReport:
    """Return where a text stands in an audit and in other files. None of them is changed.

    What ended programs left half written of the audit is deleted, as it is whenever an audit is opened.

    Raises InputRefused for a text that cannot be removed, FileRefused if the audit cannot be read.
    """
    chosen = ChosenText.of(text, whole_words=whole_words)
    refuse_common(file, chosen, removal_note(chosen, removed_by, on))
    found = find_text(file, chosen)
    looked_through = tuple(_looked_through(file, path, chosen) for path in _apart_from(file, others))
    return _report(file, chosen, found, (*looked_through, *_unfinished(file)))


def remove_for_good(
    file: AuditFile,
    text: str,
    removed_by: str,
    on: date,
    others: Iterable[Path] = (),
    *,
    whole_words: bool = False,
    author: str = "",
) -> RemovalReport:
    """Remove a text from an audit and then from each of the other files, and return where it stood.

    A note says by whom and on which day, in place of the text. It is a part of the text from then on and so
    goes into shared copies and exports: `removed_by` is only what somebody wants to stand there, and may be
    empty. Who did it, `author` or else `removed_by`, stands in the file's own history, which is not shared.

    Another file that cannot be opened or cleaned is told in the report and keeps no other from being
    cleaned; doing the same again finishes what is left. Where the name under which this person's edits are
    kept holds the text, it is forgotten, too.

    Raises InputRefused for a text that cannot be removed, NotSaved if the audit could not be written, both
    with all files as they were; NotRemoved if something of the text may be left in the audit's own bytes.
    """
    chosen = ChosenText.of(text, whole_words=whole_words)
    note = removal_note(chosen, removed_by, on)
    author = author or removed_by
    found = remove_text(file, chosen, note, author)
    cleaned = tuple(_cleaned(file, path, chosen, note, author) for path in _apart_from(file, others))
    report = _report(file, chosen, found, (*cleaned, *_unfinished(file)))
    return replace(report, is_still_author=not _has_forgotten_author(file.read().audit_id, chosen))


def removal_note(chosen: ChosenText, removed_by: str, on: date) -> str:
    """Return what is put in the place of the text; a name that holds the text itself is left out of it.

    It must not differ between a file and its shared copies, where the same revision must have the same value:
    so a name that is not to leave the building is not written into it in the first place.
    """
    name = removed_by.strip()
    if not name or chosen.is_in(name):
        name = "someone"
    return f"[removed by {name}, {written_date(on.isoformat())}]"


def without_author_in(settings: Settings, audit_id: str, chosen: ChosenText) -> Settings:
    """Return settings without the name that edits of this audit are kept under, if the text is in it."""
    holds_it = any(chosen.is_in(name) for name in settings.authors_of(audit_id))
    return settings.without_author(audit_id) if holds_it else settings


def _has_forgotten_author(audit_id: str, chosen: ChosenText) -> bool:
    """Take the name out of what this program remembers of its use; return whether it is in there no more."""
    settings = load_settings()
    cleaned = without_author_in(settings, audit_id, chosen)
    if cleaned is settings:
        return True
    save_settings(cleaned)
    return not load_settings().authors_of(audit_id)


def _looked_through(file: AuditFile, path: Path, chosen: ChosenText) -> OtherFile:
    try:
        with _opened_beside(file, path, read_only=True) as other:
            return OtherFile(path, find_text(other, chosen))
    except HsbError as error:
        return OtherFile(path, None, str(error))


def _cleaned(file: AuditFile, path: Path, chosen: ChosenText, note: str, author: str) -> OtherFile:
    try:
        with _opened_beside(file, path) as other:
            return OtherFile(path, remove_text(other, chosen, note, author))
    except (HsbError, OSError) as error:
        return OtherFile(path, None, str(error))


def _unfinished(file: AuditFile) -> tuple[OtherFile, ...]:
    """Delete what was left half written of the audit; return what has to stay, as what was not cleaned."""
    parts = delete_unfinished(file.path, file.read().audit_id)
    return tuple(OtherFile(part, None, "Another window or computer may be writing it.") for part in parts)


def _opened_beside(file: AuditFile, path: Path, *, read_only: bool = False) -> AuditFile:
    """Open a backup or another copy of the same audit. Raises what `open` raises."""
    return file.open_copy(path, read_only=read_only, keep_version=True)


def _apart_from(file: AuditFile, others: Iterable[Path]) -> tuple[Path, ...]:
    """Return each of the other files once, in their order, without the open one."""
    by_place = {path.resolve(): path for path in others}
    by_place.pop(file.path.resolve(), None)
    return tuple(by_place.values())


def _report(
    file: AuditFile, chosen: ChosenText, removal: Removal, others: tuple[OtherFile, ...]
) -> RemovalReport:
    paths = (file.path, *(other.path for other in others))
    return RemovalReport(file.path, removal, others, tuple(path for path in paths if chosen.is_in(path.name)))


def report_sentences(report: RemovalReport, *, done: bool) -> tuple[str, ...]:
    """Return what was found or, when `done`, removed, in sentences."""
    present, history = len(report.removal.places), report.removal.history
    if report.removal.is_empty:
        first = f"{report.path.name} {'held' if done else 'holds'} it nowhere."
    else:
        where = f"{_counted(present, 'present text')} and {_counted(history, 'line')} of history"
        first = f"{'Removed from' if done else 'Found in'} {where}."
    sentences = [first]
    reached = [other.removal for other in report.others if other.removal is not None]
    if report.others:
        holding = sum(not removal.is_empty for removal in reached)
        files = _counted(len(report.others), "backup or copy", "backups and copies")
        missed = len(report.others) - len(reached)
        unread = f"; {missed} could not be looked through" if missed else ""
        sentences.append(f"It {'was removed from' if done else 'is in'} {holding} of {files}{unread}.")
    if done and not report.problems:
        sentences.append("Every byte of these files was looked through: it is no longer there.")
    return (*sentences, *report.problems)


def _counted(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"
