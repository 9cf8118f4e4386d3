"""Programs that a fault may end: each runs in a process of its own."""
