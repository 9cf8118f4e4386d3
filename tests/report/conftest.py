"""Invented audits, and what the tests of printing read out of a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from hsb_desktop.instrument import instrument_by_id
from hsb_desktop.model import Audit, Instrument
from hsb_desktop.values import PARTNERSHIP, Change, Subject, Value, ValueAddress

WAVE = "wave-1"
PRINTED_ON = "2026-11-20"

EVIDENCE = "A sample of twelve cases found a shared chronology in nine. Two parents commented on the leaflet."


def change(subject: Subject, key: tuple[str, ...], field: str, value: Value) -> Change:
    return Change(ValueAddress(subject, key, field), None, value)


def response(statement_id: str, **fields: Value) -> list[Change]:
    """What the partnership agreed on one statement."""
    key = (WAVE, PARTNERSHIP, statement_id)
    return [change(Subject.RESPONSE, key, field, value) for field, value in fields.items()]


def details(**fields: Value) -> list[Change]:
    return [change(Subject.AUDIT, (), field, value) for field, value in fields.items()]


def agencies(names: Iterable[str], **fields: Value) -> list[Change]:
    """Agencies that take part, in this order."""
    changes = []
    for position, name in enumerate(names):
        key = (f"agency-{position:03}",)
        changes.append(change(Subject.AGENCY, key, "name", name))
        changes.append(change(Subject.AGENCY, key, "position", position))
        changes += [change(Subject.AGENCY, key, field, value) for field, value in fields.items()]
        changes.append(change(Subject.ATTENDANCE, (WAVE, *key), "attends", 1))
    return changes


def audit_of(changes: Iterable[Change] = (), *, instrument: Instrument | None = None) -> Audit:
    """An audit with one wave and these changes, nothing else."""
    empty = Audit("audit-1", instrument or instrument_by_id())
    return empty.with_changes([change(Subject.WAVE, (WAVE,), "label", "Baseline (T1)"), *changes])


def scores(values: Mapping[str, int], evidence: str = EVIDENCE) -> list[Change]:
    changes = []
    for statement_id, score in values.items():
        changes += response(statement_id, score=score, evidence=evidence)
    return changes


@pytest.fixture
def workshop() -> Audit:
    """An audit as a workshop leaves it: four domains scored, one of them in part, the fifth not at all."""
    instrument = instrument_by_id()
    statements = [
        s for s in instrument.statements if s.domain_id != "5" and s.statement_id not in {"2.3", "2.4"}
    ]
    changes = [
        *details(
            title="Harmful sexual behaviour audit",
            area="Northmoor Vale",
            coordinator_name="R. Adeyemi",
            coordinator_role="Head of Safeguarding",
            marking="OFFICIAL-SENSITIVE",
        ),
        *agencies(["Northmoor Police", "Youth Justice Service"], sector="statutory"),
        change(Subject.WAVE, (WAVE,), "held_on", "2026-03-04"),
        change(Subject.SITTING, ("sitting-1",), "wave_id", WAVE),
        change(Subject.SITTING, ("sitting-1",), "held_on", "2026-03-04"),
        change(Subject.SITTING, ("sitting-1",), "note", "domains 1 to 3"),
        change(Subject.READING, ("2.6",), "text", "High quality means: reviewed with carers once a year."),
        change(Subject.DOMAIN_NOTE, (WAVE, "1"), "comments", "The data subgroup takes 1.1 and 1.2 together."),
        change(Subject.DOMAIN_NOTE, (WAVE, "1"), "completed_on", "2026-03-05"),
    ]
    for place, statement in enumerate(statements):
        changes += response(statement.statement_id, score=place % 5, evidence=EVIDENCE)
        changes += response(
            statement.statement_id, assurance="Reported to the quality subgroup every quarter."
        )
    changes += response("1.4", score=3, evidence=None)
    changes += response("1.5", score=2, evidence=None, target=4)
    return audit_of(changes, instrument=instrument)


# Reading a PDF ------------------------------------------------------------------------------------------


def page_texts(path: Path) -> list[str]:
    """The text of each page as a reader finds it; pdfium writes U+FFFE for a hyphen at the end of a line."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return [text.replace("\r\n", "\n").replace("\ufffe", "-") for text in texts]


def squeezed(text: str) -> str:
    """A text without its spaces and line ends, which breaking into lines changes."""
    return "".join(text.split())


def outline(path: Path) -> list[tuple[int, str]]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [(entry.level, entry.get_title()) for entry in pdf.get_toc()]


def tags(path: Path) -> list[tuple[int, str]]:
    """The kinds of the structure tree, with their depth."""
    found: list[tuple[int, str]] = []

    def walk(node: Any, depth: int) -> None:
        if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
            return
        found.append((depth, str(node.S).removeprefix("/")))
        for kid in node.K:
            walk(kid, depth + 1)

    with pikepdf.open(path) as pdf:
        walk(pdf.Root.StructTreeRoot.K, 0)
    return found
