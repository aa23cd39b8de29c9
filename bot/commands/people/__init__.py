"""Commands about an office's people: the roster, their codes, their data."""
