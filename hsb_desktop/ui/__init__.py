"""The window. Only here and in `app` is Qt imported."""
