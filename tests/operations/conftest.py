"""Every test has its own settings folder and starts from a new, empty audit file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsb_desktop.operations.creating import NewAudit, create_audit_file
from hsb_desktop.store.audit_file import AuditFile


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSB_AUDIT_HOME", str(tmp_path / "home"))


@pytest.fixture
def audit_file(tmp_path: Path) -> Iterator[AuditFile]:
    with create_audit_file(tmp_path / "audit.hsbaudit", NewAudit(area="Northmoor")) as file:
        yield file
