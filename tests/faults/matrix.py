"""The rows that there are, and where one trial of one of them happens."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults import rows
from tests.faults.fault import Fault, Lost, NotRun, Place


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one call of a trial or a control ended."""

    survived: int = 0
    lost: str = ""
    """What was lost, in one line; empty if nothing."""
    not_run: str = ""


def all_faults() -> dict[str, Fault]:
    """Return every row's fault by its name, in the order of the matrix."""
    names = sorted(
        module.name for module in pkgutil.iter_modules(rows.__path__) if module.name.startswith("row_")
    )
    found = [importlib.import_module(f"{rows.__name__}.{name}").FAULT for name in names]
    by_name = {fault.name: fault for fault in sorted(found, key=lambda fault: (fault.number, fault.where))}
    if len(by_name) != len(found):
        raise ValueError("two rows of the matrix have the same number and are tried in the same place")
    return by_name


def sources_of(fault: Fault) -> list[Path]:
    """Return the files of a row: where its fault stands, and where its trial is written."""
    files = {
        module.__file__
        for name, module in sys.modules.items()
        if name.startswith(f"{rows.__name__}.row_") and getattr(module, "FAULT", None) is fault
    }
    code = getattr(inspect.unwrap(fault.trial), "__code__", None)
    if code is not None:
        files.add(code.co_filename)
    return sorted(Path(file) for file in files if file)


@contextmanager
def place_for(fault: Fault, index: int, seed: int) -> Iterator[Place]:
    """Yield where a trial happens; the folder is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="hsb-faults-"))
    try:
        yield Place(folder, index, random.Random(f"{seed} {fault.name} {index}"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def try_once(name: str, index: int, seed: int) -> Outcome:
    """Make one call of a row's trial; a crash of our own code is a loss."""
    fault = all_faults()[name]
    try:
        with place_for(fault, index, seed) as place:
            return Outcome(survived=fault.trial(place))
    except Lost as lost:
        return Outcome(lost=one_line(str(lost)))
    except NotRun as reason:
        return Outcome(not_run=one_line(str(reason)))
    except Exception as error:  # whatever it is, it must not happen
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Outcome(lost=one_line(f"{type(error).__name__} in {Path(where.filename).name}: {error}"))


_TRIES_OF_A_CONTROL = 4


def try_control(name: str, seed: int) -> Outcome:
    """Make the row's control, which must lose something; `survived` is 1 if it wrongly did not.

    Without its protection a row loses often and not always, so the control has a few tries.
    """
    fault = all_faults()[name]
    assert fault.control is not None
    for index in range(_TRIES_OF_A_CONTROL):
        try:
            with place_for(fault, index, seed) as place:
                fault.control(place)
        except Lost as lost:
            return Outcome(lost=one_line(str(lost)))
        except NotRun as reason:
            return Outcome(not_run=one_line(str(reason)))
    return Outcome(survived=1)


def one_line(text: str) -> str:
    """Return a sentence for a table: without line ends, and not endless."""
    words = " ".join(text.split())
    return words if len(words) <= 400 else f"{words[:400]}…"
