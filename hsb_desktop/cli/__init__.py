"""`hsb-audit`: the program without a window. Each group of commands has a file of its own."""

from hsb_desktop.cli import audits, comparing, keeping, merging, packs, protecting
from hsb_desktop.cli.group import main

__all__ = ["audits", "comparing", "keeping", "main", "merging", "packs", "protecting"]
