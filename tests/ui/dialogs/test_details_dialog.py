"""Changing the details of an audit, as one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.attendance import taking_part
from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.ui.dialogs.agency_table import AgencyRow
from hsb_desktop.ui.dialogs.details_dialog import DetailsDialog
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.values import Subject, Value, ValueAddress


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[AuditSession]:
    """An audit in which nothing is entered."""
    del qtbot
    file = create_audit_file(tmp_path / "x.hsbaudit", NewAudit(area="Northmoor Vale"))
    session = AuditSession(file, "Scribe")
    yield session
    session.close()


@pytest.fixture
def sample(tmp_path: Path, qtbot: QtBot) -> Iterator[AuditSession]:
    del qtbot
    session = AuditSession(create_sample_audit(tmp_path / "sample.hsbaudit"), "Scribe")
    yield session
    session.close()


def shown_dialog(qtbot: QtBot, session: AuditSession) -> DetailsDialog:
    dialog = DetailsDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def press(dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()
    if isinstance(dialog, DetailsDialog):
        # The first edit of a day makes a backup, which a busy computer takes long for.
        assert dialog._session.settle()


def write(dialog: DetailsDialog, row: int, column: int, text: str) -> None:
    item = dialog.agencies.table.item(row, column)
    assert item is not None
    item.setText(text)


def names(session: AuditSession) -> list[str]:
    return [agency.name for agency in session.audit.agencies]


def test_saving_what_was_not_changed_changes_nothing(qtbot: QtBot, sample: AuditSession) -> None:
    before = sample.audit
    dialog = shown_dialog(qtbot, sample)
    press(dialog, "save_button")
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert sample.audit == before
    assert sample.undo_text == ""


ODD = NewAudit(
    area=" Northmoor\tVale ", title="  Title\nof two lines ", marking=" OFFICIAL\n- only here ", wave=" T1 "
)


def odd_session(path: Path) -> AuditSession:
    """An audit of texts that nobody would type here, and of agencies whose places have gaps."""
    session = AuditSession(create_audit_file(path, ODD), "Scribe\nof two lines")
    wave_id = session.wave_id
    rows: list[tuple[ValueAddress, Value]] = [
        (ValueAddress(Subject.AGENCY, ("a",), "name"), " Police "),
        (ValueAddress(Subject.AGENCY, ("a",), "sector"), "Police\nand justice"),
        (ValueAddress(Subject.AGENCY, ("b",), "name"), "Health"),
        (ValueAddress(Subject.AGENCY, ("b",), "position"), 7),
        (ValueAddress(Subject.SITTING, ("s",), "wave_id"), wave_id),
        (ValueAddress(Subject.SITTING, ("s",), "note"), " Domains 1\nand 2 "),
        (ValueAddress(Subject.SITTING, ("s",), "held_on"), "2026-03-12"),
    ]
    session.change("odd texts", rows)
    return session


def test_texts_that_nobody_touched_stay_to_the_letter(qtbot: QtBot, tmp_path: Path) -> None:
    session = odd_session(tmp_path / "odd.hsbaudit")
    before, steps = session.audit, session.undo_text
    dialog = shown_dialog(qtbot, session)
    press(dialog, "save_button")
    assert session.audit == before
    assert (session.undo_text, session.author) == (steps, "Scribe\nof two lines")

    dialog = shown_dialog(qtbot, session)
    dialog.details.area.setText(" Southmoor ")
    write(dialog, 1, 1, " Health trust ")
    press(dialog, "save_button")
    audit = session.audit
    assert audit.details == replace(before.details, area="Southmoor")
    assert audit.agencies == (before.agencies[0], replace(before.agencies[1], name="Health trust"))
    assert (audit.sittings, audit.waves) == (before.sittings, before.waves)
    session.close()


def test_the_buttons_stay_where_they_are_while_rows_are_added(qtbot: QtBot, session: AuditSession) -> None:
    dialog = shown_dialog(qtbot, session)
    button = dialog.agencies.add_button
    before = button.mapTo(dialog, button.rect().center())
    for number in range(10):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert button.mapTo(dialog, button.rect().center()) == before
        added = dialog.agencies.table.item(number, 1)
        assert added is not None
        room = dialog.agencies.table.viewport().rect()
        assert room.contains(dialog.agencies.table.visualItemRect(added).center())
        editor = QApplication.focusWidget()
        assert editor is not None
        QTest.keyClicks(editor, f"Agency {number}")
    press(dialog, "save_button")
    assert names(session) == [f"Agency {number}" for number in range(10)]


def test_a_problem_in_a_table_goes_when_it_is_mended(qtbot: QtBot, session: AuditSession) -> None:
    dialog = shown_dialog(qtbot, session)
    dialog.agencies.set_rows([AgencyRow("a", "", "Health")])
    press(dialog, "save_button")
    assert dialog.problem.isVisible()
    write(dialog, 0, 1, "Health trust")
    assert not dialog.problem.isVisible()


def test_esc_does_not_let_go_of_agencies_that_were_just_entered_unsaid(
    qtbot: QtBot, session: AuditSession
) -> None:
    dialog = shown_dialog(qtbot, session)
    press(dialog, "agencies_add_button")
    write(dialog, 0, 1, "Police")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not saved yet" in dialog.problem.text()
    press(dialog, "save_button")
    assert names(session) == ["Police"]


def test_esc_twice_lets_go_of_what_was_entered(qtbot: QtBot, session: AuditSession) -> None:
    dialog = shown_dialog(qtbot, session)
    dialog.details.area.setText("Southmoor")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("is_typed", [False, True])
def test_nothing_entered_needs_one_esc_and_cancel_never_asks(
    is_typed: bool, qtbot: QtBot, sample: AuditSession
) -> None:
    dialog = shown_dialog(qtbot, sample)
    if is_typed:
        dialog.details.area.setText("Southmoor")
        press(dialog, "cancel_button")
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_everything_is_one_step_of_undo(qtbot: QtBot, session: AuditSession) -> None:
    before = session.audit
    dialog = shown_dialog(qtbot, session)
    dialog.details.area.setText("Southmoor")
    dialog.details.marking.setEditText("OFFICIAL")
    dialog.wave_label.setText("Six months")
    dialog.held_on.setText("12/3/2026")
    press(dialog, "agencies_add_button")
    write(dialog, 0, 1, "Police")
    write(dialog, 0, 2, "Police and justice")
    press(dialog, "agencies_add_button")
    write(dialog, 1, 1, "Health <b>trust</b>")
    press(dialog, "sittings_add_button")
    dialog.sittings.table.item(0, 0).setText("5 March 2026")  # type: ignore[union-attr]  # just added
    dialog.author.setText("Facilitator")
    press(dialog, "save_button")

    audit = session.audit
    (wave,) = audit.waves
    assert (audit.details.area, audit.details.marking) == ("Southmoor", "OFFICIAL")
    assert (wave.label, wave.held_on) == ("Six months", "2026-03-12")
    assert [(a.name, a.sector) for a in audit.agencies] == [
        ("Police", "Police and justice"),
        ("Health <b>trust</b>", ""),
    ]
    assert [agency.name for agency in audit.agencies_in(wave.wave_id)] == names(session)
    assert [sitting.held_on for sitting in audit.sittings_of(wave.wave_id)] == ["2026-03-05"]
    assert session.author == "Facilitator"
    with AuditFile.open(session.path, read_only=True) as file:
        assert file.read() == audit

    session.undo()
    assert session.audit == before
    assert session.undo_text == ""


def test_an_agency_with_responses_stays(qtbot: QtBot, sample: AuditSession) -> None:
    agency = sample.audit.agencies[0]
    sample.party_id = agency.agency_id
    sample.set_score("1.1", 2)
    dialog = shown_dialog(qtbot, sample)
    rows = dialog.agencies.table.rowCount()
    dialog.agencies.table.setCurrentCell(0, 1)
    press(dialog, "agencies_remove_button")
    assert dialog.agencies.table.rowCount() == rows
    assert agency.name in dialog.problem.text()


def test_removing_ordering_and_leaving_out(qtbot: QtBot, sample: AuditSession) -> None:
    before = sample.audit
    first, second, third, *others = names(sample)
    dialog = shown_dialog(qtbot, sample)
    dialog.agencies.table.setCurrentCell(0, 1)
    press(dialog, "agencies_remove_button")
    dialog.agencies.table.setCurrentCell(0, 1)
    press(dialog, "agencies_down_button")
    takes_part = dialog.agencies.table.item(0, 0)
    assert takes_part is not None
    takes_part.setCheckState(Qt.CheckState.Unchecked)
    press(dialog, "save_button")

    assert names(sample) == [third, second, *others]
    (wave,) = sample.audit.waves
    assert [agency.name for agency in sample.audit.agencies_in(wave.wave_id)] == [second, *others]
    assert first not in names(sample)
    sample.undo()
    assert sample.audit == before


def without_attendance(session: AuditSession) -> None:
    """As in a wave that was made by an import: nobody is noted, and all take part."""
    noted = [ValueAddress(Subject.ATTENDANCE, key, "attends") for key in sorted(session.audit.attendance)]
    session.change("x", [(address, None) for address in noted])
    assert not session.audit.attendance


def ticks(dialog: DetailsDialog) -> list[bool]:
    table = dialog.agencies.table
    items = [table.item(row, 0) for row in range(table.rowCount())]
    return [item is not None and item.checkState() is Qt.CheckState.Checked for item in items]


def test_where_nobody_is_noted_all_are_ticked_and_saving_notes_nobody(
    qtbot: QtBot, sample: AuditSession
) -> None:
    without_attendance(sample)
    dialog = shown_dialog(qtbot, sample)
    assert all(ticks(dialog))
    press(dialog, "save_button")
    assert not sample.audit.attendance


def test_an_agency_that_comes_where_nobody_is_noted_silences_no_other(
    qtbot: QtBot, sample: AuditSession
) -> None:
    without_attendance(sample)
    before = taking_part(sample.audit, sample.wave_id)
    dialog = shown_dialog(qtbot, sample)
    press(dialog, "agencies_add_button")
    write(dialog, dialog.agencies.table.rowCount() - 1, 1, "Late Trust")
    press(dialog, "save_button")
    now = taking_part(sample.audit, sample.wave_id)
    assert [agency.name for agency in now] == [*(agency.name for agency in before), "Late Trust"]


def test_where_nobody_is_noted_one_that_is_unticked_takes_no_part_and_all_others_do(
    qtbot: QtBot, sample: AuditSession
) -> None:
    without_attendance(sample)
    first, *others = sample.audit.agencies
    dialog = shown_dialog(qtbot, sample)
    item = dialog.agencies.table.item(0, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    press(dialog, "save_button")
    assert list(taking_part(sample.audit, sample.wave_id)) == others
    assert first in sample.audit.agencies


def test_nobody_at_all_is_no_attendance(qtbot: QtBot, sample: AuditSession) -> None:
    """Nobody noted means that all take part: unticking the last must not bring back everybody."""
    before = sample.audit
    dialog = shown_dialog(qtbot, sample)
    for row in range(dialog.agencies.table.rowCount()):
        item = dialog.agencies.table.item(row, 0)
        assert item is not None
        item.setCheckState(Qt.CheckState.Unchecked)
    press(dialog, "save_button")
    assert "No agency takes part" in dialog.problem.text()
    assert sample.audit == before


def test_removing_a_sitting(qtbot: QtBot, sample: AuditSession) -> None:
    first, second = sample.audit.sittings
    dialog = shown_dialog(qtbot, sample)
    dialog.sittings.table.setCurrentCell(0, 0)
    press(dialog, "sittings_remove_button")
    press(dialog, "save_button")
    assert list(sample.audit.sittings) == [second]
    sample.undo()
    assert list(sample.audit.sittings) == [first, second]


def test_rows_in_which_nothing_is_written_are_left_out(qtbot: QtBot, session: AuditSession) -> None:
    dialog = shown_dialog(qtbot, session)
    press(dialog, "agencies_add_button")
    press(dialog, "sittings_add_button")
    press(dialog, "save_button")
    assert session.audit.agencies == ()
    assert session.audit.sittings == ()


@pytest.mark.parametrize(
    "rows, words",
    [
        ([AgencyRow("a", "Police"), AgencyRow("b", "Police ")], "Two agencies"),
        ([AgencyRow("a", "", "Health")], "no name"),
    ],
)
def test_agencies_that_cannot_be_told_apart(
    qtbot: QtBot, session: AuditSession, rows: list[AgencyRow], words: str
) -> None:
    dialog = shown_dialog(qtbot, session)
    dialog.agencies.set_rows(rows)
    press(dialog, "save_button")
    assert words in dialog.problem.text()
    assert dialog.isVisible()
    assert session.audit.agencies == ()


def test_a_date_that_is_none_stays_to_be_mended(qtbot: QtBot, session: AuditSession) -> None:
    dialog = shown_dialog(qtbot, session)
    press(dialog, "sittings_add_button")
    dialog.sittings.table.item(0, 0).setText("soon")  # type: ignore[union-attr]  # just added
    press(dialog, "save_button")
    assert "soon" in dialog.problem.text()
    assert dialog.sittings.text(0, 0) == "soon"


def test_a_file_open_for_reading_only(qtbot: QtBot, session: AuditSession) -> None:
    session.close()
    reader = AuditSession(AuditFile.open(session.path, read_only=True))
    dialog = shown_dialog(qtbot, reader)
    save = dialog.findChild(QPushButton, "save_button")
    assert save is not None
    assert not save.isEnabled()
    assert "reading only" in dialog.problem.text()
    reader.close()


def test_edit_returns_the_author_or_none(session: AuditSession, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(dialog: DetailsDialog) -> int:
        dialog.author.setText("Facilitator")
        press(dialog, "save_button")
        return dialog.result()

    monkeypatch.setattr(DetailsDialog, "exec", save)
    assert DetailsDialog.edit(session) == "Facilitator"
    monkeypatch.setattr(DetailsDialog, "exec", lambda _dialog: 0)
    assert DetailsDialog.edit(session) is None


def test_tab_leaves_the_tables(qtbot: QtBot, sample: AuditSession) -> None:
    dialog = shown_dialog(qtbot, sample)
    dialog.agencies.table.setFocus()
    QTest.keyClick(dialog.agencies.table, Qt.Key.Key_Tab)
    focused = dialog.focusWidget()
    assert focused is dialog.agencies.add_button


def test_a_name_that_is_still_being_written_is_saved(qtbot: QtBot, session: AuditSession) -> None:
    dialog = shown_dialog(qtbot, session)
    press(dialog, "agencies_add_button")
    editor = dialog.agencies.table.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Police")
    press(dialog, "save_button")
    assert names(session) == ["Police"]


def test_agencies_come_before_sittings_and_a_link_leads_to_each_part(
    qtbot: QtBot, sample: AuditSession
) -> None:
    dialog = shown_dialog(qtbot, sample)
    dialog.resize(dialog.width(), 660)
    content = dialog.scroll_content

    def top_of(widget: QWidget) -> int:
        return widget.mapTo(content, QPoint(0, 0)).y()

    assert top_of(dialog.agencies) < top_of(dialog.sittings) < top_of(dialog.author)
    for name, holder, field in (
        ("to_agencies", dialog.agencies, dialog.agencies.table),
        ("to_sittings", dialog.sittings, dialog.sittings.table),
        ("to_author", dialog.author, dialog.author),
    ):
        press(dialog, name)
        QApplication.processEvents()
        assert dialog.focusWidget() is field
        seen = QRect(QPoint(0, 0), dialog.scroll_area.viewport().size())
        at = holder.mapTo(dialog.scroll_area.viewport(), QPoint(0, 0))
        assert seen.contains(QRect(at, holder.size())), name
    assert dialog.isVisible()


def test_where_an_agency_s_area_is_entered_it_is_said_how_several_are(
    qtbot: QtBot, session: AuditSession
) -> None:
    dialog = shown_dialog(qtbot, session)
    dialog.agencies.add_button.click()
    table = dialog.agencies.table
    header, cell = table.horizontalHeaderItem(3), table.item(0, 3)
    assert header is not None
    assert cell is not None
    for words in (header.toolTip(), cell.toolTip(), cell.data(Qt.ItemDataRole.AccessibleDescriptionRole)):
        assert "semicolons" in words
