"""The lock file beside an open audit: it says who writes to it, on which computer and since when.

The database's own locks keep two writes apart; this one keeps two people apart. It is no more than a file
beside the audit, so that it reaches other computers over a network drive or a folder that is synchronised.
Whoever takes, clears or releases one does so inside a write transaction of the audit, which no two processes
of one computer are in at the same time: so exactly one of many takers wins.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hsb_desktop.errors import FileInUse, TakenOver
from hsb_desktop.store.process import computer_key, computer_name, is_gone, process_space, started
from hsb_desktop.values import new_id

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


class Lock:
    """A lock that this process holds. Opening the same audit again in one process shares it."""

    def __init__(self, path: Path, audit: Path, holder: Holder) -> None:
        self._path = path
        self._audit = audit
        self.holder = holder
        self._openings = 1
        self._seen = _signature(path)

    @classmethod
    def take(
        cls, path: Path, author: str = "", *, take_over: bool = False, may_clear: bool = True
    ) -> Lock | None:
        """Take the lock of an audit; None where the folder takes no lock file, or it is not ours to write.

        A lock of a process of this computer that has ended goes silently. Raises FileInUse where somebody
        else holds it and it is not to be taken over; and for any lock at all unless it `may_clear` one,
        which only who is alone with the audit may.
        """
        real = path.resolve()
        with _guard:
            place = lock_path_of(real)
            mine = _held.get(place)
            if mine is not None and mine.is_ours():
                mine._openings += 1
                return mine
            with suppress(OSError):
                found = read_lock(place)
                if found is None:
                    pass
                elif not isinstance(found, Holder):
                    return None
                elif not may_clear or not (take_over or found.is_gone or found.is_this_process):
                    raise _in_use(path, found)
                lock = cls(place, real, _write(place, real, author, replace=found is not None))
                _held[place] = lock
                return lock
            return None

    def is_ours(self) -> bool:
        """Whether the lock is still this process's; costs microseconds as long as nobody touched it."""
        if _signature(self._path) == self._seen:
            return True
        found = read_lock(self._path)
        if isinstance(found, Holder) and found.lock_id == self.holder.lock_id:
            self._seen = _signature(self._path)
            return True
        return False

    def refuse_if_taken_over(self) -> None:
        """Raise TakenOver if somebody else holds the lock now; one that was only removed is taken again."""
        if self.is_ours():
            return
        found = read_lock(self._path)
        if found is None or (isinstance(found, Holder) and found.is_gone):
            with suppress(OSError):
                self._write_again(self.holder.who, replace=found is not None)
                return
        if isinstance(found, Holder):
            raise TakenOver(
                f"Not saved: {self._audit.name} was taken over{in_words(found)}. Only that window writes "
                "to it now. Your change is still on this screen: save it elsewhere.",
                who=found.who,
                computer=found.computer,
                since=found.since,
            )

    def sign(self, author: str) -> None:
        """Name who is typing; the lock stays as it is where that cannot be written."""
        if author != self.holder.who and self.is_ours():
            with suppress(OSError):
                self._write_again(author, replace=True)

    def release(self) -> None:
        """Let go of it; a lock that somebody else took over stays. A second call does nothing."""
        with _guard:
            self._openings -= 1
            if self._openings:
                return
            if _held.get(self._path) is self:
                del _held[self._path]
            if self.is_ours():
                with suppress(OSError):
                    self._path.unlink()

    def _write_again(self, author: str, *, replace: bool) -> None:
        self.holder = _write(self._path, self._audit, author, replace=replace, like=self.holder)
        self._seen = _signature(self._path)


_guard = threading.RLock()
_held: dict[Path, Lock] = {}
"""The locks of this process: an audit can be opened on one thread and closed on another."""


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


def other_holder(path: Path) -> Holder | None:
    """Return who else is working on an audit now, as its lock says."""
    found = read_lock(lock_path_of(path.resolve()))
    is_other = isinstance(found, Holder) and not (found.is_gone or found.is_this_process)
    return found if isinstance(found, Holder) and is_other else None


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


def in_words(holder: Holder | FileInUse) -> str:
    """Return " by Ann on LAPTOP-7 at 09:12 on 20 November 2026", with what is known of it."""
    who = f" by {holder.who}" if holder.who else ""
    computer = f" on the computer {holder.computer}" if holder.computer else ""
    moment = _local(holder.since)
    since = f" at {moment:%H:%M} on {moment.day} {moment:%B} {moment.year}" if moment else ""
    return who + computer + since


def _in_use(path: Path, holder: Holder) -> FileInUse:
    words = in_words(holder) or " by somebody else"
    return FileInUse(
        f"{path.name} is in use: it was opened{words}. It was left as it is: close it there and try again, "
        "or open it for reading only.",
        who=holder.who,
        computer=holder.computer,
        since=holder.since,
    )


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


def _write(place: Path, audit: Path, author: str, *, replace: bool, like: Holder | None = None) -> Holder:
    pid = os.getpid()
    holder = Holder(
        lock_id=like.lock_id if like else new_id(),
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


def _signature(place: Path) -> tuple[int, int, int] | None:
    try:
        about = os.lstat(place)
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns, about.st_size


def _fitting(name: str) -> str:
    raw = os.fsencode(name)
    return name if len(raw) <= _LONGEST_NAME else hashlib.sha256(raw).hexdigest()[:32]


def _shown(text: object) -> str:
    """A lock's words are shown to people: one short line of what can be printed."""
    known = text if isinstance(text, str) else ""
    return "".join(char for char in known if char.isprintable())[:_LONGEST_TEXT]


def _number(value: object) -> int:
    return value if type(value) is int and 0 < value < 2**31 else 0


def _local(since: str) -> datetime | None:
    try:
        return datetime.fromisoformat(since).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
