"""Help on a statement: the printed words whole, ours beside them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from hsb_desktop.instrument import available_instruments, instrument_by_id
from hsb_desktop.ui.command import Command
from hsb_desktop.ui.dialogs.help_dialog import (
    HelpDialog,
    WorkingHelp,
    statement_help,
    statement_helps,
    working_helps,
)
from hsb_desktop.ui.main_window import MainWindow


def shown_text(qtbot: QtBot, dialog: HelpDialog) -> str:
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog.text.toPlainText()


def test_every_statement_of_every_bundled_edition_has_help() -> None:
    for instrument in available_instruments()[0]:
        for statement in instrument.statements:
            found = statement_help(instrument, statement.statement_id)
            assert found is not None
            assert 3 <= len(found.evidence) <= 5
            assert found.asks
            assert found.page.isdecimal()
    assert len(statement_helps()) == 46


def test_the_help_is_not_the_tools_own_words() -> None:
    statements = {statement.text for statement in instrument_by_id().statements}
    for found in statement_helps().values():
        assert not {found.asks, *found.evidence} & statements


def test_everything_printed_is_there_whole(qtbot: QtBot) -> None:
    instrument = instrument_by_id()
    statement = instrument.statement("5.2")
    text = shown_text(qtbot, HelpDialog(instrument, "5.2"))
    assert statement.text in text
    for prompt in statement.prompts:
        assert prompt in text
    for point in instrument.scale:
        assert point.label in text
    assert instrument.acknowledgement in text
    assert "page 81" in text


def test_a_part_shows_its_heading(qtbot: QtBot) -> None:
    instrument = instrument_by_id()
    text = shown_text(qtbot, HelpDialog(instrument, "1.6b"))
    assert instrument.statement("1.6b").heading in text
    assert "1.6b" in text


def test_an_edition_of_ones_own_gets_no_help_of_ours(qtbot: QtBot) -> None:
    own = replace(instrument_by_id(), instrument_id="own", acknowledgement="<b>Somebody</b>")
    text = shown_text(qtbot, HelpDialog(own, "1.1"))
    assert own.statement("1.1").text in text
    assert "<b>Somebody</b>" in text
    assert statement_helps()["1.1"].asks not in text


def test_show_for_waits_until_it_is_closed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    shown: list[str] = []
    monkeypatch.setattr(HelpDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    HelpDialog.show_for(instrument_by_id(), "3.2")
    assert shown == ["Help on 3.2"]


def test_another_page_tells_how_rounds_packs_and_waves_work(qtbot: QtBot) -> None:
    dialog = HelpDialog(instrument_by_id(), "3.2")
    before = shown_text(qtbot, dialog)
    assert dialog.turn.text() == "Rounds, packs and waves"
    dialog.turn.click()
    text = dialog.text.toPlainText()
    for words in (
        "never what",
        "as a head-count",
        "The second key shows who",
        "second round",
        "the lowest score is recommended",
        "Makes the recommended score the agreed one",
        "with a reason",
        "dissent",
        "Take in returned packs",
        "both answers are kept",
        "New wave",
        "read, not changed",
    ):
        assert words in text, words
    assert dialog.turn.text() == "Back to statement 3.2"
    dialog.turn.click()
    assert dialog.text.toPlainText() == before


def test_the_keys_and_menus_that_the_help_names_are_there(window: MainWindow) -> None:
    commands = {command: window.commands[command].text().replace("&", "") for command in Command}
    named = {words for part in working_helps() for words in _menus_in(part)}
    assert named
    assert named <= set(commands.values()), named - set(commands.values())


def _menus_in(part: WorkingHelp) -> list[str]:
    return [words for _, text in part.points for words in re.findall("› ([^›.,]*…)", text)]
