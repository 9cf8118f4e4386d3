"""What a password may be. It is never written, logged or shown (what it protects: `docs/file-format.md`)."""

from __future__ import annotations

from hsb_desktop.errors import InputRefused

SHORTEST_PASSWORD = 8
"""Characters. Longer is better: the password is all that stands between the file and whoever finds it."""


def as_typed_anywhere(password: str) -> str:
    """Return the password in the one form (Unicode NFC) that it has whichever keyboard it is typed on."""
    if password.isascii():
        return password
    # The first paint waits for imports, and needs this one for such passwords only.
    import unicodedata

    return unicodedata.normalize("NFC", password)


def refuse_unusable(password: str) -> None:
    """Raise InputRefused, in words for the person who chose it, if it cannot be the password of a file."""
    if not password:
        raise InputRefused("There is no password. Nothing was changed.")
    if not password.isprintable():
        raise InputRefused(
            "The password holds a character that cannot be typed again everywhere. Nothing was changed."
        )
    if len(as_typed_anywhere(password)) < SHORTEST_PASSWORD:
        raise InputRefused(
            f"The password is too short: it needs {SHORTEST_PASSWORD} characters. Nothing was changed."
        )
    if password.lower().startswith("x'"):
        # The library would take what follows for a ready-made key.
        raise InputRefused("The password cannot begin with x'. Choose another; nothing was changed.")


def can_be_password(password: str) -> bool:
    """Whether any file could have this password: what no file has is wrong without being tried."""
    try:
        return bool(password.encode())
    except UnicodeEncodeError:
        return False
