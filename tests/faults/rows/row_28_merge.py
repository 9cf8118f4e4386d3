"""Merging twice, in any order, with conflicts, stopped half-way."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import permutations
from pathlib import Path

from hsb_desktop.store.audit_file import AuditFile
from tests.faults.calls import CALL_IN_LOG, CALLS, injected, paths_of
from tests.faults.editor import MERGE, Editor, Tracer, need
from tests.faults.fault import Fault, Lost, NotRun, Place
from tests.faults.merge_histories import (
    Copies,
    Held,
    closed_copies,
    held_in,
    invented_in,
    lost_in,
    merge,
)

_EVERY = 4
"""Of so many histories one is also merged in a program that is killed at one of its writes."""


def _merge(place: Place) -> int:
    with Copies(place.folder, place.random) as copies:
        copies.live()
        before = [held_in(file) for file in copies.files]
        together = copies.target_copy("together")
        merge(together, copies.sources)
        held = held_in(together)
        for number, order in enumerate(permutations(copies.sources)):
            one_by_one = copies.target_copy(f"order-{number}")
            for source in order:
                merge(one_by_one, [source])
            _must_be(held_in(one_by_one), held, "another order comes to something else")
        if not merge(together, copies.sources).is_empty:
            raise Lost("merged again, something changes")
        _must_have_all(together, copies)
        _must_be(held_in(together), held, "merged again, it comes to something else")
        if [held_in(file) for file in copies.files] != before:
            raise Lost("a copy that was only read has changed")
        closed = place.folder / "closed"
        closed.mkdir()
        closed_copies(copies, closed)
    if place.index % _EVERY == 0:
        _kill(place, closed, before[0], held)
    return 1


def _must_be(found: Held, expected: Held, what: str) -> None:
    if found != expected:
        differing = {
            where
            for where in found.values.keys() | expected.values.keys()
            if found.values.get(where) != expected.values.get(where)
        }
        raise Lost(f"{what}: {', '.join(sorted(differing)[:3]) or 'revisions differ'}")


def _must_have_all(merged: AuditFile, copies: Copies) -> None:
    if problems := merged.check():
        raise Lost(f"the merged audit is not whole: {problems[0]}")
    if lost := lost_in(merged, copies.files):
        raise Lost(f"lost: {lost[0]}")
    if invented := invented_in(merged, copies.files):
        raise Lost(f"in no copy: {invented[0]}")


def _kill(place: Place, closed: Path, before: Held, after: Held) -> None:
    """Merge in a program that is killed at a system call: all of it is in the file then, or nothing."""
    need("strace")
    calls = _calls_of_a_merge(place, closed)
    if not calls:
        return
    call, number = calls[place.index // _EVERY % len(calls)]
    target = _target_in(place.folder / "killed", closed)
    with Editor(MERGE, target, folder=place.folder, seed=0) as editor:
        editor.start()
        with Tracer(editor, place.folder, *injected(target, call, f"signal=SIGKILL:when={number}")):
            editor.tell("go")
            editor.to_its_death()
    with AuditFile.open(target) as file:
        held, problems = held_in(file), file.check()
    if problems:
        raise Lost(f"killed at {call} {number}, the audit is not whole: {problems[0]}")
    if held not in (before, after):
        raise Lost(f"killed at {call} {number}, a part of the merge is in the audit")
    if editor.acknowledged and held != after:
        raise Lost(f"killed at {call} {number}, a merge that was acknowledged is gone")


def _calls_of_a_merge(place: Place, closed: Path) -> list[tuple[str, int]]:
    target = _target_in(place.folder / "watched", closed)
    with Editor(MERGE, target, folder=place.folder, seed=0) as editor:
        editor.start()
        with Tracer(editor, place.folder, "-e", f"trace={CALLS}", *paths_of(target)) as tracer:
            editor.tell("go")
            editor.to_the_end()
            tracer.wait()
            counted = Counter(CALL_IN_LOG.findall(tracer.log.read_text(errors="replace")))
    found = [(call, number) for call, count in sorted(counted.items()) for number in range(1, count + 1)]
    if not found:
        raise NotRun("strace saw no call that writes")
    return found


def _target_in(folder: Path, closed: Path) -> Path:
    shutil.copytree(closed, folder)
    return (folder / "closed-0.hsbaudit").rename(folder / "target.hsbaudit")


def _control(place: Place) -> None:
    """Who merges last wins: what somebody entered is gone, or another order gives something else."""
    with Copies(place.folder, place.random) as copies:
        copies.live()
        results = []
        for number, order in enumerate(permutations(copies.sources)):
            merged = copies.target_copy(f"careless-{number}")
            for source in order:
                _overwrite(merged, source)
            if lost := lost_in(merged, copies.files):
                raise Lost(f"lost: {lost[0]}")
            results.append(held_in(merged))
        if any(result != results[0] for result in results):
            raise Lost("another order comes to something else")


def _overwrite(target: AuditFile, source: AuditFile) -> None:
    from hsb_desktop.operations.replacing import changes_between
    from hsb_desktop.values import ChangeSet

    changes = changes_between(target.read(), source.read())
    if changes:
        target.apply(ChangeSet("the other copy", changes))


FAULT = Fault(
    number=28,
    title="merge twice, in any order, with conflicts, stopped half-way",
    must="same result, both sides kept and named, atomic",
    trial=_merge,
    control=_control,
    count=2000,
    sample=2,
    limits=(
        "Two to four copies of one audit, with and without history, 16 steps each: edits, emptied boxes, new "
        "copies, merges, settled conflicts; then merged in every order, together and again. Every fourth is "
        "also merged in a program that `strace` kills as it enters a write, sync, truncation or removal, "
        "each in turn. The control takes what the copy merged last says."
    ),
)
