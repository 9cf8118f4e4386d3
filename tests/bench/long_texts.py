"""A file with 20,000 characters in every box costs no more per score than one with empty boxes."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figures import Result
from tests.bench.samples import write_long, write_without_texts
from tests.bench.two_files import TwoFiles, how


def measure(folder: Path, quick: bool) -> Result:
    """Score in both files in turn, in the store alone and in the window."""
    empty, full = write_without_texts(folder / "no-texts.hsbaudit"), write_long(folder / "long.hsbaudit")
    files = TwoFiles(empty, full, "empty boxes")
    return Result(
        "long-texts",
        "Long texts",
        "The sample audit's scores with all evidence and assurance boxes empty, and with 20,000 "
        f"characters in each. {how(quick)}",
        files.rows(folder, "a score with 20,000 characters a box", quick),
    )
