"""Rounds: which drafts may be sent as they read now, when rounds end, and the table of all comments."""
