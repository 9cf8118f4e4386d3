"""A quick sample of every measurement of `dev.py bench`, with loose limits, so that none stops working."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import (
    document,
    first_paint,
    key_press,
    memory,
    merging,
    overlays,
    protection,
    report,
    samples,
    several,
    store,
    two_files,
    waves,
)
from tests.bench.figures import Result, Row, percentile, text_table
from tests.bench.measurements import MEASUREMENTS
from tests.examples import cases

_EVERY_DAY = ("first-paint", "key-press", "store", "merge")

LOOSE = 3.0
"""How many times its limit a figure may take here, where other work and few samples make it jump."""

LOOSE_MILLISECONDS = 10.0
"""The same for a time that stands against no other: twelve presses while other tests run beside them."""


@pytest.fixture(autouse=True)
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (first_paint, memory, report):
        monkeypatch.setattr(module, "QUICK_RUNS", 1)
    monkeypatch.setattr(key_press, "QUICK_PRESSES", 10)
    monkeypatch.setattr(two_files, "QUICK_PRESSES", 6)
    for module in (store, two_files, protection):
        monkeypatch.setattr(module, "QUICK_WRITES", 20)
    monkeypatch.setattr(protection, "QUICK_OPENINGS", 1)
    monkeypatch.setattr(overlays, "QUICK_TIMES", 4)
    for module in (key_press, two_files, overlays):
        monkeypatch.setattr(module, "_WARM_UP", 2)
    monkeypatch.setattr(samples, "LONG", 5_000)
    monkeypatch.setattr(waves, "AGENCIES", 6)
    monkeypatch.setattr(waves, "WAVES", 3)
    monkeypatch.setattr(several, "QUICK_COLLATED", (10, 40))
    monkeypatch.setattr(several, "COMPARED", 10)
    monkeypatch.setattr(merging, "PACKS", 6)
    monkeypatch.setattr(merging, "FEW", 2)


@pytest.mark.real_keys
@pytest.mark.parametrize("name", cases([name for name in MEASUREMENTS if name != "report"], *_EVERY_DAY))
def test_measurement_runs_and_is_not_far_off(name: str, tmp_path: Path) -> None:
    result = MEASUREMENTS[name](tmp_path, True)
    assert result.rows
    for row in result.rows:
        assert row.value is not None
        assert row.value > 0
        if row.limit is not None or name == "first-paint":
            loose = LOOSE if row.unit == "×" else LOOSE_MILLISECONDS
            assert row.value < loose * (row.limit or first_paint.EVERYTHING_LIMIT), row.cells()


def test_report_is_measured_without_libreoffice_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    (row,) = report.measure(tmp_path, quick=True).rows
    assert row.verdict == "skipped"
    assert "LibreOffice is not installed" in row.skipped


def test_missed_limit_is_never_hidden(tmp_path: Path) -> None:
    missed = Row("a score", "3.00 ms", "bare 1.00 ms", 3.0, 2.0)
    skipped = Row("a report", "", limit=0.35, skipped="nothing to compare it with")
    result = Result("name", "Title", "Measured thus.", (missed, skipped))
    assert result.is_missed
    assert "NOT MET" in text_table([result])
    path = tmp_path / "benchmarks.md"
    document.write_document(path, [result])
    text = path.read_text(encoding="utf-8")
    assert "| a score | 3.00 ms | bare 1.00 ms | 3.00 × | ≤ 2 × | NOT MET |" in text
    assert "- a score: 3.00 ×, wanted ≤ 2 ×." in text
    assert "- a report was skipped: nothing to compare it with." in text


def test_percentile_is_one_of_the_samples() -> None:
    samples = [float(number) for number in range(100)]
    assert (percentile(samples, 50), percentile(samples, 99)) == (50.0, 99.0)
    assert percentile([1.0], 99) == 1.0
