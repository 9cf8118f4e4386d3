"""People's own words where Qt would take them for something else: markup in a tip, a key in a button."""

from __future__ import annotations


def in_tip(text: str) -> str:
    """Return the text as a tip shows it to the letter; Qt takes some texts for markup, and loads files."""
    if "<" not in text and "&" not in text:
        return text
    # By hand: the first paint waits for imports.
    return "<qt>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</qt>"


def on_button(text: str) -> str:
    """Return the text as a button or a menu shows it to the letter, without a key of its own."""
    return text.replace("&", "&&")
