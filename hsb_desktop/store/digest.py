"""The content digest: one hash for each value that was entered, added up modulo 2²⁵⁶.

A sum costs the same to bring up to date whatever the file holds, and does not depend on any order. It finds
damage; it does not prove where a file comes from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from hsb_desktop.values import Value

DIGEST_BYTES = 32
DIGEST_MODULUS = 1 << (8 * DIGEST_BYTES)

EMPTY_DIGEST = bytes(DIGEST_BYTES)
"""The digest of nothing, and the share of a value that is not entered."""


def value_digest(address: str, value: Value) -> bytes:
    """Return a value's share of the digest (32 bytes); nothing entered has the empty share."""
    if value is None:
        return EMPTY_DIGEST
    kind = b"i" if isinstance(value, int) else b"t"
    return hashlib.sha256(b"\0".join((address.encode(), kind, str(value).encode()))).digest()


def replaced(total: bytes, before: bytes, after: bytes) -> bytes:
    """Return the digest of a file in which one value's share was exchanged for another."""
    number = int.from_bytes(total) - int.from_bytes(before) + int.from_bytes(after)
    return (number % DIGEST_MODULUS).to_bytes(DIGEST_BYTES)


def digest_of(values: Iterable[tuple[str, Value]]) -> bytes:
    """Return the digest of all these values, by address."""
    total = sum(int.from_bytes(value_digest(address, value)) for address, value in values)
    return (total % DIGEST_MODULUS).to_bytes(DIGEST_BYTES)


def history_digest(about: Sequence[str], digest_before: bytes, digest_after: bytes) -> bytes:
    """Return the digest of one row of history: its revision, address, author, time and label, from and to."""
    texts = (text.encode() for text in about)
    return hashlib.sha256(b"\0".join((*texts, digest_before, digest_after))).digest()
