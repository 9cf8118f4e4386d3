"""Texts that are huge or odd, through every way out of the program and in its window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2

from hsb_desktop.errors import HsbError
from hsb_desktop.model import Audit
from hsb_desktop.operations.exporting import write_audit
from hsb_desktop.operations.importing import plan_import
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Change
from tests.faults.audits import NAME, plain_sentence
from tests.faults.fault import Fault, Lost, Place
from tests.faults.odd_texts import BEGINNING, ENDING, KEPT, REFUSED
from tests.interchange.audits import empty_audit
from tests.store.files import EVIDENCE, bare_audit, change_set, make

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = Path(__file__).resolve().parents[1] / "children" / "text_in_window.py"
_LONGEST_SECONDS = 300


def _trial(place: Place) -> int:
    number = place.index % (len(KEPT) + len(REFUSED))
    if number < len(KEPT):
        name, text = KEPT[number]
        try:
            _is_kept(place.folder, text)
        except Lost as lost:
            raise Lost(f"{name}: {lost}") from lost
    else:
        _is_refused(place.folder, *REFUSED[number - len(KEPT)])
    return 1


def _is_kept(folder: Path, text: str) -> None:
    path = make(folder / NAME, bare_audit())
    with AuditFile.open(path) as file:
        file.apply(change_set((EVIDENCE, None, text)))
    with AuditFile.open(path) as file:
        audit = file.read()
        if audit.value(EVIDENCE) != text or file.check():
            raise Lost("the file holds another text")
    _comes_back(folder, audit, text)
    for kind in ("report", "form"):
        out = folder / f"{kind}.pdf"
        write_audit(audit, out, kind="report" if kind == "report" else "form", printed_on="2026-11-20")
        words = _words_of(out)
        if BEGINNING.split()[0] not in words or ENDING.split()[0] not in words:
            raise Lost(f"the {kind} as PDF does not hold the text from its beginning to its end")
    _is_shown(path)


def _comes_back(folder: Path, audit: Audit, text: str) -> None:
    for suffix in (".csv", ".xlsx", ".json"):
        out = folder / f"out{suffix}"
        write_audit(audit, out, printed_on="2026-11-20")
        plan = plan_import(empty_audit(), out)
        found = [change.after for change in plan.change_set.changes if change.address.field == "evidence"]
        if found != [text]:
            raise Lost(f"{suffix} brings back another text")


def _words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        # Without spaces: a long word is broken wherever a line is full.
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def _is_shown(path: Path) -> None:
    try:
        done = _run_window(path)
    except subprocess.TimeoutExpired as error:
        raise Lost("the window does not answer") from error
    if done.returncode:
        raise Lost(f"the window: {done.stderr[-800:]}")


def _run_window(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(_CHILD), str(path)],
        env={
            **os.environ,
            "PYTHONPATH": str(_ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "HSB_AUDIT_HOME": str(path.parent / "home"),
        },
        capture_output=True,
        text=True,
        timeout=_LONGEST_SECONDS,
        check=False,
    )


def _is_refused(folder: Path, name: str, text: str, words: str) -> None:
    path = make(folder / NAME, bare_audit())
    before = path.read_bytes()
    with AuditFile.open(path) as file:
        try:
            file.apply(change_set((EVIDENCE, None, text)))
        except HsbError as refused:
            if words not in plain_sentence(str(refused)):
                raise Lost(f"{name}: {refused}") from refused
        else:
            raise Lost(f"{name} was taken in")
        if file.read() != bare_audit() or file.check():
            raise Lost(f"{name}: something was written all the same")
    if path.read_bytes() != before:
        raise Lost(f"{name}: the file was changed")
    try:
        audit = bare_audit().with_changes([Change(EVIDENCE, None, text)])
        make(folder / "new.hsbaudit", audit)
    except HsbError as refused:
        plain_sentence(str(refused))
    else:
        raise Lost(f"{name}: a new file was made with it")


FAULT = Fault(
    number=24,
    title="Huge or odd text",
    must="kept to the letter in file, CSV, workbook, JSON; whole in PDF and window; or a limit in words",
    trial=_trial,
    count=len(KEPT) + len(REFUSED),
    sample=1,
    limits="In a PDF the first and last words are looked for, not the shapes between them; the window is not "
    "painted on a real screen.",
)
