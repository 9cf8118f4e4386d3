"""Every dialog can be used by keyboard and screen reader, and fits a laptop at 300 %."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hsb_desktop.analysis.privacy import Finding
from hsb_desktop.errors import FileInUse, RowProblem, RowsRefused
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Audit
from hsb_desktop.operations.conflict_copies import ConflictCopy
from hsb_desktop.operations.importing import plan_import
from hsb_desktop.operations.merge_preview import Preview, Sources, preview_merge
from hsb_desktop.operations.packs import PackKind, PackOutcome, PackRequest, write_packs
from hsb_desktop.operations.privacy_scan import scan
from hsb_desktop.operations.removing import RemovalReport, find_for_removal
from hsb_desktop.operations.reprotecting import BackupPlan
from hsb_desktop.operations.rescuing import RescueReport
from hsb_desktop.operations.returning import ReturnPlan, plan_return
from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.operations.waves import new_wave
from hsb_desktop.store.audit_file import AuditFile, HistoryEntry
from hsb_desktop.store.backup import backups_of, make_backup
from hsb_desktop.store.backup_folder import Backup, BackupReason
from hsb_desktop.store.share import save_copy
from hsb_desktop.ui.dialogs.about_dialog import AboutDialog
from hsb_desktop.ui.dialogs.agency_answers_dialog import AgencyAnswersDialog
from hsb_desktop.ui.dialogs.agreement_dialog import AgreementDialog
from hsb_desktop.ui.dialogs.choice_dialog import Choice, ChoiceDialog
from hsb_desktop.ui.dialogs.conflict_copies_dialog import ConflictCopiesDialog
from hsb_desktop.ui.dialogs.conflicts_dialog import ConflictsDialog
from hsb_desktop.ui.dialogs.crash_dialog import CrashDialog
from hsb_desktop.ui.dialogs.details_dialog import DetailsDialog
from hsb_desktop.ui.dialogs.dialog_frame import DialogFrame
from hsb_desktop.ui.dialogs.earlier_versions_dialog import EarlierVersionsDialog
from hsb_desktop.ui.dialogs.file_in_use_dialog import FileInUseDialog
from hsb_desktop.ui.dialogs.help_dialog import HelpDialog
from hsb_desktop.ui.dialogs.history_dialog import HistoryDialog
from hsb_desktop.ui.dialogs.import_dialog import ImportDialog
from hsb_desktop.ui.dialogs.merge_dialog import MergeDialog
from hsb_desktop.ui.dialogs.message_dialog import MessageDialog, MessageKind
from hsb_desktop.ui.dialogs.movement_dialog import MovementDialog
from hsb_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog
from hsb_desktop.ui.dialogs.new_wave_dialog import NewWaveDialog
from hsb_desktop.ui.dialogs.packs_dialog import PacksDialog
from hsb_desktop.ui.dialogs.packs_written_dialog import PacksWrittenDialog
from hsb_desktop.ui.dialogs.password_dialog import PasswordDialog
from hsb_desktop.ui.dialogs.privacy_dialog import PrivacyDialog
from hsb_desktop.ui.dialogs.protect_dialog import ProtectDialog
from hsb_desktop.ui.dialogs.reading_dialog import ReadingDialog
from hsb_desktop.ui.dialogs.refused_rows_dialog import RefusedRowsDialog
from hsb_desktop.ui.dialogs.removal_dialog import RemovalDialog
from hsb_desktop.ui.dialogs.rescue_dialog import RescueDialog
from hsb_desktop.ui.dialogs.rescue_report_dialog import RescueReportDialog
from hsb_desktop.ui.dialogs.return_dialog import ReturnDialog
from hsb_desktop.ui.dialogs.share_protection_dialog import ShareProtectionDialog
from hsb_desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from hsb_desktop.ui.paper.report_preview import ReportPreview
from hsb_desktop.ui.radar.series_chooser import SeriesChooser
from hsb_desktop.ui.session import AuditSession
from hsb_desktop.ui.theme import Appearance
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, response_address
from tests.operations.packs import fill_sheet, type_into

LAPTOP = QSize(1366, 768)

Make = Callable[[AuditSession, Path], DialogFrame]


def import_dialog(session: AuditSession, folder: Path) -> ImportDialog:
    source = folder / "scores.csv"
    source.write_text("statement,score,evidence\n1.1,4,New evidence\n", encoding="utf-8")
    return ImportDialog(session.audit, plan_import(session.audit, source))


def earlier_versions_dialog(session: AuditSession, _folder: Path) -> EarlierVersionsDialog:
    session.do_on_file(lambda file: make_backup(file, BackupReason.DAY))
    return EarlierVersionsDialog("A.hsbaudit", backups_of(session.audit.audit_id), session.audit)


def rekey_dialog_with_backups(_session: AuditSession, folder: Path) -> ProtectDialog:
    made_at = datetime(2026, 11, 20, 9, 3, tzinfo=UTC)
    backups = tuple(
        Backup(folder / f"{day}.hsbaudit", made_at - timedelta(days=day), BackupReason.DAY, 240_000)
        for day in range(20)
    )
    return ProtectDialog(repr, has_password=True, plan=BackupPlan((), backups, backups))


def history_dialog(session: AuditSession, _folder: Path) -> HistoryDialog:
    session.set_evidence("1.1", "Other evidence. " * 300)
    entries: list[HistoryEntry] = []
    session.do_on_file(lambda file: entries.extend(file.history()))
    return HistoryDialog("History of 1.1", entries, session.audit.value, may_restore=True)


def removal_dialog(session: AuditSession, _folder: Path) -> RemovalDialog:
    def find(text: str, removed_by: str, whole_words: bool) -> RemovalReport:
        found: list[RemovalReport] = []
        day = date(2026, 11, 20)
        session.do_on_file(
            lambda file: found.append(find_for_removal(file, text, removed_by, day, whole_words=whole_words))
        )
        return found[0]

    dialog = RemovalDialog(session.audit, find, find, text="quarterly")
    dialog.look_button.click()
    return dialog


def preview_of(session: AuditSession, folder: Path) -> Preview:
    """A merge of a copy in which evidence was entered that differs."""
    theirs = folder / "theirs.hsbaudit"
    session.do_on_file(lambda file: save_copy(file, theirs))
    address = response_address(session.key("1.1"), "evidence")
    with AuditFile.open(theirs) as file:
        change = Change(address, file.read().value(address), "Theirs. " * 300)
        file.apply(ChangeSet("an edit", (change,), "Ann Thistlewood"))
    session.set_evidence("1.1", "Ours. " * 300)
    assert session.settle()
    sources = Sources()
    sources.open([theirs, folder / "gone.hsbaudit"], None)
    found: list[Preview] = []
    session.do_on_file(lambda file: found.append(preview_merge(file, sources)))
    sources.close()
    return found[0]


def merge_dialog(session: AuditSession, folder: Path) -> MergeDialog:
    return MergeDialog(preview_of(session, folder), "ours.hsbaudit")


def conflicts_dialog(session: AuditSession, folder: Path) -> ConflictsDialog:
    session.merge(preview_of(session, folder).plan)
    assert session.settle()
    dialog = ConflictsDialog(session)
    dialog.write_another()
    return dialog


def findings_of(audit: Audit) -> tuple[Finding, ...]:
    address = response_address(ResponseKey(audit.waves[0].wave_id, PARTNERSHIP, "3.2"), "evidence")
    told = audit.with_changes([Change(address, None, "Ring 01632 960001 or write to jo@example.org. " * 20)])
    return scan(told, today=date(2026, 11, 20))


def packs_written_dialog(session: AuditSession, folder: Path) -> PacksWrittenDialog:
    return PacksWrittenDialog(_packs_of(session, folder))


def return_dialog(session: AuditSession, folder: Path) -> ReturnDialog:
    """Something new, something that differs, and a file that cannot be used."""
    key = ResponseKey(session.wave_id, session.audit.agencies[0].agency_id, "1.1")
    file, sheet = _packs_of(session, folder).paths
    sheet_2 = sheet.with_name("twice.xlsx")
    shutil.copyfile(sheet, sheet_2)
    type_into(file, {response_address(key, "score"): 3, response_address(key, "evidence"): "New. " * 90})
    fill_sheet(sheet_2, {"1.1": {"score": 1}})
    plans: list[ReturnPlan] = []
    files = (file, sheet_2, folder / "gone.xlsx")
    session.do_on_file(lambda target: plans.append(plan_return(target, files, leave_refused=True)))
    return ReturnDialog(plans[0])


def _packs_of(session: AuditSession, folder: Path) -> PackOutcome:
    outcomes: list[PackOutcome] = []
    agency_ids = (session.audit.agencies[0].agency_id,)
    kinds = (PackKind.AUDIT, PackKind.WORKSHEET)
    request = PackRequest(session.wave_id, agency_ids, kinds=kinds)
    session.do_on_file(
        lambda file: outcomes.append(write_packs(file, folder / "packs", request, printed_on="2026-11-20"))
    )
    return outcomes[0]


def appearance() -> Appearance:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Appearance(application)


DIALOGS: dict[str, Make] = {
    "packs": lambda session, _folder: PacksDialog(session.audit, session.wave_id, is_protected=True),
    "packs written": packs_written_dialog,
    "returned": return_dialog,
    "new": lambda _session, folder: NewAuditDialog(folder=folder),
    "details": lambda session, _folder: DetailsDialog(session),
    "import": import_dialog,
    "refused": lambda _s, _f: RefusedRowsDialog(RowsRefused("No.", (RowProblem("row 2", "why"),))),
    "preview": lambda session, folder: ReportPreview(session.audit, session.wave_id, folder),
    "versions": earlier_versions_dialog,
    "history": history_dialog,
    "removal": removal_dialog,
    "privacy": lambda session, _folder: PrivacyDialog(session.audit, findings_of(session.audit)),
    "help": lambda _session, _folder: HelpDialog(instrument_by_id(), "5.2"),
    "series": lambda session, _folder: SeriesChooser(session.audit, session.wave_id, ()),
    "keys": lambda _session, _folder: ShortcutsDialog(),
    "about": lambda _session, _folder: AboutDialog(),
    "crash": lambda _session, _folder: CrashDialog(ValueError()),
    "rescue": lambda _session, folder: RescueDialog(folder / "damaged.hsbaudit"),
    "rescued": lambda _session, folder: RescueReportDialog(
        RescueReport(folder / "rescued.hsbaudit", 1, ("Baseline, statement 1.1, score",), (), ()),
        folder / "damaged.hsbaudit",
    ),
    "new wave": lambda session, _folder: NewWaveDialog(session.audit),
    "moved": lambda session, _folder: MovementDialog(
        session.audit.with_changes(new_wave(session.audit).changes), session.wave_id
    ),
    "password": lambda _s, _f: PasswordDialog(len, "Open a protected audit", "It is protected.", "Open"),
    "protect": lambda _session, _folder: ProtectDialog(repr, has_password=False),
    "rekey": lambda _session, _folder: ProtectDialog(repr, has_password=True),
    "rekey with backups": rekey_dialog_with_backups,
    "share": lambda _session, _folder: ShareProtectionDialog(is_protected=True),
    "in use": lambda _s, folder: FileInUseDialog(folder / "x.hsbaudit", FileInUse("No.", who="Ann")),
    "conflict copies": lambda _s, folder: ConflictCopiesDialog((ConflictCopy(folder / "x 2.hsbaudit", 1e9),)),
    "conflict copies to merge": lambda _s, folder: ConflictCopiesDialog(
        (ConflictCopy(folder / "x 2.hsbaudit", 1e9),), may_merge=True
    ),
    "merge": merge_dialog,
    "conflicts": conflicts_dialog,
    "choice": lambda _s, _f: ChoiceDialog(
        "Which?", "It is damaged.", (Choice("a", "This…", "Why."),), leave="No"
    ),
    "agreement": lambda session, _f: AgreementDialog(session, "5.2", with_names=True),
    "agencies' answers": lambda session, _f: AgencyAnswersDialog(session, appearance(), "5.2"),
    "reading": lambda session, _f: ReadingDialog(session, "5.8"),
    "message": lambda _s, _f: MessageDialog(MessageKind.QUESTION, "Go on?", go_on="Go on"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample audit, for each test to copy."""
    path = tmp_path_factory.mktemp("made") / "sample.hsbaudit"
    create_sample_audit(path).close()
    return path


@pytest.fixture
def session(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[AuditSession]:
    del qtbot
    session = AuditSession(AuditFile.open(Path(shutil.copy(made, tmp_path))))
    yield session
    session.close()


@pytest.fixture(params=DIALOGS)
def dialog(
    request: pytest.FixtureRequest, session: AuditSession, tmp_path: Path, qtbot: QtBot
) -> Iterator[DialogFrame]:
    dialog = DIALOGS[request.param](session, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    if isinstance(dialog, ReportPreview):
        qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    yield dialog
    dialog.reject()


def controls(dialog: DialogFrame) -> list[QWidget]:
    """What a person can act on; the parts of which Qt builds a control are left out."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractScrollArea)
    return [
        widget
        for widget in dialog.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisible()
        and not isinstance(widget, QScrollArea)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parent(), QComboBox)
    ]


def test_every_control_has_a_role_and_a_name(dialog: DialogFrame) -> None:
    for control in controls(dialog):
        assert control.objectName(), control
        assert control.accessibleName(), control.objectName()


def test_every_label_is_plain_text(dialog: DialogFrame) -> None:
    for label in dialog.findChildren(QLabel):
        if label.objectName() != "message_picture":
            assert label.textFormat() is Qt.TextFormat.PlainText, label.objectName()


def test_tab_reaches_every_control(dialog: DialogFrame) -> None:
    wanted = {control.objectName() for control in controls(dialog) if control.isEnabled()}
    # Of buttons that exclude each other, Tab reaches the chosen one; arrows go on from there.
    wanted -= {
        button.objectName()
        for button in dialog.findChildren(QAbstractButton)
        if button.autoExclusive() and not button.isChecked()
    }
    reached: set[str] = set()
    for _ in range(60):
        dialog.focusNextChild()
        focused = dialog.focusWidget()
        if focused is not None:
            reached |= {focused.objectName()}
    assert wanted <= reached


def test_it_fits_a_laptop_at_any_zoom(dialog: DialogFrame) -> None:
    font = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(font.pointSizeF() * 3)
    QApplication.setFont(larger)
    try:
        dialog.fit_to(LAPTOP)
        QApplication.processEvents()
        assert dialog.width() <= LAPTOP.width()
        assert dialog.height() <= LAPTOP.height()
        for button in dialog.buttons.buttons():
            assert dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))
    finally:
        QApplication.setFont(font)
