"""How much a key of a protected file costs in the tests.

Deriving it from a password takes a tenth of a second on purpose, and the tests do so some thousand times.
What they try is the same with fewer rounds, so they get few, unless a test is marked `real_keys`: because
another process opens the file as well, or because the rounds are what it is about. The program itself never
says how many; that a file has as many as its document promises is a test of `test_protection`.
"""

from __future__ import annotations

from contextlib import closing

from sqlcipher3 import dbapi2 as sqlcipher

FEW_ROUNDS = 2_000
REAL_ROUNDS = 256_000
"""SQLCipher's own number, which the document of the file format tells."""


def derive_keys_in(rounds: int) -> None:
    """Set the rounds for every connection that this process opens from now on."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA cipher_default_kdf_iter = {rounds}")
