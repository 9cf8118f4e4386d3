"""Pure functions from model values to model values: the arithmetic and the rules of the audit."""
