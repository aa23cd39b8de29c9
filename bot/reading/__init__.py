"""Files that people hand in are read in a separate process with limited memory and time, and without access to secrets."""
