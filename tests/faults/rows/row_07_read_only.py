"""A file, a folder or a medium that an ordinary user may only read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.editor import ROOT, environment, need
from tests.faults.fault import STORE, WINDOW, Fault, Lost, NotRun, Place
from tests.faults.mounting import ORDINARY_USER, namespace
from tests.faults.story import fresh_audit

_CHILDREN = {
    STORE: "tests.faults.children.read_only",
    WINDOW: "tests.faults.children.read_only_window",
}
_KINDS = {"file": (0o755, 0o444), "folder": (0o555, 0o666), "medium": (0o777, 0o666)}
"""Mode of the folder, mode of the file."""
_SECONDS = 60


def fault(where: str, count: int, sample: int) -> Fault:
    """Return this row's fault for the store or for the window."""

    def trial(place: Place) -> int:
        return _try(where, place, tuple(_KINDS)[place.index % len(_KINDS)])

    def control(place: Place) -> None:
        """A file that may be written is no such case, and the trial must see that."""
        _try(where, place, "writable")

    return Fault(
        number=7,
        where=where,
        title="read-only file, folder, medium",
        must="opens for reading only, bytes unchanged, a copy can be worked on",
        trial=trial,
        count=count,
        sample=sample,
        limits=(
            "By turns a file and a folder without the right to write, as an ordinary user, and a folder "
            "mounted read-only. Shares on a network and Windows attributes were not tried. The control may "
            "be written."
        ),
        control=control,
    )


def _try(where: str, place: Place, kind: str) -> int:
    user = _ordinary_user()
    place.folder.chmod(0o755)
    folder, own = place.folder / "locked", place.folder / "own"
    for made in (folder, own):
        made.mkdir()
        made.chmod(0o777)
    path = fresh_audit(folder)
    folder_mode, file_mode = _KINDS.get(kind, (0o777, 0o666))
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    before = path.read_bytes()
    try:
        with _medium(folder, kind) as enter:
            done = subprocess.run(
                [*enter, *user, sys.executable, "-m", _CHILDREN[where], str(path), str(own)],
                capture_output=True,
                text=True,
                check=False,
                env=environment(own),
                cwd=own,
                timeout=_SECONDS,
            )
    finally:
        folder.chmod(0o777)
    if done.stdout.splitlines()[-1:] != ["survived"] or done.returncode:
        raise Lost(f"read-only {kind}: {done.stdout.strip()} {' / '.join(done.stderr.splitlines()[-3:])}")
    if path.read_bytes() != before or [entry.name for entry in folder.iterdir()] != [path.name]:
        raise Lost(f"read-only {kind}: the folder is not as it was")
    return 1


def _ordinary_user() -> tuple[str, ...]:
    """Return what makes a program run as an ordinary user. Raises NotRun where there is none."""
    need()
    if os.geteuid() != 0:
        return ()
    need("setpriv")
    done = subprocess.run(
        [*ORDINARY_USER, sys.executable, "-c", "import hsb_desktop, sqlcipher3, tests"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd="/",
        timeout=_SECONDS,
    )
    if done.returncode:
        raise NotRun("for root a read-only folder is no fault, and an ordinary user cannot start this Python")
    return ORDINARY_USER


@contextmanager
def _medium(folder: Path, kind: str) -> Iterator[tuple[str, ...]]:
    """Yield what starts a program where the folder is mounted read-only, if that is the kind."""
    if kind != "medium":
        yield ()
        return
    with namespace() as inside:
        inside.run("mount", "--bind", str(folder), str(folder))
        inside.run("mount", "-o", "remount,ro,bind", str(folder))
        yield inside.enter


FAULT = fault(STORE, count=60, sample=3)
