"""Both editions, a third one of somebody's own, and every way in which a file is not an edition."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsb_desktop.errors import HsbError, InstrumentRefused
from hsb_desktop.instrument import (
    DEFAULT_INSTRUMENT_ID,
    available_instruments,
    instrument_by_id,
    instrument_from_data,
    instrument_to_data,
    read_instrument,
)
from hsb_desktop.resources import resource_path
from tests.examples import examples

FORM = "nspcc-hsb-form"


@cache
def _published() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        resource_path("instruments", "nspcc-hsb-2019.json").read_text("utf-8")
    )
    return content


def published() -> dict[str, Any]:
    return copy.deepcopy(_published())


def test_both_editions_load_and_the_second_edition_is_the_default() -> None:
    instruments, refused = available_instruments()
    assert [instrument.instrument_id for instrument in instruments] == [DEFAULT_INSTRUMENT_ID, FORM]
    assert refused == ()
    assert instrument_by_id().instrument_id == "nspcc-hsb-2019"


@pytest.mark.parametrize("instrument_id", [DEFAULT_INSTRUMENT_ID, FORM])
def test_an_edition_has_46_statements_in_five_domains_and_a_scale_from_0_to_4(instrument_id: str) -> None:
    instrument = instrument_by_id(instrument_id)
    assert [len(domain.statements) for domain in instrument.domains] == [10, 10, 8, 10, 8]
    assert [domain.short_title for domain in instrument.domains] == [
        "Responses",
        "Prevention",
        "Assessment",
        "Interventions",
        "Development",
    ]
    assert [point.score for point in instrument.scale] == [0, 1, 2, 3, 4]
    assert "NSPCC" in instrument.acknowledgement


def test_the_editions_differ_in_1_3_and_2_1c_only() -> None:
    second, form = instrument_by_id(), instrument_by_id(FORM)
    different = [
        ours.statement_id
        for ours, theirs in zip(second.statements, form.statements, strict=True)
        if ours != theirs
    ]
    assert different == ["1.3", "2.1c"]
    assert second.scale == form.scale


def test_the_default_does_not_call_children_perpetrators() -> None:
    assert "perpetrat" not in instrument_by_id().statement("2.1c").full_text.lower()
    assert "perpetrat" in instrument_by_id(FORM).statement("2.1c").full_text.lower()


@pytest.mark.parametrize("instrument_id", [DEFAULT_INSTRUMENT_ID, FORM])
def test_an_edition_comes_back_from_its_data(instrument_id: str) -> None:
    instrument = instrument_by_id(instrument_id)
    assert instrument_from_data(instrument_to_data(instrument), "x") == instrument
    assert instrument_to_data(instrument) == json.loads(
        resource_path("instruments", f"{instrument_id}.json").read_text("utf-8")
    )


# A third edition ------------------------------------------------------------------------------------------


def own_edition(home: Path, name: str, content: object) -> Path:
    path = home / "data" / "instruments" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_third_edition_in_the_users_folder_appears(own_folders: Path) -> None:
    own_edition(own_folders, "third.json", published() | {"id": "third-2030", "edition": "Third edition"})
    instruments, refused = available_instruments()
    assert [instrument.instrument_id for instrument in instruments] == [
        DEFAULT_INSTRUMENT_ID,
        FORM,
        "third-2030",
    ]
    assert refused == ()
    assert instrument_by_id("third-2030").edition == "Third edition"


def test_an_edition_that_an_editor_began_with_a_byte_order_mark_is_read(own_folders: Path) -> None:
    own_edition(own_folders, "third.json", "\ufeff" + json.dumps(published() | {"id": "third"}))
    assert instrument_by_id("third").title == instrument_by_id().title


def test_a_wrong_file_beside_the_others_is_named_and_the_others_load(own_folders: Path) -> None:
    own_edition(own_folders, "broken.json", "{")
    own_edition(own_folders, "odd.json", published() | {"id": "odd", "title": 7})
    instruments, refused = available_instruments()
    assert len(instruments) == 2
    assert [str(error).split()[0].rstrip(":") for error in refused] == ["broken.json", "odd.json"]
    assert 'field "title"' in str(refused[1])


def test_one_id_never_stands_for_two_wordings(own_folders: Path) -> None:
    own_edition(own_folders, "mine.json", published())
    instruments, refused = available_instruments()
    assert len(instruments) == 2
    assert "mine.json" in str(refused[0])
    assert 'field "id"' in str(refused[0])


def test_an_unknown_edition_is_refused_with_the_names_of_the_known() -> None:
    with pytest.raises(HsbError, match=f"{DEFAULT_INSTRUMENT_ID}, {FORM}"):
        instrument_by_id("first")


# What is not an edition -----------------------------------------------------------------------------------

Mutation = Callable[[dict[str, Any]], object]


def _first_statement(data: dict[str, Any]) -> dict[str, Any]:
    statement: dict[str, Any] = data["domains"][0]["statements"][0]
    return statement


def _parts(data: dict[str, Any]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = data["domains"][0]["statements"][5]["parts"]
    return parts


WRONG: dict[str, tuple[str, Mutation]] = {
    "another format": ("format", lambda data: data.update(format=2)),
    "no format": ("format", lambda data: data.pop("format")),
    "no id": ("id", lambda data: data.pop("id")),
    "an id with a slash": ("id", lambda data: data.update(id="a/b")),
    "an id beyond ASCII": ("id", lambda data: data.update(id="ŵ")),
    "an id without end": ("id", lambda data: data.update(id="x" * 65)),
    "an empty title": ("title", lambda data: data.update(title=" ")),
    "an edition that is a number": ("edition", lambda data: data.update(edition=2019)),
    "no language": ("language", lambda data: data.pop("language")),
    "no acknowledgement": ("acknowledgement", lambda data: data.update(acknowledgement="")),
    "a note that is no text": ("note", lambda data: data.update(note=None)),
    "a control character": ("title", lambda data: data.update(title="a\x07b")),
    "half a character": ("title", lambda data: data.update(title="a\ud800b")),
    "no scale": ("scale", lambda data: data.pop("scale")),
    "a scale of four": ("scale", lambda data: data["scale"].pop()),
    "a scale of six": ("scale[5].score", lambda data: data["scale"].append(data["scale"][4])),
    "a scale out of order": ("scale[0].score", lambda data: data["scale"].reverse()),
    "a scale of truths": ("scale[1].score", lambda data: data["scale"][1].update(score=True)),
    "a point without its label": ("scale[2].label", lambda data: data["scale"][2].pop("label")),
    "a point without its short label": (
        "scale[2].short_label",
        lambda data: data["scale"][2].update(short_label=[]),
    ),
    "a point that is a list": ("scale[3]", lambda data: data["scale"].__setitem__(3, [])),
    "no domains": ("domains", lambda data: data.update(domains=[])),
    "domains that are an object": ("domains", lambda data: data.update(domains={})),
    "two domains of one number": ("domains[1].id", lambda data: data["domains"][1].update(id="1")),
    "a domain without a short title": (
        "domains[4].short_title",
        lambda data: data["domains"][4].pop("short_title"),
    ),
    "a domain without a title": ("domains[4].title", lambda data: data["domains"][4].update(title=0)),
    "a domain without statements": (
        "domains[2].statements",
        lambda data: data["domains"][2].update(statements=[]),
    ),
    "a statement without text": (
        "domains[0].statements[0].text",
        lambda data: _first_statement(data).pop("text"),
    ),
    "a statement that stands twice": (
        "domains[0].statements[1].id",
        lambda data: _first_statement(data).update(id="1.2"),
    ),
    "prompts that are one text": (
        "domains[0].statements[0].prompts",
        lambda data: _first_statement(data).update(prompts="a"),
    ),
    "an empty prompt": (
        "domains[0].statements[0].prompts",
        lambda data: _first_statement(data).update(prompts=["a", ""]),
    ),
    "a heading without parts": (
        "domains[0].statements[5].parts",
        lambda data: data["domains"][0]["statements"][5].update(parts=[]),
    ),
    "a part without text": (
        "domains[0].statements[5].parts[1].text",
        lambda data: _parts(data)[1].pop("text"),
    ),
    "a part with its heading's number": (
        "domains[0].statements[5].parts[0].id",
        lambda data: _parts(data)[0].update(id="1.6"),
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_no_edition_is_refused_with_its_name_and_the_field(what: str, tmp_path: Path) -> None:
    field, mutate = WRONG[what]
    data = published()
    mutate(data)
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InstrumentRefused) as refused:
        read_instrument(path)
    message = str(refused.value)
    assert message.startswith("mine.json")
    assert f'field "{field}"' in message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'"text"',
        b"null",
        b"\xff\xfe{}",
        b"PK\x03\x04",
        b"[" * 100_000,
        b" " * 2_000_001,
    ],
)
def test_what_is_not_json_or_no_object_is_refused_with_the_files_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(content)
    with pytest.raises(InstrumentRefused, match=r"^mine\.json"):
        read_instrument(path)


def test_a_file_that_is_missing_or_a_folder_is_refused_with_its_name(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InstrumentRefused, match=path.name):
            read_instrument(path)


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in items:
        yield (*path, key)
        yield from _places(child, (*path, key))


PLACES = list(_places(_published()))
JUNK: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.just([])
    | st.just({})
    | st.just([{}])
)


@settings(max_examples=examples(150))
@given(st.sampled_from(PLACES), JUNK)
def test_whatever_stands_in_a_files_place_it_is_an_edition_or_refused(
    place: tuple[Any, ...], junk: Any
) -> None:
    data = published()
    node = data
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = junk
    refusal, instrument = "", None
    try:
        instrument = instrument_from_data(data, "mine.json")
    except InstrumentRefused as error:
        refusal = str(error)
    if instrument is None:
        assert refusal.startswith("mine.json: field")
    else:
        assert instrument_from_data(instrument_to_data(instrument), "x") == instrument
