"""Judges a file before anything of it is used, without changing a byte of it."""

from __future__ import annotations

import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from hsb_desktop.errors import FileDamaged, FileRefused, InstrumentRefused, PasswordNeeded, WrongPassword
from hsb_desktop.instrument import instrument_from_data, instrument_to_data
from hsb_desktop.model import Audit
from hsb_desktop.store.connection import (
    Connection,
    DatabaseError,
    is_held_by_another,
    journal_of,
    open_for_reading,
    open_for_writing,
)
from hsb_desktop.store.digest import DIGEST_MODULUS, EMPTY_DIGEST, digest_of, history_digest, value_digest
from hsb_desktop.store.limits import excess, rows_in
from hsb_desktop.store.older_version import add_missing_tables, version_of
from hsb_desktop.store.password import can_be_password
from hsb_desktop.store.schema import APPLICATION_ID, SCHEMA_QUERY, USER_VERSION, VERSIONS, expected_schema
from hsb_desktop.store.tables import ENTERED_COLUMNS, fixed_values, read_audit
from hsb_desktop.store.value_rules import can_hold, can_name, can_remember, conflicts_fit
from hsb_desktop.values import PARTNERSHIP

MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
AUDIT_SUFFIX = ".hsbaudit"
_JOURNAL_KIND_AT, _VERSION_AT, _APPLICATION_AT = 18, 60, 68
_PAGE_BYTES = 4096
_FEWEST_KINDS_OF_BYTES = 230
"""Of 256 in an encrypted page, where practically all occur; texts and empty space have fewer."""
_OTHER_KINDS = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b\x08", b"7z\xbc\xaf")
"""How documents, pictures and archives begin whose first bytes may be as mixed."""
_COPYING_FAULTS: tuple[type[Exception], ...] = (OSError, *DatabaseError)
_SECONDS = 1.0
_SECONDS_A_ROW = 0.0001
"""Of the processor's time, so that a slow stick is not taken for a hostile file: ten times what is needed."""
_STEPS_BETWEEN_LOOKS = 1000
_MOST_COPIED = 1 << 30
"""Bytes: a hostile file of any apparent size must not fill the disk with its private copy."""


def judge(path: Path, password: str | None = None) -> bool:
    """Return whether a file that is a sound audit, of this version or an earlier one, is protected.

    Raises FileRefused for any other, in plain words: PasswordNeeded for one that seems to be protected and
    comes without a password, WrongPassword for one that this password does not open. A plain file needs
    none: one that is given is not used.
    """
    if not can_be_protected(path):
        password = None
    elif password is None:
        raise PasswordNeeded(
            f"{path.name} is protected with a password, or it is no audit or damaged at its start. "
            "It was left as it is: open it with its password."
        )
    elif not can_be_password(password):
        raise _wrong_password(path.name)
    with quiet_copy(path, password) as judged:
        try:
            connection = open_for_reading(judged, password)
            try:
                if password is not None:
                    _judge_kind(*_kind_inside(connection), path.name)
                # What another window saves between two looks would be taken for damage.
                connection.execute("BEGIN")
                _judge_content(connection, path.name)
            finally:
                connection.close()
        except DatabaseError as error:
            raise not_opened(path, error, is_protected=password is not None) from error
    return password is not None


def can_be_protected(path: Path) -> bool:
    """Whether a file looks as a protected audit does, without a password; False if it is a plain one.

    Raises FileRefused for what can be neither.
    """
    start = _read_start(path)
    if start.startswith(MAGIC) or not _looks_encrypted(start, path):
        _judge_header(start[:_HEADER_BYTES], path.name)
        return False
    return True


def not_opened(path: Path, error: Exception, *, is_protected: bool = False) -> FileRefused:
    """Return what a fault of the database means to somebody who wants to open the file."""
    if is_protected and "not a database" in str(error):
        return _wrong_password(path.name)
    if is_held_by_another(error):
        return _held(path.name)
    if "interrupted" in str(error).lower():
        return FileDamaged(
            f"{path.name} takes longer to look through than an audit can. For safety it is not opened; "
            "it was left as it is."
        )
    return _damaged(path.name)


@contextmanager
def quiet_copy(path: Path, password: str | None = None) -> Iterator[Path]:
    """Yield the file itself or, where another program left a write half done, a private copy of it, finished.

    SQLite finishes such a write when it opens the file, and a file that was not judged yet, or may only be
    read, is not written. The copy of a protected file is protected, too; `password` finishes it.
    """
    real = path.resolve()
    leftovers = [name for name in (journal_of(real), real.with_name(real.name + "-wal")) if _has_bytes(name)]
    if not leftovers and (password is not None or _is_rollback_file(real)):
        yield path
        return
    # Only a file that was killed in, or is being written, needs them, and the first paint waits for imports.
    import tempfile

    from hsb_desktop.process import private_temporary_folder
    from hsb_desktop.store.still_copy import copy_still

    with tempfile.TemporaryDirectory(prefix="hsb-audit-", dir=private_temporary_folder()) as folder:
        copy = Path(folder) / "audit.hsbaudit"
        copies = {
            name: copy.with_name(copy.name + name.name.removeprefix(real.name)) for name in (real, *leftovers)
        }
        try:
            if sum(name.stat().st_size for name in copies) > _MOST_COPIED:
                raise OSError(f"larger than {_MOST_COPIED} bytes")
            is_still = copy_still(copies)
        except FileNotFoundError:
            # The write was not left half done: it has just ended, and took its journal away.
            is_still = False
        except OSError as error:
            raise _damaged(path.name) from error
        if not is_still:
            raise _held(path.name)
        try:
            connection = open_for_writing(copy, password)
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            finally:
                connection.close()
        except _COPYING_FAULTS as error:
            if password is not None and "not a database" in str(error):
                raise _wrong_password(path.name) from error
            raise _damaged(path.name) from error
        yield copy


def plain_misfits(connection: Connection) -> tuple[str, ...]:
    """Return a sentence where sums alone show that values were changed, before any of them is looked at."""
    counts = (
        f"(SELECT {' + '.join(f'count({column})' for column in columns)} FROM {table})"
        for table, columns in ENTERED_COLUMNS.items()
    )
    (entered,) = connection.execute(f"SELECT {' + '.join(counts)}").fetchone()
    kept = total = 0
    for (digest,) in connection.execute("SELECT digest FROM value_state"):
        kept += digest != EMPTY_DIGEST
        total += int.from_bytes(digest)
    sealed = connection.execute("SELECT digest FROM seal").fetchone()
    if entered != kept or (sealed and total % DIGEST_MODULUS != int.from_bytes(sealed[0])):
        return ("some of its values are not as they were saved.",)
    return ()


def content_problems(connection: Connection) -> tuple[str, ...]:
    """Return sentences about content that does not agree with itself; empty when all is well."""
    rows = connection.execute(
        "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM instrument), (SELECT count(*) FROM seal)"
    ).fetchone()
    if tuple(rows) != (1, 1, 1):
        return ("it does not hold exactly one audit.",)
    try:
        audit = read_audit(connection)
        instrument_from_data(instrument_to_data(audit.instrument), "its edition")
        entered = tuple(audit.values())
        if not can_name(audit.audit_id, audit.made_at):
            raise ValueError
        if not all(can_hold(address, value) for address, value in entered):
            raise ValueError
        if not conflicts_fit(audit.conflicts):
            raise ValueError
    except InstrumentRefused as error:
        return (f"{error}",)
    except (TypeError, ValueError, KeyError, UnicodeError):
        return ("a value in it is not one that an audit can hold.",)
    return (
        *_digest_problems(connection, {str(address): value for address, value in entered}),
        *_strays(audit),
    )


def history_problems(connection: Connection) -> tuple[str, ...]:
    """Return a sentence if rows of history are not as they were saved; the audit itself may be sound."""
    damaged = 0
    for *about, before, after, digest in connection.execute(
        "SELECT revision_id, address, author, edited_at, label, value_before, value_after, digest"
        " FROM history"
    ):
        ends = (value_digest(about[1], value) for value in (before, after))
        damaged += history_digest(about, *ends) != digest or not (
            can_name(*about) and _is_moment(about[3]) and can_remember(about[1], before, after)
        )
    return (f"{damaged} rows of its history are not as they were saved.",) if damaged else ()


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _digest_problems(connection: Connection, entered: dict[str, str | int | None]) -> Iterator[str]:
    found = {address: value_digest(address, value) for address, value in entered.items()}
    kept = {
        address: digest
        for address, digest in connection.execute("SELECT address, digest FROM value_state")
        if digest != EMPTY_DIGEST
    }
    different = sum(found.get(address) != kept.get(address) for address in found.keys() | kept.keys())
    digest, fixed_digest = connection.execute("SELECT digest, fixed_digest FROM seal").fetchone()
    if different:
        yield f"{different} of its values are not as they were saved."
    elif int.from_bytes(digest) != sum(map(int.from_bytes, found.values())) % DIGEST_MODULUS:
        yield "its content is not as it was saved."
    if fixed_digest != digest_of(fixed_values(connection)):
        yield "the words of its edition are not as they were saved."
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        yield "something in it belongs to nothing."


def _strays(audit: Audit) -> Iterator[str]:
    parties = {PARTNERSHIP, *(agency.agency_id for agency in audit.agencies)}
    count = sum(key.party_id not in parties for key in audit.responses)
    if count:
        yield f"it holds {count} responses of an agency that it does not have."
    if not {party_id for _, party_id in audit.series}.union(pack.party_id for pack in audit.packs) <= parties:
        yield "it names an agency that it does not have."


def _read_start(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise FileRefused(f"{path} is a folder, not an audit file.")
        if not stat.S_ISREG(mode):
            raise FileRefused(f"{path} is not a file on a disk, so it is not an audit file.")
        with path.open("rb") as file:
            return file.read(_PAGE_BYTES)
    except FileNotFoundError as error:
        raise FileRefused(f"{path} does not exist. It may have been moved or renamed.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FileRefused(f"{path} cannot be read: {reason}. It was left as it is.") from error


def _looks_encrypted(start: bytes, path: Path) -> bool:
    if len(set(start)) < _FEWEST_KINDS_OF_BYTES or start.startswith(_OTHER_KINDS):
        return False
    # A killed program may have left a page half written, and the rest of it in the journal.
    return path.stat().st_size % _PAGE_BYTES == 0 or _has_bytes(journal_of(path.resolve()))


def _kind_inside(connection: Connection) -> tuple[int, int]:
    """Return what the header of a plain file tells to everyone: application and version."""
    # The first look at a page derives the key, which is not to count as time spent on a hostile file.
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application_id, version & 0xFFFFFFFF


def _judge_header(header: bytes, name: str) -> None:
    if not header:
        raise FileRefused(f"{name} is empty, so it is not an audit file. It was left as it is.")
    if not header.startswith(MAGIC):
        # Its name is all that tells a damaged audit from something else.
        kind = FileDamaged if name.lower().endswith(AUDIT_SUFFIX) else FileRefused
        raise kind(f"{name} is not an audit file, or it is damaged at its start. It was left as it is.")
    if len(header) < _HEADER_BYTES:
        raise _damaged(name)
    _judge_kind(
        int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4]),
        int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4]),
        name,
    )


def _judge_kind(application_id: int, version: int, name: str) -> None:
    if application_id != APPLICATION_ID:
        raise FileRefused(f"{name} belongs to another program. It was left as it is.")
    if version > USER_VERSION:
        raise FileRefused(
            f"{name} was made by a newer version of this program. It was left as it is: "
            "open it with that version, or update this one."
        )
    if version not in VERSIONS:
        raise _damaged(name)


def _is_rollback_file(path: Path) -> bool:
    """Whether the file keeps its journal as ours do; another program may have chosen write-ahead logging."""
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)[_JOURNAL_KIND_AT : _JOURNAL_KIND_AT + 2] == b"\x01\x01"


def _has_bytes(path: Path) -> bool:
    try:
        found = path.stat()
        # A pipe of that name would be waited on for ever; copying it is refused at once.
        return found.st_size > 0 or not stat.S_ISREG(found.st_mode)
    except OSError:
        return False


def _judge_content(connection: Connection, name: str) -> None:
    end = time.thread_time() + _SECONDS
    connection.set_progress_handler(lambda: int(time.thread_time() > end), _STEPS_BETWEEN_LOOKS)
    version = version_of(connection)
    if version not in VERSIONS:
        raise _damaged(name)
    expected = expected_schema(version)
    found = connection.execute(SCHEMA_QUERY).fetchmany(len(expected) + 1)
    if tuple(tuple(row) for row in found) != expected:
        raise FileDamaged(
            f"{name} holds tables that this program did not make. For safety it is not opened; "
            "it was left as it is."
        )
    add_missing_tables(connection)
    rows = rows_in(connection)
    if too_much := excess(connection, rows):
        raise FileDamaged(
            f"{name} holds more than an audit can: {too_much}. For safety it is not opened; "
            "it was left as it is."
        )
    end += sum(rows.values()) * _SECONDS_A_ROW
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise _damaged(name)
    problems = plain_misfits(connection) or content_problems(connection)
    if problems:
        raise FileDamaged(
            f"{name} is damaged: {problems[0]} It was left as it is; open an earlier copy of it."
        )


def _wrong_password(name: str) -> WrongPassword:
    return WrongPassword(f"{name}: wrong password, or damaged at its start. It was left as it is.")


def _held(name: str) -> FileRefused:
    return FileRefused(
        f"{name} is held by another program. Close it there and try again; it was left as it is."
    )


def _damaged(name: str) -> FileDamaged:
    return FileDamaged(
        f"{name} is damaged and cannot be read whole. It was left as it is; open an earlier copy."
    )
