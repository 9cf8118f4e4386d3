"""One function for each thing a person can ask for, used alike by the window and the command line."""
