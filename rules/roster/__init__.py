"""The people of an office as a roster says them, and what a new one changes."""
