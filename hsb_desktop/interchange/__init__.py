"""Rows and documents of other programs into model values and back; the borders where text is checked."""
