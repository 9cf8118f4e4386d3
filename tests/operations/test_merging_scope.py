"""What of a copy a merge leaves out, and says so: packs, locked waves, open rounds, other editions."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hsb_desktop.errors import ChangedUnderneath, FileDamaged, InputRefused, NotSaved
from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.operations.merge_sentences import sentences_of
from hsb_desktop.operations.merging import Choice, apply_plan, plan_merge
from hsb_desktop.operations.settling import settle
from hsb_desktop.operations.waves import refuse_locked
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import (
    PARTNERSHIP,
    Change,
    ChangeSet,
    ResponseKey,
    Subject,
    ValueAddress,
    response_address,
)
from tests.operations.merging import (
    audit_at,
    conflicts_in,
    content,
    copied,
    enter,
    held,
    merge,
    planned,
    shared,
)
from tests.store.files import (
    EVIDENCE,
    HEALTH,
    POLICE,
    SCORE,
    WAVE,
    address,
    agreed,
    bare_audit,
    make,
    of_police,
    tampered,
)

LOCK = address(Subject.WAVE, (WAVE,), "is_locked")
ROUND = address(Subject.ROUND, (WAVE, "1.1", "1"), "state")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return audit_at(tmp_path / "ours.hsbaudit")


def vote(agency: str) -> ValueAddress:
    return address(Subject.VOTE, (WAVE, "1.1", "1", agency), "answer")


def of_health(statement_id: str, field: str = "score") -> ValueAddress:
    return response_address(ResponseKey(WAVE, HEALTH, statement_id), field)


def pack_for(path: Path, party: str, domain: str | None = None) -> Path:
    """A pack sent out to one party."""
    pack = shared(path, f"pack-{party}")
    enter(
        pack,
        (address(Subject.PACK, ("p1",), "wave_id"), WAVE),
        (address(Subject.PACK, ("p1",), "party_id"), party),
        (address(Subject.PACK, ("p1",), "domain_id"), domain),
    )
    return pack


# Packs ----------------------------------------------------------------------------------------------------


def test_of_an_agency_pack_only_its_answers_are_taken_and_the_rest_is_listed(ours: Path) -> None:
    pack = pack_for(ours, POLICE)
    enter(pack, (of_police("1.1"), 2), (of_health("1.1"), 4), (SCORE, 3))
    plan = merge(ours, pack)
    assert (held(ours, of_police("1.1")), held(ours, of_health("1.1")), held(ours, SCORE)) == (2, None, None)
    assert {entry.address for entry in plan.left_out} == {of_health("1.1"), SCORE}
    assert {entry.reason for entry in plan.left_out} == {
        "From this pack only the answers of Northmoor Police are taken."
    }
    assert not any(place.startswith("pack/") for place in content(ours))


def test_packs_come_to_the_same_in_any_order(ours: Path) -> None:
    police, health = pack_for(ours, POLICE), pack_for(ours, HEALTH)
    enter(police, (of_police("1.1"), 2), (of_police("1.1", "evidence"), "Ours."))
    enter(health, (of_health("1.1"), 4))
    other, together = copied(ours, "other"), copied(ours, "together")
    for target, order in ((ours, (police, health)), (other, (health, police))):
        for pack in order:
            merge(target, pack)
    merge(together, police, health)
    assert content(ours) == content(other) == content(together)


def test_of_a_table_s_pack_its_domain_is_taken(ours: Path) -> None:
    pack, note = pack_for(ours, PARTNERSHIP, "2"), Subject.DOMAIN_NOTE
    enter(
        pack,
        (agreed("2.2"), 3),
        (address(note, (WAVE, "2"), "comments"), "Agreed at the table."),
        (address(Subject.READING, ("2.6",), "text"), "With carers."),
        (agreed("1.1"), 1),
        (address(note, (WAVE, "1"), "comments"), "Not theirs."),
    )
    plan = merge(ours, pack)
    assert (held(ours, agreed("2.2")), held(ours, agreed("1.1"))) == (3, None)
    assert {str(entry.address.subject) for entry in plan.left_out} == {"response", "domain_note"}
    assert held(ours, address(Subject.READING, ("2.6",), "text")) == "With carers."


def test_pack_of_a_table_says_that_it_changes_what_was_agreed(ours: Path) -> None:
    pack = pack_for(without_agencies(ours, "Domain 2 table"), PARTNERSHIP, "2")
    enter(pack, (agreed("2.2"), 3), (agreed("2.3"), 3))
    (notice,) = planned(ours, pack).notices
    assert "changes the partnership's agreed answers (2 values)" in notice
    assert "looks like" not in notice


@pytest.mark.parametrize("name", ["renamed", "Northmoor Police - Baseline"])
def test_pack_of_an_agency_that_was_made_a_table_s_is_said_to_look_like_one(name: str, ours: Path) -> None:
    forged = pack_for(ours, POLICE)
    enter(forged, (agreed("1.1"), 4), (address(Subject.PACK, ("p1",), "party_id"), PARTNERSHIP))
    enter(forged, (address(Subject.AGENCY, (HEALTH,), "name"), None))
    if name != "renamed":
        enter(forged, (address(Subject.AGENCY, (POLICE,), "name"), None))
    (notice,) = planned(ours, forged.rename(forged.with_name(f"{name}.hsbaudit"))).notices
    assert "changes the partnership's agreed answers (1 value)" in notice
    assert "It looks like the pack of Northmoor Police" in notice


def test_pack_of_an_agency_says_nothing_of_what_was_agreed(ours: Path) -> None:
    pack = pack_for(ours, POLICE)
    enter(pack, (of_police("1.1"), 4), (agreed("1.1"), 4))
    assert planned(ours, pack).notices == ()


def without_agencies(path: Path, name: str) -> Path:
    """A copy in which no agency is, as in the pack of a table."""
    copy = shared(path, name)
    for agency in (POLICE, HEALTH):
        place = address(Subject.AGENCY, (agency,), "name")
        enter(copy, (place, None), (place._replace(field="position"), None))
    return copy


def test_what_changed_here_since_the_pack_was_sent_is_not_called_left_out(ours: Path) -> None:
    enter(ours, (SCORE, 1))
    pack = pack_for(ours, POLICE)
    enter(ours, (SCORE, 2))
    assert merge(ours, pack).left_out == ()


# Locked waves -----------------------------------------------------------------------------------------------


def test_locked_wave_takes_nothing_in_and_says_what_to_do(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (LOCK, 1))
    enter(theirs, (SCORE, 2), (address(Subject.AGENCY, (POLICE,), "sector"), "police"))
    plan = merge(ours, theirs)
    assert held(ours, SCORE) is None
    assert held(ours, address(Subject.AGENCY, (POLICE,), "sector")) == "police"
    (entry,) = plan.left_out
    assert entry.reason == 'The wave "Baseline" is locked. Unlock it and merge again to take this in.'
    enter(ours, (LOCK, None))
    merge(ours, theirs)
    assert held(ours, SCORE) == 2


def test_lock_set_there_comes_with_what_was_scored_there(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 2))
    enter(theirs, (LOCK, 1))
    merge(ours, theirs)
    assert (held(ours, LOCK), held(ours, SCORE)) == (1, 2)


@pytest.mark.parametrize("wave_id", [WAVE, "w9"])
def test_merge_that_brings_a_lock_can_be_taken_back_and_made_again(wave_id: str, ours: Path) -> None:
    """Undo and redo refuse what edits a locked wave: the lock comes last, and goes first."""
    theirs, others = copied(ours, "theirs"), copied(ours, "others")
    score = response_address(ResponseKey(wave_id, PARTNERSHIP, "1.1"), "score")
    theirs_too = score._replace(field="evidence")
    for copy, field in ((theirs, score), (others, theirs_too)):
        label = address(Subject.WAVE, (wave_id,), "label")
        value = 2 if field is score else "Minutes."
        enter(copy, *(() if wave_id == WAVE else ((label, "Six months"),)), (field, value))
    enter(theirs, (LOCK._replace(key=(wave_id,)), 1))
    with AuditFile.open(ours, read_only=True) as file:
        before = file.read()
    plan = merge(ours, theirs, others)
    with AuditFile.open(ours, read_only=True) as file:
        refuse_locked(file.read(), plan.change_set.reversed())
    refuse_locked(before, plan.change_set)
    assert held(ours, LOCK._replace(key=(wave_id,))) == 1


def test_sitting_is_not_moved_into_a_locked_wave(ours: Path) -> None:
    sitting = address(Subject.SITTING, ("s1",), "wave_id")
    enter(ours, (address(Subject.WAVE, ("w9",), "label"), "Six months"), (sitting, "w9"))
    theirs = copied(ours, "theirs")
    enter(theirs, (sitting, WAVE))
    enter(ours, (LOCK, 1))
    plan = merge(ours, theirs)
    assert (held(ours, sitting), [entry.address for entry in plan.left_out]) == ("w9", [sitting])


def test_conflict_in_a_locked_wave_is_not_settled(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1))
    enter(theirs, (SCORE, 2))
    merge(ours, theirs)
    enter(ours, (LOCK, 1))
    with AuditFile.open(ours, read_only=True) as file:
        audit = file.read()
    with pytest.raises(InputRefused, match="is locked"):
        settle(audit, audit.conflicts[0].conflict_id, 1)


# Rounds of scoring ------------------------------------------------------------------------------------------


def test_open_round_of_a_copy_is_not_taken_and_no_vote_is_told(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (ROUND, "open"), (vote(POLICE), 3))
    plan = merge(ours, theirs)
    assert (held(ours, ROUND), held(ours, vote(POLICE)), plan.is_empty) == (None, None, True)
    assert "1 round of scoring is still open, in theirs.hsbaudit or here" in " ".join(sentences_of(plan))
    assert plan.left_out == plan.taken == ()


def test_round_that_a_copy_cancelled_tells_no_vote_while_it_is_open_here(ours: Path) -> None:
    enter(ours, (ROUND, "open"), (vote(POLICE), 3))
    cancelled, taken_back = copied(ours, "cancelled"), copied(ours, "taken back")
    enter(cancelled, (vote(POLICE), None), (ROUND, None))
    enter(taken_back, (vote(POLICE), None))
    plan = merge(ours, cancelled, taken_back)
    listed = (*plan.taken, *plan.cleared, *plan.conflicts, *plan.left_out)
    assert not [entry for entry in listed if entry.address.subject in (Subject.ROUND, Subject.VOTE)]
    assert (held(ours, ROUND), held(ours, vote(POLICE))) == ("open", 3)


def test_revealed_round_comes_with_its_votes(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (ROUND, "open"), (vote(POLICE), 3))
    enter(theirs, (ROUND, "revealed"), (of_police("1.1"), 3))
    merge(ours, theirs)
    assert (held(ours, ROUND), held(ours, vote(POLICE)), held(ours, of_police("1.1"))) == ("revealed", 3, 3)


def test_round_that_is_open_here_is_not_revealed_by_another_of_its_number(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (ROUND, "open"), (vote(HEALTH), 1))
    enter(theirs, (ROUND, "revealed"), (vote(POLICE), 3), (of_police("1.1"), 3))
    plan = merge(ours, theirs)
    assert (held(ours, ROUND), held(ours, vote(POLICE))) == ("open", None)
    assert held(ours, of_police("1.1")) == 3
    assert not any(entry.address.subject is Subject.VOTE for entry in (*plan.taken, *plan.left_out))


def test_round_that_was_revealed_in_a_copy_of_this_one_is_revealed_here(ours: Path) -> None:
    enter(ours, (ROUND, "open"), (vote(HEALTH), 1))
    theirs = copied(ours, "theirs")
    enter(theirs, (ROUND, "revealed"), (of_health("1.1"), 1))
    merge(ours, theirs)
    assert (held(ours, ROUND), held(ours, of_health("1.1"))) == ("revealed", 1)


def test_vote_that_was_given_here_alone_keeps_the_round_from_being_revealed(ours: Path) -> None:
    enter(ours, (ROUND, "open"), (vote(HEALTH), 1))
    theirs = copied(ours, "theirs")
    enter(ours, (vote(POLICE), 0))
    enter(theirs, (ROUND, "revealed"), (of_health("1.1"), 1))
    merge(ours, theirs)
    assert (held(ours, ROUND), held(ours, of_health("1.1")), held(ours, vote(POLICE))) == ("open", 1, 0)


# Other audits, instruments, editions, versions --------------------------------------------------------------


def test_other_edition_of_the_same_instrument_merges_and_the_wording_here_stays(
    ours: Path, tmp_path: Path
) -> None:
    other = replace(bare_audit(), instrument=instrument_by_id("nspcc-hsb-form"))
    theirs = make(tmp_path / "theirs.hsbaudit", other)
    enter(theirs, (agreed("2.1c"), 2))
    plan = merge(ours, theirs)
    assert held(ours, agreed("2.1c")) == 2
    assert any("keeps its own wording" in notice for notice in plan.notices)
    with AuditFile.open(ours, read_only=True) as file:
        assert file.read().instrument == instrument_by_id()


def test_statement_that_the_edition_here_has_not_is_left_out(ours: Path, tmp_path: Path) -> None:
    instrument = instrument_by_id()
    domain = instrument.domains[0]
    longer = replace(domain.statements[0], statement_id="1.99")
    domains = (replace(domain, statements=(*domain.statements, longer)), *instrument.domains[1:])
    other = replace(instrument, instrument_id="a-longer-one", domains=domains)
    theirs = make(tmp_path / "theirs.hsbaudit", replace(bare_audit(), instrument=other))
    enter(theirs, (agreed("1.99"), 2))
    (entry,) = merge(ours, theirs).left_out
    assert entry.reason == "This audit's edition has no statement 1.99."


def test_other_instrument_is_refused(ours: Path, tmp_path: Path) -> None:
    other = replace(instrument_by_id(), instrument_id="another", title="Another audit tool")
    theirs = make(tmp_path / "theirs.hsbaudit", replace(bare_audit(), instrument=other))
    with pytest.raises(InputRefused, match="another audit tool"):
        planned(ours, theirs)


def test_audit_that_was_made_separately_is_refused(ours: Path, tmp_path: Path) -> None:
    other = replace(bare_audit(), audit_id="audit-2", waves=(replace(bare_audit().waves[0], wave_id="w7"),))
    theirs = make(tmp_path / "theirs.hsbaudit", other)
    with pytest.raises(InputRefused, match="made separately"):
        planned(ours, theirs)


def test_audit_rebuilt_from_an_export_has_no_ancestry_and_merges_by_what_it_says(
    ours: Path, tmp_path: Path
) -> None:
    enter(ours, (SCORE, 2), (EVIDENCE, "Here."))
    with AuditFile.open(ours, read_only=True) as file:
        audit = file.read()
    theirs = make(tmp_path / "theirs.hsbaudit", replace(audit, audit_id="audit-2"))
    enter(theirs, (EVIDENCE, "There."))
    merge(ours, theirs)
    (row,) = conflicts_in(ours)
    assert {row.first_value, row.second_value} == {"Here.", "There."}


def test_copy_of_an_older_version_of_the_file_merges_and_stays_as_it_is(tmp_path: Path) -> None:
    older = tmp_path / "older.hsbaudit"
    shutil.copyfile(Path(__file__).parents[1] / "data" / "audits" / "v1.hsbaudit", older)
    before, ours = older.read_bytes(), copied(older, "ours")
    with AuditFile.open(ours) as file:
        wave_id = file.read().waves[-1].wave_id
    place = response_address(ResponseKey(wave_id, PARTNERSHIP, "5.8"), "assurance")
    enter(ours, (place, "A new word."))
    assert merge(ours, older).is_empty
    assert (held(ours, place), older.read_bytes()) == ("A new word.", before)


# Choices and writing ----------------------------------------------------------------------------------------


def test_each_row_can_have_its_own_choice(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(ours, (SCORE, 1), (EVIDENCE, "Here."), (agreed("1.2"), 1))
    enter(theirs, (SCORE, 3), (EVIDENCE, "There."), (agreed("1.2"), 3))
    plan = merge(ours, theirs, choices={str(SCORE): Choice.THEIRS, str(EVIDENCE): Choice.OURS})
    assert (held(ours, SCORE), held(ours, EVIDENCE), held(ours, agreed("1.2"))) == (3, "Here.", 1)
    assert [row.address for row in conflicts_in(ours)] == [str(agreed("1.2"))]
    assert len(plan.conflicts) == 3
    assert merge(ours, theirs).is_empty


def test_conflict_that_says_what_cannot_stand_there_is_neither_saved_nor_merged(ours: Path) -> None:
    theirs, other = copied(ours, "theirs"), copied(ours, "other")
    enter(theirs, (SCORE, 1))
    enter(other, (SCORE, 3))
    merge(theirs, other)
    (row,) = conflicts_in(theirs)
    for field in ("first_value", "second_value"):
        with pytest.raises(InputRefused, match="cannot stand where it says"):
            enter(theirs, (address(Subject.CONFLICT, (row.conflict_id,), field), "no score at all"))
    assert conflicts_in(theirs) == (row,)
    with tampered(theirs) as connection:
        connection.execute("UPDATE conflict SET first_value = 'no score at all'")
    with pytest.raises(FileDamaged):
        merge(ours, theirs)
    assert (held(ours, SCORE), conflicts_in(ours)) == (None, ())


def test_empty_value_at_no_address_is_passed_over(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 1))
    with tampered(theirs) as connection:
        connection.execute("INSERT INTO revision VALUES ('r-1', NULL, NULL)")
        for place in ("../nowhere", "response/w1", "response/w1/x/1.1/score/more", ""):
            connection.execute("INSERT INTO value_state VALUES (?, 'r-1', zeroblob(32))", (place,))
    assert merge(ours, theirs).counts[0].taken == 1


def test_ancestry_in_a_circle_is_no_reason_to_hang(ours: Path) -> None:
    enter(ours, (SCORE, 1))
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 2))
    with tampered(theirs) as connection:
        connection.execute(
            "UPDATE revision SET parent_id = (SELECT revision_id FROM value_state WHERE address = ?)"
            " WHERE revision_id = (SELECT revision_id FROM value_state WHERE address = ?)",
            (str(SCORE), str(SCORE)),
        )
    merge(ours, theirs)
    assert len(conflicts_in(ours)) == 1
    assert merge(ours, theirs).is_empty


def test_several_copies_are_one_step(ours: Path) -> None:
    first, second = copied(ours, "first"), copied(ours, "second")
    enter(first, (SCORE, 1))
    enter(second, (agreed("1.2"), 3))
    before = content(ours)
    plan = merge(ours, first, second)
    assert plan.change_set.label == "merge of 2 copies"
    assert [count.taken for count in plan.counts] == [1, 1]
    with AuditFile.open(ours) as file:
        file.apply(plan.change_set.reversed())
    assert content(ours) == before


def test_plan_does_not_fit_an_audit_that_was_changed_since(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 2))
    with AuditFile.open(ours) as file, AuditFile.open(theirs, read_only=True) as source:
        plan = plan_merge(file, [source])
        file.apply(an_edit())
        with pytest.raises(ChangedUnderneath, match="prepare it again"):
            apply_plan(file, plan)
        assert file.read().value(SCORE) == 0


def an_edit() -> ChangeSet:

    return ChangeSet("an edit", (Change(SCORE, None, 0),))


def test_file_for_reading_only_is_not_merged_into(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 2))
    with AuditFile.open(ours, read_only=True) as file, AuditFile.open(theirs, read_only=True) as source:
        plan = plan_merge(file, [source])
        with pytest.raises(NotSaved, match="reading only"):
            apply_plan(file, plan)


def test_taken_values_keep_the_revision_that_they_have_there(ours: Path) -> None:
    theirs = copied(ours, "theirs")
    enter(theirs, (SCORE, 1))
    enter(theirs, (SCORE, 2))
    merge(ours, theirs)
    assert merge(theirs, ours).is_empty
    enter(ours, (SCORE, 3))
    plan = merge(theirs, ours)
    assert (held(theirs, SCORE), plan.counts[0].taken) == (3, 1)
