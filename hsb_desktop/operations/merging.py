"""Merging copies of an audit into it: a plan of what would change, then written whole or not at all.

`analysis/merging.py` decides for each value; here is what of a copy is compared at all, and the words for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from hsb_desktop.analysis.merging import Choice
from hsb_desktop.errors import HsbError, InputRefused
from hsb_desktop.instrument import is_same_instrument
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.operations.merge_plan import MergePlan
from hsb_desktop.operations.merge_steps import Merge
from hsb_desktop.store.ancestry import revisions_of
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.merge_writing import MergedValue, fits, write_merge
from hsb_desktop.store.share import save_copy
from hsb_desktop.values import ChangeSet
from hsb_desktop.whole_file import whole_file

__all__ = [
    "Choice",
    "MergePlan",
    "apply_plan",
    "plan_merge",
    "redo_plan",
    "refuse_conflicts",
    "refuse_unfit",
    "undo_plan",
    "write_merged_copy",
]

_NO_CHOICES: Mapping[str, Choice] = {}


def plan_merge(
    target: AuditFile,
    sources: Sequence[AuditFile],
    *,
    on_conflict: Choice = Choice.BOTH,
    choices: Mapping[str, Choice] = _NO_CHOICES,
    author: str = "",
) -> MergePlan:
    """Return what merging these copies into an audit would do; nothing is written.

    `choices` says for single values, by `str()` of their address, what is wanted where both answer
    differently; `on_conflict` for all others. The `author` is who merges. Raises InputRefused for a copy of
    another audit or another instrument.
    """
    audits = [source.read() for source in sources]
    audit = target.read()
    for source, other in zip(sources, audits, strict=True):
        refuse_unfit(audit, other, target.path.name, source.path.name)
    merge = Merge(target, audit, on_conflict, choices)
    for source, other in zip(sources, audits, strict=True):
        merge.take(source, other)
    return merge.plan(author)


def apply_plan(target: AuditFile, plan: MergePlan) -> ChangeSet:
    """Write what was planned, in one transaction; return what changed, as one step for undo.

    Raises NotSaved, with the file as it was, also where it was changed since the plan was made.
    """
    if plan.values:
        write_merge(target, plan.values, plan.ancestry)
    return plan.change_set


def undo_plan(target: AuditFile, plan: MergePlan) -> ChangeSet:
    """Take back a merge that was written, in one transaction; return what changed.

    What came by it is unknown to the audit again, so that it can be merged once more with other choices; so
    it is where something was edited meanwhile and that was taken back. Where values are not those of the
    merge any more, they are written back as edits of their own. Raises as `apply_plan` does.
    """
    values = _as_they_stand(target, tuple(value.reversed() for value in plan.values))
    return _written(target, values, {}, plan.change_set.reversed())


def _as_they_stand(target: AuditFile, values: tuple[MergedValue, ...]) -> tuple[MergedValue, ...]:
    """Return these values with the revisions that they have by now, if the audit still says the same."""
    if fits(target, values):
        return values
    audit, revisions = target.read(), revisions_of(target)
    if any(audit.value(value.address) != value.before for value in values):
        return values
    return tuple(replace(each, revision_before=revisions.get(str(each.address), "")) for each in values)


def redo_plan(target: AuditFile, plan: MergePlan) -> ChangeSet:
    """Do a merge again that was taken back, likewise."""
    return _written(target, plan.values, plan.ancestry, plan.change_set)


def _written(
    target: AuditFile,
    values: Sequence[MergedValue],
    ancestry: Mapping[str, tuple[str, ...]],
    change_set: ChangeSet,
) -> ChangeSet:
    if values and fits(target, values):
        write_merge(target, values, ancestry)
    elif change_set.changes:
        target.apply(change_set)
    return change_set


def write_merged_copy(target: AuditFile, plan: MergePlan, out: Path) -> None:
    """Write the audit after the merge into a new file, protected likewise; the audit itself stays as it was.

    Raises FileRefused where the name is taken, OutputRefused or NotSaved where the disk refuses, with nothing
    left behind.
    """
    with whole_file(out, replace=False) as temporary:
        save_copy(target, temporary)
        with target.open_copy(temporary) as copy:
            apply_plan(copy, plan)


def refuse_conflicts(plan: MergePlan) -> None:
    """Raise HsbError with a line for each value that both sides answered differently, if there is one."""
    if not plan.conflicts:
        return
    count = len({entry.address for entry in plan.conflicts})
    values = "1 value is" if count == 1 else f"{count} values are"
    raise HsbError(f"{values} answered differently in both. Nothing was merged.")


def refuse_unfit(ours: Audit, theirs: Audit, target_name: str, source_name: str) -> None:
    """Raise InputRefused for an audit that cannot be merged into this one at all."""
    _refuse_another_audit(ours, theirs, target_name, source_name)
    _refuse_another_instrument(ours.instrument, theirs.instrument, target_name, source_name)


def _refuse_another_audit(ours: Audit, theirs: Audit, target_name: str, source_name: str) -> None:
    waves = {wave.wave_id for wave in ours.waves}
    if ours.audit_id != theirs.audit_id and not any(wave.wave_id in waves for wave in theirs.waves):
        raise InputRefused(
            f"{source_name} is not a copy of {target_name}: it was made separately, so nothing says which of "
            "their values belong together. Nothing was merged; compare the two instead."
        )


def _refuse_another_instrument(
    ours: Instrument, theirs: Instrument, target_name: str, source_name: str
) -> None:
    if not is_same_instrument(ours, theirs):
        raise InputRefused(
            f'{source_name} is an audit with another audit tool ("{theirs.title}") than {target_name} '
            f'("{ours.title}"). Nothing was merged.'
        )
