"""A whole audit as JSON: into a new audit it is taken over, into any other it is refused."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from hsb_desktop.analysis.dates import written_date
from hsb_desktop.errors import InputRefused, RowsRefused
from hsb_desktop.interchange.json_audit import audit_to_data, write_json
from hsb_desktop.model import Agency, Audit, Wave
from hsb_desktop.operations.creating import NewAudit, create_audit_file, new_audit
from hsb_desktop.operations.importing import ImportPlan, plan_import
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Change, RoundKey, Subject, ValueAddress
from tests.examples import examples
from tests.interchange.audits import audits
from tests.store.files import HEALTH, POLICE, full_audit


def planned(audit: Audit, tmp_path: Path, content: bytes | dict[str, Any]) -> ImportPlan:
    source = tmp_path / "other.json"
    source.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return plan_import(audit, source)


def test_an_exported_audit_comes_back_equal_under_the_new_audits_own_id(
    audit_file: AuditFile, tmp_path: Path
) -> None:
    sample, new = sample_audit(), audit_file.read()
    plan = planned(new, tmp_path, write_json(sample))
    audit_file.apply(plan.change_set)
    back = audit_file.read()
    assert back == replace(sample, audit_id=new.audit_id, made_at=new.made_at, is_sample=False)
    assert audit_file.check() == ()
    assert plan.added_waves == ()
    assert "Northmoor Police" in plan.added_agencies
    assert plan.responses_changed == 46


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(audits())
def test_whatever_an_audit_holds_comes_back_through_the_file(tmp_path_factory: Any, audit: Audit) -> None:
    folder = tmp_path_factory.mktemp("audit")
    with create_audit_file(folder / "a.hsbaudit", NewAudit(area="Northmoor")) as file:
        file.apply(planned(file.read(), folder, write_json(audit)).change_set)
        back = file.read()
    assert audit_to_data(back) | {"audit": None} == audit_to_data(audit) | {"audit": None}
    assert back.details == audit.details


def test_it_is_undone_in_one_step(audit_file: AuditFile, tmp_path: Path) -> None:
    before = audit_file.read()
    plan = planned(before, tmp_path, write_json(sample_audit()))
    audit_file.apply(plan.change_set)
    audit_file.apply(plan.change_set.reversed())
    assert audit_file.read() == before


def test_waves_and_agencies_of_an_empty_audit_are_replaced(tmp_path: Path) -> None:
    audit = new_audit(NewAudit(area="A", wave="First thoughts", held_on="2026-01-01"))
    result = audit.with_changes(planned(audit, tmp_path, write_json(sample_audit())).change_set.changes)
    assert [wave.label for wave in result.waves] == ["Baseline"]
    assert result.details == sample_audit().details


def sentences_of(tmp_path: Path, own_wave: str, *labels: str, held_on: str = "") -> list[str]:
    """Return what an import of the sample, with these waves, into a new audit of one wave says of waves."""
    sample = sample_audit()
    others = tuple(
        Wave(str(uuid.uuid5(uuid.NAMESPACE_URL, label)), label, position=place)
        for place, label in enumerate(labels[1:], 1)
    )
    sample = replace(sample, waves=(replace(sample.waves[0], label=labels[0]), *others))
    audit = new_audit(NewAudit(area="A", wave=own_wave, held_on=held_on))
    plan = planned(audit, tmp_path, write_json(sample))
    assert audit.with_changes(plan.change_set.changes).waves == sample.waves
    return [sentence for sentence in plan.sentences if " wave " in sentence]


def test_nothing_is_said_of_a_wave_that_both_call_the_same(tmp_path: Path) -> None:
    day = written_date(sample_audit().waves[0].held_on)
    assert sentences_of(tmp_path, "T1", "T1") == [f'Sets the date of the wave "T1" to {day}.']
    assert sentences_of(tmp_path, "T1", "T1", held_on="2026-01-01") == [
        f'Changes the date of the wave "T1" from 1 January 2026 to {day}.'
    ]
    assert sentences_of(tmp_path, "T1", "T1", "T2", held_on=sample_audit().waves[0].held_on) == [
        'Adds the wave "T2".'
    ]


def test_where_the_new_audits_own_wave_goes_it_is_said_which_come(tmp_path: Path) -> None:
    day = written_date(sample_audit().waves[0].held_on)
    assert sentences_of(tmp_path, "First thoughts", "T1", "T2", held_on="2026-01-01") == [
        'Adds the wave "T1".',
        'Adds the wave "T2".',
        'Takes this audit\'s own wave "First thoughts" away; nothing was entered in it.',
        f'Sets the date of the wave "T1" to {day}.',
    ]


def test_of_a_wave_and_an_agency_that_go_nothing_else_is_said(tmp_path: Path) -> None:
    agency = Agency(str(uuid.uuid4()), "Our own agency", "Sector", "Area")
    audit = replace(new_audit(NewAudit(area="A", wave="First thoughts")), agencies=(agency,))
    audit = replace(audit, attendance=frozenset({(audit.waves[0].wave_id, agency.agency_id)}))
    told = planned(audit, tmp_path, write_json(sample_audit())).sentences
    assert [
        sentence for sentence in told if "Our own agency" in sentence or "First thoughts" in sentence
    ] == [
        'Takes this audit\'s own wave "First thoughts" away; nothing was entered in it.',
        'Takes the agency "Our own agency" away.',
    ]


def test_of_two_waves_with_one_label_the_one_that_comes_is_told(tmp_path: Path) -> None:
    assert 'Adds the wave "T1".' in sentences_of(tmp_path, "T1", "T1", "T1")


def test_nothing_is_said_of_an_agency_that_both_call_the_same(tmp_path: Path) -> None:
    sample = sample_audit()
    named = sample.agencies[0].name
    audit = replace(new_audit(NewAudit(area="A")), agencies=(Agency(str(uuid.uuid4()), named, "Other"),))
    plan = planned(audit, tmp_path, write_json(sample))
    assert named not in plan.added_agencies
    assert not [sentence for sentence in plan.sentences if "Takes the agency" in sentence]
    assert f'Changes the sector of "{named}" from "Other" to "{sample.agencies[0].sector}".' in plan.sentences


def test_a_locked_wave_is_locked_last(tmp_path: Path) -> None:
    sample = sample_audit()
    sample = replace(sample, waves=(replace(sample.waves[0], is_locked=True),))
    plan = planned(new_audit(NewAudit(area="A")), tmp_path, write_json(sample))
    last = plan.change_set.changes[-1]
    assert (last.address.subject, last.address.field) == (Subject.WAVE, "is_locked")


def test_where_something_has_been_entered_a_new_audit_is_the_way(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"Nothing was changed\. Make a new audit .*hsb-audit new.* there"):
        planned(sample_audit(), tmp_path, write_json(sample_audit()))


def test_another_edition_is_refused_by_name(tmp_path: Path) -> None:
    audit = new_audit(NewAudit(area="A", instrument_id="nspcc-hsb-form"))
    with pytest.raises(InputRefused, match=r'"nspcc-hsb-2019".*"nspcc-hsb-form"'):
        planned(audit, tmp_path, write_json(sample_audit()))


def test_other_words_under_the_same_edition_are_said(tmp_path: Path) -> None:
    data = audit_to_data(sample_audit())
    data["instrument"]["domains"][0]["title"] = "Other words"
    plan = planned(new_audit(NewAudit(area="A")), tmp_path, data)
    assert any("keeps its own words" in notice for notice in plan.notices)


def test_a_bad_place_takes_nothing_in(tmp_path: Path) -> None:
    data = audit_to_data(sample_audit())
    data["responses"][7]["score"] = 9
    with pytest.raises(RowsRefused) as refused:
        planned(new_audit(NewAudit(area="A")), tmp_path, data)
    assert refused.value.problems[0].row == "responses[7].score"


def test_an_edition_that_is_not_installed_comes_along_with_the_document(tmp_path: Path) -> None:
    data = audit_to_data(sample_audit())
    data["instrument"]["id"] = data["audit"]["instrument"] = "our-own"
    folder = tmp_path / "home" / "data" / "instruments"
    folder.mkdir(parents=True)
    (folder / "our-own.json").write_text(json.dumps(data["instrument"]), encoding="utf-8")
    plan = planned(new_audit(NewAudit(area="A", instrument_id="our-own")), tmp_path, data)
    assert plan.responses_changed == 46


# What agencies do together ----------------------------------------------------------------------------------


def audit_of_everything() -> Audit:
    """The store's audit with something in every column, under ids that a document keeps."""
    names = {"w1": "wave 1", "w2": "wave 2", POLICE: "police", HEALTH: "health", "s1": "s", "pack-1": "pack"}
    ids = {old: str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for old, name in names.items()}

    def renamed(text: str) -> str:
        return "/".join(ids.get(part, part) for part in text.split("/"))

    values = {
        ValueAddress.parse(renamed(str(address))): renamed(value) if isinstance(value, str) else value
        for address, value in full_audit().values()
    }
    audit = Audit("audit-1", full_audit().instrument, made_at="2026-11-20T09:00:00+00:00")
    return audit.with_changes(Change(address, None, value) for address, value in values.items())


def test_everything_but_open_rounds_and_authors_comes_back_equal_and_is_told(
    audit_file: AuditFile, tmp_path: Path
) -> None:
    audit, new = audit_of_everything(), audit_file.read()
    plan = planned(new, tmp_path, write_json(audit))
    audit_file.apply(plan.change_set)
    revealed = {key: state for key, state in audit.rounds.items() if state == "revealed"}
    assert audit_file.read() == replace(
        audit,
        audit_id=new.audit_id,
        made_at=new.made_at,
        rounds=revealed,
        votes={key: answer for key, answer in audit.votes.items() if RoundKey(*key[:3]) in revealed},
        conflicts=tuple(replace(each, first_author="", second_author="") for each in audit.conflicts),
    )
    assert audit_file.check() == ()
    assert any("1 open round was left out" in notice for notice in plan.notices)
    for sentence in (
        "Changes 1 round of scoring and 2 answers in them.",
        'Changes how the score was agreed for 1.3 in "Baseline".',
        "Changes 1 conflict between two copies that nobody has settled.",
        'Marks this audit as one that was sent out to be filled in by "Northmoor Police".',
        "Changes what the radar shows.",
    ):
        assert sentence in plan.other_changes


def test_a_document_is_not_imported_where_a_round_has_begun(tmp_path: Path) -> None:
    audit = new_audit(NewAudit(area="A"))
    begun = replace(audit, rounds={RoundKey(audit.waves[0].wave_id, "1.1", "1"): "open"})
    with pytest.raises(InputRefused, match="something has been entered"):
        planned(begun, tmp_path, write_json(sample_audit()))
