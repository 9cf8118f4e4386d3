"""Packs that come back, audit files and worksheets alike: one preview, one backup, one step, or nothing.

What a pack answers goes to the responses of its agency, open to everybody: it is no vote of a blind round.
An empty box changes nothing. What was answered differently here meanwhile is kept as a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.errors import FileRefused, HsbError, InputRefused, RowProblem, RowsRefused, WrongPassword
from hsb_desktop.instrument import is_same_instrument
from hsb_desktop.interchange.pack_reference import read_reference
from hsb_desktop.interchange.text import shown
from hsb_desktop.model import Audit
from hsb_desktop.operations.merge_plan import MergePlan
from hsb_desktop.operations.merge_sentences import sentences_of
from hsb_desktop.operations.merging import Choice, apply_plan, plan_merge
from hsb_desktop.operations.returned_sheets import open_worksheet
from hsb_desktop.operations.source_file import read_source
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.backup import make_due_backup
from hsb_desktop.store.backup_folder import BackupReason
from hsb_desktop.store.gate import can_be_protected
from hsb_desktop.values import ChangeSet

RETURN_SUFFIXES = (".hsbaudit", ".xlsx")

PasswordOf = Callable[[Path], str | None]
"""Gives the password of a protected file, None to go on without."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of which nothing is taken, and why."""

    name: str
    reason: str
    rows: tuple[RowProblem, ...] = ()


class FilesRefused(InputRefused):
    """Some files cannot be taken in, so none was."""

    def __init__(self, refused: tuple[RefusedFile, ...]) -> None:
        super().__init__(
            "\n".join(("Nothing was taken in, because of what follows.", *map(refusal_in_words, refused)))
        )
        self.refused = refused


@dataclass(frozen=True, slots=True)
class OpenedReturns:
    """What came back, open to be read, and what cannot be."""

    sources: tuple[AuditFile, ...]
    refused: tuple[RefusedFile, ...]
    notices: tuple[str, ...] = ()
    """What of the worksheets is not taken in, though it was typed."""


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """What taking these files in would do."""

    merge: MergePlan
    refused: tuple[RefusedFile, ...]
    """Left out of it, because somebody said so."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, one sentence after the other."""
        return (*sentences_of(self.merge), *map(refusal_in_words, self.refused))


def refusal_in_words(refused: RefusedFile) -> str:
    """Return why a file is left out, with its rows that cannot be used."""
    reason = refused.reason if refused.name in refused.reason else f"{refused.name}: {refused.reason}"
    return " ".join((reason, *(f"{problem}." for problem in refused.rows)))


def no_password(_path: Path) -> str | None:
    """Nobody is asked: a file that needs another password than the audit's is refused."""
    return None


def is_returned(path: Path, audit_id: str, password: str | None = None) -> bool:
    """Whether a file is a pack of this audit that can be opened with this password, if it needs one."""
    try:
        if path.suffix.lower() == ".xlsx":
            reference = read_reference(read_source(path), path.name)
            return reference is not None and reference.audit_id == audit_id
        if path.suffix.lower() != ".hsbaudit":
            return False
        with AuditFile.open(path, read_only=True, password=password) as file:
            audit = file.read()
    except HsbError:
        return False
    return audit.pack is not None and audit.audit_id == audit_id


def may_need_password(path: Path) -> bool:
    """Whether a file that came back looks like an audit that only a password opens."""
    try:
        return path.suffix.lower() == ".hsbaudit" and can_be_protected(path)
    except HsbError:
        # What is wrong with it is said when it is opened.
        return False


@contextmanager
def opened_returns(
    target: AuditFile,
    files: Sequence[Path],
    password_of: PasswordOf = no_password,
    *,
    only_packs: bool = False,
) -> Iterator[OpenedReturns]:
    """Open what came back, for reading only, worksheets as the copies that they stand for.

    Each file is opened with the password of the target, or else with what `password_of` gives. With
    `only_packs` a whole copy of the audit is refused: merging it is another thing to do.
    """
    audit = target.read()
    sources: list[AuditFile] = []
    refused: list[RefusedFile] = []
    notices: list[str] = []
    with ExitStack() as stack:
        for path in files:
            try:
                source, told = stack.enter_context(_opened(target, audit, path, password_of))
                _refuse_strange(audit, source, path, only_packs=only_packs)
                sources.append(source)
                notices += told
            except RowsRefused as error:
                refused.append(RefusedFile(path.name, str(error), error.problems))
            except HsbError as error:
                refused.append(RefusedFile(path.name, str(error)))
        yield OpenedReturns(tuple(sources), tuple(refused), tuple(notices))


def plan_return(
    target: AuditFile,
    files: Sequence[Path],
    password_of: PasswordOf = no_password,
    *,
    author: str = "",
    on_conflict: Choice = Choice.BOTH,
    leave_refused: bool = False,
    only_packs: bool = False,
) -> ReturnPlan:
    """Return what taking these files in would do; nothing is written. The `author` is who takes them in.

    Raises FilesRefused with every file that cannot be taken in and why, unless they are to be left out.
    """
    with opened_returns(target, files, password_of, only_packs=only_packs) as opened:
        if opened.refused and not leave_refused:
            raise FilesRefused(opened.refused)
        merge = plan_merge(target, opened.sources, on_conflict=on_conflict, author=author)
        return ReturnPlan(merge.with_notices(opened.notices), opened.refused)


def take_back(
    target: AuditFile,
    files: Sequence[Path],
    password_of: PasswordOf = no_password,
    *,
    author: str = "",
    leave_refused: bool = False,
) -> tuple[ReturnPlan, ChangeSet]:
    """Take these files in: one backup, then all of them in one transaction. Returns what that did.

    Raises FilesRefused as `plan_return`; NotSaved, with the audit as it was.
    """
    plan = plan_return(target, files, password_of, author=author, leave_refused=leave_refused)
    if plan.merge.is_empty:
        return plan, plan.merge.change_set
    make_due_backup(target, BackupReason.MERGE)
    return plan, apply_plan(target, plan.merge)


@contextmanager
def _opened(
    target: AuditFile, audit: Audit, path: Path, password_of: PasswordOf
) -> Iterator[tuple[AuditFile, tuple[str, ...]]]:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        worksheet = open_worksheet(target, audit, path)
        with worksheet.copy as source:
            yield source, worksheet.notices
    elif suffix == ".hsbaudit":
        with _opened_audit(target, path, password_of) as source:
            yield source, ()
    else:
        raise InputRefused(f"{path.name} is no pack: those end in {' or '.join(RETURN_SUFFIXES)}.")


def _opened_audit(target: AuditFile, path: Path, password_of: PasswordOf) -> AuditFile:
    if path.exists() and target.path.exists() and path.samefile(target.path):
        raise InputRefused(f"{path.name} is the audit itself.")
    if not can_be_protected(path):
        return AuditFile.open(path, read_only=True)
    if target.password is not None:
        try:
            return AuditFile.open(path, read_only=True, password=target.password)
        except WrongPassword:
            pass
    return AuditFile.open(path, read_only=True, password=password_of(path))


def _refuse_strange(audit: Audit, source: AuditFile, path: Path, *, only_packs: bool) -> None:
    other = source.read()
    if audit.pack is not None:
        raise FileRefused("This audit is a pack itself: packs go back to the audit that they were sent from.")
    if other.audit_id != audit.audit_id:
        raise InputRefused(f"{path.name} belongs to another audit. Nothing of it was taken.")
    if not is_same_instrument(audit.instrument, other.instrument):
        raise InputRefused(
            f'{path.name} is on another audit tool ("{shown(other.instrument.title)}"). '
            "Nothing of it was taken."
        )
    if only_packs and path.suffix.lower() == ".hsbaudit" and other.pack is None:
        raise InputRefused(f"{path.name} is a whole copy of the audit. Merge it with File, Merge files.")
