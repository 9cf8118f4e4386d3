"""Finds the files that come with the program, wherever it is installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Return the path of a bundled resource, for example `resource_path("fonts", "DejaVuSans.ttf")`.

    An installed program carries its resources in `_resources` inside the package; a checkout has them in
    `resources` beside it.
    """
    installed = _PACKAGE / "_resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
