"""About: version, licence, whose words the statements are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hsb_desktop import __version__
from hsb_desktop.instrument import available_instruments, instrument_by_id, instrument_to_data
from hsb_desktop.ui.dialogs.about_dialog import AboutDialog


def test_it_says_what_has_to_be_said(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSB_AUDIT_HOME", str(tmp_path))
    folder = tmp_path / "data" / "instruments"
    folder.mkdir(parents=True)
    third = instrument_to_data(instrument_by_id()) | {
        "id": "third",
        "edition": "Third",
        "acknowledgement": "Third & Co",
    }
    (folder / "third.json").write_text(json.dumps(third), encoding="utf-8")
    in_the_audit = replace(instrument_by_id(), instrument_id="old", acknowledgement="An <i>older</i> book")
    dialog = AboutDialog(in_the_audit)
    qtbot.addWidget(dialog)
    text = dialog.text.toPlainText()

    assert __version__ in text
    assert "MIT" in text
    assert "neither made nor endorsed" in text
    assert "An <i>older</i> book" in text
    assert "Third & Co" in text
    for instrument in available_instruments()[0]:
        assert instrument.acknowledgement in text
        assert instrument.edition in text
    assert "SIL Open Font License" in text
    assert "DejaVu" in text


def test_it_needs_no_open_audit(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    texts: list[str] = []
    monkeypatch.setattr(AboutDialog, "exec", lambda dialog: texts.append(dialog.text.toPlainText()))
    AboutDialog.show_about()
    assert "In the open audit" not in texts[0]
