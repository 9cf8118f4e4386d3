"""A file that was copied away, by hand or by a sync client, while its hot journal stayed behind."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from hsb_desktop.model import Audit
from hsb_desktop.store import gate
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.values import Change, ChangeSet
from tests.faults.audits import NAME, Seen, look, look_without_a_trace, replaced, sound, sound_bytes
from tests.faults.fault import Fault, Lost, Place
from tests.store.files import agreed

_ROOT = Path(__file__).resolve().parents[3]
_PAGE, _SECTOR = 4096, 512
_MIXED_AT_ONCE = 24
_MOST_STATEMENTS = 7

_WRITER = """
import sys
from pathlib import Path
from hsb_desktop.store.audit_file import AuditFile
from tests.faults.rows.row_15_without_journal import next_edits
seed, path = sys.argv[1], Path(sys.argv[2])
file = AuditFile.open(path)
file.connection.execute("PRAGMA cache_size = 2")
def wait():
    print("half", flush=True)
    sys.stdin.readline()
file.connection.create_function("wait_to_be_killed", 0, wait)
file.connection.execute(
    "CREATE TEMP TRIGGER t BEFORE UPDATE ON main.seal BEGIN SELECT wait_to_be_killed(); END")
file.apply(next_edits(file.read(), seed))
"""


def next_edits(audit: Audit, seed: str) -> ChangeSet:
    """A commit large enough that its pages go to the disk one after the other."""
    picked, changes = random.Random(seed), []
    for statement in picked.sample(audit.instrument.statements, picked.randrange(1, _MOST_STATEMENTS)):
        text, score = agreed(statement.statement_id, "evidence"), agreed(statement.statement_id)
        changes.append(Change(text, audit.value(text), f"{picked.random()} " * picked.randrange(1, 400)))
        changes.append(Change(score, audit.value(score), picked.randrange(5)))
    return ChangeSet("next", tuple(c for c in changes if c.before != c.after), "Scribe")


def _after(folder: Path, seed: str) -> bytes:
    """The bytes of the file once the edits are committed."""
    path = folder / "after.hsbaudit"
    path.write_bytes(sound_bytes())
    with AuditFile.open(path) as file:
        file.apply(next_edits(file.read(), seed))
    content = path.read_bytes()
    path.unlink()
    return content


def _half_written(before: bytes, after: bytes, picked: random.Random) -> bytes:
    """Some of the changed pages written, one of them perhaps only in part; none of the others."""
    mixed = bytearray(before.ljust(len(after), b"\0"))
    changed = [at for at in range(0, len(after), _PAGE) if mixed[at : at + _PAGE] != after[at : at + _PAGE]]
    for at in picked.sample(changed, picked.randrange(1, len(changed) + 1)):
        mixed[at : at + _PAGE] = after[at : at + _PAGE]
    torn = picked.choice(changed)
    for at in range(torn, torn + picked.randrange(0, _PAGE, _SECTOR), _SECTOR):
        mixed[at : at + _SECTOR] = after[at : at + _SECTOR]
    # Where pages were added, the file may also have stayed short.
    return bytes(mixed[: len(before)] if picked.random() < 0.1 else mixed)


def _judge(seen: Seen, before: Seen, after: Seen, what: str) -> None:
    """A row of history about an edit that did not take may be there; a mixture of values may not."""
    if seen.found:
        return
    if seen.audit not in (before.audit, after.audit):
        raise Lost(f"{what}: it opened with values that were never committed together")
    if not set(seen.history) <= {*before.history, *after.history}:
        raise Lost(f"{what}: its history was never written")


def _killed(place: Place) -> bytes:
    """What a really killed program leaves in the main file."""
    seed = f"{place.index} killed"
    folder = place.folder / "killed"
    folder.mkdir()
    path = folder / NAME
    path.write_bytes(sound_bytes())
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, seed, str(path)],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    assert writer.stdin is not None
    try:
        if writer.stdout.readline().strip() != b"half":
            raise RuntimeError("the writer did not begin to write")
    finally:
        writer.kill()
        writer.wait(60)
        writer.stdout.close()
        writer.stdin.close()
    content = path.read_bytes()
    shutil.rmtree(folder)
    return content


def _seen(content: bytes, folder: Path) -> Seen:
    path = folder / NAME
    path.write_bytes(content)
    return look(path)


def _trial(place: Place) -> int:
    seed = f"{place.index}"
    after = _after(place.folder, seed)
    committed = _seen(after, place.folder)
    path = place.folder / NAME
    for number in range(_MIXED_AT_ONCE):
        path.write_bytes(_half_written(sound_bytes(), after, place.random))
        seen = look_without_a_trace(path, read_only=bool(number % 2))
        _judge(seen, sound(), committed, f"mixture {number}")
    path.write_bytes(_killed(place))
    _judge(look_without_a_trace(path), sound(), sound(), "after a real kill")
    return _MIXED_AT_ONCE + 1


def _control(place: Place) -> None:
    """A gate that looks at structure alone, as the database's own check does."""
    after = _after(place.folder, "control")
    committed = _seen(after, place.folder)
    path = place.folder / NAME
    with replaced(gate, plain_misfits=lambda _: (), _digest_problems=lambda *_: iter(())):
        for _ in range(400):
            path.write_bytes(_half_written(sound_bytes(), after, place.random))
            _judge(look(path), sound(), committed, "without the digest")


FAULT = Fault(
    number=15,
    title="Moved without its hot journal",
    must="the last committed state, or refused in a sentence; never a mixture",
    trial=_trial,
    count=500,
    sample=1,
    limits="Pages of 4,096 bytes and sectors of 512, each written whole or not; one of 25 is a really killed "
    "program. A row of history about the edit that did not take may be there.",
    control=_control,
)
