"""Text is removed for good from an audit and from its other files; what could not be cleaned is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hsb_desktop.errors import InputRefused
from hsb_desktop.operations.removing import find_for_removal, known_copies, remove_for_good, report_sentences
from hsb_desktop.settings import Settings, load_settings, save_settings
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy, share_copy
from tests.store.files import EVIDENCE, ask, bare_audit, change_set

NAME, DAY = "Zebrafinch", date(2026, 11, 20)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AuditFile]:
    (tmp_path / "backups").mkdir()
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        file.apply(change_set((EVIDENCE, None, f"We met {NAME} twice.")))
        yield file


def backups(file: AuditFile, count: int = 3) -> list[Path]:
    paths = [file.path.parent / "backups" / f"{number}.hsbaudit" for number in range(count)]
    for path in paths:
        save_copy(file, path)
    return paths


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_name_that_edits_are_kept_under_is_forgotten_where_it_holds_the_text(file: AuditFile) -> None:
    audit_id = file.read().audit_id
    save_settings(Settings().with_author(audit_id, f"Mother of {NAME}").with_author("other", "Chair"))
    assert remove_for_good(file, NAME, "Chair", DAY).problems == ()
    assert load_settings().authors == {"other": "Chair"}


def test_a_name_that_does_not_hold_the_text_stays(file: AuditFile) -> None:
    audit_id = file.read().audit_id
    save_settings(Settings().with_author(audit_id, "Chair"))
    remove_for_good(file, NAME, "Chair", DAY)
    assert load_settings().authors == {audit_id: "Chair"}


def test_that_the_name_could_not_be_forgotten_is_said(
    file: AuditFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(Settings().with_author(file.read().audit_id, NAME))

    def refused(_settings: Settings) -> None:
        """As on a disk that is full: nothing is raised."""

    monkeypatch.setattr("hsb_desktop.operations.removing.save_settings", refused)
    (problem,) = remove_for_good(file, NAME, "Chair", DAY).problems
    assert "settings of this program could not be written" in problem


def test_it_goes_from_the_audit_and_all_its_backups_and_a_note_stays(file: AuditFile) -> None:
    others = backups(file)
    report = remove_for_good(file, NAME, "Chair", DAY, [*others, file.path])
    assert NAME.encode() not in bytes_of(file.path.parent)
    assert file.read().value(EVIDENCE) == "We met [removed by Chair, 20 November 2026] twice."
    assert [other.path for other in report.others] == others
    assert report.problems == ()
    assert report_sentences(report, done=True) == (
        "Removed from 1 present text and 1 line of history.",
        "It was removed from 3 of 3 backups and copies.",
        "Every byte of these files was looked through: it is no longer there.",
    )
    for path in others:
        with AuditFile.open(path) as other:
            assert other.check() == ()


def test_looking_for_it_changes_no_byte(file: AuditFile) -> None:
    others = backups(file)
    before = [path.read_bytes() for path in (file.path, *others)]
    report = find_for_removal(file, NAME, "Chair", DAY, others)
    assert [path.read_bytes() for path in (file.path, *others)] == before
    assert [place.excerpt for place in report.removal.places] == [f"We met {NAME} twice."]
    assert report_sentences(report, done=False)[1] == "It is in 3 of 3 backups and copies."


def test_a_backup_that_cannot_be_opened_is_told_and_the_next_time_finishes(file: AuditFile) -> None:
    first, damaged, last = backups(file)
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:5000])
    report = remove_for_good(file, NAME, "", DAY, [first, damaged, last, first.with_name("gone.hsbaudit")])
    assert [problem.split(" could not")[0] for problem in report.problems] == [damaged.name, "gone.hsbaudit"]
    told = " ".join(report_sentences(report, done=True))
    assert "2 could not be looked through" in told
    assert "no longer there" not in told
    assert NAME.encode() not in first.read_bytes() + last.read_bytes() + file.path.read_bytes()
    damaged.write_bytes(whole)
    assert remove_for_good(file, NAME, "", DAY, [first, damaged, last]).problems == ()
    assert NAME.encode() not in bytes_of(file.path.parent)


def test_who_is_named_by_the_text_is_not_named_by_the_note(file: AuditFile) -> None:
    remove_for_good(file, NAME, f"Scribe {NAME}", DAY)
    assert file.read().value(EVIDENCE) == "We met [removed by someone, 20 November 2026] twice."


def test_who_removed_it_stands_in_the_files_own_history_and_leaves_with_no_shared_copy(
    file: AuditFile,
) -> None:
    remove_for_good(file, NAME, "", DAY, author="Chair Winterbourne")
    assert file.read().value(EVIDENCE) == "We met [removed by someone, 20 November 2026] twice."
    assert file.history()[-1].author == "Chair Winterbourne"
    shared = file.path.parent / "shared.hsbaudit"
    share_copy(file, shared)
    assert b"Winterbourne" in file.path.read_bytes()
    assert b"Winterbourne" not in shared.read_bytes()


def test_after_a_removal_a_revision_has_the_same_value_in_the_audit_and_in_its_shared_copy(
    file: AuditFile,
) -> None:
    remove_for_good(file, NAME, "Chair", DAY, author="Chair Winterbourne")
    shared = file.path.parent / "shared.hsbaudit"
    share_copy(file, shared)
    with AuditFile.open(shared) as copy:
        assert copy.check() == ()
        assert copy.read().value(EVIDENCE) == file.read().value(EVIDENCE)
    of_evidence = f"SELECT revision_id, digest FROM value_state WHERE address = '{EVIDENCE}'"
    before_and_shared = [ask(path, of_evidence) for path in (file.path, shared)]
    assert before_and_shared[0] == before_and_shared[1]


def test_a_file_whose_name_holds_the_text_is_told(file: AuditFile) -> None:
    path = file.path.with_name(f"About {NAME}.hsbaudit")
    save_copy(file, path)
    report = remove_for_good(file, NAME, "Chair", DAY, [path])
    assert report.problems == (f"The name of the file {path.name} holds the text: rename it.",)


def test_common_words_are_refused_before_anything_is_changed(file: AuditFile) -> None:
    for act in (find_for_removal, remove_for_good):
        with pytest.raises(InputRefused):
            act(file, "harmful", "Chair", DAY)


def test_what_is_nowhere_is_said_to_be_nowhere(file: AuditFile) -> None:
    report = find_for_removal(file, "Nightjar", "Chair", DAY, backups(file, 1))
    assert report.is_empty
    assert report_sentences(report, done=False) == (
        "audit.hsbaudit holds it nowhere.",
        "It is in 0 of 1 backup or copy.",
    )


def test_it_goes_from_every_conflict_copy_however_many_there_are(file: AuditFile) -> None:
    copies = {file.path.with_name(f"audit ({number}).hsbaudit") for number in range(1, 24)}
    for path in copies:
        save_copy(file, path)
    found = known_copies(file)
    assert set(found) == copies
    assert remove_for_good(file, NAME, "Chair", DAY, found).problems == ()
    assert NAME.encode() not in bytes_of(file.path.parent)
