"""The bundled files are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsb_desktop import resources
from hsb_desktop.resources import resource_path


@pytest.mark.parametrize(
    "parts",
    [
        ("instruments", "nspcc-hsb-2019.json"),
        ("instruments", "nspcc-hsb-form.json"),
        ("sample", "sample_audit.json"),
        ("fonts", "DejaVuSans.ttf"),
    ],
)
def test_a_resource_is_found(parts: tuple[str, ...]) -> None:
    assert resource_path(*parts).is_file()


def test_an_installed_program_uses_what_it_carries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "hsb_desktop"
    package.mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resource_path("fonts") == tmp_path / "resources" / "fonts"
    (package / "_resources").mkdir()
    assert resource_path("fonts") == package / "_resources" / "fonts"
