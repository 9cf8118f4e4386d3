"""Text that was removed for good, replaced before its commit, or left out of a shared copy."""

from __future__ import annotations

import os
import random
import unicodedata
from datetime import date
from pathlib import Path

from hsb_desktop.operations.removing import remove_for_good
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.share import save_copy, share_copy
from hsb_desktop.values import Change, ChangeSet, Value, ValueAddress
from tests.faults.fault import Fault, Lost, Place
from tests.store.files import agreed, bare_audit

_SECRETS = 12
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäéîøŵß"
_DAY = date(2026, 11, 20)


def _trial(place: Place) -> int:
    own, out = place.folder / "own", place.folder / "out"
    for folder in (own, out):
        folder.mkdir()
    gone: list[str] = []
    with AuditFile.create(own / "audit.hsbaudit", bare_audit()) as file:
        for number in range(_SECRETS):
            secret = _secret(place.random)
            (_replaced_at_once, _removed, _removed_with_copies, _left_out)[number % 4](
                file, secret, out, place.random
            )
            gone.append(secret)
            # Every secret so far: what goes on after a removal must not bring an earlier one back.
            _search([own, out], gone if number % 4 == 3 else [secret])
        if problems := file.check():
            raise Lost(f"the file is not whole any more: {problems}")
    _search([own, out, *_data_folders()], gone)
    with AuditFile.open(own / "audit.hsbaudit") as file:
        if problems := file.check():
            raise Lost(f"the file is not whole any more: {problems}")
    return _SECRETS


def _replaced_at_once(file: AuditFile, secret: str, _out: Path, picked: random.Random) -> None:
    """Typed and corrected in one visit to the box: it never is a line of history of its own."""
    where, before = _somewhere(file, picked)
    text = _around(secret, picked)
    visit = picked.randrange(1 << 30)
    _write(file, where, before, text, visit=visit)
    _write(file, where, text, "corrected", visit=visit)
    file.end_visit()


def _removed(file: AuditFile, secret: str, _out: Path, picked: random.Random) -> None:
    """Typed, written over or not, in a label and an author's name; then removed for good."""
    where, before = _somewhere(file, picked)
    text = _around(secret, picked)
    _write(file, where, before, text, author=f"Sister of {secret}", label=f"import of {secret}.csv")
    if picked.random() < 0.5:
        _write(file, where, text, None)
    chosen = picked.choice([secret, secret.upper(), unicodedata.normalize("NFD", secret)])
    remove_for_good(file, chosen, "Chair", _DAY)


def _removed_with_copies(file: AuditFile, secret: str, out: Path, picked: random.Random) -> None:
    """Removed for good from backups, too."""
    where, before = _somewhere(file, picked)
    _write(file, where, before, _around(secret, picked))
    copies = [out / f"backup {number}.hsbaudit" for number in range(2)]
    for copy in copies:
        save_copy(file, copy)
    report = remove_for_good(file, secret, "Chair", _DAY, copies)
    if report.problems:
        raise Lost(f"a copy was not cleaned: {report.problems}")


def _left_out(file: AuditFile, secret: str, out: Path, picked: random.Random) -> None:
    """In the history and the authors of the file, and in no byte of a shared copy."""
    where, before = _somewhere(file, picked)
    text = _around(secret, picked)
    _write(file, where, before, text, author=secret)
    _write(file, where, text, "written over")
    share_copy(file, out / "shared.hsbaudit")
    _search([out], [secret])
    remove_for_good(file, secret, "Chair", _DAY)


def _control(place: Place) -> None:
    """Without overwriting what is deleted, words that were replaced stay in the file."""
    with AuditFile.create(place.folder / "audit.hsbaudit", bare_audit()) as file:
        file.connection.execute("PRAGMA secure_delete = OFF")
        secrets = [_secret(place.random) for _ in range(_SECRETS)]
        for secret in secrets:
            _replaced_at_once(file, secret, place.folder, place.random)
        _search([place.folder], secrets)


def _secret(picked: random.Random) -> str:
    return "".join(picked.choice(_LETTERS) for _ in range(picked.randrange(10, 24)))


def _around(secret: str, picked: random.Random) -> str:
    """Texts of up to six pages, so that the edges of pages cut through some of the secrets."""
    before, after = (picked.choice([0, 3, 300, 3900 + picked.randrange(300), 20_000]) for _ in range(2))
    return f"{'w ' * (before // 2)}{secret}{' v' * (after // 2)}"


def _somewhere(file: AuditFile, picked: random.Random) -> tuple[ValueAddress, Value]:
    statement = picked.choice(bare_audit().instrument.statements)
    where = agreed(statement.statement_id, picked.choice(["evidence", "assurance"]))
    return where, file.read().value(where)


def _write(
    file: AuditFile,
    where: ValueAddress,
    before: Value,
    after: Value,
    *,
    author: str = "Scribe",
    label: str = "typing",
    visit: int | None = None,
) -> None:
    file.apply(ChangeSet(label, (Change(where, before, after),), author), visit)


def _data_folders() -> list[Path]:
    home = os.environ.get("HSB_AUDIT_HOME")
    return [Path(home)] if home else []


def _search(folders: list[Path], secrets: list[str]) -> None:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    for path in files:
        content = path.read_bytes()
        for secret in secrets:
            for form in ("NFC", "NFD"):
                for way in (secret, secret.upper(), secret.lower()):
                    written = unicodedata.normalize(form, way)
                    for code in ("utf-8", "utf-16-le", "utf-16-be"):
                        if written.encode(code) in content:
                            raise Lost(f"a secret is still in {path.name}, in {code}")


FAULT = Fault(
    number=26,
    title="residue",
    must="text that was removed, replaced before its commit or left out of a shared copy is in no byte",
    trial=_trial,
    count=1000,
    sample=1,
    limits="what a disk or a stick keeps of blocks that were written over is below the file and not searched",
    control=_control,
)
