"""A killed window loses nothing that it showed as saved; a log-off commits what is being typed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hsb_desktop.store.audit_file import AuditFile
from tests.examples import FULL

pytestmark = pytest.mark.short_form

_CLICKS_THEN_WAITS = """
import random, sys, time
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
application = QApplication([])
from hsb_desktop.app import open_window
window = open_window(Path(sys.argv[1]))
window.show()
page = window.page
while not page.is_built:
    application.processEvents()
state = window.findChild(QLabel, "save_state")
chance = random.Random(int(sys.argv[2]))
statements = [statement.statement_id for statement in page.session.audit.instrument.statements]
while True:
    statement_id, score = chance.choice(statements), chance.randrange(5)
    page.show_statement(statement_id)
    print("about to click", statement_id, score, flush=True)
    card = window.findChild(QWidget, f"statement_card_{statement_id}")
    QTest.mouseClick(card.findChild(QPushButton, f"score_{score}"), Qt.MouseButton.LeftButton)
    if state.text().startswith("All changes saved"):
        print("saved", statement_id, score, flush=True)
"""

_TYPES_THEN_WAITS = """
import signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from hsb_desktop import app

def type_it():
    window = QApplication.instance().window
    page = window.page
    if page is None or not page.is_built:
        QTimer.singleShot(20, type_it)
        return
    box = page.domain_tab("1").card("1.1").evidence_edit
    box.setFocus()
    QTest.keyClicks(box, "typed at this very moment")
    print("typed", flush=True)

class Application(app.WorkshopApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        QTimer.singleShot(50, type_it)

app.WorkshopApplication = Application
sys.exit(app.main([sys.argv[1]]))
"""


def environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize("round_number", range(4) if FULL else (3,))
def test_kill_9_after_any_score_shown_as_saved_loses_nothing(audit_path: Path, round_number: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _CLICKS_THEN_WAITS, str(audit_path), str(round_number)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    )
    shown: dict[str, int] = {}
    in_doubt: dict[str, set[int]] = {}
    latest: dict[str, int] = {}
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline() for _ in range(11 + 46 * round_number)]
    finally:
        process.kill()
    # What was printed after the last line that was read had been shown as saved, too.
    lines += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.wait()
    for line in lines:
        words = line.split()
        statement_id, score = words[-2], int(words[-1])
        if words[0] == "saved":
            # Then so is whatever was clicked while a slow disk was still at an earlier click.
            shown.update({clicked: latest[clicked] for clicked in in_doubt})
            in_doubt.clear()
        else:
            latest[statement_id] = score
            in_doubt.setdefault(statement_id, set()).add(score)
    process.stdout.close()
    with AuditFile.open(audit_path) as file:
        audit = file.read()
        assert file.check() == ()
    wave_id = audit.waves[0].wave_id
    lost = {
        statement_id: score
        for statement_id, score in shown.items()
        # What had been clicked and not yet shown as saved when the process died may be there or not.
        if audit.agreed(wave_id, statement_id).score not in {score, *in_doubt.get(statement_id, ())}
    }
    assert not lost
    assert len(shown) >= 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows logs people off by a message, not by a signal")
def test_a_log_off_commits_what_is_being_typed(audit_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _TYPES_THEN_WAITS, str(audit_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "typed\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0
    process.stdout.close()
    with AuditFile.open(audit_path) as file:
        audit = file.read()
    assert audit.agreed(audit.waves[0].wave_id, "1.1").evidence == "typed at this very moment"
    assert not list(audit_path.parent.glob("*-journal"))
