"""The faults that an audit file and the window must survive, tried as often as wanted and counted."""
