"""Every way out: whole or not at all, replacing what was there, never onto the audit itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from hsb_desktop.errors import InputRefused, OutputRefused
from hsb_desktop.operations.exporting import EXPORT_SUFFIXES, export_audit
from hsb_desktop.operations.sample import create_sample_audit
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, ResponseKey, response_address

TODAY = "2026-11-20"


@pytest.fixture
def sample_file(tmp_path: Path) -> Iterator[AuditFile]:
    with create_sample_audit(tmp_path / "sample.hsbaudit") as file:
        yield file


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_an_earlier_file_is_replaced_and_nothing_else_is_left(
    suffix: str, sample_file: AuditFile, tmp_path: Path
) -> None:
    out = tmp_path / f"out{suffix}"
    out.write_bytes(b"earlier")
    before = set(tmp_path.iterdir())
    assert export_audit(sample_file, out, printed_on=TODAY).path == out
    assert out.read_bytes() != b"earlier"
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_a_full_disk_leaves_the_earlier_file_and_nothing_half_written(
    suffix: str, sample_file: AuditFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / f"out{suffix}"
    out.write_bytes(b"earlier")
    before = set(tmp_path.iterdir())

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputRefused, match="No space left"):
        export_audit(sample_file, out, printed_on=TODAY)
    assert out.read_bytes() == b"earlier"
    assert set(tmp_path.iterdir()) == before


def test_the_open_audit_is_never_written_over(sample_file: AuditFile, tmp_path: Path) -> None:
    link = tmp_path / "link.hsbaudit"
    link.symlink_to(sample_file.path)
    content = sample_file.path.read_bytes()
    for out in (sample_file.path, tmp_path / ".." / tmp_path.name / sample_file.path.name, link):
        with pytest.raises(OutputRefused, match="is the audit that is open"):
            export_audit(sample_file, out, printed_on=TODAY)
    assert sample_file.path.read_bytes() == content


def test_an_audit_of_an_unusual_name_is_not_written_over_either(tmp_path: Path) -> None:
    with create_sample_audit(tmp_path / "audit.json") as file:
        content = file.path.read_bytes()
        with pytest.raises(OutputRefused, match="is the audit that is open"):
            export_audit(file, tmp_path / ".." / tmp_path.name / "audit.json", printed_on=TODAY)
        assert file.path.read_bytes() == content


def test_an_unknown_suffix_is_refused(sample_file: AuditFile, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"\.hsbaudit"):
        export_audit(sample_file, tmp_path / "out.docx", printed_on=TODAY)


def test_json_holds_everything(sample_file: AuditFile, tmp_path: Path) -> None:
    export_audit(sample_file, tmp_path / "out.json", printed_on=TODAY)
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["responses"]) == 46


@pytest.mark.parametrize("kind", ["report", "form"])
def test_the_pdf_prints_and_carries_the_acknowledgement(
    kind: Any, sample_file: AuditFile, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    export_audit(sample_file, out, kind=kind, printed_on=TODAY)
    text = pdf_text(out)
    assert "Northmoor Vale" in text
    assert "Hackett" in text


def test_the_same_audit_and_day_give_the_same_bytes(sample_file: AuditFile, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        export_audit(sample_file, tmp_path / name, printed_on=TODAY)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_characters_that_no_typeface_has_are_named(sample_file: AuditFile, tmp_path: Path) -> None:
    key = ResponseKey(sample_file.read().waves[0].wave_id, PARTNERSHIP, "1.1")
    address = response_address(key, "assurance")
    before = sample_file.read().value(address)
    sample_file.apply(ChangeSet("Assurance", (Change(address, before, "see 🤷 there"),)))
    outcome = export_audit(sample_file, tmp_path / "out.pdf", printed_on=TODAY)
    assert "U+1F937" in outcome.notices[0]


def test_the_copy_to_share_is_an_audit_without_history(sample_file: AuditFile, tmp_path: Path) -> None:
    key = ResponseKey(sample_file.read().waves[0].wave_id, PARTNERSHIP, "1.1")
    address = response_address(key, "assurance")
    before = sample_file.read().value(address)
    sample_file.apply(ChangeSet("Assurance", (Change(address, before, "new words"),), author="Jo Secret"))
    export_audit(sample_file, tmp_path / "copy.hsbaudit", printed_on=TODAY)
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert copy.read() == sample_file.read()
        assert copy.history() == ()
    assert b"Jo Secret" not in (tmp_path / "copy.hsbaudit").read_bytes()
    export_audit(sample_file, tmp_path / "copy.hsbaudit", printed_on=TODAY, with_history=True)
    with AuditFile.open(tmp_path / "copy.hsbaudit") as copy:
        assert copy.read() == sample_file.read()
        assert copy.history() == sample_file.history()
        assert [(entry.author, entry.after) for entry in copy.history(address)] == [
            ("Jo Secret", "new words")
        ]
