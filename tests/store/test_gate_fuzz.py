"""Damaged and hostile files made up by hypothesis, and every file that ever was a fault of the program."""

from __future__ import annotations

import random
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsb_desktop.errors import HsbError
from hsb_desktop.operations.importing import plan_import
from tests.examples import examples
from tests.faults.audits import NAME, look_without_a_trace, sound, sound_bytes
from tests.faults.mutating import mutated_database, mutated_source, sound_ones
from tests.interchange.audits import empty_audit

CRASHES = Path(__file__).resolve().parents[1] / "data" / "crashes"
CASES = sorted(path for path in CRASHES.iterdir() if path.name != "README.txt")
SMALLEST = 64 * 1024
"""Bytes that a committed case may have at the most."""

bounded = settings(
    max_examples=examples(60), derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def attempt(files: dict[str, bytes]) -> None:
    """Open it; whatever it is, it is refused, or it is one of the sound audits."""
    with tempfile.TemporaryDirectory() as folder:
        for end, content in files.items():
            (Path(folder) / (NAME + end)).write_bytes(content)
        seen = look_without_a_trace(Path(folder) / NAME)
    if not seen.found and len(files) == 1:
        assert seen in sound_ones()


@bounded
@given(st.integers(0, 1 << 62))
def test_an_audit_damaged_where_its_structure_is_opens_as_it_was_or_not_at_all(seed: int) -> None:
    attempt(mutated_database(random.Random(seed)))


@bounded
@given(st.binary(max_size=2000), st.sampled_from([0, 16, 100]))
def test_bytes_of_all_kinds_are_no_audit(rest: bytes, kept: int) -> None:
    attempt({"": sound_bytes(small=True)[:kept] + rest})


@bounded
@given(st.integers(0, 99), st.binary(min_size=1, max_size=8))
def test_any_bytes_in_the_header_are_borne(at: int, what: bytes) -> None:
    content = sound_bytes(small=True)
    attempt({"": content[:at] + what + content[at + len(what) :]})


@bounded
@given(st.binary(max_size=3000))
def test_any_bytes_as_a_journal_are_borne(journal: bytes) -> None:
    attempt({"": sound_bytes(small=True), "-journal": journal})


@bounded
@given(st.integers(0, 1 << 62))
def test_a_damaged_file_of_another_program_is_taken_in_or_refused_in_words(seed: int) -> None:
    suffix, content = mutated_source(random.Random(seed))
    import_or_refuse(suffix, content)


def import_or_refuse(suffix: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"rows{suffix}"
        source.write_bytes(content)
        with suppress(HsbError):
            plan_import(empty_audit(), source)
        assert source.read_bytes() == content


# What once was a fault ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_once_was_a_fault_of_the_program_is_one_no_more(case: Path) -> None:
    if case.suffix == ".hsbaudit":
        attempt({"": case.read_bytes()})
    elif case.suffix.startswith(".hsbaudit-"):
        attempt({"": sound_bytes(), case.suffix.removeprefix(".hsbaudit"): case.read_bytes()})
    else:
        import_or_refuse(case.suffix, case.read_bytes())


def test_every_case_is_small_and_has_its_line() -> None:
    words = (CRASHES / "README.txt").read_text("utf-8")
    assert CASES
    for case in CASES:
        assert case.stat().st_size <= SMALLEST
        assert f"\n{case.name}   " in words
    assert sound().found == ""
