"""Months and quarters: how they add up to the year, the result of a leader's unit, and scores sent by a former body."""
