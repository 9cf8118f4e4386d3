"""What a person is shown before copies are merged: the plan, what cannot be merged, who said what when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hsb_desktop.analysis.merging import Choice
from hsb_desktop.errors import HsbError, PasswordNeeded, WrongPassword
from hsb_desktop.operations.merge_plan import MergeEntry, MergePlan
from hsb_desktop.operations.merging import plan_merge, refuse_unfit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Value, ValueAddress

_ADDRESSES_AT_ONCE = 500
"""SQLite takes that many in one question."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that cannot be merged, and why, in a sentence."""

    name: str
    why: str


@dataclass(slots=True)
class Sources:
    """Files that are to be merged, open for reading only until they are closed."""

    files: list[AuditFile] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    locked: list[Path] = field(default_factory=list)
    """Those whose password is not known yet."""

    def open(self, paths: Iterable[Path], password: str | None) -> None:
        """Open each; a protected one with this password, as far as that opens it."""
        for path in paths:
            try:
                self.files.append(_opened(path, password))
            except (PasswordNeeded, WrongPassword):
                self.locked.append(path)
            except HsbError as error:
                self.refusals.append(Refusal(path.name, str(error)))

    def refuse(self, path: Path, why: str) -> None:
        """Leave a file out."""
        self.refusals.append(Refusal(path.name, why))

    def close(self) -> None:
        """Let go of the files."""
        for file in self.files:
            file.close()
        self.files.clear()


def _opened(path: Path, password: str | None) -> AuditFile:
    try:
        return AuditFile.open(path, read_only=True)
    except PasswordNeeded:
        if password is None:
            raise
        return AuditFile.open(path, read_only=True, password=password)


Moment = tuple[str, str]
"""Who entered a value, and when (UTC, ISO 8601); both are empty where nothing tells."""

_UNKNOWN: Moment = ("", "")


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging would do, and what is known of the answers that differ."""

    plan: MergePlan
    names: tuple[str, ...]
    """Of the files that would be merged."""
    refusals: tuple[Refusal, ...]
    moments: Mapping[tuple[str, str, Value], Moment] = field(repr=False)
    """By file name (empty for the audit itself), address and value."""

    def moment_here(self, entry: MergeEntry) -> Moment:
        """Return who entered what stands here, and when."""
        return self._moment("", entry, entry.ours, entry.our_author)

    def moment_there(self, entry: MergeEntry) -> Moment:
        """Return who entered what stands in the copy, and when."""
        return self._moment(entry.source_name, entry, entry.theirs, entry.their_author)

    def _moment(self, name: str, entry: MergeEntry, value: Value, author: str) -> Moment:
        known_author, at = self.moments.get((name, str(entry.address), value), _UNKNOWN)
        return author or known_author, at

    @property
    def questions(self) -> tuple[str, ...]:
        """The addresses, as text, at which the answers differ, each once, in order."""
        return tuple(dict.fromkeys(str(entry.address) for entry in self.plan.conflicts))

    def is_as(self, other: Preview) -> bool:
        """Whether another preview shows the same, whatever was chosen."""
        return all(
            _seen(one) == _seen(two)
            for one, two in (
                (self.plan.conflicts, other.plan.conflicts),
                (self.plan.taken, other.plan.taken),
                (self.plan.cleared, other.plan.cleared),
            )
        )


def _seen(entries: tuple[MergeEntry, ...]) -> set[tuple[str, str, Value]]:
    return {(str(entry.address), entry.source_name, entry.theirs) for entry in entries}


def preview_merge(
    target: AuditFile,
    sources: Sources,
    choices: Mapping[str, Choice] | None = None,
    author: str = "",
) -> Preview:
    """Return what merging the open files would do. Those of another audit are left out, with the reason.

    Nothing is written. Raises HsbError where the audit itself cannot be read.
    """
    audit = target.read()
    fitting: list[AuditFile] = []
    refusals = list(sources.refusals)
    for file in sources.files:
        try:
            refuse_unfit(audit, file.read(), target.path.name, file.path.name)
            fitting.append(file)
        except HsbError as error:
            refusals.append(Refusal(file.path.name, str(error)))
    plan = plan_merge(target, fitting, choices=choices or {}, author=author)
    moments: dict[tuple[str, str, Value], Moment] = {}
    _read_moments(moments, "", target, plan.conflicts)
    for file in fitting:
        of_file = [entry for entry in plan.conflicts if entry.source_name == file.path.name]
        _read_moments(moments, file.path.name, file, of_file)
    return Preview(plan, tuple(file.path.name for file in fitting), tuple(refusals), moments)


def _read_moments(
    moments: dict[tuple[str, str, Value], Moment],
    name: str,
    file: AuditFile,
    entries: Sequence[MergeEntry],
) -> None:
    addresses: list[ValueAddress] = list({str(entry.address): entry.address for entry in entries}.values())
    for begin in range(0, len(addresses), _ADDRESSES_AT_ONCE):
        for visit in file.history(*addresses[begin : begin + _ADDRESSES_AT_ONCE]):
            # The latest visit that left this value is the one that is meant.
            moments[name, visit.address, visit.after] = visit.author, visit.edited_at
