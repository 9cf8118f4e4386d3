"""What is remembered between two starts, and that a strange file costs no more than that memory."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hsb_desktop.settings import (
    Settings,
    load_settings,
    save_settings,
    settings_path,
    user_data_folder,
)
from tests.examples import examples

FULL = Settings(
    recent=("/audits/ŵ.hsbaudit", "/audits/b.hsbaudit"),
    zoom=150,
    theme="dark",
    radar_shown=False,
    geometry="AdnQywADAAA=",
    last_tab={"audit-1": 3},
    authors={"audit-1": "Scribe, Northmoor"},
)


def test_settings_come_back_as_they_were_saved() -> None:
    save_settings(FULL)
    assert load_settings() == FULL


def test_on_the_first_start_there_are_defaults() -> None:
    assert load_settings() == Settings()


def test_everything_is_kept_under_the_folder_that_the_environment_names(own_folders: Path) -> None:
    assert settings_path() == own_folders / "config" / "settings.json"
    assert user_data_folder() == own_folders / "data"


def test_without_it_the_operating_systems_folders_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HSB_AUDIT_HOME")
    assert "hsb-audit-workshop" in settings_path().parts
    assert "hsb-audit-workshop" in user_data_folder().parts


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_may_read_the_settings() -> None:
    save_settings(FULL)
    assert settings_path().stat().st_mode & 0o077 == 0
    assert settings_path().parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"zoom": NaN}']
)
def test_a_file_that_cannot_be_understood_is_as_the_first_start(content: bytes) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_bytes(content)
    assert load_settings() == Settings()


def test_one_strange_value_costs_no_other() -> None:
    strange = {"zoom": "big", "theme": 7, "recent": ["/a", 5], "last_tab": {"a": "x"}, "radar_shown": 1}
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(json.dumps(strange | {"geometry": "AAA", "later": [1]}))
    assert load_settings() == Settings(recent=("/a",), geometry="AAA")


@pytest.mark.parametrize(
    ("written", "read"), [(5, 80), (80, 80), (300, 300), (10_000, 300), (True, 100), (1.5, 100)]
)
def test_a_zoom_is_within_what_can_be_read(written: object, read: int) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(json.dumps({"zoom": written}))
    assert load_settings().zoom == read


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@hypothesis_settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*Settings.__dataclass_fields__, "unknown"]), JSON))
def test_any_json_gives_settings_that_can_be_saved_again(content: dict[str, object]) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(json.dumps(content))
    settings = load_settings()
    save_settings(settings)
    assert load_settings() == settings


def test_the_latest_file_stands_first_once_and_ten_are_remembered() -> None:
    settings = Settings()
    for number in range(12):
        settings = settings.with_recent(Path(f"/audits/{number}.hsbaudit"))
    settings = settings.with_recent(Path("/audits/5.hsbaudit"))
    assert len(settings.recent) == 10
    assert [Path(path).stem for path in settings.recent[:3]] == ["5", "11", "10"]


def test_the_name_for_one_audit_can_be_forgotten() -> None:
    assert FULL.with_author("audit-2", "Chair").without_author("audit-1").authors == {"audit-2": "Chair"}


def test_forgetting_recent_files_forgets_their_tabs_and_authors_too() -> None:
    assert FULL.without_recent() == Settings(
        zoom=150, theme="dark", radar_shown=False, geometry="AdnQywADAAA="
    )


def test_each_setting_can_be_changed_and_the_others_stay() -> None:
    changed = FULL.with_author("audit-2", "Chair").with_last_tab("audit-2", 1).with_look(80, "light")
    changed = changed.with_radar(True).with_geometry("")
    assert changed.authors == {"audit-1": "Scribe, Northmoor", "audit-2": "Chair"}
    assert changed.last_tab == {"audit-1": 3, "audit-2": 1}
    assert (changed.zoom, changed.theme, changed.radar_shown, changed.geometry) == (80, "light", True, "")
    assert changed.recent == FULL.recent


def test_a_path_that_is_no_text_is_remembered() -> None:
    settings = Settings().with_recent(Path(os.fsdecode(b"/audits/\xff.hsbaudit")))
    save_settings(settings)
    assert load_settings() == settings


def test_a_disk_that_refuses_is_not_reported(own_folders: Path) -> None:
    (own_folders / "config").write_text("a file where the folder should be")
    save_settings(FULL)
    assert load_settings() == Settings()
