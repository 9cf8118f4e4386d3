"""What prints: the report and the forms, previewed, saved and sent to a printer."""
