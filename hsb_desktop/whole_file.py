"""Outputs that appear whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hsb_desktop.errors import OutputRefused


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; when the block ends well, it takes that name in one step.

    An earlier file of the name is replaced then and not before; when the block fails nothing is left.
    Only the owner may read the new file. Raises OutputRefused for anything that the disk refuses.
    """
    temporary: Path | None = None
    try:
        if path.is_dir():
            raise OutputRefused(f"{path} is a folder. Give the name of a file.")
        if not path.parent.is_dir():
            raise OutputRefused(f"The folder {path.parent} does not exist. Nothing was written.")
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        os.close(descriptor)
        temporary = Path(name)
        yield temporary
        _flush_to_disk(temporary)
        temporary.replace(path)
        if sys.platform != "win32":
            # The file is there by now; some networks and sticks cannot flush a folder.
            with suppress(OSError):
                _flush_to_disk(path.parent)
    except OSError as error:
        raise OutputRefused(
            f"{path} could not be written: {error.strerror or error}. "
            "Nothing was changed; choose another place."
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
