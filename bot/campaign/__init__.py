"""A campaign and its people, kept: opened, enrolled, and what is made of it. Used by the turn, the day and the commands."""
