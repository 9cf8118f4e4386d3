"""One open audit file: read it, change it by change sets, close it. The only write path there is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from hsb_desktop.errors import FileRefused, InputRefused, NotSaved, OutputRefused
from hsb_desktop.model import Audit, Conflict
from hsb_desktop.store.connection import (
    BUSY_SECONDS,
    Connection,
    ConstraintError,
    DatabaseError,
    in_plain_words,
    leave_single_file,
    open_for_reading,
    open_for_writing,
    remove_journal,
)
from hsb_desktop.store.digest import EMPTY_DIGEST, digest_of, history_digest, replaced, value_digest
from hsb_desktop.store.gate import (
    content_problems,
    history_problems,
    judge,
    not_opened,
    quiet_copy,
)
from hsb_desktop.store.limits import refuse_excess
from hsb_desktop.store.lock import Lock, other_holder
from hsb_desktop.store.lock_file import Holder
from hsb_desktop.store.older_version import add_missing_tables, is_older
from hsb_desktop.store.password import as_typed_anywhere, refuse_unusable
from hsb_desktop.store.schema import APPLICATION_ID, USER_VERSION, create_schema
from hsb_desktop.store.tables import fixed_values, read_audit, write_instrument, write_value
from hsb_desktop.store.underneath import Underneath
from hsb_desktop.store.value_rules import can_hold, conflicts_fit, refuse_unkeepable
from hsb_desktop.values import PARTNERSHIP, Change, ChangeSet, FieldKind, Subject, Value, ValueAddress, new_id
from hsb_desktop.whole_file import delete_left_parts, whole_file

_MOMENT_MILLISECONDS = 500
"""How long a lock of the database is waited for where that is for the lock file's sake only."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One visit to a box: who changed what, when (UTC, ISO 8601), from and to."""

    address: str
    author: str
    edited_at: str
    label: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class _Visit:
    """The box that is being typed in: its edits share one history row."""

    number: int
    address: ValueAddress
    author: str
    label: str
    digest_before: bytes
    history_id: int


class AuditFile:
    """An audit file that is open. Used by one thread at a time."""

    def __init__(
        self,
        path: Path,
        connection: Connection,
        *,
        is_read_only: bool,
        private_copy: ExitStack | None = None,
        password: str | None = None,
        lock: Lock | None = None,
    ) -> None:
        self.path = path
        self._password = password
        self.is_read_only = is_read_only
        self._connection = connection
        self._private_copy = private_copy or ExitStack()
        self._lock = lock
        self.other_writer: Holder | None = other_holder(path) if is_read_only else None
        """Who was working on the file when it was opened here for reading only."""
        self._underneath = Underneath(path.resolve(), connection)
        self._keeps_older = is_older(connection)
        self._last_read: Audit | None = None
        self._visit: _Visit | None = None
        # What the file may hold since a commit failed at its very end, by address.
        self._in_doubt: dict[ValueAddress, list[Value]] = {}

    # Open and close -------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, audit: Audit, password: str | None = None) -> Self:
        """Make a new file that holds exactly this audit, protected if there is a password, and open it.

        Raises InputRefused for a password that is too short; FileRefused if the path is taken, OutputRefused
        if the disk refuses; nothing is left then.
        """
        if os.path.lexists(path):
            raise FileRefused(f"{path} exists already. Choose another name; nothing was changed.")
        if password is not None:
            refuse_unusable(password)
        with whole_file(path, replace=False) as temporary:
            _write_new_file(temporary, audit, password)
        return cls.open(path, password=password)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        password: str | None = None,
        take_over: bool = False,
        author: str = "",
        keep_version: bool = False,
    ) -> Self:
        """Open a file that passed the gate; read-only if asked for or if the disk allows no more.

        A file of an older version is brought up to date, with a backup made before; not one for reading only,
        and not one that is to `keep_version`, such as a backup: then no change set can be applied to it.

        Whoever writes deletes what ended programs left half written beside the file, and holds its lock,
        under the name or role of the `author`. Raises FileInUse where
        somebody else holds it and it is not to be taken over, PasswordNeeded or WrongPassword where the file
        seems to be protected, NotBroughtUpToDate where an older one can be read only, and FileRefused, with
        the file as it was. A plain file is opened whatever the
        password.
        """
        if not judge(path, password):
            password = None
        real = path.resolve()
        read_only = read_only or not (os.access(real, os.W_OK) and os.access(real.parent, os.W_OK))
        lock: Lock | None = None
        with ExitStack() as private_copy:
            try:
                # A write that was left half done is finished in the file itself, or else in a copy of it.
                if read_only:
                    quiet = private_copy.enter_context(quiet_copy(path, password))
                    connection = open_for_reading(quiet, password)
                else:
                    connection = open_for_writing(path, password)
                    lock = _locked(connection, path, author, take_over=take_over)
                    delete_left_parts(real.parent)
                if is_older(connection):
                    _meet_older(connection, path, password, lock, keeps=read_only or keep_version)
                return cls(
                    path,
                    connection,
                    is_read_only=read_only,
                    private_copy=private_copy.pop_all(),
                    password=password,
                    lock=lock,
                )
            except DatabaseError as error:
                raise not_opened(path, error, is_protected=password is not None) from error

    def close(self) -> None:
        """Leave one single file behind and let go of it. A second call does nothing."""
        if self._connection is None:
            return
        if not self.is_read_only:
            leave_single_file(self._connection)
        if self._lock is not None:
            lock, self._lock = self._lock, None
            _release(self._connection, lock)
        self._connection.close()
        self._connection = None
        self._private_copy.close()

    # Protection -----------------------------------------------------------------------------------------

    @property
    def is_protected(self) -> bool:
        """Whether the file can be opened with its password only."""
        return self._password is not None

    @property
    def password(self) -> str | None:
        """The password that opened the file, for the other files of this room: never shown or written."""
        return self._password

    def has_password(self, password: str) -> bool:
        """Whether this is the file's password, so that nobody else changes it at an open window."""
        return self._password is not None and as_typed_anywhere(password) == as_typed_anywhere(self._password)

    def open_copy(self, path: Path, *, read_only: bool = False, keep_version: bool = False) -> AuditFile:
        """Open a copy of this file, which is protected as this one is. Raises what `open` raises."""
        return type(self).open(path, read_only=read_only, password=self._password, keep_version=keep_version)

    def create_like(self, path: Path, audit: Audit) -> AuditFile:
        """Make a new file of an audit, protected as this one is. Raises what `create` raises."""
        return type(self).create(path, audit, self._password)

    @contextmanager
    def exchanged(self, password: str | None) -> Iterator[Callable[[], None]]:
        """While nobody can write, let another file take this one's name, and go on in that one.

        The block calls what is yielded when all that is left is to take the name. Where the block fails, the
        file goes on as it was. Raises NotSaved if another program holds the file.
        """
        self.end_visit()
        old = self._connection
        self._underneath.refuse_another_file()
        try:
            old.execute("BEGIN IMMEDIATE")
        except DatabaseError as error:
            raise in_plain_words(error, self.path) from error
        try:
            self._underneath.refuse_another_writer(old)
            if self._lock is not None:
                self._lock.refuse_if_taken_over()
            yield self._stand_aside
        except BaseException:
            if self._connection is None:
                self._go_on_with(open_for_writing(self.path, self._password))
            else:
                _roll_back(old)
            raise
        if self._connection is not None:
            # SQLite tells whoever waited for the lock that the file is no longer the one that they opened.
            old.close()
        self._password = password
        try:
            self._go_on_with(open_for_writing(self.path, password))
        except DatabaseError as error:
            raise NotSaved(
                f"{self.path.name} was converted and is whole, but cannot be opened again now ({error}). "
                "Close it here and open it anew."
            ) from error

    def _go_on_with(self, connection: Connection) -> None:
        add_missing_tables(connection)
        self._connection = connection
        self._underneath = Underneath(self.path.resolve(), connection)

    def _stand_aside(self) -> None:
        # Empty by now, and it would lie beside the new file.
        remove_journal(self.path.resolve())
        if sys.platform == "win32":
            # An open file cannot be replaced there.
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Read -----------------------------------------------------------------------------------------------

    def read(self) -> Audit:
        """Return everything that the file holds but its history. Raises FileRefused if the disk fails."""
        with self._reading():
            if self._underneath.look(self._connection):
                # Whatever wrote to it since it was opened may not have been this program.
                judge(self.path, self._password)
                add_missing_tables(self._connection)
            with _at_one_moment(self._connection):
                self._last_read = read_audit(self._connection)
            return self._last_read

    def read_anew(self) -> Audit:
        """Return what stands under the file's name now and go on with that, be it another file.

        Where somebody took the file over it is for reading only from here on. Raises FileRefused if there is
        no such file, it is not sound, or it is not the same audit; then all stays as it is.
        """
        if self._lock is not None and not self._lock.is_ours():
            self.is_read_only, self.other_writer = True, other_holder(self.path)
        if self._underneath.is_there:
            return self.read()
        # It may have been protected or made plain, too, on the computer that it comes from.
        password = self._password if judge(self.path, self._password) else None
        with self._reading(), ExitStack() as private_copy:
            if self.is_read_only:
                quiet = private_copy.enter_context(quiet_copy(self.path, password))
                connection = open_for_reading(quiet, password)
            else:
                connection = open_for_writing(self.path, password)
            try:
                if is_older(connection):
                    _meet_older(connection, self.path, password, None, keeps=self.is_read_only)
                underneath, audit = Underneath(self.path.resolve(), connection), read_audit(connection)
                _refuse_another_audit(self.path, self._last_read, audit)
            except BaseException:
                connection.close()
                raise
            kept = private_copy.pop_all()
        self._connection.close()
        self._private_copy.close()
        self._private_copy, self._password = kept, password
        self._keeps_older = is_older(connection)
        self._connection, self._underneath, self._last_read, self._visit = connection, underneath, audit, None
        return audit

    def history(self, *addresses: ValueAddress) -> tuple[HistoryEntry, ...]:
        """Return the visits to these values, or to all if none is named, in the order of their beginning."""
        place = f" WHERE address IN ({', '.join('?' * len(addresses))})" if addresses else ""
        with self._reading():
            rows = self._connection.execute(
                "SELECT address, author, edited_at, label, value_before, value_after FROM history"
                f"{place} ORDER BY history_id",
                tuple(str(address) for address in addresses),
            ).fetchall()
        return tuple(HistoryEntry(*row) for row in rows)

    def check(self) -> tuple[str, ...]:
        """Return sentences about what is wrong in the file; empty when all is well."""
        try:
            rows = [row[0] for row in self._connection.execute("PRAGMA integrity_check(5)")]
            faults = tuple(row for row in rows if row != "ok")
            return faults + content_problems(self._connection) + history_problems(self._connection)
        except DatabaseError as error:
            return (f"It cannot be read whole: {error}.",)

    @property
    def connection(self) -> Connection:
        """The open connection, for the other files of this room."""
        return self._connection

    # Write ----------------------------------------------------------------------------------------------

    def apply(self, change_set: ChangeSet, visit: int | None = None) -> None:
        """Write all changes in one transaction, with history and digest; on return they are on the disk.

        Edits of one text box one after the other, given the same number of a `visit`, share one row of
        history; an edit without a number is a visit of its own. A change whose `before` is not what the file
        holds is refused: something else wrote to the file. Raises NotSaved, or InputRefused for a value, an
        author or a label that cannot be kept, with the file as it was.
        """
        if self.is_read_only:
            raise NotSaved(f"Not saved: {self.path.name} is open for reading only. Save a copy to go on.")
        if self._keeps_older:
            raise NotSaved(f"Not saved: {self.path.name} is of an older version and is kept as it is.")
        refuse_unkeepable(change_set)
        running = self._visit
        with self._transaction(change_set) as connection:
            (total,) = connection.execute("SELECT digest FROM seal").fetchone()
            for change in map(self._from_what_is_there, change_set.changes):
                total, running = self._write_change(connection, change_set, change, total, visit)
            connection.execute("UPDATE seal SET digest = ?", (total,))
            _refuse_unknown_parties(connection, change_set)
            _refuse_misplaced_conflicts(connection, change_set)
            refuse_excess(connection, change_set)
        self._visit = running if len(change_set.changes) == 1 else None

    def refuse_if_lost(self) -> None:
        """Raise what would keep the next change from the file, as far as that can be seen.

        Nothing is written, and nobody who holds the file is waited for: it costs microseconds. Of a file for
        reading only nothing is asked. Raises FileGone, ChangedUnderneath or TakenOver.
        """
        if self.is_read_only or self._connection is None:
            return
        self._underneath.refuse_another_file()
        if self._lock is not None:
            self._lock.refuse_another_holder()
        if self._in_doubt:
            # SQLite reads the file anew then, as if another program had written.
            return
        with suppress(*DatabaseError), _asking_once(self._connection):
            self._underneath.refuse_another_writer(self._connection)

    def sign_lock(self, author: str) -> None:
        """Let others who want to open the file see who is typing in it."""
        if self._lock is not None:
            with _alone(self._connection):
                self._lock.sign(author)

    def end_visit(self) -> None:
        """Let the next edit of the same box begin a history row of its own, whatever its number."""
        self._visit = None

    def _from_what_is_there(self, change: Change) -> Change:
        """Return the change as it goes on from a write that was reported as failed and is in the file.

        An I/O error in the last sync of a commit comes when the commit is in the file already.
        """
        kept = str(change.address)
        for held in self._in_doubt.get(change.address, ()):
            known = self._connection.execute(
                "SELECT digest FROM value_state WHERE address = ?", (kept,)
            ).fetchone()
            if (known[0] if known else EMPTY_DIGEST) == value_digest(kept, held):
                return replace(change, before=held)
        return change

    def _write_change(
        self, connection: Connection, change_set: ChangeSet, change: Change, total: bytes, number: int | None
    ) -> tuple[bytes, _Visit | None]:
        address, revision_id = str(change.address), new_id()
        known = connection.execute(
            "SELECT revision_id, digest FROM value_state WHERE address = ?", (address,)
        ).fetchone()
        parent_id, digest_before = known or (None, EMPTY_DIGEST)
        if digest_before != value_digest(address, change.before):
            raise NotSaved(
                f"Not saved: {self.path.name} was changed by another program. Nothing was overwritten; "
                "save a copy elsewhere."
            )
        digest_after = value_digest(address, change.after)
        # Every commit is a revision, also within a visit: a copy of the file can be made after any of them.
        connection.execute("INSERT INTO revision VALUES (?, ?, NULL)", (revision_id, parent_id))
        visit = self._continued_visit(change_set, change, number)
        if visit:
            self._extend_visit(connection, visit, change, revision_id, digest_after)
        else:
            history_id = self._begin_history(
                connection, change_set, change, revision_id, (digest_before, digest_after)
            )
            if number is not None:
                visit = _Visit(
                    number, change.address, change_set.author, change_set.label, digest_before, history_id
                )
        write_value(connection, change.address, change.after)
        connection.execute(
            "INSERT INTO value_state VALUES (?, ?, ?) ON CONFLICT (address)"
            " DO UPDATE SET revision_id = excluded.revision_id, digest = excluded.digest",
            (address, revision_id, digest_after),
        )
        return replaced(total, digest_before, digest_after), visit

    def _continued_visit(self, change_set: ChangeSet, change: Change, number: int | None) -> _Visit | None:
        visit = self._visit
        goes_on = (
            visit is not None
            and len(change_set.changes) == 1
            and change.address.kind is FieldKind.TEXT
            and (visit.number, visit.address, visit.author) == (number, change.address, change_set.author)
        )
        return visit if goes_on else None

    def _begin_history(
        self,
        connection: Connection,
        change_set: ChangeSet,
        change: Change,
        revision_id: str,
        digests: tuple[bytes, bytes],
    ) -> int:
        about = (revision_id, str(change.address), change_set.author, _now(), change_set.label)
        cursor = connection.execute(
            "INSERT INTO history (revision_id, address, author, edited_at, label,"
            " value_before, value_after, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*about, change.before, change.after, history_digest(about, *digests)),
        )
        history_id: int = cursor.lastrowid
        return history_id

    def _extend_visit(
        self, connection: Connection, visit: _Visit, change: Change, revision_id: str, digest_after: bytes
    ) -> None:
        now = _now()
        about = (revision_id, str(visit.address), visit.author, now, visit.label)
        digest = history_digest(about, visit.digest_before, digest_after)
        connection.execute(
            "UPDATE history SET revision_id = ?, edited_at = ?, value_after = ?, digest = ?"
            " WHERE history_id = ?",
            (revision_id, now, change.after, digest, visit.history_id),
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For the other files of this room: read, with FileRefused for a fault of the disk."""
        with self._reading():
            yield self._connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """For the other files of this room: write all or nothing, with NotSaved for a fault of the disk."""
        with self._transaction() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise not_opened(self.path, error) from error

    @contextmanager
    def _transaction(self, change_set: ChangeSet | None = None) -> Iterator[Connection]:
        connection = self._connection
        try:
            self._underneath.refuse_another_file()
            connection.execute("BEGIN IMMEDIATE")
            if self._in_doubt:
                # After such a fault SQLite has read the file anew, as if another program had written.
                self._underneath.look(connection)
            # Who took it over is the reason for what was written meanwhile, and the better thing to say.
            if self._lock is not None:
                self._lock.refuse_if_taken_over()
            self._underneath.refuse_another_writer(connection)
            yield connection
            for change in change_set.changes if change_set else ():
                self._in_doubt.setdefault(change.address, []).append(change.after)
            connection.execute("COMMIT")
            # What was written into a file that lost its name meanwhile is not called saved.
            self._underneath.refuse_another_file()
            self._in_doubt.clear()
        except ConstraintError:
            _roll_back(connection)
            raise
        except DatabaseError as error:
            _roll_back(connection)
            raise in_plain_words(error, self.path) from error
        except BaseException:
            _roll_back(connection)
            raise


@contextmanager
def _at_one_moment(connection: Connection) -> Iterator[None]:
    """Read from all tables what one commit left there, whatever another window saves meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        _roll_back(connection)


@contextmanager
def _alone(connection: Connection) -> Iterator[bool]:
    """Do something about the lock while no other process of this computer can; yield whether that is so.

    Where another program holds the file for longer than a moment, nobody is made to wait for it.
    """
    connection.execute(f"PRAGMA busy_timeout = {_MOMENT_MILLISECONDS}")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except DatabaseError:
        is_alone = False
    else:
        is_alone = True
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")
    try:
        yield is_alone
    finally:
        _roll_back(connection)


@contextmanager
def _asking_once(connection: Connection) -> Iterator[None]:
    """Let SQLite say at once that another program holds the file, instead of waiting for it."""
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def _locked(connection: Connection, path: Path, author: str, *, take_over: bool) -> Lock | None:
    """Take the lock; let go of the connection if it is not to be had."""
    try:
        with _alone(connection) as is_alone:
            return Lock.take(path, author, take_over=take_over, may_clear=is_alone)
    except BaseException:
        connection.close()
        raise


def _release(connection: Connection, lock: Lock) -> None:
    is_released = False
    with suppress(*DatabaseError), _alone(connection):
        is_released = True
        lock.release()
    if not is_released:
        # The file cannot be reached any more; nobody is to be kept out of it for that.
        lock.release()


def _meet_older(
    connection: Connection, path: Path, password: str | None, lock: Lock | None, *, keeps: bool
) -> None:
    """Make a file of an older version usable; let go of connection and lock if that cannot be done."""
    try:
        if keeps:
            add_missing_tables(connection)
            return
        # Once in a file's life; no other opening waits for what making a backup needs.
        from hsb_desktop.store.migrating import bring_up_to_date

        bring_up_to_date(connection, path, password)
    except BaseException:
        if lock is not None:
            _release(connection, lock)
        connection.close()
        raise


def _refuse_another_audit(path: Path, before: Audit | None, now: Audit) -> None:
    if before is None or (before.audit_id, before.instrument) != (now.audit_id, now.instrument):
        raise FileRefused(
            f"{path.name} is another audit now. It was left as it is; save what is on the screen elsewhere."
        )


def _roll_back(connection: Connection) -> None:
    with suppress(*DatabaseError):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _refuse_unknown_parties(connection: Connection, change_set: ChangeSet) -> None:
    """Raise if responses of a party would stay that the audit does not have: the gate refuses such a file."""
    changes = change_set.changes
    parties = {
        change.address.key[1]
        for change in changes
        if change.address.subject in (Subject.RESPONSE, Subject.SERIES) and change.after is not None
    }
    parties.update(
        str(change.after)
        for change in changes
        if change.address.subject is Subject.PACK and change.address.field == "party_id" and change.after
    )
    if any(change.address.subject is Subject.AGENCY and change.after is None for change in changes):
        parties.update(
            row[0]
            for row in connection.execute(
                "SELECT party_id FROM response_score UNION SELECT party_id FROM response_text"
                " UNION SELECT party_id FROM series UNION SELECT party_id FROM pack"
            )
        )
    parties.discard(PARTNERSHIP)
    if parties and parties - {row[0] for row in connection.execute("SELECT agency_id FROM agency")}:
        raise ConstraintError("responses of an agency that the audit does not have")


def _refuse_misplaced_conflicts(connection: Connection, change_set: ChangeSet) -> None:
    """Raise InputRefused where a conflict would be between answers that cannot stand where it says.

    The file would be taken for a damaged one when it is opened again.
    """
    changed = {each.address.key[0] for each in change_set.changes if each.address.subject is Subject.CONFLICT}
    if not changed:
        return
    rows = connection.execute("SELECT conflict_id, address, first_value, second_value FROM conflict")
    if not conflicts_fit(
        Conflict(conflict_id, address or "", first_value=first, second_value=second)
        for conflict_id, address, first, second in rows
        if conflict_id in changed
    ):
        raise InputRefused("Not saved: a conflict names answers that cannot stand where it says.")


def _write_new_file(path: Path, audit: Audit, password: str | None) -> None:
    connection = open_for_writing(path, password, new=True)
    try:
        fill_new_database(connection, audit)
        leave_single_file(connection)
    except ConstraintError:
        raise
    except DatabaseError as error:
        raise OutputRefused(str(in_plain_words(error, path))) from error
    finally:
        connection.close()
        remove_journal(path)


def fill_new_database(connection: Connection, audit: Audit) -> None:
    """For the other files of this room: make an empty database one that holds exactly this audit.

    Each value is an edit of its own, without ancestors. Raises InputRefused for what a file cannot keep.
    """
    entered = tuple(audit.values())
    fits = all(can_hold(address, value) for address, value in entered)
    if not fits or not conflicts_fit(audit.conflicts):
        raise InputRefused("This audit holds a value that a file cannot keep. Nothing was written.")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    connection.execute("BEGIN IMMEDIATE")
    create_schema(connection)
    write_instrument(connection, audit.instrument)
    connection.execute(
        "INSERT INTO audit (audit_id, instrument_id, made_at, is_sample) VALUES (?, ?, ?, ?)",
        (audit.audit_id, audit.instrument.instrument_id, audit.made_at or _now(), int(audit.is_sample)),
    )
    for address, value in entered:
        place, revision_id = str(address), new_id()
        write_value(connection, address, value)
        connection.execute("INSERT INTO revision VALUES (?, NULL, NULL)", (revision_id,))
        connection.execute(
            "INSERT INTO value_state VALUES (?, ?, ?)", (place, revision_id, value_digest(place, value))
        )
    connection.execute(
        "INSERT INTO seal VALUES (1, ?, ?)",
        (
            digest_of((str(address), value) for address, value in entered),
            digest_of(fixed_values(connection)),
        ),
    )
    refuse_excess(connection)
    connection.execute("COMMIT")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
