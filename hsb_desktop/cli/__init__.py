"""`hsb-audit`: the program without a window. Each group of commands has a file of its own."""

from hsb_desktop.cli import comparing as comparing
from hsb_desktop.cli import merging as merging
from hsb_desktop.cli import packs as packs
from hsb_desktop.cli.commands import main

__all__ = ["main"]
