"""Nothing that was typed is anywhere but in the audit, its backups and what was exported on purpose."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from hsb_desktop.operations.creating import NewAudit, create_audit_file
from tests.faults.fault import Fault, Lost, Place

_SECONDS = 60
_AREA = "Inventedshire"

_WORKSHOP = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from hsb_desktop import app
from hsb_desktop.ui.dialogs.crash_dialog import CrashDialog
from hsb_desktop.ui.paper.paper import PaperKind, make_paper
from hsb_desktop.operations.exporting import export_audit, write_audit
from hsb_desktop.store.share import save_copy, share_copy

audit, out, canary = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
CrashDialog.ask_to_continue = classmethod(lambda cls, error, parent=None: True)

def work():
    window = QApplication.instance().window
    page = window.page
    if page is None or not page.is_built:
        QTimer.singleShot(20, work)
        return
    box = page.domain_tab("1").card("1.1").evidence_edit
    box.setFocus()
    QTest.keyClicks(box, f"{canary} is what was typed")
    session = page.session
    session.settle()
    page.open_find()
    QTest.keyClicks(QApplication.focusWidget(), canary)
    for suffix in (".pdf", ".xlsx", ".csv", ".json"):
        write_audit(session.audit, out / f"export{suffix}", wave_id=session.wave_id, printed_on="2026-11-20")
    session.do_on_file(lambda file: save_copy(file, out / "copy.hsbaudit"))
    session.do_on_file(lambda file: share_copy(file, out / "shared.hsbaudit"))
    for kind in PaperKind:
        make_paper(kind, session.audit, session.wave_id, "2026-11-20")
    session.undo()
    session.redo()
    session.settle()
    try:
        raise ValueError(canary)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    QTimer.singleShot(100, lambda: print("worked", flush=True))

class Application(app.WorkshopApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        QTimer.singleShot(0, work)

app.WorkshopApplication = Application
sys.exit(app.main([str(audit)]))
"""


def _trial(place: Place) -> int:
    canary = f"Qx{place.random.randrange(10**12):012d}Zq"
    home, temporary, out = (place.folder / name for name in ("home", "tmp", "out"))
    for folder in (home, temporary, out):
        folder.mkdir()
    path = place.folder / "audit.hsbaudit"
    create_audit_file(path, NewAudit(area=_AREA, held_on="2026-03-12")).close()
    _hold_workshop(place, canary)
    _search((home, temporary), canary)
    _look_at_metadata(out, canary)
    _look_at_permissions(path, home)
    return 1


def _search(folders: tuple[Path, ...], canary: str) -> None:
    for file in _files(*folders):
        is_backup = "backups" in file.parts
        if not is_backup and (canary.encode() in file.read_bytes() or canary in file.name):
            raise Lost(f"{file.name} holds a word of the audit")


def _hold_workshop(place: Place, canary: str) -> None:
    home, temporary, out = (place.folder / name for name in ("home", "tmp", "out"))
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "HSB_"))}
    environment = {
        **inherited,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }
    script = place.folder / "workshop.py"
    script.write_text(_WORKSHOP, encoding="utf-8")
    ends_badly = place.index % 2 == 1
    with subprocess.Popen(
        [sys.executable, str(script), str(place.folder / "audit.hsbaudit"), str(out), canary],
        env=environment,
        cwd=place.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as workshop:
        assert workshop.stdout is not None
        try:
            if workshop.stdout.readline() != "worked\n":
                _, told = workshop.communicate(timeout=_SECONDS)
                raise Lost(f"the workshop ended: {told[-300:]}")
            # Every second time the process breaks down, where a core dump could be left.
            workshop.send_signal(signal.SIGSEGV if ends_badly else signal.SIGTERM)
            _, told = workshop.communicate(timeout=_SECONDS)
        finally:
            workshop.kill()
    script.unlink()
    if canary in told:
        raise Lost("standard error holds a word of the audit")


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (file for file in folder.rglob("*") if file.is_file())


def _look_at_metadata(out: Path, canary: str) -> None:
    with pikepdf.open(out / "export.pdf") as pdf:
        told = " ".join(str(value) for value in pdf.docinfo.values())
    with zipfile.ZipFile(out / "export.xlsx") as book:
        told += book.read("docProps/core.xml").decode() + book.read("docProps/app.xml").decode()
    if any(word in told for word in (canary, _AREA)):
        raise Lost("metadata of an export hold words of the audit")


def _look_at_permissions(path: Path, home: Path) -> None:
    if sys.platform == "win32":
        return
    ours = [file for file in _files(home) if "hsb-audit-workshop" in str(file)]
    for file in (path, *ours):
        if file.stat().st_mode & 0o077:
            raise Lost(f"{file.name} can be read by others")


def _control(place: Place) -> None:
    """A program that keeps a word of the audit in its settings is found out."""
    (place.folder / "settings.json").write_text('{"recent": ["Qx1Zq"]}', encoding="utf-8")
    _search((place.folder,), "Qx1Zq")


FAULT = Fault(
    number=27,
    title="leaks: temporary files, logs, recent files, core dumps, metadata",
    must="no word of the audit outside its file, its backups and what was exported",
    trial=_trial,
    control=_control,
    count=50,
    sample=1,
    limits=(
        "Linux only, the window offscreen. Swap, the disk's free blocks, printers' spools and the clipboard "
        "are not searched."
    ),
)
