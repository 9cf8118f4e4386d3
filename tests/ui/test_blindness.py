"""While a round is open, nothing that anybody can see, hear, copy, print or send depends on its votes.

Two audits that are equal but for what the agencies answer go through the same steps in the real window.
Everything that there is to see must be equal, until the round is revealed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from hsb_desktop import cli
from hsb_desktop.analysis.agenda import AgendaOrder, agenda
from hsb_desktop.analysis.consensus import head_count, standing_of
from hsb_desktop.analysis.scoring import domain_scores
from hsb_desktop.model import Audit
from hsb_desktop.operations.exporting import Kind, export_audit
from hsb_desktop.operations.removing import find_for_removal
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.agencies_strip import AgenciesStrip
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.ui.session import AuditSession
from tests.ui.audits_with_agencies import NAMES, WAVE, audit_with_agencies, write_audit
from tests.ui.heard import listen
from tests.ui.seen import everything_seen

pytestmark = pytest.mark.short_form

OpenShown = Callable[[Path], MainWindow]
Key = Qt.Key

STATEMENT = "1.6a"
"""It has prompts, a heading, and words that can be read differently."""
SOME = (Key.Key_3, Key.Key_1, Key.Key_X)
OTHERS = (Key.Key_0, Key.Key_4, Key.Key_2)


@dataclass
class Seen:
    """What was seen at each stage."""

    stages: dict[str, list[str] | bytes] = field(default_factory=dict)

    def note(self, stage: str, seen: list[str] | bytes) -> None:
        assert stage not in self.stages
        self.stages[stage] = seen


@dataclass
class Drive:
    """One run of the program, with the answers that the agencies give in it."""

    window: MainWindow
    folder: Path
    answers: tuple[Qt.Key, ...]
    dialogs: list[list[str]]
    heard: list[str]
    seen: Seen = field(default_factory=Seen)

    @property
    def strip(self) -> AgenciesStrip:
        assert self.window.page is not None
        strip = self.window.page.domain_tab("1").card(STATEMENT).findChild(AgenciesStrip)
        assert strip is not None
        return strip

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)
        QTest.qWait(20)

    def come_back(self) -> None:
        """Put the keyboard on the statement's score."""
        self.window.activateWindow()
        assert self.window.page is not None
        self.window.page.show_statement(STATEMENT)
        QTest.qWait(20)

    def look(self, stage: str) -> None:
        """Note everything there is to see, and how it is painted."""
        assert self.window.page is not None
        self.seen.note(stage, everything_seen(self.window, str(self.folder)))
        self.seen.note(f"{stage}, painted", _painted(self.window))
        self.seen.note(f"{stage}, heard until then", [*self.heard])


def _painted(window: MainWindow) -> bytes:
    # The time of saving is told to the minute: it is no part of what is compared.
    clocks = [label for name in ("save_state", "projected_save_state") for label in _labels(window, name)]
    for clock in clocks:
        clock.setText("saved")
    QApplication.processEvents()
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert not picture.isNull()
    return hashlib.sha256(picture.constBits()).digest()


def _labels(window: MainWindow, name: str) -> list[QLabel]:
    return window.findChildren(QLabel, name)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What stood in each dialog that was shown; it is closed at once."""
    shown: list[list[str]] = []

    def look_and_close(dialog: QDialog) -> int:
        dialog.show()
        shown.append(everything_seen(dialog))
        dialog.reject()
        return 0

    monkeypatch.setattr(QDialog, "exec", look_and_close)
    return shown


@pytest.fixture(autouse=True)
def cursor_that_does_not_blink() -> Iterator[None]:
    """What is painted is compared, whenever that is."""
    usual = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(usual)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader was told to say."""
    return listen(monkeypatch)


@pytest.fixture
def drive(
    tmp_path: Path, open_shown: OpenShown, dialogs: list[list[str]], heard: list[str]
) -> Callable[[tuple[Qt.Key, ...]], Drive]:
    def start(answers: tuple[Qt.Key, ...]) -> Drive:
        folder = tmp_path / "".join(key.name[-1] for key in answers)
        folder.mkdir()
        path = write_audit(audit_with_agencies(), folder / "Invented area.hsbaudit")
        window = open_shown(path)
        assert window.page is not None
        window.page.session.set_author("Scribe")
        window.page.show_statement(STATEMENT)
        QTest.qWait(30)
        heard.clear()
        return Drive(window, folder, answers, dialogs, heard)

    return start


def close(run: Drive) -> None:
    assert run.window.close_audit()
    run.window.close()


def audit_of(run: Drive) -> Audit:
    assert run.window.session is not None
    return run.window.session.audit


def assert_nothing_differs(one: Seen, other: Seen) -> None:
    assert list(one.stages) == list(other.stages)
    for stage, seen in one.stages.items():
        known = other.stages[stage]
        if isinstance(seen, list) and isinstance(known, list):
            differing = [pair for pair in zip(seen, known, strict=False) if pair[0] != pair[1]]
            assert not differing, f"{stage}: {differing[:3]}"
            assert len(seen) == len(known), stage
        else:
            assert seen == known, stage


# The window -----------------------------------------------------------------------------------------------


def test_nothing_in_the_window_depends_on_a_vote_until_the_reveal(
    drive: Callable[[tuple[Qt.Key, ...]], Drive],
) -> None:
    runs = []
    for answers in (SOME, OTHERS):
        run = drive(answers)
        _record_with_looks(run)
        runs.append(run)
        run.heard.clear()
        revealed = _reveal(run)
        run.seen.note("told at the reveal", [*run.heard])
        close(run)
        run.seen.note("revealed", revealed)
    some, others = (run.seen for run in runs)
    after = some.stages.pop("revealed"), others.stages.pop("revealed")
    told = some.stages.pop("told at the reveal"), others.stages.pop("told at the reveal")
    assert_nothing_differs(some, others)
    assert after[0] != after[1]
    assert told[0] != told[1]


def _record_with_looks(run: Drive) -> None:
    run.look("before")
    run.press(Key.Key_B)
    run.look("open")
    for place, key in enumerate(run.answers):
        run.press(key)
        run.look(f"{place + 1} recorded")
    _change_a_vote(run)
    _undo_and_redo(run)
    _look_around(run)
    assert len(audit_of(run).votes) == len(run.answers)


def _change_a_vote(run: Drive) -> None:
    run.press(Key.Key_Down)
    run.press(Key.Key_Backspace)
    run.look("taken back")
    run.press(run.answers[0])
    run.look("recorded again")


def _undo_and_redo(run: Drive) -> None:
    for step in range(3):
        run.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        run.look(f"undone {step + 1}")
    for step in range(3):
        run.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        run.look(f"done again {step + 1}")


def _look_around(run: Drive) -> None:
    run.press(Key.Key_Escape)
    run.look("panel closed")
    window, page = run.window, run.window.page
    assert page is not None
    page.tabs.setCurrentIndex(0)
    run.look("overview")
    page.show_statement(STATEMENT)
    page.toggle_agenda()
    for order in AgendaOrder:
        assert page.agenda is not None
        page.agenda.show_order(order)
        run.look(f"agenda by {order} beside the statements")
    page.toggle_agenda()
    run.come_back()
    _look_at_the_screens(run)
    _look_at_the_dialogs(run)
    page.open_find()
    line = window.findChild(QLineEdit, "find_line")
    assert line is not None
    for words in ("Police", "no view", "3", "4"):
        line.setText(words)
        QTest.qWait(30)
        run.look(f"found {words}")
    QTest.keyClick(line, Key.Key_Escape)
    run.come_back()


def _look_at_the_screens(run: Drive) -> None:
    window = run.window
    window.toggle_projection()
    QTest.qWait(50)
    run.look("full screen")
    run.press(Key.Key_B)
    run.look("full screen, recording")
    run.press(Key.Key_Escape)
    window.toggle_projection()
    window.toggle_large_radar()
    QTest.qWait(50)
    run.look("large radar")
    window.toggle_large_radar()
    QTest.qWait(50)


def _look_at_the_dialogs(run: Drive) -> None:
    flows = run.window.flows
    before = len(run.dialogs)
    flows.show_history(STATEMENT)
    flows.edit_details()
    flows.show_help(STATEMENT)
    buttons = {button.objectName(): button for button in run.strip.findChildren(QWidget)}
    for name in ("agencies_evidence", "record", "reveal", "cancel_round"):
        assert not buttons[name].isHidden(), name
    run.strip._do("agencies_evidence")
    run.strip._do("agree_otherwise")
    assert len(run.dialogs) == before + 5
    run.come_back()
    for number, seen in enumerate(run.dialogs[before:]):
        run.seen.note(f"dialog {number}", seen)


def _reveal(run: Drive) -> list[str]:
    run.press(Key.Key_V)
    run.press(Key.Key_V)
    assert head_count(audit_of(run), WAVE, STATEMENT).not_answered == 0
    return everything_seen(run.window, str(run.folder))


# What is written, printed and sent ----------------------------------------------------------------------


def test_nothing_written_printed_or_reckoned_depends_on_a_vote_until_the_reveal(
    drive: Callable[[tuple[Qt.Key, ...]], Drive],
) -> None:
    runs = []
    for answers in (SOME, OTHERS):
        run = drive(answers)
        run.press(Key.Key_B)
        for key in answers:
            run.press(key)
        _write(run, run.seen)
        _reckon(run, run.seen)
        run.press(Key.Key_V)
        after = Seen()
        _write(run, after)
        close(run)
        runs.append((run.seen, after))
    assert_nothing_differs(runs[0][0], runs[1][0])
    assert runs[0][1].stages["json"] != runs[1][1].stages["json"]
    assert runs[0][1].stages["csv"] != runs[1][1].stages["csv"]


def _write(run: Drive, seen: Seen) -> None:
    session = run.window.session
    assert session is not None
    for suffix in ("json", "csv", "xlsx", "pdf", "hsbaudit"):
        out = run.folder / f"out.{suffix}"
        _export(session, out)
        seen.note(suffix, [*_read[suffix](out)])
        out.unlink()
    form = run.folder / "form.pdf"
    _export(session, form, kind="form")
    seen.note("form", _pages(form))
    form.unlink()
    copy = run.folder / "copy.hsbaudit"
    _export(session, copy)
    for command in ("show", "check", "backups"):
        told = CliRunner().invoke(cli.main, [command, str(copy)])
        words = re.sub(r"[0-9a-f]{8,}", "id", told.output.replace(str(run.folder), "…"))
        seen.note(f"hsb-audit {command}", words.splitlines())
    for words in ("no view", "Children’s social care"):
        seen.note(f"places of {words}", _places(session, words))


def _export(session: AuditSession, out: Path, kind: Kind = "report") -> None:
    session.do_on_file(lambda file: export_audit(file, out, kind=kind, printed_on="2026-03-12"))


def _places(session: AuditSession, words: str) -> list[str]:
    """Where a text stands that somebody wants to remove for good; history is looked through as well."""
    told: list[str] = []

    def look(file: AuditFile) -> None:
        report = find_for_removal(file, words, "Scribe", date(2026, 3, 12))
        told.extend((str(report.removal.history), str(report.removal.places)))

    session.do_on_file(look)
    return told


def _pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    return [page.get_textpage().get_text_range() for page in document]


def _cells(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [f"{sheet.title} {[c.value for c in row]}" for sheet in book for row in sheet.iter_rows()]


def _values(path: Path) -> list[str]:
    with AuditFile.open(path, read_only=True) as file:
        return [f"{address} {value}" for address, value in file.read().values()]


_read: dict[str, Callable[[Path], list[str]]] = {
    "json": lambda path: path.read_text(encoding="utf-8").splitlines(),
    "csv": lambda path: path.read_text(encoding="utf-8-sig").splitlines(),
    "xlsx": _cells,
    "pdf": _pages,
    "hsbaudit": _values,
}


def _reckon(run: Drive, seen: Seen) -> None:
    audit = audit_of(run)
    for order in AgendaOrder:
        seen.note(f"agenda by {order}", [str(item) for item in agenda(audit, WAVE, order)])
    statements = audit.instrument.statements
    seen.note("standing", [str(standing_of(audit, WAVE, s.statement_id)) for s in statements])
    seen.note("head-counts", [str(head_count(audit, WAVE, s.statement_id)) for s in statements])
    parties = ["partnership", *(agency.agency_id for agency in audit.agencies)]
    seen.note("means", [str(domain_scores(audit, WAVE, party)) for party in parties])


# Words ----------------------------------------------------------------------------------------------------


def test_a_recorded_vote_is_told_as_recorded_and_as_nothing_else(
    drive: Callable[[tuple[Qt.Key, ...]], Drive],
) -> None:
    run = drive(SOME)
    run.press(Key.Key_B)
    run.press(Key.Key_3)
    session = run.window.session
    assert session is not None
    assert session.undo_text == f"{NAMES[0]}: recorded for {STATEMENT}"
    panel = run.strip.panel
    assert panel is not None
    assert panel.list.item(0).text() == f"✓  {NAMES[0]}: recorded"
    assert panel.list.item(1).text() == f"○  {NAMES[1]}: not yet"


def test_what_is_announced_of_a_vote_is_that_it_was_recorded_then_the_head_count_then_names(
    drive: Callable[[tuple[Qt.Key, ...]], Drive],
) -> None:
    run = drive(SOME)
    run.press(Key.Key_B)
    run.press(Key.Key_3)
    run.press(Key.Key_X)
    # The third agency is chosen now; what was recorded can be taken back and is told likewise.
    run.press(Key.Key_Up)
    run.press(Key.Key_Backspace)
    run.press(Key.Key_1)
    assert run.heard == [
        f"{NAMES[0]}: recorded",
        f"{NAMES[1]}: recorded",
        f"{NAMES[1]}: not yet",
        f"{NAMES[1]}: recorded",
    ]
    run.heard.clear()
    run.press(Key.Key_V)
    run.press(Key.Key_V)
    (told,) = run.heard
    assert told.startswith("Revealed: 1 agency scored 1, 1 agency scored 3")
    assert "spread 2" in told
    assert not [name for name in NAMES if name in told]
    run.press(Key.Key_V)
    assert f"{NAMES[1]} scored 1; {NAMES[0]} scored 3" in run.heard[-1]
    run.press(Key.Key_V)
    assert run.heard[-1] == "Names are hidden"


def test_a_cancelled_round_is_not_announced_as_a_reveal(
    drive: Callable[[tuple[Qt.Key, ...]], Drive],
) -> None:
    run = drive(SOME)
    for key in (Key.Key_B, Key.Key_3, Key.Key_V, Key.Key_V, Key.Key_B, Key.Key_4, Key.Key_Escape):
        run.press(key)
    run.heard.clear()
    run.strip._do("cancel_round")
    QTest.qWait(20)
    assert head_count(audit_of(run), WAVE, STATEMENT).by_score[3] == 1
    assert run.heard == []


def test_the_full_screen_alone_tells_what_is_revealed_on_it(
    drive: Callable[[tuple[Qt.Key, ...]], Drive],
) -> None:
    run = drive(SOME)
    run.window.toggle_projection()
    QTest.qWait(50)
    for key in (Key.Key_B, Key.Key_3):
        run.press(key)
    run.heard.clear()
    for key in (Key.Key_V, Key.Key_V):
        run.press(key)
    assert [words.partition(":")[0] for words in run.heard] == ["Revealed"]
    run.window.toggle_projection()
