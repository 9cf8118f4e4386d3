"""The printed report and form: one content model, several printers of it."""
