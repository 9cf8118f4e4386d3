"""A protected audit that is damaged: what its database still gives, in a file that is protected, too."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hsb_desktop.errors import FileRefused, PasswordNeeded, WrongPassword
from hsb_desktop.store.audit_file import AuditFile
from hsb_desktop.store.connection import open_for_reading
from hsb_desktop.store.rescue import Rescued, rescue
from hsb_desktop.store.surviving_rows import surviving_rows
from tests.store.files import ask, change_set, entered, full_audit, make, tampered

PAGE = 4096
PASSWORD = "seven invented words in a row"
ORIGINAL = entered(full_audit())


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("protected") / "a.hsbaudit"
    AuditFile.create(path, full_audit(), PASSWORD).close()
    return path.read_bytes()


def rescued(content: bytes, folder: Path) -> Rescued | None:
    path, out = folder / "damaged.hsbaudit", folder / "rescued.hsbaudit"
    path.write_bytes(content)
    out.unlink(missing_ok=True)
    try:
        result = rescue(path, out, PASSWORD)
    except FileRefused:
        assert not out.exists()
        return None
    finally:
        assert path.read_bytes() == content
    assert {entry.name for entry in folder.iterdir()} == {path.name, out.name}
    found, listed = entered(result.audit), {str(where) for where in (*result.doubtful, *result.lost)}
    assert {where for where, value in ORIGINAL.items() if found.get(where) != value} <= listed
    with pytest.raises(PasswordNeeded):
        AuditFile.open(out)
    with AuditFile.open(out, password=PASSWORD) as file:
        assert file.read() == result.audit
    return result


def test_what_is_left_of_a_protected_audit_is_rescued_and_stays_protected(
    protected: bytes, tmp_path: Path
) -> None:
    chance, back = random.Random(5), []
    for number in chance.sample(range(2, len(protected) // PAGE), 8):
        content = bytearray(protected)
        content[number * PAGE + chance.randrange(PAGE)] ^= 1
        result = rescued(bytes(content), tmp_path)
        if result is not None:
            back.append(len(ORIGINAL) - len(result.lost))
    assert len(back) > 5
    assert min(back) > 0.8 * len(ORIGINAL)


def test_nothing_of_a_protected_audit_is_rescued_without_its_password(
    protected: bytes, tmp_path: Path
) -> None:
    path, out = tmp_path / "damaged.hsbaudit", tmp_path / "rescued.hsbaudit"
    path.write_bytes(protected[:-PAGE] + bytes(PAGE))
    with pytest.raises(PasswordNeeded):
        rescue(path, out)
    with pytest.raises(WrongPassword):
        rescue(path, out, "seven other words in a row")
    path.write_bytes(b"\0" * 32 + protected[32:])
    with pytest.raises(FileRefused):
        rescue(path, out, PASSWORD)
    assert not out.exists()


@pytest.mark.parametrize("start", [0, 100])
def test_a_plain_audit_is_rescued_whatever_password_is_given(tmp_path: Path, start: int) -> None:
    path, out = make(tmp_path / "damaged.hsbaudit"), tmp_path / "rescued.hsbaudit"
    content = bytearray(path.read_bytes())
    content[content.index(b"Two schools")] ^= 1
    content[start] ^= 1
    path.write_bytes(content)
    assert entered(rescue(path, out, PASSWORD).audit) == ORIGINAL
    # Where it could not be told that it was plain, it is protected rather than not.
    AuditFile.open(out, password=PASSWORD if start == 0 else None).close()


def test_rows_are_read_around_pages_that_are_gone(tmp_path: Path) -> None:
    path = make(tmp_path / "a.hsbaudit")
    with AuditFile.open(path) as file:
        for number in range(300):
            where, value = next(iter(file.read().values()))
            file.apply(change_set((where, value, f"Title {number} " + "x" * 300)))
    content = bytearray(path.read_bytes())
    whole = set(ask(path, "SELECT history_id FROM history"))
    lost = 0
    for number in range(len(content) // PAGE):
        page = content[number * PAGE : (number + 1) * PAGE]
        if page[0] == 13 and (b"Title 100 " in page or b"Title 200 " in page):
            content[number * PAGE : (number + 1) * PAGE] = b"\xff" * PAGE
            lost += 1
    assert lost >= 2
    path.write_bytes(content)
    rows = surviving_rows(lambda: open_for_reading(path))
    found = {(row.columns[0],) for row in rows if row.table == "history"}
    assert found <= whole
    assert len(whole) - len(found) < 40


def test_tables_that_are_not_an_audit_s_are_not_read(tmp_path: Path) -> None:
    path = make(tmp_path / "a.hsbaudit")
    with tampered(path) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON wave BEGIN DELETE FROM agency; END")
    assert list(surviving_rows(lambda: open_for_reading(path))) == []
