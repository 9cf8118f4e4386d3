"""The audit files that are measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from hsb_desktop.model import Audit
from hsb_desktop.operations.sample import sample_audit
from hsb_desktop.store.audit_file import AuditFile

LONG = 20_000
"""Characters in every box of the long audit."""

_WORDS = "The partnership reviewed this with the school nursing service and agreed what is to follow. "


def write_full(path: Path) -> Path:
    """Write the sample audit: every statement scored, texts of real length."""
    return _write(path, sample_audit())


def write_without_texts(path: Path) -> Path:
    """Write the sample audit's scores with nothing in the evidence and assurance boxes."""
    return _write(path, _with_texts(sample_audit(), ""))


def write_long(path: Path) -> Path:
    """Write the sample audit with 20,000 characters in every evidence and assurance box."""
    return _write(path, _with_texts(sample_audit(), (_WORDS * (LONG // len(_WORDS) + 1))[:LONG]))


def _with_texts(audit: Audit, text: str) -> Audit:
    responses = {
        key: replace(response, evidence=text, assurance=text) for key, response in audit.responses.items()
    }
    return replace(audit, responses=MappingProxyType(responses))


def _write(path: Path, audit: Audit) -> Path:
    AuditFile.create(path, audit).close()
    return path


def statement_ids() -> list[str]:
    """Return the statements of the measured audits, in the order of the form."""
    return [statement.statement_id for statement in sample_audit().instrument.statements]
