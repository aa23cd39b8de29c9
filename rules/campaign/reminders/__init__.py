"""Reminders: who is told of what on a day: what is owed, what is late, and how units are doing."""
