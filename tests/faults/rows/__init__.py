"""One file for each fault, named by its number; each holds a `FAULT`."""
