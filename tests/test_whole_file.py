"""Outputs appear whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, OutputRefused
from hsb_desktop.whole_file import delete_left_parts, whole_file


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
@pytest.mark.parametrize("mode", [0o644, 0o664, 0o400])
def test_an_earlier_file_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_text("before")
    out.chmod(mode)
    with whole_file(out) as temporary:
        assert temporary.stat().st_mode & 0o777 == 0o600
        temporary.write_text("after")
    assert out.read_text() == "after"
    assert out.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(is_there: bool, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real, link = tmp_path / "elsewhere" / "real.pdf", tmp_path / "link.pdf"
    if is_there:
        real.write_text("before")
    link.symlink_to(real)
    with whole_file(link) as temporary:
        assert temporary.parent == real.parent
        temporary.write_text("after")
    assert link.is_symlink()
    assert real.read_text() == "after"
    assert (names(tmp_path), names(real.parent)) == (["elsewhere", "link.pdf"], ["real.pdf"])


def test_a_link_to_itself_or_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    loop, lost = tmp_path / "loop.pdf", tmp_path / "lost.pdf"
    loop.symlink_to("loop.pdf")
    lost.symlink_to(tmp_path / "no" / "out.pdf")
    for link in (loop, lost):
        with pytest.raises(OutputRefused), whole_file(link) as temporary:
            temporary.write_text("content")
        assert link.is_symlink()
    assert names(tmp_path) == ["loop.pdf", "lost.pdf"]


@pytest.fixture(params=["links", "no links"])
def disk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a disk where a file can have two names, and on one where it cannot."""
    if request.param == "no links":

        def refuse(*_: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    return tmp_path


def test_a_file_that_may_not_replace_another_takes_a_free_name(disk: Path) -> None:
    with whole_file(disk / "new", replace=False) as temporary:
        temporary.write_text("content")
    assert (disk / "new").read_text() == "content"
    assert (disk / "new").stat().st_nlink == 1
    assert names(disk) == ["new"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_that_may_not_replace_another_never_does(kind: str, disk: Path) -> None:
    def write() -> None:
        with whole_file(disk / "new", replace=False) as temporary:
            temporary.write_text("ours")
            if kind == "file":
                (disk / "new").write_text("theirs")
            else:
                (disk / "new").symlink_to("nowhere")

    with pytest.raises(FileRefused, match="exists already"):
        write()
    assert names(disk) == ["new"]
    assert (disk / "new").is_symlink() or (disk / "new").read_text() == "theirs"


def test_any_other_fault_in_giving_the_name_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    with (
        pytest.raises(OutputRefused, match="No space left"),
        whole_file(tmp_path / "new", replace=False) as temporary,
    ):
        temporary.write_text("ours")
    assert names(tmp_path) == []


_WRITE_AND_WAIT = """
import subprocess
import sys
from pathlib import Path
from hsb_desktop.whole_file import delete_left_parts, whole_file
with whole_file(Path(sys.argv[1])) as temporary:
    temporary.write_text("Marmaduke")
    temporary.with_name(temporary.name + "-journal").write_text("Marmaduke")
    print(temporary.name, flush=True)
    sys.stdin.read()
"""


def half_written(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    """Return another process that is writing a file in this folder, and what it writes."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITE_AND_WAIT, str(folder / "out.pdf")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, folder / process.stdout.readline().strip()


def ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_what_a_killed_process_left_is_deleted_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    process, part = half_written(tmp_path)
    try:
        assert delete_left_parts(tmp_path)[0] == part
        assert part.exists()
    finally:
        ended(process)
    assert delete_left_parts(tmp_path) == ()
    assert names(tmp_path) == []


def test_what_a_process_of_an_earlier_time_left_goes_although_its_number_was_given_again(
    tmp_path: Path,
) -> None:
    with whole_file(tmp_path / "out.pdf") as temporary:
        start, place, pid, _, rest = temporary.name.split("-", 4)
        earlier = tmp_path / f"{start}-{place}-{pid}-00000000-{rest}"
        earlier.touch()
        assert delete_left_parts(tmp_path) == (temporary,)
        assert not earlier.exists()


def test_what_another_computer_or_another_program_writes_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / ".hsb-00000000-1-00000000-abcdefgh.part"
    others = [
        tmp_path / name for name in (".abcdefgh.part", "film.mkv.part", ".hsb-notes.part", ".hsb-1.part")
    ]
    for path in (elsewhere, *others):
        path.touch()
    assert delete_left_parts(tmp_path) == (elsewhere,)
    assert all(path.exists() for path in (elsewhere, *others))


def test_in_a_folder_that_is_gone_nothing_was_left(tmp_path: Path) -> None:
    assert delete_left_parts(tmp_path / "gone") == ()
