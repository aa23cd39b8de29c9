"""Months and quarters: what they come to in the year, what leaders have of those they lead, what came from the body before."""
