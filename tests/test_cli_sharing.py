"""`hsb-audit export … -o x.hsbaudit`: what stood before and who typed it leave only if asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.operations.exporting import EXPORT_SUFFIXES
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, response_address
from tests.command_line import Run

EARLIER, TYPIST = "Zebrafinch before", "Scribe Ottoline"


@pytest.fixture
def audit(run: Run) -> str:
    """An audit whose evidence on 1.1 was typed, and then typed over."""
    del run  # its working directory is where everything is written
    with create_audit_file(Path("a.hsbaudit"), NewAudit(area="Northmoor")) as file:
        key = ResponseKey(file.read().waves[0].wave_id, PARTNERSHIP, "1.1")
        evidence = response_address(key, "evidence")
        before = None
        for text in (EARLIER, "What stands there now."):
            file.apply(ChangeSet("Evidence", (Change(evidence, before, text),), author=TYPIST))
            before = text
    return "a.hsbaudit"


@pytest.mark.parametrize(("options", "is_there"), [((), False), (("--with-history",), True)])
def test_export_to_share_carries_history_and_authors_only_where_they_are_asked_for(
    options: tuple[str, ...], is_there: bool, audit: str, run: Run
) -> None:
    result = run("export", audit, "-o", "x.hsbaudit", *options)
    assert (result.exit_code, result.stdout) == (0, "Wrote x.hsbaudit.\n"), result.stderr
    content = Path("x.hsbaudit").read_bytes()
    assert b"What stands there now." in content
    assert [words.encode() in content for words in (EARLIER, TYPIST)] == [is_there, is_there]
    with AuditFile.open(Path("x.hsbaudit"), read_only=True) as copy:
        told = [(entry.author, entry.after) for entry in copy.history()]
    assert ((TYPIST, EARLIER) in told) is is_there
    assert bool(told) is is_there


@pytest.mark.parametrize("suffix", [suffix for suffix in EXPORT_SUFFIXES if suffix != ".hsbaudit"])
def test_an_export_that_holds_no_history_is_not_asked_for_it(suffix: str, audit: str, run: Run) -> None:
    result = run("export", audit, "-o", f"x{suffix}", "--with-history")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == "--with-history: only a .hsbaudit can hold the history."
    assert not Path(f"x{suffix}").exists()
