"""Programs that a measurement starts: each imports what it measures and no more."""
