"""Loads Qt's binding for Python, and leaves Python's way of importing as it was."""

from __future__ import annotations

import builtins


def load_binding() -> None:
    """Make Qt's binding ready. Called before anything else of Qt is imported; later calls do nothing.

    From its first import on, the binding takes the place of Python's `import`, and reads the whole source of
    every module that is imported after it, to see whether that module asks for one of the binding's own
    dialects. Nothing here does, nor in what is used here; reading some 400 sources again would cost a tenth
    of the time until the window is complete.
    """
    plain = builtins.__import__
    import shiboken6  # noqa: F401  (loading it is what is wanted)

    builtins.__import__ = plain
