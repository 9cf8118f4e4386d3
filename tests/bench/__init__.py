"""The speed of the program, as ratios against something bare measured beside it: `python3 dev.py bench`."""
