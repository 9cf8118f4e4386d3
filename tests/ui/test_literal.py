"""Words of people are shown to the letter, however odd or long; and the window goes on answering."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QLabel, QPushButton

from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.literal import in_tip, on_button
from hsb_desktop.ui.main_window import MainWindow
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, response_address

pytestmark = pytest.mark.short_form


def test_a_tip_takes_no_text_for_markup() -> None:
    assert in_tip("ŵ/audit.hsbaudit") == "ŵ/audit.hsbaudit"
    assert in_tip("<img src=x> R&D") == "<qt>&lt;img src=x> R&amp;D</qt>"


def test_a_button_takes_no_letter_for_a_key() -> None:
    assert on_button("R&D") == "R&&D"


def test_a_file_whose_name_looks_like_markup_is_named_to_the_letter(
    audit_path: Path, open_shown: Callable[[Path], MainWindow]
) -> None:
    path = audit_path.rename(audit_path.with_name("R&D <b>bold<b>.hsbaudit"))
    window = open_shown(path)
    name = window.findChild(QLabel, "audit_name")
    assert isinstance(name, QLabel)
    assert "R&amp;D &lt;b>bold&lt;b>.hsbaudit" in name.toolTip()


def test_a_name_with_an_ampersand_is_shown_whole(window: MainWindow) -> None:
    assert window.page is not None
    window.page.session.author = "R&D lead"
    window.page.header.refresh()
    button = window.findChild(QPushButton, "author_button")
    assert isinstance(button, QPushButton)
    assert "R&&D lead" in button.text()


def with_evidence(path: Path, text: str) -> Path:
    with AuditFile.open(path) as file:
        wave = file.read().waves[0]
        where = response_address(ResponseKey(wave.wave_id, PARTNERSHIP, "1.1"), "evidence")
        file.apply(ChangeSet("evidence", (Change(where, None, text),)))
    return path


def test_a_paragraph_too_long_to_be_shown_says_so_and_stays_as_it_is(
    audit_path: Path, open_shown: Callable[[Path], MainWindow]
) -> None:
    window = open_shown(with_evidence(audit_path, "word " * 12_000))
    assert window.page is not None
    box = window.page.domain_tab("1").card("1.1").evidence_edit
    assert box.isReadOnly()
    assert box.text.startswith("This text is too long to be shown: it has 60,000 characters")
    box.show_text("Short again.")
    assert not box.isReadOnly()
    assert box.text == "Short again."


def test_a_word_of_thousands_of_letters_is_broken_anywhere(
    audit_path: Path, open_shown: Callable[[Path], MainWindow]
) -> None:
    window = open_shown(with_evidence(audit_path, "x" * 5_000))
    assert window.page is not None
    box = window.page.domain_tab("1").card("1.1").evidence_edit
    assert box.text == "x" * 5_000
    assert not box.isReadOnly()
    assert box.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
    box.show_text("Short again.")
    assert box.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
