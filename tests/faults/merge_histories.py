"""Copies of one audit with a drawn history: edits, emptied boxes, copies with and without history, merges."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hsb_desktop.analysis.merging import merged_id
from hsb_desktop.operations.merging import Choice, MergePlan, apply_plan, plan_merge
from hsb_desktop.operations.settling import settle
from hsb_desktop.store.ancestry import ancestry_of, revisions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy, share_copy
from hsb_desktop.values import NO_VIEW, Change, ChangeSet, Subject, Value, ValueAddress
from tests.faults.story import fresh_audit
from tests.store.files import EVIDENCE, SCORE, address, of_police

_STEPS = 16
_PLACES: tuple[tuple[ValueAddress, tuple[Value, ...]], ...] = (
    (SCORE, (0, 1, 2, 3, 4, None)),
    (of_police("1.1"), (0, 3, NO_VIEW, None)),
    (EVIDENCE, ("Visited twice.", "A review is planned.", "ŵythnos", None)),
    (address(Subject.READING, ("2.6",), "text"), ("With carers.", "With schools.", None)),
    (address(Subject.AGENCY, ("health",), "name"), ("Health", "Health Trust")),
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds, as far as two merges must agree on it."""

    values: dict[str, Value]
    """By address, with conflicts, without who entered them: a copy without history does not know."""
    revisions: dict[str, str]


class Copies:
    """Open copies of one audit; the first is the one that the others are merged into."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._folder = folder
        self._chance = chance
        self._made = 0
        self._stack = ExitStack()
        first = self._opened(fresh_audit(folder))
        self.files = [first]
        for _ in range(chance.randrange(1, 4)):
            self.files.append(self._copied(first))

    def __enter__(self) -> Copies:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def live(self, steps: int = _STEPS) -> None:
        """Let so much happen to them."""
        for number in range(steps):
            what = self._chance.choice(("edit", "edit", "edit", "edit", "merge", "copy", "settle"))
            if what == "edit":
                self._edit(number)
            elif what == "merge":
                target, source = self._chance.sample(self.files, 2)
                merge(target, [source])
            elif what == "copy":
                place, of = self._chance.randrange(1, len(self.files)), self._chance.choice(self.files)
                self.files[place] = self._copied(of)
            else:
                self._settle()

    def _edit(self, number: int) -> None:
        file, (where, values) = self._chance.choice(self.files), self._chance.choice(_PLACES)
        before, after = file.read().value(where), self._chance.choice(values)
        if before != after:
            file.apply(ChangeSet("an edit", (Change(where, before, after),), f"Scribe {number}"))

    def _settle(self) -> None:
        file = self._chance.choice(self.files)
        conflicts = (audit := file.read()).conflicts
        if conflicts:
            row = self._chance.choice(conflicts)
            value = self._chance.choice((row.first_value, row.second_value))
            file.apply(settle(audit, row.conflict_id, value))

    def _copied(self, file: AuditFile) -> AuditFile:
        self._made += 1
        path = self._folder / f"copy-{self._made}.hsbaudit"
        (share_copy if self._chance.random() < 0.5 else save_copy)(file, path)
        return self._opened(path)

    def _opened(self, path: Path) -> AuditFile:
        return self._stack.enter_context(AuditFile.open(path))

    def target_copy(self, name: str) -> AuditFile:
        """Return a copy of the target to merge into."""
        path = self._folder / f"{name}.hsbaudit"
        save_copy(self.files[0], path)
        return self._opened(path)

    @property
    def sources(self) -> list[AuditFile]:
        return self.files[1:]


def merge(target: AuditFile, sources: Sequence[AuditFile], on_conflict: Choice = Choice.BOTH) -> MergePlan:
    """Merge open copies into an open audit."""
    plan = plan_merge(target, sources, on_conflict=on_conflict, author="Merger Oakes")
    apply_plan(target, plan)
    return plan


def held_in(file: AuditFile) -> Held:
    """Return what an open file holds."""
    return Held(
        {
            str(where): value
            for where, value in file.read().values()
            if where.field not in ("first_author", "second_author")
        },
        {
            where: revision
            for where, revision in revisions_of(file).items()
            if not where.startswith("conflict/")
        },
    )


def lost_in(merged: AuditFile, copies: Sequence[AuditFile]) -> list[str]:
    """Return what stood in one of the copies and is neither in place, nor in a conflict, nor gone beyond.

    A revision in which a merge only joined edits is no answer of its own: those edits must be gone beyond.
    """
    said, revisions = _said(merged), revisions_of(merged)
    lost = []
    for copy in copies:
        theirs = revisions_of(copy)
        for where, answers in _said(copy).items():
            behind = ancestry_of(merged, [revisions[where]] if where in revisions else [])
            for answer, revision in answers.items():
                edits = _edits_joined_in(copy, revision or theirs[where])
                if answer not in said.get(where, {}) and not edits <= behind.keys():
                    lost.append(f"{where}: {answer!r}")
    return lost


def _edits_joined_in(file: AuditFile, revision_id: str) -> set[str]:
    """Return the edits that a revision stands for: itself, or what merges joined in it."""
    ancestry, edits, waiting = ancestry_of(file, [revision_id]), set(), [revision_id]
    while waiting:
        each = waiting.pop()
        parents = ancestry.get(each, ())
        if len(parents) == 2 and each == merged_id(*parents):
            waiting += parents
        else:
            edits.add(each)
    return edits


def invented_in(merged: AuditFile, copies: Sequence[AuditFile]) -> list[str]:
    """Return what stands in a merged audit, or waits in it, and stood in no copy."""
    known = [_said(copy) for copy in copies]
    return [
        f"{where}: {answer!r}"
        for where, answers in _said(merged).items()
        for answer in answers
        if not any(answer in each.get(where, {}) for each in known)
    ]


def _said(file: AuditFile) -> dict[str, dict[Value, str]]:
    """Return by address every answer that stands or waits, with its revision where a conflict names it."""
    audit = file.read()
    said: dict[str, dict[Value, str]] = {}
    for where, value in audit.values():
        if where.subject is not Subject.CONFLICT:
            said.setdefault(str(where), {})[value] = ""
    for row in audit.conflicts:
        answers = said.setdefault(row.address, {})
        for value, revision_id in (
            (row.first_value, row.first_revision_id),
            (row.second_value, row.second_revision_id),
        ):
            answers[value] = answers.get(value) or revision_id
    return said


def closed_copies(copies: Copies, folder: Path) -> list[Path]:
    """Write the copies into closed files in another folder, the target first."""
    paths = []
    for number, file in enumerate(copies.files):
        path = folder / f"closed-{number}.hsbaudit"
        save_copy(file, path)
        paths.append(path)
    return paths


def copy_of(path: Path, name: str) -> Path:
    """Copy a closed file."""
    copy = path.with_name(f"{name}.hsbaudit")
    shutil.copyfile(path, copy)
    return copy
