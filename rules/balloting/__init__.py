"""Counting ballots: what one slip may say, how a count is checked, and what the rulebook concludes from the result."""
