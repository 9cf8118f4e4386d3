"""Where the password of a file comes from: a descriptor, or the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from hsb_desktop.cli.console import printable
from hsb_desktop.errors import PasswordNeeded


def password_for(file: Path, password_fd: int | None) -> str | None:
    """Return the password that FILE needs, from the descriptor or the terminal; None if it needs none."""
    from hsb_desktop.operations.password_source import ask_password, can_ask
    from hsb_desktop.store.gate import can_be_protected

    if password_fd is not None:
        return given_password(password_fd)
    if not can_be_protected(file):
        return None
    if not can_ask():
        raise PasswordNeeded(
            f"{file.name} is protected with a password, or it is no audit or damaged at its start. "
            "Give the password with --password-fd N, or start this at a terminal."
        )
    return ask_password(printable(f"Password of {file}", sys.stderr))


def given_password(password_fd: int | None) -> str | None:
    """Return the line that stands at a descriptor; None where none is named."""
    if password_fd is None:
        return None
    from hsb_desktop.operations.password_source import read_password

    return read_password(password_fd)


def asked_new_password(password_fd: int | None, file: Path) -> str:
    """Return a new password, from the descriptor or twice from the terminal."""
    from hsb_desktop.operations.password_source import ask_new_password, can_ask

    if (password := given_password(password_fd)) is not None:
        return password
    if not can_ask():
        raise PasswordNeeded(
            "There is no terminal to ask for the new password. Give it with --new-password-fd N; "
            "nothing was changed."
        )
    return ask_new_password(printable(f"New password of {file}", sys.stderr))
