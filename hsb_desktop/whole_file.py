"""Outputs that appear whole or not at all, and what is left of them where a program was ended on its way.

What is being written has a name that says who writes it: on which computer, and by which process. So what was
left behind is known, and deleted, without a look into it; it may hold words that were removed for good since,
or be the plain copy of an audit that is protected now.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from hsb_desktop.errors import FileRefused, OutputRefused

_NO_LINKS_HERE = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK)
_PART = re.compile(
    r"\.hsb-(?P<place>[0-9a-f]{8})-(?P<pid>\d{1,10})-(?P<began>[0-9a-f]{8}|0)-\w+\.part(?:-journal|-wal|-shm)?"
)


@contextmanager
def whole_file(path: Path, *, replace: bool = True) -> Iterator[Path]:
    """Yield a temporary path beside `path`; when the block ends well, it takes that name in one step.

    An earlier file of the name is replaced then and not before, and its permissions stay; of a link, what it
    points to is replaced. Only the owner may read a file that is new. When the block fails nothing is left.
    Raises OutputRefused for anything that the disk refuses; and, unless it may `replace`, FileRefused where
    the name is taken, even if it was taken a moment ago.
    """
    # Costs more to import than the rest of this file, and no first paint needs it.
    import tempfile

    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path)) if replace and path.is_symlink() else path
        if target.is_dir():
            raise OutputRefused(f"{path} is a folder. Give the name of a file.")
        if target.is_symlink() and replace:
            raise OutputRefused(f"{path} is a link that leads nowhere. Nothing was written.")
        if not target.parent.is_dir():
            raise OutputRefused(f"The folder {target.parent} does not exist. Nothing was written.")
        descriptor, name = tempfile.mkstemp(prefix=_prefix(), suffix=".part", dir=target.parent)
        os.close(descriptor)
        temporary = Path(name)
        yield temporary
        _flush_to_disk(temporary)
        if replace:
            _keep_permissions(target, temporary)
            temporary.replace(target)
        else:
            _take_free_name(temporary, target)
        if sys.platform != "win32":
            # The file is there by now; some networks and sticks cannot flush a folder.
            with suppress(OSError):
                _flush_to_disk(target.parent)
    except OSError as error:
        raise OutputRefused(
            f"{path} could not be written: {error.strerror or error}. "
            "Nothing was changed; choose another place."
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def delete_left_parts(folder: Path) -> tuple[Path, ...]:
    """Delete what is left in a folder of outputs whose writing was cut short; return what is still there.

    That is what a process which is alive is writing, or one of another computer may be, and what the disk
    refuses to delete. A file that this program did not name is never touched.
    """
    try:
        found = [Path(entry.path) for entry in os.scandir(folder) if entry.name.startswith(".hsb-")]
    except OSError:
        return ()
    left = []
    for part in sorted(found):
        match = _PART.fullmatch(part.name)
        if match is None:
            continue
        try:
            if not _is_left(match):
                left.append(part)
            else:
                part.unlink(missing_ok=True)
        except OSError:
            left.append(part)
    return tuple(left)


def _prefix() -> str:
    pid = os.getpid()
    return f".hsb-{_place()}-{pid}-{_began(pid)}-"


def _is_left(match: re.Match[str]) -> bool:
    """Whether who was writing is certainly gone: only of this computer that can be known."""
    from hsb_desktop.processes import is_gone, started

    pid = int(match["pid"])
    if match["place"] != _place():
        return False
    if match["began"] != "0" and started(pid):
        return _began(pid) not in (match["began"], _short_digest("hidden"))
    return is_gone(pid, "", "")


@cache
def _place() -> str:
    """Return what tells the processes that can be seen from here from those of elsewhere."""
    from hsb_desktop.processes import computer_key, computer_name, process_space

    # Of the space without the restart of the computer, after which all that was left is left.
    return _short_digest(f"{computer_key() or computer_name()} {process_space().partition(' ')[2]}")


def _began(pid: int) -> str:
    from hsb_desktop.processes import started

    began = started(pid)
    return _short_digest(began) if began else "0"


def _short_digest(text: str) -> str:
    from hashlib import sha256

    return sha256(f"hsb-audit part {text}".encode()).hexdigest()[:8]


def _keep_permissions(earlier: Path, new: Path) -> None:
    # Windows has no permission bits; what may be done with a file there comes from its folder.
    if sys.platform != "win32":
        # There may be none; and a stick that knows no permissions is no reason to write nothing.
        with suppress(OSError):
            new.chmod(stat.S_IMODE(earlier.stat().st_mode) & 0o777)


def _take_free_name(temporary: Path, path: Path) -> None:
    """Give a finished file its name, and never another program's that was made meanwhile."""
    try:
        if sys.platform == "win32":
            temporary.rename(path)  # refuses a name that is taken
            return
        try:
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS_HERE:
                raise
            # On sticks and some networks a file has one name only: an empty file of ours holds the place.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            temporary.replace(path)
    except FileExistsError as error:
        raise FileRefused(f"{path} exists already. Choose another name; nothing was changed.") from error


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
