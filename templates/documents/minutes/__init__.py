"""The minutes of a meeting in print, drawn from the stored value."""
