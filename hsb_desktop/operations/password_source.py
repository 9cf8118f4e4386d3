"""Where the command line takes a password from: an open descriptor or a terminal, never an argument."""

from __future__ import annotations

import os
import sys

from hsb_desktop.errors import InputRefused

_LONGEST = 4096
"""Bytes of one password."""

NOBODY_CAN_RECOVER_IT = (
    "If this password is forgotten, nobody can open the audit again: not its makers, not anybody else. "
    "Write it down and keep it in a safe place."
)


def read_password(descriptor: int) -> str:
    """Return the next line of an open file descriptor: UTF-8, without its end. No byte after it is read.

    Two passwords may come one after the other from the same descriptor. Raises InputRefused if it is not open
    for reading, or gives no password.
    """
    line = bytearray()
    try:
        while (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
            line += byte
            if len(line) > _LONGEST:
                raise InputRefused(
                    "What the descriptor gives is too long for a password. Nothing was changed."
                )
        password = line.decode("utf-8").removesuffix("\r")
    except OSError as error:
        raise InputRefused(
            f"The descriptor {descriptor} cannot be read: {error.strerror}. Nothing was changed."
        ) from error
    except UnicodeDecodeError as error:
        raise InputRefused("The password is not written in UTF-8. Nothing was changed.") from error
    if not password:
        raise InputRefused(f"No password came from the descriptor {descriptor}. Nothing was changed.")
    return password


def can_ask() -> bool:
    """Whether a person sits at a terminal who can be asked."""
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def ask_password(prompt: str) -> str:
    """Ask at the terminal, without showing what is typed. Raises InputRefused if nothing is given."""
    import getpass

    try:
        password = getpass.getpass(f"{prompt}: ", stream=sys.stderr)
    except EOFError:
        password = ""
    if not password:
        raise InputRefused("No password was given. Nothing was changed.")
    return password


def ask_new_password(prompt: str) -> str:
    """Say what a forgotten password means, and ask for a new one twice.

    Raises InputRefused if the two differ.
    """
    sys.stderr.write(f"{NOBODY_CAN_RECOVER_IT}\n")
    password = ask_password(prompt)
    if ask_password(f"{prompt}, once more") != password:
        raise InputRefused("The two passwords are not the same. Nothing was changed.")
    return password
