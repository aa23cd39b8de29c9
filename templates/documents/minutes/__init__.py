"""The minutes of a meeting as they are printed, of the value that was kept."""
