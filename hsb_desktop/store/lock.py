"""The lock file beside an open audit: it says who writes to it, on which computer and since when.

The database's own locks keep two writes apart; this one keeps two people apart. It is no more than a file
beside the audit, so that it reaches other computers over a network drive or a folder that is synchronised.
Whoever takes, clears or releases one does so inside a write transaction of the audit, which no two processes
of one computer are in at the same time: so exactly one of many takers wins.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from hsb_desktop.errors import FileInUse, TakenOver
from hsb_desktop.store.lock_file import Holder, lock_path_of, read_lock, write_lock


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
            found = read_lock(place)
            if isinstance(found, str):
                return None
            is_free = found is None or take_over or found.is_gone or found.is_this_process
            if found is not None and not (is_free and may_clear):
                raise _in_use(path, found)
            try:
                lock = cls(place, real, write_lock(place, real, author, replace=found is not None))
            except FileExistsError as error:
                # Another computer was quicker by a moment.
                quicker = read_lock(place)
                raise _in_use(path, quicker if isinstance(quicker, Holder) else Holder("")) from error
            except OSError:
                return None
            _held[place] = lock
            return lock

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
            raise self._taken_over_by(found)

    def refuse_another_holder(self) -> None:
        """Raise TakenOver as `refuse_if_taken_over` does, but only look: nothing is written."""
        found = None if self.is_ours() else read_lock(self._path)
        if isinstance(found, Holder) and not found.is_gone:
            raise self._taken_over_by(found)

    def _taken_over_by(self, holder: Holder) -> TakenOver:
        return TakenOver(
            f"Not saved: {self._audit.name} was taken over{in_words(holder)}. Only that window writes "
            "to it now. Your change is still on this screen: save it elsewhere.",
            who=holder.who,
            computer=holder.computer,
            since=holder.since,
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
        self.holder = write_lock(self._path, self._audit, author, replace=replace, like=self.holder)
        self._seen = _signature(self._path)


_guard = threading.RLock()
_held: dict[Path, Lock] = {}
"""The locks of this process: an audit can be opened on one thread and closed on another."""


def other_holder(path: Path) -> Holder | None:
    """Return who else is working on an audit now, as its lock says."""
    found = read_lock(lock_path_of(path.resolve()))
    is_other = isinstance(found, Holder) and not (found.is_gone or found.is_this_process)
    return found if isinstance(found, Holder) and is_other else None


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


def _signature(place: Path) -> tuple[int, int, int] | None:
    try:
        about = os.lstat(place)
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns, about.st_size


def _local(since: str) -> datetime | None:
    try:
        return datetime.fromisoformat(since).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
