"""Tools for developing the program, which are not part of it."""
