"""Text removed for good is in no value, no row of history and no byte; everything else is as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsb_desktop.errors import HsbError, InputRefused, NotRemoved, NotSaved
from hsb_desktop.store import removal
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.chosen_text import ChosenText
from hsb_desktop.store.connection import Connection
from hsb_desktop.store.removal import LABEL, find_text, remove_text, typed_texts, without
from hsb_desktop.store.residue import is_in_bytes
from hsb_desktop.values import Change, ChangeSet, Subject, Value
from tests.examples import examples
from tests.store.files import (
    AUTHOR,
    EVIDENCE,
    SCORE,
    WAVE,
    address,
    agreed,
    ask,
    bare_audit,
    change_set,
    entered,
    full_audit,
    make,
)

NAME = "Zebrafinch Quillon"
CHOSEN = ChosenText.of(NAME)
NOTE = "[removed by Chair Winterbourne, 20 November 2026]"
OTHER = agreed("1.3", "assurance")
LONG = "Before it all. " * 700 + NAME + " and after it. " * 700


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def is_in(content: bytes, text: str) -> bool:
    ways = {unicodedata.normalize(form, way) for form in ("NFC", "NFD") for way in (text, text.upper())}
    return any(way.encode(code) in content for way in ways for code in ("utf-8", "utf-16-le", "utf-16-be"))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AuditFile]:
    """An audit in which the name was typed, overwritten, undone, and is in labels and authors."""
    folder = tmp_path / "own"
    folder.mkdir()
    with AuditFile.create(folder / "audit.hsbaudit", full_audit()) as file:
        before = full_audit().value(EVIDENCE)
        for text in (f"We met {NAME}.", LONG, f"{NAME.upper()} again", "Nobody is named."):
            file.apply(change_set((EVIDENCE, before, text), author=f"Sister of {NAME}"))
            before = text
        other = full_audit().value(OTHER)
        file.apply(ChangeSet(f"import of {NAME}.csv", (Change(OTHER, other, f"As {NAME} said\n{LONG}"),)))
        file.apply(
            change_set(
                (address(Subject.AGENCY, ("police",), "name"), "Northmoor Police", f"School of {NAME}"),
                (address(Subject.CONFLICT, ("c1",), "first_value"), "One copy says this.", f"{NAME}?"),
                (address(Subject.CONFLICT, ("c1",), "second_author"), "Scribe Ottoline", NAME),
            )
        )
        yield file


def test_it_is_gone_from_every_byte_while_the_file_is_open_and_after(file: AuditFile, tmp_path: Path) -> None:
    assert is_in(bytes_in(tmp_path), NAME)
    found = remove_text(file, CHOSEN, NOTE, "Chair Winterbourne")
    assert len(found.places) == 4
    assert found.history == 8
    assert file.check() == ()
    assert not is_in(bytes_in(tmp_path), NAME)
    assert not [text for text in typed_texts(file.connection) if CHOSEN.is_in(text)]
    file.apply(change_set((SCORE, 0, 3)))
    file.close()
    assert not is_in(bytes_in(tmp_path), NAME)
    with AuditFile.open(file.path) as again:
        assert again.check() == ()
        assert not find_text(again, CHOSEN).places


def test_all_other_values_scores_and_rows_of_history_are_as_they_were(file: AuditFile) -> None:
    before, history = file.read(), file.history()
    remove_text(file, CHOSEN, NOTE)
    changed = {str(where) for where, value in before.values() if CHOSEN.is_in(str(value))}
    after = entered(file.read())
    assert {w: v for w, v in after.items() if w not in changed} == {
        w: v for w, v in entered(before).items() if w not in changed
    }
    assert after.keys() == entered(before).keys()
    kept = [(h.address, h.edited_at) for h in history]
    assert [(h.address, h.edited_at) for h in file.history()][: len(kept)] == kept


def test_a_note_stands_in_its_place_and_what_is_around_it_stays(file: AuditFile) -> None:
    remove_text(file, CHOSEN, NOTE)
    assert file.read().value(OTHER) == f"As {NOTE} said\n{LONG.replace(NAME, NOTE)}"
    assert file.history(EVIDENCE)[0].after == f"We met {NOTE}."
    assert file.history(EVIDENCE)[0].author == f"Sister of {NOTE}"
    assert file.history(OTHER)[0].label == f"import of {NOTE}.csv"


def test_each_changed_value_is_a_new_revision_with_a_line_of_history_that_does_not_tell_it(
    file: AuditFile,
) -> None:
    ((before,),) = ask(file.path, f"SELECT revision_id FROM value_state WHERE address = '{OTHER}'")
    remove_text(file, CHOSEN, NOTE, "Chair Winterbourne")
    ((after,),) = ask(file.path, f"SELECT revision_id FROM value_state WHERE address = '{OTHER}'")
    assert ask(file.path, f"SELECT parent_id FROM revision WHERE revision_id = '{after}'") == [(before,)]
    last = file.history(OTHER)[-1]
    assert (last.author, last.label) == ("Chair Winterbourne", LABEL)
    assert last.before == last.after == file.read().value(OTHER)


def test_a_visit_that_was_going_on_does_not_bring_it_back(tmp_path: Path) -> None:
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        file.apply(change_set((EVIDENCE, None, f"about {NAME}")), visit=1)
        remove_text(file, CHOSEN, NOTE)
        file.apply(change_set((EVIDENCE, f"about {NOTE}", "about nobody")), visit=1)
        assert file.check() == ()
    assert not is_in(bytes_in(tmp_path), NAME)


def test_removing_it_again_changes_nothing_more(file: AuditFile) -> None:
    remove_text(file, CHOSEN, NOTE)
    before, history = file.read(), file.history()
    assert remove_text(file, CHOSEN, NOTE).is_empty
    assert (file.read(), file.history()) == (before, history)


def test_an_author_who_is_removed_is_not_named_by_the_removal(file: AuditFile) -> None:
    remove_text(file, ChosenText.of("Scribe Quillfeather"), NOTE, author=AUTHOR)
    assert not any("Quillfeather" in entry.author for entry in file.history())


def test_dates_and_other_values_that_nobody_types_freely_are_left(file: AuditFile) -> None:
    before = file.read()
    assert find_text(file, ChosenText.of("2026-03")).is_empty
    assert remove_text(file, ChosenText.of("2026-03"), "[removed by A, 1 May 2027]").is_empty
    assert file.read() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("harmful sexual", "audit tool's own statements"),
        ("armful sexua", "Remove it as whole words"),
        ("Winterbourne", "note that is left"),
        ("removed for", "note that is left"),
        ("x", "at least two"),
    ],
)
def test_what_is_too_common_is_refused_and_nothing_changed(text: str, words: str, file: AuditFile) -> None:
    content = file.path.read_bytes()
    with pytest.raises(InputRefused, match=words):
        remove_text(file, ChosenText.of(text), NOTE)
    assert file.path.read_bytes() == content


def test_as_whole_words_a_name_goes_that_is_a_part_of_the_wording(tmp_path: Path) -> None:
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        file.apply(change_set((EVIDENCE, None, "Ann planned it. ANN's plan.")))
        with pytest.raises(InputRefused):
            remove_text(file, ChosenText.of("Ann"), NOTE)
        remove_text(file, ChosenText.of("Ann", whole_words=True), NOTE)
        assert file.read().value(EVIDENCE) == f"{NOTE} planned it. {NOTE}'s plan."


def test_a_file_for_reading_only_is_left(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit")
    content = path.read_bytes()
    with AuditFile.open(path, read_only=True) as file, pytest.raises(NotSaved, match="reading only"):
        remove_text(file, CHOSEN, NOTE)
    assert path.read_bytes() == content


# When something is in the way ---------------------------------------------------------------------------


def test_a_failure_in_the_middle_leaves_the_file_as_it_was(
    file: AuditFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, history = file.read(), file.history()

    def fail(*_: object) -> None:
        raise NotSaved("Not saved: the stick was pulled out.")

    monkeypatch.setattr(removal, "_write_cleaned", fail)
    with pytest.raises(NotSaved):
        remove_text(file, CHOSEN, NOTE)
    assert (file.read(), file.history(), file.check()) == (before, history, ())


def test_a_file_that_could_not_be_built_anew_is_said_and_finished_the_next_time(
    file: AuditFile, tmp_path: Path
) -> None:
    with AuditFile.open(file.path, read_only=True) as other:
        other.connection.execute("BEGIN")
        other.connection.execute("SELECT count(*) FROM history").fetchone()
        file.connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(HsbError, match="another program"):
            remove_text(file, CHOSEN, NOTE)
    remove_text(file, CHOSEN, NOTE)
    assert not is_in(bytes_in(tmp_path), NAME)


def test_what_is_left_in_the_bytes_is_noticed(file: AuditFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removal, "_clean_values", lambda *_: None)
    with pytest.raises(NotRemoved, match="still there"):
        remove_text(file, CHOSEN, NOTE)


def test_bytes_within_words_that_stay_are_no_residue_and_those_of_words_that_went_are(
    file: AuditFile,
) -> None:
    file.connection.execute("PRAGMA secure_delete = OFF")
    file.apply(change_set((SCORE, 0, 3)))
    file.apply(change_set((agreed("1.4", "evidence"), full_audit().value(agreed("1.4", "evidence")), LONG)))
    file.connection.execute("DELETE FROM history")
    assert is_in_bytes(file, ["Nobody is named. Nobody", "Sister of Zebrafinch"])
    file.connection.execute("PRAGMA secure_delete = ON")
    file.connection.execute("VACUUM")
    assert not is_in_bytes(file, ["Sister of Zebrafinch"])
    for text in ("response", "evidence", "ditional", "partnership", str(EVIDENCE), NAME):
        assert not is_in_bytes(file, [text]), text


REMOVER = """
import sys, time
from pathlib import Path
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.removal import remove_text
from tests.store.test_removal import CHOSEN, NOTE
with AuditFile.open(Path(sys.argv[1])) as file:
    print("ready", flush=True)
    remove_text(file, CHOSEN, NOTE)
    time.sleep(30)
"""


def kill_while_removing(path: Path, seconds: float) -> None:
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", REMOVER, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"ready"
        time.sleep(seconds)
        child.kill()


@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.06, 0.15])
def test_killed_at_any_moment_it_is_as_before_or_done_and_the_next_time_finishes(
    seconds: float, tmp_path: Path
) -> None:
    path = make(tmp_path / "audit.hsbaudit")
    cleaned = LONG.replace(NAME, NOTE)
    with AuditFile.open(path) as file:
        file.apply(change_set((EVIDENCE, full_audit().value(EVIDENCE), LONG)))
        before = file.read()
    kill_while_removing(path, seconds)
    with AuditFile.open(path) as file:
        assert file.check() == ()
        assert file.read().value(EVIDENCE) in (LONG, cleaned)
        remove_text(file, CHOSEN, NOTE)
        assert file.read() == before.with_changes([Change(EVIDENCE, LONG, cleaned)])
    assert not is_in(bytes_in(tmp_path), NAME)


def test_nothing_is_left_at_any_place_within_a_page(tmp_path: Path) -> None:
    """Long texts go on over pages: the name is cut by their edges at some of these lengths."""
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        before: Value = None
        for start in range(3900, 4200, 20):
            text = "x" * start + NAME + "y" * 20_000
            file.apply(change_set((EVIDENCE, before, text)))
            before = text
        remove_text(file, CHOSEN, NOTE)
    assert not is_in(bytes_in(tmp_path), NAME)
    assert b"Quillon" not in bytes_in(tmp_path)
    assert b"Zebrafinch" not in bytes_in(tmp_path)


# Any text, any audit ------------------------------------------------------------------------------------

_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30)
_PARTS = st.lists(st.one_of(_TEXTS, st.just("\n")), max_size=5)


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_afterwards_no_text_holds_it_and_all_others_are_unchanged(data: st.DataObject) -> None:
    wanted = data.draw(_TEXTS)
    try:
        chosen = ChosenText.of(wanted)
    except InputRefused:
        return
    with tempfile.TemporaryDirectory() as folder, _file_with(data, wanted, Path(folder)) as file:
        values, history = entered(file.read()), file.history()
        try:
            remove_text(file, chosen, NOTE)
        except InputRefused:
            return
        assert file.check() == ()
        assert not [text for text in typed_texts(file.connection) if chosen.is_in(text)]
        for place, value in entered(file.read()).items():
            assert chosen.is_in(str(values[place])) or value == values[place]
        for old, new in zip(history, file.history(), strict=False):
            texts = (old.author, old.label, str(old.before), str(old.after))
            assert any(map(chosen.is_in, texts)) or new == old


def _file_with(data: st.DataObject, wanted: str, folder: Path) -> AuditFile:
    file = AuditFile.create(folder / "audit.hsbaudit", bare_audit())
    for where in (EVIDENCE, OTHER, EVIDENCE, address(Subject.WAVE, (WAVE,), "label")):
        text = data.draw(st.sampled_from(["", wanted, wanted * 3])).join(data.draw(_PARTS)) or "x"
        author = data.draw(st.sampled_from(["", "Someone", wanted]))
        before = file.read().value(where)
        if text != before:
            file.apply(change_set((where, before, text), author=author))
    return file


@pytest.mark.parametrize(
    "text", ["ab" * 60_000, "……" * 1000, "ab[removed", "b[" + "b[" * 10, "]a" + "a" * 40]
)
def test_the_text_that_is_left_is_never_too_long_and_never_holds_it(text: str) -> None:
    for wanted in ("ab", "……", "b[", "]a"):
        chosen = ChosenText.of(wanted)
        left = without(text, chosen, NOTE)
        assert len(left) <= 1_000_000
        assert not chosen.is_in(left)


def no_more_pages(connection: Connection) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        file.apply(change_set((EVIDENCE, None, "Zq " * 3000)))
        no_more_pages(file.connection)
        before, history = file.read(), file.history()
        with pytest.raises(NotSaved, match="the disk is full"):
            remove_text(file, ChosenText.of("Zq"), NOTE)
        assert (file.read(), file.history(), file.check()) == (before, history, ())


def test_the_journal_beside_the_file_is_empty_or_gone(file: AuditFile) -> None:
    remove_text(file, CHOSEN, NOTE)
    journal = file.path.with_name(file.path.name + "-journal")
    assert not journal.exists() or journal.stat().st_size == 0
