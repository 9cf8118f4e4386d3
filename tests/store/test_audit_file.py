"""A file is made, opened, read, and changed by change sets: each one transaction, kept with its history."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hsb_desktop.errors import FileRefused, InputRefused, NotSaved, OutputRefused
from hsb_desktop.model import Audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import ConstraintError
from hsb_desktop.store.value_rules import can_hold
from hsb_desktop.values import NO_VIEW, ChangeSet, RoundKey, Subject, Value, ValueAddress
from tests.examples import examples
from tests.store.files import (
    AUTHOR,
    EVIDENCE,
    POLICE,
    SCORE,
    WAVE,
    address,
    agreed,
    ask,
    bare_audit,
    change_set,
    digest_in,
    entered,
    full_audit,
    make,
    of_police,
)
from tests.test_model import change_sets


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AuditFile]:
    with AuditFile.create(tmp_path / "audit.hsbaudit", bare_audit()) as file:
        yield file


# Make, open, read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("audit", [bare_audit(), full_audit()], ids=["bare", "full"])
def test_what_a_file_is_made_of_is_what_is_read(audit: Audit, tmp_path: Path) -> None:
    path = tmp_path / "audit.hsbaudit"
    with AuditFile.create(path, audit) as file:
        assert file.read() == audit
        assert not file.is_read_only
        assert file.check() == ()
    with AuditFile.open(path) as file:
        assert file.read() == audit
        assert file.history() == ()


def test_a_new_file_is_one_file_that_only_its_owner_may_read(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit")
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.hsbaudit"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_path_that_is_taken_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.write_text("something else")
    with pytest.raises(FileRefused, match="exists already"):
        AuditFile.create(path, bare_audit())
    assert path.read_text() == "something else"
    link = tmp_path / "link.hsbaudit"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileRefused, match="exists already"):
        AuditFile.create(link, bare_audit())


def test_a_file_that_another_program_makes_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audit.hsbaudit"

    def write_slowly(temporary: Path, audit: Audit, _password: str | None) -> None:
        temporary.write_text("ours")
        path.write_text("somebody else's")

    monkeypatch.setattr("hsb_desktop.store.audit_file._write_new_file", write_slowly)
    with pytest.raises(FileRefused, match="exists already"):
        AuditFile.create(path, bare_audit())
    assert path.read_text() == "somebody else's"
    assert [entry.name for entry in tmp_path.iterdir()] == ["audit.hsbaudit"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="does not exist"):
        AuditFile.create(tmp_path / "no" / "audit.hsbaudit", bare_audit())


def test_an_audit_that_no_file_can_keep_is_not_written(tmp_path: Path) -> None:
    wrong = bare_audit().with_changes(change_set((EVIDENCE, None, "half \ud800 character")).changes)
    with pytest.raises(InputRefused):
        AuditFile.create(tmp_path / "audit.hsbaudit", wrong)
    assert list(tmp_path.iterdir()) == []


def test_closing_leaves_one_file_and_a_second_close_does_nothing(file: AuditFile) -> None:
    file.apply(change_set((SCORE, None, 3)))
    file.close()
    file.close()
    assert [entry.name for entry in file.path.parent.iterdir()] == ["audit.hsbaudit"]


@pytest.mark.parametrize(
    "name", ["a#b%20c?.hsbaudit", "Ŵ ŷ “audit” 审计.hsbaudit", " a b .hsbaudit", "no suffix", "'q'"]
)
def test_a_name_may_hold_anything_the_disk_allows(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("not this one")
    path = tmp_path / name
    with AuditFile.create(path, bare_audit()) as file:
        file.apply(change_set((SCORE, None, 3)))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(["a", name])
    with AuditFile.open(path, read_only=True) as file:
        assert file.read().value(SCORE) == 3


def test_a_link_opens_what_it_points_to_and_stays_a_link(tmp_path: Path) -> None:
    path = make(tmp_path / "audit.hsbaudit", bare_audit())
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.hsbaudit"
    link.symlink_to(path)
    with AuditFile.open(link) as file:
        file.apply(change_set((SCORE, None, 4)))
    assert link.is_symlink()
    assert [entry.name for entry in link.parent.iterdir()] == ["link.hsbaudit"]
    with AuditFile.open(path) as file:
        assert file.read().value(SCORE) == 4


# One change set, one transaction --------------------------------------------------------------------------


def test_a_change_is_on_the_disk_when_apply_returns(file: AuditFile) -> None:
    file.apply(change_set((SCORE, None, 3), (EVIDENCE, None, "Seen in the audit of 2026.")))
    with AuditFile.open(file.path, read_only=True) as other:
        assert other.read() == file.read()
        assert other.read().value(SCORE) == 3


def test_a_change_set_is_one_transaction(file: AuditFile) -> None:
    statements: list[str] = []
    file.connection.set_trace_callback(statements.append)
    file.apply(change_set((SCORE, None, 3), (EVIDENCE, None, "words"), (agreed("2.2"), None, 0)))
    file.connection.set_trace_callback(None)
    assert [s for s in statements if s.split()[0] in {"BEGIN", "COMMIT", "ROLLBACK"}] == [
        "BEGIN IMMEDIATE",
        "COMMIT",
    ]


def belongs_and_can_be_kept(where: ValueAddress, value: Value) -> bool:
    is_taken_away = where.subject in {Subject.WAVE, Subject.AGENCY} and value is None
    is_sitting_of_nothing = where.subject is Subject.SITTING and where.field == "wave_id" and value is None
    has_its_round = where.subject is not Subject.VOTE or RoundKey(*where.key[:3]) in full_audit().rounds
    has_votes = where.subject is Subject.ROUND and RoundKey(*where.key) in full_audit().rounds
    is_no_pack = where.subject is Subject.PACK and (where.key != ("pack-1",) or where.field != "wave_id")
    # The answers of a conflict are such as its address can hold: here words of a box.
    is_no_answer = where.subject is Subject.CONFLICT and (
        where.field == "address"
        or (where.field in {"first_value", "second_value"} and not isinstance(value, str))
    )
    return (
        can_hold(where, value)
        and not (is_taken_away or is_sitting_of_nothing or is_no_pack or is_no_answer)
        and has_its_round
        and not (has_votes and value is None)
    )


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change_sets(full_audit(), belongs_and_can_be_kept))
def test_the_file_holds_what_the_model_says_and_back_again(tmp_path: Path, changes: ChangeSet) -> None:
    path = tmp_path / "audit.hsbaudit"
    path.unlink(missing_ok=True)
    before = full_audit()
    with AuditFile.create(path, before) as file:
        digest = digest_in(path)
        file.apply(changes)
        assert file.read() == before.with_changes(changes.changes)
        assert file.check() == ()
        file.apply(changes.reversed())
        assert file.read() == before
        assert digest_in(path) == digest
    AuditFile.open(path).close()


def test_every_value_of_a_full_audit_can_be_entered_one_by_one_and_taken_away(file: AuditFile) -> None:
    known = entered(bare_audit())
    before: Value = None
    new = [(place, before, value) for place, value in full_audit().values() if str(place) not in known]
    new.append((address(Subject.AUDIT, (), "kind"), "partnership", "region"))
    file.apply(change_set(*new))
    assert file.read() == full_audit()
    file.apply(change_set(*new).reversed())
    assert file.read() == bare_audit()
    tables = (
        "response_score",
        "response_text",
        "domain_note",
        "reading",
        "attendance",
        "sitting",
        "conflict",
        "scoring_round",
        "vote",
        "agreement",
        "pack",
        "series",
    )
    assert all(ask(file.path, f"SELECT count(*) FROM {table}") == [(0,)] for table in tables)


def test_a_change_of_something_that_is_no_longer_so_is_refused_with_nothing_changed(file: AuditFile) -> None:
    file.apply(change_set((EVIDENCE, None, "words")))
    content, audit = file.path.read_bytes(), file.read()
    with pytest.raises(NotSaved, match=r"changed by another program\. Nothing was overwritten"):
        file.apply(change_set((SCORE, None, 3), (EVIDENCE, "other words", "new words")))
    assert file.path.read_bytes() == content
    assert file.read() == audit
    file.apply(change_set((SCORE, None, 3)))
    assert file.read().value(SCORE) == 3


def test_what_another_program_wrote_is_noticed_and_not_overwritten(file: AuditFile) -> None:
    with AuditFile.open(file.path) as other:
        other.apply(change_set((SCORE, None, 1)))
    with pytest.raises(NotSaved, match="changed by another program"):
        file.apply(change_set((SCORE, None, 4)))
    assert file.read().value(SCORE) == 1


CANNOT_BE_KEPT: list[tuple[ValueAddress, Value]] = [
    (SCORE, 5),
    (SCORE, -1),
    (SCORE, True),
    (SCORE, "3"),
    (SCORE, NO_VIEW),
    (EVIDENCE, ""),
    (EVIDENCE, 3),
    (EVIDENCE, "\ud800"),
    (EVIDENCE, "a\x00b"),
    (EVIDENCE, "a\rb"),
    (EVIDENCE, "a\u2028b"),
    (EVIDENCE, "a\ufffe"),
    (EVIDENCE, "x" * 1_000_001),
    (of_police("1.1", "target"), 3),
    (agreed("1.1", "no_view_reason"), "words"),
    (of_police("1.1"), "no idea"),
    (address(Subject.WAVE, (WAVE,), "held_on"), "2026-02-30"),
    (address(Subject.WAVE, (WAVE,), "held_on"), "20260228"),
    (address(Subject.WAVE, (WAVE,), "held_on"), "0202-03-12"),
    (address(Subject.WAVE, (WAVE,), "held_on"), "2101-01-01"),
    (address(Subject.WAVE, (WAVE,), "is_locked"), 0),
    (address(Subject.WAVE, (WAVE,), "position"), 0),
    (address(Subject.WAVE, (WAVE,), "position"), -3),
    (address(Subject.WAVE, ("a/b",), "label"), "T2"),
    (address(Subject.WAVE, ("",), "label"), "T2"),
    (address(Subject.AGENCY, ("partnership",), "name"), "An agency of that name"),
    (address(Subject.AUDIT, (), "kind"), None),
    (address(Subject.AUDIT, (), "kind"), "club"),
    (address(Subject.CONFLICT, ("c1",), "address"), "response/w1"),
    (address(Subject.CONFLICT, ("c1",), "first_value"), 9),
]


@pytest.mark.parametrize(("where", "value"), CANNOT_BE_KEPT, ids=lambda part: ascii(str(part)))
def test_what_could_not_be_read_back_is_not_written(
    where: ValueAddress, value: Value, file: AuditFile
) -> None:
    content = file.path.read_bytes()
    with pytest.raises(InputRefused, match=r"^Not saved"):
        file.apply(change_set((where, bare_audit().value(where), value)))
    assert file.path.read_bytes() == content


@pytest.mark.parametrize(
    "where",
    [
        address(Subject.RESPONSE, ("w9", "partnership", "1.1"), "evidence"),
        address(Subject.RESPONSE, (WAVE, "nobody", "1.1"), "evidence"),
        agreed("9.9", "evidence"),
        address(Subject.DOMAIN_NOTE, (WAVE, "9"), "comments"),
        address(Subject.READING, ("9.9",), "text"),
    ],
    ids=str,
)
def test_what_would_belong_to_nothing_is_not_written(where: ValueAddress, file: AuditFile) -> None:
    content = file.path.read_bytes()
    with pytest.raises(ConstraintError):
        file.apply(change_set((where, None, "words")))
    assert file.path.read_bytes() == content
    file.apply(change_set((SCORE, None, 2)))


def test_an_agency_goes_together_with_its_responses_and_not_before(file: AuditFile) -> None:
    name = address(Subject.AGENCY, (POLICE,), "name")
    file.apply(change_set((of_police("1.1"), None, 2)))
    with pytest.raises(ConstraintError):
        file.apply(change_set((name, "Northmoor Police", None)))
    file.apply(change_set((name, "Northmoor Police", None), (of_police("1.1"), 2, None)))
    assert [agency.agency_id for agency in file.read().agencies] == ["health"]


@pytest.mark.parametrize(
    "text",
    [
        "a\tb",
        "😀" * 20_000,
        "\u202eright to left\u202c",
        "=1+1",
        " both ends \n\n",
        "\ufeff",
        "x" * 1_000_000,
    ],
)
def test_any_text_is_kept_to_the_letter(text: str, file: AuditFile) -> None:
    file.apply(change_set((EVIDENCE, None, text)))
    with AuditFile.open(file.path, read_only=True) as other:
        assert other.read().value(EVIDENCE) == text


def test_a_text_beyond_all_measure_is_refused_with_its_measure(file: AuditFile) -> None:
    with pytest.raises(InputRefused, match="at most 1,000,000 characters, and this one has 10,000,000"):
        file.apply(change_set((EVIDENCE, None, "x" * 10_000_000)))


def test_more_agencies_than_an_audit_can_have_are_refused_when_they_are_entered(file: AuditFile) -> None:
    names = [(address(Subject.AGENCY, (f"a{number}",), "name"), None, "x") for number in range(999)]
    audit = file.read()
    with pytest.raises(InputRefused, match="at most 1,000 rows in the table agency"):
        file.apply(change_set(*names))
    assert file.read() == audit
    file.apply(change_set(*names[1:]))
    with pytest.raises(InputRefused, match="agency"):
        file.apply(change_set(names[0]))
    with pytest.raises(InputRefused, match="agency"):
        AuditFile.create(file.path.with_name("b"), file.read().with_changes(change_set(names[0]).changes))
    file.close()
    AuditFile.open(file.path).close()


# History and revisions ------------------------------------------------------------------------------------


def type_in(
    file: AuditFile,
    *texts: str,
    author: str = AUTHOR,
    where: ValueAddress = EVIDENCE,
    visit: int | None = 1,
) -> None:
    before = file.read().value(where)
    for text in texts:
        file.apply(change_set((where, before, text or None), author=author), visit)
        before = text or None


def visits(file: AuditFile, where: ValueAddress | None = None) -> list[tuple[str, Value, Value]]:
    return [(entry.author, entry.before, entry.after) for entry in file.history(*filter(None, [where]))]


def test_history_says_who_when_what_from_and_to(file: AuditFile) -> None:
    file.apply(change_set((SCORE, None, 3), author="Chair"))
    file.apply(change_set((SCORE, 3, 2), author="Scribe"))
    first, second = file.history(SCORE)
    assert (first.address, first.author, first.label) == (str(SCORE), "Chair", "a label")
    assert [(first.before, first.after), (second.before, second.after)] == [(None, 3), (3, 2)]
    assert first.edited_at <= second.edited_at
    assert first.edited_at.endswith("+00:00")


def test_a_visit_to_a_box_is_one_row_of_history_however_often_typing_paused(file: AuditFile) -> None:
    type_in(file, "T", "Two", "Two schools", "Two schools said so.")
    assert visits(file) == [(AUTHOR, None, "Two schools said so.")]


def test_leaving_the_box_ends_the_visit(file: AuditFile) -> None:
    type_in(file, "One", visit=1)
    type_in(file, "One two", visit=2)
    assert visits(file) == [(AUTHOR, None, "One"), (AUTHOR, "One", "One two")]


def test_an_edit_without_a_number_is_a_visit_of_its_own(file: AuditFile) -> None:
    type_in(file, "One", "One two", visit=None)
    type_in(file, "One two three", visit=1)
    type_in(file, "One two three four", visit=None)
    assert [before for _, before, _ in visits(file)] == [None, "One", "One two", "One two three"]


def test_a_visit_can_be_ended_between_two_edits_of_one_number(file: AuditFile) -> None:
    type_in(file, "One")
    file.end_visit()
    type_in(file, "One two")
    assert [before for _, before, _ in visits(file)] == [None, "One"]


def test_scores_with_the_number_of_a_visit_are_rows_of_their_own(file: AuditFile) -> None:
    file.apply(change_set((SCORE, None, 1)), 1)
    file.apply(change_set((SCORE, 1, 2)), 1)
    assert visits(file) == [(AUTHOR, None, 1), (AUTHOR, 1, 2)]


@pytest.mark.parametrize(
    ("author", "label"), [("half \ud800", "a label"), ("Scribe", "half \udfff"), ("\x07", "")]
)
def test_an_author_or_a_label_that_cannot_be_kept_is_refused_before_anything_is_written(
    author: str, label: str, file: AuditFile
) -> None:
    content = file.path.read_bytes()
    with pytest.raises(InputRefused, match=r"^Not saved: the (name of the author|label of the change)"):
        file.apply(ChangeSet(label, change_set((SCORE, None, 3)).changes, author))
    assert file.path.read_bytes() == content
    assert file.history() == ()


def test_another_box_another_author_or_opening_again_ends_the_visit(file: AuditFile) -> None:
    type_in(file, "One")
    type_in(file, "Assurance", where=agreed("1.1", "assurance"))
    type_in(file, "One two")
    type_in(file, "One two three", author="Chair")
    file.close()
    with AuditFile.open(file.path) as again:
        type_in(again, "One two three four", author="Chair")
        assert visits(again, EVIDENCE) == [
            (AUTHOR, None, "One"),
            (AUTHOR, "One", "One two"),
            ("Chair", "One two", "One two three"),
            ("Chair", "One two three", "One two three four"),
        ]


def test_each_score_is_a_row_of_its_own(file: AuditFile) -> None:
    for before, after in ((None, 1), (1, 2), (2, None)):
        file.apply(change_set((SCORE, before, after)))
    assert visits(file) == [(AUTHOR, None, 1), (AUTHOR, 1, 2), (AUTHOR, 2, None)]


def test_a_row_of_history_that_was_changed_is_named_and_the_audit_still_opens(file: AuditFile) -> None:
    type_in(file, "One", "One two")
    file.apply(change_set((SCORE, None, 3)))
    assert file.check() == ()
    file.connection.execute("UPDATE history SET author = 'Somebody else' WHERE value_after = 3")
    file.connection.execute("UPDATE history SET value_after = 'One too' WHERE value_after = 'One two'")
    file.close()
    with AuditFile.open(file.path) as again:
        assert again.check() == ("2 rows of its history are not as they were saved.",)


def test_a_failed_write_does_not_end_the_visit(file: AuditFile) -> None:
    type_in(file, "One")
    with pytest.raises(NotSaved):
        file.apply(change_set((EVIDENCE, "Else", "One two")))
    type_in(file, "One two")
    assert visits(file) == [(AUTHOR, None, "One two")]


def state(path: Path, where: ValueAddress) -> tuple[str, bytes]:
    ((revision_id, digest),) = ask(
        path, f"SELECT revision_id, digest FROM value_state WHERE address = '{where}'"
    )
    return revision_id, digest


def ancestors(path: Path, revision_id: str | None) -> list[str]:
    parents = dict(ask(path, "SELECT revision_id, parent_id FROM revision"))
    found = []
    while revision_id is not None:
        found.append(revision_id)
        revision_id = parents[revision_id]
    return found


def test_every_commit_is_a_revision_that_knows_the_one_before(file: AuditFile) -> None:
    revisions = []
    for text in ("One", "One two", "One two three"):
        type_in(file, text)
        revisions.append(state(file.path, EVIDENCE)[0])
    file.end_visit()
    assert len(set(revisions)) == 3
    assert ancestors(file.path, revisions[-1]) == revisions[::-1]
    ((kept,),) = ask(file.path, "SELECT revision_id FROM history")
    assert kept == revisions[-1]


def test_a_value_that_was_taken_away_keeps_its_ancestry(file: AuditFile) -> None:
    file.apply(change_set((SCORE, None, 3)))
    there, _ = state(file.path, SCORE)
    file.apply(change_set((SCORE, 3, None)))
    gone, digest = state(file.path, SCORE)
    assert digest == bytes(32)
    assert ancestors(file.path, gone) == [gone, there]


def test_two_copies_made_in_the_middle_of_a_visit_are_told_apart_by_ancestry(file: AuditFile) -> None:
    """A sync client copies the file while somebody types, and both go on: neither is the other's past."""
    type_in(file, "Shared beginning")
    copy = file.path.with_name("copy.hsbaudit")
    shutil.copyfile(file.path, copy)
    type_in(file, "Shared beginning, ours")
    with AuditFile.open(copy) as other:
        type_in(other, "Shared beginning, theirs")
    ours, theirs = state(file.path, EVIDENCE)[0], state(copy, EVIDENCE)[0]
    assert ours not in ancestors(copy, theirs)
    assert theirs not in ancestors(file.path, ours)
    assert set(ancestors(copy, theirs)) & set(ancestors(file.path, ours))


# Digest ---------------------------------------------------------------------------------------------------


def test_the_digest_depends_on_what_is_entered_and_on_no_order_and_no_history(tmp_path: Path) -> None:
    ways: list[list[tuple[ValueAddress, Value, Value]]] = [
        [(SCORE, None, 3), (EVIDENCE, None, "words")],
        [(EVIDENCE, None, "words"), (SCORE, None, 3)],
        [(SCORE, None, 1), (EVIDENCE, None, "other"), (SCORE, 1, 3), (EVIDENCE, "other", "words")],
        [(SCORE, None, 3), (agreed("5.1"), None, 0), (EVIDENCE, None, "words"), (agreed("5.1"), 0, None)],
    ]
    digests = set()
    for number, way in enumerate(ways):
        path = tmp_path / f"{number}.hsbaudit"
        with AuditFile.create(path, bare_audit()) as file:
            for change in way:
                file.apply(change_set(change))
        digests.add(digest_in(path))
    at_once = bare_audit().with_changes(change_set(*ways[0]).changes)
    digests.add(digest_in(make(tmp_path / "at once.hsbaudit", at_once)))
    assert len(digests) == 1
    assert digests != {digest_in(make(tmp_path / "bare.hsbaudit", bare_audit()))}


def work_of_one_score(path: Path, audit: Audit) -> int:
    with AuditFile.create(path, audit) as file:
        file.apply(change_set((SCORE, audit.value(SCORE), 1)))
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        file.connection.set_progress_handler(count, 1)
        file.apply(change_set((SCORE, 1, 2)))
        return steps


def test_a_score_costs_the_same_whatever_the_file_holds(tmp_path: Path) -> None:
    heavy = full_audit()
    for statement in heavy.instrument.statements:
        for field in ("evidence", "assurance"):
            where = agreed(statement.statement_id, field)
            heavy = heavy.with_changes(change_set((where, None, "x" * 20_000)).changes)
    small = work_of_one_score(tmp_path / "small.hsbaudit", bare_audit())
    large = work_of_one_score(tmp_path / "large.hsbaudit", heavy)
    assert large <= 1.1 * small


def test_the_check_names_what_is_wrong_in_an_open_file(file: AuditFile) -> None:
    file.apply(change_set((EVIDENCE, None, "words")))
    file.connection.execute("UPDATE response_text SET text = 'w0rds'")
    assert file.check() == ("1 of its values are not as they were saved.",)
