"""Questions that are lists: their items one by one, as a pasted list, and what they came to."""
