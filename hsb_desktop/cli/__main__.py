"""`python -m hsb_desktop.cli`."""

from hsb_desktop.cli import main

main(prog_name="hsb-audit")
