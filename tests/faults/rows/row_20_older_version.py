"""A file that an older version of the program made, brought up to date by a program that is killed in it."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.schema import USER_VERSION
from tests.faults.audits import NAME, look_without_a_trace
from tests.faults.calls import CALL_IN_LOG, CALLS, SEED
from tests.faults.editor import OLDER, Editor, Tracer, need
from tests.faults.fault import Fault, Lost, NotRun, Place
from tests.store.files import ask

FROZEN = tuple(
    frozen
    for frozen in sorted((Path(__file__).resolve().parents[2] / "data" / "audits").glob("*.hsbaudit"))
    if ask(frozen, "PRAGMA user_version") != [(USER_VERSION,)]
)
"""One real file of each version that is to be brought up to date."""

_Point = tuple[Path, str, int]


def _trial(place: Place) -> int:
    need("strace")
    every = _points()
    frozen, call, number = every[place.index % len(every)]
    return _kill_at(place.folder, frozen, call, number)


def _control(place: Place) -> None:
    need("strace")
    for frozen in FROZEN:
        # The first calls write the backup, page by page.
        for number in range(frozen.stat().st_size // 4096, 200):
            folder = place.folder / f"{frozen.stem}-{number}"
            folder.mkdir()
            if not _kill_at(folder, frozen, "pwrite64", number, "--careless"):
                break


@cache
def _points() -> tuple[_Point, ...]:
    """Return each call with which each file, its backup and what lies beside it are written; mixed."""
    found: list[_Point] = []
    for frozen in FROZEN:
        with tempfile.TemporaryDirectory(prefix="hsb-faults-") as name:
            folder = Path(name)
            with Editor(OLDER, _copy_of(frozen, folder), folder=folder, seed=SEED) as editor:
                editor.start()
                with Tracer(editor, folder, "-e", f"trace={CALLS}") as tracer:
                    editor.tell("go")
                    editor.to_the_end()
                    tracer.wait()
                    counted = Counter(CALL_IN_LOG.findall(tracer.log.read_text(errors="replace")))
        found += [
            (frozen, call, number)
            for call, count in sorted(counted.items())
            for number in range(1, count + 1)
        ]
    if not found:
        raise NotRun("strace saw no call that writes")
    random.Random(SEED).shuffle(found)
    return tuple(found)


def _kill_at(folder: Path, frozen: Path, call: str, number: int, *options: str) -> int:
    path = _copy_of(frozen, folder)
    with Editor(OLDER, path, folder=folder, seed=SEED, options=options) as editor:
        editor.start()
        with Tracer(
            editor, folder, "-e", f"trace={CALLS}", "-e", f"inject={call}:signal=SIGKILL:when={number}"
        ):
            editor.tell("go")
            editor.to_its_death()
    _must_hold_all(path, frozen)
    with Editor(OLDER, path, folder=folder, seed=SEED) as again:
        again.start()
        again.tell("go")
        again.to_the_end()
    _must_hold_all(path, frozen)
    if ask(path, "PRAGMA user_version") != [(USER_VERSION,)]:
        raise Lost(f"{frozen.name} was opened again and not brought up to date")
    _must_have_a_backup(folder, frozen)
    return int(editor.process.returncode != 0)


def _copy_of(frozen: Path, folder: Path) -> Path:
    (folder / "audits").mkdir()
    return Path(shutil.copyfile(frozen, folder / "audits" / NAME))


def _must_hold_all(path: Path, frozen: Path) -> None:
    expected: dict[str, Any] = json.loads(frozen.with_suffix(".expected.json").read_text("utf-8"))
    seen = look_without_a_trace(path, read_only=True)
    if seen.audit is None or seen.found:
        raise Lost(f"{frozen.name}: {seen.found}")
    if {str(address): value for address, value in seen.audit.values()} != expected["values"]:
        raise Lost(f"{frozen.name} holds other values than when it was made")
    history = [[each.address, each.author, each.label, each.before, each.after] for each in seen.history]
    if history != expected["history"]:
        raise Lost(f"{frozen.name} has another history than when it was made")


def _must_have_a_backup(folder: Path, frozen: Path) -> None:
    backups = sorted((folder / "home").rglob("*-migration-*.hsbaudit"))
    if not backups:
        raise Lost(f"{frozen.name} was brought up to date and there is no backup of it")
    for backup in backups:
        if ask(backup, "PRAGMA user_version") != ask(frozen, "PRAGMA user_version"):
            raise Lost(f"{backup.name} is not of the version that the file was of")
        with AuditFile.open(backup, read_only=True):
            _must_hold_all(backup, frozen)


FAULT = Fault(
    number=20,
    title="File from an older version, killed at each system call",
    must="the older version or the present one, whole, with all it held; backed up before",
    trial=_trial,
    count=109,
    sample=2,
    limits=(
        "`strace` kills the program as it enters a write, sync, truncation, removal or renaming of the "
        "backup, the lock, the journal or the file, each in turn; then the file is opened again. The control "
        "takes each step without the one transaction."
    ),
    control=_control,
)
