"""Outputs appear whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hsb_desktop.errors import OutputRefused
from hsb_desktop.whole_file import whole_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_appears_with_its_content(tmp_path: Path) -> None:
    with whole_file(tmp_path / "out.pdf") as temporary:
        temporary.write_bytes(b"content")
        assert not (tmp_path / "out.pdf").exists()
    assert (tmp_path / "out.pdf").read_bytes() == b"content"
    assert names(tmp_path) == ["out.pdf"]


def test_an_earlier_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("before")
    with whole_file(out) as temporary:
        temporary.write_text("after")
        assert out.read_text() == "before"
    assert out.read_text() == "after"


@pytest.mark.parametrize("fault", [ValueError("a bug"), KeyboardInterrupt(), OutputRefused("no")])
def test_when_the_work_fails_nothing_is_left_and_the_earlier_file_stays(
    fault: BaseException, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("before")

    def write() -> None:
        with whole_file(out) as temporary:
            temporary.write_text("half")
            raise fault

    with pytest.raises(type(fault)):
        write()
    assert out.read_text() == "before"
    assert names(tmp_path) == ["out.pdf"]


def test_a_fault_of_the_disk_is_said_in_plain_words(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputRefused, match=r"could not be written: .*Nothing was changed"),
        whole_file(tmp_path / "out.pdf"),
    ):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="is a folder"), whole_file(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match="does not exist"), whole_file(tmp_path / "no" / "out.pdf"):
        pass
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + "/out.pdf"])
def test_a_name_that_the_disk_cannot_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputRefused), whole_file(tmp_path / name) as temporary:
        temporary.write_text("content")
    assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    with whole_file(tmp_path / "out.pdf") as temporary:
        temporary.write_text("content")
    assert (tmp_path / "out.pdf").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot rename over an open file")
def test_who_reads_the_earlier_file_goes_on_reading_it(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("before")
    with out.open() as reader:
        with whole_file(out) as temporary:
            temporary.write_text("after")
        assert reader.read() == "before"
