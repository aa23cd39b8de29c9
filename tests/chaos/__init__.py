"""What goes wrong in the night, all at once, while people answer: `make chaos`."""
