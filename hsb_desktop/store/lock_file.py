"""What stands in a lock file: reading and writing it, and nothing about who may take it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hsb_desktop.processes import computer_key, computer_name, is_gone, process_space, started

_MARK = '{"hsb_audit_lock": '
_LARGEST = 4096
"""Bytes; a longer file of the lock's name is not ours."""
_LONGEST_NAME = 200
_LONGEST_TEXT = 120
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, as its file says. Everything but `lock_id` may be empty."""

    lock_id: str
    who: str = ""
    computer: str = ""
    since: str = ""
    key: str = ""
    pid: int = 0
    began: str = ""
    space: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether it was a process of this computer that has ended."""
        return self._is_of_this_computer and is_gone(self.pid, self.began, self.space)

    @property
    def is_this_process(self) -> bool:
        """Whether it is this very process."""
        is_ours = self._is_of_this_computer and self.space == process_space() and self.pid == os.getpid()
        return is_ours and self.began == started(self.pid)

    @property
    def _is_of_this_computer(self) -> bool:
        return bool(self.pid) and (self.computer, self.key) == (_shown(computer_name()), computer_key())


def lock_path_of(real: Path) -> Path:
    """Return where the lock of an audit lies, given the path without links.

    The name does not begin as the temporary files do that programs for synchronising leave out. Two names of
    one file in one folder (hard links) have one lock: the one that is there, else that of the first name.
    """
    names = [real.name]
    with suppress(OSError):
        about = real.stat()
        if about.st_nlink > 1:
            with os.scandir(real.parent) as entries:
                twins = {entry.name for entry in entries if entry.inode() == about.st_ino}
            names = sorted(twins | {real.name})
    places = [real.with_name(f".{_fitting(name)}.lock") for name in names]
    return next((place for place in places if os.path.lexists(place)), places[0])


def read_lock(place: Path) -> Holder | str | None:
    """Return who holds a lock: None if there is none, and a string if what is there is not a lock of ours.

    A lock that was left half written has a holder of whom nothing is known.
    """
    try:
        about = place.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
            return "foreign"
        descriptor = os.open(place, os.O_RDONLY | _NO_FOLLOW)
        try:
            raw = os.read(descriptor, _LARGEST + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        return None
    except OSError:
        return Holder("")
    return _holder_in(raw)


def write_lock(place: Path, audit: Path, author: str, *, replace: bool, like: Holder | None = None) -> Holder:
    """Write that this process holds the lock of an audit, from now on or since what it is `like`.

    Appears whole or not at all where it may `replace` what is there. Raises FileExistsError where something
    is there and it may not, and OSError if the disk refuses; then nothing is left behind.
    """
    pid = os.getpid()
    holder = Holder(
        # Random as an identifier is, without the import of `uuid`: an audit is locked before it is painted.
        lock_id=like.lock_id if like else os.urandom(16).hex(),
        who=_shown(author),
        computer=_shown(computer_name()),
        since=like.since if like else datetime.now(UTC).isoformat(timespec="seconds"),
        key=computer_key(),
        pid=pid,
        began=started(pid),
        space=process_space(),
    )
    # Whoever may open the audit must be able to read who has it.
    mode = stat.S_IMODE(audit.stat().st_mode) & 0o666
    target = place.with_name(f"{place.name}-{holder.lock_id[:8]}") if replace else place
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_FOLLOW, mode)
    try:
        try:
            raw = _text_of(holder).encode()
            if os.write(descriptor, raw) != len(raw):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(descriptor)
        if replace:
            target.replace(place)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return holder


def _text_of(holder: Holder) -> str:
    rest = {name: getattr(holder, name) for name in Holder.__slots__ if name != "lock_id"}
    return f"{_MARK}{json.dumps(holder.lock_id)}, {json.dumps(rest)[1:]}\n"


def _holder_in(raw: bytes) -> Holder | str:
    text = raw.decode("utf-8", "replace").strip("\x00").strip()
    if not text.startswith(_MARK) and not _MARK.startswith(text):
        return "foreign"
    try:
        entries = json.loads(text)
        return Holder(
            lock_id=_shown(entries["hsb_audit_lock"]),
            who=_shown(entries.get("who")),
            computer=_shown(entries.get("computer")),
            since=_shown(entries.get("since")),
            key=_shown(entries.get("key")),
            pid=_number(entries.get("pid")),
            began=_shown(entries.get("began")),
            space=_shown(entries.get("space")),
        )
    except (ValueError, KeyError, AttributeError, RecursionError):
        return Holder("")


def _fitting(name: str) -> str:
    raw = os.fsencode(name)
    return name if len(raw) <= _LONGEST_NAME else hashlib.sha256(raw).hexdigest()[:32]


def _shown(text: object) -> str:
    """A lock's words are shown to people: one short line of what can be printed."""
    known = text if isinstance(text, str) else ""
    return "".join(char for char in known if char.isprintable())[:_LONGEST_TEXT]


def _number(value: object) -> int:
    return value if type(value) is int and 0 < value < 2**31 else 0
