"""The dialogs: each is asked by one function and gives back a value."""
