"""Months and quarters as they are kept, put where the forms of the year ask for them; who is told when one became another."""
